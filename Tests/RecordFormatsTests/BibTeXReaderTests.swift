import Bibliography
import Testing

@testable import RecordFormats

@Suite("Reading BibTeX")
struct BibTeXReaderTests {
    private func read(_ text: String) throws -> TextReading { try TextReading(BibTeXReader.self, text, name: "a.bib") }

    @Test("fields in braces, in quotes, bare, joined and abbreviated")
    func fields() throws {
        let record = try read(
            """
            Some words before.
            @string{jt = "Journal of " # {Things}}
            @comment{ @article{not, title={an entry}} }
            @Article{doe2019,
              title = {The {DNA} of na{\\"\\i}ve \\emph{\\'Etudes} --- 50\\% \\& more},
              author = "Doe, Jane and van der Berg, Jr, Anna and {World Health Organization} and Ludwig van Beethoven and others",
              journal = jt, volume = 12, number = {3}, pages = {4--9},
              year = 2019, month = oct, day = 5,
              doi = {10.1000/a\\_b}, pmid = {77}, issn = {1234-5678},
              keywords = {a, b}, abstract = {Words.},
            }
            """
        ).first
        #expect(record.id == RecordID("doe2019") && record.source == "bibtex")
        #expect(record.title == "The DNA of naïve Études — 50% & more")
        #expect(
            record.authors == [
                Author(family: "Doe", given: "Jane", initials: "J"),
                Author(family: "van der Berg", given: "Anna", initials: "A", suffix: "Jr"),
                Author(collective: "World Health Organization"),
                Author(family: "van Beethoven", given: "Ludwig", initials: "L"),
            ])
        #expect(record.authorsComplete == false)
        #expect(
            record.journal
                == Journal(title: "Journal of Things", issn: "1234-5678", volume: "12", issue: "3", pages: "4-9"))
        #expect(record.published.year == 2019 && record.published.month == 10 && record.published.day == 5)
        #expect(record.doi == DOI("10.1000/a_b"))
        #expect(record.pmid == PMID(77 as UInt32))
        #expect(record.keywords == ["a", "b"])
    }

    @Test("entries with the same key are all kept, with a warning")
    func sameKey() throws {
        let reading = try read("@article{x, title={A}}\n@article{x, title={B}} @book(x, title={C (c)})\n")
        #expect(reading.records.map(\.title) == ["A", "B", "C (c)"])
        #expect(reading.records.map(\.id.rawValue) == ["x", "x", "x"])
        #expect(reading.records.last?.kind == .book)
        #expect(reading.codes == ["duplicateID", "duplicateID"])
    }

    @Test("an entry that does not close costs nothing but itself")
    func unclosed() throws {
        let reading = try read(
            "@article{a, title={A}}\n@article{b, title={B {open}, year=2001\n@article{c,\n title={C}}\n@article{d, title={D"
        )
        #expect(reading.records.map(\.id.rawValue) == ["a", "b", "c", "d"])
        #expect(reading.records.map(\.title)[0] == "A" && reading.records.map(\.title)[2] == "C")
        #expect(reading.errors.filter { $0.code == "unclosedEntry" }.map(\.line) == [2, 5])
    }

    @Test("a field that cannot be read is an error, and the others are read")
    func badField() throws {
        let reading = try read("@article{a, title={A}, oops, year = 2001, = {x}}\n")
        #expect(reading.first.title == "A" && reading.first.published.year == 2001)
        #expect(reading.errors.map(\.code) == ["badField"])
        #expect(reading.errors.first?.message.contains("'oops' has no '='") == true)
    }

    @Test("BibLaTeX's date and eprint")
    func biblatex() throws {
        let record = try read(
            "@article{a, date={2019-10-05}, journaltitle={J}, eprint={55}, eprinttype={pubmed}, title={T}, subtitle={S}}"
        ).first
        #expect(record.published.month == 10 && record.pmid == PMID(55 as UInt32) && record.title == "T: S")
    }

    @Test("a million braces or fields end, and with a record")
    func hostile() throws {
        let braces = try read("@article{a, title={" + String(repeating: "{", count: 100_000))
        #expect(braces.records.count == 1)
        let fields = try read("@article{a, " + String(repeating: "x, ", count: 50_000) + "}")
        #expect(fields.records.count == 1)
    }

    @Test("a file without entries is an error")
    func nothing() throws {
        #expect(try read("mail me @ home\n").errors.map(\.code) == ["noEntries"])
    }

    @Test(
        "what is escaped for TeX is itself again",
        arguments: ["\\ { } $5 & # % _ ~ ^", "--- '' `` \"x\"", "ß é 漢", "a\\b{c}"])
    func escaping(text: String) {
        #expect(TeXText.plain(Array(TeXText.escaped(text).utf8)) == text)
    }
}

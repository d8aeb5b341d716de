import Bibliography
import Testing

@testable import RecordFormats

/// `crossref` as BibTeX (Patashnik, "BibTeXing", 1988, section 2.1) and `xdata` as BibLaTeX (manual, section 3.13) have it.
@Suite("BibTeX entries that refer to others")
struct BibTeXInheritanceTests {
    private func read(_ text: String) throws -> TextReading { try TextReading(BibTeXReader.self, text, name: "a.bib") }

    private let volume = """
        @proceedings{vol, title = {Proceedings of Invented Medicine}, year = 2031, volume = 4, issn = {1234-5678},
          doi = {10.99999/volume}, pages = {1--900}, abstract = {Of the volume.}, keywords = {all}, pmid = {77}}

        """
    private let paper = "@inproceedings{paper, title = {A paper}, author = {Doe, Jane}, crossref = {vol}}\n"

    @Test("a paper takes the book's title, year and volume, wherever the volume stands in the file")
    func inherited() throws {
        for text in [paper + volume, volume + paper] {
            let reading = try read(text)
            let record = try #require(reading.records.first { $0.id.rawValue == "paper" })
            #expect(record.title == "A paper" && record.journal.title == "Proceedings of Invented Medicine")
            #expect(record.published.year == 2031 && record.journal.volume == "4")
            #expect(record.journal.issn == "1234-5678")
            #expect(reading.codes.isEmpty, "\(reading.issues)")
        }
        #expect(try read(paper + volume).records.map(\.id.rawValue) == ["paper", "vol"], "the order is the file's")
    }

    /// Fifty papers with the DOI of their volume would be one report.
    @Test("what names or tells of the volume itself stays with it")
    func own() throws {
        let record = try read(paper + volume).first
        #expect(record.doi == nil && record.pmid == nil && record.abstract.isEmpty && record.keywords.isEmpty)
        #expect(record.journal.pages == nil)
    }

    @Test("a field of its own is never replaced, and keys match in any case")
    func itsOwn() throws {
        let record = try read(
            "@inproceedings{p, title={A}, booktitle={My name for it}, year=2030, crossref={VOL}}\n" + volume
        ).first
        #expect(record.journal.title == "My name for it" && record.published.year == 2030)
    }

    @Test("a chapter without a title is called by its book's, an article by its journal")
    func titles() throws {
        let reading = try read(
            """
            @inbook{ch, chapter = 3, crossref = {b}}
            @article{ar, title = {An article}, crossref = {j}}
            @book{b, title = {The book}, author = {Roe, Richard}, year = 2029}
            @periodical{j, title = {The Journal}, year = 2028, issn = {1234-5678}}
            """)
        #expect(reading.records[0].title == "The book" && reading.records[0].authors.map(\.family) == ["Roe"])
        #expect(reading.records[1].journal.title == "The Journal" && reading.records[1].title == "An article")
    }

    @Test("xdata is taken over whole, by any number of names, and is no record itself")
    func shared() throws {
        let reading = try read(
            """
            @xdata{pub, publisher = {P}, language = {eng}, xdata = {more}}
            @article{a, title = {A}, xdata = {pub, j}}
            @xdata{j, journal = {The Journal}, doi = {10.99999/x}}
            @xdata{more, year = 2027}
            """)
        #expect(reading.records.map(\.id.rawValue) == ["a"])
        let record = reading.first
        #expect(record.journal.title == "The Journal" && record.languages == ["eng"])
        #expect(record.published.year == 2027 && record.doi?.text == "10.99999/x")
        #expect(reading.codes.isEmpty)
    }

    @Test("circles, chains without end and entries that are not there are told, and every record comes")
    func faults() throws {
        let circle = try read("@book{a, title={A}, crossref={b}}\n@book{b, title={B}, year=2020, crossref={a}}\n")
        #expect(circle.records.map(\.title) == ["A", "B"] && circle.records[0].published.year == 2020)
        #expect(circle.codes == ["circularReference", "circularReference"], "\(circle.issues)")
        #expect(circle.issues[0].id?.rawValue == "a" && circle.errors.isEmpty)
        let itself = try read("@book{a, title={A}, crossref={a}}\n")
        #expect(itself.codes == ["circularReference"] && itself.records.count == 1)

        let missing = try read("@book{a, title={A}, crossref={gone}}\n@book{c, title={C}}\n")
        #expect(missing.records.map(\.title) == ["A", "C"] && missing.codes == ["missingParent"])
        #expect(missing.issues[0].message.contains("'gone'") && missing.issues[0].line == 1)

        let chain = (0..<30).map { "@book{b\($0), title={T\($0)}, crossref={b\($0 + 1)}}\n" }.joined()
        let long = try read(chain + "@book{b30, title={T30}}\n")
        #expect(long.records.count == 31)
        #expect(Set(long.codes) == ["deepReference"])
    }

    @Test("a tree of references that doubles at each step ends")
    func bomb() throws {
        let tree = (0..<20).map { "@xdata{x\($0), note={n}, xdata={x\($0 + 1), x\($0 + 1)}}\n" }.joined()
        let reading = try read(tree + "@xdata{x20, year=2020}\n@book{a, title={A}, xdata={x0}}\n")
        #expect(reading.records.count == 1)
    }

    @Test("thousands that wait come in their order")
    func many() throws {
        let entries = (0..<5000).map { "@book{b\($0), title={T\($0)}, crossref={\($0 % 2 == 0 ? "gone" : "late")}}\n" }
            .joined()
        let reading = try read(entries + "@book{late, title={L}, year=2020}\n" + entries.replacing("{b", with: "{c"))
        #expect(reading.records.count == 10_001)
        #expect(reading.records.prefix(5000).map(\.title) == (0..<5000).map { "T\($0)" })
        #expect(reading.records[4999].published.year == 2020 && reading.records[10_000].published.year == 2020)
        #expect(reading.codes.count { $0 == "missingParent" } == 5000)
    }

    @Test("an entry that waits for nothing that comes does not hold up a long file")
    func waiting() throws {
        let filler = String(repeating: "x", count: 1 << 20)
        let many = (0..<40).map { "@misc{m\($0), title={M\($0)}, abstract={\(filler)}}\n" }.joined()
        let reading = try read("@book{a, title={A}, crossref={late}}\n" + many + "@book{late, title={L}, year=2020}\n")
        #expect(reading.records.count == 42 && reading.records[0].title == "A")
        #expect(reading.codes == ["missingParent"])
    }
}

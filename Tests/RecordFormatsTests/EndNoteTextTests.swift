import Bibliography
import Testing

@testable import RecordFormats

@Suite("Reading EndNote's tagged text")
struct EndNoteTextTests {
    private func read(_ text: String) throws -> TextReading {
        try TextReading(EndNoteTextReader.self, text, name: "a.enw")
    }

    static let two = """
        %T A title &amp; more
        %0 Journal Article
        %A Doe, Jane Q.
        %A A Group of Trials
        %B Journal of Trials
        %D 2021
        %8 September  1, 2021
        %V 45
        %N 3
        %P 13-48
        %@ 1234-5678
        %U https://doi.org/10.1000/enw
        %K one
        two
        %X An abstract
        that goes on.


        %T Another
        %0 Book
        %A Roe, R.
        %D 1999
        %W PubMed
        %M 33000001
        """

    @Test("entries are told apart by blank lines, whichever tag comes first")
    func entries() throws {
        #expect(FormatDetection.format(of: Array(Self.two.utf8)) == .format(.endnoteText))
        let reading = try read(Self.two)
        #expect(reading.records.count == 2)
        let record = reading.first
        #expect(record.title == "A title & more" && record.abstractText == "An abstract that goes on.")
        #expect(
            record.authors == [
                Author(family: "Doe", given: "Jane Q.", initials: "JQ"), Author(collective: "A Group of Trials"),
            ])
        #expect(
            record.journal
                == Journal(title: "Journal of Trials", issn: "1234-5678", volume: "45", issue: "3", pages: "13-48"))
        #expect(record.published.year == 2021 && record.published.month == 9 && record.published.day == 1)
        #expect(record.doi == DOI("10.1000/enw") && record.keywords == ["one", "two"])
        #expect(record.id.rawValue == "a.enw#1" && reading.codes == ["noID"])
        #expect(reading.records[1].id.rawValue == "pubmed:33000001" && reading.records[1].kind == .book)
    }

    @Test("a second %0 begins an entry without a blank line; a label is its key")
    func noBlank() throws {
        let reading = try read("%0 Journal Article\n%F Doe2020\n%T One\n%0 Journal Article\n%F Roe2021\n%T Two\n")
        #expect(reading.records.map(\.id.rawValue) == ["Doe2020", "Roe2021"])
        #expect(reading.records.map(\.title) == ["One", "Two"])
    }

    @Test("an accession number of no named database is no PMID")
    func accession() throws { #expect(try read("%0 Journal Article\n%M 33000001\n").first.pmid == nil) }

    @Test("text before any tag is reported, a file without tags is an error that says what was looked for")
    func strays() throws {
        #expect(try read("Search of today\n%0 Book\n%T A\n").codes == ["textOutsideEntry", "noID"])
        let nothing = try read("Nothing here\n")
        #expect(nothing.codes == ["textOutsideEntry", "noEntries"])
        #expect(nothing.issues.last?.message.contains("%0") == true)
    }

    @Test("a comment of TeX before BibTeX is no entry of EndNote")
    func tex() {
        #expect(
            FormatDetection.format(of: Array("% A comment\n@article{k, title={A}}\n".utf8)) == .format(.bibtex))
    }
}

import Bibliography
import Foundation
import TestSupport
import Testing

@testable import RecordFormats

@Suite("Reading Web of Science and Cochrane text")
struct TaggedReadersTests {
    @Test("Web of Science's tags, with lists on indented lines")
    func webOfScience() throws {
        let reading = try TextReading(
            WebOfScienceReader.self,
            """
            FN Clarivate Analytics Web of Science
            VR 1.0
            PT J
            AU Doe, J
               van Berg, A
            AF Doe, Jane
               van Berg, Anna
            CA Study Group
            TI A title that goes
               on
            SO JOURNAL OF THINGS
            DE one; two
            ID THREE;
               FOUR
            AB Words and
               more.
            C1 [Doe, Jane; van Berg, Anna] Univ X, Town.
               [van Berg, Anna] Univ Y.
            OI Doe, Jane/0000-0002-1825-0097
            SN 1234-5678
            PD MAR 15
            PY 2019
            VL 1
            IS 2
            AR e5
            DI 10.1000/x
            DT Article; Review
            PM 42
            ER

            PT B
            TI Book
            ER

            EF
            """, name: "a.ciw")
        let record = reading.first
        #expect(reading.codes == ["noID"])
        #expect(reading.records.map(\.kind) == [.article, .book])
        #expect(record.id == RecordID("pubmed:42") && record.source == "wos")
        #expect(record.title == "A title that goes on")
        #expect(
            record.authors == [
                Author(
                    family: "Doe", given: "Jane", initials: "J", orcid: "0000-0002-1825-0097",
                    affiliations: ["Univ X, Town."]),
                Author(family: "van Berg", given: "Anna", initials: "A", affiliations: ["Univ X, Town.", "Univ Y."]),
                Author(collective: "Study Group"),
            ])
        #expect(record.keywords == ["one", "two", "THREE", "FOUR"])
        #expect(record.published.year == 2019 && record.published.month == 3 && record.published.day == 15)
        #expect(record.journal.pages == "e5" && record.journal.title == "JOURNAL OF THINGS")
        #expect(record.publicationTypes.map(\.name) == ["Article", "Review"])
    }

    @Test("a Web of Science file that is cut short keeps what it has, with warnings")
    func cutWebOfScience() throws {
        let reading = try TextReading(
            WebOfScienceReader.self, "FN x\nVR 1.0\nPT J\nTI A\nPT J\nTI B\nER\nER\nPT J\nTI C")
        #expect(reading.records.map(\.title) == ["A", "B", "C"])
        #expect(reading.codes.filter { $0 != "noID" } == ["missingER", "extraER", "missingER", "missingEF"])
        #expect(try TextReading(WebOfScienceReader.self, "").errors.map(\.code) == ["noEntries"])
    }

    @Test("Web of Science's real exports", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realWebOfScience() throws {
        for (file, count, pmids) in [("revtools/restoration_WoS.ciw", 247, 55), ("rispy/example_wos.ris", 2, 2)] {
            let bytes = [UInt8](try Data(contentsOf: SharedData.url("biblio/" + file)))
            let reading = try TextReading(WebOfScienceReader.self, bytes: bytes)
            #expect(reading.records.count == count)
            #expect(reading.records.filter { $0.pmid != nil }.count == pmids)
            #expect(reading.records.allSatisfy { $0.title != nil && !$0.authors.isEmpty && $0.journal.title != nil })
            #expect(reading.errors.isEmpty)
        }
    }

    private static let cochrane = """
        Record #1 of 2
        ID: CN-00000001
        AU: Doe J
        AU: van Berg AM
        TI: A trial: with a colon
        SO: Journal of things
        YR: 2019
        VL: 1
        NO: 2
        PG: 3-9
        PM: PUBMED 12
        XR: EMBASE 99
        PT: Journal article; Randomized controlled trial
        KY: *one; two
        DOI: 10.1000/x
        AB: AIM: Words.
        US: https://example.org

        Record #2 of 2
        ID: CN-00000002
        TI: Another
        """

    @Test("the Cochrane Library's text export")
    func cochrane() throws {
        let reading = try TextReading(CochraneReader.self, Self.cochrane)
        let record = reading.first
        #expect(reading.issues.isEmpty)
        #expect(reading.records.map(\.id.rawValue) == ["CN-00000001", "CN-00000002"])
        #expect(record.source == "cochrane")
        #expect(record.title == "A trial: with a colon")
        #expect(record.authors == [Author(family: "Doe", initials: "J"), Author(family: "van Berg", initials: "AM")])
        #expect(record.pmid == PMID(12 as UInt32) && record.doi == DOI("10.1000/x"))
        #expect(record.keywords == ["*one", "two"])
        #expect(record.publicationTypes.count == 2)
        #expect(record.abstract.map(\.text) == ["AIM: Words."])
        #expect(record.journal == Journal(title: "Journal of things", volume: "1", issue: "2", pages: "3-9"))
    }

    @Test("a Cochrane file that holds fewer records than it announces is an error")
    func cutCochrane() throws {
        let reading = try TextReading(CochraneReader.self, Self.cochrane.replacing("of 2", with: "of 3"))
        #expect(reading.records.count == 2)
        #expect(reading.errors.map(\.code) == ["wrongCount"])
        #expect(reading.errors.first?.message.contains("announces 3 records, but holds 2") == true)
        let empty = try TextReading(CochraneReader.self, "Record #1 of 2\n\nRecord #2 of 2\nID: a\nTI: A\n")
        #expect(empty.errors.map(\.code) == ["emptyEntry", "wrongCount"])
        #expect(try TextReading(CochraneReader.self, "x\n").errors.map(\.code) == ["noEntries"])
    }

    @Test("Cochrane entries without headings begin with their ID")
    func noHeadings() throws {
        let reading = try TextReading(CochraneReader.self, "ID: a\nTI: A\n\nID: b\nTI: B\n")
        #expect(reading.records.map(\.title) == ["A", "B"])
    }
}

@Suite("Reading CSL-JSON")
struct CSLJSONReaderTests {
    private func read(_ text: String) throws -> TextReading {
        try TextReading(CSLJSONReader.self, text, name: "a.json")
    }

    @Test("an item has its variables")
    func item() throws {
        let reading = try read(
            """
            [
             {"id": "doe", "type": "article-journal", "title": "The <i>use</i> of p < 0.05",
              "author": [{"family": "Berg", "given": "Anna-Maria", "non-dropping-particle": "van der"}, {"literal": "The Group"}],
              "container-title": "Journal", "container-title-short": "J", "ISSN": "1234-5678", "volume": 12, "issue": "3", "page": "4-9",
              "issued": {"date-parts": [["2019", 10, 5]]}, "DOI": "10.1000/x", "abstract": "<jats:p>Words.</jats:p>",
              "note": "PMID: 77\\nPMCID: PMC8", "keyword": "a, b", "language": "en"},
             {"id": 5, "type": "book", "issued": {"raw": "2001 Spring"}}
            ]
            """)
        let record = reading.first
        #expect(reading.issues.isEmpty)
        #expect(reading.records.map(\.id.rawValue) == ["doe", "5"])
        #expect(record.source == "csl-json")
        #expect(record.title == "The use of p < 0.05")
        #expect(
            record.authors == [
                Author(family: "van der Berg", given: "Anna-Maria", initials: "AM"), Author(collective: "The Group"),
            ])
        #expect(
            record.journal
                == Journal(
                    title: "Journal", abbreviation: "J", issn: "1234-5678", volume: "12", issue: "3", pages: "4-9"))
        #expect(record.published == PublicationDate(year: 2019, month: 10, day: 5))
        #expect(record.abstract.map(\.text) == ["Words."])
        #expect(record.pmid == PMID(77 as UInt32) && record.pmcid == "PMC8")
        #expect(record.keywords == ["a", "b"])
        #expect(reading.records.last?.kind == .book && reading.records.last?.published.season == "Spring")
        #expect(reading.locations.map(\.line) == [2, 7])
    }

    @Test("one item alone, and items in an object, are read too")
    func shapes() throws {
        #expect(try read("{\"id\":\"a\",\"title\":\"A\"}").records.map(\.title) == ["A"])
        #expect(
            try read("{\"items\":[{\"id\":\"a\",\"title\":\"A\"},{\"id\":\"b\",\"title\":\"B\"}]}").records.count == 2)
        #expect(try read("[]").codes.isEmpty)
        #expect(try read("").errors.map(\.code) == ["noEntries"])
    }

    @Test("a broken item is an error with its line, and the others are read")
    func broken() throws {
        let reading = try read(
            "[{\"id\":\"a\"},\n{\"id\":\"b\", oops},\n7, \"x\",\n{\"foo\":1},\n{\"id\":\"c\"},\n{\"id\":\"d\"")
        #expect(reading.records.map(\.id.rawValue) == ["a", "c"])
        #expect(reading.errors.map(\.code) == ["notWellFormed", "notAnItem", "notAnItem", "truncated"])
        #expect(reading.errors.map(\.line) == [2, 3, 4, 6])
        #expect(try read("{\"items\":[1]}").errors.map(\.code) == ["notAnItem"])
    }

    @Test("nesting a hundred thousand deep ends in an error")
    func deep() throws {
        let text =
            "[{\"id\":\"a\",\"x\":" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
            + "}]"
        #expect(try read(text).errors.map(\.code) == ["notWellFormed"])
    }
}

import Bibliography
import Foundation
import Testing

@testable import RecordFormats

@Suite("Writing a format and reading it back")
struct RoundTripTests {
    enum Format: String, CaseIterable, CustomTestStringConvertible {
        case ris, nbib, csv, cslJSON, bibtex

        var testDescription: String { rawValue }

        var reader: any RecordFormatReader.Type {
            switch self {
            case .ris: RISReader.self
            case .nbib: NBIBReader.self
            case .csv: DelimitedRecordReader.self
            case .cslJSON: CSLJSONReader.self
            case .bibtex: BibTeXReader.self
            }
        }

        var writer: any RecordFormatWriter.Type {
            switch self {
            case .ris: RISWriter.self
            case .nbib: NBIBWriter.self
            case .csv: CSVWriter.self
            case .cslJSON: CSLJSONWriter.self
            case .bibtex: BibTeXWriter.self
            }
        }
    }

    /// What a person's name is in every format: family, given, suffix, or the group.
    private func names(_ record: Record) -> [[String?]] {
        record.authors.map {
            [$0.family, $0.given, $0.suffix, $0.collective].map { $0.flatMap { FieldText.plain($0) } }
        }
    }

    @Test("title, authors, year, DOI, PMID and abstract survive, whatever stands in them", arguments: Format.allCases)
    func survives(format: Format) throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            var generator = GeneratedRecords(seed: seed)
            let records = (0..<25).map { generator.record($0) }
            let bytes = format.writer.file(records)
            let reading = try TextReading(format.reader, bytes: bytes, pieceSize: Int(seed) * 37)
            #expect(reading.records.count == records.count)
            #expect(reading.errors.isEmpty)
            for (before, after) in zip(records, reading.records) {
                #expect(after.id == before.id || format == .bibtex)
                #expect(after.title == before.title.flatMap { FieldText.plain($0) })
                #expect(names(after) == names(before))
                #expect(after.published.year == before.published.year)
                #expect(after.published.month == before.published.month)
                #expect(after.published.day == before.published.day)
                #expect(after.doi == before.doi)
                #expect(after.doi?.text == before.doi?.text)
                #expect(after.pmid == before.pmid)
                #expect(after.abstractText == FieldText.plain(before.abstractText) ?? "")
                #expect(after.keywords == before.keywords || format == .csv)
                #expect(after.journal == before.journal)
            }
        }
    }

    @Test("what is read from the written file is written the same way again", arguments: Format.allCases)
    func isStable(format: Format) throws {
        var generator = GeneratedRecords(seed: 99)
        let records = (0..<40).map { generator.record($0) }
        let first = try TextReading(format.reader, bytes: format.writer.file(records)).records
        let second = try TextReading(format.reader, bytes: format.writer.file(first)).records
        #expect(first == second)
    }

    @Test("a table's cells that a spreadsheet would run are inert in the file and themselves again after reading")
    func inertCells() throws {
        var record = Record(id: RecordID("=cmd|x"), kind: .article, source: "test")
        record.title = "=HYPERLINK(\"http://example.org\")"
        record.abstract = [AbstractSection(text: "+1 point")]
        record.keywords = ["@x"]
        let bytes = CSVWriter.file([record])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("'=cmd|x"))
        #expect(text.contains("'+1 point"))
        let reading = try TextReading(DelimitedRecordReader.self, bytes: bytes)
        #expect(reading.first.id == record.id)
        #expect(reading.first.title == record.title)
        #expect(reading.first.abstract == record.abstract)
        #expect(reading.first.keywords == record.keywords)
    }

    @Test("sections of an abstract come back from RIS, CSV, CSL-JSON and BibTeX as sections")
    func sections() throws {
        var record = Record(id: RecordID("a"), kind: .article, source: "test")
        record.abstract = [
            AbstractSection(label: "AIMS", text: "To see."), AbstractSection(label: "RESULTS", text: "It was: seen."),
        ]
        for format in Format.allCases where format != .nbib {
            let reading = try TextReading(format.reader, bytes: format.writer.file([record]))
            #expect(reading.first.abstract == record.abstract)
        }
        let nbib = try TextReading(NBIBReader.self, bytes: NBIBWriter.file([record]))
        #expect(nbib.first.abstract == [AbstractSection(text: "AIMS: To see. RESULTS: It was: seen.")])
    }

    @Test("NBIB carries nearly all of a PubMed record")
    func nbibCarriesAll() throws {
        var record = Record(id: RecordID("pubmed:7"), kind: .article, source: "pubmed")
        record.pmid = PMID(7 as UInt32)
        record.pmcid = "PMC5"
        record.title = "A title"
        record.vernacularTitle = "Ein Titel"
        record.authors = [
            Author(
                family: "Doe", given: "Jane Q", initials: "JQ", suffix: "Jr", orcid: "0000-0002-1825-0097",
                affiliations: ["Here.", "There."]),
            Author(collective: "The Group"),
        ]
        record.journal = Journal(
            title: "Journal", abbreviation: "J", issn: "1234-5678", volume: "1", issue: "2", pages: "3-4")
        record.published = PublicationDate(year: 2019, month: 10, raw: "2019 Oct")
        record.languages = ["eng", "ger"]
        record.publicationTypes = [PublicationType(name: "Journal Article")]
        record.mesh = [
            MeshHeading(
                name: "Ketamine",
                qualifiers: [
                    MeshQualifier(name: "adverse effects"), MeshQualifier(name: "therapeutic use", major: true),
                ]),
            MeshHeading(name: "Humans", major: true),
        ]
        record.keywords = ["mood"]
        record.chemicals = [Chemical(name: "Ketamine", registryNumber: "690G0D6V8H")]
        record.registrations = [Registration(registry: "ClinicalTrials.gov", number: "NCT00000001")]
        record.grants = [Grant(id: "R01 X/1", agency: "NIMH NIH HHS", country: "United States")]
        record.relations = [
            Relation(type: "RetractionIn", pmid: PMID(8 as UInt32), citation: "J. 2020;2(1):1."),
            Relation(type: "CommentOn", citation: "J. 2018."),
        ]
        record.status = "MEDLINE"
        record.dates = RecordDates(
            created: "2001-01-01", completed: "2020-01-02", revised: "2020-01-03", entrez: "2019-10-01",
            pubmed: "2019-10-02",
            medline: "2020-01-04")
        record.otherAbstracts = [
            OtherAbstract(type: "Publisher", language: "spa", sections: [AbstractSection(text: "Un texto.")])
        ]
        record.abstract = [
            AbstractSection(
                text: "Words. And more words: many, so that the line has to be broken somewhere near its end.")
        ]
        let reading = try TextReading(NBIBReader.self, bytes: NBIBWriter.file([record]))
        #expect(reading.records == [record])
        #expect(reading.issues.isEmpty)
    }
}

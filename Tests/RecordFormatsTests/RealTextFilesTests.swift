import Bibliography
import Foundation
import TestSupport
import Testing

@testable import RecordFormats

/// Real exports. The numbers were counted without this program: lines with `TY`, `PMID-` or `PT` by grep, rows by Python's
/// csv module.
@Suite("Real exports of reference managers and databases", .enabled(if: SharedData.isPresent, SharedData.notice))
struct RealTextFilesTests {
    static let ris: [(file: String, count: Int)] = [
        ("Reflib/blue-light.ris", 102), ("asreview-demo/_baseline.ris", 100),
        ("asreview-demo/baseline_empty_values.ris", 4), ("asreview-demo/baseline_reference_types.ris", 61),
        ("asreview-demo/baseline_tag-notes.ris", 12), ("asreview-demo/baseline_tag-notes_labels.ris", 32),
        ("asreview-demo/baseline_tag-notes_zotero.ris", 4),
        ("asreview-demo/baseline_tag_and_field_definitions.ris", 1),
        ("asreview-demo/baseline_tag_and_field_definitions_lists.ris", 1), ("asreview-demo/baseline_zotero.ris", 100),
        ("asreview-demo/embase.ris", 6), ("asreview-demo/faulty_year.ris", 1), ("asreview-demo/ovid_psycinfo.ris", 6),
        ("asreview-demo/ovid_zotero.ris", 6), ("asreview-demo/proquest.ris", 6),
        ("asreview-demo/pubmed_endnote.txt", 6),
        ("asreview-demo/pubmed_zotero.ris", 6), ("asreview-demo/ris_issue_1099.txt", 7),
        ("asreview-demo/ris_issue_992.txt", 19), ("asreview-demo/ris_many_authors.ris", 1),
        ("asreview-demo/scopus.ris", 6), ("asreview-demo/web_of_science.txt", 10),
        ("revtools/avian_ecology_bibliography.ris", 20), ("revtools/restoration_scopus.ris", 286),
        ("rispy/example_basic.ris", 1), ("rispy/example_bom.ris", 1), ("rispy/example_custom_list_tags.ris", 1),
        ("rispy/example_empty_tag.ris", 1), ("rispy/example_extraneous_data.ris", 2), ("rispy/example_full.ris", 2),
        ("rispy/example_full_without_whitespace.ris", 2), ("rispy/example_full_write.ris", 2),
        ("rispy/example_multi_unknown_tags.ris", 1), ("rispy/example_multiline.ris", 3),
        ("rispy/example_single_unknown_tag.ris", 1), ("rispy/example_starting_newlines.ris", 1),
        ("rispy/example_urls.ris", 4), ("rispy/example_utf_chars.ris", 1),
    ]

    static let nbib: [(file: String, count: Int)] = [
        ("Reflib/blue-light.nbib", 80), ("biopython-medline/pubmed_result1.txt", 1),
        ("biopython-medline/pubmed_result2.txt", 4), ("biopython-medline/pubmed_result3.txt", 1),
        ("revtools/restoration_pubmed.nbib", 104),
    ]

    static let tables: [(file: String, count: Int)] = [
        ("biblio/asreview-demo/duplicate_records.csv", 14), ("biblio/asreview-demo/embase.csv", 6),
        ("biblio/asreview-demo/embase_newpage.csv", 6), ("biblio/asreview-demo/generic.csv", 2),
        ("biblio/asreview-demo/generic_bad_record_id.csv", 6),
        ("biblio/asreview-demo/generic_column_names_with_spaces.csv", 2),
        ("biblio/asreview-demo/generic_labels.csv", 6), ("biblio/asreview-demo/generic_labels_no_abs.csv", 6),
        ("biblio/asreview-demo/generic_labels_no_title.csv", 6),
        ("biblio/asreview-demo/generic_partial_labels.csv", 6), ("biblio/asreview-demo/generic_semicolon.csv", 2),
        ("biblio/asreview-demo/generic_tab.csv", 2), ("biblio/asreview-demo/generic_tab.tab", 2),
        ("biblio/asreview-demo/generic_tab.tsv", 2), ("biblio/asreview-demo/missing_values.csv", 4),
        ("biblio/asreview-demo/record_id.csv", 10), ("dedup/copper/records.csv", 505),
        ("dedup/cytology_screening/records.csv", 1856), ("dedup/stroke/records.csv", 1292),
        ("ketamine/records.csv", 631),
    ]

    private func read(_ reader: any RecordFormatReader.Type, _ path: String) throws -> TextReading {
        let url = SharedData.url(path)
        let bytes = [UInt8](try Data(contentsOf: url))
        let reading = try TextReading(reader, bytes: bytes, name: url.lastPathComponent)
        guard bytes.count < 30_000 else { return reading }
        let inTinyPieces = try TextReading(reader, bytes: bytes, name: url.lastPathComponent, pieceSize: 7)
        #expect((reading.records == inTinyPieces.records) == true, "pieces of 7 bytes give other records")
        #expect((reading.locations == inTinyPieces.locations) == true, "pieces of 7 bytes give other places")
        return reading
    }

    @Test("every RIS export gives as many records as it has entries, without an error", arguments: ris)
    func readsRIS(file: String, count: Int) throws {
        let reading = try read(RISReader.self, "biblio/" + file)
        #expect(reading.records.count == count)
        #expect(reading.errors.isEmpty)
    }

    @Test("every NBIB export gives as many records as it has PMIDs, each with title and PMID", arguments: nbib)
    func readsNBIB(file: String, count: Int) throws {
        let reading = try read(NBIBReader.self, "biblio/" + file)
        #expect(reading.records.count == count)
        #expect(reading.issues.isEmpty)
        #expect(reading.records.allSatisfy { $0.pmid != nil && $0.title != nil && $0.id == $0.pmid?.recordID })
    }

    @Test("every table gives as many records as it has rows, without an error", arguments: tables)
    func readsTables(file: String, count: Int) throws {
        let reading = try read(DelimitedRecordReader.self, file)
        #expect(reading.records.count == count)
        #expect(reading.errors.isEmpty)
    }

    @Test("the ketamine records keep the ids of their file")
    func ketamineIDs() throws {
        let reading = try read(DelimitedRecordReader.self, "ketamine/records.csv")
        #expect(reading.first.id == RecordID("K0001"))
        #expect(reading.first.pmid == PMID(28353354))
        #expect(reading.first.doi == DOI("10.1080/13651501.2017.1308115"))
    }
}

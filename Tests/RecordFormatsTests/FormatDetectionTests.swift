import Bibliography
import Compression
import Foundation
import RecordFormats
import TestSupport
import Testing

@Suite("Formats found out from the content")
struct FormatDetectionTests {
    @Test(
        "Each format is known by what only it has",
        arguments: [
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"<b>\">]>\n<!-- <html> -->\n<PubmedArticleSet>",
                .pubmedXML
            ),
            ("\u{FEFF}<MedlineCitation Status=\"MEDLINE\">", .pubmedXML),
            ("<xml><records><record><database name=\"a\"/><ref-type name=\"Book\">6</ref-type>", .endnoteXML),
            ("\n\nPMID- 12345678\nOWN - NLM\nTI  - A title", .nbib),
            ("TY  - JOUR\nTI  - A title\nER  - \n", .ris),
            ("\u{FEFF}TY  -JOUR\r\n", .ris),
            ("Provider: X\nContent: text\n\nTY  - JOUR\n", .ris),
            ("% comment\n\n@Article{key,\n title = {A}}\n", .bibtex),
            ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\n", .webOfScience),
            ("Record #1 of 2\nID: CN-00000001\nAU: Doe J\nTI: A title\n", .cochrane),
            ("id,title,abstract\n1,A,B\n", .csv),
            ("\"Title\";\"Authors\"\nA;B\n", .csv),
            ("PMID\tTitle\n1\tA\n", .tsv),
            ("[{\"type\":\"article-journal\",\"title\":\"A\"}]", .cslJSON),
            ("{\"id\":\"pubmed:1\",\"kind\":\"article\",\"source\":\"pubmed\"}\n", .ndjson),
        ] as [(String, RecordFormat)])
    func known(text: String, format: RecordFormat) {
        #expect(FormatDetection.format(of: Array(text.utf8)) == .format(format))
    }

    @Test(
        "What is none of them is refused, with what it is and what to do",
        arguments: [
            ("", "empty"), (" \n\t ", "empty"), ("Dear reader,\nthis is a letter.\n", "export the records again"),
            ("<!DOCTYPE html>\n<html><body>", "<html>"), ("<xml><nothing/></xml>", "<xml>"),
            ("%PDF-1.7\n", "is not known"), ("\u{0}\u{1}\u{2}", "is not known"),
        ])
    func unknown(text: String, words: String) throws {
        guard case .unknown(let reason) = FormatDetection.format(of: Array(text.utf8)) else {
            Issue.record("taken for a format")
            return
        }
        #expect(reason.contains(words))
        let reading = try Reading.any(text)
        #expect(reading.records.isEmpty && reading.errors.count == 1)
        #expect(reading.errors.first?.file == "test")
    }

    @Test("A missing file is an error of the caller; a folder and an unreadable file are issues")
    func files() throws {
        #expect { try Reading.file("/nonexistent.ris") } throws: { ($0 as? FileInputError)?.isMissing == true }
        let folder = try Reading.file(NSTemporaryDirectory())
        #expect(folder.codes == ["unreadable"])
        #expect(folder.errors.first?.message.contains("folder") == true)
    }

    @Test("Issues name the path as given, ids the base name")
    func names() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString).xml")
        try Data("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>".utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let reading = try Reading.file(url.path)
        #expect(reading.ids == ["\(url.lastPathComponent)#1"])
        #expect(reading.issues.map(\.file) == [url.path])
    }

    @Test("A named format is not doubted")
    func named() throws {
        let reading = try Reading.any(Array("<html></html>".utf8), format: .pubmedXML)
        #expect(reading.errors.map(\.code) == ["wrongRoot"])
    }

    @Test("Every real export is told by its content", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() throws {
        let formats: [String: RecordFormat] = [
            "nbib": .nbib, "ris": .ris, "ciw": .webOfScience, "xml": .endnoteXML, "json": .cslJSON,
        ]
        for url in SharedData.files(under: "biblio") {
            guard let expected = formats[url.pathExtension], url.lastPathComponent != "example_wos.ris" else {
                continue
            }
            let head = try PeekingInput(FileInput(path: url.path)).peek(1 << 16)
            #expect(FormatDetection.format(of: head) == .format(expected), "\(url.lastPathComponent)")
        }
    }
}

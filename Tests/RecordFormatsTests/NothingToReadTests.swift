import Bibliography
import Compression
import Testing

@testable import RecordFormats

/// A source that failed is not an empty one: a file without a record is told of, whatever its format.
@Suite("Files without a record")
struct NothingToReadTests {
    @Test(
        "a whole file without a record is no error, and a person is told of it",
        arguments: [
            "<PubmedArticleSet></PubmedArticleSet>", "<PubmedArticleSet/>", "<pmc-articleset/>",
            "<?xml version='1.0'?>\n<xml><records>\n</records></xml>\n", "<xml><records/></xml>", "[]",
            "{\"items\":[]}",
            "title,abstract,doi\n", "title\tabstract\tdoi\n", "@comment{jabref-meta: x}\n@string{a = \"b\"}\n",
            "FN Clarivate Analytics Web of Science\nVR 1.0\nEF\n",
        ])
    func whole(text: String) throws {
        let reading = try Reading.any(text)
        #expect(reading.records.isEmpty)
        #expect(reading.codes == ["noEntries"], "\(reading.issues)")
        #expect(reading.errors.isEmpty)
        #expect(reading.issues.first?.message.contains("if the search had hits, export them again") == true)
        // The other way into the same file.
        var batches: [ReadingIssue] = []
        try RecordReader(input: MemoryInput(Array(text.utf8)), name: "test").readBatches(workers: 1) {
            $0.records.count
        } emit: {
            #expect($0 == 0)
        } issue: {
            batches.append($0)
        }
        #expect(batches == reading.issues)
    }

    @Test("an empty file and a file with one record are not called so")
    func others() throws {
        #expect(try Reading.any("").codes == ["empty"])
        #expect(try Reading.any(" \n").errors.count == 1)
        #expect(try Reading.any("title,abstract,doi\nA title,,\n").codes == ["noID"])
        let deleted =
            "<PubmedArticleSet><DeleteCitation><PMID Version=\"1\">5</PMID></DeleteCitation></PubmedArticleSet>"
        #expect(try Reading.any(deleted).codes.isEmpty)
    }

    @Test("an empty file is an error under every name of a format", arguments: RecordFormat.allCases)
    func empty(format: RecordFormat) throws {
        for text in ["", " \n\n"] {
            let reading = try Reading.any(Array(text.utf8), format: format)
            #expect(reading.records.isEmpty && !reading.errors.isEmpty, "\(reading.issues)")
        }
    }

    /// `--from` with the wrong format said that there was no entry, and left it at that.
    @Test("a file read as another format than it has says so, and what to do", arguments: RecordFormat.allCases)
    func wrongFormat(format: RecordFormat) throws {
        let other: [RecordFormat: String] = [.ris: "@article{k, title = {A title}}\n", .nbib: "title,doi\nA title,\n"]
        let text = other[format] ?? "TY  - JOUR\nTI  - A title\nER  - \n"
        let isClose = [.nbib: true, .webOfScience: true][format] ?? false
        let known = try Reading.any(Array(text.utf8), format: format)
        if !isClose || known.records.isEmpty {
            #expect(known.errors.isEmpty == false)
            let found = try #require(known.issues.last)
            #expect(found.code == "wrongFormat" && found.message.contains("read as \(format.rawValue)"))
            #expect(found.message.contains("leave out --from"), "\(found.message)")
        }
        let stray = try Reading.any(Array("Dear colleagues\n".utf8), format: format)
        #expect(stray.records.isEmpty && !stray.errors.isEmpty)
        #expect(stray.issues.last?.message.contains("export the records again in a format that") == true)
    }
}

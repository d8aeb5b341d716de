import Bibliography
import Compression
import RecordFormats

/// Articles as the reader gives them.
struct JATSReading {
    var articles: [(record: Record, text: FullText, location: RecordLocation)] = []
    var issues: [ReadingIssue] = []

    var codes: [String] { issues.map(\.code) }
    var errors: [ReadingIssue] { issues.filter { $0.severity == .error } }

    init(_ bytes: [UInt8], name: String = "test.xml", pieceSize: Int = 1 << 16) throws {
        try RecordReader(input: MemoryInput(bytes, pieceSize: pieceSize), name: name).readDocuments { event in
            switch event {
            case .record(let record, let text, let location):
                articles.append((record, text ?? FullText(body: .absent, parts: []), location))
            case .issue(let issue): issues.append(issue)
            }
        }
    }

    init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// The parts of an article with this body.
    static func parts(body: String) throws -> [FullText.Part] {
        try JATSReading("<article><front><article-meta/></front><body>\(body)</body></article>").articles
            .first?.text.parts ?? []
    }

    static func table(_ rows: String) throws -> TextTable? {
        let parts = try parts(body: "<table-wrap><label>Table 1</label><table>\(rows)</table></table-wrap>")
        for case .table(let table) in parts.map(\.content) { return table }
        return nil
    }
}

extension FullText.Part {
    var paragraph: String? { if case .paragraph(let text) = content { text } else { nil } }
}

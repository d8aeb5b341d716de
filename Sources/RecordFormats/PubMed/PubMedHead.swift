import XMLReading

/// What stands in a PubMed file before its first record: enough to read any part of the file that begins with a record.
struct PubMedHead: Sendable {
    /// The declaration, the document type and the start tag of the set.
    let bytes: [UInt8]
    /// `PubmedArticle` or `MedlineCitation`.
    let recordName: String

    private static let setNames = ["PubmedArticle": "PubmedArticleSet", "MedlineCitation": "MedlineCitationSet"]

    /// Nil where the file is not to be read in parts: not UTF-8, not a set of records, entities of its own, comments or
    /// anything else unusual before the first record.
    ///
    /// - Parameter start: the first bytes of the file.
    init?(_ start: [UInt8]) {
        for (name, setName) in Self.setNames.sorted(by: { $0.key > $1.key }) {
            guard let first = Self.firstRecord(name, in: start) else { continue }
            let head = Array(start[..<first])
            // The internal part of a DTD, references, and comments, which may hold tags.
            guard !head.contains(UInt8(ascii: "[")), !head.contains(UInt8(ascii: "&")),
                !String(decoding: head, as: UTF8.self).contains("<!--"), Self.opens(setName, head)
            else { return nil }
            bytes = head
            recordName = name
            return
        }
        return nil
    }

    private static func firstRecord(_ name: String, in start: [UInt8]) -> Int? {
        let tag = Array("<\(name)".utf8)
        var from = 0
        while let open = start[from...].firstIndex(of: UInt8(ascii: "<")) {
            let rest = start[open...]
            if rest.starts(with: tag), let next = rest.dropFirst(tag.count).first, next == 0x3E || next <= 0x20 {
                return open
            }
            from = open + 1
        }
        return nil
    }

    /// Whether these bytes open a set of records in UTF-8 and say nothing else.
    private static func opens(_ setName: String, _ head: [UInt8]) -> Bool {
        let handler = PubMedHandler(file: "", count: 0, origin: .init(line: 1, offset: 0), prologue: 0)
        do {
            let parser = try XMLPushParser(vocabulary: PubMedGrammar.shared.vocabulary, handler: handler)
            handler.parser = parser
            try parser.feed(head)
            let encoding = parser.encoding?.lowercased() ?? "utf-8"
            guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding) else { return false }
            return handler.isBetweenRecords && handler.rootName == setName && handler.takeEvents().isEmpty
        } catch {
            return false
        }
    }
}

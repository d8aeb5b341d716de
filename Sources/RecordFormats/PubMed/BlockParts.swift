/// The records of a block one by one, and whatever stands between them.
struct BlockParts: ~Copyable {
    struct Part {
        let bytes: UnsafeBufferPointer<UInt8>
        /// Offset in the block.
        let start: Int
        /// A record that `PlainRecord` accepts; else anything up to the next end tag of a record.
        let isPlain: Bool
        /// Where in a plain record its texts stand; nil where it has no title that surely says something.
        let texts: [UnsafeBufferPointer<UInt8>]?
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var plain = PlainRecord()

    private static let startTag = Array("<PubmedArticle>".utf8)
    private static let endTag = Array("</PubmedArticle>".utf8)

    /// - Parameter bytes: must live as long as this.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The next part; nil at the end.
    mutating func next() -> Part? {
        guard skipSpace() else { return nil }
        let start = position
        let plainEnd = plainRecord()
        position = plainEnd ?? bytes.end(ofFirst: Self.endTag, from: start) ?? bytes.count
        return Part(
            bytes: UnsafeBufferPointer(rebasing: bytes[start..<position]), start: start, isPlain: plainEnd != nil,
            texts: plain.hasTitle ? plain.texts.map { UnsafeBufferPointer(rebasing: bytes[$0]) } : nil)
    }

    /// False at the end.
    private mutating func skipSpace() -> Bool {
        // Other control characters are no white space for XML.
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
        return position < bytes.count
    }

    private mutating func plainRecord() -> Int? {
        bytes[position...].starts(with: Self.startTag) ? plain.end(bytes, from: position) : nil
    }
}

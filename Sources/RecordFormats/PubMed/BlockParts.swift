/// The records of a block one by one, and whatever stands between them.
struct BlockParts: ~Copyable {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private let plain = PlainRecord()

    private static let startTag = Array("<PubmedArticle>".utf8)
    private static let endTag = Array("</PubmedArticle>".utf8)

    /// - Parameter bytes: must live as long as this.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Goes on to whatever stands next; false at the end.
    mutating func skipSpace() -> Bool {
        // Other control characters are no white space for XML.
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
        return position < bytes.count
    }

    /// The record that stands here, shown to a visitor; nil where it is not one that `PlainRecord` accepts.
    func plainRecord(_ visitor: inout some PlainRecordVisitor & ~Copyable) -> Range<Int>? {
        guard bytes[position...].starts(with: Self.startTag),
            let end = plain.end(bytes, from: position, &visitor)
        else { return nil }
        return position..<end
    }

    /// Anything up to the next end tag of a record.
    func otherPart() -> Range<Int> {
        position..<(bytes.end(ofFirst: Self.endTag, from: position) ?? bytes.count)
    }

    /// Goes on behind a part.
    mutating func pass(_ part: Range<Int>) { position = part.upperBound }
}

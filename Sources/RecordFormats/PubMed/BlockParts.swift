/// The records of a block one by one, and whatever stands between them.
struct BlockParts: ~Copyable {
    enum Part {
        /// A record that `PlainRecord` accepts, and where in it its texts stand.
        case plain(UnsafeBufferPointer<UInt8>, texts: [UnsafeBufferPointer<UInt8>])
        /// Anything else, up to the next end tag of a record.
        case other(UnsafeBufferPointer<UInt8>)
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
        if let end = plainRecord() {
            position = end
            return .plain(
                UnsafeBufferPointer(rebasing: bytes[start..<end]),
                texts: plain.texts.map { UnsafeBufferPointer(rebasing: bytes[$0]) })
        }
        position = bytes.end(ofFirst: Self.endTag, from: start) ?? bytes.count
        return .other(UnsafeBufferPointer(rebasing: bytes[start..<position]))
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

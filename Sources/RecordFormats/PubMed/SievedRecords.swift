/// The parts of a block that must be parsed: everything but plain records in which a sieve finds nothing.
struct SievedRecords: ~Copyable {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private let plain = PlainRecord()
    private(set) var passedOver = 0

    private static let startTag = Array("<PubmedArticle>".utf8)
    private static let endTag = Array("</PubmedArticle>".utf8)

    /// - Parameter bytes: must live as long as this.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The next part to be parsed; nil at the end.
    mutating func next(_ sieve: RecordSieve) -> UnsafeBufferPointer<UInt8>? {
        var part: Range<Int>?
        while skipSpace() {
            let start = position
            if let end = plainRecord(), !sieve(UnsafeBufferPointer(rebasing: bytes[start..<end])) {
                passedOver += 1
                position = end
                if part != nil { break }
            } else {
                position = endOfRecord(from: start)
                part = (part?.lowerBound ?? start)..<position
            }
        }
        return part.map { UnsafeBufferPointer(rebasing: bytes[$0]) }
    }

    /// False at the end.
    private mutating func skipSpace() -> Bool {
        while position < bytes.count, FormatDetection.isSpace(bytes[position]) { position += 1 }
        return position < bytes.count
    }

    private func plainRecord() -> Int? {
        bytes[position...].starts(with: Self.startTag) ? plain.end(bytes, from: position) : nil
    }

    private func endOfRecord(from start: Int) -> Int {
        bytes.end(ofFirst: Self.endTag, from: start) ?? bytes.count
    }
}

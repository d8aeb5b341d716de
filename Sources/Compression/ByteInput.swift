/// Bytes that come in pieces: a file, standard input, memory, or any of them inflated on the way.
package protocol ByteInput: AnyObject {
    /// The next piece, never empty; nil at the end.
    func next() throws -> [UInt8]?
}

/// Bytes already in memory, handed out in pieces.
package final class MemoryInput: ByteInput {
    private let bytes: [UInt8]
    private let pieceSize: Int
    private var position = 0

    package init(_ bytes: [UInt8], pieceSize: Int = 1 << 16) {
        self.bytes = bytes
        self.pieceSize = max(1, pieceSize)
    }

    package func next() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let end = min(position + pieceSize, bytes.count)
        defer { position = end }
        return Array(bytes[position..<end])
    }
}

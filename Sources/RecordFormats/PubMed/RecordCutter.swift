import Foundation

/// Some whole records of a file, one after the other, as bytes.
struct RecordBlock: Sendable {
    /// A record that lay across two pieces of the file, put together; may be empty.
    let lead: [UInt8]
    /// The records after it are `range` of these bytes.
    let body: [UInt8]
    let range: Range<Int>
    /// Offset of the first byte in the file.
    let start: Int

    var count: Int { lead.count + range.count }

    var lineFeeds: Int {
        var count = 0
        forEachPart { bytes in
            var at = 0
            while at < bytes.count {
                // Counted in bytes that cannot overflow, many at a time.
                let end = min(bytes.count, at + 255)
                var some: UInt8 = 0
                while at < end {
                    some &+= bytes[at] == 0x0A ? 1 : 0
                    at += 1
                }
                count += Int(some)
            }
        }
        return count
    }

    /// Calls with the bytes of each part; both begin and end between records.
    func forEachPart(_ visit: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        for (bytes, range) in [(lead, 0..<lead.count), (body, range)] where !range.isEmpty {
            try bytes.withUnsafeBufferPointer { try visit(UnsafeBufferPointer(rebasing: $0[range])) }
        }
    }
}

/// Cuts a file at the end tags of its records. It does not know XML: where such a tag stands in a comment, the block that
/// begins or ends there cannot be read by itself, and whoever reads it notices.
struct RecordCutter {
    /// No real record comes near.
    static let longestRecord = 8 << 20

    private let endTag: [UInt8]
    /// What stands after the last end tag.
    private(set) var rest: [UInt8] = []
    /// Offset of the first byte of `rest` in the file.
    private(set) var offset: Int

    /// - Parameter offset: where the first record begins.
    init(recordName: String, offset: Int) {
        endTag = Array("</\(recordName)>".utf8)
        self.offset = offset
    }

    var isTooLong: Bool { rest.count > Self.longestRecord }

    /// The whole records that end in this piece; nil where none does.
    mutating func take(_ piece: [UInt8]) -> RecordBlock? {
        guard let first = firstEnd(in: piece) else {
            rest += piece
            return nil
        }
        let last = max(first, lastEnd(in: piece) ?? first)
        let block = RecordBlock(lead: rest + piece[..<first], body: piece, range: first..<last, start: offset)
        offset += block.count
        rest = Array(piece[last...])
        return block
    }

    /// After the first end tag in the piece, which may have begun in the one before.
    private func firstEnd(in piece: [UInt8]) -> Int? {
        let before = Array(rest.suffix(endTag.count - 1))
        let seam = before + piece.prefix(endTag.count - 1)
        for start in before.indices where seam[start...].starts(with: endTag) {
            return start + endTag.count - before.count
        }
        return piece.withUnsafeBufferPointer { $0.end(ofFirst: endTag, from: 0) }
    }

    private func lastEnd(in piece: [UInt8]) -> Int? {
        piece.withUnsafeBufferPointer { bytes in
            var start = bytes.count - endTag.count
            while start >= 0 {
                if bytes[start] == 0x3C, bytes[start + 1] == 0x2F, bytes[start...].starts(with: endTag) {
                    return start + endTag.count
                }
                start -= 1
            }
            return nil
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the first occurrence of a tag ends.
    func end(ofFirst tag: [UInt8], from start: Int) -> Int? {
        guard let base = baseAddress, let first = tag.first else { return nil }
        var at = start
        while at < count, let hit = memchr(base + at, Int32(first), count - at) {
            at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            if self[at...].starts(with: tag) { return at + tag.count }
            at += 1
        }
        return nil
    }
}

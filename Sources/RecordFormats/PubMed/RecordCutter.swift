/// Some whole records of a file, one after the other, as bytes.
struct RecordBlock: Sendable {
    /// Where the pieces of the file that hold them are cut; every part begins and ends between records.
    private(set) var parts: [Part]
    /// Offset of the first byte in the file.
    let start: Int
    private(set) var count: Int

    struct Part: Sendable {
        let bytes: [UInt8]
        let range: Range<Int>
    }

    /// - Parameters:
    ///   - lead: a record that lay across two pieces of the file, put together; may be empty.
    ///   - body: the piece that holds the records after it, in `range`.
    init(lead: [UInt8], body: [UInt8], range: Range<Int>, start: Int) {
        parts = [Part(bytes: lead, range: 0..<lead.count), Part(bytes: body, range: range)]
        self.start = start
        count = lead.count + range.count
    }

    /// Adds the records that stand next in the file.
    mutating func append(_ next: RecordBlock) {
        parts += next.parts
        count += next.count
    }

    /// Calls with the bytes of each part, and their offset in the block.
    func forEachPart(_ visit: (UnsafeBufferPointer<UInt8>, Int) throws -> Void) rethrows {
        var offset = 0
        for part in parts where !part.range.isEmpty {
            try part.bytes.withUnsafeBufferPointer { try visit(UnsafeBufferPointer(rebasing: $0[part.range]), offset) }
            offset += part.range.count
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
            guard let base = bytes.baseAddress else { return nil }
            return endTag.withUnsafeBufferPointer { tag in
                guard let name = tag.baseAddress else { return nil }
                var end = bytes.count - tag.count + 1
                while let start = base.findLast("<", before: end) {
                    if base[start + 1] == name[1], (base + start).holds(name, tag.count) { return start + tag.count }
                    end = start
                }
                return nil
            }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the first occurrence of a tag ends.
    func end(ofFirst tag: [UInt8], from start: Int) -> Int? {
        guard let base = baseAddress else { return nil }
        return tag.withUnsafeBufferPointer { tag in
            guard let name = tag.baseAddress else { return nil }
            var at = base.find("<", from: start, to: count)
            while at + tag.count <= count {
                if base[at + 1] == name[1], (base + at).holds(name, tag.count) { return at + tag.count }
                at = base.find("<", from: at + 1, to: count)
            }
            return nil
        }
    }

    func countLineFeeds(from start: Int, to end: Int) -> Int {
        var count = 0
        var at = start
        while at < end {
            // Counted in bytes that cannot overflow, many at a time.
            let next = Swift.min(end, at + 255)
            var some: UInt8 = 0
            while at < next {
                some &+= self[at] == 0x0A ? 1 : 0
                at += 1
            }
            count += Int(some)
        }
        return count
    }
}

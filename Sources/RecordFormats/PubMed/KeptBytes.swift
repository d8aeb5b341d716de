/// The latest bytes of a file, in the pieces in which they came, by their offsets in the file.
struct KeptBytes {
    private var pieces: [(offset: Int, bytes: [UInt8])] = []
    /// Offset after the last byte.
    private(set) var end = 0

    init() {}

    /// Begins in the middle of a file.
    init(end: Int) { self.end = end }

    /// Offset of the first byte that is still here.
    var start: Int { pieces.first?.offset ?? end }

    mutating func append(_ piece: [UInt8]) {
        guard !piece.isEmpty else { return }
        pieces.append((end, piece))
        end += piece.count
    }

    /// Drops whole pieces.
    mutating func forget(before offset: Int) {
        let gone = pieces.prefix { $0.offset + $0.bytes.count <= offset }.count
        if gone > 0 { pieces.removeFirst(gone) }
    }

    /// Calls with at most so many bytes of one piece; with none where nothing is kept.
    func withBytes<T>(
        from offset: Int, atMost count: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T
    ) rethrows -> T {
        guard let piece = pieces.last(where: { $0.offset <= offset }), offset < piece.offset + piece.bytes.count else {
            return try body(UnsafeBufferPointer(start: nil, count: 0))
        }
        let first = offset - piece.offset
        return try piece.bytes.withUnsafeBufferPointer { bytes in
            try body(UnsafeBufferPointer(rebasing: bytes[first..<min(bytes.count, first + count)]))
        }
    }

    func countLineFeeds(from: Int, to: Int) -> Int {
        var count = 0
        forEach(from: from) { offset, byte in
            if offset >= to { return false }
            if byte == 0x0A { count += 1 }
            return true
        }
        return count
    }

    /// Offset of the last byte that is no white space; nil where there is none.
    func lastTextOffset(from: Int) -> Int? {
        var last: Int?
        forEach(from: from) { offset, byte in
            if byte > 0x20 { last = offset }
            return true
        }
        return last
    }

    /// Offset of the next `<` that begins a start tag of one of these elements.
    func findStartTag(of names: [String], from: Int) -> Int? {
        let names = names.map { Array($0.utf8) }
        var tagStart: Int?
        var name: [UInt8] = []
        var found: Int?
        forEach(from: from) { offset, byte in
            if byte == 0x3C {
                tagStart = offset
                name.removeAll(keepingCapacity: true)
                return true
            }
            guard let start = tagStart else { return true }
            // A name ends at white space, `>` or `/`.
            guard byte <= 0x20 || byte == 0x3E || byte == 0x2F else {
                name.append(byte)
                if name.count > 32 { tagStart = nil }
                return true
            }
            tagStart = nil
            guard names.contains(name) else { return true }
            found = start
            return false
        }
        return found
    }

    /// Offset of the `<` with which a document begins, after white space and comments; nil where something else stands
    /// there first.
    func startOfMarkup(from: Int) -> Int? {
        enum State { case outside, opened(Int), declared(Int), dashed(Int), comment, commentDash, commentEnd }
        var state = State.outside
        var found: Int?
        forEach(from: from) { offset, byte in
            switch (state, byte) {
            case (.outside, 0x3C): state = .opened(offset)
            case (.outside, _): return byte <= 0x20
            case (.opened(let start), 0x21): state = .declared(start)
            case (.opened(let start), _):
                if byte == 0x3F || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A { found = start }
                return false
            case (.declared(let start), 0x2D): state = .dashed(start)
            case (.declared(let start), _):
                found = start
                return false
            case (.dashed, 0x2D): state = .comment
            case (.dashed, _): return false
            case (.comment, 0x2D): state = .commentDash
            case (.comment, _): break
            case (.commentDash, 0x2D): state = .commentEnd
            case (.commentDash, _): state = .comment
            case (.commentEnd, 0x3E): state = .outside
            case (.commentEnd, _): state = .comment
            }
            return true
        }
        return found
    }

    /// Calls with every byte from an offset on until the answer is false.
    private func forEach(from: Int, _ body: (Int, UInt8) -> Bool) {
        for piece in pieces where piece.offset + piece.bytes.count > from {
            for index in max(0, from - piece.offset)..<piece.bytes.count {
                guard body(piece.offset + index, piece.bytes[index]) else { return }
            }
        }
    }
}

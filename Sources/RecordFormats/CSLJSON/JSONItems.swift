import Compression

/// The objects of a JSON array, one after the other, without reading the whole array: each `{...}` is cut out by its
/// braces, strings minded. So a broken item costs itself alone, and memory is bounded by one item.
struct JSONItems {
    struct Item {
        var bytes: [UInt8]
        var line: Int
        var start: Int
        var end: Int
        /// The text ended inside the item, or it was larger than the limit.
        var problem: Problem?
        enum Problem { case unclosed, tooLarge, notAnObject }
    }

    static let limit = 1 << 26

    private let lines: LineInput
    private var line: LineInput.Line?
    private var index = 0
    /// Whether there was anything but white space.
    private(set) var sawText = false
    /// Brackets of lists that were opened and not closed, between items.
    private(set) var openLists = 0

    init(_ lines: LineInput) { self.lines = lines }

    /// The next object; anything else that stands between (numbers, strings) comes as an item that is no object.
    mutating func next() throws -> Item? {
        guard let current = try skipToContent() else { return nil }
        if current.bytes[index] == 0x7B { return try object() }
        let start = index
        index = current.bytes[start...].firstIndex(of: 0x7B) ?? current.bytes.count
        return Item(
            bytes: Array(current.bytes[start..<index]), line: current.number, start: current.start, end: current.end,
            problem: .notAnObject)
    }

    /// Goes on to the next byte that is neither white space, comma nor bracket; the line that holds it.
    private mutating func skipToContent() throws -> LineInput.Line? {
        while true {
            if let current = line {
                while index < current.bytes.count, isBetween(current.bytes[index]) {
                    if current.bytes[index] == 0x5B { openLists += 1 }
                    if current.bytes[index] == 0x5D { openLists -= 1 }
                    index += 1
                }
                if index < current.bytes.count { return current }
            }
            line = try lines.next()
            index = 0
            guard let more = line else { return nil }
            if !sawText { sawText = !more.isBlank }
        }
    }

    private func isBetween(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x2C || byte == 0x5B || byte == 0x5D }

    private mutating func object() throws -> Item {
        var item = Item(bytes: [], line: line?.number ?? 0, start: (line?.start ?? 0) + index, end: line?.end ?? 0)
        var depth = 0
        var isInString = false
        var isEscaped = false
        while let current = line {
            while index < current.bytes.count {
                let byte = current.bytes[index]
                index += 1
                if item.bytes.count < Self.limit { item.bytes.append(byte) } else { item.problem = .tooLarge }
                if isInString {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == 0x5C {
                        isEscaped = true
                    } else if byte == 0x22 {
                        isInString = false
                    }
                    continue
                }
                switch byte {
                case 0x22: isInString = true
                case 0x7B, 0x5B: depth += 1
                case 0x7D, 0x5D:
                    depth -= 1
                    if depth <= 0 {
                        item.end = min(current.start + index, current.end)
                        return item
                    }
                default: break
                }
            }
            item.end = current.end
            // A string does not go over the end of a line in JSON: what seems to is a quote left open.
            item.bytes.append(0x0A)
            line = try lines.next()
            index = 0
        }
        item.problem = item.problem ?? .unclosed
        return item
    }
}

/// Reads an element of plain XML that lies in memory as a whole, several times as fast as a parser that must be ready
/// for everything. It gives a handler what `XMLPushParser` would give it.
///
/// It checks nothing. The caller has made sure that the element is well-formed UTF-8 without comments, CDATA sections,
/// processing instructions, namespaces, and references other than the five names and numbers of characters; that
/// attributes stand in double quotes, hold neither `&` nor `<` nor `>` nor white space but blanks, and are at most
/// `maxAttributes` in a tag; that elements are nested at most `maxDepth` deep and names have `maxNameLength` bytes at most.
package final class XMLPlainReader {
    package static let maxDepth = 32
    package static let maxAttributes = 8
    package static let maxNameLength = 200

    private typealias Pointer = XMLStartTag.Pointer

    private let names: PlainNames
    private let attributes: UnsafeMutablePointer<Pointer?>
    /// The open elements: their names and how many bytes these have.
    private let open: UnsafeMutablePointer<(name: XMLName, length: Int)>
    /// A name outside the vocabulary, closed by a zero, as libxml2 would pass it on.
    private let unknown: UnsafeMutablePointer<UInt8>
    private var skips = false

    package init(vocabulary: XMLVocabulary) {
        names = PlainNames(vocabulary)
        attributes = .allocate(capacity: 5 * Self.maxAttributes)
        attributes.initialize(repeating: nil, count: 5 * Self.maxAttributes)
        unknown = .allocate(capacity: Self.maxNameLength + 1)
        open = .allocate(capacity: Self.maxDepth + 1)
        open.initialize(repeating: (.unknown, 0), count: Self.maxDepth + 1)
    }

    deinit {
        attributes.deallocate()
        open.deallocate()
        unknown.deallocate()
    }

    /// In `startElement`: passes over the element with all that it holds. Its end is not told either.
    package func skipElement() { skips = true }

    /// - Parameter element: begins with `<` and ends with the `>` of the end tag.
    package func read(_ element: UnsafeBufferPointer<UInt8>, handler: any XMLHandler) throws {
        guard let base = element.baseAddress else { return }
        let limit = element.count
        var at = 0
        var depth = 0
        while at + 1 < limit {
            if base[at + 1] == UInt8(ascii: "/") {
                try handler.endElement(open[depth].name)
                at += open[depth].length + 3
                depth -= 1
                if depth <= 0 { return }
            } else {
                let start = at + 1
                var end = start
                while base[end] > 0x3E || (base[end] != 0x3E && base[end] != 0x20 && base[end] != 0x2F) { end += 1 }
                let length = end - start
                let name = names.name(base + start, length)
                var count = 0
                if base[end] == 0x20 { count = readAttributes(base, &end) }
                let isEmpty = base[end] == 0x2F
                at = end + (isEmpty ? 2 : 1)
                skips = false
                try handler.startElement(name, tag(name, base + start, length, count))
                if skips {
                    if !isEmpty { at = Self.endOfElement(base, at, limit) }
                } else if isEmpty {
                    try handler.endElement(name)
                } else {
                    depth += 1
                    open[depth] = (name, length)
                }
            }
            let next = Self.find(0x3C, base, at, limit)
            if next > at { try text(UnsafeBufferPointer(start: base + at, count: next - at), handler) }
            at = next
        }
    }

    private func tag(_ name: XMLName, _ start: Pointer, _ length: Int, _ count: Int) -> XMLStartTag {
        if name.number > 0 {
            return XMLStartTag(
                localName: names.interned[Int(name.number)], prefix: nil, array: attributes, count: count,
                interned: names.interned)
        }
        let length = min(length, Self.maxNameLength)
        unknown.update(from: start, count: length)
        unknown[length] = 0
        return XMLStartTag(
            localName: UnsafePointer(unknown), prefix: nil, array: attributes, count: count, interned: names.interned)
    }

    /// From the blank after a name to the `/` or `>` that ends the tag.
    private func readAttributes(_ base: Pointer, _ at: inout Int) -> Int {
        var count = 0
        while count < Self.maxAttributes {
            while base[at] == 0x20 { at += 1 }
            guard base[at] != 0x3E, base[at] != 0x2F else { break }
            let start = at
            while base[at] != 0x3D { at += 1 }
            let name = names.name(base + start, at - start)
            let value = at + 2
            at = value
            while base[at] != 0x22 { at += 1 }
            let attribute = attributes + 5 * count
            attribute[0] = name.number > 0 ? names.interned[Int(name.number)] : names.other
            attribute[3] = base + value
            attribute[4] = base + at
            at += 1
            count += 1
        }
        while base[at] == 0x20 { at += 1 }
        return count
    }

    /// After the end tag of the element whose start tag ends at `start`.
    private static func endOfElement(_ base: Pointer, _ start: Int, _ limit: Int) -> Int {
        var at = start
        var depth = 1
        while true {
            at = find(0x3C, base, at, limit)
            guard at + 1 < limit else { return limit }
            let isEnd = base[at + 1] == 0x2F
            at = find(0x3E, base, at, limit)
            if isEnd {
                depth -= 1
                if depth == 0 { return at + 1 }
            } else if base[at - 1] != 0x2F {
                depth += 1
            }
        }
    }

    // MARK: Text

    private func text(_ bytes: UnsafeBufferPointer<UInt8>, _ handler: any XMLHandler) throws {
        guard let base = bytes.baseAddress else { return }
        var at = 0
        while at < bytes.count {
            let sign = Self.find(0x26, base, at, bytes.count)
            if sign > at { try handler.text(UnsafeBufferPointer(rebasing: bytes[at..<sign])) }
            guard sign < bytes.count else { return }
            let end = Self.find(0x3B, base, sign, bytes.count)
            let character = Self.character(UnsafeBufferPointer(rebasing: bytes[(sign + 1)..<end]))
            try character.withUnsafeBufferPointer { try handler.text($0) }
            at = end + 1
        }
    }

    private static func character(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        switch name.first {
        case UInt8(ascii: "l"): return [0x3C]
        case UInt8(ascii: "g"): return [0x3E]
        case UInt8(ascii: "q"): return [0x22]
        case UInt8(ascii: "a"): return name.count == 3 ? [0x26] : [0x27]
        default: break
        }
        let isHexadecimal = name.count > 1 && name[1] == UInt8(ascii: "x")
        let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
        let value = UInt32(digits, radix: isHexadecimal ? 16 : 10) ?? 0xFFFD
        return Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }

    /// Where a byte stands next; `limit` where it does not.
    @inline(__always)
    private static func find(_ byte: UInt8, _ base: Pointer, _ start: Int, _ limit: Int) -> Int {
        var at = start
        let raw = UnsafeRawPointer(base)
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        while at + 8 <= limit {
            // The lowest byte that is the one looked for becomes zero, and its highest bit is set in `found`.
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian ^ pattern
            let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < limit, base[at] != byte { at += 1 }
        return at
    }
}

/// The vocabulary by its bytes.
private final class PlainNames {
    /// Pointer of the name with number n at n, closed by a zero; nil at 0.
    let interned: UnsafeBufferPointer<UnsafePointer<UInt8>?>
    /// Stands for every name outside the vocabulary.
    let other: UnsafePointer<UInt8>
    private let pointers: UnsafeMutableBufferPointer<UnsafePointer<UInt8>?>
    private let letters: UnsafeMutablePointer<UInt8>
    /// Open addressing: a name's hash leads to its slot or one of the next; 0 is an empty one.
    private let slots: UnsafeMutableBufferPointer<(number: UInt16, length: Int)>
    private let mask: Int

    init(_ vocabulary: XMLVocabulary) {
        let names = vocabulary.names.map { Array($0.utf8) }
        letters = .allocate(capacity: names.reduce(1) { $0 + $1.count + 1 })
        letters[0] = 0
        other = UnsafePointer(letters)
        pointers = .allocate(capacity: names.count + 1)
        pointers.initialize(repeating: nil)
        interned = UnsafeBufferPointer(pointers)
        var capacity = 16
        while capacity < names.count * 4 { capacity *= 2 }
        mask = capacity - 1
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: (0, 0))
        var free = letters + 1
        for (index, name) in names.enumerated() {
            for (offset, byte) in (name + [0]).enumerated() { free[offset] = byte }
            pointers[index + 1] = UnsafePointer(free)
            var slot = Self.hash(free, name.count) & mask
            while slots[slot].number != 0 { slot = (slot + 1) & mask }
            slots[slot] = (UInt16(index + 1), name.count)
            free += name.count + 1
        }
    }

    deinit {
        letters.deallocate()
        pointers.deallocate()
        slots.deallocate()
    }

    func name(_ start: UnsafePointer<UInt8>, _ length: Int) -> XMLName {
        guard length > 0 else { return .unknown }
        var slot = Self.hash(start, length) & mask
        while slots[slot].number != 0 {
            let (number, slotLength) = slots[slot]
            if slotLength == length, let known = pointers[Int(number)] {
                var index = 0
                while index < length, known[index] == start[index] { index += 1 }
                if index == length { return XMLName(number: number) }
            }
            slot = (slot + 1) & mask
        }
        return .unknown
    }

    /// Four of its letters tell PubMed's names apart well enough.
    private static func hash(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
        guard length > 0 else { return 0 }
        let last = Int(start[length - 1])
        let middle = Int(start[length / 2])
        return length &* 7 &+ Int(start[0]) &* 31 &+ middle &* 131 &+ last &* 517 &+ Int(start[length / 4]) &* 1031
    }
}

import XMLReading

/// A quick check of one `<PubmedArticle>` before it is passed over, or read by `XMLPlainReader`: whether parsing it would
/// give exactly one record, with a PMID and a title, and nothing to report.
///
/// It accepts less than XML allows (no comments, CDATA, namespaces, entities but the five; names of ASCII letters,
/// digits, `_`, `-`; attributes in double quotes, without references) and nothing that XML forbids. What it does not
/// accept goes to libxml2.
struct PlainRecord: ~Copyable {
    private typealias Name = (start: Int, count: Int)

    private static let maxDepth = XMLPlainReader.maxDepth
    private static let maxAttributes = XMLPlainReader.maxAttributes

    private let open: UnsafeMutableBufferPointer<Name>
    private let attributes: UnsafeMutableBufferPointer<Name>

    init() {
        open = .allocate(capacity: Self.maxDepth)
        open.initialize(repeating: (0, 0))
        attributes = .allocate(capacity: Self.maxAttributes)
        attributes.initialize(repeating: (0, 0))
    }

    deinit {
        open.deallocate()
        attributes.deallocate()
    }

    /// Where the record that begins at `start` ends; nil where it is not plain.
    func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, let end = walk(base, start, bytes.count) else { return nil }
        return PlainText.isPlainXML(UnsafeBufferPointer(rebasing: bytes[start..<end])) ? end : nil
    }

    // MARK: Tags

    /// Follows the tags to the end of the record.
    private func walk(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        var at = start
        var depth = 0
        var tags = 0
        var hasPMID = false
        var hasTitle = false
        repeat {
            // `at` stands on `<`.
            at += 1
            guard at < limit else { return nil }
            if base[at] == UInt8(ascii: "/") {
                depth -= 1
                guard depth >= 0 else { return nil }
                let name = open[depth]
                at += 1
                guard at + name.count < limit, Self.equal(base + at, base + name.start, name.count) else { return nil }
                at += name.count
                guard base[at] == UInt8(ascii: ">") else { return nil }
                at += 1
            } else {
                let name = (start: at, count: Self.nameLength(base, at, limit))
                guard name.count > 0, name.count <= XMLPlainReader.maxNameLength, depth < Self.maxDepth else {
                    return nil
                }
                at += name.count
                guard let tagEnd = endOfTag(base, at, limit) else { return nil }
                let isEmpty = base[tagEnd - 2] == UInt8(ascii: "/")
                at = tagEnd
                tags += 1
                switch tags {
                case 1: guard Self.has(base, name, "PubmedArticle"), !isEmpty else { return nil }
                case 2: guard Self.has(base, name, "MedlineCitation"), !isEmpty else { return nil }
                case 3: hasPMID = Self.has(base, name, "PMID") && !isEmpty && Self.isPMID(base, at, limit)
                default:
                    if name.count == 12, depth == 3, Self.has(base, name, "ArticleTitle"), !isEmpty,
                        Self.has(base, open[1], "MedlineCitation"), Self.has(base, open[2], "Article"), at < limit
                    {
                        hasTitle = hasTitle || Self.beginsText(base[at])
                    }
                }
                if !isEmpty {
                    open[depth] = name
                    depth += 1
                }
            }
            if depth == 0 { return hasPMID && hasTitle ? at : nil }
            at = Self.nextTag(base, at, limit)
        } while at < limit
        return nil
    }

    /// After the `>` of a start tag whose name ends at `at`.
    private func endOfTag(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        var at = start
        var count = 0
        while at < limit {
            switch base[at] {
            case UInt8(ascii: ">"): return at + 1
            case UInt8(ascii: "/"):
                return at + 1 < limit && base[at + 1] == UInt8(ascii: ">") ? at + 2 : nil
            case UInt8(ascii: " "):
                at += 1
                let name = (start: at, count: Self.nameLength(base, at, limit))
                // A blank before the end of the tag.
                if name.count == 0 { continue }
                at += name.count
                guard count < Self.maxAttributes, at + 1 < limit, base[at] == UInt8(ascii: "="),
                    base[at + 1] == UInt8(ascii: "\"")
                else { return nil }
                for index in 0..<count
                where attributes[index].count == name.count
                    && Self.equal(base + attributes[index].start, base + name.start, name.count)
                {
                    return nil
                }
                attributes[count] = name
                count += 1
                at += 2
                while at < limit, base[at] != UInt8(ascii: "\"") {
                    // A search that steps over tags looks for the first `>`.
                    switch base[at] {
                    case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): return nil
                    default: at += 1
                    }
                }
                at += 1
            default: return nil
            }
        }
        return nil
    }

    // MARK: Bytes

    /// How many bytes a name has; 0 where none begins.
    @inline(__always)
    private static func nameLength(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
        guard start < limit, isLetter(base[start]) else { return 0 }
        var at = start + 1
        while at < limit, isLetter(base[at]) || isOtherNameByte(base[at]) { at += 1 }
        return at - start
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inline(__always)
    private static func isOtherNameByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// Where the next `<` stands; `limit` where none does.
    @inline(__always)
    private static func nextTag(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
        var at = start
        let raw = UnsafeRawPointer(base)
        while at + 8 <= limit {
            // The lowest byte that is `<` becomes zero, and its highest bit is set in `found`.
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian ^ 0x3C3C_3C3C_3C3C_3C3C
            let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < limit, base[at] != 0x3C { at += 1 }
        return at
    }

    @inline(__always)
    private static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var index = 0
        while index + 8 <= count {
            let left = UnsafeRawPointer(a).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard left == UnsafeRawPointer(b).loadUnaligned(fromByteOffset: index, as: UInt64.self) else {
                return false
            }
            index += 8
        }
        while index < count {
            guard a[index] == b[index] else { return false }
            index += 1
        }
        return true
    }

    private static func has(_ base: UnsafePointer<UInt8>, _ name: Name, _ text: StaticString) -> Bool {
        name.count == text.utf8CodeUnitCount && equal(base + name.start, text.utf8Start, name.count)
    }

    /// One to nine digits, the first no zero, and the end tag.
    private static func isPMID(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        var at = start
        while at < limit, base[at] >= 0x30, base[at] <= 0x39 { at += 1 }
        return at > start && at - start <= 9 && base[start] != 0x30 && at < limit && base[at] == UInt8(ascii: "<")
    }

    /// Whether a text that begins with this byte is surely no white space.
    private static func beginsText(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&")
    }
}

import XMLReading

/// A quick check of one `<PubmedArticle>` before it is passed over, or read by `XMLPlainReader`: whether parsing it would
/// give exactly one record, with a PMID and a title, and nothing to report.
///
/// It accepts less than XML allows (no comments, CDATA, namespaces, entities but the five; names of ASCII letters,
/// digits, `_`, `-`; attributes in double quotes, without references) and nothing that XML forbids. What it does not
/// accept goes to libxml2.
struct PlainRecord: ~Copyable {
    private typealias Name = (start: Int, count: Int)
    private typealias Marks = SIMDMask<SIMD16<Int8>>

    private static let maxDepth = XMLPlainReader.maxDepth
    private static let maxAttributes = XMLPlainReader.maxAttributes

    private let open: UnsafeMutableBufferPointer<Name>
    private let attributes: UnsafeMutableBufferPointer<Name>
    /// Where the texts of the last record stand: all of it but authors, journal, grants, relations and what comes after
    /// the citation (dates, ids, the list of references). A judgement reads nothing of these.
    private(set) var texts: [Range<Int>] = []

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
    mutating func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        texts.removeAll(keepingCapacity: true)
        guard let base = bytes.baseAddress, let end = walk(base, start, bytes.count) else { return nil }
        return PlainText.isPlainXML(UnsafeBufferPointer(rebasing: bytes[start..<end])) ? end : nil
    }

    // MARK: Tags

    /// Follows the tags to the end of the record.
    private mutating func walk(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        var at = start
        var textStart = start
        // How deep the element without texts lies that `at` is in; the deepest level there is where it is in none.
        var without = Self.maxDepth
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
                if depth == without {
                    without = Self.maxDepth
                    textStart = at
                }
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
                    if depth < without, holdsNoTexts(base, name, depth) {
                        without = depth
                        texts.append(textStart..<name.start - 1)
                    }
                    open[depth] = name
                    depth += 1
                }
            }
            if depth == 0 {
                texts.append(textStart..<at)
                return hasPMID && hasTitle ? at : nil
            }
            at = Self.nextTag(base, at, limit)
        } while at < limit
        return nil
    }

    /// Whether an element is one of those that `texts` leaves out.
    @inline(__always)
    private func holdsNoTexts(_ base: UnsafePointer<UInt8>, _ name: Name, _ depth: Int) -> Bool {
        switch depth {
        case 1: Self.has(base, name, "PubmedData")
        case 2: Self.has(base, name, "CommentsCorrectionsList") && Self.has(base, open[1], "MedlineCitation")
        case 3:
            (Self.has(base, name, "AuthorList") || Self.has(base, name, "Journal")
                || Self.has(base, name, "GrantList"))
                && Self.has(base, open[2], "Article") && Self.has(base, open[1], "MedlineCitation")
        default: false
        }
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
                at = Self.endOfValue(base, at, limit)
                guard at < limit, base[at] == UInt8(ascii: "\"") else { return nil }
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
        var at = start
        while at + 16 <= limit {
            let bytes = load(base, at)
            let lowered = (bytes | splat(0x20)) &- splat(0x61)
            let isName =
                (lowered .< splat(26)) .| ((bytes &- splat(0x30)) .< splat(10))
                .| (bytes .== splat(UInt8(ascii: "_"))) .| (bytes .== splat(UInt8(ascii: "-")))
            let length = first(isName, 0)
            at += length
            if length < 16 { return at - start }
        }
        while at < limit, isLetter(base[at]) || isOtherNameByte(base[at]) { at += 1 }
        return at - start
    }

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inline(__always)
    private static func isOtherNameByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// The quote that ends an attribute's value, or what may not stand in one: control characters, `<`, `&`, and `>`,
    /// since a search that steps over tags looks for the first of these.
    @inline(__always)
    private static func endOfValue(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
        var at = start
        while at + 16 <= limit {
            let bytes = load(base, at)
            let ends =
                (bytes .< splat(0x20)) .| (bytes .== splat(UInt8(ascii: "\"")))
                .| (bytes .== splat(UInt8(ascii: "&"))) .| ((bytes | splat(2)) .== splat(UInt8(ascii: ">")))
            let length = first(ends, .max)
            at += length
            if length < 16 { return at }
        }
        while at < limit, base[at] >= 0x20, !Array("\"&<>".utf8).contains(base[at]) { at += 1 }
        return at
    }

    /// Where the next `<` stands; `limit` where none does.
    @inline(__always)
    private static func nextTag(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
        var at = start
        while at + 16 <= limit {
            // A branch, not a sum, so that the processor may go on before it knows.
            let length = first(load(base, at) .== splat(UInt8(ascii: "<")), .max)
            if length < 16 { return at + length }
            at += 16
        }
        while at < limit, base[at] != UInt8(ascii: "<") { at += 1 }
        return at
    }

    @inline(__always)
    private static func load(_ base: UnsafePointer<UInt8>, _ at: Int) -> SIMD16<UInt8> {
        UnsafeRawPointer(base).loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
    }

    /// Sixteen times the same byte: compared with single bytes, vectors are taken apart.
    @inline(__always)
    private static func splat(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }

    /// The first of sixteen places whose mark is set (`of` all ones) or not set (0); 16 where none is.
    @inline(__always)
    private static func first(_ marks: Marks, _ sought: UInt64) -> Int {
        let halves = unsafeBitCast(marks, to: SIMD2<UInt64>.self)
        let (low, high) = (~(halves[0] ^ sought).littleEndian, ~(halves[1] ^ sought).littleEndian)
        return low != 0 ? low.trailingZeroBitCount / 8 : 8 + high.trailingZeroBitCount / 8
    }

    @inline(__always)
    private static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let (a, b) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
        // Words of one size; the last of them may overlap the one before.
        if count >= 8 {
            var index = 0
            while index + 8 < count {
                guard equal(a, b, index, as: UInt64.self) else { return false }
                index += 8
            }
            return equal(a, b, count - 8, as: UInt64.self)
        }
        if count >= 4 { return equal(a, b, 0, as: UInt32.self) && equal(a, b, count - 4, as: UInt32.self) }
        for index in 0..<count where !equal(a, b, index, as: UInt8.self) { return false }
        return true
    }

    @inline(__always)
    private static func equal<Word: FixedWidthInteger & BitwiseCopyable>(
        _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ offset: Int, as type: Word.Type
    ) -> Bool {
        a.loadUnaligned(fromByteOffset: offset, as: type) == b.loadUnaligned(fromByteOffset: offset, as: type)
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

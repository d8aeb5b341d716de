/// Goes through one `<PubmedArticle>` tag by tag and says whether parsing it would give exactly one record with a PMID, and
/// nothing to report; a visitor makes of the tags and texts what it likes on the way, so that nobody looks for them again.
///
/// It accepts less than XML allows (no comments, CDATA, namespaces, entities but the five; names of ASCII letters,
/// digits, `_`, `-`; attributes in double quotes, without references) and nothing that XML forbids. What it does not
/// accept goes to libxml2.
struct PlainRecord: ~Copyable {
    private typealias Name = (start: Int, count: Int)

    /// How deep elements are nested at most.
    static let maxDepth = 32
    /// No record of so many bytes reaches `PubMedHandler.maxRecordText`; longer ones go to libxml2, which counts.
    private static let maxLength = 2 << 20
    private static let maxAttributes = 8
    private static let maxNameLength = 200

    private let open: UnsafeMutableBufferPointer<Name>
    /// Of the tag that is read now.
    private let attributes: UnsafeMutableBufferPointer<PlainTag.Attribute>

    init() {
        open = .allocate(capacity: Self.maxDepth)
        open.initialize(repeating: (0, 0))
        attributes = .allocate(capacity: Self.maxAttributes)
        let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        attributes.initialize(repeating: (nothing, nothing))
    }

    deinit {
        open.deallocate()
        attributes.deallocate()
    }

    /// Where the record that begins at `start` ends; nil where it is not plain.
    func end(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ visitor: inout some PlainRecordVisitor & ~Copyable
    ) -> Int? {
        visitor.restart()
        let limit = min(bytes.count, start + Self.maxLength)
        guard let base = bytes.baseAddress else { return nil }
        return walk(base, start, limit, &visitor)
    }

    // MARK: Tags

    /// Follows the tags to the end of the record.
    @inline(never)
    private func walk(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, _ visitor: inout some PlainRecordVisitor & ~Copyable
    ) -> Int? {
        var at = start
        var depth = 0
        var tags = 0
        var hasPMID = false
        repeat {
            // `at` stands on `<`.
            at += 1
            guard at < limit else { return nil }
            if base[at] == UInt8(ascii: "/") {
                depth -= 1
                guard depth >= 0 else { return nil }
                let name = open[depth]
                at += 1
                guard at + name.count < limit, (base + at).holds(base + name.start, name.count) else { return nil }
                at += name.count
                guard base[at] == UInt8(ascii: ">") else { return nil }
                at += 1
                visitor.end(base + at, depth: depth)
            } else {
                let name = (start: at, count: Self.nameLength(base, at, limit))
                guard name.count > 0, name.count <= Self.maxNameLength, depth < Self.maxDepth,
                    name.start + PlainTag.readable <= limit
                else { return nil }
                at += name.count
                var count = 0
                if at < limit, base[at] == UInt8(ascii: ">") {
                    at += 1
                } else {
                    guard let tagEnd = endOfTag(base, at, limit, &count) else { return nil }
                    at = tagEnd
                }
                let tag = PlainTag(
                    start: base + name.start, nameLength: name.count, end: base + at - 1,
                    attributes: UnsafeBufferPointer(start: attributes.baseAddress, count: count))
                tags += 1
                switch tags {
                case 1: guard tag.isNamed("PubmedArticle"), !tag.isWhole else { return nil }
                case 2: guard tag.isNamed("MedlineCitation"), !tag.isWhole else { return nil }
                case 3: hasPMID = tag.isNamed("PMID") && !tag.isWhole && Self.isPMID(base, at, limit)
                default: break
                }
                visitor.begin(tag, depth: depth)
                if !tag.isWhole {
                    open[depth] = name
                    depth += 1
                }
            }
            if depth == 0 { return hasPMID ? at : nil }
            var hasReferences = false
            guard let next = PlainText.endOfPlainText(base, at, limit, &hasReferences) else { return nil }
            if next > at {
                visitor.text(
                    UnsafeBufferPointer(start: base + at, count: next - at), hasReferences: hasReferences)
            }
            at = next
        } while at < limit
        return nil
    }

    /// After the `>` of a start tag whose name ends at `start`.
    ///
    /// - Parameter count: becomes the number of its attributes, which `attributes` holds.
    private func endOfTag(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, _ count: inout Int) -> Int? {
        var at = start
        while at < limit {
            switch base[at] {
            case UInt8(ascii: ">"): return at + 1
            case UInt8(ascii: "/"):
                return at + 1 < limit && base[at + 1] == UInt8(ascii: ">") ? at + 2 : nil
            case UInt8(ascii: " "):
                at += 1
                let name = UnsafeBufferPointer(start: base + at, count: Self.nameLength(base, at, limit))
                // A blank before the end of the tag.
                if name.isEmpty { continue }
                at += name.count
                guard count < Self.maxAttributes, at + 1 < limit, base[at] == UInt8(ascii: "="),
                    base[at + 1] == UInt8(ascii: "\"")
                else { return nil }
                for other in attributes[..<count] where other.name.holds(name) { return nil }
                let value = at + 2
                at = Self.endOfValue(base, value, limit)
                while at < limit, base[at] >= 0x80 {
                    guard let end = PlainText.endOfUnusual(base, at, limit) else { return nil }
                    at = Self.endOfValue(base, end, limit)
                }
                guard at < limit, base[at] == UInt8(ascii: "\"") else { return nil }
                attributes[count] = (name, UnsafeBufferPointer(start: base + value, count: at - value))
                count += 1
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
        guard start < limit, (base[start] | 0x20) &- 0x61 < 26 else { return 0 }
        return base.endOfName(from: start, to: limit) - start
    }

    /// The quote that ends an attribute's value, or what may not stand in one: control characters, `<`, `&`, and `>`,
    /// since a search that steps over tags looks for the first of these, and anything beyond ASCII.
    @inline(__always)
    private static func endOfValue(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
        var at = start
        while at + 16 <= limit {
            let bytes = Sixteen(base, at)
            let length = bytes.first {
                (($0 &- Sixteen.times(0x20)) .>= Sixteen.times(0x60)) .| ($0 .== Sixteen.times(UInt8(ascii: "\"")))
                    .| ($0 .== Sixteen.times(UInt8(ascii: "&")))
                    .| (($0 | Sixteen.times(2)) .== Sixteen.times(UInt8(ascii: ">")))
            }
            at += length
            if length < 16 { return at }
        }
        while at < limit, base[at] >= 0x20, base[at] < 0x80, !Array("\"&<>".utf8).contains(base[at]) { at += 1 }
        return at
    }

    /// One to nine digits, the first no zero, and the end tag.
    private static func isPMID(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        var at = start
        while at < limit, base[at] >= 0x30, base[at] <= 0x39 { at += 1 }
        return at > start && at - start <= 9 && base[start] != 0x30 && at < limit && base[at] == UInt8(ascii: "<")
    }
}

/// A quick check of one `<PubmedArticle>` before it is passed over, or read by `PlainRecordReader`: whether parsing it
/// would give exactly one record with a PMID, and nothing to report.
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
    private let attributes: UnsafeMutableBufferPointer<Name>
    /// Where the texts of the last record stand: all of it but authors, journal, grants, relations and what comes after
    /// the citation (dates, ids, the list of references). A judgement reads nothing of these.
    private(set) var texts: [Range<Int>] = []
    /// Whether the last record surely has a title that says something.
    private(set) var hasTitle = false

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
        hasTitle = false
        let limit = min(bytes.count, start + Self.maxLength)
        guard let base = bytes.baseAddress else { return nil }
        return walk(base, start, limit)
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
                if depth == without {
                    without = Self.maxDepth
                    textStart = at
                }
            } else {
                let name = (start: at, count: Self.nameLength(base, at, limit))
                guard name.count > 0, name.count <= Self.maxNameLength, depth < Self.maxDepth else {
                    return nil
                }
                at += name.count
                var isEmpty = false
                if at < limit, base[at] == UInt8(ascii: ">") {
                    at += 1
                } else {
                    guard let tagEnd = endOfTag(base, at, limit) else { return nil }
                    isEmpty = base[tagEnd - 2] == UInt8(ascii: "/")
                    at = tagEnd
                }
                tags += 1
                switch tags {
                case 1: guard Self.has(base, name, "PubmedArticle"), !isEmpty else { return nil }
                case 2: guard Self.has(base, name, "MedlineCitation"), !isEmpty else { return nil }
                case 3: hasPMID = Self.has(base, name, "PMID") && !isEmpty && Self.isPMID(base, at, limit)
                default:
                    if name.count == 12, depth == 3, Self.has(base, name, "ArticleTitle"), !isEmpty,
                        Self.has(base, open[1], "MedlineCitation"), Self.has(base, open[2], "Article")
                    {
                        hasTitle = hasTitle || Self.beginsText(base, at, limit)
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
                return hasPMID ? at : nil
            }
            guard let next = PlainText.endOfPlainText(base, at, limit) else { return nil }
            at = next
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
                    && (base + attributes[index].start).holds(base + name.start, name.count)
                {
                    return nil
                }
                attributes[count] = name
                count += 1
                at = Self.endOfValue(base, at + 2, limit)
                while at < limit, base[at] >= 0x80 {
                    guard let end = PlainText.endOfUnusual(base, at, limit) else { return nil }
                    at = Self.endOfValue(base, end, limit)
                }
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

    private static func has(_ base: UnsafePointer<UInt8>, _ name: Name, _ text: StaticString) -> Bool {
        name.count == text.utf8CodeUnitCount && (base + name.start).holds(text.utf8Start, name.count)
    }

    /// One to nine digits, the first no zero, and the end tag.
    private static func isPMID(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        var at = start
        while at < limit, base[at] >= 0x30, base[at] <= 0x39 { at += 1 }
        return at > start && at - start <= 9 && base[start] != 0x30 && at < limit && base[at] == UInt8(ascii: "<")
    }

    /// Whether a text that begins here surely says something: its first sign, in markup or not, is no white space.
    private static func beginsText(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        var at = start
        while at + 1 < limit, base[at] == UInt8(ascii: "<"), base[at + 1] != UInt8(ascii: "/") {
            at = base.find(">", from: at, to: limit) + 1
        }
        guard at < limit else { return false }
        // ASCII, or one of the alphabets of Europe: their first bytes begin no white space.
        return base[at] > 0x20 && base[at] < 0x7F && base[at] != UInt8(ascii: "<") && base[at] != UInt8(ascii: "&")
            || base[at] >= 0xC3 && base[at] < 0xE0
    }
}

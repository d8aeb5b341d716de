import Bibliography
import XMLReading

/// Reads a record that `PlainRecord` accepts, as most are, to the same end as libxml2 and `PubMedHandler` but several
/// times as fast: names are looked up in the grammar where they stand, what no place of it holds is stepped over, and a
/// text goes from the file's bytes into the record's string at once.
///
/// It checks nothing; `PlainRecord` has.
struct PlainRecordReader: ~Copyable {
    private typealias Pointer = UnsafePointer<UInt8>

    private let grammar = PubMedGrammar.shared
    private let names = PlainNames.shared
    /// The open elements, outermost first.
    private let open: UnsafeMutableBufferPointer<(place: PubMedPlace, nameLength: Int)>
    /// A text that is put together from pieces.
    private var text: [UInt8] = []
    private var scratch: [UInt8] = []

    init() {
        open = .allocate(capacity: PlainRecord.maxDepth + 1)
        open.initialize(repeating: (.unknown, 0))
    }

    deinit { open.deallocate() }

    /// - Parameter record: begins with the `<` of `<PubmedArticle>` and ends with the `>` of its end tag.
    mutating func read(_ record: UnsafeBufferPointer<UInt8>) -> Record {
        var builder = PubMedRecordBuilder(kind: .article)
        let limit = record.count
        guard let base = record.baseAddress else { return builder.finish(fallbackID: "") }
        var at = 0
        var depth = 0
        var place = PubMedPlace.set
        while at < limit {
            // `at` stands on `<`.
            if base[at + 1] == UInt8(ascii: "/") {
                builder.end(place)
                at += open[depth].nameLength + 3
                depth -= 1
                guard depth > 0 else { break }
                place = open[depth].place
            } else {
                let name = at + 1
                let nameEnd = base.endOfName(from: name, to: limit)
                let end = base[nameEnd] == UInt8(ascii: ">") ? nameEnd : base.find(">", from: nameEnd, to: limit)
                let isEmpty = base[end - 1] == UInt8(ascii: "/")
                at = end + 1
                let next = grammar.place(from: place, element: names.name(base + name, nameEnd - name))
                if next == .unknown {
                    if !isEmpty { at = Self.endOfElement(base, at, limit) }
                } else {
                    builder.begin(next, PlainTag(start: base + name, nameEnd: base + nameEnd, end: base + end))
                    if isEmpty {
                        if !next.collectsText { builder.end(next) }
                    } else if next.collectsText {
                        if let text = readText(base, &at, limit, nameEnd - name) { builder.take(text, at: next) }
                    } else {
                        depth += 1
                        open[depth] = (next, nameEnd - name)
                        place = next
                    }
                }
            }
            at = base.find("<", from: at, to: limit)
        }
        // It has a PMID, and is named after it.
        return builder.finish(fallbackID: "")
    }

    /// After the end tag of the element whose content begins at `start`.
    private static func endOfElement(_ base: Pointer, _ start: Int, _ limit: Int) -> Int {
        var at = start
        var depth = 1
        while true {
            at = base.find("<", from: at, to: limit)
            guard at + 1 < limit else { return limit }
            if base[at + 1] == UInt8(ascii: "/") {
                depth -= 1
                if depth == 0 { return base.find(">", from: at, to: limit) + 1 }
                at += 2
            } else {
                at = base.find(">", from: at, to: limit)
                if base[at - 1] != UInt8(ascii: "/") { depth += 1 }
            }
        }
    }

    // MARK: Text

    /// The text of the element whose content begins at `at`, without the markup in it; nil where there is none. `at` is
    /// moved behind its end tag.
    private mutating func readText(_ base: Pointer, _ at: inout Int, _ limit: Int, _ nameLength: Int) -> String? {
        let end = base.find("<", from: at, to: limit)
        if base[end + 1] == UInt8(ascii: "/"), base.find("&", from: at, to: end) == end {
            // As nearly all texts are: one piece.
            let piece = UnsafeBufferPointer(start: base + at, count: end - at)
            at = end + nameLength + 3
            return PlainText.string(piece, scratch: &scratch)
        }
        text.removeAll(keepingCapacity: true)
        var depth = 1
        while true {
            let tag = base.find("<", from: at, to: limit)
            take(base, at, tag)
            if base[tag + 1] == UInt8(ascii: "/") {
                depth -= 1
                if depth == 0 {
                    at = tag + nameLength + 3
                    break
                }
                at = base.find(">", from: tag, to: limit) + 1
            } else {
                at = base.find(">", from: tag, to: limit) + 1
                if base[at - 2] != UInt8(ascii: "/") { depth += 1 }
            }
        }
        return text.withUnsafeBufferPointer { PlainText.string($0, scratch: &scratch) }
    }

    /// Appends bytes without tags to the text, references resolved.
    private mutating func take(_ base: Pointer, _ start: Int, _ end: Int) {
        var at = start
        while at < end {
            let sign = base.find("&", from: at, to: end)
            text.append(contentsOf: UnsafeBufferPointer(start: base + at, count: sign - at))
            guard sign < end else { return }
            let semicolon = base.find(";", from: sign, to: end)
            takeCharacter(UnsafeBufferPointer(start: base + sign + 1, count: semicolon - sign - 1))
            at = semicolon + 1
        }
    }

    /// - Parameter name: what stands between `&` and `;`.
    private mutating func takeCharacter(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.first {
        case UInt8(ascii: "l"): text.append(UInt8(ascii: "<"))
        case UInt8(ascii: "g"): text.append(UInt8(ascii: ">"))
        case UInt8(ascii: "q"): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "a"): text.append(name.count == 3 ? UInt8(ascii: "&") : UInt8(ascii: "'"))
        default:
            let isHexadecimal = name.count > 1 && name[1] == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
            UTF8Repair.append(UInt32(digits, radix: isHexadecimal ? 16 : 10) ?? 0xFFFD, to: &text)
        }
    }
}

/// A start tag where it stands in the file.
private struct PlainTag: PubMedTag {
    let start: UnsafePointer<UInt8>
    let nameEnd: UnsafePointer<UInt8>
    /// The tag's `>`.
    let end: UnsafePointer<UInt8>

    var name: String { String(decoding: UnsafeBufferPointer(start: start, count: nameEnd - start), as: UTF8.self) }

    func bytes(_ attribute: PubMedAttribute) -> UnsafeBufferPointer<UInt8>? {
        let wanted = attribute.spelling
        var at = nameEnd
        while true {
            while at.pointee == UInt8(ascii: " ") { at += 1 }
            guard at < end, at.pointee != UInt8(ascii: "/") else { return nil }
            let name = at
            while at.pointee != UInt8(ascii: "=") { at += 1 }
            let length = at - name
            let value = at + 2
            at = value
            while at.pointee != UInt8(ascii: "\"") { at += 1 }
            if length == wanted.utf8CodeUnitCount, name.holds(wanted.utf8Start, length) {
                return UnsafeBufferPointer(start: value, count: at - value)
            }
            at += 1
        }
    }

    /// Attributes of plain records hold no references.
    func string(_ attribute: PubMedAttribute) -> String? {
        bytes(attribute).map { String(decoding: $0, as: UTF8.self) }
    }
}

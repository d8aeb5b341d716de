/// Follows `PlainRecord` through a record. What it saw of a record that turns out not to be plain is worth nothing.
protocol PlainRecordVisitor: ~Copyable {
    /// A record begins.
    mutating func restart()
    /// A start tag, or an empty element; `depth` elements are open around it.
    mutating func begin(_ tag: PlainTag, depth: Int)
    /// A text between two tags, never empty. Where references stand in it, they are as the file spells them.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, hasReferences: Bool)
    /// An end tag; `depth` elements are open around the one that it ends.
    ///
    /// - Parameter end: after the tag.
    mutating func end(_ end: UnsafePointer<UInt8>, depth: Int)
}

/// A start tag where it stands in the file, or an empty element.
struct PlainTag: PubMedTag {
    /// So many bytes can be read from `start` on, however short the name is: in a whole record its end tags follow.
    static let readable = 8

    let start: UnsafePointer<UInt8>
    let nameEnd: UnsafePointer<UInt8>
    /// The tag's `>`.
    let end: UnsafePointer<UInt8>

    /// Whether the tag is all there is of the element: `<Abstract/>`.
    var isWhole: Bool { (end - 1).pointee == UInt8(ascii: "/") }
    var nameLength: Int { nameEnd - start }
    var name: String { String(decoding: UnsafeBufferPointer(start: start, count: nameLength), as: UTF8.self) }

    @inline(__always)
    func isNamed(_ text: StaticString) -> Bool {
        nameLength == text.utf8CodeUnitCount && start.holds(text.utf8Start, nameLength)
    }

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

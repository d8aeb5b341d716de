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

    typealias Attribute = (name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>)

    let start: UnsafePointer<UInt8>
    let nameLength: Int
    /// The tag's `>`.
    let end: UnsafePointer<UInt8>
    /// As long as the tag is visited.
    let attributes: UnsafeBufferPointer<Attribute>

    /// Whether the tag is all there is of the element: `<Abstract/>`.
    var isWhole: Bool { (end - 1).pointee == UInt8(ascii: "/") }
    var name: String { String(decoding: UnsafeBufferPointer(start: start, count: nameLength), as: UTF8.self) }

    @inline(__always)
    func isNamed(_ text: StaticString) -> Bool {
        nameLength == text.utf8CodeUnitCount && start.holds(text.utf8Start, nameLength)
    }

    func bytes(_ attribute: PubMedAttribute) -> UnsafeBufferPointer<UInt8>? {
        let spelling = attribute.spelling
        let wanted = UnsafeBufferPointer(start: spelling.utf8Start, count: spelling.utf8CodeUnitCount)
        for attribute in attributes where attribute.name.holds(wanted) { return attribute.value }
        return nil
    }

    /// Attributes of plain records hold no references.
    func string(_ attribute: PubMedAttribute) -> String? {
        bytes(attribute).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the same bytes stand here and there.
    @inline(__always)
    func holds(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard let here = baseAddress, let there = other.baseAddress else { return true }
        return here.holds(there, count)
    }
}

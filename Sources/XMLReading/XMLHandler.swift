/// What a document says, in its order. All texts are UTF-8, whatever the document's own encoding; buffers are valid
/// only during the call. A thrown error stops the parser and comes out of `XMLPushParser.feed`.
package protocol XMLHandler: AnyObject {
    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws
    func endElement(_ name: XMLName) throws
    /// A piece of character data; one run of text may come in many pieces. White space between elements comes too.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
    /// A reference to an entity that only the document's DTD could explain; DTDs are not loaded.
    func skippedEntity(_ name: String) throws
    /// A comment, without its marks. Some sources say there what they leave out.
    func comment(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

extension XMLHandler {
    /// Passes the reference on as it stands (`&nbsp;`), so that no character vanishes unseen.
    package func skippedEntity(_ name: String) throws {
        var spelling = "&\(name);"
        try spelling.withUTF8 { try text($0) }
    }

    /// Comments are no part of what a document says, for most.
    package func comment(_ bytes: UnsafeBufferPointer<UInt8>) throws {}
}

/// One start tag with its attributes, valid only during `XMLHandler.startElement`.
package struct XMLStartTag {
    typealias Pointer = UnsafePointer<UInt8>

    private let localName: Pointer?
    private let prefix: Pointer?

    /// libxml2's array: local name, prefix, namespace, start and end of the value for each attribute.
    private let array: UnsafeMutablePointer<Pointer?>?
    private let count: Int
    private let interned: UnsafeBufferPointer<Pointer?>

    init(
        localName: Pointer?, prefix: Pointer?, array: UnsafeMutablePointer<Pointer?>?, count: Int,
        interned: UnsafeBufferPointer<Pointer?>
    ) {
        self.localName = localName
        self.prefix = prefix
        self.array = array
        self.count = array == nil ? 0 : max(0, count)
        self.interned = interned
    }

    /// The element's name as written, prefix included, for messages and for names outside the vocabulary.
    package var name: String { Self.qualified(localName, prefix) }

    /// Every attribute in the order of the document, names as written.
    package var attributes: [(name: String, value: String)] {
        guard let array else { return [] }
        return (0..<count).map { index in
            let attribute = array + 5 * index
            return (Self.qualified(attribute[0], attribute[1]), Self.text(attribute[3], attribute[4]) ?? "")
        }
    }

    /// The value of an attribute without namespace prefix, as the document spells it, white space made blanks; `&`
    /// may stand as `&#38;` (`string` gives the text).
    package func bytes(_ name: XMLName) -> UnsafeBufferPointer<UInt8>? {
        guard let array, name.number > 0, Int(name.number) < interned.count else { return nil }
        let wanted = interned[Int(name.number)]
        for index in 0..<count {
            let attribute = array + 5 * index
            guard attribute[0] == wanted, attribute[1] == nil, let start = attribute[3], let end = attribute[4] else {
                continue
            }
            return UnsafeBufferPointer(start: start, count: max(0, end - start))
        }
        return nil
    }

    package func string(_ name: XMLName) -> String? {
        guard let bytes = bytes(name), let start = bytes.baseAddress else { return nil }
        return Self.text(start, start + bytes.count)
    }

    /// Whether the attribute is there with exactly this value; no text is made.
    package func has(_ name: XMLName, _ value: StaticString) -> Bool {
        guard let bytes = bytes(name), bytes.count == value.utf8CodeUnitCount else { return false }
        return bytes.elementsEqual(UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    private static func qualified(_ localName: Pointer?, _ prefix: Pointer?) -> String {
        let name = localName.map { String(cString: $0) } ?? ""
        return prefix.map { String(cString: $0) + ":" + name } ?? name
    }

    private static func text(_ start: Pointer?, _ end: Pointer?) -> String? {
        guard let start, let end, end >= start else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: end - start)
        guard bytes.contains(0x26) else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: withoutReferences(bytes), as: UTF8.self)
    }

    /// Without entity substitution libxml2 leaves an ampersand in a value as `&#38;`, and only that.
    private static func withoutReferences(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let ampersand: [UInt8] = [0x26, 0x23, 0x33, 0x38, 0x3B]
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            plain.append(bytes[index])
            let rest = UnsafeBufferPointer(rebasing: bytes[index...])
            index += rest.starts(with: ampersand) ? ampersand.count : 1
        }
        return plain
    }
}

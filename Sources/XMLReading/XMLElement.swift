/// A small document as a tree, for answers of a service: a list of ids, a summary, an error. Large files go through
/// `XMLPushParser`.
package struct XMLElement: Hashable, Sendable {
    /// As written, prefix included.
    package var name: String
    /// In the order of the document.
    package var attributes: [Attribute]
    package var children: [XMLElement]
    /// All character data of the element and what is inside it, in order, unchanged.
    package var text: String

    package struct Attribute: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// The first child with this name.
    package func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// Every child with this name.
    package func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    package func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// `text` without the white space at its ends.
    package var trimmedText: String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension XMLElement {
    /// Reads a whole document.
    ///
    /// - Parameter maxElements: a document with more elements is refused, so that memory stays bounded.
    /// - Throws: `XMLError`.
    package static func parse(_ bytes: [UInt8], maxElements: Int = 200_000) throws -> XMLElement {
        let builder = TreeBuilder(maxElements: maxElements)
        let parser = try XMLPushParser(vocabulary: XMLVocabulary([]), handler: builder)
        builder.parser = parser
        try parser.feed(bytes)
        try parser.finish()
        guard let root = builder.root else {
            throw XMLError(kind: .empty, line: 1, offset: 0, message: "there is no document")
        }
        return root
    }
}

private final class TreeBuilder: XMLHandler {
    private let maxElements: Int
    private var elements = 0
    private var open: [XMLElement] = []
    private(set) var root: XMLElement?
    unowned var parser: XMLPushParser?

    init(maxElements: Int) { self.maxElements = maxElements }

    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
        elements += 1
        guard elements <= maxElements else {
            throw XMLError(
                kind: .limit, line: parser?.line ?? 1, offset: parser?.offset ?? 0,
                message: "the document has more than \(maxElements) elements")
        }
        let attributes = tag.attributes.map { XMLElement.Attribute(name: $0.name, value: $0.value) }
        open.append(XMLElement(name: tag.name, attributes: attributes, children: [], text: ""))
    }

    func endElement(_ name: XMLName) throws {
        guard let element = open.popLast() else { return }
        guard !open.isEmpty else {
            root = element
            return
        }
        open[open.count - 1].text += element.text
        open[open.count - 1].children.append(element)
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += String(decoding: bytes, as: UTF8.self)
    }
}

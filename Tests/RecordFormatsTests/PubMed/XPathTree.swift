import CLibXML2
import Foundation

/// A whole document as libxml2's tree, asked with XPath: the slow, plain way to read a document, kept apart from the
/// streaming reader so that each can check the other.
final class XPathTree {
    private let document: xmlDocPtr
    private let context: xmlXPathContextPtr

    init?(_ bytes: [UInt8]) {
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let document = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                xmlReadMemory($0.baseAddress, Int32($0.count), nil, nil, options)
            }
        }
        guard let document else { return nil }
        guard let context = xmlXPathNewContext(document) else {
            xmlFreeDoc(document)
            return nil
        }
        self.document = document
        self.context = context
    }

    deinit {
        xmlXPathFreeContext(context)
        xmlFreeDoc(document)
    }

    func nodes(_ path: String, in node: xmlNodePtr? = nil) -> [xmlNodePtr] {
        context.pointee.node = node ?? xmlDocGetRootElement(document)
        guard let result = xmlXPathEvalExpression(path, context) else { return [] }
        defer { xmlXPathFreeObject(result) }
        guard let set = result.pointee.nodesetval else { return [] }
        return (0..<Int(set.pointee.nodeNr)).compactMap { set.pointee.nodeTab[$0] }
    }

    /// The texts of the nodes, made plain, those without text left out.
    func texts(_ path: String, in node: xmlNodePtr) -> [String] { nodes(path, in: node).compactMap(Self.text) }

    func text(_ path: String, in node: xmlNodePtr) -> String? { texts(path, in: node).first }

    static func name(_ node: xmlNodePtr) -> String { node.pointee.name.map { String(cString: $0) } ?? "" }

    static func text(_ node: xmlNodePtr) -> String? {
        guard let content = xmlNodeGetContent(node) else { return nil }
        defer { free(content) }
        let words = String(cString: content).unicodeScalars.split { $0.properties.isWhitespace }
        let text = words.map { String($0) }.joined(separator: " ")
        return text.isEmpty ? nil : text.precomposedStringWithCanonicalMapping
    }

    static func attribute(_ name: String, _ node: xmlNodePtr) -> String? {
        guard let value = xmlGetNoNsProp(node, name) else { return nil }
        defer { free(value) }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}

import XMLReading

/// One article as a tree in two arrays: nodes in the order of the document, and all text in one piece. It is built once,
/// walked once and used again for the next article of a set.
final class JATSTree {
    struct Node {
        var name: JATSName
        /// Indices of nodes; -1 for none.
        var parent: Int32
        var first: Int32 = -1
        var next: Int32 = -1
        /// Where the node's text begins and ends in `bytes`.
        var start: Int32
        var end: Int32
        /// Index into the attributes; -1 for none.
        var attributes: Int32 = -1
    }

    private(set) var nodes: [Node] = []
    private(set) var bytes: [UInt8] = []
    private var attributes: [[(name: JATSName, value: String)]] = []
    /// The last child of each open element, outermost first.
    private var open: [(node: Int32, lastChild: Int32)] = []

    var isEmpty: Bool { nodes.isEmpty }
    var isOpen: Bool { !open.isEmpty }
    /// What the tree holds in bytes, about.
    var cost: Int { bytes.count + nodes.count * 32 }

    func removeAll() {
        nodes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
    }

    // MARK: Building

    func begin(_ name: JATSName, _ tag: XMLStartTag) {
        var node = Node(
            name: name, parent: open.last?.node ?? -1, start: Int32(bytes.count), end: Int32(bytes.count))
        var kept: [(JATSName, String)] = []
        for attribute in name.attributes {
            let value =
                attribute == .language || attribute == .href
                ? tag.attributes.first { $0.name == attribute.rawValue }?.value : tag.string(attribute.xml)
            if let value { kept.append((attribute, value)) }
        }
        if !kept.isEmpty {
            node.attributes = Int32(attributes.count)
            attributes.append(kept)
        }
        append(node)
        open.append((Int32(nodes.count - 1), -1))
    }

    func end() {
        guard let (node, _) = open.popLast() else { return }
        nodes[Int(node)].end = Int32(bytes.count)
    }

    func add(_ text: UnsafeBufferPointer<UInt8>) {
        guard let top = open.last else { return }
        let start = Int32(bytes.count)
        bytes.append(contentsOf: text)
        // One run of text may come in many pieces.
        if top.lastChild >= 0, nodes[Int(top.lastChild)].name == .text, Int(top.lastChild) == nodes.count - 1 {
            nodes[Int(top.lastChild)].end = Int32(bytes.count)
            return
        }
        append(Node(name: .text, parent: top.node, start: start, end: Int32(bytes.count)))
    }

    private func append(_ node: Node) {
        let index = Int32(nodes.count)
        if let top = open.last {
            if top.lastChild < 0 {
                nodes[Int(top.node)].first = index
            } else {
                nodes[Int(top.lastChild)].next = index
            }
            open[open.count - 1].lastChild = index
        }
        nodes.append(node)
    }

    // MARK: Walking

    /// The children of a node, pieces of text among them.
    func children(_ node: Int) -> Children { Children(tree: self, following: nodes[node].first) }

    struct Children: Sequence, IteratorProtocol {
        let tree: JATSTree
        var following: Int32

        mutating func next() -> Int? {
            guard following >= 0 else { return nil }
            let node = Int(following)
            following = tree.nodes[node].next
            return node
        }
    }

    func name(_ node: Int) -> JATSName { nodes[node].name }

    func children(_ node: Int, _ name: JATSName) -> [Int] { children(node).filter { nodes[$0].name == name } }

    func child(_ node: Int, _ name: JATSName) -> Int? { children(node).first { nodes[$0].name == name } }

    /// The nodes that a path of names leads to.
    func path(_ node: Int, _ names: JATSName...) -> [Int] {
        names.reduce([node]) { found, name in found.flatMap { children($0, name) } }
    }

    func attribute(_ node: Int, _ name: JATSName) -> String? {
        let index = nodes[node].attributes
        guard index >= 0 else { return nil }
        return attributes[Int(index)].first { $0.name == name }?.value
    }
}

/// The words of a node as one line of text: inline markup flattened, white space collapsed, composed.
///
/// - What stands on lines of its own (paragraphs in a list, a line break in a cell) is parted by a blank.
/// - A reference to a footnote or to the literature that follows a word without a blank gets one: `0.5 mg/kg` with the
///   reference 12 is not 0.5 mg/kg12.
/// - LaTeX beside another form of the same formula is left out; elsewhere its document preamble is.
struct JATSText {
    let tree: JATSTree
    private var buffer: [UInt8] = []
    private var scratch: [UInt8] = []
    /// In `buffer`: what is raised or refers to a footnote.
    private var marks: [Range<Int>] = []
    private static let mostMarkWork = 4 << 20
    private static let preambleEnd = Array(#"\begin{document}"#.utf8)
    private static let documentEnd = Array(#"\end{document}"#.utf8)

    init(_ tree: JATSTree) { self.tree = tree }

    /// All words below a node; `leaving` names elements whose words are taken elsewhere.
    mutating func string(_ node: Int, leaving: Set<JATSName> = []) -> String? {
        string(of: [node], leaving: leaving)
    }

    /// Several nodes as one running text.
    mutating func string(of nodes: some Sequence<Int>, leaving: Set<JATSName> = []) -> String? {
        start()
        for node in nodes { collect(node, leaving) }
        return buffer.withUnsafeBufferPointer { PlainText.string($0, scratch: &scratch) }
    }

    /// A cell's words with the places of its marks, and whether they are set in from the edge.
    mutating func cell(_ node: Int) -> (text: String, marks: [Range<Int>], isIndented: Bool) {
        start()
        collect(node, [])
        // Finding the place of a mark costs a look at the text before it.
        let found = marks.count * buffer.count <= Self.mostMarkWork ? marks : []
        let raw = buffer
        let text = raw.withUnsafeBufferPointer { PlainText.string($0, scratch: &scratch) } ?? ""
        let placed = found.compactMap { mark -> Range<Int>? in
            let start = plainLength(raw[..<mark.lowerBound])
            let end = plainLength(raw[..<mark.upperBound])
            return start < end && end <= text.utf8.count ? start..<end : nil
        }
        return (text, placed, Self.isIndented(raw))
    }

    /// How long the plain text is up to a place: a letter at the end keeps the blank before it.
    private mutating func plainLength(_ bytes: ArraySlice<UInt8>) -> Int {
        let probe = Array(bytes) + [0x78]
        return (probe.withUnsafeBufferPointer { PlainText.string($0, scratch: &scratch) }?.utf8.count ?? 1) - 1
    }

    /// No-break, em, en and figure blanks at the start are there to set the text in; plain white space is layout of
    /// the source.
    private static func isIndented(_ bytes: [UInt8]) -> Bool {
        let rest = bytes.drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        if rest.starts(with: [0xC2, 0xA0]) { return rest.dropFirst(2).contains { $0 > 0x20 } }
        guard rest.starts(with: [0xE2, 0x80]), let third = rest.dropFirst(2).first else { return false }
        return third >= 0x80 && third <= 0x8A
    }

    private mutating func start() {
        buffer.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
    }

    private mutating func blank() {
        if let last = buffer.last, last != 0x20 { buffer.append(0x20) }
    }

    private mutating func collect(_ node: Int, _ leaving: Set<JATSName>) {
        let item = tree.nodes[node]
        switch item.name {
        case .text:
            buffer.append(contentsOf: tree.bytes[Int(item.start)..<Int(item.end)])
            return
        case .texMath:
            if !isAlternative(node) { collectTeX(item) }
            return
        case let name where name.isPassedOver || leaving.contains(name): return
        default: break
        }
        let isMark = item.name == .sup || isReference(node)
        if isMark, item.name == .xref, let last = buffer.last, Self.glues(last) { buffer.append(0x20) }
        let start = buffer.count
        if item.name.isBlock { blank() }
        for child in tree.children(node) { collect(child, leaving) }
        if item.name.isBlock { blank() }
        guard isMark, buffer.count > start else { return }
        while let last = marks.last, last.lowerBound >= start { marks.removeLast() }
        marks.append(start..<buffer.count)
    }

    /// A reference whose words are a mark, not part of the sentence (as `Table 2` or `Figure 1` is).
    private func isReference(_ node: Int) -> Bool {
        guard tree.name(node) == .xref else { return false }
        switch tree.attribute(node, .type) {
        case "bibr", "fn", "table-fn", "corresp", "aff", "author-notes": return true
        default: return false
        }
    }

    private static func glues(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x25, 0x2E, 0x29: true
        default: false
        }
    }

    private func isAlternative(_ node: Int) -> Bool {
        let parent = Int(tree.nodes[node].parent)
        guard parent >= 0, tree.name(parent) == .alternatives else { return false }
        return tree.children(parent).contains { $0 != node && tree.name($0) != .text }
    }

    private mutating func collectTeX(_ item: JATSTree.Node) {
        let all = tree.bytes[Int(item.start)..<Int(item.end)]
        let from = Self.find(Self.preambleEnd, in: all).map { $0 + Self.preambleEnd.count } ?? all.startIndex
        let rest = all[from...]
        buffer.append(contentsOf: rest[..<(Self.find(Self.documentEnd, in: rest) ?? rest.endIndex)])
    }

    private static func find(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - wanted.count)).first {
            bytes[$0] == first && bytes[$0...].starts(with: wanted)
        }
    }
}

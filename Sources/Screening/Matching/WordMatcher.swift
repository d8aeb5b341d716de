/// All words of all rules in one automaton: a text is read once, letter by letter, however many rules there are.
///
/// A tree of letters: a plain word ends at a node; `ketamin*` accepts at its node whatever follows; other patterns
/// (`randomi?ed`) are tried only on words that begin as they do.
struct WordMatcher: Sendable {
    private struct Node: Sendable {
        /// Row of this node in `edges`.
        var exact: Int32 = -1
        var prefix: Int32 = -1
        /// Range into `patternList` of the patterns to try.
        var patterns: [Int32] = []
    }

    /// Folded letters are a...z, 0...9 and bytes of other alphabets: 26 + 10 + one row for those, by class.
    private static let classes = 37

    private var nodes: [Node] = [Node()]
    /// `classes` next nodes for each node; 0: none (nothing leads back to the root).
    private var edges = [Int32](repeating: 0, count: classes)
    private var patterns: [(text: [UInt8], id: Int32)] = []
    private(set) var words: [String] = []
    private var ids: [String: Int32] = [:]

    init() {}

    /// The number of a word, new or known.
    mutating func intern(_ word: String) -> Int32 {
        if let id = ids[word] { return id }
        let id = Int32(words.count)
        words.append(word)
        ids[word] = id
        insert(Array(word.utf8), id)
        return id
    }

    private mutating func insert(_ word: [UInt8], _ id: Int32) {
        let marks: Set<UInt8> = [WordPattern.star, WordPattern.one]
        let plain = word.prefix { !marks.contains($0) && Self.index($0) < 36 }
        var node = 0
        for byte in plain { node = child(of: node, Self.index(byte)) }
        let rest = word[plain.count...]
        if rest.isEmpty {
            nodes[node].exact = id
        } else if rest.elementsEqual([WordPattern.star]) {
            nodes[node].prefix = id
        } else {
            nodes[node].patterns.append(Int32(patterns.count))
            patterns.append((word, id))
        }
    }

    private mutating func child(of node: Int, _ index: Int) -> Int {
        let slot = node * Self.classes + index
        if edges[slot] != 0 { return Int(edges[slot]) }
        nodes.append(Node())
        edges.append(contentsOf: repeatElement(0, count: Self.classes))
        edges[slot] = Int32(nodes.count - 1)
        return nodes.count - 1
    }

    @inline(__always)
    private static func index(_ byte: UInt8) -> Int {
        if byte >= 0x61 { return byte <= 0x7A ? Int(byte) - 0x61 : 36 }
        return byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 + 26 : 36
    }

    /// Calls `found` with the number of every word of the rules that this word of a text is.
    @inline(__always)
    func match(_ word: UnsafeBufferPointer<UInt8>, _ found: (Int32) -> Void) {
        nodes.withUnsafeBufferPointer { nodes in
            edges.withUnsafeBufferPointer { edges in
                var node = 0
                var at = 0
                while true {
                    if nodes[node].prefix >= 0 { found(nodes[node].prefix) }
                    for pattern in nodes[node].patterns where WordPattern.fits(word, patterns[Int(pattern)].text) {
                        found(patterns[Int(pattern)].id)
                    }
                    if at == word.count {
                        if nodes[node].exact >= 0 { found(nodes[node].exact) }
                        return
                    }
                    let class_ = Self.index(word[at])
                    let next = edges[node * Self.classes + class_]
                    if next == 0 { return }
                    node = Int(next)
                    at += 1
                }
            }
        }
    }
}

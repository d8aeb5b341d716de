/// All words of all rules in one automaton: a text is read once, letter by letter, however many rules there are.
///
/// A tree of letters: a plain word ends at a node; `ketamin*` accepts at its node whatever follows; other patterns
/// (`randomi?ed`) are tried only on words that begin as they do. The tree lies in flat arrays, so that walking it costs
/// one look-up a letter.
struct WordMatcher: Sendable {
    /// Folded letters are a...z and 0...9; bytes of other alphabets share one class.
    static let classes = 37

    /// `classes` next nodes for each node; 0: none (nothing leads back to the root).
    private var edges = [UInt16](repeating: 0, count: classes)
    /// For each node, the word that ends here, the word with `*` that is found here; -1: none.
    private var exact: [Int32] = [-1]
    private var prefix: [Int32] = [-1]
    /// For each node, whether patterns are to be tried on words that pass it.
    private var hasPatterns = [false]
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
        let plain = word.prefix { $0 != WordPattern.star && $0 != WordPattern.one && Self.class(of: $0) < 36 }
        var node = 0
        for byte in plain {
            let next = child(of: node, Self.class(of: byte))
            guard next >= 0 else {
                hasPatterns[node] = true
                patterns.append((word, id))
                return
            }
            node = next
        }
        let rest = word[plain.count...]
        if rest.isEmpty {
            exact[node] = id
        } else if rest.elementsEqual([WordPattern.star]) {
            prefix[node] = id
        } else {
            hasPatterns[node] = true
            patterns.append((word, id))
        }
    }

    private mutating func child(of node: Int, _ index: Int) -> Int {
        let slot = node * Self.classes + index
        if edges[slot] != 0 { return Int(edges[slot]) }
        // A tree of sixty thousand nodes is a hundred times what a review's rules need; more words become patterns.
        guard exact.count < Int(UInt16.max) else { return -1 }
        exact.append(-1)
        prefix.append(-1)
        hasPatterns.append(false)
        edges.append(contentsOf: repeatElement(0, count: Self.classes))
        edges[slot] = UInt16(exact.count - 1)
        return exact.count - 1
    }

    @inline(__always)
    static func `class`(of byte: UInt8) -> Int {
        if byte >= 0x61 { return byte <= 0x7A ? Int(byte) - 0x61 : 36 }
        return byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 + 26 : 36
    }

    /// Walks the tree along the letters of a text. The pointers live as long as the closure it is lent to.
    struct Walker {
        let edges: UnsafePointer<UInt16>
        let exact: UnsafePointer<Int32>
        let prefix: UnsafePointer<Int32>
        let hasPatterns: UnsafePointer<Bool>
        /// -1: the word has left the tree.
        var node: Int = 0

        @inline(__always)
        mutating func step(_ byte: UInt8) {
            guard node >= 0 else { return }
            let next = edges[node * WordMatcher.classes + WordMatcher.class(of: byte)]
            node = next == 0 ? -1 : Int(next)
        }
    }

    func withWalker(_ body: (Walker) -> Void) {
        edges.withUnsafeBufferPointer { edges in
            exact.withUnsafeBufferPointer { exact in
                prefix.withUnsafeBufferPointer { prefix in
                    hasPatterns.withUnsafeBufferPointer { hasPatterns in
                        guard let edges = edges.baseAddress, let exact = exact.baseAddress,
                            let prefix = prefix.baseAddress, let hasPatterns = hasPatterns.baseAddress
                        else { return }
                        body(Walker(edges: edges, exact: exact, prefix: prefix, hasPatterns: hasPatterns))
                    }
                }
            }
        }
    }

    /// Tries the patterns with `?` or an inner `*` on a whole word.
    func matchPatterns(_ word: [UInt8], _ found: (Int32) -> Void) {
        for pattern in patterns where WordPattern.fits(word, pattern.text) { found(pattern.id) }
    }
}

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
    /// For each node, whether a word with `*` is found there and whether patterns are to be tried on words that pass.
    private var marks: [UInt8] = [0]
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
                marks[node] |= Walker.triesPatterns
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
            marks[node] |= Walker.hasPrefix
        } else {
            marks[node] |= Walker.triesPatterns
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
        marks.append(0)
        edges.append(contentsOf: repeatElement(0, count: Self.classes))
        edges[slot] = UInt16(exact.count - 1)
        return exact.count - 1
    }

    @inline(__always)
    static func `class`(of byte: UInt8) -> Int {
        if byte >= 0x61 { return byte <= 0x7A ? Int(byte) - 0x61 : 36 }
        return byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 + 26 : 36
    }

    /// The class of a byte that ends a word, and of one that needs a closer look.
    static let separator: UInt8 = 254
    private static let beyondASCII: UInt8 = 255

    /// For each byte its class, `separator`, or `beyondASCII`.
    private let byteClasses: [UInt8] = (0..<256).map { code in
        switch UInt8(truncatingIfNeeded: code) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(code) - UInt8(ascii: "a")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(code) - UInt8(ascii: "A")
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(code) - UInt8(ascii: "0") + 26
        case 0x80...0xFF: beyondASCII
        default: separator
        }
    }

    /// The tree as pointers, to be walked letter by letter. They live as long as the closure they are lent to.
    struct Walker {
        static let hasPrefix: UInt8 = 1
        static let triesPatterns: UInt8 = 2

        let edges: UnsafePointer<UInt16>
        let exact: UnsafePointer<Int32>
        let prefix: UnsafePointer<Int32>
        /// For each node `hasPrefix` and `triesPatterns`.
        let marks: UnsafePointer<UInt8>
        let classes: UnsafePointer<UInt8>
    }

    func withWalker(_ body: (Walker) -> Void) {
        edges.withUnsafeBufferPointer { edges in
            exact.withUnsafeBufferPointer { exact in
                prefix.withUnsafeBufferPointer { prefix in
                    marks.withUnsafeBufferPointer { marks in
                        byteClasses.withUnsafeBufferPointer { classes in
                            guard let edges = edges.baseAddress, let exact = exact.baseAddress,
                                let prefix = prefix.baseAddress, let marks = marks.baseAddress,
                                let classes = classes.baseAddress
                            else { return }
                            body(Walker(edges: edges, exact: exact, prefix: prefix, marks: marks, classes: classes))
                        }
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

/// All words of all rules in one automaton: a text is read once, letter by letter, however many rules there are.
///
/// A tree of letters: a plain word ends at a node; `ketamin*` accepts at its node whatever follows; other patterns
/// (`randomi?ed`) are tried only on words that begin as they do. Before texts are read the tree is laid down in order of
/// depth, sixteen bytes a node, so that the beginnings of words, where most walks end, stay close to the processor.
struct WordMatcher: Sendable {
    /// Folded letters are a...z and 0...9; bytes of other alphabets share one class.
    static let classes = 37

    /// A node of the tree while it grows.
    private struct Branch {
        /// The next node for each class.
        var next: [Int: Int] = [:]
        /// The word that ends here, the word with `*` that is found here; -1: none.
        var exact: Int32 = -1
        var prefix: Int32 = -1
        var marks: UInt8 = 0
    }

    /// A node of the tree laid down: the classes that lead on, in bits, and where the first of them leads; those after
    /// it follow in order.
    struct Node: Sendable {
        var letters: UInt64 = 0
        var first: UInt32 = 0
        var marks: UInt8 = 0
    }

    private var branches = [Branch()]
    private var nodes = [Node()]
    private var exact: [Int32] = [-1]
    private var prefix: [Int32] = [-1]
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
        for byte in plain { node = child(of: node, Self.class(of: byte)) }
        let rest = word[plain.count...]
        if rest.isEmpty {
            branches[node].exact = id
        } else if rest.elementsEqual([WordPattern.star]) {
            branches[node].prefix = id
            branches[node].marks |= Walker.hasPrefix
        } else {
            branches[node].marks |= Walker.triesPatterns
            patterns.append((word, id))
        }
    }

    private mutating func child(of node: Int, _ letter: Int) -> Int {
        if let known = branches[node].next[letter] { return known }
        branches.append(Branch())
        branches[node].next[letter] = branches.count - 1
        return branches.count - 1
    }

    /// Lays the tree down, all words being known.
    mutating func seal() {
        var order = [0]
        nodes = []
        exact = []
        prefix = []
        var read = 0
        while read < order.count {
            let branch = branches[order[read]]
            let letters = branch.next.keys.sorted()
            nodes.append(
                Node(
                    letters: letters.reduce(0) { $0 | 1 << UInt64($1) }, first: UInt32(order.count),
                    marks: branch.marks))
            exact.append(branch.exact)
            prefix.append(branch.prefix)
            order += letters.compactMap { branch.next[$0] }
            read += 1
        }
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

        let nodes: UnsafePointer<Node>
        let exact: UnsafePointer<Int32>
        let prefix: UnsafePointer<Int32>
        let classes: UnsafePointer<UInt8>

        /// Where a letter leads from a node; -1 where no word goes on like that.
        @inline(__always)
        func next(_ node: Int, _ letter: Int) -> Int {
            let here = nodes[node]
            let bit = UInt64(1) << UInt64(truncatingIfNeeded: letter)
            guard here.letters & bit != 0 else { return -1 }
            return Int(here.first) + (here.letters & (bit - 1)).nonzeroBitCount
        }
    }

    func withWalker(_ body: (Walker) -> Void) {
        nodes.withUnsafeBufferPointer { nodes in
            exact.withUnsafeBufferPointer { exact in
                prefix.withUnsafeBufferPointer { prefix in
                    byteClasses.withUnsafeBufferPointer { classes in
                        guard let nodes = nodes.baseAddress, let exact = exact.baseAddress,
                            let prefix = prefix.baseAddress, let classes = classes.baseAddress
                        else { return }
                        body(Walker(nodes: nodes, exact: exact, prefix: prefix, classes: classes))
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

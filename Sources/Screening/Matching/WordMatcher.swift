/// All words of all rules in one automaton: a text is read once, letter by letter, however many rules there are.
///
/// A tree of letters: a plain word ends at a node; `ketamin*` accepts at its node whatever follows; other patterns
/// (`randomi?ed`) are tried only on words that begin as they do. Before texts are read the tree is laid down in order of
/// depth, with nodes only where ways part or a word is found, so that it stays close to the processor.
struct WordMatcher: Sendable {
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
    /// it follow in order. Between the letter that leads to a node and the node itself stand the letters of its tail,
    /// where no way parts.
    struct Node: Sendable {
        var letters: UInt64 = 0
        var first: UInt32 = 0
        var tail: UInt32 = 0
        var tailLength: UInt8 = 0
        var marks: UInt8 = 0

        /// Where a letter leads; -1 where no word goes on like that.
        @inline(__always)
        func next(_ letter: Int) -> Int32 {
            let bit = UInt64(1) << UInt64(truncatingIfNeeded: letter)
            guard letters & bit != 0 else { return -1 }
            return Int32(truncatingIfNeeded: first) + Int32((letters & (bit - 1)).nonzeroBitCount)
        }

        var children: Range<Int> { Int(first)..<Int(first) + letters.nonzeroBitCount }
    }

    private var branches = [Branch()]
    private var nodes = [Node()]
    private var exact: [Int32] = [-1]
    private var prefix: [Int32] = [-1]
    /// For each three letters the node that they lead to. Only those in `beginnings` are looked at, so that few of them
    /// need to be close to the processor.
    private var thirds = [Int32](repeating: -1, count: 36 * 36 * 36)
    /// Whether the first three letters may be jumped over.
    private var jumps = false
    /// The tails of all nodes, in classes.
    private var tails: [UInt8] = []
    /// A bit for each three letters with which some word begins.
    private var beginnings = [UInt64](repeating: 0, count: 36 * 36 * 36 / 64 + 1)
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
        let letters = plain.map { Self.class(of: $0) }
        if letters.count > 2 {
            let three = (letters[0] * 36 + letters[1]) * 36 + letters[2]
            beginnings[three >> 6] |= 1 << UInt64(three & 63)
        }
        var node = 0
        for letter in letters { node = child(of: node, letter) }
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
        nodes = [Node()]
        exact = []
        prefix = []
        tails = []
        var depths = [0]
        var read = 0
        while read < order.count {
            let branch = branches[order[read]]
            nodes[read].marks = branch.marks
            exact.append(branch.exact)
            prefix.append(branch.prefix)
            nodes[read].first = UInt32(order.count)
            for letter in branch.next.keys.sorted() {
                guard let next = branch.next[letter] else { continue }
                nodes[read].letters |= 1 << UInt64(letter)
                // The first three letters are jumped over, so that each way there has a node of its own.
                let isDeep = depths[read] >= 2
                let (end, tail) = isDeep ? endOfPath(from: next) : (next, [])
                depths.append(isDeep ? .max / 2 : depths[read] + 1)
                var node = Node()
                node.tail = UInt32(tails.count)
                node.tailLength = UInt8(tail.count)
                tails += tail
                nodes.append(node)
                order.append(end)
            }
            read += 1
        }
        layDownThirds()
    }

    /// Notes where three letters lead, for each three with which a word begins.
    private mutating func layDownThirds() {
        for place in thirds.indices where beginnings[place >> 6] >> UInt64(place & 63) & 1 != 0 {
            let letters = [place / (36 * 36), place / 36 % 36, place % 36]
            thirds[place] = letters.reduce(Int32(0)) { $0 < 0 ? $0 : nodes[Int($0)].next($1) }
        }
        // Beginnings that are found, or tell of patterns, on the way there must not be jumped over.
        let shallow = [0] + nodes[0].children + nodes[0].children.flatMap { nodes[$0].children }
        jumps = shallow.allSatisfy { nodes[$0].marks == 0 }
    }

    /// The next branch where the way parts or a word is found, and the letters on the way there.
    private func endOfPath(from start: Int) -> (branch: Int, letters: [UInt8]) {
        var at = start
        var letters: [UInt8] = []
        while branches[at].exact < 0, branches[at].marks == 0, letters.count < Int(UInt8.max),
            branches[at].next.count == 1, let (letter, next) = branches[at].next.first
        {
            letters.append(UInt8(letter))
            at = next
        }
        return (at, letters)
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
        let tails: UnsafePointer<UInt8>
        let beginnings: UnsafePointer<UInt64>
        let thirds: UnsafePointer<Int32>
        let jumps: Bool

        /// Walks a word down the tree.
        ///
        /// - Parameters:
        ///   - word: ASCII letters and digits, in either case.
        ///   - isWhole: false where letters of other alphabets follow.
        /// - Returns: whether patterns are to be tried on it.
        @inline(__always)
        func match(
            _ word: UnsafePointer<UInt8>, _ count: Int, isWhole: Bool, _ place: Int32, _ hits: inout WordHits
        ) -> Bool {
            guard jumps, count > 2 else { return walk(word, count, from: 0, at: 0, isWhole: isWhole, place, &hits) }
            // Most words differ from all of the rules' in their first three letters.
            let (first, second) = (Int(classes[Int(word[0])]), Int(classes[Int(word[1])]))
            let three = (first * 36 + second) * 36 + Int(classes[Int(word[2])])
            guard beginnings[three >> 6] >> UInt64(three & 63) & 1 != 0 else { return false }
            let node = thirds[three]
            guard node >= 0 else { return false }
            return walk(word, count, from: Int(node), at: 3, isWhole: isWhole, place, &hits)
        }

        /// - Parameters:
        ///   - from: the node to which the letters before `start` lead.
        private func walk(
            _ word: UnsafePointer<UInt8>, _ count: Int, from first: Int, at start: Int, isWhole: Bool, _ place: Int32,
            _ hits: inout WordHits
        ) -> Bool {
            var node = first
            var at = start
            var tries = false
            while true {
                let length = Int(nodes[node].tailLength)
                guard count - at >= length else { return tries }
                let tail = tails + Int(nodes[node].tail)
                for index in 0..<length where tail[index] != classes[Int(word[at + index])] { return tries }
                at += length
                let marks = nodes[node].marks
                if marks & Self.hasPrefix != 0 { hits.append(WordHits.Hit(word: prefix[node], place: place)) }
                if marks & Self.triesPatterns != 0 { tries = true }
                guard at < count else { break }
                node = Int(nodes[node].next(Int(classes[Int(word[at])])))
                guard node >= 0 else { return tries }
                at += 1
            }
            if isWhole, exact[node] >= 0 { hits.append(WordHits.Hit(word: exact[node], place: place)) }
            return tries
        }
    }

    func withWalker(_ body: (Walker) -> Void) {
        nodes.withUnsafeBufferPointer { nodes in
            exact.withUnsafeBufferPointer { exact in
                prefix.withUnsafeBufferPointer { prefix in
                    tails.withUnsafeBufferPointer { tails in
                        withTables { classes, beginnings, thirds in
                            guard let nodes = nodes.baseAddress, let exact = exact.baseAddress,
                                let prefix = prefix.baseAddress
                            else { return }
                            body(
                                Walker(
                                    nodes: nodes, exact: exact, prefix: prefix, classes: classes,
                                    // Where no node has a tail, none is read.
                                    tails: tails.baseAddress ?? classes, beginnings: beginnings, thirds: thirds,
                                    jumps: jumps))
                        }
                    }
                }
            }
        }
    }

    private func withTables(
        _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt64>, UnsafePointer<Int32>) -> Void
    ) {
        byteClasses.withUnsafeBufferPointer { classes in
            beginnings.withUnsafeBufferPointer { beginnings in
                thirds.withUnsafeBufferPointer { thirds in
                    guard let classes = classes.baseAddress, let beginnings = beginnings.baseAddress,
                        let thirds = thirds.baseAddress
                    else { return }
                    body(classes, beginnings, thirds)
                }
            }
        }
    }

    /// The patterns with `?` or an inner `*` that a whole word fits.
    func patterns(fitting word: [UInt8]) -> [Int32] {
        patterns.filter { WordPattern.fits(word, $0.text) }.map(\.id)
    }
}

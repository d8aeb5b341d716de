/// All words of all rules in one automaton: a text is read once, letter by letter, however many rules there are.
///
/// A tree of letters (`WordTree`): a plain word ends at a node; `ketamin*` accepts at its node whatever follows; other
/// patterns (`randomi?ed`) are tried only on words that begin as they do. It is laid down in order of depth, with nodes
/// only where ways part or a word is found, so that it stays close to the processor.
///
/// A class, since every document is read with it and a copy of a value would be one of all its tables.
final class WordMatcher: Sendable {
    /// A node of the tree: the classes that lead on, in bits, and where the first of them leads; those after it follow in
    /// order. Between the letter that leads to a node and the node itself stand the letters of its tail, where no way parts.
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

        /// The letters that lead on, and where.
        var ways: [(letter: Int, node: Int)] {
            (0..<36).filter { letters >> UInt64($0) & 1 != 0 }.enumerated().map { ($1, Int(first) + $0) }
        }
    }

    /// Marks of a node: a word with `*` is found here; patterns begin here.
    static let hasPrefix: UInt8 = 1
    static let triesPatterns: UInt8 = 2

    private let nodes: [Node]
    /// For each node the word that ends there, the word with `*` that is found there; -1: none.
    private let exact: [Int32]
    private let prefix: [Int32]
    /// The tails of all nodes, in classes.
    private let tails: [UInt8]
    private let beginnings: WordBeginnings
    private let patterns: [(text: [UInt8], id: Int32)]
    /// For each three letters the node that they lead to. Only those of words that may match are looked at, so that few of
    /// them need to be close to the processor.
    private let thirds: [Int32]
    /// Whether the first three letters may be jumped over.
    private let jumps: Bool
    /// For each byte its class; 36 for what is no folded letter.
    private let classes: [UInt8]

    init(
        nodes: [Node], exact: [Int32], prefix: [Int32], tails: [UInt8], beginnings: WordBeginnings,
        patterns: [(text: [UInt8], id: Int32)]
    ) {
        self.nodes = nodes
        self.exact = exact
        self.prefix = prefix
        self.tails = tails
        self.beginnings = beginnings
        self.patterns = patterns
        classes = (0..<256).map { UInt8(Self.class(of: UInt8($0))) }
        var thirds = [Int32](repeating: -1, count: 36 * 36 * 36)
        for (first, one) in nodes[0].ways {
            for (second, two) in nodes[one].ways {
                for (third, three) in nodes[two].ways { thirds[(first * 36 + second) * 36 + third] = Int32(three) }
            }
        }
        self.thirds = thirds
        // Beginnings that are found, or tell of patterns, on the way there must not be jumped over.
        let ones = nodes[0].ways.map(\.node)
        let shallow = [0] + ones + ones.flatMap { nodes[$0].ways.map(\.node) }
        jumps = shallow.allSatisfy { nodes[$0].marks == 0 }
    }

    static func `class`(of byte: UInt8) -> Int {
        if byte >= 0x61 { return byte <= 0x7A ? Int(byte) - 0x61 : 36 }
        return byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 + 26 : 36
    }

    /// The tree as pointers, to be walked letter by letter. They live as long as the closure they are lent to.
    struct Walker {
        let nodes: UnsafePointer<Node>
        let exact: UnsafePointer<Int32>
        let prefix: UnsafePointer<Int32>
        let classes: UnsafePointer<UInt8>
        let tails: UnsafePointer<UInt8>
        let beginnings: WordBeginnings.Table
        let thirds: UnsafePointer<Int32>
        let jumps: Bool

        /// Walks a word down the tree.
        ///
        /// - Parameters:
        ///   - word: ASCII letters and digits, folded.
        ///   - isWhole: false where letters of other alphabets follow.
        /// - Returns: whether patterns are to be tried on it.
        @inline(never)
        func match(
            _ word: UnsafePointer<UInt8>, _ count: Int, isWhole: Bool, _ place: Int32, _ hits: inout WordHits
        ) -> Bool {
            guard jumps, count > 2 else { return walk(word, count, from: 0, at: 0, isWhole: isWhole, place, &hits) }
            let (first, second, third) = (classes[Int(word[0])], classes[Int(word[1])], classes[Int(word[2])])
            let node = thirds[(Int(first) * 36 + Int(second)) * 36 + Int(third)]
            guard node >= 0 else { return false }
            return walk(word, count, from: Int(node), at: 3, isWhole: isWhole, place, &hits)
        }

        /// - Parameters:
        ///   - from: the node to which the letters before `start` lead.
        @inline(__always)
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
                if marks & WordMatcher.hasPrefix != 0 { hits.append(WordHits.Hit(word: prefix[node], place: place)) }
                if marks & WordMatcher.triesPatterns != 0 { tries = true }
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
                        withTables { classes, thirds in
                            guard let nodes = nodes.baseAddress, let exact = exact.baseAddress,
                                let prefix = prefix.baseAddress
                            else { return }
                            beginnings.withTable { beginnings in
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
    }

    private func withTables(_ body: (UnsafePointer<UInt8>, UnsafePointer<Int32>) -> Void) {
        classes.withUnsafeBufferPointer { classes in
            thirds.withUnsafeBufferPointer { thirds in
                guard let classes = classes.baseAddress, let thirds = thirds.baseAddress else { return }
                body(classes, thirds)
            }
        }
    }

    /// The patterns with `?` or an inner `*` that a whole word fits.
    func patterns(fitting word: [UInt8]) -> [Int32] {
        patterns.filter { WordPattern.fits(word, $0.text) }.map(\.id)
    }
}

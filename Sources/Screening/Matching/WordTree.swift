/// The words of a matcher while they are gathered: a tree of letters.
struct WordTree {
    /// A node of the tree.
    private struct Branch {
        /// The next node for each class.
        var next: [Int: Int] = [:]
        /// The word that ends here, the word with `*` that is found here; -1: none.
        var exact: Int32 = -1
        var prefix: Int32 = -1
        var marks: UInt8 = 0
    }

    private var branches = [Branch()]
    private var beginnings = WordBeginnings()
    private var patterns: [(text: [UInt8], id: Int32)] = []

    /// - Parameter id: what a text's hits of the word are told by; each word is inserted once.
    mutating func insert(_ word: String, _ id: Int32) {
        let word = Array(word.utf8)
        let plain = word.prefix { $0 != WordPattern.star && $0 != WordPattern.one && WordMatcher.class(of: $0) < 36 }
        let letters = plain.map { WordMatcher.class(of: $0) }
        beginnings.insert(Array(word[..<plain.endIndex]), isWhole: plain.count == word.count)
        var node = 0
        for letter in letters { node = child(of: node, letter) }
        let rest = word[plain.count...]
        if rest.isEmpty {
            branches[node].exact = id
        } else if rest.elementsEqual([WordPattern.star]) {
            branches[node].prefix = id
            branches[node].marks |= WordMatcher.hasPrefix
        } else {
            branches[node].marks |= WordMatcher.triesPatterns
            patterns.append((word, id))
        }
    }

    private mutating func child(of node: Int, _ letter: Int) -> Int {
        if let known = branches[node].next[letter] { return known }
        branches.append(Branch())
        branches[node].next[letter] = branches.count - 1
        return branches.count - 1
    }

    /// Lays the tree down in order of depth, all words being known.
    func matcher() -> WordMatcher {
        var nodes = [WordMatcher.Node()]
        var exact: [Int32] = []
        var prefix: [Int32] = []
        var tails: [UInt8] = []
        var order = [0]
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
                var node = WordMatcher.Node()
                node.tail = UInt32(tails.count)
                node.tailLength = UInt8(tail.count)
                tails += tail
                nodes.append(node)
                order.append(end)
            }
            read += 1
        }
        return WordMatcher(
            nodes: nodes, exact: exact, prefix: prefix, tails: tails, beginnings: beginnings, patterns: patterns)
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
}

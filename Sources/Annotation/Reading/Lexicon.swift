/// All words that any vocabulary knows, and the phrases built of them. Built once; read-only after that.
final class Lexicon: Sendable {
    struct Entry {
        var id: Int32 = 0
        /// The value of a number word, -1 otherwise.
        var number: Int32 = -1
        var classes: WordClass = []
    }

    static let shared = Lexicon(words: WordTable.classes, numbers: WordTable.numbers, phrases: Concept.all)

    /// Numbers below this bound and signs have fixed ids; words begin after them.
    private static let firstWord: Int32 = 512

    /// The upper half of each slot's hash, 0 where it is empty: small enough to stay close to the processor, and most
    /// words of a text are in no vocabulary.
    private let tags: [UInt32]
    private let slots: [Slot]
    private let mask: Int
    private let edges: EdgeTable
    /// Per node: which concepts end there, a range of `endings`.
    private let ends: [Range<Int32>]
    private let endings: [Ending]
    /// First node by word id: most words begin no phrase.
    private let roots: [Int32]
    let concepts: [Concept]

    /// What of a concept is asked of every phrase.
    private struct Ending {
        var concept: Int32
        var kind: Concept.Kind
        var print: Concept.Print
    }

    private struct Slot {
        var hash: UInt64 = 0
        var entry = Entry()
    }

    /// An open-addressed table of (node, word) -> node.
    private struct EdgeTable {
        var keys: [UInt64]
        var nodes: [Int32]
        let mask: Int

        init(_ edges: [UInt64: Int32]) {
            var size = 16
            while size < edges.count * 3 { size *= 2 }
            keys = Array(repeating: .max, count: size)
            nodes = Array(repeating: -1, count: size)
            mask = size - 1
            for (key, node) in edges {
                var at = Self.place(key, mask)
                while keys[at] != .max { at = (at + 1) & mask }
                keys[at] = key
                nodes[at] = node
            }
        }

        @inline(__always) static func place(_ key: UInt64, _ mask: Int) -> Int {
            Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        }

        @inline(__always) func node(_ key: UInt64) -> Int32 {
            var at = Self.place(key, mask)
            while true {
                if keys[at] == key { return nodes[at] }
                if keys[at] == .max { return -1 }
                at = (at + 1) & mask
            }
        }
    }

    init(words: [(WordClass, String)], numbers: [(String, Int32)], phrases: [Concept]) {
        var entries: [UInt64: Entry] = [:]
        var next = Self.firstWord
        func note(_ word: some StringProtocol) -> UInt64 {
            let hash = Self.hash(word)
            if entries[hash] == nil {
                entries[hash] = Entry(id: next)
                next += 1
            }
            return hash
        }
        for (classes, list) in words {
            for word in list.split(separator: " ") { entries[note(word)]?.classes.formUnion(classes) }
        }
        for (word, value) in numbers {
            let hash = note(word)
            entries[hash]?.number = value
            if value < 100 { entries[hash]?.id = Self.integerID(Int(value)) }
        }

        var edges: [UInt64: Int32] = [:]
        var ends: [[Int32]] = [[]]
        for (index, concept) in phrases.enumerated() {
            for phrase in concept.phrases.split(separator: "|") {
                var node: Int32 = 0
                for part in Self.parts(phrase) {
                    let id: Int32
                    switch part {
                    case .sign(let sign): id = Self.signID(sign)
                    case .integer(let value): id = Self.integerID(value)
                    case .word(let word): id = entries[note(word)]?.id ?? 0
                    }
                    let key = UInt64(node) << 32 | UInt64(id)
                    if let known = edges[key] {
                        node = known
                    } else {
                        ends.append([])
                        edges[key] = Int32(ends.count - 1)
                        node = Int32(ends.count - 1)
                    }
                }
                ends[Int(node)].append(Int32(index))
            }
        }

        var size = 1024
        while size < entries.count * 2 { size *= 2 }
        var slots = Array(repeating: Slot(), count: size)
        var tags = Array(repeating: UInt32(0), count: size)
        for (hash, entry) in entries {
            var at = Int(truncatingIfNeeded: hash) & (size - 1)
            while tags[at] != 0 { at = (at + 1) & (size - 1) }
            slots[at] = Slot(hash: hash, entry: entry)
            tags[at] = Self.tag(hash)
        }
        self.slots = slots
        self.tags = tags
        mask = size - 1
        var roots = Array(repeating: Int32(-1), count: Int(next))
        for (key, node) in edges where key >> 32 == 0 { roots[Int(key & 0xFFFF_FFFF)] = node }
        self.roots = roots
        self.edges = EdgeTable(edges)
        var endings: [Ending] = []
        self.ends = ends.map { concepts in
            let start = Int32(endings.count)
            endings += concepts.map {
                Ending(concept: $0, kind: phrases[Int($0)].kind, print: phrases[Int($0)].print)
            }
            return start..<Int32(endings.count)
        }
        self.endings = endings
        // Concepts are handed about by every finder; the phrases are in the edges.
        concepts = phrases.map { Concept($0.kind, $0.name, "", print: $0.print) }
    }

    @inline(__always) func entry(_ hash: UInt64) -> Entry {
        var at = Int(truncatingIfNeeded: hash) & mask
        let wanted = Self.tag(hash)
        while true {
            let tag = tags[at]
            if tag == 0 { return Entry() }
            if tag == wanted, slots[at].hash == hash { return slots[at].entry }
            at = (at + 1) & mask
        }
    }

    @inline(__always) private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) | 1 }

    func id(ofSign sign: UInt8) -> Int32 { Self.signID(sign) }
    func id(ofInteger value: Int) -> Int32 { value >= 0 && value < 100 ? Self.integerID(value) : 0 }

    /// Finds the longest phrases from left to right, none over another.
    func findPhrases(in tokens: [Token], into marks: inout [Mark]) {
        marks.removeAll(keepingCapacity: true)
        var at = 0
        while at < tokens.count {
            let word = tokens[at].word
            guard word > 0, roots[Int(word)] >= 0, let mark = longest(from: at, in: tokens) else {
                at += 1
                continue
            }
            marks.append(mark)
            at = Int(mark.last) + 1
        }
    }

    private func longest(from first: Int, in tokens: [Token]) -> Mark? {
        var node = roots[Int(tokens[first].word)]
        var at = first
        var best: Mark?
        while node >= 0 {
            for index in ends[Int(node)] {
                let ending = endings[Int(index)]
                guard ending.print.accepts(tokens[first]) else { continue }
                best = Mark(first: Int32(first), last: Int32(at), concept: ending.concept, kind: ending.kind)
                break
            }
            at += 1
            // A hyphen counts as the space that other writers put there.
            if at + 1 < tokens.count, tokens[at].sign == Sign.hyphen, !tokens[at].has(.spaceBefore) { at += 1 }
            guard at < tokens.count, tokens[at].word > 0 else { break }
            node = edges.node(UInt64(node) << 32 | UInt64(tokens[at].word))
        }
        return best
    }

    // MARK: reading the tables

    private enum Part { case word(String), sign(UInt8), integer(Int) }

    private static func signID(_ sign: UInt8) -> Int32 { 1 + Int32(sign) }
    private static func integerID(_ value: Int) -> Int32 { 300 + Int32(value) }

    /// As the tokenizer folds the words of a text.
    private static func hash(_ word: some StringProtocol) -> UInt64 {
        var hash = FoldedHash()
        for scalar in word.unicodeScalars {
            if scalar.isASCII {
                hash.add(UInt8(scalar.value))
            } else {
                Array(scalar.utf8).withUnsafeBufferPointer { hash.add($0, 0, $0.count) }
            }
        }
        return hash.value
    }

    /// The words, numbers and signs of a phrase as a table prints it: lower case, no hyphens.
    private static func parts(_ phrase: some StringProtocol) -> [Part] {
        var parts: [Part] = []
        var word = ""
        func flush() {
            if word.isEmpty { return }
            parts.append(Int(word).map(Part.integer) ?? .word(word))
            word = ""
        }
        for character in phrase {
            if character.isLetter || character.isNumber {
                word.append(character)
                continue
            }
            flush()
            // A hyphen is read as a space, in the tables as in the texts.
            if character == "±" {
                parts.append(.sign(Sign.plusMinus))
            } else if character != " ", character != "-", let byte = character.asciiValue {
                parts.append(.sign(byte))
            }
        }
        flush()
        return parts
    }
}

/// A phrase of a vocabulary that stands in a text: its first and last token.
struct Mark {
    var first: Int32
    var last: Int32
    /// Index into `Lexicon.concepts`.
    var concept: Int32
    /// The concept's kind, kept here because every finder asks for it.
    var kind: Concept.Kind
}

/// Cuts one section into words and looks each of them up among the words that terms are looked up by.
struct WordCutter {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Takes the text in lower case; has room for eight bytes more.
    let folded: UnsafeMutablePointer<UInt8>
    let section: Int32
    let tree: WordMatcher.Walker
    /// Has the patterns that the tree leaves to be tried.
    let matcher: WordMatcher

    /// Appends the words, and of those that some term is looked up by the hits.
    ///
    /// - Parameters:
    ///   - words: has room for a word in every second byte.
    ///   - count: how many words it holds.
    func cut(
        into words: UnsafeMutableBufferPointer<IndexedText.Word>, _ count: inout Int, _ hits: inout WordHits
    ) {
        guard let base = bytes.baseAddress else { return }
        var number = count
        // Where the word began that has not ended yet, and whether it has characters beyond ASCII in an earlier block.
        var open = -1
        var isBeyond = false
        var carry: UInt64 = 0
        var at = 0
        while at < bytes.count {
            let block = LetterBlock(base + at, min(LetterBlock.size, bytes.count - at), folded: folded + at)
            let inside = block.letters | block.beyond
            var edges = inside ^ (inside << 1 | carry)
            carry = inside >> 63
            while edges != 0 {
                let edge = at + edges.trailingZeroBitCount
                edges &= edges &- 1
                guard open >= 0 else {
                    open = edge
                    isBeyond = false
                    continue
                }
                if block.beyond != 0 || isBeyond, isBeyond || Self.holds(block.beyond, open - at, edge - at) {
                    cutBeyond(open..<edge, into: words, &number, &hits)
                } else {
                    take(open, edge, into: words, &number, &hits)
                }
                open = -1
            }
            if open >= 0, block.beyond != 0 { isBeyond = isBeyond || Self.holds(block.beyond, open - at, 64) }
            at += LetterBlock.size
        }
        if open >= 0 {
            if isBeyond {
                cutBeyond(open..<bytes.count, into: words, &number, &hits)
            } else {
                take(open, bytes.count, into: words, &number, &hits)
            }
        }
        count = number
    }

    /// Whether a bit is set in a range of a block; what lies before the block does not count.
    private static func holds(_ bits: UInt64, _ start: Int, _ end: Int) -> Bool {
        let from = UInt64.max << UInt64(max(0, start))
        let to = end >= 64 ? UInt64.max : ~(UInt64.max << UInt64(end))
        return bits & from & to != 0
    }

    /// A word of ASCII letters and digits.
    @inline(__always)
    private func take(
        _ start: Int, _ end: Int, into words: UnsafeMutableBufferPointer<IndexedText.Word>, _ number: inout Int,
        _ hits: inout WordHits
    ) {
        let word = UnsafePointer(folded + start)
        if tree.beginnings.mayHold(word, end - start) {
            let place = Int32(truncatingIfNeeded: number)
            if tree.match(word, end - start, isWhole: true, place, &hits) { tryPatterns(start..<end, place, &hits) }
        }
        append(start, end, to: words, &number)
    }

    @inline(__always)
    private func append(
        _ start: Int, _ end: Int, to words: UnsafeMutableBufferPointer<IndexedText.Word>, _ number: inout Int
    ) {
        let word = IndexedText.Word(
            start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), section: section)
        words.initializeElement(at: number, to: word)
        number += 1
    }

    /// The words of a stretch with characters beyond ASCII, which are letters or part words.
    @inline(never)
    private func cutBeyond(
        _ range: Range<Int>, into words: UnsafeMutableBufferPointer<IndexedText.Word>, _ number: inout Int,
        _ hits: inout WordHits
    ) {
        let stretch = UnsafeBufferPointer(rebasing: bytes[range])
        var at = 0
        while let word = SpelledWord(in: stretch, from: at) {
            at = word.next
            let place = Int32(truncatingIfNeeded: number)
            // A blank after them, since a word of other letters alone has none of these.
            let tries = (word.letters + [0x20]).withUnsafeBufferPointer { letters in
                letters.baseAddress.map {
                    tree.match($0, word.letters.count, isWhole: !word.hasOthers, place, &hits)
                } ?? false
            }
            let (start, end) = (range.lowerBound + word.start, range.lowerBound + word.end)
            if tries { tryPatterns(start..<end, place, &hits) }
            append(start, end, to: words, &number)
        }
    }

    private func tryPatterns(_ range: Range<Int>, _ place: Int32, _ hits: inout WordHits) {
        let word = WordFolding.folded(UnsafeBufferPointer(rebasing: bytes[range]))
        for id in matcher.patterns(fitting: word) { hits.append(WordHits.Hit(word: id, place: place)) }
    }
}

/// A word read character by character, whatever its letters are.
private struct SpelledWord {
    /// The folded letters up to the first that is none of the rules' alphabet.
    private(set) var letters: [UInt8] = []
    /// Whether other letters follow these.
    private(set) var hasOthers = false
    /// Where its first letter stands, and where its last one ends.
    let start: Int
    private(set) var end: Int
    /// Where reading goes on: after what is ignored at its end.
    private(set) var next: Int

    /// The next word at a place or after it; nil where there is none.
    init?(in bytes: UnsafeBufferPointer<UInt8>, from place: Int) {
        guard let start = Self.beginning(in: bytes, from: place) else { return nil }
        self.start = start
        end = start
        next = start
        while next < bytes.count {
            switch WordFolding.step(bytes, next) {
            case .letter(let letter, let size):
                if !hasOthers { letters.append(letter) }
                next += size
                end = next
            case .letters(let size):
                hasOthers = true
                next += size
                end = next
            case .ignored(let size): next += size
            case .separator: return
            }
        }
    }

    private static func beginning(in bytes: UnsafeBufferPointer<UInt8>, from place: Int) -> Int? {
        var at = place
        while at < bytes.count {
            switch WordFolding.step(bytes, at) {
            case .letter, .letters: return at
            case .ignored(let size), .separator(let size): at += size
            }
        }
        return nil
    }
}

/// Places of the rules' words in the order of the text. An array that knows it is alone: appending is most of the work.
struct WordHits: ~Copyable {
    struct Hit {
        var word: Int32
        var place: Int32
    }

    private(set) var count = 0
    private var capacity = 512
    private var hits: UnsafeMutablePointer<Hit>

    init() { hits = .allocate(capacity: capacity) }

    deinit { hits.deallocate() }

    subscript(_ index: Int) -> Hit {
        precondition(index >= 0 && index < count)
        return hits[index]
    }

    @inline(__always)
    mutating func append(_ hit: Hit) {
        if count == capacity { grow() }
        (hits + count).initialize(to: hit)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Hit>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: hits, count: count)
        hits.deallocate()
        hits = larger
        capacity *= 2
    }
}

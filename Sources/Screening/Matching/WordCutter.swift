/// Cuts one section into words and looks each of them up among the rules' words.
struct WordCutter {
    let bytes: UnsafeBufferPointer<UInt8>
    let section: Int32
    let tree: WordMatcher.Walker

    /// Appends the words, and of those that some rule asks for the hits.
    ///
    /// - Parameters:
    ///   - words: has room for a word in every second byte.
    ///   - count: how many words it holds.
    ///   - matcher: has the patterns that the tree leaves to be tried.
    func cut(
        into words: UnsafeMutableBufferPointer<IndexedText.Word>, _ count: inout Int, _ hits: inout WordHits,
        _ matcher: WordMatcher
    ) {
        guard let base = bytes.baseAddress else { return }
        var at = 0
        while let start = nextWord(from: at) {
            var end = start
            while end < bytes.count, tree.classes[Int(bytes[end])] < 36 { end += 1 }
            let place = Int32(truncatingIfNeeded: count)
            if end == bytes.count || tree.classes[Int(bytes[end])] == WordMatcher.separator {
                at = end
                if tree.match(base + start, end - start, isWhole: true, place, &hits) {
                    tryPatterns(folded(start..<end), place, &hits, matcher)
                }
            } else {
                // The rare word with letters beyond ASCII.
                let word = SpelledWord(bytes, from: start)
                (end, at) = (word.end, word.next)
                // A blank after them, since a word of other letters alone has none of these.
                let tries = (word.letters + [0x20]).withUnsafeBufferPointer { letters in
                    letters.baseAddress.map {
                        tree.match($0, letters.count - 1, isWhole: !word.hasOthers, place, &hits)
                    } ?? false
                }
                if tries { tryPatterns(folded(start..<end), place, &hits, matcher) }
            }
            words.initializeElement(
                at: count,
                to: IndexedText.Word(
                    start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), section: section))
            count += 1
        }
    }

    private func tryPatterns(_ word: [UInt8], _ place: Int32, _ hits: inout WordHits, _ matcher: WordMatcher) {
        for id in matcher.patterns(fitting: word) { hits.append(WordHits.Hit(word: id, place: place)) }
    }

    /// Longer "words" are sequences or addresses; only their beginning is tried against patterns.
    private static let longestWord = 64

    /// One word as patterns are written.
    private func folded(_ range: Range<Int>) -> [UInt8] {
        var word: [UInt8] = []
        var at = range.lowerBound
        while at < range.upperBound, word.count < Self.longestWord {
            switch WordFolding.step(bytes, at) {
            case .letter(let byte, let size):
                word.append(byte)
                at += size
            case .letters(let size):
                word.append(contentsOf: bytes[at..<at + size])
                at += size
            case .ignored(let size), .separator(let size): at += size
            }
        }
        return word
    }

    /// Passes over what separates; where the next word begins, nil at the end of the text.
    @inline(__always)
    private func nextWord(from start: Int) -> Int? {
        var at = start
        while at < bytes.count {
            let letter = tree.classes[Int(bytes[at])]
            if letter < 36 { return at }
            if letter == WordMatcher.separator {
                at += 1
                continue
            }
            switch WordFolding.step(bytes, at) {
            case .letter, .letters: return at
            case .ignored(let size), .separator(let size): at += size
            }
        }
        return nil
    }
}

/// A word read character by character, whatever its letters are.
private struct SpelledWord {
    /// The folded letters up to the first that is none of the rules' alphabet.
    private(set) var letters: [UInt8] = []
    /// Whether other letters follow these.
    private(set) var hasOthers = false
    /// After its last letter.
    private(set) var end: Int
    /// Where reading goes on: after what is ignored at its end.
    private(set) var next: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
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

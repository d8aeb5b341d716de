import Annotation

/// A document cut into words once, with the places of every word that some rule asks for.
struct IndexedText {
    struct Word {
        /// UTF-8 offsets into the section's text, end exclusive.
        var start: Int32
        var end: Int32
        var section: Int32
    }

    private struct Hit {
        var word: Int32
        var place: Int32
    }

    private(set) var words: [Word] = []
    /// Places (indices into `words`) of the rules' words: those of word w stand at `starts[w]..<starts[w + 1]`.
    private(set) var places: [Int32] = []
    private var starts: [Int32] = []

    init(_ document: Document, matcher: WordMatcher) {
        var hits: [Hit] = []
        hits.reserveCapacity(256)
        words.reserveCapacity(400)
        matcher.withWalker { walker in
            for index in document.sections.indices {
                switch document.sections[index].field {
                case .title, .abstract, .keywords, .body: break
                case .mesh, .publicationTypes: continue
                }
                var text = document.sections[index].text
                text.withUTF8 { Self.cut($0, Int32(clamping: index), walker, matcher, &words, &hits) }
            }
        }
        sort(hits, wordCount: matcher.words.count)
    }

    private static func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, _ section: Int32, _ root: WordMatcher.Walker, _ matcher: WordMatcher,
        _ words: inout [Word], _ hits: inout [Hit]
    ) {
        var walker = root
        /// Where the word began; -1 between words.
        var start = -1
        var end = 0
        var at = 0
        // Patterns that begin with * are tried on every word.
        let alwaysTries = root.hasPatterns[0]
        var triesPatterns = alwaysTries

        @inline(__always)
        func take(_ byte: UInt8) {
            // Most words leave the tree after two letters.
            guard walker.node >= 0 else { return }
            walker.step(byte)
            guard walker.node >= 0 else { return }
            let found = walker.prefix[walker.node]
            if found >= 0 { hits.append(Hit(word: found, place: Int32(truncatingIfNeeded: words.count))) }
            if walker.hasPatterns[walker.node] { triesPatterns = true }
        }
        @inline(__always)
        func close() {
            guard start >= 0 else { return }
            let place = Int32(truncatingIfNeeded: words.count)
            words.append(
                Word(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), section: section))
            if walker.node >= 0, walker.exact[walker.node] >= 0 {
                hits.append(Hit(word: walker.exact[walker.node], place: place))
            }
            if triesPatterns {
                matcher.matchPatterns(folded(bytes, start..<end)) { hits.append(Hit(word: $0, place: place)) }
                triesPatterns = alwaysTries
            }
            start = -1
            walker.node = 0
        }

        while at < bytes.count {
            let lower = bytes[at] | 0x20
            // Nearly every letter is one of these; the rest goes the long way.
            if lower >= 0x61, lower <= 0x7A, bytes[at] < 0x80 {
                if start < 0 { start = at }
                take(lower)
                at += 1
                end = at
                continue
            }
            switch WordFolding.step(bytes, at) {
            case .letter(let folded, let size):
                if start < 0 { start = at }
                take(folded)
                at += size
                end = at
            case .letters(let size):
                if start < 0 { start = at }
                for offset in 0..<size { take(bytes[at + offset]) }
                at += size
                end = at
            case .ignored(let size): at += size
            case .separator(let size):
                close()
                at += size
            }
        }
        close()
    }

    /// Longer "words" are sequences or addresses; only their beginning is tried against patterns.
    private static let longestWord = 64

    /// One word as patterns are written.
    private static func folded(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var word: [UInt8] = []
        var at = range.lowerBound
        while at < range.upperBound, word.count < longestWord {
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

    /// Counting sort by word; places stay in the order of the text.
    private mutating func sort(_ hits: [Hit], wordCount: Int) {
        starts = [Int32](repeating: 0, count: wordCount + 2)
        // Counts stand one further on, so that filling in moves every start to where it belongs.
        for hit in hits { starts[Int(hit.word) + 2] += 1 }
        for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
        places = [Int32](repeating: 0, count: hits.count)
        for hit in hits {
            places[Int(starts[Int(hit.word) + 1])] = hit.place
            starts[Int(hit.word) + 1] += 1
        }
    }

    /// Where the places of one of the rules' words stand in `places`; they ascend.
    @inline(__always)
    func range(of word: Int32) -> Range<Int> { Int(starts[Int(word)])..<Int(starts[Int(word) + 1]) }

    /// Whether one of the rules' words stands at a place.
    func stands(_ word: Int32, at place: Int32) -> Bool {
        let range = range(of: word)
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < range.upperBound && places[low] == place
    }
}

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
                case .body where document.sections[index].tellsOfOthers: continue
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
        var node = 0
        /// Where the word began; -1 between words.
        var start = -1
        var end = 0
        var at = 0
        // Patterns that begin with * are tried on every word.
        let alwaysTries = root.marks[0] & WordMatcher.Walker.triesPatterns != 0
        var triesPatterns = alwaysTries

        /// One letter by its class. Most words leave the tree after two.
        @inline(__always)
        func take(_ letter: Int) {
            guard node >= 0 else { return }
            let next = Int(root.edges[node * WordMatcher.classes + letter])
            guard next != 0 else {
                node = -1
                return
            }
            node = next
            let mark = root.marks[next]
            guard mark != 0 else { return }
            if mark & WordMatcher.Walker.hasPrefix != 0 {
                hits.append(Hit(word: root.prefix[next], place: Int32(truncatingIfNeeded: words.count)))
            }
            if mark & WordMatcher.Walker.triesPatterns != 0 { triesPatterns = true }
        }
        @inline(__always)
        func close() {
            guard start >= 0 else { return }
            let place = Int32(truncatingIfNeeded: words.count)
            words.append(
                Word(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), section: section))
            if node >= 0, root.exact[node] >= 0 { hits.append(Hit(word: root.exact[node], place: place)) }
            if triesPatterns {
                matcher.matchPatterns(folded(bytes, start..<end)) { hits.append(Hit(word: $0, place: place)) }
                triesPatterns = alwaysTries
            }
            start = -1
            node = 0
        }

        while at < bytes.count {
            let letter = Int(root.classes[Int(bytes[at])])
            if letter < 36 {
                if start < 0 { start = at }
                take(letter)
                at += 1
                end = at
            } else if letter == Int(WordMatcher.separator) {
                close()
                at += 1
            } else {
                switch WordFolding.step(bytes, at) {
                case .letter(let folded, let size):
                    if start < 0 { start = at }
                    take(WordMatcher.class(of: folded))
                    at += size
                    end = at
                case .letters(let size):
                    if start < 0 { start = at }
                    for offset in 0..<size { take(WordMatcher.class(of: bytes[at + offset])) }
                    at += size
                    end = at
                case .ignored(let size): at += size
                case .separator(let size):
                    close()
                    at += size
                }
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

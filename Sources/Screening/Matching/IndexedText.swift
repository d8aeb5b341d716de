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

    private(set) var words: [Word]
    /// Places (indices into `words`) of the rules' words: those of word w stand at `starts[w]..<starts[w + 1]`.
    private(set) var places: [Int32] = []
    private var starts: [Int32] = []

    init(_ document: Document, matcher: WordMatcher) {
        var hits: [Hit] = []
        hits.reserveCapacity(256)
        let sections = document.sections.indices.filter { index in
            switch document.sections[index].field {
            case .title, .abstract, .keywords, .body: true
            case .mesh, .publicationTypes: false
            }
        }
        // A word takes a letter and what parts it from the next.
        let most = sections.reduce(0) { $0 + (document.sections[$1].text.utf8.count + 1) / 2 }
        words = Array(unsafeUninitializedCapacity: most) { buffer, count in
            matcher.withWalker { walker in
                for index in sections {
                    var text = document.sections[index].text
                    text.withUTF8 {
                        var cutter = Cutter(
                            bytes: $0, section: Int32(clamping: index), tree: walker, matcher: matcher)
                        cutter.cut(into: buffer, &count, &hits)
                    }
                }
            }
        }
        sort(hits, wordCount: matcher.words.count)
    }

    /// Cuts one section into words and walks each down the tree of the rules' words.
    private struct Cutter {
        let bytes: UnsafeBufferPointer<UInt8>
        let section: Int32
        let tree: WordMatcher.Walker
        let matcher: WordMatcher

        /// Where a word stands in the tree; -1 once it has left it. Most words leave it after two letters.
        private var node = 0
        private var triesPatterns = false

        init(bytes: UnsafeBufferPointer<UInt8>, section: Int32, tree: WordMatcher.Walker, matcher: WordMatcher) {
            self.bytes = bytes
            self.section = section
            self.tree = tree
            self.matcher = matcher
        }

        mutating func cut(into words: UnsafeMutableBufferPointer<Word>, _ count: inout Int, _ hits: inout [Hit]) {
            // Patterns that begin with * are tried on every word.
            let alwaysTries = tree.nodes[0].marks & WordMatcher.Walker.triesPatterns != 0
            var at = 0
            while at < bytes.count {
                guard let start = nextWord(&at) else { return }
                let place = Int32(truncatingIfNeeded: count)
                node = 0
                triesPatterns = alwaysTries
                let end = walk(&at, place, &hits)
                words.initializeElement(
                    at: count,
                    to: Word(
                        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), section: section))
                count += 1
                if node >= 0, tree.exact[node] >= 0 { hits.append(Hit(word: tree.exact[node], place: place)) }
                if triesPatterns {
                    matcher.matchPatterns(IndexedText.folded(bytes, start..<end)) {
                        hits.append(Hit(word: $0, place: place))
                    }
                }
            }
        }

        /// Passes over what separates; where the next word begins, nil at the end of the text.
        private func nextWord(_ at: inout Int) -> Int? {
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

        /// Reads a word to its end, which is that of its last letter.
        private mutating func walk(_ at: inout Int, _ place: Int32, _ hits: inout [Hit]) -> Int {
            let classes = tree.classes
            var end = at
            while at < bytes.count {
                let letter = classes[Int(bytes[at])]
                if letter < 36 {
                    at += 1
                    take(Int(letter), place, &hits)
                    // Once it has left the tree, only where the word ends is of interest.
                    if node < 0 { while at < bytes.count, classes[Int(bytes[at])] < 36 { at += 1 } }
                    end = at
                } else if letter == WordMatcher.separator {
                    return end
                } else {
                    switch WordFolding.step(bytes, at) {
                    case .letter(let folded, let size):
                        take(WordMatcher.class(of: folded), place, &hits)
                        at += size
                        end = at
                    case .letters(let size):
                        for offset in 0..<size { take(WordMatcher.class(of: bytes[at + offset]), place, &hits) }
                        at += size
                        end = at
                    case .ignored(let size): at += size
                    case .separator: return end
                    }
                }
            }
            return end
        }

        /// One letter by its class.
        @inline(__always)
        private mutating func take(_ letter: Int, _ place: Int32, _ hits: inout [Hit]) {
            guard node >= 0 else { return }
            node = tree.next(node, letter)
            guard node >= 0 else { return }
            let mark = tree.nodes[node].marks
            guard mark != 0 else { return }
            if mark & WordMatcher.Walker.hasPrefix != 0 { hits.append(Hit(word: tree.prefix[node], place: place)) }
            if mark & WordMatcher.Walker.triesPatterns != 0 { triesPatterns = true }
        }
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

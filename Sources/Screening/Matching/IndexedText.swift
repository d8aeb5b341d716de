import Annotation

/// A document cut into words once, with the places of every word that some rule asks for.
struct IndexedText {
    struct Word {
        /// UTF-8 offsets into the section's text, end exclusive.
        var start: Int32
        var end: Int32
        var section: Int32
    }

    let document: Document
    private(set) var words: [Word] = []
    /// Places (indices into `words`) of the rules' words: those of word w stand at `starts[w]..<starts[w + 1]`.
    private var places: [Int32] = []
    private var starts: [Int32] = []

    init(_ document: Document, matcher: WordMatcher) {
        self.document = document
        var hits: [(word: Int32, place: Int32)] = []
        words.reserveCapacity(400)
        var folded = [UInt8](repeating: 0, count: 64)
        for (index, section) in document.sections.enumerated() {
            switch section.field {
            case .title, .abstract, .keywords, .body: break
            case .mesh, .publicationTypes: continue
            }
            var text = section.text
            text.withUTF8 { bytes in
                Self.cut(bytes, Int32(index), &folded, &words) { word, place in
                    matcher.match(word) { hits.append(($0, place)) }
                }
            }
        }
        sort(hits, wordCount: matcher.words.count)
    }

    /// Longer "words" are sequences or addresses; only their beginning counts.
    private static let longestWord = 64

    private static func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, _ section: Int32, _ folded: inout [UInt8], _ words: inout [Word],
        _ found: (UnsafeBufferPointer<UInt8>, Int32) -> Void
    ) {
        folded.withUnsafeMutableBufferPointer { buffer in
            var length = 0
            var start = 0
            var end = 0
            var at = 0
            func close() {
                guard length > 0 else { return }
                let place = Int32(words.count)
                words.append(Word(start: Int32(start), end: Int32(end), section: section))
                found(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<length]), place)
                length = 0
            }
            while at < bytes.count {
                switch WordFolding.step(bytes, at) {
                case .letter(let byte, let size):
                    if length == 0 { start = at }
                    if length < longestWord { buffer[length] = byte; length += 1 }
                    at += size
                    end = at
                case .letters(let size):
                    if length == 0 { start = at }
                    for offset in 0..<size where length < longestWord { buffer[length] = bytes[at + offset]; length += 1 }
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
    }

    /// Counting sort by word; places stay in the order of the text.
    private mutating func sort(_ hits: [(word: Int32, place: Int32)], wordCount: Int) {
        starts = [Int32](repeating: 0, count: wordCount + 1)
        for hit in hits { starts[Int(hit.word) + 1] += 1 }
        for index in 1..<starts.count where wordCount > 0 { starts[index] += starts[index - 1] }
        var next = starts
        places = [Int32](repeating: 0, count: hits.count)
        for hit in hits {
            places[Int(next[Int(hit.word)])] = hit.place
            next[Int(hit.word)] += 1
        }
    }

    /// The places of one of the rules' words, ascending.
    func places(of word: Int32) -> ArraySlice<Int32> {
        places[Int(starts[Int(word)])..<Int(starts[Int(word) + 1])]
    }

    /// Whether one of the rules' words stands at a place.
    func stands(_ word: Int32, at place: Int32) -> Bool {
        var low = Int(starts[Int(word)])
        var high = Int(starts[Int(word) + 1])
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < Int(starts[Int(word) + 1]) && places[low] == place
    }
}

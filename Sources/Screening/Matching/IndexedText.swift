import Annotation

/// A document cut into words once, with the places of every word that some rule asks for.
struct IndexedText {
    struct Word {
        /// UTF-8 offsets into the section's text, end exclusive.
        var start: Int32
        var end: Int32
        var section: Int32
    }

    private(set) var words: [Word]
    /// The rules' words that stand in the text.
    private(set) var found: [Int32] = []
    /// Places (indices into `words`) of the rules' words: those of word w stand at `starts[w]..<ends[w]`.
    private(set) var places: [Int32] = []
    private var starts: [Int32] = []
    private var ends: [Int32] = []

    init(_ document: Document, matcher: WordMatcher) {
        var hits = WordHits()
        let sections = document.sections.indices.filter { index in
            switch document.sections[index].field {
            case .body: !document.sections[index].tellsOfOthers
            case .title, .abstract, .keywords: true
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
                        let cutter = WordCutter(bytes: $0, section: Int32(clamping: index), tree: walker)
                        cutter.cut(into: buffer, &count, &hits, matcher)
                    }
                }
            }
        }
        sort(hits, wordCount: matcher.words.count)
    }

    /// Counting sort by word; places stay in the order of the text, words in that of their first place.
    private mutating func sort(_ hits: borrowing WordHits, wordCount: Int) {
        ends = [Int32](repeating: 0, count: wordCount)
        starts = ends
        for index in 0..<hits.count {
            let hit = hits[index]
            if ends[Int(hit.word)] == 0 { found.append(hit.word) }
            ends[Int(hit.word)] += 1
        }
        var next: Int32 = 0
        for word in found {
            starts[Int(word)] = next
            next += ends[Int(word)]
            ends[Int(word)] = starts[Int(word)]
        }
        // Filling in moves each end to where it belongs.
        places = [Int32](repeating: 0, count: hits.count)
        for index in 0..<hits.count {
            let hit = hits[index]
            places[Int(ends[Int(hit.word)])] = hit.place
            ends[Int(hit.word)] += 1
        }
    }

    /// Where the places of one of the rules' words stand in `places`; they ascend.
    @inline(__always)
    func range(of word: Int32) -> Range<Int> { Int(starts[Int(word)])..<Int(ends[Int(word)]) }

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

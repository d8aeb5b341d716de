import Annotation

/// A document cut into words once, with the places of every word that some term is looked up by.
struct IndexedText {
    struct Word {
        /// UTF-8 offsets into the section's text, end exclusive.
        var start: Int32
        var end: Int32
        var section: Int32
    }

    /// The texts in lower case (ASCII alone is folded), and where each section's begins.
    private let letters: [UInt8]
    private let beginnings: [Int32]
    private(set) var words: [Word]
    /// The words looked up (`Anchors`) that stand in the text.
    private(set) var found: [Int32] = []
    /// Places (indices into `words`) of the words looked up: those of word w stand at `starts[w]..<ends[w]`.
    private(set) var places: [Int32] = []
    private var starts: [Int32] = []
    private var ends: [Int32] = []

    init(_ document: Document, _ program: QueryProgram) {
        var hits = WordHits()
        var beginnings = [Int32](repeating: 0, count: document.sections.count)
        var size = 0
        for index in document.sections.indices where Self.isRead(document.sections[index]) {
            beginnings[index] = Int32(clamping: size)
            size += document.sections[index].text.utf8.count + LetterBlock.slack
        }
        var letters = [UInt8](repeating: 0, count: size)
        words = letters.withUnsafeMutableBufferPointer { letters in
            // A word takes a letter and what parts it from the next.
            Array(unsafeUninitializedCapacity: (size + 1) / 2) { words, count in
                guard let base = letters.baseAddress else { return }
                for index in document.sections.indices where Self.isRead(document.sections[index]) {
                    let section = document.sections[index]
                    let matcher = section.field == .title ? program.titleMatcher : program.textMatcher
                    var text = section.text
                    matcher.withWalker { tree in
                        text.withUTF8 {
                            let cutter = WordCutter(
                                bytes: $0, folded: base + Int(beginnings[index]), section: Int32(clamping: index),
                                tree: tree, matcher: matcher)
                            cutter.cut(into: words, &count, &hits)
                        }
                    }
                }
            }
        }
        self.letters = letters
        self.beginnings = beginnings
        sort(hits, wordCount: program.anchorCount)
    }

    private static func isRead(_ section: Document.Section) -> Bool {
        switch section.field {
        case .body: !section.tellsOfOthers
        case .title, .abstract, .keywords: true
        case .mesh, .publicationTypes: false
        }
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

    /// Where the places of a word that is looked up stand in `places`; they ascend.
    @inline(__always)
    func range(of anchor: Int32) -> Range<Int> { Int(starts[Int(anchor)])..<Int(ends[Int(anchor)]) }

    /// Whether one of the rules' words stands at a place.
    func stands(_ word: Int32, of rules: RuleWords, at place: Int32) -> Bool {
        let spot = words[Int(place)]
        let begin = Int(beginnings[Int(spot.section)])
        return letters.withUnsafeBufferPointer {
            rules.fits(UnsafeBufferPointer(rebasing: $0[begin + Int(spot.start)..<begin + Int(spot.end)]), word)
        }
    }
}

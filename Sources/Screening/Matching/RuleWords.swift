/// The words of all rules, each once, by number: the letters of all of them in one list.
struct RuleWords: Sendable {
    private enum Shape: UInt8, Sendable {
        /// `ketamine`, `ketamin*`, and everything else with `*` or `?`.
        case plain, beginning, pattern
    }

    /// Without references, so that reading it costs nothing but its bytes.
    private struct Entry: Sendable {
        var start: Int32
        /// Of a beginning: without its `*`.
        var count: Int32
        var shape: Shape
    }

    private var letters: [UInt8] = []
    private var entries: [Entry] = []

    init(_ words: [String]) {
        for word in words {
            let pattern = Array(word.utf8)
            let isWild = pattern.map { $0 == WordPattern.star || $0 == WordPattern.one }
            let endsWild = pattern.last == WordPattern.star && !isWild.dropLast().contains(true)
            let shape: Shape = !isWild.contains(true) ? .plain : endsWild ? .beginning : .pattern
            entries.append(
                Entry(
                    start: Int32(letters.count), count: Int32(pattern.count - (shape == .beginning ? 1 : 0)),
                    shape: shape))
            letters += pattern
        }
    }

    /// Whether a word of a text, its ASCII letters in lower case, is one of the rules' words. The same answer as the tree's
    /// (`WordMatcher`), for one word instead of all.
    func fits(_ text: UnsafeBufferPointer<UInt8>, _ word: Int32) -> Bool {
        let entry = entries[Int(word)]
        let (start, count) = (Int(entry.start), Int(entry.count))
        guard entry.shape != .pattern else { return fitsFolded(text, entry) }
        // No letter is written with less than a byte.
        guard text.count >= count else { return false }
        for index in 0..<count {
            let byte = text[index]
            guard byte < 0x80 else { return fitsFolded(text, entry) }
            guard byte == letters[start + index] else { return false }
        }
        return entry.shape == .beginning || text.count == count || text[count] >= 0x80 && fitsFolded(text, entry)
    }

    private func fitsFolded(_ text: UnsafeBufferPointer<UInt8>, _ entry: Entry) -> Bool {
        let (start, count) = (Int(entry.start), Int(entry.count))
        let pattern = Array(letters[start..<start + count]) + (entry.shape == .beginning ? [WordPattern.star] : [])
        return WordPattern.fits(WordFolding.folded(text), pattern)
    }
}

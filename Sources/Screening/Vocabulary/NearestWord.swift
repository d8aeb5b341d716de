/// Guesses which of the accepted words was meant, for messages about misspelt ones.
package enum NearestWord {
    /// The accepted word with the fewest edits, when these are few against the length of the word found.
    package static func of(_ found: String, among accepted: some Sequence<String>) -> String? {
        let wanted = Array(found.lowercased().utf8.prefix(64))
        var best: (word: String, distance: Int)?
        for word in accepted {
            let distance = edits(wanted, Array(word.lowercased().utf8.prefix(64)))
            if distance < (best?.distance ?? .max) { best = (word, distance) }
        }
        guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
        return best.word
    }

    /// "`a`, `b` or `c`", with the nearest word named first where there is one.
    package static func hint(_ found: String, among accepted: [String]) -> String {
        let list = accepted.joined(separator: ", ")
        guard let near = of(found, among: accepted) else { return list }
        return list + " (did you mean '\(near)'?)"
    }

    /// Levenshtein's distance over bytes, with a swap of neighbours counted once.
    private static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var older = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var current = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    current[j] = min(current[j], older[j - 2] + 1)
                }
            }
            older = previous
            previous = current
        }
        return previous[b.count]
    }
}

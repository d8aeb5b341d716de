/// What a conference is called from year to year, out of the ways in which sources name its proceedings: `ICIS 2019
/// Proceedings`, `Proceedings of the 40th International Conference on Information Systems`.
enum ConferenceName {
    private static let words = set("conference conf congress symposium symp workshop meeting")
    private static let noise = set("proceedings proc annual ieee acm")
    private static let organisations = set("acm ieee ifip aaai usa uk suppl abstracts")

    private static func set(_ words: String) -> Set<[UInt8]> {
        Set(words.split(separator: " ").map { Array($0.utf8) })
    }

    static func isConference(_ words: [[UInt8]]) -> Bool { words.contains { Self.words.contains($0) } }

    /// The words without ordinals, years and what stands before every such name; unchanged where nothing else is left.
    static func core(_ words: [[UInt8]]) -> [[UInt8]] {
        guard isConference(words) else { return words }
        let rest = words.filter { word in !noise.contains(word) && !isCount(word) }
        return rest.isEmpty ? words : rest
    }

    /// `2019`, `40th`.
    private static func isCount(_ word: [UInt8]) -> Bool {
        let digits = word.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !digits.isEmpty else { return false }
        return ["", "st", "nd", "rd", "th"].contains { word.dropFirst(digits.count).elementsEqual($0.utf8) }
    }

    /// `icis` where the name has it in capitals and is that of proceedings or a conference; empty elsewhere.
    static func acronym(in name: String, words: [[UInt8]]) -> [UInt8] {
        guard isConference(words) || words.contains(where: { noise.contains($0) }),
            name.utf8.contains(where: { $0 >= 0x61 && $0 <= 0x7A })
        else { return [] }
        let isCapital = { (byte: UInt8) in byte >= 0x41 && byte <= 0x5A }
        let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
        let tokens = name.utf8.split { !isCapital($0) && !isDigit($0) && !($0 >= 0x61 && $0 <= 0x7A) }
        for token in tokens {
            let letters = token.prefix(while: isCapital)
            guard (3...8).contains(letters.count), token.dropFirst(letters.count).allSatisfy(isDigit) else { continue }
            let folded = letters.map { $0 | 0x20 }
            if !organisations.contains(folded) { return folded }
        }
        return []
    }

    /// Whether beginnings of the words, in order, make the acronym: `AMCIS` of `Americas Conference on Information
    /// Systems`. Every word from the first that is used must give a letter.
    static func spells(_ acronym: [UInt8], _ words: [[UInt8]]) -> Bool {
        guard acronym.count >= 3 else { return false }
        return words.indices.contains { start in
            words.count - start >= 3 && matches(acronym[...], words[start...])
        }
    }

    private static func matches(_ letters: ArraySlice<UInt8>, _ words: ArraySlice<[UInt8]>) -> Bool {
        guard let word = words.first else { return letters.isEmpty }
        var used = 0
        for (letter, other) in zip(letters, word.prefix(4)) {
            guard letter == other else { break }
            used += 1
            if matches(letters.dropFirst(used), words.dropFirst()) { return true }
        }
        return false
    }
}

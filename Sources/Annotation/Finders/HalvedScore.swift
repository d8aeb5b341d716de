/// A response in the words of its definition: `at least a 50% reduction in MADRS score`, `a 50% or greater improvement`.
enum HalvedScore {
    /// Where a section says so of a scale or of depression; none in a sentence that defines.
    static func all(_ reading: Reading) -> [OutcomeFinder.Cue] {
        var found: [OutcomeFinder.Cue] = []
        for index in reading.tokens.indices {
            guard reading.tokens[index].value == 50, reading.isNumber(index),
                reading.isSign(index + 1, Sign.percent) || reading.isWord(index + 1, "percent"),
                let cue = fallen(reading, index) ?? falling(reading, index)
            else { continue }
            let sentence = reading.sentence(of: index)
            let isDefinition = (sentence.first..<sentence.end).contains { at in
                ["defined", "definition", "define", "criterion", "predefined"].contains { (word: StaticString) in
                    reading.isWord(at, word)
                }
            }
            if !isDefinition, isOfDepression(reading, cue, sentence) { found.append(cue) }
        }
        return found
    }

    /// `at least a 50% reduction`, `>= 50% decrease`, `50% or greater improvement`.
    private static func fallen(_ reading: Reading, _ number: Int) -> OutcomeFinder.Cue? {
        var at = number + 2
        let isOrMore = reading.isAny(at, .or) && reading.isAny(at + 1, .least)
        if isOrMore { at += 2 }
        guard
            ["reduction", "reductions", "decrease", "decreases", "improvement", "drop", "decline", "fall"].contains(
                where: {
                    (word: StaticString) in reading.isWord(at, word)
                }), isOrMore || isAtLeast(reading, number)
        else { return nil }
        return OutcomeFinder.Cue(first: number, last: at, kind: .response)
    }

    /// `MADRS fell by at least 50%`.
    private static func falling(_ reading: Reading, _ number: Int) -> OutcomeFinder.Cue? {
        let isOrMore = reading.isAny(number + 2, .or) && reading.isAny(number + 3, .least)
        guard isOrMore || isAtLeast(reading, number) else { return nil }
        for at in max(0, number - 6)..<number {
            for word: StaticString in ["improved", "decreased", "dropped", "declined", "fell", "reduced"]
            where reading.isWord(at, word) {
                return OutcomeFinder.Cue(first: at, last: isOrMore ? number + 3 : number + 1, kind: .response)
            }
        }
        return nil
    }

    /// `>=`, `at least`, `at least a`, `more than`, `achieved a`.
    private static func isAtLeast(_ reading: Reading, _ number: Int) -> Bool {
        var at = number - 1
        if reading.isWord(at, "a") {
            at -= 1
            for word: StaticString in ["achieved", "achieving", "had", "attained", "showed", "experienced", "reached"]
            where reading.isWord(at, word) {
                return true
            }
        }
        if reading.isSign(at, Sign.atLeast) || reading.isSign(at, Sign.greater) || reading.isAny(at, .least) {
            return true
        }
        return reading.isSign(at, Sign.equals) && reading.isSign(at - 1, Sign.greater) || reading.isWord(at, "than")
    }

    private static func isOfDepression(
        _ reading: Reading, _ cue: OutcomeFinder.Cue, _ sentence: Reading.Sentence
    ) -> Bool {
        let near = max(sentence.first, cue.first - 8)..<min(sentence.end, cue.last + 9)
        for at in near {
            for word: StaticString in ["pain", "consumption", "opioid", "headache", "suicidal", "anxiety", "seizure"]
            where reading.isWord(at, word) {
                return false
            }
        }
        let isOnScale = reading.marks.contains { $0.kind == .scale && near.contains(Int($0.first)) }
        return isOnScale
            || near.contains { at in
                ["depression", "depressive"].contains { (word: StaticString) in reading.isWord(at, word) }
            }
    }
}

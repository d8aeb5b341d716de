/// Groups that a report calls by letters or numbers: `Group A received ketamine ... 45% in group A`.
enum GroupLetters {
    /// The letter or number behind a word for a group, as its one byte.
    static func letter(_ reading: Reading, _ at: Int) -> UInt8? {
        guard reading.isAny(at, .arm), let token = reading.at(at + 1), token.end - token.start == 1,
            reading.isWord(at, "group") || reading.isWord(at, "arm") || reading.isWord(at, "cohort")
        else { return nil }
        let byte = reading.bytes[Int(token.start)]
        let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        return isLetter || (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(byte) ? byte : nil
    }

    /// The groups that a clause names by letters, with the drug that the report says each of them got; none where two letters
    /// stand for the same drug.
    static func mentions(_ reading: Reading, _ scene: Scene, _ range: Range<Int>) -> [OutcomeArm.Mention] {
        var found: [OutcomeArm.Mention] = []
        var letters: [UInt8: String] = [:]
        for at in range {
            guard at + 1 < range.upperBound, let letter = letter(reading, at), let drug = drug(of: letter, scene) else {
                continue
            }
            letters[letter] = drug
            found.append(OutcomeArm.Mention(first: at, last: at + 1, arm: OutcomeArm(name: drug)))
        }
        return Set(letters.values).count == letters.count ? found : []
    }

    private static func drug(of letter: UInt8, _ scene: Scene) -> String? {
        var names: Set<String> = []
        for reading in scene.readings where reading.field == .abstract || reading.field == .body {
            for at in reading.tokens.indices where self.letter(reading, at) == letter {
                if let name = behind(reading, at + 1) ?? before(reading, at) { names.insert(name) }
            }
        }
        return names.count == 1 ? names.first : nil
    }

    /// `Group A received 0.5 mg/kg ketamine`, `group A (n = 20, ketamine)`, `group A: ketamine`.
    private static func behind(_ reading: Reading, _ letter: Int) -> String? {
        let sentence = reading.tokens[letter].sentence
        let next = letter + 1
        // `and group B saline`
        if let index = reading.drugs.first(where: { Int(reading.marks[$0].first) == next }) {
            return reading.concept(reading.marks[index]).name
        }
        let isGiven =
            reading.isSign(next, Sign.open) || reading.isSign(next, Sign.colon) || reading.isSign(next, Sign.equals)
            || reading.isAny(next, [.given, .treated])
            || reading.isWord(next, of: ["received", "was", "were", "got", "patients", "underwent"])
        guard isGiven else { return nil }
        for at in next..<min(next + 12, reading.tokens.count) where reading.tokens[at].sentence == sentence {
            if reading.isSign(at, Sign.semicolon) || self.letter(reading, at) != nil { return nil }
            if let index = reading.drugs.first(where: { Int(reading.marks[$0].first) == at }) {
                return reading.concept(reading.marks[index]).name
            }
        }
        return nil
    }

    /// `the ketamine group (group A)`, `ketamine (group A, n = 20)`.
    private static func before(_ reading: Reading, _ group: Int) -> String? {
        guard reading.isSign(group - 1, Sign.open) else { return nil }
        let last = reading.isAny(group - 2, .arm) ? group - 3 : group - 2
        return reading.drug(endingAt: last)
    }
}

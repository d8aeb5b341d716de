/// Why people left a study, in the same words wherever it is told.
enum Leaving {
    /// `Discontinued due to adverse events`, `Withdrawal (lack of efficacy)`: the words behind the cause; nil for any
    /// reason or none.
    static func reason(in name: String) -> String? {
        let lowered = name.lowercased()
        for cause in ["due to ", "because of ", "owing to ", "caused by ", "for reasons of ", "for ", "from ", "("] {
            guard let range = lowered.firstRange(of: cause) else { continue }
            return reason(of: String(lowered[range.upperBound...].prefix { $0 != ")" }), isOfEvents: false)
        }
        if lowered.contains("consent") { return "withdrawn consent" }
        // `Adverse events leading to discontinuation`
        guard let range = lowered.firstRange(of: "leading to") ?? lowered.firstRange(of: "resulting in") else {
            return nil
        }
        return reason(of: String(lowered[..<range.lowerBound]), isOfEvents: false)
    }

    /// The cause that a sentence gives behind a number of people who left: `3 discontinued because of adverse events`.
    static func reason(_ reading: Reading, _ quantity: OutcomeQuantity, _ sentence: Reading.Sentence) -> String? {
        var first = quantity.last + 1
        // `7% and 0.9% discontinued because of ...`: the cause is that of both.
        while reading.isAny(first, [.and, .versus]), reading.isNumber(first + 1) {
            first += reading.isSign(first + 2, Sign.percent) ? 3 : 2
        }
        let behind = first..<max(min(sentence.end, first + 16), first)
        if let cause = cause(reading, behind, sentence) { return cause }
        // `discontinuation due to adverse events occurred in 5%`
        let cue = reading.marks.last { mark in
            mark.kind == .outcome && Int(mark.first) >= sentence.first && Int(mark.last) < quantity.first
        }
        return cue.flatMap { cause(reading, Int($0.last) + 1..<quantity.first, sentence) }
    }

    private static func cause(_ reading: Reading, _ range: Range<Int>, _ sentence: Reading.Sentence) -> String? {
        for at in range {
            if reading.isSign(at, Sign.semicolon) || reading.isNumber(at) { return nil }
            guard
                ["because", "due", "owing", "for"].contains(where: { (word: StaticString) in reading.isWord(at, word) }
                ),
                at + 1 < sentence.end
            else { continue }
            let span = reading.span(at + 1, min(sentence.end - 1, at + 6))
            let words = String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self)
            if let reason = reason(of: words, isOfEvents: false) { return reason }
        }
        return nil
    }

    /// A reason in plain words; nil where the words tell of none that a trial's flow diagram knows.
    ///
    /// - Parameter isOfEvents: the name is that of an adverse event.
    static func reason(of words: String, isOfEvents: Bool) -> String? {
        let lowered = words.lowercased()
        if ["any", "all", "total", "overall"].contains(lowered) { return nil }
        if let known = reasons.first(where: { $0.signs.contains { lowered.contains($0) } }) { return known.name }
        return isOfEvents ? "adverse event: \(words)" : nil
    }

    private static let reasons: [(name: String?, signs: [String])] = [
        (nil, ["any reason", "any cause", "all cause", "all-cause", "all reasons"]),
        ("adverse event", ["adverse", "side effect", "side-effect", "tolerab", "intoleran", "toxicity", "teae"]),
        ("lack of efficacy", ["efficacy", "ineffect", "lack of effect", "response", "benefit", "worsen", "relapse"]),
        (
            "withdrawn consent",
            [
                "consent", "patient decision", "participant decision", "subject decision", "refus",
                "personal", "unwilling", "own request", "withdrew", "withdrawal by",
            ]
        ),
        ("lost to follow-up", ["lost", "follow-up", "follow up"]),
        ("protocol violation", ["protocol", "ineligib", "eligibility", "complian", "adheren"]),
        ("death", ["death", "died"]),
        ("physician decision", ["physician", "investigator", "clinician"]),
        ("other", ["other", "administrative", "unknown", "miscellaneous"]),
    ]
}

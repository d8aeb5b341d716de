/// Why people left a study, in the same words wherever it is told.
enum Leaving {
    /// `Discontinued due to adverse events`, `Withdrawal (lack of efficacy)`: the words behind the cause; nil for any
    /// reason or none.
    static func reason(in name: String) -> String? {
        let lowered = name.lowercased()
        for cause in ["due to ", "because of ", "owing to ", "caused by ", "for reasons of ", "for ", "from ", "("] {
            guard let range = lowered.firstRange(of: cause) else { continue }
            // `Discontinued, not due to adverse events`
            if lowered[..<range.lowerBound].hasSuffix("not ") { return nil }
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
        if let cause = cause(reading, first..<max(min(sentence.end, first + 16), first)) { return cause }
        let cues = reading.marks.filter { mark in
            mark.kind == .outcome && Int(mark.first) >= sentence.first && Int(mark.last) < sentence.end
        }
        // `2 of 22 on ketamine and 1 of 20 on saline discontinued because of ...`: the verb behind all numbers is that of all.
        if let verb = cues.first(where: { Int($0.first) > quantity.last }), Int(verb.first) - quantity.last <= 20,
            (quantity.last + 1..<Int(verb.first)).allSatisfy({ !ends(reading, $0) }),
            let cause = cause(
                reading, Int(verb.last) + 1..<max(min(sentence.end, Int(verb.last) + 9), Int(verb.last) + 1))
        {
            return cause
        }
        // `discontinuation due to adverse events occurred in 5%`
        let before = cues.last { Int($0.last) < quantity.first }
        return before.flatMap { cause(reading, Int($0.last) + 1..<quantity.first) }
    }

    /// What a cause in a range of words names, nil where another clause or number comes first, or where it is denied: `none
    /// because of`, `not due to`.
    private static func cause(_ reading: Reading, _ range: Range<Int>) -> String? {
        for at in range {
            if ends(reading, at) || reading.isNumber(at) { return nil }
            if reading.isAny(at, .negation), !isOfOutcome(reading, at) { return nil }
            guard isCause(reading, at), at + 1 < range.upperBound else { continue }
            var last = at
            while last < at + 6, last + 1 < reading.tokens.count, !endsCause(reading, last + 1) { last += 1 }
            guard last > at, reading.tokens[last].sentence == reading.tokens[at].sentence else { continue }
            let span = reading.span(at + 1, last)
            let words = String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self)
            if let reason = reason(of: words, isOfEvents: false) { return reason }
        }
        return nil
    }

    private static func isCause(_ reading: Reading, _ at: Int) -> Bool {
        for word: StaticString in ["because", "due", "owing"] where reading.isWord(at, word) { return true }
        // `10% for ketamine`: before an arm it gives no cause.
        guard reading.isWord(at, "for") else { return false }
        return !(at + 1...at + 3).contains { next in
            reading.isAny(next, .arm) || reading.drugs.contains { Int(reading.marks[$0].first) == next }
        }
    }

    /// A clause ends there: what follows tells of something else than of those who left.
    private static func ends(_ reading: Reading, _ at: Int) -> Bool {
        if reading.isSign(at, Sign.semicolon) { return true }
        if reading.isSign(at, Sign.comma) {
            return reading.isAny(at + 1, .and) && !reading.isNumber(at + 2) || reading.isWord(at + 1, "with")
        }
        for word: StaticString in ["but", "while", "whereas", "although", "though", "however", "despite", "without"]
        where reading.isWord(at, word) {
            return true
        }
        return false
    }

    private static func endsCause(_ reading: Reading, _ at: Int) -> Bool {
        let isSign = [Sign.comma, Sign.semicolon, Sign.open, Sign.close, Sign.period].contains(reading.tokens[at].sign)
        return isSign || reading.isNumber(at) || ends(reading, at) || reading.tokens[at].has(.sentenceStart)
    }

    /// `did not complete the study` is what is counted.
    private static func isOfOutcome(_ reading: Reading, _ at: Int) -> Bool {
        reading.marks.contains { $0.kind == .outcome && Int($0.first) <= at && at <= Int($0.last) }
    }

    /// A reason in plain words; nil where the words tell of none that a trial's flow diagram knows.
    ///
    /// - Parameter isOfEvents: the name is that of an adverse event.
    static func reason(of words: String, isOfEvents: Bool) -> String? {
        let lowered = words.lowercased()
        if ["any", "all", "total", "overall"].contains(lowered) { return nil }
        // `reasons unrelated to adverse events`
        if denials.contains(where: { lowered.contains($0) }) { return nil }
        if let known = reasons.first(where: { $0.signs.contains { lowered.contains($0) } }) { return known.name }
        return isOfEvents ? "adverse event: \(words)" : nil
    }

    private static let denials = [
        "unrelated to", "not related to", "not due to", "not because", "other than", "rather than", "no adverse",
        "without adverse", "no side effect",
    ]

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

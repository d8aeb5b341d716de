/// Numbers of a clause that are no share of the study's people who responded or remitted, though they stand near the word,
/// and whose words say so.
enum OutcomeStrangers {
    /// `Positive predictive values for response were 70%`: figures of a forecast.
    static func isForecast(_ reading: Reading, _ sentence: Reading.Sentence) -> Bool {
        (sentence.first..<sentence.end).contains { at in
            reading.isWord(at, "predictive") && (reading.isWord(at + 1, "value") || reading.isWord(at + 1, "values"))
        }
    }

    /// `with response and remission rates in open-label studies as high as 58% and 37%`: what others found.
    static func isOfOthers(_ quantity: OutcomeQuantity, _ cues: [OutcomeFinder.Cue], _ reading: Reading) -> Bool {
        guard let cue = cues.first, cue.last < quantity.first else { return false }
        return (cue.last + 1..<quantity.first).contains { at in
            guard
                reading.isWord(at, "studies") || reading.isWord(at, "trials") || reading.isWord(at, "literature")
                    || reading.isWord(at, "reports")
            else { return false }
            // `in both trials`, `in these two studies` are one's own.
            let isOwn = (at - 3..<at).contains { near in
                reading.isWord(near, of: ["both", "these", "our", "two", "three", "present"])
            }
            let isTold = (at - 4..<at).contains { near in
                reading.isWord(near, of: ["in", "from", "across"])
            }
            return isTold && !isOwn
        }
    }

    /// `MADRS response (35% vs. 12%), CGI-I (22% vs. 13%)`: numbers in brackets behind a scale, in an item of the list that
    /// has no event, are that scale's.
    static func isOfScale(_ quantity: OutcomeQuantity, _ reading: Reading, _ clause: Range<Int>) -> Bool {
        guard let open = opening(before: quantity.first, reading, clause),
            let scale = reading.marks.first(where: { $0.kind == .scale && Int($0.last) == open - 1 })
        else { return false }
        var at = Int(scale.first) - 1
        while at >= clause.lowerBound, !reading.isSign(at, Sign.comma), !reading.isSign(at, Sign.colon) {
            if reading.isSign(at, Sign.close) { break }
            if reading.isAny(at, [.response, .remission]) { return false }
            // `on the LSAS (40% response ketamine ...) and the VAS`: an event stands beside the number.
            at -= 1
        }
        let close =
            (quantity.last + 1..<clause.upperBound).first { reading.isSign($0, Sign.close) } ?? clause.upperBound
        return !(open..<close).contains { reading.isAny($0, [.response, .remission]) }
    }

    /// `40% improved a lot`, `60% experienced a useful change`: a number behind the event that has a verb of its own, and no
    /// event.
    static func hasOwnVerb(
        _ quantity: OutcomeQuantity, _ cues: [OutcomeFinder.Cue], until next: Int, _ reading: Reading
    ) -> Bool {
        guard cues.contains(where: { $0.last < quantity.first }),
            !cues.contains(where: { $0.first > quantity.last && $0.first < next })
        else { return false }
        let verb = quantity.last + (reading.isAny(quantity.last + 1, .people) ? 2 : 1)
        return reading.isWord(
            verb,
            of: [
                "experienced", "showed", "reported", "improved", "required", "developed", "worsened", "exhibited",
                "demonstrated", "discontinued", "deteriorated", "deteriorating", "declined", "needed",
            ])
    }

    /// The scale that a number alone is told of: `32% for PHQ-9 and 31% for GAD-7`, `the LSAS (33% response ...)`.
    static func scale(
        of quantity: OutcomeQuantity, until next: Int, _ reading: Reading, _ sentence: Reading.Sentence
    ) -> String? {
        let clause = sentence.first..<sentence.end
        if let open = opening(before: quantity.first, reading, clause),
            let mark = reading.marks.first(where: { $0.kind == .scale && Int($0.last) == open - 1 })
        {
            return reading.concept(mark).name
        }
        guard
            reading.marks.contains(where: { $0.kind == .scale && Int($0.first) > quantity.last && Int($0.first) < next }
            )
        else { return nil }
        var at = quantity.last + 1
        while at < min(next, sentence.end), at < quantity.last + 15 {
            if reading.isSign(at, Sign.comma) || reading.isSign(at, Sign.semicolon) || reading.isSign(at, Sign.open) {
                return nil
            }
            if let mark = reading.marks.first(where: { $0.kind == .scale && Int($0.first) == at }) {
                let link = reading.isWord(at - 1, "the") ? at - 2 : at - 1
                let isLinked = reading.isWord(link, of: ["for", "on", "by", "in"])
                return isLinked ? reading.concept(mark).name : nil
            }
            at += 1
        }
        return nil
    }

    /// The bracket that is open before a number, with nothing but numbers of the same kind in it.
    private static func opening(before first: Int, _ reading: Reading, _ clause: Range<Int>) -> Int? {
        var at = first - 1
        while at >= clause.lowerBound, first - at <= 14 {
            if reading.isSign(at, Sign.open) { return at }
            if reading.isSign(at, Sign.close) || reading.isSign(at, Sign.semicolon) { return nil }
            at -= 1
        }
        return nil
    }
}

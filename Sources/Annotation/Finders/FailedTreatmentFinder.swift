/// Counts of treatments that failed: `failed at least two adequate antidepressant trials`.
enum FailedTreatmentFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .title || reading.field == .abstract || reading.field == .body else { return }
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            guard token.kind == .number, !token.has(.decimal), token.value >= 1, token.value <= 20 else { continue }
            // `3) the treatment-resistant nature`, `age 18-60`: the number of a list, or one of another kind.
            if reading.isSign(index + 1, Sign.close) || reading.isWord(index + 1, "third") { continue }
            // `1 failed to respond to the acute treatment`: people are counted.
            if reading.isWord(index + 1, "failed"), reading.isAny(index + 2, .to) { continue }
            guard let (noun, failure) = treatments(reading, after: index) else { continue }
            var first = index
            var start: Int?
            if let failure { start = failure } else { start = failureBefore(reading, index) }
            guard let start else { continue }
            first = min(first, start)
            let (minimum, maximum) = count(reading, index)
            guard minimum >= 1 else { continue }
            let last = max(noun, failure ?? noun)
            items.append(
                Annotation(
                    span: reading.span(first, last),
                    value: .failedTreatments(FailedTreatments(minimum: minimum, maximum: maximum)),
                    context: scene.context(reading, first, last)))
        }
    }

    /// The noun that is counted, within a few words; with the failure word where that stands between or behind.
    private static func treatments(_ reading: Reading, after index: Int) -> (noun: Int, failure: Int?)? {
        let sentence = reading.tokens[index].sentence
        var failure: Int?
        var noun: Int?
        var at = index + 1
        while at <= index + 9, let token = reading.at(at), token.sentence == sentence {
            if token.isAny([.minute, .hour, .day, .week, .month, .year, .milligram, .people]), token.kind == .word {
                return nil
            }
            if token.sign == Sign.semicolon || token.sign == Sign.percent || token.sign == Sign.period { break }
            if token.isAny(.failure), !isAdjective(reading, at) { failure = failure ?? at }
            if token.isAny(.treatment) {
                // `treatment-resistant` is an adjective, not a treatment.
                var next = at + 1
                if reading.isSign(next, Sign.hyphen) { next += 1 }
                if isAdjective(reading, next) { return nil }
                noun = at
            } else if noun != nil, !token.isAny(.failure), token.kind == .word {
                break
            }
            if token.kind == .number, at > index + 1, noun == nil, !reading.isSign(at - 1, Sign.hyphen),
                !reading.isAny(at - 1, .to)
            {
                return nil
            }
            at += 1
        }
        guard let noun else { return nil }
        // `two studies failed to show`: the treatments did not fail the patients.
        if let found = failure, found > noun, reading.isAny(found + 1, .to) { failure = nil }
        return (noun, failure)
    }

    /// The failure word before a count, in the same clause: `nonresponse to >= 2`, `resistant to at least two`.
    private static func failureBefore(_ reading: Reading, _ index: Int) -> Int? {
        let sentence = reading.tokens[index].sentence
        let sentenceStart = reading.sentence(of: index).first
        var back = index - 1
        var words = 0
        while back >= 0, words <= 8, reading.tokens[back].sentence == sentence {
            let token = reading.tokens[back]
            if token.sign == Sign.semicolon || token.sign == Sign.percent { return nil }
            // What stands in brackets between is an aside: `response (less than 50% better) to at least two`.
            if token.sign == Sign.close, back > sentenceStart {
                while back > sentenceStart, !reading.isSign(back, Sign.open) { back -= 1 }
                back -= 1
                continue
            }
            if token.isAny(.failure) {
                // `treatment-resistant depression in two trials`: resistance counts where it is counted or defined.
                if !isAdjective(reading, back) { return back }
                var next = back + 1
                while next <= min(back + 5, index) {
                    if reading.isAny(next, .to) || reading.isWord(next, "as") || reading.isWord(next, "defined") {
                        return back
                    }
                    next += 1
                }
                return nil
            }
            if token.isAny(.response), let denial = denial(reading, back),
                reading.isAny(back + 1, .to) || reading.isAny(back + 2, .to)
            {
                return denial
            }
            if token.kind == .word { words += 1 }
            back -= 1
        }
        return nil
    }

    /// The word that makes a response a failure: `did not respond`, `no response`, `nonresponders`, `non-response`. It
    /// belongs to the finding; read as its context it would deny the failure.
    private static func denial(_ reading: Reading, _ index: Int) -> Int? {
        for at in max(0, index - 3)..<index where reading.isAny(at, .negation) || reading.isWord(at, "non") {
            return at
        }
        return reading.isWord(index - 1, "poor") || reading.isWord(index - 1, "insufficient") ? index - 1 : nil
    }

    private static func isAdjective(_ reading: Reading, _ index: Int) -> Bool {
        reading.isWord(index, "resistant") || reading.isWord(index, "refractory") || reading.isWord(index, "resistance")
    }

    private static func count(_ reading: Reading, _ index: Int) -> (Int, Int?) {
        let value = Int(reading.tokens[index].value)
        // `no more than three` is an upper bound.
        if reading.isWord(index - 1, "than"), reading.isAny(index - 3, .negation) { return (0, value) }
        if reading.isSign(index - 1, Sign.greater)
            || (reading.isWord(index - 1, "than") && reading.isAny(index - 2, .least))
        {
            return (value + 1, nil)
        }
        if reading.isSign(index - 1, Sign.atMost) || reading.isWord(index - 1, "to") && reading.isWord(index - 2, "up")
        {
            return (0, value)
        }
        if reading.isSign(index + 1, Sign.hyphen) || reading.isAny(index + 1, .to), let high = reading.at(index + 2),
            high.kind == .number, high.value > Double(value), high.value <= 20
        {
            return (value, Int(high.value))
        }
        if reading.isSign(index - 1, Sign.hyphen) || reading.isAny(index - 1, .to), let low = reading.at(index - 2),
            low.kind == .number, low.value < Double(value), low.value >= 1
        {
            // The upper end of a range, found with the lower one.
            return (0, nil)
        }
        return (value, nil)
    }
}

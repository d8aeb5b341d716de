/// Effect estimates with their intervals and p: `OR = 2.31 (95% CI 1.10-4.85; p = .03)`, `Cohen's d of 0.68`,
/// `mean difference -3.1 points, 95% CI -5.6 to -0.7`.
///
/// Every number is a finding of its own, so that each has its own words: an estimate, two limits, a p. Numbers that no
/// measure announces (regression weights, correlations) are left alone.
enum EffectFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        var index = 0
        var doses: [OutcomeArm.PrintedDose]?
        while index < reading.tokens.count {
            guard let (measure, end) = measure(reading, index) else {
                index += 1
                continue
            }
            let known = doses ?? OutcomeArm.doses(reading, items)
            doses = known
            let next = estimate(reading, scene, measure, from: index, behind: end, known, &items)
            index = next ?? end + 1
        }
    }

    // MARK: measures

    /// The measure that begins at a token, and its last token.
    private static func measure(_ reading: Reading, _ at: Int) -> (Effect.Measure, last: Int)? {
        let token = reading.tokens[at]
        guard token.kind == .word else { return nil }
        switch token.end - token.start {
        case 1:
            // `d = 0.68`, `g = 0.5`, `d' = 2.17`
            guard reading.isWord(at, "d") || reading.isWord(at, "g"), !token.has(.upper) else { return nil }
            let last = reading.isSign(at + 1, Sign.apostrophe) ? at + 1 : at
            let isNamed =
                reading.isWord(at - 1, "cohen") || reading.isWord(at - 1, "hedges") || isPossessive(reading, at)
            return isNamed || reading.isSign(last + 1, Sign.equals) ? (.SMD, last) : nil
        case 2:
            guard token.has(.upper), isAnnounced(reading, at) else { return nil }
            if reading.isWord(at, "or") { return (.OR, at) }
            if reading.isWord(at, "rr") { return (.RR, at) }
            if reading.isWord(at, "hr") { return (.HR, at) }
            return reading.isWord(at, "md") ? (.MD, at) : nil
        case 3:
            guard token.has(.upper), isAnnounced(reading, at) else { return nil }
            if reading.isWord(at, "smd") { return (.SMD, at) }
            if reading.isWord(at, "aor") { return (.OR, at) }
            return reading.isWord(at, "ahr") ? (.HR, at) : nil
        default: return spelled(reading, at)
        }
    }

    private static func spelled(_ reading: Reading, _ at: Int) -> (Effect.Measure, last: Int)? {
        var found: (Effect.Measure, last: Int)?
        if reading.isWord(at, "ratio") || reading.isWord(at, "ratios") {
            if reading.isWord(at - 1, "odds") { found = (.OR, at) }
            if reading.isWord(at - 1, "risk") || reading.isWord(at - 1, "rate") { found = (.RR, at) }
            if reading.isWord(at - 1, "hazard") || reading.isWord(at - 1, "hazards") { found = (.HR, at) }
        } else if reading.isWord(at, "risk"), reading.isWord(at - 1, "relative") {
            found = (.RR, at)
        } else if reading.isWord(at, "difference") {
            if reading.isWord(at - 1, "risk") { found = (.RD, at) }
            if reading.isAny(at - 1, .mean) || reading.isWord(at - 1, "means") {
                let isStandard = reading.isWord(at - 2, "standardized") || reading.isWord(at - 2, "standardised")
                found = (isStandard ? .SMD : .MD, at)
            }
        } else if reading.isWord(at, "size"), reading.isWord(at - 1, "effect") {
            found = (.SMD, at)
        }
        guard var found else { return nil }
        // `odds ratio [OR], 1.09`
        if reading.isSign(found.last + 1, Sign.open) || reading.isSign(found.last + 1, Sign.openSquare),
            let short = reading.at(found.last + 2), short.kind == .word, short.has(.upper),
            reading.isSign(found.last + 3, Sign.close) || reading.isSign(found.last + 3, Sign.closeSquare)
        {
            found.last += 3
        }
        return found
    }

    private static func isPossessive(_ reading: Reading, _ at: Int) -> Bool {
        // `Cohen's d`, `Hedges' g`
        for back in at - 3..<at where reading.isWord(back, "cohen") || reading.isWord(back, "hedges") { return true }
        return reading.isWord(at - 1, "cohen's") || reading.isWord(at - 1, "hedges'")
    }

    /// A number, or a sign that leads to one, follows an abbreviation.
    private static func isAnnounced(_ reading: Reading, _ at: Int) -> Bool {
        for sign in [Sign.equals, Sign.colon, Sign.comma] where reading.isSign(at + 1, sign) {
            return reading.isNumber(at + 2) || reading.isNumber(at + 3)
        }
        return reading.isNumber(at + 1) && reading.tokens[at + 1].has(.decimal)
    }

    // MARK: numbers

    private static func estimate(
        _ reading: Reading, _ scene: Scene, _ measure: Effect.Measure, from first: Int, behind last: Int,
        _ doses: [OutcomeArm.PrintedDose], _ items: inout [Annotation]
    ) -> Int? {
        let sentence = reading.sentence(of: first)
        guard ![.background, .objective, .methods, .registration, .funding].contains(sentence.zone),
            !sentence.isPrior, !sentence.isFurther
        else { return nil }
        var at = last + 1
        var words = 0
        // `mean difference between ketamine and saline in MADRS was -7.9`
        if reading.isWord(at, of: ["between", "for", "in", "comparing"]) {
            var verb = at
            while verb < min(sentence.end, at + 12), reading.tokens[verb].kind == .word, !reading.isAny(verb, .be) {
                verb += 1
            }
            if reading.isAny(verb, .be) { at = verb }
        }
        while at < sentence.end, words <= 3, !reading.isNumber(at), !isMinus(reading, at) {
            let token = reading.tokens[at]
            if token.kind == .word {
                guard
                    token.isAny([.of, .be, .response, .remission, .relapse])
                        || measure == .MD && !token.isAny([.and, .or, .versus])
                else {
                    return nil
                }
                words += 1
            } else if ![Sign.equals, Sign.colon, Sign.comma, Sign.open].contains(token.sign) {
                return nil
            }
            at += 1
        }
        guard let (value, end) = signed(reading, at), end < sentence.end, !reading.isSign(end + 1, Sign.percent),
            !reading.tokens[end].has(.spelled), isPossible(value, measure), TimeUnit.unit(reading, after: end) == nil
        else { return nil }
        let start = isMinus(reading, at) ? at : end
        // `odds ratio, 95% CI`: the level of an interval, no estimate.
        if reading.isWord(end + 1, "ci") { return nil }
        let outcome = outcome(reading, sentence)
        let hours = hours(reading, items, sentence, of: start)
        let arms = OutcomeArm.contrast(reading, scene, sentence, before: start, doses)
        func emit(_ part: Effect.Part, _ value: Double, _ from: Int, _ to: Int) {
            items.append(
                Annotation(
                    span: reading.span(from, to),
                    value: .effect(
                        Effect(
                            measure: measure, part: part, value: value, outcome: outcome, hours: hours,
                            arm: arms?.own.name, dose: arms?.own.dose, comparator: arms?.other.label)),
                    context: scene.context(reading, from, to)))
        }
        emit(.estimate, value, min(first, start), end)
        var next = end + 1
        if let limits = limits(reading, near: next, sentence), limits.low <= value, value <= limits.high {
            emit(.lower, limits.low, limits.first, limits.last)
            emit(.upper, limits.high, limits.first, limits.last)
            next = limits.last + 1
        }
        if let p = p(reading, near: next, sentence) {
            emit(.p, p.value, p.first, p.last)
            next = p.last + 1
        }
        return next
    }

    private static func isPossible(_ value: Double, _ measure: Effect.Measure) -> Bool {
        switch measure {
        case .OR, .RR, .HR: value > 0 && value < 1000
        case .SMD: abs(value) < 20
        case .MD, .RD: abs(value) < 1000
        }
    }

    private static func isMinus(_ reading: Reading, _ at: Int) -> Bool {
        reading.isSign(at, Sign.hyphen) && reading.isNumber(at + 1) && !reading.tokens[at + 1].has(.spaceBefore)
            && !reading.isNumber(at - 1)
    }

    private static func signed(_ reading: Reading, _ at: Int) -> (value: Double, last: Int)? {
        if isMinus(reading, at) { return (-reading.tokens[at + 1].value, at + 1) }
        return reading.isNumber(at) ? (reading.tokens[at].value, at) : nil
    }

    /// `95% CI 1.10-4.85`, `[95% confidence interval, -1.2 to 5.1]`, a few words on.
    private static func limits(
        _ reading: Reading, near from: Int, _ sentence: Reading.Sentence
    ) -> (low: Double, high: Double, first: Int, last: Int)? {
        var at = from
        while at < min(sentence.end, from + 4), !reading.isSign(at + 1, Sign.percent) { at += 1 }
        guard reading.isNumber(at), reading.isSign(at + 1, Sign.percent) else { return nil }
        let first = at
        at += 2
        if reading.isSign(at, Sign.hyphen) { at += 1 }
        let isInterval =
            reading.isWord(at, "ci") || reading.isWord(at, "cri") || reading.isWord(at, "confidence")
            || reading.isWord(at, "credible") || reading.isWord(at, "c")
        guard isInterval else { return nil }
        at += 1
        while at < min(sentence.end, first + 12), !reading.isNumber(at), !isMinus(reading, at) { at += 1 }
        guard let low = signed(reading, at) else { return nil }
        at = low.last + 1
        let isSeparated =
            reading.isAny(at, [.to, .and]) || reading.isSign(at, Sign.hyphen) || reading.isSign(at, Sign.comma)
            || reading.isSign(at, Sign.semicolon)
        guard isSeparated else { return nil }
        at += 1
        let high: (value: Double, last: Int)
        if reading.isSign(at, Sign.hyphen), reading.isNumber(at + 1) {
            high = (-reading.tokens[at + 1].value, at + 1)
        } else if reading.isNumber(at) {
            high = (reading.tokens[at].value, at)
        } else {
            return nil
        }
        guard low.value <= high.value, high.last < sentence.end else { return nil }
        return (low.value, high.value, first, high.last)
    }

    /// `p = .03`, `P < 0.001`, directly behind.
    private static func p(
        _ reading: Reading, near from: Int, _ sentence: Reading.Sentence
    ) -> (value: Double, first: Int, last: Int)? {
        for at in from..<min(sentence.end, from + 5) {
            if reading.isNumber(at) { return nil }
            guard reading.isWord(at, "p"), let sign = reading.at(at + 1),
                [Sign.equals, Sign.less, Sign.atMost].contains(sign.sign), let number = reading.at(at + 2),
                number.kind == .number, number.value <= 1
            else { continue }
            return (number.value, at, at + 2)
        }
        return nil
    }

    // MARK: what it is of

    private static func outcome(_ reading: Reading, _ sentence: Reading.Sentence) -> String? {
        var kinds = Set<String>()
        var scales = Set<String>()
        for mark in reading.marks where mark.kind == .outcome || mark.kind == .scale {
            guard Int(mark.first) >= sentence.first else { continue }
            guard Int(mark.last) < sentence.end else { break }
            let name = reading.concept(mark).name
            if mark.kind == .scale { scales.insert(name) } else { kinds.insert(name) }
        }
        if kinds.count == 1 { return kinds.first }
        return kinds.isEmpty && scales.count == 1 ? scales.first : nil
    }

    /// Where the clause of an estimate ends: `(d = 0.9); this remained so through day 3`.
    private static func clauseEnd(_ reading: Reading, _ sentence: Reading.Sentence, behind estimate: Int) -> Int {
        var depth = 0
        for at in sentence.first..<sentence.end {
            if reading.isSign(at, Sign.open) || reading.isSign(at, Sign.openSquare) { depth += 1 }
            if reading.isSign(at, Sign.close) || reading.isSign(at, Sign.closeSquare) { depth = max(0, depth - 1) }
            if at > estimate, depth == 0, reading.isSign(at, Sign.semicolon) { return at }
        }
        return sentence.end
    }

    /// The only point in time that the clause names, or what stands before it in the sentence.
    private static func hours(
        _ reading: Reading, _ items: [Annotation], _ sentence: Reading.Sentence, of estimate: Int
    ) -> Double? {
        let start = Int(reading.tokens[sentence.first].start)
        let last = clauseEnd(reading, sentence, behind: estimate)
        let end = Int(reading.tokens[last - 1].end)
        // Of several spans of time none is surely the effect's.
        let spans = (sentence.first..<last).filter { at in
            reading.isAny(at, [.minute, .hour, .day, .week, .month])
                && (reading.isNumber(at - 1) || reading.isNumber(at + 1))
        }
        guard spans.count <= 1 else { return nil }
        var hours = Set<Double>()
        for item in items where item.span.section == reading.section {
            guard case .time(let time) = item.value, item.span.start >= start, item.span.end <= end else { continue }
            hours.insert(time.hours)
        }
        return hours.count == 1 ? hours.first : nil
    }
}

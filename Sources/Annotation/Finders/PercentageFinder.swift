/// Percentages with the counts printed beside them: `eight (29%) patients`, `48% (12/25)`, `12 of 25 (48%)`.
enum PercentageFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for index in reading.tokens.indices {
            guard isPercent(reading, index), let number = reading.at(index - 1), number.kind == .number,
                number.value >= 0, number.value <= 100, !isLevel(reading, index)
            else { continue }
            var finding = Percentage(value: number.value)
            var first = index - 1
            var last = index
            if let counts = countsBehind(reading, index) {
                finding.numerator = counts.numerator
                finding.denominator = counts.denominator
                last = counts.last
            } else if let counts = countsBefore(reading, index - 1) {
                finding.numerator = counts.numerator
                finding.denominator = counts.denominator
                first = counts.first
                if isClosing(reading, index + 1) { last = index + 1 }
                // `152 (80.4%) of 189 patients`
                if finding.denominator == nil, reading.isAny(last + 1, .of) {
                    let at = reading.isWord(last + 2, "the") || reading.isWord(last + 2, "all") ? last + 3 : last + 2
                    if let whole = count(reading, at), whole >= counts.numerator, whole > 1,
                        !reading.isSign(at + 1, Sign.percent)
                    {
                        finding.denominator = whole
                        last = at
                    }
                }
            }
            if finding.denominator == nil, let whole = whole(reading, index) { finding.denominator = whole }
            items.append(
                Annotation(
                    span: reading.span(first, last), value: .percentage(finding),
                    context: scene.context(reading, first, last)))
        }
    }

    private static func isPercent(_ reading: Reading, _ index: Int) -> Bool {
        reading.isSign(index, Sign.percent) || reading.isWord(index, "percent")
    }

    /// `95% CI`, `>= 50% reduction`: a level or a limit, not a share of people.
    private static func isLevel(_ reading: Reading, _ percent: Int) -> Bool {
        let next = reading.isSign(percent + 1, Sign.hyphen) ? percent + 2 : percent + 1
        for word: StaticString in ["ci", "cis", "confidence", "credible", "hdi", "hpd", "cri"]
        where reading.isWord(next, word) || reading.isWord(percent - 2, word) {
            return true
        }
        if reading.isSign(percent - 2, Sign.equals) {
            return reading.isSign(percent - 3, Sign.greater) || reading.isSign(percent - 3, Sign.less)
        }
        return [Sign.atLeast, Sign.atMost, Sign.greater, Sign.less].contains { reading.isSign(percent - 2, $0) }
    }

    private static func isOpening(_ reading: Reading, _ index: Int) -> Bool {
        reading.isSign(index, Sign.open) || reading.isSign(index, Sign.openSquare)
    }

    private static func isClosing(_ reading: Reading, _ index: Int) -> Bool {
        reading.isSign(index, Sign.close) || reading.isSign(index, Sign.closeSquare)
    }

    private static func count(_ reading: Reading, _ index: Int) -> Int? {
        if reading.isWord(index, "none"), reading.isAny(index + 1, .of) { return 0 }
        guard let token = reading.at(index), token.kind == .number, !token.has(.decimal), token.value < 1e6 else {
            return nil
        }
        return Int(token.value)
    }

    private static func isPart(_ reading: Reading, _ index: Int) -> Bool {
        reading.isSign(index, Sign.slash) || reading.isAny(index, .of)
    }

    /// `% (12/25)`, `% (n = 12)`, `% (n = 12/25)`, `% [12 of 25]`, `% (12)`.
    private static func countsBehind(
        _ reading: Reading, _ percent: Int
    ) -> (numerator: Int, denominator: Int?, last: Int)? {
        guard
            isOpening(reading, percent + 1) || reading.isSign(percent + 1, Sign.comma)
                || reading.isSign(percent + 1, Sign.semicolon)
        else { return nil }
        let isOpen = isOpening(reading, percent + 1)
        var at = percent + 2
        var isLettered = false
        if reading.isWord(at, "n"), reading.isSign(at + 1, Sign.equals) {
            at += 2
            isLettered = true
        }
        guard let numerator = count(reading, at) else { return nil }
        if isPart(reading, at + 1), let denominator = count(reading, at + 2), numerator <= denominator {
            let last = isClosing(reading, at + 3) ? at + 3 : at + 2
            return (numerator, denominator, last)
        }
        guard isOpen && isClosing(reading, at + 1) || isLettered else { return nil }
        return (numerator, nil, isClosing(reading, at + 1) ? at + 1 : at)
    }

    /// `12 of 25 (48%`, `12/25 (48%`, `(12/25; 48%`, `12 patients (48%`.
    private static func countsBefore(
        _ reading: Reading, _ number: Int
    ) -> (numerator: Int, denominator: Int?, first: Int)? {
        var at = number - 1
        guard
            isOpening(reading, at) || reading.isSign(at, Sign.comma) || reading.isSign(at, Sign.semicolon)
                || reading.isSign(at, Sign.equals)
        else { return nil }
        let isOpen = isOpening(reading, at)
        at -= 1
        var words = 0
        while let token = reading.at(at), token.kind == .word, words < 4,
            token.sentence == reading.tokens[number].sentence, isOpen
        {
            if token.isAny([.and, .or, .of]) { return nil }
            words += 1
            at -= 1
        }
        guard let last = count(reading, at) else { return nil }
        var back = at - 1
        if reading.isWord(back, "the") || reading.isWord(back, "all") { back -= 1 }
        // `a total of 19 subjects (79%)`
        if reading.isAny(back, .of), reading.isWord(back - 1, "total"), isOpen { return (last, nil, at) }
        if isPart(reading, back) {
            back -= 1
            if reading.isWord(back, "out") { back -= 1 }
            var skipped = 0
            while let token = reading.at(back), token.isAny(.people), skipped < 2 {
                back -= 1
                skipped += 1
            }
            if let numerator = count(reading, back), numerator <= last { return (numerator, last, back) }
            return nil
        }
        // `on day 12 (91% vs 44%)`: the day, no count.
        guard isOpen, !reading.isAny(at - 1, [.day, .week, .month, .hour, .year]) else { return nil }
        return (last, nil, at)
    }

    /// `48% of 25 patients`.
    private static func whole(_ reading: Reading, _ percent: Int) -> Int? {
        var at = percent + 1
        guard reading.isAny(at, .of) else { return nil }
        at += 1
        if reading.isWord(at, "the") || reading.isWord(at, "all") { at += 1 }
        guard let value = count(reading, at), value > 1, reading.isAny(at + 1, .people) else { return nil }
        return value
    }
}

/// Mean scores and changes of a rating scale with their deviation: `MADRS 33.2 (SD 5.1) at baseline`.
enum ScoreFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        for mark in reading.marks where mark.kind == .scale {
            let name = reading.concept(mark).name
            guard !staging.contains(name) else { continue }
            let sentence = reading.sentence(of: Int(mark.last))
            guard sentence.zone != .background, sentence.zone != .objective, !sentence.isPrior else { continue }
            guard var number = value(reading, Int(mark.last) + 1, sentence), let first = deviation(reading, number)
            else { continue }
            var sd = first.0
            var last = first.1
            guard var kind = kind(reading, Int(mark.first), number, last, sentence) else { continue }
            var start = Int(mark.first)
            while true {
                let arm = arm(reading, behind: last)
                let score = Score(
                    kind: kind, mean: signed(reading, number), sd: sd, scale: name, arm: arm,
                    hours: kind == .baseline ? 0 : time(reading, items, sentence))
                items.append(
                    Annotation(
                        span: reading.span(start, last), value: .score(score),
                        context: scene.context(reading, start, last), drug: arm))
                // `-18.4 (SD 12.0) for ketamine and -5.7 (SD 10.2) for placebo`, `from 30.6 ± 6 to 20.3 ± 11`
                guard let next = following(reading, last, sentence), let second = deviation(reading, next) else {
                    break
                }
                if kind == .baseline { kind = .endpoint }
                start = signed(reading, next) < 0 ? next - 1 : next
                number = next
                (sd, last) = second
            }
        }
    }

    private static func kind(
        _ reading: Reading, _ scale: Int, _ number: Int, _ last: Int, _ sentence: Reading.Sentence
    ) -> Score.Kind? {
        // `decreased from 30.6 to 20.3` names both ends, not the change.
        if reading.isWord(number - 1, "from") || reading.isAny(last + 1, .to) { return .baseline }
        var kind: Score.Kind?
        for at in max(sentence.first, scale - 8)..<number {
            if reading.isAny(at, .baseline) { kind = kind ?? .baseline }
            for word: StaticString in ["change", "reduction", "decrease", "improvement", "changes"]
            where reading.isWord(at, word) {
                kind = .change
            }
        }
        for at in last + 1...last + 3 where kind == nil && reading.isAny(at, .baseline) { kind = .baseline }
        return kind
    }

    /// The only point in time that the sentence names.
    private static func time(_ reading: Reading, _ items: [Annotation], _ sentence: Reading.Sentence) -> Double? {
        let start = Int(reading.tokens[sentence.first].start)
        let end = Int(reading.tokens[sentence.end - 1].end)
        var hours: [Double] = []
        for item in items where item.span.section == reading.section && item.span.start >= start && item.span.end <= end
        {
            if case .time(let time) = item.value { hours.append(time.hours) }
        }
        return hours.count == 1 ? hours[0] : nil
    }

    /// The next number of the same row, a few words on, behind `and`, `to` or a comma.
    private static func following(_ reading: Reading, _ last: Int, _ sentence: Reading.Sentence) -> Int? {
        var at = last + 1
        var isJoined = false
        while at < sentence.end, at <= last + 9 {
            let token = reading.tokens[at]
            if token.kind == .number { return isJoined && !token.has(.spelled) ? at : nil }
            if token.isAny([.and, .to, .versus]) { isJoined = true }
            if token.sign == Sign.semicolon || token.isAny([.day, .week, .hour]) { return nil }
            at += 1
        }
        return nil
    }

    /// `for ketamine`, `in the placebo group` directly behind a score.
    private static func arm(_ reading: Reading, behind last: Int) -> String? {
        for index in reading.drugs {
            let mark = reading.marks[index]
            guard Int(mark.first) > last, Int(mark.first) - last <= 4,
                reading.tokens[Int(mark.first)].sentence == reading.tokens[last].sentence
            else { continue }
            for word: StaticString in ["for", "in", "with"] where reading.isWord(last + 1, word) {
                return reading.concept(mark).name
            }
        }
        return nil
    }

    private static let staging: Set<String> = ["ATHF", "MGH-ATRQ", "MSM", "Thase-Rush"]

    /// The first number behind a scale's name, across a few words that announce it.
    private static func value(_ reading: Reading, _ from: Int, _ sentence: Reading.Sentence) -> Int? {
        var at = from
        var words = 0
        while at < sentence.end, words <= 6 {
            let token = reading.tokens[at]
            // `score at day 15 was`, `at 24 h`: a point in time on the way.
            if token.isAny([.day, .hour, .week]), reading.isNumber(at + 1) {
                at += 2
                continue
            }
            if token.kind == .number {
                if token.has(.spelled) { return nil }
                guard let unit = TimeUnit.unit(reading, after: at) else { return at }
                at = unit.last + 1
                continue
            }
            if token.sign == Sign.semicolon { return nil }
            if token.kind == .word { words += 1 }
            at += 1
        }
        return nil
    }

    private static func deviation(_ reading: Reading, _ number: Int) -> (Double, Int)? {
        if reading.isSign(number + 1, Sign.plusMinus), let sd = reading.at(number + 2), sd.kind == .number {
            return (sd.value, number + 2)
        }
        guard reading.isSign(number + 1, Sign.open) || reading.isSign(number + 1, Sign.openSquare),
            reading.isAny(number + 2, .deviation)
        else { return nil }
        var at = number + 3
        if reading.isSign(at, Sign.equals) || reading.isSign(at, Sign.colon) { at += 1 }
        guard let sd = reading.at(at), sd.kind == .number else { return nil }
        let isClosed = reading.isSign(at + 1, Sign.close) || reading.isSign(at + 1, Sign.closeSquare)
        return (sd.value, isClosed ? at + 1 : at)
    }

    private static func signed(_ reading: Reading, _ number: Int) -> Double {
        let value = reading.tokens[number].value
        let isMinus =
            reading.isSign(number - 1, Sign.hyphen) && reading.tokens[number - 1].has(.spaceBefore)
            && !reading.tokens[number].has(.spaceBefore)
        return isMinus ? -value : value
    }
}

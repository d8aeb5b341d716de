/// Points in time after an infusion or the start of treatment: `at 24 h`, `days 1, 3 and 7`, `2 weeks after`.
enum TimeFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        var index = 0
        while index < reading.tokens.count {
            let token = reading.tokens[index]
            if token.kind == .word, token.isAny(.day), isNextDay(reading, index) {
                emit(reading, scene, index - 1, index, 1440, &items)
            }
            if token.kind == .word, token.isAny([.day, .week, .hour, .month]),
                !reading.isNumber(index - 1) || isAfterComma(reading, index),
                let next = labelled(reading, scene, index, &items)
            {
                index = next
                continue
            }
            if token.kind == .number, let unit = TimeUnit.unit(reading, after: index) {
                counted(reading, scene, index, unit, &items)
                index = unit.last + 1
                continue
            }
            index += 1
        }
    }

    /// `the next day`, `the following day`, `the day after the infusion`.
    private static func isNextDay(_ reading: Reading, _ day: Int) -> Bool {
        guard reading.isWord(day, "day"), !reading.isNumber(day + 1) else { return false }
        if reading.isWord(day - 1, "next") || reading.isWord(day - 1, "following") {
            return reading.isWord(day - 2, "the") || reading.isWord(day - 2, "on")
        }
        guard reading.isWord(day - 1, "the"), reading.isWord(day + 1, "after") || reading.isWord(day + 1, "following")
        else { return false }
        return (day + 2...day + 5).contains { reading.isAny($0, .infusion) }
    }

    private static func isAfterComma(_ reading: Reading, _ index: Int) -> Bool { reading.isSign(index - 1, Sign.comma) }

    /// `day 7`, `days 1, 3, and 7`, `week 4`: the unit stands before its numbers.
    private static func labelled(_ reading: Reading, _ scene: Scene, _ unit: Int, _ items: inout [Annotation]) -> Int? {
        guard let minutes = TimeUnit.minutes(of: reading.tokens[unit]) else { return nil }
        // `hour 24` is rare and `h 5` is none.
        if minutes == 60, reading.tokens[unit].end - reading.tokens[unit].start < 4 { return nil }
        if reading.tokens[unit].end - reading.tokens[unit].start == 1 { return nil }
        var at = unit + 1
        if reading.isSign(at, Sign.hyphen), let minus = reading.at(at), minus.has(.spaceBefore) { return nil }
        if reading.isSign(at, Sign.hyphen) { at += 1 }
        guard let number = reading.at(at), number.kind == .number, !number.has(.decimal) else { return nil }
        var end = unit
        while let number = reading.at(at), number.kind == .number, number.value >= 0, number.value <= 400 {
            emit(reading, scene, end == unit ? unit : at, at, number.value * minutes, &items)
            end = at
            var next = at + 1
            while reading.isSign(next, Sign.comma) || reading.isAny(next, [.and, .or]) { next += 1 }
            guard next > at + 1, reading.isNumber(next), !reading.tokens[next].has(.decimal),
                !reading.isSign(next + 1, Sign.percent), TimeUnit.unit(reading, after: next) == nil,
                !reading.isAny(next + 1, .people), !isShare(reading, next)
            else { break }
            at = next
        }
        return end > unit ? end + 1 : nil
    }

    /// `On day 7, 12 of 25`, `On day 7, 12 (48%)`, `by day 7, 12/25`: people, not days.
    private static func isShare(_ reading: Reading, _ number: Int) -> Bool {
        if reading.isAny(number + 1, .of) || reading.isSign(number + 1, Sign.slash) { return true }
        return reading.isSign(number + 1, Sign.open) && reading.isSign(number + 3, Sign.percent)
    }

    /// `at 24 h`, `40, 80 and 230 min after`, `one week later`: the unit stands behind its numbers.
    private static func counted(
        _ reading: Reading, _ scene: Scene, _ number: Int, _ unit: TimeUnit, _ items: inout [Annotation]
    ) {
        var numbers = [number]
        var at = number
        while numbers.count < 12 {
            var back = at - 1
            while reading.isSign(back, Sign.comma) || reading.isAny(back, [.and, .or]) { back -= 1 }
            guard back < at - 1, reading.isNumber(back), reading.tokens[back].sentence == reading.tokens[at].sentence,
                reading.tokens[back].value < reading.tokens[at].value
            else { break }
            numbers.append(back)
            at = back
        }
        guard isPoint(reading, first: at, last: unit.last, isList: numbers.count > 2) else { return }
        for place in numbers.reversed() {
            emit(reading, scene, place, unit.last, reading.tokens[place].value * unit.minutes, &items)
        }
    }

    private static func isPoint(_ reading: Reading, first: Int, last: Int, isList: Bool) -> Bool {
        // `for 4 weeks`, `over 12 days`, `every 2 weeks`, `40-min infusion` are spans.
        if reading.isAny(first - 1, [.over, .per]) || reading.isWord(first - 1, "for")
            || reading.isWord(first - 1, "every")
        {
            return false
        }
        var next = last + 1
        if reading.isSign(next, Sign.hyphen) { next += 1 }
        if reading.isAny(next, [.before, .infusion, .bolus]) && !reading.isWord(next, "postinfusion") { return false }
        if reading.isWord(next, "old") || reading.isAny(next, .of) && reading.isAny(next + 1, .age) { return false }
        if reading.isAny(next, .after), !reading.isWord(next, "at"), !reading.isWord(next, "within") { return true }
        if reading.isWord(first - 1, "at") || reading.isWord(first - 1, "after") { return true }
        // `the 24-h response rate`
        if reading.isAny(next, [.response, .remission]) { return true }
        if reading.isAny(first - 1, .and), reading.isAny(first - 2, .baseline) { return true }
        if reading.isAny(first - 1, .and), reading.isWord(first - 2, "at") { return true }
        guard isList else { return false }
        let sentence = reading.sentence(of: first)
        for at in sentence.first..<sentence.end where reading.isAny(at, .baseline) { return true }
        return false
    }

    private static func emit(
        _ reading: Reading, _ scene: Scene, _ first: Int, _ last: Int, _ minutes: Double, _ items: inout [Annotation]
    ) {
        // 230 min is when raters of the early trials were done with the 4-hour visit.
        let hours = minutes >= 230 && minutes <= 240 ? 4 : (minutes / 60 * 1e6).rounded() / 1e6
        items.append(
            Annotation(
                span: reading.span(first, last), value: .time(TimePoint(hours: hours)),
                context: scene.context(reading, first, last)))
    }
}

/// How long an infusion lasts: `over 40 minutes`, `a 96-h infusion`, `infused for 60-100 min`.
enum DurationFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            guard token.kind == .number, token.value > 0, let unit = TimeUnit.unit(reading, after: index),
                unit.minutes <= 60 || isDaysLong(reading, index, unit)
            else { continue }
            guard let cue = cue(reading, index, unit.last) else { continue }
            var first = index
            var low = token.value
            // `a 30- to 45-minute period`
            let isSplit =
                reading.isAny(index - 1, .to) && reading.isSign(index - 2, Sign.hyphen) && reading.isNumber(index - 3)
            if isSplit, reading.tokens[index - 3].value < token.value {
                low = reading.tokens[index - 3].value
                first = index - 3
            }
            if index >= 2, reading.isNumber(index - 2),
                reading.isSign(index - 1, Sign.hyphen) || reading.isAny(index - 1, .to),
                reading.tokens[index - 2].value < token.value
            {
                low = reading.tokens[index - 2].value
                first = index - 2
            }
            // `over 40 min to one hour`: a range in two units.
            if low == token.value, reading.isAny(index - 1, .to), reading.isAny(index - 2, [.minute, .hour]),
                let other = reading.at(index - 3), other.kind == .number,
                let size = TimeUnit.unit(reading, after: index - 3),
                other.value * size.minutes < token.value * unit.minutes
            {
                low = other.value * size.minutes / unit.minutes
                first = index - 3
            }
            guard low > 0 else { continue }
            let last = max(unit.last, cue.last)
            first = min(first, cue.first)
            let drug = scene.drug(reading, near: first, last, inert: false)
            items.append(
                Annotation(
                    span: reading.span(first, last),
                    value: .duration(InfusionDuration(low: low * unit.minutes, high: token.value * unit.minutes)),
                    context: scene.context(reading, first, last, drug: drug), drug: drug))
        }
    }

    /// `a 4.2-day intravenous infusion`, `a 5-day continuous infusion`: one infusion, and no course of them.
    private static func isDaysLong(_ reading: Reading, _ index: Int, _ unit: TimeUnit) -> Bool {
        guard unit.minutes == 1440, reading.isSign(index + 1, Sign.hyphen), reading.isWord(unit.last, "day"),
            reading.tokens[index].value <= 14
        else { return false }
        let isSaid = (unit.last + 1...unit.last + 3).contains { reading.isWord($0, "continuous") }
        let isPart = reading.tokens[index].has(.decimal)
        return (isSaid || isPart) && (unit.last + 1...unit.last + 5).contains { reading.isWord($0, "infusion") }
    }

    /// The words that make a time span an infusion's.
    private static func cue(_ reading: Reading, _ index: Int, _ last: Int) -> (first: Int, last: Int)? {
        let sentence = reading.tokens[index].sentence
        // `40-min IV ketamine infusion`: a few words, no sign, up to the infusion.
        var at = last + 1
        var words = 0
        while let token = reading.at(at), token.sentence == sentence, words <= 5 {
            if token.kind == .sign, token.sign != Sign.hyphen, token.sign != Sign.period, token.sign != Sign.open,
                token.sign != Sign.close
            {
                break
            }
            // `40 min after the infusion` is a point in time.
            if token.isAny([.after, .before, .to, .over, .and, .or, .per, .between]) || token.kind == .number { break }
            if token.isAny([.infusion, .bolus]) || reading.isWord(at, "injection") {
                return isCountedFromInfusion(reading, index) ? nil : (index, words <= 3 ? at : last)
            }
            if token.kind == .word { words += 1 }
            at += 1
        }
        // `a 40-minute ketamine (0.5 mg/kg) or placebo infusion`
        if reading.isSign(index + 1, Sign.hyphen),
            reading.drugs.contains(where: {
                let mark = reading.marks[$0]
                return Int(mark.first) == last + 1 && DrugRelation.family(reading.concept(mark).name) == "ketamine"
            })
        {
            return (index, last)
        }
        // `infusion of ketamine (3-hour duration)`, `an infusion duration of 40 min`.
        let isNamed =
            reading.isWord(last + 1, "duration")
            || reading.isAny(index - 1, .of) && reading.isWord(index - 2, "duration")
        let isInfused = (max(0, index - 12)..<index).contains { at in
            reading.isAny(at, [.infusion, .bolus]) && reading.tokens[at].sentence == sentence
        }
        if isNamed, isInfused { return (index, last) }
        // `infusions (0.5 mg/kg; 40 min)`, `(0.5 mg/kg, 40-45 min)`: a time of its own, behind the dose in the same brackets.
        let isRange = reading.isSign(index - 1, Sign.hyphen) && reading.isNumber(index - 2)
        let start = isRange ? index - 2 : index
        if reading.isSign(last + 1, Sign.close), reading.isAny(start - 2, .kilogram),
            [Sign.semicolon, Sign.comma, Sign.slash].contains(where: { reading.isSign(start - 1, $0) })
        {
            return (index, last)
        }
        // `0.5 mg/kg/40 min`
        if reading.isSign(start - 1, Sign.slash), reading.isAny(start - 2, .kilogram) { return (index, last) }
        // `over 40 min`, `over a period of 40-60 min`, `infusion lasting 60 min`, `infused for 40 min`.
        var back = index - 1
        words = 0
        while back >= 0, words <= 5, reading.tokens[back].sentence == sentence {
            let token = reading.tokens[back]
            let isFor = reading.isWord(back, "for") || reading.isWord(back, "in") || reading.isWord(back, "within")
            if token.isAny(.over) || isFor {
                return isOfInfusion(reading, back, sentence, strict: isFor) ? (back, last) : nil
            }
            if token.kind == .sign, ![Sign.hyphen, Sign.other, Sign.period].contains(token.sign) { return nil }
            let isFiller =
                token.isAny([.minute, .hour]) && reading.isAny(back + 1, .to)
                || token.kind == .number || token.isAny([.to, .least, .of]) || reading.isWord(back, "a")
                || reading.isWord(back, "the") || reading.isWord(back, "period") || reading.isWord(back, "course")
                || reading.isWord(back, "approximately")
                || reading.isWord(back, "about") || reading.isWord(back, "an") || token.kind == .sign
            guard isFiller else { return nil }
            if token.kind == .word { words += 1 }
            back -= 1
        }
        return nil
    }

    /// The 1 of `h-1`, or the bracket behind it.
    private static func isExponent(_ reading: Reading, _ at: Int) -> Bool {
        let number = reading.isSign(at, Sign.close) ? at - 1 : at
        guard reading.isNumber(number), reading.isSign(number - 1, Sign.hyphen) else { return false }
        let unit = reading.isSign(number - 2, Sign.open) ? number - 3 : number - 2
        return reading.isAny(unit, [.hour, .minute, .kilogram])
    }

    private static func isCountedFromInfusion(_ reading: Reading, _ index: Int) -> Bool {
        reading.isAny(index - 1, [.after]) && !reading.isWord(index - 1, "a")
    }

    /// Whether what comes before `over` is an infusion: a dose, a drug, or a word of giving, a few words back.
    private static func isOfInfusion(_ reading: Reading, _ over: Int, _ sentence: Int32, strict: Bool) -> Bool {
        var back = over - 1
        var words = 0
        while back >= 0, words <= (strict ? 3 : 8), reading.tokens[back].sentence == sentence {
            let token = reading.tokens[back]
            if token.isAny([.infusion, .bolus]) { return true }
            // `infusions were followed within 15 min by ratings`
            if strict, reading.isWord(back, "followed") { return false }
            // `at a constant rate (60 ml/h) over 40 min`
            if !strict, reading.isWord(back, "rate") { return true }
            if !strict, token.isAny([.kilogram, .milligram, .given]) { return true }
            if back == over - 1, token.isAny([.kilogram, .hour, .minute]) || isExponent(reading, back) { return true }
            if !strict, words <= 3, !reading.isWord(over, "during"),
                reading.drugs.contains(where: { Int(reading.marks[$0].last) == back })
            {
                return true
            }
            if reading.isWord(back, "iv") || reading.isWord(back, "intravenously") { return true }
            if token.sign == Sign.semicolon { return false }
            if token.kind == .word { words += 1 }
            back -= 1
        }
        return false
    }
}

/// Units of time behind a number, in minutes.
struct TimeUnit {
    var minutes: Double
    var last: Int

    static let minutesPerMonth = 43_830.0

    static func unit(_ reading: Reading, after number: Int) -> TimeUnit? {
        var at = number + 1
        if reading.isSign(at, Sign.hyphen) { at += 1 }
        guard let token = reading.at(at), token.kind == .word else { return nil }
        return minutes(of: token).map { TimeUnit(minutes: $0, last: at) }
    }

    static func minutes(of token: Token) -> Double? {
        if token.isAny(.minute) { return 1 }
        if token.isAny(.hour) { return 60 }
        if token.isAny(.day) { return 1440 }
        if token.isAny(.week) { return 10_080 }
        if token.isAny(.month) { return minutesPerMonth }
        return nil
    }
}

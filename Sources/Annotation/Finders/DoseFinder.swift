/// Doses: a number, a range or a list before a unit.
///
/// Rates (`mg/kg/h`) and concentrations (`ng/mL`) have units of their own, so that none is taken for a dose.
enum DoseFinder {
    /// A unit as printed, with the factor that takes its number to the canonical unit.
    struct Measure {
        var unit: Dose.Unit
        var factor: Double
        var isTotal = false
        /// The unit's last token.
        var last: Int
    }

    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        var index = 0
        while index < reading.tokens.count {
            let token = reading.tokens[index]
            guard token.kind == .number, !token.has(.spelled), let measure = measure(reading, after: index) else {
                index += 1
                continue
            }
            emit(reading, scene, number: index, measure, &items)
            index = measure.last + 1
        }
    }

    /// The unit that follows a number.
    static func measure(_ reading: Reading, after number: Int) -> Measure? {
        var at = number + 1
        if reading.isSign(at, Sign.hyphen), let unit = reading.at(at + 1), !unit.has(.spaceBefore) { at += 1 }
        guard let word = reading.at(at), word.kind == .word,
            word.isAny([.milligram, .microgram, .gram, .nanogram, .millimole])
        else { return nil }
        let milligrams: Double
        if word.isAny(.milligram) {
            milligrams = 1
        } else if word.isAny(.microgram) {
            milligrams = 1e-3
        } else if word.isAny(.nanogram) {
            milligrams = 1e-6
        } else if word.isAny(.gram) {
            // A lone `g` is a unit only with a space or digits before it, never the letter of a name.
            if word.end - word.start == 1, word.has(.capitalised) { return nil }
            milligrams = 1e3
        } else {
            guard let (part, last) = divisor(reading, at), part == .litre || part == .millilitre else { return nil }
            return word.end - word.start == 4 && part == .litre
                ? Measure(unit: .millimolesPerLitre, factor: 1, last: last) : nil
        }
        // `mg/(kg·h)`
        if reading.isSign(at + 1, Sign.slash), reading.isSign(at + 2, Sign.open), reading.isAny(at + 3, .kilogram),
            reading.at(at + 4)?.kind == .sign, reading.isSign(at + 6, Sign.close)
        {
            if reading.isAny(at + 5, .hour) {
                return Measure(unit: .milligramsPerKilogramHour, factor: milligrams, last: at + 6)
            }
            if reading.isAny(at + 5, .minute) {
                return Measure(unit: .milligramsPerKilogramHour, factor: milligrams * 60, last: at + 6)
            }
        }
        guard let (part, last) = divisor(reading, at) else {
            let daily = reading.isAny(at + 1, .daily) ? at + 1 : at
            if word.isAny(.nanogram) { return nil }
            return Measure(unit: .milligrams, factor: milligrams, isTotal: daily > at, last: daily)
        }
        switch part {
        case .kilogram:
            if let (second, end) = divisor(reading, last) {
                if second == .hour { return Measure(unit: .milligramsPerKilogramHour, factor: milligrams, last: end) }
                if second == .minute {
                    return Measure(unit: .milligramsPerKilogramHour, factor: milligrams * 60, last: end)
                }
                if second == .day || second == .week {
                    return Measure(unit: .milligramsPerKilogram, factor: milligrams, isTotal: true, last: end)
                }
            }
            return Measure(unit: .milligramsPerKilogram, factor: milligrams, last: last)
        case .hour:
            if let (second, end) = divisor(reading, last), second == .kilogram {
                return Measure(unit: .milligramsPerKilogramHour, factor: milligrams, last: end)
            }
            return Measure(unit: .milligramsPerHour, factor: milligrams, last: last)
        case .minute: return Measure(unit: .milligramsPerHour, factor: milligrams * 60, last: last)
        case .millilitre:
            return word.isAny([.nanogram, .microgram])
                ? Measure(unit: .nanogramsPerMillilitre, factor: milligrams * 1e6, last: last)
                : Measure(unit: .milligramsPerMillilitre, factor: milligrams, last: last)
        case .litre:
            let isDecilitre = reading.tokens[last].end - reading.tokens[last].start == 2
            guard !isDecilitre, word.isAny([.microgram, .nanogram]) else { return nil }
            return Measure(unit: .nanogramsPerMillilitre, factor: milligrams * 1e3, last: last)
        case .day: return Measure(unit: .milligrams, factor: milligrams, isTotal: true, last: last)
        case .week: return nil
        }
    }

    private enum Divisor { case kilogram, hour, minute, day, week, millilitre, litre }

    /// What a unit is divided by: `/kg`, `per kg`, `kg-1`, `kg⁻¹`, `·h-1`.
    private static func divisor(_ reading: Reading, _ unit: Int) -> (Divisor, last: Int)? {
        var at = unit + 1
        let isFraction = reading.isSign(at, Sign.slash) || reading.isAny(at, .per)
        if isFraction || reading.isSign(at, Sign.dot) || reading.isSign(at, Sign.period)
            || reading.isSign(at, Sign.times) || reading.isWord(at, "x")
        {
            if reading.isSign(at, Sign.period), reading.at(at + 1)?.has(.spaceBefore) == true { return nil }
            at += 1
        }
        // `0.5 mg/kg per 40 min` names no rate: a number follows.
        guard let word = reading.at(at), word.kind == .word else { return nil }
        let part: Divisor
        if word.isAny(.kilogram) {
            part = .kilogram
        } else if word.isAny(.hour) {
            part = .hour
        } else if word.isAny(.minute) {
            part = .minute
        } else if word.isAny(.day) {
            part = .day
        } else if word.isAny(.week) {
            part = .week
        } else if word.isAny(.millilitre) {
            part = .millilitre
        } else if word.isAny(.litre) {
            part = .litre
        } else {
            return nil
        }
        if isFraction { return (part, at) }
        // An exponent: `-1`, `(-1)`, `^-1`.
        var exponent = at + 1
        var closing = 0
        if reading.isSign(exponent, Sign.open) {
            exponent += 1
            closing = 1
        }
        if reading.isSign(exponent, 0x5E) { exponent += 1 }
        guard reading.isSign(exponent, Sign.hyphen), reading.isNumber(exponent + 1),
            reading.tokens[exponent + 1].value == 1
        else { return nil }
        let last = exponent + 1 + (closing == 1 && reading.isSign(exponent + 2, Sign.close) ? 1 : 0)
        return (part, last)
    }

    // MARK: numbers

    private static func emit(
        _ reading: Reading, _ scene: Scene, number: Int, _ measure: Measure, _ items: inout [Annotation]
    ) {
        var groups: [(first: Int, low: Double, high: Double)] = []
        var first = number
        var (start, low, high) = amount(reading, endingAt: number)
        first = start
        groups.append((first, low, high))
        while groups.count < 12, let before = listMember(reading, before: first, measure, isList: groups.count > 1) {
            (start, low, high) = amount(reading, endingAt: before)
            first = start
            groups.append((first, low, high))
        }
        let isOfOther =
            isOfCode(reading, first) || isOfUnknown(reading, first - 1) || isOfUnknown(reading, measure.last + 1)
        let drug = isOfOther ? nil : scene.drug(reading, near: first, measure.last, inert: false)
        let isTotal = measure.isTotal || isTotalBefore(reading, first)
        for group in groups.reversed() where group.high * measure.factor < 1e6 {
            let context = scene.context(reading, group.first, measure.last, drug: drug)
            let dose = Dose(
                low: rounded(group.low * measure.factor), high: rounded(group.high * measure.factor),
                unit: measure.unit, drug: drug, isTotal: isTotal)
            items.append(
                Annotation(
                    span: reading.span(group.first, measure.last), value: .dose(dose), context: context, drug: drug))
        }
    }

    /// One amount that ends at a number: the number itself, a range, or a mean with its deviation.
    private static func amount(_ reading: Reading, endingAt number: Int) -> (first: Int, low: Double, high: Double) {
        let value = reading.tokens[number].value
        let single = (number, value, value)
        // `0.5- to 1-mg/kg`
        if reading.isAny(number - 1, .to), reading.isSign(number - 2, Sign.hyphen), let split = reading.at(number - 3),
            split.kind == .number, !split.has(.spelled), split.value < value
        {
            return (number - 3, split.value, value)
        }
        guard number >= 2, let sign = reading.at(number - 1), reading.isNumber(number - 2) else {
            // `0.1 mg/kg to 0.5`: the first number carries its own unit and is found by itself.
            return single
        }
        let other = reading.tokens[number - 2]
        guard !other.has(.spelled) else { return single }
        // `0/5 mg`: a decimal point as it is printed in Persian.
        if sign.sign == Sign.slash, other.value == 0, !other.has(.decimal), !sign.has(.spaceBefore),
            !reading.tokens[number].has(.spaceBefore), !reading.tokens[number].has(.decimal)
        {
            var scaled = value
            for _ in reading.tokens[number].start..<reading.tokens[number].end { scaled /= 10 }
            return (number - 2, rounded(scaled), rounded(scaled))
        }
        if sign.sign == Sign.plusMinus { return (number - 2, other.value, other.value) }
        let isRange = sign.sign == Sign.hyphen || sign.isAny(.to)
        let isBetween = sign.isAny(.and) && reading.isAny(number - 3, .between)
        guard isRange || isBetween, other.value < value else { return single }
        return (number - 2, other.value, value)
    }

    /// The number before a list separator, when it shares the unit of what follows.
    private static func listMember(_ reading: Reading, before first: Int, _ measure: Measure, isList: Bool) -> Int? {
        var at = first - 1
        var hasWord = false
        if reading.isAny(at, [.or, .and, .versus]) || reading.isSign(at, Sign.slash) {
            hasWord = true
            at -= 1
            if reading.isSign(at, Sign.comma) { at -= 1 }
        } else if reading.isSign(at, Sign.comma) {
            at -= 1
        } else {
            return nil
        }
        guard let token = reading.at(at), token.kind == .number, !token.has(.spelled),
            token.sentence == reading.tokens[first].sentence
        else { return nil }
        // `n = 10, 0.5 mg/kg`, `on day 1, 0.5 mg/kg`, `p < .05 and 0.5 mg/kg`: another number's list.
        if reading.isAny(at - 1, [.day, .week, .hour]) { return nil }
        if let sign = reading.at(at - 1), sign.kind == .sign,
            [Sign.equals, Sign.less, Sign.greater, Sign.atLeast, Sign.atMost].contains(sign.sign)
        {
            return nil
        }
        let following = reading.tokens[first]
        if token.has(.decimal) { return at }
        // Whole numbers are listed with whole numbers, or with decimals through `or` and `and`.
        // `30, 60, 120 or 180 mg`: what opens a rising list of three and more.
        let isFirst = isList && token.value < following.value
        guard following.has(.decimal) else { return hasWord || isFirst || isListed(reading, at) ? at : nil }
        return hasWord && measure.unit != .milligramsPerKilogram || isListed(reading, at) ? at : nil
    }

    /// Whether a number stands in a list of numbers: another one before it, a comma between.
    private static func isListed(_ reading: Reading, _ at: Int) -> Bool {
        reading.isSign(at - 1, Sign.comma) && reading.isNumber(at - 2)
    }

    /// `AB-123 (0.35 mg)`: the dose of a substance that only its maker's code names.
    private static func isOfCode(_ reading: Reading, _ first: Int) -> Bool {
        guard reading.isSign(first - 1, Sign.open), reading.isNumber(first - 2), reading.isSign(first - 3, Sign.hyphen),
            let code = reading.at(first - 4)
        else { return false }
        return code.kind == .word && code.has(.upper)
    }

    /// `tropisetron 10 mg`, `10 mg tropisetron`: a drug that no vocabulary knows, told by how its name ends.
    private static func isOfUnknown(_ reading: Reading, _ at: Int) -> Bool {
        guard let word = reading.at(at), word.kind == .word, word.word == 0, word.end - word.start >= 7 else {
            return false
        }
        let name = reading.bytes[Int(word.start)..<Int(word.end)]
        return endings.contains { name.suffix($0.count).elementsEqual($0) }
    }

    private static let endings: [[UInt8]] = [
        "setron", "caine", "idine", "azine", "azepine", "idone", "cillin", "mycin", "olol", "pril", "sartan", "statin",
        "oxetine", "azepam", "barbital", "fentanil", "curium", "curonium", "profen", "coxib", "triptan", "stigmine",
        "orphanol", "orphine", "orphone", "azolam", "mazenil", "rolac", "prazole", "methasone", "nisolone", "piride",
        "peridol", "apentin", "balin",
    ].map { Array($0.utf8) }

    /// `a total of 300 mg`, `cumulative dose of 3 mg/kg`.
    private static func isTotalBefore(_ reading: Reading, _ first: Int) -> Bool {
        var at = first - 1
        while at >= max(0, first - 4), reading.tokens[at].sentence == reading.tokens[first].sentence {
            if reading.isAny(at, .total) { return true }
            if reading.tokens[at].kind == .number { return false }
            at -= 1
        }
        return false
    }

    /// Undoes what conversion adds in the last digits: 500 µg is 0.5 mg.
    private static func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
}

/// A mean with its standard deviation as a sentence prints it: `14.2 (SD 8.9)`, `14.2 ± 8.9`, and after `mean (SD)` also
/// `14.2 (8.9)`.
struct ScoreQuantity {
    /// Tokens, both inclusive; the first may be a minus sign.
    var first: Int
    var last: Int
    var mean: Double
    var deviation: Double

    /// Those of a sentence, in their order. Standard errors are no deviations.
    ///
    /// - Parameter hasUnits: whether what is measured has a unit of its own (kg, %), which then may follow.
    static func all(_ reading: Reading, _ sentence: Reading.Sentence, hasUnits: Bool) -> [ScoreQuantity] {
        var found: [ScoreQuantity] = []
        var isAnnounced = false
        var at = sentence.first
        while at < sentence.end {
            if reading.isWord(at, of: ["sd", "sds"]) || isStandardDeviation(reading, at) { isAnnounced = true }
            guard reading.isNumber(at), !reading.tokens[at].has(.spelled),
                let spread = spread(reading, behind: at, isAnnounced: isAnnounced),
                spread.last < sentence.end
            else {
                at += 1
                continue
            }
            if hasUnits || !isOfSomethingElse(reading, behind: spread.last) {
                let isNegative = isNegative(reading, at)
                found.append(
                    ScoreQuantity(
                        first: isNegative ? at - 1 : at, last: spread.last,
                        mean: isNegative ? -reading.tokens[at].value : reading.tokens[at].value,
                        deviation: spread.value))
                isAnnounced = isAnnounced || spread.isLabelled
            }
            at = spread.last + 1
        }
        return found
    }

    /// `-15.3` and `(-15.3`, but `day 7-15.3` has no minus.
    private static func isNegative(_ reading: Reading, _ number: Int) -> Bool {
        guard reading.isSign(number - 1, Sign.hyphen), !reading.tokens[number].has(.spaceBefore) else { return false }
        return reading.tokens[number - 1].has(.spaceBefore) || reading.at(number - 2)?.kind == .sign
    }

    /// Whether the section gives standard errors, so that what stands behind `±` is probably one.
    private static func speaksOfErrors(_ reading: Reading) -> Bool {
        reading.tokens.indices.contains { at in
            reading.isWord(at, "sem")
                || reading.isWord(at, "standard") && reading.isWord(at + 1, of: ["error", "errors"])
                || reading.isWord(at, "se") && reading.tokens[at].has(.upper)
        }
    }

    private typealias Spread = (value: Double, last: Int, isLabelled: Bool)

    private static func spread(
        _ reading: Reading, behind number: Int, isAnnounced: Bool
    ) -> Spread? {
        if let at = plusMinus(reading, number + 1) {
            // `±` alone says no more than the section does.
            guard isAnnounced || !speaksOfErrors(reading), let deviation = reading.at(at), deviation.kind == .number
            else {
                return nil
            }
            return (deviation.value, at, false)
        }
        let isBracketed = reading.isSign(number + 1, Sign.open) || reading.isSign(number + 1, Sign.openSquare)
        var at = number + 2
        if isBracketed, let inside = plusMinus(reading, at) { at = inside }
        let label = reading.isWord(at, of: ["sd", "sds"]) ? 1 : isStandardDeviation(reading, at) ? 2 : 0
        let isLabelled = label > 0 && (isBracketed || reading.isSign(number + 1, Sign.comma))
        if isLabelled {
            at += label
            if reading.isAny(at, .of) { at += 1 }
            if reading.isSign(at, Sign.equals) || reading.isSign(at, Sign.colon) { at += 1 }
            if let inside = plusMinus(reading, at) { at = inside }
        }
        guard isLabelled || isBracketed && isAnnounced, let deviation = reading.at(at), deviation.kind == .number,
            !deviation.has(.spelled)
        else { return nil }
        guard isBracketed else { return (deviation.value, at, isLabelled) }
        let isClosed = reading.isSign(at + 1, Sign.close) || reading.isSign(at + 1, Sign.closeSquare)
        // `14.2 (8.9 to 19.5)` is an interval, `12 (48%)` a share; with a label more may follow in the brackets.
        guard isClosed || isLabelled else { return nil }
        return (deviation.value, isClosed ? at + 1 : at, isLabelled)
    }

    private static func isStandardDeviation(_ reading: Reading, _ at: Int) -> Bool {
        reading.isWord(at, "standard") && reading.isWord(at + 1, "deviation")
    }

    /// Behind `±` or `+/-`.
    private static func plusMinus(_ reading: Reading, _ at: Int) -> Int? {
        if reading.isSign(at, Sign.plusMinus) { return at + 1 }
        let isSpelled =
            reading.isSign(at, Sign.plus) && reading.isSign(at + 1, Sign.slash) && reading.isSign(at + 2, Sign.hyphen)
        return isSpelled ? at + 3 : nil
    }

    private static let units: WordClass = [
        .minute, .hour, .day, .week, .month, .year, .milligram, .microgram, .gram, .nanogram, .kilogram, .millilitre,
        .litre, .millimole, .infusion, .people, .treatment,
    ]

    /// `42.1 ± 11.2 years`, `5.2 ± 1.3 infusions`, `45 ± 20%`, `4.5 ± 0.5 at a 99% confidence interval`.
    private static func isOfSomethingElse(_ reading: Reading, behind last: Int) -> Bool {
        if (last + 1...last + 5).contains(where: { reading.isWord($0, "confidence") }) { return true }
        return reading.isAny(last + 1, units) || reading.isSign(last + 1, Sign.percent)
            || reading.isWord(
                last + 1, of: ["mmhg", "bpm", "beats", "cm", "mm", "ms", "sessions", "episodes", "percent"])
    }
}

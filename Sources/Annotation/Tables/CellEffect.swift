/// An effect estimate as a cell prints it: `-7.9 (-11.2 to -4.6)`, `2.31 [1.10, 4.85]; p = 0.03`, `<0.001`.
struct CellEffect {
    var value: Double
    var limits: (low: Double, high: Double)?
    var p: Double?
    /// Printed as `<0.001`.
    var isLimit = false

    /// nil where the cell is anything else.
    init?(_ reading: Reading) {
        var at = 0
        if reading.isSign(at, Sign.less) || reading.isSign(at, Sign.equals) {
            isLimit = reading.isSign(at, Sign.less)
            at += 1
        }
        guard let first = Self.signed(reading, at) else { return nil }
        value = first.value
        at = first.next
        if Self.opens(reading, at) {
            guard let interval = Self.interval(reading, at + 1) else { return nil }
            guard interval.low <= value, value <= interval.high else { return nil }
            limits = (interval.low, interval.high)
            at = interval.next
        }
        if reading.isSign(at, Sign.semicolon) || reading.isSign(at, Sign.comma) { at += 1 }
        if reading.isWord(at, "p"), let sign = reading.at(at + 1), [Sign.equals, Sign.less].contains(sign.sign),
            let number = reading.at(at + 2), number.kind == .number, number.value <= 1
        {
            p = number.value
            at += 3
        }
        // Stars of significance.
        while let token = reading.at(at) {
            guard token.kind == .sign else { return nil }
            at += 1
        }
    }

    private static func signed(_ reading: Reading, _ at: Int) -> (value: Double, next: Int)? {
        if reading.isSign(at, Sign.hyphen), let number = reading.at(at + 1), number.kind == .number,
            !number.has(.spaceBefore)
        {
            return (-number.value, at + 2)
        }
        guard let number = reading.at(at), number.kind == .number, !number.has(.spelled) else { return nil }
        return (number.value, at + 1)
    }

    private static func opens(_ reading: Reading, _ at: Int) -> Bool {
        reading.isSign(at, Sign.open) || reading.isSign(at, Sign.openSquare)
    }

    /// `95% CI -11.2 to -4.6)`, with or without the level, and what follows the bracket.
    private static func interval(_ reading: Reading, _ from: Int) -> (low: Double, high: Double, next: Int)? {
        var at = from
        if reading.isNumber(at), reading.isSign(at + 1, Sign.percent) {
            at += 2
            if reading.isWord(at, "ci") { at += 1 }
            if reading.isSign(at, Sign.colon) || reading.isSign(at, Sign.comma) { at += 1 }
        }
        guard let low = signed(reading, at) else { return nil }
        at = low.next
        guard
            reading.isAny(at, [.to, .and]) || reading.isSign(at, Sign.hyphen) || reading.isSign(at, Sign.comma)
                || reading.isSign(at, Sign.semicolon)
        else { return nil }
        guard let high = signed(reading, at + 1), low.value <= high.value else { return nil }
        at = high.next
        guard reading.isSign(at, Sign.close) || reading.isSign(at, Sign.closeSquare) else { return nil }
        return (low.value, high.value, at + 1)
    }
}

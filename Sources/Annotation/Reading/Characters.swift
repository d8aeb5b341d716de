/// What bytes are, for the tokenizer: plain tables, no Unicode properties.
extension Tokenizer {
    enum Shape: UInt8 { case space, letter, digit, sign, high }
    enum Meaning { case letter, space, sign(UInt8), superscript(UInt8) }

    static let shapeTable: [Shape] = (0..<256).map { byte in
        switch byte {
        case 0...0x20, 0x7F: .space
        case 0x30...0x39: .digit
        case 0x41...0x5A, 0x61...0x7A: .letter
        case 0x80...: .high
        default: .sign
        }
    }

    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// `,200` of `1,200`: a comma or a thin space, and exactly three digits; their value, and how long all of it is.
    static func thousands(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (value: Double, length: Int)? {
        guard let mark = thousandsMark(bytes, at) else { return nil }
        let first = at + mark
        guard first + 2 < bytes.count, isDigit(bytes[first]), isDigit(bytes[first + 1]), isDigit(bytes[first + 2]),
            first + 3 >= bytes.count || !isDigit(bytes[first + 3])
        else { return nil }
        let hundreds = Double(bytes[first] - 0x30) * 100
        let rest = Double(bytes[first + 1] - 0x30) * 10 + Double(bytes[first + 2] - 0x30)
        return (hundreds + rest, mark + 3)
    }

    /// The length of a comma, a thin space or a narrow space without a break; an ordinary space parts two numbers.
    private static func thousandsMark(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        guard at < bytes.count else { return nil }
        if bytes[at] == Sign.comma { return 1 }
        guard at + 2 < bytes.count, bytes[at] == 0xE2, bytes[at + 1] == 0x80,
            bytes[at + 2] == 0x89 || bytes[at + 2] == 0xAF
        else { return nil }
        return 3
    }

    /// The length of a decimal mark before a digit. A comma is one after `0`, or where a unit follows its digits
    /// (`17,5 %`), for `days 1,3` is a list.
    static func decimalPoint(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, isZero: Bool) -> Int? {
        guard at + 1 < bytes.count else { return nil }
        switch bytes[at] {
        case Sign.period: return isDigit(bytes[at + 1]) ? 1 : nil
        case Sign.comma:
            guard isDigit(bytes[at + 1]) else { return nil }
            var end = at + 1
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
            guard end - at <= 4, end >= bytes.count || bytes[end] != Sign.period else { return nil }
            if isZero { return 1 }
            if end < bytes.count, bytes[end] == 0x20 { end += 1 }
            guard end < bytes.count else { return nil }
            let isUnit =
                bytes[end] == Sign.percent || (end + 1 < bytes.count && bytes[end] == 0x6D && bytes[end + 1] == 0x67)
            return isUnit ? 1 : nil
        case 0xC2 where bytes[at + 1] == 0xB7:
            return at + 2 < bytes.count && isDigit(bytes[at + 2]) ? 2 : nil
        case 0xE2 where at + 3 < bytes.count && isDigit(bytes[at + 3]):
            // U+22C5 dot operator, U+2219 bullet operator, U+2024 one dot leader
            let isDot =
                (bytes[at + 1] == 0x8B && bytes[at + 2] == 0x85) || (bytes[at + 1] == 0x88 && bytes[at + 2] == 0x99)
                || (bytes[at + 1] == 0x80 && bytes[at + 2] == 0xA4)
            return isDot ? 3 : nil
        default: return nil
        }
    }

    /// `&gt;` and `&lt;`, which exports leave in texts.
    static func entity(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt8, Int)? {
        guard at + 3 < bytes.count, bytes[at + 2] == 0x74, bytes[at + 3] == Sign.semicolon else { return nil }
        if bytes[at + 1] == 0x67 { return (Sign.greater, 4) }
        if bytes[at + 1] == 0x6C { return (Sign.less, 4) }
        return nil
    }

    /// The meaning of a character outside ASCII and its length in bytes (never beyond the text).
    static func meaning(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Meaning, Int) {
        let lead = bytes[at]
        let wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
        let length = min(wanted, bytes.count - at)
        guard length == wanted, length > 1 else { return (.letter, length) }
        let second = bytes[at + 1]
        if length == 2 {
            guard lead == 0xC2 else { return (lead == 0xC3 && second == 0x97 ? .sign(Sign.times) : .letter, 2) }
            switch second {
            case 0xA0: return (.space, 2)
            case 0xAD: return (.letter, 2)
            case 0xB1: return (.sign(Sign.plusMinus), 2)
            case 0xB2: return (.superscript(2), 2)
            case 0xB3: return (.superscript(3), 2)
            case 0xB9: return (.superscript(1), 2)
            case 0xB5, 0xAA, 0xBA: return (.letter, 2)
            case 0xB7: return (.sign(Sign.dot), 2)
            default: return (.sign(Sign.other), 2)
            }
        }
        guard length == 3 else { return (.letter, length) }
        let third = bytes[at + 2]
        switch (lead, second) {
        case (0xE2, 0x80):
            switch third {
            case 0x80...0x8D, 0xA8, 0xA9, 0xAF: return (.space, 3)
            case 0x90...0x95: return (.sign(Sign.hyphen), 3)
            case 0x98, 0x99: return (.sign(Sign.apostrophe), 3)
            default: return (.sign(Sign.other), 3)
            }
        case (0xE2, 0x81):
            switch third {
            case 0x9F: return (.space, 3)
            case 0xBB: return (.sign(Sign.hyphen), 3)
            case 0xB0, 0xB4...0xB9: return (.superscript(third - 0xB0), 3)
            default: return (.sign(Sign.other), 3)
            }
        case (0xE2, 0x88):
            if third == 0x92 { return (.sign(Sign.hyphen), 3) }
            return (.sign(third == 0x95 ? Sign.slash : Sign.dot), 3)
        case (0xE2, 0x89):
            switch third {
            case 0xA5, 0xA7: return (.sign(Sign.atLeast), 3)
            case 0xA4, 0xA6: return (.sign(Sign.atMost), 3)
            default: return (.sign(Sign.other), 3)
            }
        case (0xE2, 0x8B): return (.sign(third == 0x85 ? Sign.dot : Sign.other), 3)
        case (0xE2, 0xA9):
            return (.sign(third == 0xBE ? Sign.atLeast : third == 0xBD ? Sign.atMost : Sign.other), 3)
        case (0xE2, 0x82...0xAF): return (.sign(Sign.other), 3)
        case (0xE3, 0x80): return (third == 0x80 ? .space : .letter, 3)
        case (0xEF, 0xBB): return (third == 0xBF ? .space : .letter, 3)
        case (0xEF, 0xB9): return (third == 0xA3 ? .sign(Sign.hyphen) : .letter, 3)
        case (0xEF, 0xBC): return (third == 0x8D ? .sign(Sign.hyphen) : .letter, 3)
        default: return (.letter, 3)
        }
    }
}

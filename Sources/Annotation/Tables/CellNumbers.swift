/// The numbers of a table cell, read by the cell's own form: `26.1 (4.2)`, `6/13 (46%)`, `-10.4 ± 3.3`, `1,234`.
package struct CellNumbers: Equatable {
    package enum Form: Equatable {
        case one
        /// A second number in brackets, or behind a plus-minus.
        case bracketed, plusMinus
        /// `6/13`, with or without a percentage.
        case share
    }

    package var form: Form
    package var first: Double
    /// Printed with a decimal part.
    package var isDecimal: Bool
    package var firstIsPercent = false
    package var second: Double?
    package var secondIsPercent = false
    package var total: Double?

    /// nil where the cell is anything else: words, intervals, several numbers.
    ///
    /// - Parameter marks: byte ranges that refer to footnotes; what stands there is no number.
    package init?(_ text: String, marks: [Range<Int>] = []) {
        var bytes = Array(text.utf8)
        for mark in marks {
            for place in mark where place < bytes.count { bytes[place] = 0x20 }
        }
        var scanner = Scanner(bytes: bytes)
        guard let numbers = scanner.read() else { return nil }
        self = numbers
    }

    private init(form: Form, first: Double, isDecimal: Bool) {
        self.form = form
        self.first = first
        self.isDecimal = isDecimal
    }

    private struct Scanner {
        let bytes: [UInt8]
        var at = 0

        mutating func read() -> CellNumbers? {
            guard let first = number() else { return nil }
            var found = CellNumbers(form: .one, first: first.value, isDecimal: first.isDecimal)
            found.firstIsPercent = take(0x25)
            if take(0x2F) {
                guard !first.isDecimal, let total = number(), !total.isDecimal else { return nil }
                found.form = .share
                found.total = total.value
            } else if takePlusMinus() {
                guard let second = number() else { return nil }
                found.form = .plusMinus
                found.second = second.value
            }
            if found.form != .plusMinus, let close = opening() {
                // `46% (6/13)`
                guard let second = number() else { return nil }
                if found.firstIsPercent, take(0x2F) {
                    guard let total = number(), !total.isDecimal, !second.isDecimal else { return nil }
                    found = CellNumbers(form: .share, first: second.value, isDecimal: false)
                    found.total = total.value
                    found.second = first.value
                    found.secondIsPercent = true
                } else {
                    if found.form == .one { found.form = .bracketed }
                    found.second = second.value
                    found.secondIsPercent = take(0x25)
                }
                guard take(close) else { return nil }
            }
            // Stars and daggers of significance.
            while take(0x2A) || takeDagger() {}
            skipBlanks()
            return at == bytes.count ? found : nil
        }

        private mutating func skipBlanks() {
            while at < bytes.count, bytes[at] == 0x20 { at += 1 }
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            skipBlanks()
            guard at < bytes.count, bytes[at] == byte else { return false }
            at += 1
            return true
        }

        private mutating func take(_ wanted: [UInt8]) -> Bool {
            skipBlanks()
            guard bytes[min(at, bytes.count)...].starts(with: wanted) else { return false }
            at += wanted.count
            return true
        }

        private mutating func takePlusMinus() -> Bool { take([0xC2, 0xB1]) || take([0x2B, 0x2F, 0x2D]) }

        private mutating func takeDagger() -> Bool { take([0xE2, 0x80, 0xA0]) || take([0xE2, 0x80, 0xA1]) }

        /// The byte that closes what opens here.
        private mutating func opening() -> UInt8? {
            if take(0x28) { return 0x29 }
            return take(0x5B) ? 0x5D : nil
        }

        /// `12`, `12.5`, `.5`, `12·5`, `1,234`, `98 942`, a minus of any kind before it.
        private mutating func number() -> (value: Double, isDecimal: Bool)? {
            skipBlanks()
            let isNegative = take(0x2D) || take([0xE2, 0x88, 0x92]) || take([0xE2, 0x80, 0x93])
            var digits = 0.0
            var count = 0
            while let digit = digit() {
                digits = digits * 10 + digit
                count += 1
                guard count <= 9 else { return nil }
                // Three digits behind a comma or blank go on with the number.
                if count <= 6, at + 3 < bytes.count, bytes[at] == 0x2C || bytes[at] == 0x20,
                    (at + 1...at + 3).allSatisfy({ isDigit($0) }), !isDigit(at + 4), count <= 3 || count % 3 == 0
                {
                    at += 1
                }
            }
            var isDecimal = false
            let dot = at < bytes.count && (bytes[at] == 0x2E || bytes[at] == 0x2C) ? 1 : isMiddleDot() ? 2 : 0
            if dot > 0, isDigit(at + dot) {
                at += dot
                isDecimal = true
                var scale = 0.1
                while let digit = digit() {
                    digits += digit * scale
                    scale /= 10
                    count += 1
                    guard count <= 15 else { return nil }
                }
            }
            guard count > 0 else { return nil }
            // The nearest double of what is printed, not of a sum of tenths.
            let rounded = (digits * 1e9).rounded() / 1e9
            return (isNegative ? -rounded : rounded, isDecimal)
        }

        private func isMiddleDot() -> Bool { at + 1 < bytes.count && bytes[at] == 0xC2 && bytes[at + 1] == 0xB7 }

        private func isDigit(_ place: Int) -> Bool {
            place < bytes.count && bytes[place] >= 0x30 && bytes[place] <= 0x39
        }

        private mutating func digit() -> Double? {
            guard isDigit(at) else { return nil }
            defer { at += 1 }
            return Double(bytes[at] - 0x30)
        }
    }
}

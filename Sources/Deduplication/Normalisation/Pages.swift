/// Where a document stands in its volume, out of the many ways in which sources print it.
struct Pages: Hashable {
    enum Form: UInt8 {
        /// Nothing usable: no pages, a number of pages (`215 p`), words.
        case unknown
        /// A first page, with or without a last one.
        case printed
        /// An article number: `e12724`, `c1804`, `CD007039`.
        case electronic
        /// Only the end of an abbreviated range: `Suppl-29`, `t-8`.
        case tail
    }

    enum Agreement: UInt8 {
        case unknown
        /// Same first and same last page, or the same article number.
        case exact
        /// Same first page.
        case start
        /// One is part of the other, touches it, or has its last page.
        case consistent
        /// One is a page, the other an article number.
        case mixed
        case differ
    }

    var form = Form.unknown
    var prefix: UInt8 = 0
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// In a supplement, as conference abstracts are: `S45`, `102A`, `Suppl-29`.
    var isSupplement = false
    /// A number of pages, as books and theses have: `215 p`.
    var isLength = false

    init() {}

    init(_ text: String?) {
        guard let text else { return }
        var scanner = Scanner(bytes: Array(text.lowercased().utf8.prefix(64)))
        scanner.skipPageWords()
        let letters = scanner.letters()
        if letters == Array("suppl".utf8) { isSupplement = true }
        guard let first = scanner.number() else {
            // `t-8`: what is left of an abbreviated range.
            if letters.count <= 1 || isSupplement, scanner.dash() {
                _ = scanner.letters()
                if let last = scanner.number(), scanner.isAtEnd {
                    form = .tail
                    end = last.value
                }
            }
            return
        }
        guard letters.count <= 2 || isSupplement else { return }
        let suffix = scanner.letters()
        // `215 p`, `94 pages`: a length.
        if scanner.spaceThenLetter(0x70) || suffix == [0x70] || suffix == Array("pp".utf8) {
            isLength = true
            return
        }
        if isSupplement, scanner.isAtEnd, letters.count > 2 {
            form = .tail
            end = first.value
            return
        }
        start = first.value
        prefix = letters.first ?? 0
        if prefix == 0x73 || suffix == [0x61] || suffix == [0x73] { isSupplement = true }
        form = .printed
        if scanner.dash() {
            _ = scanner.letters()
            if let last = scanner.number() { end = Self.completed(last, from: first) }
        } else if prefix != 0, prefix != 0x73, first.digits >= 3 {
            form = .electronic
        }
    }

    /// `1166-74` ends on 1174.
    private static func completed(_ last: Scanner.Number, from first: Scanner.Number) -> UInt32 {
        guard last.value < first.value, last.digits < first.digits else { return last.value }
        var scale: UInt32 = 1
        for _ in 0..<last.digits { scale *= 10 }
        return first.value / scale * scale + last.value
    }

    static func compare(_ a: Pages, _ b: Pages) -> Agreement {
        if a.form == .unknown || b.form == .unknown { return .unknown }
        if a.form == .tail || b.form == .tail {
            if a.form == b.form { return a.end == b.end ? .consistent : .differ }
            let (tail, whole) = a.form == .tail ? (a, b) : (b, a)
            guard whole.form == .printed else { return .unknown }
            var scale: UInt32 = 10
            while scale <= tail.end, scale < 100_000_000 { scale *= 10 }
            return (whole.end == 0 ? whole.start : whole.end) % scale == tail.end ? .consistent : .unknown
        }
        if a.start == b.start, prefixesAgree(a, b) {
            return a.end == b.end || (a.form == .electronic && b.form == .electronic) ? .exact : .start
        }
        if (a.form == .electronic) != (b.form == .electronic) { return .mixed }
        // Online journals that count the pages of each article: `1-6` beside an article number.
        if (a.start == 1 && a.end > 1 && b.end == 0) || (b.start == 1 && b.end > 1 && a.end == 0) { return .mixed }
        if prefixesAgree(a, b), a.form == .printed, a.start <= max(b.start, b.end), b.start <= max(a.start, a.end) {
            return .consistent
        }
        return .differ
    }

    private static func prefixesAgree(_ a: Pages, _ b: Pages) -> Bool {
        a.prefix == b.prefix || a.prefix == 0 || b.prefix == 0
    }

    private struct Scanner {
        struct Number {
            var value: UInt32
            var digits: Int
        }

        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { index >= bytes.count }

        mutating func skipPageWords() {
            let words = ["article number", "article no.", "article", "art. no.", "art. no", "art no", "art."]
            for word in ["pages", "page", "pp.", "pp", "p."] + words where bytes.starts(with: word.utf8) {
                index = word.utf8.count
                break
            }
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        }

        mutating func letters() -> [UInt8] {
            let start = index
            while index < bytes.count, bytes[index] >= 0x61, bytes[index] <= 0x7A { index += 1 }
            let found = Array(bytes[start..<index])
            if found.count > 2 {
                while index < bytes.count, bytes[index] == 0x2E || bytes[index] == 0x20 { index += 1 }
            }
            return found
        }

        mutating func number() -> Number? {
            let start = index
            var value: UInt32 = 0
            var digits = 0
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                if digits < 9 { value = value * 10 + UInt32(bytes[index] - 0x30) }
                digits += 1
                index += 1
            }
            return index > start ? Number(value: value, digits: min(digits, 9)) : nil
        }

        /// Any hyphen or dash, in ASCII or above.
        mutating func dash() -> Bool {
            var cursor = index
            while cursor < bytes.count, bytes[cursor] == 0x20 { cursor += 1 }
            guard cursor < bytes.count, bytes[cursor] == 0x2D || bytes[cursor] >= 0x80 else { return false }
            while cursor < bytes.count, bytes[cursor] == 0x2D || bytes[cursor] >= 0x80 || bytes[cursor] == 0x20 {
                cursor += 1
            }
            index = cursor
            return true
        }

        func spaceThenLetter(_ letter: UInt8) -> Bool {
            index + 1 < bytes.count && bytes[index] == 0x20 && bytes[index + 1] == letter
        }
    }
}

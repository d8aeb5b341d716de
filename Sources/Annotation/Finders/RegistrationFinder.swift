/// Trial registration numbers by their registries' own forms.
enum RegistrationFinder {
    private struct Form {
        let prefix: StaticString
        let registry: String
        /// How many letters and digits follow the prefix in the same word.
        let digits: ClosedRange<Int>
    }

    private static let forms: [Form] = [
        Form(prefix: "nct", registry: "ClinicalTrials.gov", digits: 8...8),
        Form(prefix: "isrctn", registry: "ISRCTN", digits: 8...8),
        Form(prefix: "umin", registry: "UMIN", digits: 9...9), Form(prefix: "jrcts", registry: "jRCT", digits: 8...11),
        Form(prefix: "jrct", registry: "jRCT", digits: 8...11),
        Form(prefix: "drks", registry: "DRKS", digits: 8...8),
        Form(prefix: "actrn", registry: "ANZCTR", digits: 14...14),
        Form(prefix: "chictr", registry: "ChiCTR", digits: 8...14), Form(prefix: "ntr", registry: "NTR", digits: 3...5),
        Form(prefix: "irct", registry: "IRCT", digits: 12...20), Form(prefix: "kct", registry: "CRIS", digits: 7...7),
        Form(prefix: "tctr", registry: "TCTR", digits: 11...11),
        Form(prefix: "pactr", registry: "PACTR", digits: 15...16),
        Form(prefix: "rpcec", registry: "RPCEC", digits: 8...8),
    ]

    static func find(in reading: Reading, into items: inout [Annotation]) {
        var index = 0
        while index < reading.tokens.count {
            defer { index += 1 }
            let token = reading.tokens[index]
            guard token.kind == .word, token.word <= 0, token.end - token.start >= 3, token.end - token.start <= 30,
                isPlausible(reading, token)
            else { continue }
            if let (registry, last) = numbered(reading, index) ?? european(reading, index) ?? brazilian(reading, index)
            {
                let span = reading.span(index, last)
                let text = String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self)
                items.append(
                    Annotation(
                        span: span, value: .registration(registry: registry, number: text.filter { $0 != " " }),
                        context: []))
                index = last
            }
        }
    }

    /// Capitals throughout, or one of the registries that write otherwise: `ChiCTR`, `jRCT`.
    private static func isPlausible(_ reading: Reading, _ token: Token) -> Bool {
        if token.has(.upper) { return true }
        let first = reading.bytes[Int(token.start)]
        return first == 0x43 || first == 0x63 || first == 0x6A
    }

    private static func numbered(_ reading: Reading, _ index: Int) -> (String, Int)? {
        let token = reading.tokens[index]
        let length = Int(token.end - token.start)
        for form in forms where hasPrefix(reading, Int(token.start), length, form.prefix) {
            let prefix = form.prefix.utf8CodeUnitCount
            if length > prefix {
                // `ChiCTR-IOR-17012345`, `ChiCTR2000012345`
                let isWhole = (prefix..<length).allSatisfy { Tokenizer.isDigit(reading.bytes[Int(token.start) + $0]) }
                if isWhole, form.digits.contains(length - prefix) { return (form.registry, index) }
                continue
            }
            var at = index + 1
            while at < index + 6, let next = reading.at(at) {
                if next.kind == .number, !next.has(.decimal), !next.has(.spelled) {
                    guard form.digits.contains(Int(next.end - next.start)) else { return nil }
                    return (form.registry, at)
                }
                let isLink =
                    next.sign == Sign.hyphen || next.kind == .word && next.has(.upper) && !next.has(.spaceBefore)
                    || next.sign == Sign.colon
                guard isLink else { return nil }
                at += 1
            }
        }
        return nil
    }

    /// `EudraCT 2014-001234-56`, `EUCTR2014-001234-56`, `CTRI/2017/05/008600`.
    private static func european(_ reading: Reading, _ index: Int) -> (String, Int)? {
        if reading.isWord(index, "ctri"), reading.isSign(index + 1, Sign.slash) {
            let ends =
                reading.isNumber(index + 2) && reading.isSign(index + 3, Sign.slash) && reading.isNumber(index + 4)
                && reading.isSign(index + 5, Sign.slash) && reading.isNumber(index + 6)
            return ends ? ("CTRI", index + 6) : nil
        }
        let token = reading.tokens[index]
        if hasPrefix(reading, Int(token.start), Int(token.end - token.start), "euctr"), token.end - token.start == 9 {
            guard reading.isSign(index + 1, Sign.hyphen), reading.isNumber(index + 2),
                reading.isSign(index + 3, Sign.hyphen), reading.isNumber(index + 4)
            else { return nil }
            return ("EU-CTR", index + 4)
        }
        return nil
    }

    /// `RBR-1072m6nv`, `RBR-7kh6q5`: digits and small letters.
    private static func brazilian(_ reading: Reading, _ index: Int) -> (String, Int)? {
        guard reading.isWord(index, "rbr"), reading.isSign(index + 1, Sign.hyphen) else { return nil }
        var last = index + 1
        var length = 0
        while let token = reading.at(last + 1), token.kind != .sign, !token.has(.spaceBefore), !token.has(.decimal) {
            length += Int(token.end - token.start)
            last += 1
        }
        return (6...8).contains(length) ? ("ReBec", last) : nil
    }

    private static func hasPrefix(_ reading: Reading, _ start: Int, _ length: Int, _ prefix: StaticString) -> Bool {
        guard length >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { letters in
            for offset in 0..<letters.count where reading.bytes[start + offset] | 0x20 != letters[offset] {
                return false
            }
            return true
        }
    }
}

/// A bare EudraCT number: four, six and two digits joined by hyphens.
enum EudraCTFinder {
    static func find(in reading: Reading, into items: inout [Annotation]) {
        for index in reading.tokens.indices where reading.tokens[index].kind == .number {
            guard isDigits(reading, index, 4), reading.isSign(index + 1, Sign.hyphen), isDigits(reading, index + 2, 6),
                reading.isSign(index + 3, Sign.hyphen), isDigits(reading, index + 4, 2),
                reading.tokens[index].value >= 2004, reading.tokens[index].value < 2100
            else { continue }
            let span = reading.span(index, index + 4)
            let number = String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self)
            items.append(Annotation(span: span, value: .registration(registry: "EudraCT", number: number)))
        }
    }

    private static func isDigits(_ reading: Reading, _ index: Int, _ count: Int) -> Bool {
        guard let token = reading.at(index), token.kind == .number, !token.has(.spelled), !token.has(.decimal) else {
            return false
        }
        return Int(token.end - token.start) == count
    }
}

/// Findings that are a phrase of a vocabulary and no more: headings, drugs, scales.
enum HeadingFinder {
    static func find(in reading: Reading, into items: inout [Annotation]) {
        for heading in reading.headings {
            items.append(
                Annotation(
                    span: reading.span(heading.first, heading.last), value: .heading(heading.zone.name)))
        }
    }
}

enum DrugFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for index in reading.drugs {
            let mark = reading.marks[index]
            let name = reading.concept(mark).name
            let context = scene.context(reading, Int(mark.first), Int(mark.last), drug: name)
            items.append(
                Annotation(
                    span: reading.span(Int(mark.first), Int(mark.last)), value: .drug(name: name), context: context,
                    drug: name))
        }
    }
}

enum ScaleFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for mark in reading.marks {
            guard mark.kind == .scale else { continue }
            let (name, last) = version(reading, reading.concept(mark).name, Int(mark.first), Int(mark.last))
            // Short names are names only in capitals: `caps`, `ids`, `SDs`.
            let token = reading.tokens[Int(mark.first)]
            if mark.first == mark.last,
                isPlural(reading, token) || name == "SDS" && isDetergent(reading, Int(mark.first))
            {
                continue
            }
            if mark.first == mark.last, token.end - token.start <= 5, token.kind == .word, !token.has(.upper),
                !hasDigitOrInnerCapital(reading, token)
            {
                continue
            }
            items.append(
                Annotation(
                    span: reading.span(Int(mark.first), last), value: .scale(Scale(name: name)),
                    context: scene.context(reading, Int(mark.first), last)))
        }
        if reading.field == .abstract || reading.field == .body { findUnknown(in: reading, scene, into: &items) }
    }

    /// `Brief Edinburgh Depression Scale (BEDS)`: a scale that no vocabulary knows, under the short name that the text
    /// gives it. Its letters must be those of the words before.
    private static func findUnknown(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        var at = 0
        while at + 3 < reading.tokens.count {
            defer { at += 1 }
            guard reading.isSign(at + 1, Sign.open), isInstrument(reading, at), let short = reading.at(at + 2),
                short.kind == .word, short.has(.capitalised), short.end - short.start >= 3, short.end - short.start <= 8
            else { continue }
            var last = at + 2
            while reading.isSign(last + 1, Sign.hyphen), let next = reading.at(last + 2), !next.has(.spaceBefore) {
                last += 2
            }
            guard reading.isSign(last + 1, Sign.close), isKnownAs(short, reading, at) else { continue }
            let isKnown = reading.marks.contains { mark in
                mark.kind == .scale && Int(mark.last) >= at - 1 && Int(mark.first) <= last
            }
            guard !isKnown else { continue }
            let span = reading.span(at + 2, last)
            let name = String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self)
            items.append(
                Annotation(
                    span: span, value: .scale(Scale(name: name, isKnown: false)),
                    context: scene.context(reading, at + 2, last)))
        }
    }

    private static func isInstrument(_ reading: Reading, _ at: Int) -> Bool {
        ["scale", "inventory", "questionnaire", "checklist"].contains { (word: StaticString) in reading.isWord(at, word)
        }
            && reading.tokens[at].has(.capitalised)
    }

    /// At least two capitals, the first of them the initial of a word before that begins with a capital.
    private static func isKnownAs(_ short: Token, _ reading: Reading, _ at: Int) -> Bool {
        let letters = reading.bytes[Int(short.start)..<Int(short.end)]
        guard letters.count(where: { $0 >= 0x41 && $0 <= 0x5A }) >= 2, let first = letters.first else { return false }
        return (max(0, at - 8)..<at).contains { back in
            let word = reading.tokens[back]
            return word.kind == .word && word.sentence == short.sentence && reading.bytes[Int(word.start)] == first
        }
    }

    /// The Hamilton scale with its version, wherever that is printed: `HAM-D (17 items)`, `HDRS-22`,
    /// `22-item version of the HDRS`, `Hamilton Depression Rating Scale (HDRS-22)`.
    private static func version(_ reading: Reading, _ name: String, _ first: Int, _ last: Int) -> (String, Int) {
        guard name == "HDRS" else { return (name, last) }
        if let items = versionBefore(reading, first) { return ("HDRS-\(items)", last) }
        if let items = clinging(reading, last) { return ("HDRS-\(items)", last + 2) }
        var at = last + 1
        while at <= last + 6, let token = reading.at(at), token.sentence == reading.tokens[last].sentence {
            if token.kind == .number, let items = versionNumber(token) {
                if reading.isSign(at - 1, Sign.hyphen), !token.has(.spaceBefore),
                    reading.at(at - 2)?.has(.upper) == true
                {
                    return ("HDRS-\(items)", last)
                }
                var item = at + 1
                if reading.isSign(item, Sign.hyphen) { item += 1 }
                guard let word = reading.at(item), word.kind == .word, reading.isItem(word) else { return (name, last) }
                return ("HDRS-\(items)", item)
            }
            guard token.kind == .sign || token.has(.upper) else { return (name, last) }
            if token.sign == Sign.period || token.sign == Sign.semicolon { return (name, last) }
            at += 1
        }
        return (name, last)
    }

    /// Lengths in which the scale is printed.
    private static func versionNumber(_ token: Token) -> Int? {
        guard token.kind == .number, !token.has(.decimal), !token.has(.spelled) else { return nil }
        let known: Set<Double> = [6, 7, 8, 17, 20, 21, 22, 23, 24, 25, 27, 28, 29, 31]
        return known.contains(token.value) ? Int(token.value) : nil
    }

    /// `HDRS-22`.
    private static func clinging(_ reading: Reading, _ last: Int) -> Int? {
        guard reading.isSign(last + 1, Sign.hyphen), let token = reading.at(last + 2), !token.has(.spaceBefore) else {
            return nil
        }
        return versionNumber(token)
    }

    /// `22-item`, `22-item version of the`, directly before the scale.
    private static func versionBefore(_ reading: Reading, _ first: Int) -> Int? {
        var at = first - 1
        if reading.isWord(at, "the") { at -= 1 }
        if reading.isAny(at, .of) { at -= 1 }
        if reading.isWord(at, "version") { at -= 1 }
        guard let item = reading.at(at), item.kind == .word, reading.isItem(item) else { return nil }
        at -= 1
        if reading.isSign(at, Sign.hyphen) { at -= 1 }
        return reading.at(at).flatMap(versionNumber)
    }

    /// `SDs`, `CAPs`: several of something.
    private static func isPlural(_ reading: Reading, _ token: Token) -> Bool {
        guard token.kind == .word, token.end - token.start <= 5, token.has(.capitalised), !token.has(.upper) else {
            return false
        }
        let bytes = reading.bytes[Int(token.start)..<Int(token.end)]
        return bytes.last == 0x73 && bytes.dropLast().allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    }

    /// Sodium dodecyl sulphate: `0.1% SDS`, `SDS-PAGE`, `SDS buffer`.
    private static func isDetergent(_ reading: Reading, _ at: Int) -> Bool {
        if reading.isSign(at - 1, Sign.percent) { return true }
        let sentence = reading.sentence(of: at)
        return (sentence.first..<sentence.end).contains { at in
            [
                "page", "buffer", "gel", "gels", "lysis", "lysed", "electrophoresis", "polyacrylamide", "edta", "tris",
                "triton", "detergent", "dodecyl", "proteinase", "pcr", "dna", "rna", "protein", "proteins",
            ].contains { (word: StaticString) in reading.isWord(at, word) }
        }
    }

    private static func hasDigitOrInnerCapital(_ reading: Reading, _ token: Token) -> Bool {
        var at = Int(token.start) + 1
        while at < Int(token.end) {
            let byte = reading.bytes[at]
            if byte < 0x61 { return true }
            at += 1
        }
        return false
    }
}

extension Reading {
    /// `item`, `items`.
    func isItem(_ token: Token) -> Bool {
        let length = Int(token.end - token.start)
        guard length == 4 || length == 5 else { return false }
        let start = Int(token.start)
        return bytes[start] | 0x20 == 0x69 && bytes[start + 1] | 0x20 == 0x74 && bytes[start + 2] | 0x20 == 0x65
            && bytes[start + 3] | 0x20 == 0x6D
    }
}

extension Reading.Zone {
    var name: String {
        switch self {
        case .title: "TITLE"
        case .background: "BACKGROUND"
        case .objective: "OBJECTIVE"
        case .methods: "METHODS"
        case .results: "RESULTS"
        case .conclusions: "CONCLUSIONS"
        case .registration: "REGISTRATION"
        case .funding: "FUNDING"
        case .unknown: "UNKNOWN"
        }
    }
}

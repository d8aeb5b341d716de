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
            let (name, last) = version(reading, reading.concept(mark).name, Int(mark.last))
            // Short names are names only in capitals: `caps`, `ids`.
            let token = reading.tokens[Int(mark.first)]
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
    }

    /// `HAM-D (17 items)`, `Hamilton Depression Rating Scale, 17-item`: the version stands behind.
    private static func version(_ reading: Reading, _ name: String, _ last: Int) -> (String, Int) {
        guard name == "HDRS" else { return (name, last) }
        var at = last + 1
        while at <= last + 6, let token = reading.at(at), token.sentence == reading.tokens[last].sentence {
            if token.kind == .number, [6, 17, 21, 24, 25, 28].contains(token.value) {
                var item = at + 1
                if reading.isSign(item, Sign.hyphen) { item += 1 }
                guard let word = reading.at(item), word.kind == .word, reading.isItem(word) else { return (name, last) }
                return ("HDRS-\(Int(token.value))", item)
            }
            guard token.kind == .sign || token.has(.upper) else { return (name, last) }
            if token.sign == Sign.period || token.sign == Sign.semicolon { return (name, last) }
            at += 1
        }
        return (name, last)
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

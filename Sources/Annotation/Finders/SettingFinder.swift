/// Women, adverse events, countries and funding.
enum WomenFinder {
    /// `58.6% female`, `45 women`, `women, 37 [59.7%]`.
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for index in reading.tokens.indices where reading.isAny(index, .women) {
            guard let (value, first, last) = share(reading, index) else { continue }
            items.append(
                Annotation(
                    span: reading.span(first, last), value: .women(value), context: scene.context(reading, first, last))
            )
        }
    }

    private static func share(_ reading: Reading, _ index: Int) -> (Percentage, Int, Int)? {
        var at = index - 1
        if reading.isWord(at, "were") || reading.isWord(at, "was") { at -= 1 }
        // `37 (59.7%) women`, `37 [59.7%] female`
        if reading.isSign(at, Sign.close) || reading.isSign(at, Sign.closeSquare), reading.isSign(at - 1, Sign.percent),
            let percent = reading.at(at - 2), percent.kind == .number, percent.value <= 100,
            let count = reading.at(at - 4), count.kind == .number, !count.has(.decimal), count.value < 1e6
        {
            return (Percentage(value: percent.value, numerator: Int(count.value)), at - 4, index)
        }
        if reading.isSign(at, Sign.percent), let number = reading.at(at - 1), number.kind == .number,
            number.value <= 100
        {
            return (Percentage(value: number.value), at - 1, index)
        }
        // `women 59.7%`, `female: 59.7%`
        var next = index + 1
        if reading.isSign(next, Sign.colon) || reading.isSign(next, Sign.comma) || reading.isSign(next, Sign.equals) {
            next += 1
            if let number = reading.at(next), number.kind == .number, reading.isSign(next + 1, Sign.percent),
                number.value <= 100
            {
                return (Percentage(value: number.value), index, next + 1)
            }
        }
        return nil
    }
}

enum SettingFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for mark in reading.marks where mark.kind == .adverseEvent || mark.kind == .country {
            let first = Int(mark.first)
            let last = Int(mark.last)
            let name = reading.concept(mark).name
            if mark.kind == .adverseEvent {
                guard isAdverse(reading, first) else { continue }
                items.append(
                    Annotation(
                        span: reading.span(first, last), value: .adverseEvent(name),
                        context: scene.context(reading, first, last)))
            } else if isPlace(reading, first) {
                items.append(
                    Annotation(
                        span: reading.span(first, last), value: .country(name),
                        context: scene.context(reading, first, last)))
            }
        }
        funding(reading, &items)
    }

    /// The sentence speaks of harms.
    private static func isAdverse(_ reading: Reading, _ index: Int) -> Bool {
        let sentence = reading.sentence(of: index)
        guard sentence.zone != .background, sentence.zone != .objective, sentence.zone != .methods else { return false }
        for at in sentence.first..<sentence.end {
            if reading.isWord(at, "adverse") || reading.isWord(at, "side") && reading.isWord(at + 1, "effects") {
                return true
            }
            if reading.isWord(at, "tolerated") || reading.isWord(at, "emergent") { return true }
        }
        return false
    }

    /// `in Taiwan`, `(Germany)`, `, Canada`.
    private static func isPlace(_ reading: Reading, _ index: Int) -> Bool {
        let zone = reading.sentence(of: index).zone
        guard zone != .background, zone != .registration else { return false }
        if reading.field == .body, !isOfStudy(reading, index) { return false }
        // A registry's name is no place of study.
        for at in index + 1...index + 2 where reading.isWord(at, "registry") || reading.isWord(at, "primary") {
            return false
        }
        if reading.isWord(index - 1, "the") { return reading.isWord(index - 2, "in") }
        return reading.isWord(index - 1, "in") || reading.isSign(index - 1, Sign.comma)
            || reading.isSign(index - 1, Sign.open)
    }

    /// A full text names countries of makers and laboratories, too: `purchased from Acros (Geel, Belgium)`. Those of the
    /// study stand where people are spoken of.
    private static func isOfStudy(_ reading: Reading, _ index: Int) -> Bool {
        let sentence = reading.sentence(of: index)
        var hasPeople = false
        for at in sentence.first..<sentence.end {
            for word: StaticString in [
                "purchased", "supplied", "manufactured", "inc", "gmbh", "ltd", "llc", "corp", "corporation", "kit",
                "software", "version", "sigma", "supplier",
            ] where reading.isWord(at, word) {
                return false
            }
            if reading.isAny(at, [.people, .enrolled]) { hasPeople = true }
            for word: StaticString in [
                "hospital", "hospitals", "clinic", "clinics", "centre", "centres", "center", "centers", "sites",
            ]
            where reading.isWord(at, word) {
                hasPeople = true
            }
        }
        return hasPeople
    }

    /// `funded by the ...`, and what follows a heading FUNDING.
    private static func funding(_ reading: Reading, _ items: inout [Annotation]) {
        for (number, sentence) in reading.sentences.enumerated() {
            var start: Int?
            // Only what directly follows the heading: later sentences speak of other things.
            if sentence.zone == .funding,
                reading.headings.contains(where: { $0.last < sentence.first && sentence.first - $0.last <= 2 })
            {
                start = sentence.first
            } else {
                for at in sentence.first..<sentence.end where reading.isWord(at, "by") {
                    if reading.isWord(at - 1, "funded") || reading.isWord(at - 1, "sponsored") { start = at + 1 }
                }
            }
            guard let start, start < sentence.end, Int(reading.tokens[start].sentence) == number else { continue }
            let last = endOfPayer(reading, start, sentence.end)
            // A long sentence says more than who paid.
            guard last - start <= 40 else { continue }
            let span = reading.span(start, last)
            let text = String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self)
            items.append(Annotation(span: span, value: .funding(text)))
        }
    }

    /// The last token of who paid: without the trial's number behind a semicolon, signs at the end, and a bracket that was
    /// opened before.
    private static func endOfPayer(_ reading: Reading, _ start: Int, _ end: Int) -> Int {
        var last = start
        var depth = 0
        for at in start..<end {
            let token = reading.tokens[at]
            if token.sign == Sign.open { depth += 1 }
            if token.sign == Sign.close {
                if depth == 0 { break }
                depth -= 1
            }
            if token.sign == Sign.semicolon, depth == 0, isOfTrial(reading, at + 1, end) { break }
            if token.kind != .sign || token.sign == Sign.close { last = at }
        }
        return last
    }

    /// `; EXAMPLE ClinicalTrials.gov number, NCT...`
    private static func isOfTrial(_ reading: Reading, _ start: Int, _ end: Int) -> Bool {
        (start..<end).contains { at in
            ["number", "clinicaltrials", "registration", "registered", "isrctn"].contains { (word: StaticString) in
                reading.isWord(at, word)
            }
        }
    }
}

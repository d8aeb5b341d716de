/// How long it took to relapse: `median time to relapse of 41 days`, `relapsed, on average, 19 days after`.
enum RelapseTimeFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        for index in reading.tokens.indices where reading.isAny(index, .relapse) {
            let sentence = reading.sentence(of: index)
            guard ![.background, .objective, .methods].contains(sentence.zone), !sentence.isPrior, !sentence.isFurther,
                let (number, unit) = time(reading, index, sentence)
            else { continue }
            let days = (reading.tokens[number].value * unit.minutes / 1440 * 1e6).rounded() / 1e6
            items.append(
                Annotation(
                    span: reading.span(number, unit.last), value: .relapseTime(days: days),
                    context: scene.context(reading, number, unit.last).subtracting(.negated)))
        }
    }

    private static func time(
        _ reading: Reading, _ relapse: Int, _ sentence: Reading.Sentence
    ) -> (Int, TimeUnit)? {
        // `within one month` limits a share; only a time to relapse, or a mean or median one, is a time.
        var isTime = reading.isWord(relapse - 2, "time") && reading.isAny(relapse - 1, .to)
        var words = 0
        for at in relapse + 1..<max(sentence.end, relapse + 1) {
            let token = reading.tokens[at]
            if token.sign == Sign.semicolon { return nil }
            if token.isAny(.mean) || reading.isWord(at, "median") { isTime = true }
            if token.isAny([.response, .remission]) { return nil }
            if token.kind == .word { words += 1 }
            guard words <= 8 else { return nil }
            guard token.kind == .number else { continue }
            guard isTime, let unit = TimeUnit.unit(reading, after: at), unit.minutes >= 60 else { return nil }
            return (at, unit)
        }
        return nil
    }
}

/// Where people were treated: `inpatient`, `a community-based clinic`, `multicenter`.
enum TreatmentSettingFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .title || reading.field == .abstract || reading.field == .body else { return }
        for mark in reading.marks where mark.kind == .setting {
            let first = Int(mark.first)
            let last = Int(mark.last)
            items.append(
                Annotation(
                    span: reading.span(first, last), value: .setting(reading.concept(mark).name),
                    context: scene.context(reading, first, last)))
        }
    }
}

/// What authors declare: the sentence that opens with `Conflicts of interest`, `Competing interests`, `Disclosures`.
enum ConflictFinder {
    static func find(in reading: Reading, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        for (number, sentence) in reading.sentences.enumerated() {
            guard let after = opening(reading, sentence.first) else { continue }
            var start = after
            if reading.isSign(start, Sign.colon) || reading.isSign(start, Sign.period) { start += 1 }
            // A heading may be a sentence of its own.
            let text = start < sentence.end ? sentence : reading.sentences.dropFirst(number + 1).first
            guard let text, start < text.end else { continue }
            var last = text.end - 1
            while last > start, reading.tokens[last].kind == .sign { last -= 1 }
            guard last - start <= 60 else { continue }
            let span = reading.span(start, last)
            items.append(
                Annotation(
                    span: span,
                    value: .conflicts(String(decoding: reading.bytes[span.start..<span.end], as: UTF8.self))))
        }
    }

    private static func opening(_ reading: Reading, _ first: Int) -> Int? {
        guard reading.at(first)?.has(.capitalised) == true else { return nil }
        let isConflict = reading.isWord(first, "conflict") || reading.isWord(first, "conflicts")
        if isConflict, reading.isAny(first + 1, .of), reading.isWord(first + 2, "interest") { return first + 3 }
        let isDeclared = reading.isWord(first, "competing") || reading.isWord(first, "declaration")
        if isDeclared {
            let at = reading.isAny(first + 1, .of) ? first + 2 : first + 1
            if reading.isWord(at, "interest") || reading.isWord(at, "interests") { return at + 1 }
        }
        let isDisclosure = reading.isWord(first, "disclosure") || reading.isWord(first, "disclosures")
        return isDisclosure && reading.isSign(first + 1, Sign.colon) ? first + 1 : nil
    }
}

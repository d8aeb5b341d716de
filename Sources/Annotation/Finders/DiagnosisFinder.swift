/// Conditions, and whether resistance is said of them: `treatment-resistant unipolar and bipolar depression`.
enum DiagnosisFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        var previous: (last: Int, resistance: Bool)?
        for (number, mark) in reading.marks.enumerated() {
            if mark.kind == .resistance || mark.kind == .failedTreatment {
                bareResistance(reading, scene, number, &items)
                continue
            }
            guard mark.kind == .diagnosis else { continue }
            var first = Int(mark.first)
            var last = Int(mark.last)
            var resistant = false
            if let start = resistanceBefore(reading, number) {
                first = start
                resistant = true
            } else if let end = resistanceBehind(reading, number) {
                last = end
                resistant = true
            } else if let previous, previous.resistance, isJoined(reading, previous.last, first) {
                // One adjective for several conditions: `refractory unipolar and bipolar depression`.
                resistant = true
            }
            var name = reading.concept(mark).name
            switch name {
            case "treatmentResistantDepression": resistant = true
            case "treatmentResistantBipolarDepression":
                name = "bipolarDepression"
                resistant = true
            case "depression" where resistant: name = "treatmentResistantDepression"
            default: break
            }
            previous = (Int(mark.last), resistant)
            items.append(
                Annotation(
                    span: reading.span(first, last),
                    value: .diagnosis(Diagnosis(name: name, isTreatmentResistant: resistant)),
                    context: scene.context(reading, first, last)))
        }
    }

    private static func resistanceBefore(_ reading: Reading, _ number: Int) -> Int? {
        var near = number - 1
        let first = Int(reading.marks[number].first)
        while near >= 0, near >= number - 2 {
            let mark = reading.marks[near]
            let gap = first - Int(mark.last) - 1
            guard gap <= 4, reading.tokens[Int(mark.first)].sentence == reading.tokens[first].sentence else {
                return nil
            }
            if mark.kind == .resistance, isClear(reading, Int(mark.last) + 1, first, words: 3) {
                return Int(mark.first)
            }
            near -= 1
        }
        return nil
    }

    private static func resistanceBehind(_ reading: Reading, _ number: Int) -> Int? {
        guard number + 1 < reading.marks.count else { return nil }
        let last = Int(reading.marks[number].last)
        let mark = reading.marks[number + 1]
        guard mark.kind == .resistance,
            reading.tokens[Int(mark.first)].sentence == reading.tokens[last].sentence,
            Int(mark.first) - last <= 3
        else { return nil }
        // `Depressive Disorder, Treatment-Resistant`, `depression refractory to`, `depression that is resistant to`;
        // but `anxiety and refractory depression` speaks of the next condition.
        if number + 2 < reading.marks.count, reading.marks[number + 2].kind == .diagnosis,
            reading.marks[number + 2].first - mark.last <= 3
        {
            return nil
        }
        for at in last + 1..<Int(mark.first) where reading.isAny(at, [.and, .or]) { return nil }
        return Int(mark.last)
    }

    /// Few words and no sign between an adjective and its noun.
    private static func isClear(_ reading: Reading, _ from: Int, _ to: Int, words: Int) -> Bool {
        guard to - from <= words else { return false }
        for at in from..<max(from, to) {
            let token = reading.tokens[at]
            if token.kind == .sign, token.sign != Sign.hyphen, token.sign != Sign.slash { return false }
            if token.isAny([.people, .negation, .and, .or]) { return false }
            if reading.isWord(at, "with") || reading.isWord(at, "in") || reading.isWord(at, "to") { return false }
        }
        return true
    }

    private static func isJoined(_ reading: Reading, _ from: Int, _ to: Int) -> Bool {
        guard to - from <= 4, to > from else { return false }
        for at in from + 1..<to {
            let token = reading.tokens[at]
            let isLink =
                token.isAny([.and, .or]) || token.sign == Sign.slash || token.sign == Sign.comma
                || token.sign == Sign.hyphen || token.sign == Sign.open
            if !isLink { return false }
        }
        return reading.tokens[from].sentence == reading.tokens[to].sentence
    }

    /// Resistance said of people rather than of a condition: `had not responded to antidepressants`.
    private static func bareResistance(_ reading: Reading, _ scene: Scene, _ number: Int, _ items: inout [Annotation]) {
        let mark = reading.marks[number]
        let first = Int(mark.first)
        let last = Int(mark.last)
        var at = last
        while at <= last + 8, let token = reading.at(at), token.sentence == reading.tokens[first].sentence {
            if token.sign == Sign.semicolon || token.sign == Sign.period { return }
            if reading.isWord(at, "antidepressant") || reading.isWord(at, "antidepressants")
                || reading.isWord(at, "ssris") || reading.isWord(at, "ssri")
                || reading.isWord(at, "pharmacotherapy")
            {
                let end = max(at, last)
                items.append(
                    Annotation(
                        span: reading.span(first, end),
                        value: .diagnosis(Diagnosis(name: "treatmentResistance", isTreatmentResistant: true)),
                        context: scene.context(reading, first, end)))
                return
            }
            at += 1
        }
    }
}

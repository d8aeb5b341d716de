/// How many people an adverse event befell, in running text: `nausea in 4/22 (18%) ketamine vs 1/20 saline`,
/// `dissociation occurred in 5 patients (12%)`, `headache (15%) and dizziness (20%)`.
///
/// A number goes with the event that it clings to. What cannot be told apart (three events and one number, two numbers and
/// no arms) is left alone.
enum HarmFinder {
    struct Cue {
        var first: Int
        var last: Int
        /// One of several that a list joins, so that a number behind it may be that of any of them.
        var isListed = false
    }

    /// The numbers that one event has, side by side.
    private struct Row {
        var cue: Cue
        var quantities: [OutcomeQuantity]
        /// The word by which nobody had the event.
        var denial: Int?
    }

    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        guard reading.marks.contains(where: { $0.kind == .adverseEvent || $0.kind == .harm }) else { return }
        // Numbers are looked for only where a sentence can give them to an event.
        let cues = cues(reading).filter { isCounting(reading, reading.sentence(of: $0.first)) }
        guard !cues.isEmpty else { return }
        let quantities = quantities(reading, items, cues)
        guard !quantities.isEmpty else { return }
        let doses = OutcomeArm.doses(reading, items)
        for sentence in reading.sentences {
            let here = quantities.filter { $0.first >= sentence.first && $0.first < sentence.end }
            let own = cues.filter { $0.first >= sentence.first && $0.last < sentence.end }
            guard !here.isEmpty, !own.isEmpty, here.count <= 24 else { continue }
            let whole = OutcomeQuantity.whole(reading, sentence)
            for row in rows(reading, own, here, sentence) {
                guard let said = said(row, reading, sentence, here) else { continue }
                emit(said, reading, scene, sentence, doses, whole, &items)
            }
        }
    }

    /// The sentence tells of this study's people and holds a number.
    private static func isCounting(_ reading: Reading, _ sentence: Reading.Sentence) -> Bool {
        ![.background, .objective, .methods, .registration, .funding].contains(sentence.zone) && !sentence.isPrior
            && !sentence.isFurther && (sentence.first..<sentence.end).contains(where: reading.isNumber)
            && !isOfTraits(reading, sentence)
    }

    /// What a row says once denials are heard: `No nausea was seen in 20 of 22 patients` tells of no count of nausea, `No
    /// nausea occurred in the 22 patients` of none of 22; nil where it tells of nothing.
    private static func said(
        _ row: Row, _ reading: Reading, _ sentence: Reading.Sentence, _ all: [OutcomeQuantity]
    ) -> Row? {
        guard let first = row.quantities.first, !reading.isWord(first.first - 1, "not"),
            !Denial.isBehind(row.cue.last, first, reading, sentence.end)
        else { return nil }
        switch Denial.of(row.cue.first, reading, sentence, all) {
        case nil: return row
        case .compared: return row.quantities.count > 1 ? row : nil
        case .denied(let word):
            var row = row
            row.denial = word
            // `No patient (0/22) had nausea`
            if first.isNone { return row }
            let event = (row.cue.first, row.cue.last)
            for index in row.quantities.indices {
                let quantity = row.quantities[index]
                guard let whole = Denial.wholeWithout(event, word, quantity, reading, sentence) else { return nil }
                row.quantities[index].events = 0
                row.quantities[index].total = whole
            }
            return row
        }
    }

    private static func emit(
        _ row: Row, _ reading: Reading, _ scene: Scene, _ sentence: Reading.Sentence,
        _ doses: [OutcomeArm.PrintedDose], _ whole: Int?, _ items: inout [Annotation]
    ) {
        let words = reading.span(row.cue.first, row.cue.last)
        let printed = String(decoding: reading.bytes[words.start..<words.end], as: UTF8.self)
        guard let name = AdverseEvents.name(printed),
            let arms = OutcomeArm.sideBySide(reading, scene, row.quantities, sentence, doses)
        else { return }
        for (index, (quantity, arm)) in zip(row.quantities, arms).enumerated() {
            // The first number's words are those of its event, too.
            let isNear = index == 0 && abs(quantity.first - row.cue.first) <= 16
            var first = isNear ? min(row.cue.first, quantity.first) : quantity.first
            // What rests on a denial quotes it.
            if let denial = row.denial, index == 0 { first = min(first, denial) }
            var last = isNear ? max(row.cue.last, quantity.last) : quantity.last
            if reading.isSign(last + 1, Sign.close), opens(reading, first...last) { last += 1 }
            items.append(
                Annotation(
                    span: reading.span(first, last),
                    value: .outcome(
                        Outcome(
                            kind: .adverseEvent, percentage: quantity.percentage, events: quantity.events,
                            total: quantity.total ?? whole, arm: arm?.name, dose: arm?.dose, name: name)),
                    context: scene.context(reading, first, last).subtracting(.negated), drug: arm?.name))
        }
    }

    /// A bracket opens in a range and is not closed there.
    private static func opens(_ reading: Reading, _ range: ClosedRange<Int>) -> Bool {
        range.reduce(0) { depth, at in
            reading.isSign(at, Sign.open) ? depth + 1 : reading.isSign(at, Sign.close) ? depth - 1 : depth
        } > 0
    }

    // MARK: Events

    /// Names of events, and harms in general; `nausea and vomiting` is one.
    private static func cues(_ reading: Reading) -> [Cue] {
        var cues: [Cue] = []
        for mark in reading.marks where mark.kind == .adverseEvent || mark.kind == .harm {
            var cue = Cue(first: Int(mark.first), last: Int(mark.last))
            // `Non-serious adverse events` is their name.
            if reading.isSign(cue.first - 1, Sign.hyphen), reading.isWord(cue.first - 2, "non") { cue.first -= 2 }
            guard !isOfChange(reading, cue), !isCause(reading, cue),
                mark.kind == .adverseEvent || !isTitle(reading, cue)
            else { continue }
            guard let before = cues.last else {
                cues.append(cue)
                continue
            }
            let gap = before.last + 1..<cue.first
            let isJoined =
                gap.count == 1
                && (reading.isAny(gap.lowerBound, [.and, .or]) || reading.isSign(gap.lowerBound, Sign.slash))
            let isListed =
                !gap.isEmpty && gap.count <= 2
                && gap.allSatisfy { reading.isSign($0, Sign.comma) || reading.isAny($0, [.and, .or]) } && !isJoined
            if isJoined {
                cues[cues.count - 1].last = cue.last
            } else {
                cues.append(Cue(first: cue.first, last: cue.last, isListed: isListed))
            }
        }
        return cues
    }

    /// `discontinuations due to adverse events occurred in 5%`: the number is of those who left.
    private static func isCause(_ reading: Reading, _ cue: Cue) -> Bool {
        (cue.first - 2..<cue.first).contains { at in
            reading.isWord(at, "to") && (reading.isWord(at - 1, "due") || reading.isWord(at - 1, "owing"))
                || reading.isAny(at, .of) && reading.isWord(at - 1, "because")
        }
    }

    /// `the most frequent side effect`, `common adverse events`: what the events are called together, not one of them.
    private static func isTitle(_ reading: Reading, _ cue: Cue) -> Bool {
        for word: StaticString in ["frequent", "common", "commonest", "frequently", "commonly", "main", "prevalent"]
        where (cue.first - 2..<cue.first).contains(where: { reading.isWord($0, word) }) {
            return true
        }
        return false
    }

    /// `reduction in fatigue`, `headache relief`, `dissociation scores`: how much or how little, not how many had it.
    private static func isOfChange(_ reading: Reading, _ cue: Cue) -> Bool {
        for word: StaticString in [
            "relief", "free", "score", "scores", "severity", "scale", "prophylaxis", "profile", "ratings", "index",
            "days",
        ] where reading.isWord(cue.last + 1, word) {
            return true
        }
        // `nausea-free`
        if reading.isSign(cue.last + 1, Sign.hyphen), reading.isWord(cue.last + 2, "free") { return true }
        for word: StaticString in ["successful", "adequate", "satisfactory", "effective", "procedural", "deep"]
        where reading.isWord(cue.first - 1, word) {
            return true
        }
        guard reading.isAny(cue.first - 1, .of) || reading.isWord(cue.first - 1, "in") else { return false }
        for word: StaticString in [
            "reduction", "decrease", "improvement", "relief", "resolution", "remission", "prevention", "change",
            "treatment",
            "history", "risk", "reductions", "reduced", "improvements", "severity", "management",
        ] where reading.isWord(cue.first - 2, word) {
            return true
        }
        return false
    }

    /// `27% had a history of suicide attempts`, `comorbid hypertension (30%)`: what people brought along.
    private static func isOfTraits(_ reading: Reading, _ sentence: Reading.Sentence) -> Bool {
        (sentence.first..<sentence.end).contains { at in
            for word: StaticString in [
                "history", "lifetime", "comorbid", "comorbidity", "comorbidities", "diagnosed", "will", "baseline",
                "odds",
            ] where reading.isWord(at, word) {
                return true
            }
            return false
        }
    }

    // MARK: Numbers

    /// What outcomes are counted by, and what stands with events alone: `(n = 5)`, `five patients`.
    private static func quantities(
        _ reading: Reading, _ items: [Annotation], _ cues: [Cue]
    ) -> [OutcomeQuantity] {
        var found = OutcomeQuantity.all(reading, items).filter { quantity in
            !isOfOccasions(reading, quantity.last + 1)
                && !(quantity.first...quantity.last).contains { isOfOccasions(reading, $0) }
        }
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            guard token.kind == .number, !token.has(.decimal), token.value >= 1, token.value < 100_000,
                !found.contains(where: { $0.first <= index && index <= $0.last })
            else { continue }
            if reading.isSign(index - 1, Sign.equals), reading.isWord(index - 2, "n"),
                reading.isSign(index - 3, Sign.open),
                reading.isSign(index + 1, Sign.close), cues.contains(where: { $0.last == index - 4 })
            {
                found.append(bare(index - 3, index + 1, token))
            } else if reading.isAny(index + 1, .people), !reading.isAny(index - 1, [.of, .day, .week, .month]),
                !reading.isSign(index - 1, Sign.slash), !reading.isNumber(index - 1), isTold(reading, index + 1, cues)
            {
                found.append(bare(index, index + 1, token))
            }
        }
        return found.sorted { $0.first < $1.first }
    }

    /// `10 of 33 infusions`: what was counted were no people.
    private static func isOfOccasions(_ reading: Reading, _ at: Int) -> Bool {
        if reading.isAny(at, .infusion) { return true }
        for word: StaticString in [
            "sessions", "visits", "treatments", "administrations", "events", "doses", "cycles", "episodes", "reports",
        ] where reading.isWord(at, word) {
            return true
        }
        return false
    }

    private static func bare(_ first: Int, _ last: Int, _ token: Token) -> OutcomeQuantity {
        OutcomeQuantity(first: first, last: last, percentage: nil, events: Int(token.value), total: nil)
    }

    /// `five patients experienced nausea`, `nausea in five patients`.
    private static func isTold(_ reading: Reading, _ people: Int, _ cues: [Cue]) -> Bool {
        cues.contains { cue in
            if cue.first > people {
                return cue.first - people <= 5
                    && (people + 1..<cue.first).contains { isBefalling(reading, $0) }
                    && (people + 1..<cue.first).allSatisfy { isLink(reading, $0) }
            }
            let gap = cue.last + 1..<max(people - 1, cue.last + 1)
            return gap.count <= 5 && gap.contains { reading.isWord($0, "in") || reading.isWord($0, "by") }
                && gap.allSatisfy { isLink(reading, $0) }
        }
    }

    // MARK: Pairs

    private static func rows(
        _ reading: Reading, _ cues: [Cue], _ quantities: [OutcomeQuantity], _ sentence: Reading.Sentence
    ) -> [Row] {
        if let rows = inTurn(reading, cues, quantities, sentence) { return rows }
        var rows: [Row] = []
        for (index, quantity) in quantities.enumerated() {
            let before = cues.last { $0.last < quantity.first }
            let behind = cues.first { $0.first > quantity.last }
            let left = before.flatMap { distance(reading, $0.last + 1..<quantity.first) }
            let right = behind.flatMap { distance(reading, quantity.last + 1..<$0.first, isFront: true) }
            // `nausea 12% vs 4%`, `nausea in 4 of 22 on ketamine and 1 of 20 on saline`: the next number of the row.
            if index > 0, let last = rows.last, last.quantities.last?.first == quantities[index - 1].first,
                right != 0, isChained(reading, quantities[index - 1], quantity, cues)
            {
                rows[rows.count - 1].quantities.append(quantity)
                continue
            }
            // `six of 22 adverse events`: a share of the events, not of people.
            if quantity.total != nil, behind?.first == quantity.last + 1 { continue }
            let isFront: Bool
            switch (left, right) {
            case (nil, nil): continue
            case (.some, nil): isFront = false
            case (nil, .some): isFront = true
            case (let left?, let right?):
                let opens = reading.isSign(quantity.first - 1, Sign.open) || reading.isSign(quantity.first, Sign.open)
                isFront = !opens && left > 0 && right <= left && !isSetApart(reading, quantity.last)
            }
            guard let cue = isFront ? behind : before, isFront || !cue.isListed else { continue }
            // A number that an event has already is not taken for another's.
            if rows.contains(where: { $0.cue.first == cue.first }) { continue }
            // `headache and dizziness (31% each)`
            if !isFront, reading.isWord(quantity.last + 1, "each") {
                rows += parts(reading, cue).map { Row(cue: $0, quantities: [quantity]) }
                continue
            }
            var row = Row(cue: cue, quantities: [quantity])
            // `7 of 22 on ketamine and none of 20 on midazolam reported dissociation`: the numbers before are its own, too.
            var earlier = index - 1
            while isFront, earlier >= 0, let first = row.quantities.first,
                !rows.contains(where: { $0.quantities.contains { $0.first == quantities[earlier].first } }),
                isChained(reading, quantities[earlier], first, cues)
            {
                row.quantities.insert(quantities[earlier], at: 0)
                earlier -= 1
            }
            rows.append(row)
        }
        return rows
    }

    /// `vomiting, dizziness and headache in 4%, 12% and 20%, respectively`: as many numbers as events, in their order.
    private static func inTurn(
        _ reading: Reading, _ cues: [Cue], _ quantities: [OutcomeQuantity], _ sentence: Reading.Sentence
    ) -> [Row]? {
        guard let last = cues.last, let first = quantities.first, last.last < first.first,
            (sentence.first..<sentence.end).contains(where: { reading.isWord($0, "respectively") })
        else { return nil }
        let all = cues.flatMap { parts(reading, $0) }
        guard all.count > 1, all.count == quantities.count else { return nil }
        return zip(all, quantities).map { Row(cue: $0, quantities: [$1]) }
    }

    /// `nausea and vomiting` as the two events that it joins.
    private static func parts(_ reading: Reading, _ cue: Cue) -> [Cue] {
        reading.marks.filter {
            ($0.kind == .adverseEvent || $0.kind == .harm) && Int($0.first) >= cue.first && Int($0.last) <= cue.last
        }.map { Cue(first: Int($0.first), last: Int($0.last)) }
    }

    /// `12%, and headache`: a comma ends what belongs to the number.
    private static func isSetApart(_ reading: Reading, _ last: Int) -> Bool {
        reading.isSign(last + 1, Sign.comma) || reading.isAny(last + 1, [.and, .or])
    }

    /// Words between an event and a number, where nothing else stands between; nil where it does.
    private static func distance(_ reading: Reading, _ gap: Range<Int>, isFront: Bool = false) -> Int? {
        guard gap.count <= 10 else { return nil }
        var words = 0
        for at in gap {
            let token = reading.tokens[at]
            if token.kind == .number { return nil }
            if token.kind == .sign {
                if token.sign == Sign.open || token.sign == Sign.colon || token.sign == Sign.equals { continue }
                if token.sign == Sign.close || token.sign == Sign.closeSquare { continue }
                if token.sign == Sign.comma, !isFront { continue }
                if token.sign == Sign.hyphen || token.sign == Sign.openSquare { continue }
                return nil
            }
            guard isLink(reading, at) || isArmWord(reading, at) else { return nil }
            words += 1
        }
        // `27% of patients`, `12% nausea`, `had nausea`: people and a verb lead from a number to an event.
        if isFront, words > 0, !gap.contains(where: { isBefalling(reading, $0) }) { return nil }
        return words
    }

    private static func isChained(
        _ reading: Reading, _ left: OutcomeQuantity, _ right: OutcomeQuantity, _ cues: [Cue]
    ) -> Bool {
        let gap = left.last + 1..<max(right.first, left.last + 1)
        guard gap.count <= 12, !cues.contains(where: { gap.contains($0.first) }) else { return false }
        var isJoined = false
        for at in gap {
            let token = reading.tokens[at]
            if token.isAny([.versus, .and]) || token.sign == Sign.comma || token.sign == Sign.slash
                || reading.isWord(at, "compared")
            {
                isJoined = true
            }
            if token.sign == Sign.semicolon || token.kind == .number { return false }
            if token.kind == .word, !token.isAny([.versus, .and, .be]), !isArmWord(reading, at), !isLink(reading, at),
                !reading.isWord(at, "compared"), !reading.isWord(at, "while"), !reading.isWord(at, "whereas")
            {
                return false
            }
        }
        return isJoined
    }

    private static func isBefalling(_ reading: Reading, _ at: Int) -> Bool {
        for word: StaticString in [
            "had", "experienced", "reported", "developed", "suffered", "with", "showed", "having", "experiencing",
            "reporting",
        ] where reading.isWord(at, word) {
            return true
        }
        return false
    }

    private static func isLink(_ reading: Reading, _ at: Int) -> Bool {
        if isBefalling(reading, at) || reading.isAny(at, [.be, .people, .of, .given, .treated, .treatment]) {
            return true
        }
        for word: StaticString in [
            "in", "by", "reported", "experienced", "occurred", "observed", "noted", "seen", "among", "affecting", "at",
            "rate", "rates", "incidence", "a", "an", "the", "for", "from", "transient", "mild", "moderate", "severe",
            "to",
            "transiently", "documented", "recorded", "present", "found", "occurring", "both", "who", "more", "frequent",
            "frequently", "common", "commonly", "respectively", "during", "treated", "receiving", "arm", "group",
            "groups",
            "n", "any", "one", "least", "only", "also", "some", "all", "after", "mostly", "self", "limited", "brief",
            "on", "assigned", "randomized", "randomised", "those",
        ] where reading.isWord(at, word) {
            return true
        }
        return false
    }

    private static func isArmWord(_ reading: Reading, _ at: Int) -> Bool {
        reading.isAny(at, .arm)
            || reading.drugs.contains { Int(reading.marks[$0].first) <= at && at <= Int(reading.marks[$0].last) }
    }
}

/// Ages: limits of eligibility, ranges, means with deviations, and words of age.
enum AgeFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        words(reading, scene, &items)
        guard reading.field == .title || reading.field == .abstract || reading.field == .body else { return }
        var index = 0
        while index < reading.tokens.count {
            let token = reading.tokens[index]
            if token.isAny(.mean), let next = mean(reading, scene, index, &items) {
                index = next
                continue
            }
            if token.kind == .number, token.value >= 1, token.value <= 110,
                let next = limits(reading, scene, index, &items)
            {
                index = next
                continue
            }
            index += 1
        }
    }

    // MARK: words

    private static func words(_ reading: Reading, _ scene: Scene, _ items: inout [Annotation]) {
        if reading.field == .mesh || reading.field == .keywords {
            // Check tags are whole headings; `Adult Children` is none.
            guard let group = meshGroup(reading), let last = reading.tokens.indices.last else { return }
            items.append(Annotation(span: reading.span(0, last), value: .age(Age(group: group))))
            return
        }
        for mark in reading.marks {
            guard mark.kind == .ageGroup, let group = Age.Group(rawValue: reading.concept(mark).name) else { continue }
            let first = Int(mark.first)
            let last = Int(mark.last)
            // `childhood trauma in adults` is no child; `adult-onset`, `adult rats` are no adults.
            var context = scene.context(reading, first, last)
            if reading.sentence(of: first).isAnimal { context.insert(.animal) }
            items.append(Annotation(span: reading.span(first, last), value: .age(Age(group: group)), context: context))
        }
    }

    private static func meshGroup(_ reading: Reading) -> Age.Group? {
        switch String(decoding: reading.bytes, as: UTF8.self) {
        case "Adult", "Young Adult", "Middle Aged": .adult
        case "Aged", "Aged, 80 and over": .older
        case "Adolescent": .adolescent
        case "Child", "Child, Preschool", "Infant", "Infant, Newborn": .child
        default: nil
        }
    }

    // MARK: means

    /// `mean age 46.9 (SD 12.8)`, `mean [SD] age, 46.9 [12.8] years`, `average age was 45 ± 11 years`.
    private static func mean(_ reading: Reading, _ scene: Scene, _ index: Int, _ items: inout [Annotation]) -> Int? {
        let sentence = reading.tokens[index].sentence
        var age: Int?
        var saysDeviation = false
        for at in index + 1..<min(index + 8, reading.tokens.count) {
            let token = reading.tokens[at]
            guard token.sentence == sentence, token.kind != .number else { break }
            if token.isAny(.deviation) { saysDeviation = true }
            if token.isAny(.age) {
                // The age at which an illness began is not the sample's.
                if reading.isWord(at + 2, "onset") || reading.isWord(at + 1, "onset") { return nil }
                age = at
                break
            }
        }
        guard let age else { return nil }
        var at = age + 1
        var words = 0
        while let token = reading.at(at), token.sentence == sentence, token.kind != .number, words <= 9 {
            if token.sign == Sign.semicolon { return nil }
            if token.isAny(.deviation) { saysDeviation = true }
            if token.kind == .word { words += 1 }
            at += 1
        }
        guard let value = reading.at(at), value.kind == .number, value.sentence == sentence, !value.has(.spelled),
            value.value >= 3, value.value <= 110, !reading.isSign(at + 1, Sign.percent)
        else { return nil }
        // `mean age and 24 h`: some other measure's number.
        if reading.isAny(at + 1, [.hour, .day, .week, .minute]) { return nil }
        var finding = Age(mean: value.value)
        var last = at
        if let (deviation, end) = deviation(reading, after: at, saysDeviation) {
            finding.sd = deviation
            last = end
        }
        items.append(
            Annotation(
                span: reading.span(index, last), value: .age(finding), context: scene.context(reading, index, last)))
        return range(reading, scene, after: last, &items) ?? last + 1
    }

    /// `(range 19-64)` behind a mean.
    private static func range(
        _ reading: Reading, _ scene: Scene, after last: Int, _ items: inout [Annotation]
    ) -> Int? {
        var at = last + 1
        while at <= last + 5, let token = reading.at(at), token.kind != .number, !token.isAny(.range) { at += 1 }
        guard reading.isAny(at, .range) else { return nil }
        let word = at
        while at <= word + 4, let token = reading.at(at), token.kind != .number { at += 1 }
        guard let low = reading.at(at), let high = reading.at(at + 2), low.kind == .number, high.kind == .number,
            reading.isSign(at + 1, Sign.hyphen) || reading.isAny(at + 1, .to), high.value > low.value,
            high.value <= 110, low.sentence == reading.tokens[last].sentence
        else { return nil }
        items.append(
            Annotation(
                span: reading.span(at, at + 2), value: .age(Age(minimum: low.value, maximum: high.value)),
                context: scene.context(reading, at, at + 2)))
        return at + 3
    }

    /// The deviation behind a mean: `± 12`, `(SD 12)`, `(12)` where SD was announced, `, SD = 12`.
    private static func deviation(_ reading: Reading, after mean: Int, _ announced: Bool) -> (Double, Int)? {
        var at = mean + 1
        if reading.isAny(at, .year) { at += 1 }
        if reading.isSign(at, Sign.plusMinus), reading.isNumber(at + 1) {
            return (reading.tokens[at + 1].value, at + 1)
        }
        var says = announced
        var isOpen = false
        for _ in 0..<5 {
            guard let token = reading.at(at) else { return nil }
            if token.kind == .number {
                guard says, isOpen || !announced, !reading.isSign(at + 1, Sign.hyphen), token.value > 0 else {
                    return nil
                }
                let close = reading.isSign(at + 1, Sign.close) || reading.isSign(at + 1, Sign.closeSquare) ? 1 : 0
                return (token.value, at + close)
            }
            if token.isAny(.deviation) {
                says = true
                isOpen = true
            } else if token.sign == Sign.open || token.sign == Sign.openSquare {
                isOpen = true
            } else if token.isAny(.range) || token.kind == .word {
                return nil
            }
            at += 1
        }
        return nil
    }

    // MARK: limits

    private static func limits(_ reading: Reading, _ scene: Scene, _ index: Int, _ items: inout [Annotation]) -> Int? {
        var last = index
        var low: Double? = reading.tokens[index].value
        var high: Double?
        var at = index + 1
        // The first number may carry its unit: `18 years to 65 years`, `>=18 and <=65`.
        if reading.isAny(at, .year), reading.isAny(at + 1, .to) || reading.isSign(at + 1, Sign.hyphen) { at += 1 }
        let isBetween = reading.isAny(at, .and) && reading.isAny(index - 1, .between)
        if reading.isSign(at, Sign.hyphen) || reading.isAny(at, .to) || isBetween, let other = reading.at(at + 1),
            other.kind == .number, other.value > low ?? 0, other.value <= 110, !other.has(.decimal)
        {
            high = other.value
            last = at + 1
        }
        guard let cue = cue(reading, index, last) else { return nil }
        var first = index
        if high == nil {
            let bound = bound(reading, index, cue.last)
            switch bound.kind {
            case .minimum: break
            case .above: break
            case .maximum: (low, high) = (nil, low)
            case .below: (low, high) = (nil, low.map { $0 - 1 })
            case .exact:
                // `a 45-year-old woman`, `aged 45 years`: one person, or a sample without spread.
                guard !reading.tokens[index].has(.decimal), !reading.isAny(index - 1, .range) else { return nil }
                high = low
            }
            first = bound.first
            last = max(last, bound.last)
        } else if let low, let high, high - low < 1 {
            return nil
        }
        guard (high ?? 200) >= 3 else { return nil }
        last = max(last, cue.last)
        let context = scene.context(reading, first, last)
        items.append(
            Annotation(
                span: reading.span(min(first, cue.first), last), value: .age(Age(minimum: low, maximum: high)),
                context: context))
        return last + 1
    }

    /// The words that make a number an age: `aged`, `age`, `years old`, `years of age`.
    private static func cue(_ reading: Reading, _ index: Int, _ last: Int) -> (first: Int, last: Int)? {
        let sentence = reading.tokens[index].sentence
        var end = last + 1
        if reading.isSign(end, Sign.hyphen) { end += 1 }
        var isYears = false
        if reading.isAny(end, .year), reading.at(end)?.sentence == sentence {
            isYears = true
            var next = end + 1
            if reading.isSign(next, Sign.hyphen) { next += 1 }
            if reading.isOld(next) { return (index, next) }
            if reading.isAny(next, .of), reading.isAny(next + 1, .age) { return (index, next + 1) }
            if reading.isAny(next, .age) { return (index, next) }
            if reading.isAny(next, [.and, .or]), reading.isOld(next + 1) || reading.isOlder(next + 1) {
                return (index, next + 1)
            }
            if reading.isOlder(next) { return (index, next) }
        } else if reading.isAny(end, [.day, .week, .hour, .minute, .month, .milligram])
            || reading.isSign(end, Sign.percent)
        {
            return nil
        }
        let lastToken = isYears ? end : last
        var back = index - 1
        var words = 0
        while back >= 0, words < 5, reading.tokens[back].sentence == sentence {
            let token = reading.tokens[back]
            if token.kind == .number || token.sign == Sign.semicolon || token.isAny([.mean, .deviation]) { return nil }
            if token.isAny(.age) { return (back, lastToken) }
            // `(18-65 years)` behind the people it is said of.
            if isYears, token.isAny(.people), words <= 1 { return (index, lastToken) }
            if token.kind == .word { words += 1 }
            back -= 1
        }
        return nil
    }

    private enum BoundKind { case minimum, above, maximum, below, exact }

    private static func bound(_ reading: Reading, _ index: Int, _ end: Int) -> (kind: BoundKind, first: Int, last: Int)
    {
        if let before = reading.at(index - 1) {
            switch before.sign {
            case Sign.atLeast: return (.minimum, index - 1, end)
            case Sign.greater: return (reading.isSign(index, Sign.equals) ? .minimum : .above, index - 1, end)
            case Sign.equals where reading.isSign(index - 2, Sign.greater): return (.minimum, index - 2, end)
            case Sign.equals where reading.isSign(index - 2, Sign.less): return (.maximum, index - 2, end)
            // Exports lose the line of a sign: `aged =18 years` was `>=`.
            case Sign.equals where reading.isAny(index - 2, .age) && reading.isAny(index + 1, .year):
                return (.minimum, index - 1, end)
            case Sign.atMost: return (.maximum, index - 1, end)
            case Sign.less: return (.below, index - 1, end)
            default: break
            }
            if before.kind == .word {
                if before.isAny(.least) || before.isAny(.over) { return (.minimum, index - 1, end) }
                if reading.isWord(index - 1, "than") {
                    return reading.isOlder(index - 2) || reading.isAny(index - 2, .least)
                        ? (.above, index - 2, end) : (.below, index - 2, end)
                }
                if reading.isWord(index - 1, "under") || reading.isWord(index - 1, "below") {
                    return (.below, index - 1, end)
                }
                if reading.isWord(index - 1, "above") || reading.isWord(index - 1, "from") {
                    return (.minimum, index - 1, end)
                }
            }
        }
        if reading.isOlder(end) { return (.minimum, index, end) }
        for at in end + 1...end + 3 where reading.isAny(at - 1, [.and, .or]) {
            if reading.isOlder(at) || reading.isAny(at, .over) || reading.isWord(at, "above")
                || reading.isAny(at, .least)
            {
                return (.minimum, index, at)
            }
            if reading.isWord(at, "younger") || reading.isWord(at, "under") || reading.isWord(at, "below") {
                return (.maximum, index, at)
            }
        }
        if reading.isSign(index + 1, Sign.plus) { return (.minimum, index, max(end, index + 1)) }
        return (.exact, index, end)
    }
}

extension Reading {
    /// Whether a token is a word, compared letter by letter without a copy; the word is plain lower case.
    func isWord(_ index: Int, _ word: StaticString) -> Bool {
        guard let token = at(index), token.kind != .sign, Int(token.end - token.start) == word.utf8CodeUnitCount else {
            return false
        }
        let start = Int(token.start)
        return word.withUTF8Buffer { letters in
            for offset in 0..<letters.count where bytes[start + offset] | 0x20 != letters[offset] { return false }
            return true
        }
    }

    /// Whether a token is one of some words.
    func isWord(_ index: Int, of words: [StaticString]) -> Bool { words.contains { isWord(index, $0) } }

    func isOld(_ index: Int) -> Bool { isWord(index, "old") || isWord(index, "olds") }
    func isOlder(_ index: Int) -> Bool { isWord(index, "older") }
}

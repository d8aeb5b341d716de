/// A number of people as a sentence prints it: `14 of 22 (64%)`, `nine (33%) of 27`, `none of 13`, `64%`.
struct OutcomeQuantity {
    /// Tokens, both inclusive.
    var first: Int
    var last: Int
    var percentage: Double?
    var events: Int?
    var total: Int?

    /// `0 of 22`, `0%`.
    var isNone: Bool { events == 0 || events == nil && percentage == 0 }

    /// Percentages with their counts, and counts of a whole (`nine of ten patients`) without a percentage.
    static func all(_ reading: Reading, _ items: [Annotation]) -> [OutcomeQuantity] {
        var found: [OutcomeQuantity] = []
        var covered: [(Int, Int)] = []
        for item in items.reversed() {
            guard item.span.section == reading.section else { break }
            guard case .percentage(let percentage) = item.value, let first = reading.token(startingAt: item.span.start),
                let last = reading.token(endingAt: item.span.end)
            else { continue }
            covered.append((first, last))
            if isChange(reading, last) || isNoShare(reading, first, last, isCounted: percentage.denominator != nil) {
                continue
            }
            var quantity = OutcomeQuantity(
                first: first, last: last, percentage: percentage.value, events: percentage.numerator,
                total: percentage.denominator)
            if quantity.events == nil { takeCountsBehind(reading, &quantity) }
            if quantity.last > last { covered.append((first, quantity.last)) }
            found.append(quantity)
        }
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            let isNone = reading.isWord(index, "none")
            guard token.kind == .number || isNone, !token.has(.decimal), token.value < 100_000,
                !covered.contains(where: { $0.0 <= index && index <= $0.1 })
            else { continue }
            var at = index + 1
            if reading.isAny(at, .people) { at += 1 }
            if reading.isWord(at, "out") { at += 1 }
            guard reading.isAny(at, .of) || reading.isSign(at, Sign.slash) else { continue }
            let isSlash = reading.isSign(at, Sign.slash)
            at += 1
            if reading.isWord(at, "the") || reading.isWord(at, "all") { at += 1 }
            guard let whole = reading.at(at), whole.kind == .number, !whole.has(.decimal), whole.value >= token.value,
                whole.value > 1, whole.value < 100_000, whole.sentence == token.sentence
            else { continue }
            // `1/2 of the dose`, dates: a slash needs people or brackets about it.
            if isSlash, !reading.isAny(at + 1, .people), !reading.isSign(at + 1, Sign.close),
                !isOfArms(reading, index, at, whole.value)
            {
                continue
            }
            // `None of the 3 patients who withdrew did so because of ...`: of those who left, not of all.
            if isNone, reading.isWord(at + 2, "who"),
                reading.marks.contains(where: {
                    $0.kind == .outcome && Int($0.first) == at + 3 && reading.concept($0).name == "dropout"
                })
            {
                continue
            }
            // `not one of 22 patients`
            let isNotOne =
                token.value == 1 && token.has(.spelled)
                && (reading.isWord(index - 1, "not") || reading.isWord(index - 1, "no"))
            found.append(
                OutcomeQuantity(
                    first: isNotOne ? index - 1 : index, last: at, percentage: nil,
                    events: isNotOne ? 0 : Int(token.value), total: Int(whole.value)))
        }
        found += bareCounts(reading, covered + found.map { ($0.first, $0.last) })
        found.sort { $0.first < $1.first }
        shareLastTotal(reading, &found)
        return found.filter { !isOfSubgroup(reading, $0.last) }
    }

    /// `18/25 vs 7/24`, `4/22 ketamine`: shares of arms that stand side by side.
    private static func isOfArms(_ reading: Reading, _ first: Int, _ last: Int, _ whole: Double) -> Bool {
        guard whole >= 5 else { return false }
        if reading.isAny(last + 1, .versus) || reading.isAny(first - 1, .versus) { return true }
        return reading.drugs.contains {
            let mark = reading.marks[$0]
            if Int(mark.last) == first - 1 || Int(mark.first) == last + 1 { return true }
            // `11/20 (ketamine)`
            if Int(mark.first) == last + 2, reading.isSign(last + 1, Sign.open) { return true }
            // `8/24 on ketamine`, `4/22 in the placebo group`
            return Int(mark.first) > last && Int(mark.first) <= last + 4
                && (last + 1..<Int(mark.first)).allSatisfy { at in
                    reading.isAny(at, [.given, .treated])
                        || reading.isWord(at, of: ["on", "in", "with", "for", "the", "after"])
                }
        }
    }

    /// `35% at 8 weeks (16/45)`: the counts stand behind the point in time; they must be those of the percentage.
    private static func takeCountsBehind(_ reading: Reading, _ quantity: inout OutcomeQuantity) {
        guard let percentage = quantity.percentage, quantity.total == nil else { return }
        var at = quantity.last + 1
        while at <= quantity.last + 6, !reading.isSign(at, Sign.open), !reading.isSign(at, Sign.openSquare) {
            guard let token = reading.at(at), token.kind != .sign,
                token.sentence == reading.tokens[quantity.last].sentence,
                !token.isAny([.and, .or, .versus])
            else { return }
            at += 1
        }
        guard let count = reading.at(at + 1), count.kind == .number, !count.has(.decimal) else { return }
        var place = at + 2
        if reading.isWord(place, "out") { place += 1 }
        guard reading.isSign(place, Sign.slash) || reading.isAny(place, .of), let whole = reading.at(place + 1),
            whole.kind == .number, !whole.has(.decimal)
        else { return }
        let isClosed = reading.isSign(place + 2, Sign.close) || reading.isSign(place + 2, Sign.closeSquare)
        quantity.last = isClosed ? place + 2 : place + 1
        // Counts that are not those of the percentage are left aside; the percentage stays.
        guard whole.value >= count.value, whole.value > 0, whole.value < 1e6,
            abs(100 * count.value / whole.value - percentage) <= 0.51
        else { return }
        quantity.events = Int(count.value)
        quantity.total = Int(whole.value)
    }

    /// `responders (6)`, `remitters (n = 4)`: the people that a noun stands for.
    private static func counted(_ reading: Reading, _ cue: Int) -> (first: Int, last: Int, count: Int)? {
        guard
            reading.isWord(cue, of: ["responders", "remitters", "relapsers"]),
            reading.isSign(cue + 1, Sign.open) || reading.isSign(cue + 1, Sign.openSquare)
        else { return nil }
        var at = cue + 2
        if reading.isWord(at, "n"), reading.isSign(at + 1, Sign.equals) { at += 2 }
        guard let number = reading.at(at), number.kind == .number, !number.has(.decimal), number.value >= 1,
            number.value < 100_000, reading.isSign(at + 1, Sign.close) || reading.isSign(at + 1, Sign.closeSquare)
        else { return nil }
        return (cue, at + 1, Int(number.value))
    }

    /// `Eight patients became responders`, `criterion was met by nine patients`: people whose whole is told elsewhere.
    /// Only where the event clings to them, so that no other number of people is taken for one.
    private static func bareCounts(_ reading: Reading, _ covered: [(Int, Int)]) -> [OutcomeQuantity] {
        var found: [OutcomeQuantity] = []
        for mark in reading.marks where mark.kind == .outcome && !reading.concept(mark).name.isEmpty {
            let sentence = reading.sentence(of: Int(mark.first))
            if let own = counted(reading, Int(mark.last)), !isDenied(reading, Int(mark.first)),
                !covered.contains(where: { $0.0 <= own.last && own.first <= $0.1 })
            {
                found.append(
                    OutcomeQuantity(first: own.first, last: own.last, percentage: nil, events: own.count, total: nil))
                continue
            }
            // `four of the ten responded and two remitted`
            let cue = Int(mark.first)
            if let own = reading.at(cue - 1), isCount(reading, cue - 1, sentence), own.value < 1000,
                reading.isAny(cue - 2, .and) || reading.isSign(cue - 2, Sign.comma),
                found.contains(where: { $0.total != nil && $0.first >= sentence.first && $0.last < cue })
                    || covered.contains(where: { $0.0 >= sentence.first && $0.1 < cue }),
                reading.isWord(cue, of: ["responded", "remitted", "relapsed"]),
                !covered.contains(where: { $0.0 <= cue - 1 && cue - 1 <= $0.1 })
            {
                found.append(
                    OutcomeQuantity(first: cue - 1, last: cue - 1, percentage: nil, events: Int(own.value), total: nil))
                continue
            }
            if let number = ofWhole(reading, Int(mark.first), sentence),
                !covered.contains(where: { $0.0 <= number && number <= $0.1 }),
                !found.contains(where: { $0.first == number })
            {
                found.append(
                    OutcomeQuantity(
                        first: number, last: number, percentage: nil, events: Int(reading.tokens[number].value),
                        total: nil)
                )
                continue
            }
            for number in numbered(reading, mark, sentence)
            where !covered.contains(where: { $0.0 <= number && number <= $0.1 }) {
                found.append(
                    OutcomeQuantity(
                        first: number, last: number, percentage: nil, events: Int(reading.tokens[number].value),
                        total: nil))
            }
            guard
                let (number, people) = countBefore(reading, Int(mark.first), sentence)
                    ?? countBehind(reading, Int(mark.last), sentence),
                !covered.contains(where: { $0.0 <= people && number <= $0.1 }),
                !found.contains(where: { $0.first == number })
            else { continue }
            found.append(
                OutcomeQuantity(
                    first: number, last: people, percentage: nil, events: Int(reading.tokens[number].value), total: nil)
            )
        }
        return found
    }

    /// `The number of responders was 10 in the ketamine group and 2 in the placebo group`: both numbers.
    private static func numbered(_ reading: Reading, _ mark: Mark, _ sentence: Reading.Sentence) -> [Int] {
        let cue = Int(mark.first)
        var verb = Int(mark.last) + 1
        // `The number of responders at week 4 was 15`
        if reading.isWord(verb, "at") || reading.isWord(verb, "on") {
            verb = (verb + 2...verb + 4).first { reading.isAny($0, .be) } ?? verb
        }
        guard reading.isAny(cue - 1, .of), reading.isWord(cue - 2, "number"), reading.isAny(verb, .be) else {
            return []
        }
        func isCounted(_ at: Int) -> Bool {
            isCount(reading, at, sentence)
                && reading.isWord(at + 1, of: ["in", "with", "for", "on"])
        }
        guard isCounted(verb + 1) else { return [] }
        let next = (verb + 3..<min(sentence.end, verb + 10)).first {
            reading.isAny($0 - 1, [.and, .versus]) && isCounted($0)
        }
        return [verb + 1] + (next.map { [$0] } ?? [])
    }

    /// `Of 18 completers, 11 were responders`: the number behind the comma that ends the whole, and a verb.
    private static func ofWhole(_ reading: Reading, _ cue: Int, _ sentence: Reading.Sentence) -> Int? {
        guard whole(reading, sentence) != nil else { return nil }
        var at = cue - 1
        while at > sentence.first, isVerb(reading, at) { at -= 1 }
        guard reading.isSign(at - 1, Sign.comma), isCount(reading, at, sentence), reading.tokens[at].value < 1000 else {
            return nil
        }
        return at
    }

    /// `non-responders`.
    private static func isDenied(_ reading: Reading, _ first: Int) -> Bool {
        reading.isWord(first - 1, "non") || reading.isWord(first - 2, "non") && reading.isSign(first - 1, Sign.hyphen)
    }

    /// `Eight patients became`, `11 of whom` no: the number, people, at most three words of a verb, the event.
    private static func countBefore(
        _ reading: Reading, _ cue: Int, _ sentence: Reading.Sentence
    ) -> (number: Int, people: Int)? {
        var at = cue - 1
        var words = 0
        // `Four patients (two per arm) dropped out`
        if reading.isSign(at, Sign.close) {
            while at > sentence.first, !reading.isSign(at, Sign.open) { at -= 1 }
            at -= 1
        }
        while at > sentence.first, words < 4, !reading.isAny(at, .people) {
            guard isVerb(reading, at) else { return nil }
            words += 1
            at -= 1
        }
        guard reading.isAny(at, .people) else { return nil }
        return isCount(reading, at - 1, sentence) ? (at - 1, at) : nil
    }

    /// `was met by nine patients`.
    private static func countBehind(
        _ reading: Reading, _ cue: Int, _ sentence: Reading.Sentence
    ) -> (number: Int, people: Int)? {
        var at = cue + 1
        var words = 0
        while at < sentence.end, words < 5, !reading.isNumber(at) {
            guard isVerb(reading, at) || reading.isWord(at, "by") || reading.isWord(at, "in") else { return nil }
            words += 1
            at += 1
        }
        guard words > 0, isCount(reading, at, sentence), reading.isAny(at + 1, .people) else { return nil }
        return (at, at + 1)
    }

    private static func isVerb(_ reading: Reading, _ at: Int) -> Bool {
        // `patients who had been responders`: before this study.
        if reading.isWord(at, "been") { return false }
        if reading.isAny(at, .be) { return true }
        for word: StaticString in [
            "became", "met", "had", "showed", "achieved", "attained", "reached", "experienced", "fulfilled", "a", "the",
            "occurred", "seen", "observed", "criterion", "criteria", "for",
        ] where reading.isWord(at, word) {
            return true
        }
        return false
    }

    private static func isCount(_ reading: Reading, _ at: Int, _ sentence: Reading.Sentence) -> Bool {
        guard at >= sentence.first, let token = reading.at(at), token.kind == .number, !token.has(.decimal),
            token.value >= 1, token.value < 100_000
        else { return false }
        // `8 of 9 patients`, `week 4 patients`, `top 20 patients`.
        if let before = reading.at(at - 1), at > sentence.first {
            if before.isAny([.of, .day, .week, .month, .hour]) || before.kind == .number { return false }
            if before.kind == .sign, before.sign != Sign.comma, before.sign != Sign.open { return false }
        }
        return true
    }

    /// `2 (13%), 3 (20%) and 7 (47%) of 15`: the last whole is that of the whole list, where every percentage fits it.
    private static func shareLastTotal(_ reading: Reading, _ found: inout [OutcomeQuantity]) {
        guard found.count > 1 else { return }
        for index in found.indices.dropLast().reversed() {
            let here = found[index]
            let next = found[index + 1]
            guard here.total == nil, let events = here.events, let percentage = here.percentage,
                let total = next.total, next.events != nil, next.percentage != nil, events <= total,
                abs(100 * Double(events) / Double(total) - percentage) <= 0.51,
                (here.last + 1..<next.first).allSatisfy({
                    reading.isSign($0, Sign.comma) || reading.isSign($0, Sign.close) || reading.isAny($0, [.and, .or])
                })
            else { continue }
            found[index].total = total
        }
    }

    /// `16 of 17 early responders`, `3 of 11 others`: a share of those who were sorted out before.
    private static func isOfSubgroup(_ reading: Reading, _ last: Int) -> Bool {
        // Who relapses has got better before.
        let sentence = reading.sentence(of: last)
        if (sentence.first..<sentence.end).contains(where: { reading.isAny($0, .relapse) }) { return false }
        for word: StaticString in ["responders", "remitters", "nonresponders", "others", "completers"] {
            if reading.isWord(last + 1, word) { return true }
            if reading.isWord(last + 2, word), reading.at(last + 1)?.kind == .word, !isVerb(reading, last + 1) {
                return true
            }
            // `95% of treatment completers`
            if reading.isWord(last + 3, word), reading.isAny(last + 1, .of), reading.at(last + 2)?.kind == .word,
                !reading.isWord(last + 2, "the"), !reading.isWord(last + 2, "all")
            {
                return true
            }
            // `27% of ketamine responders had not relapsed`
            if reading.isWord(last + 3, word), reading.isAny(last + 1, .of),
                reading.drugs.contains(where: { Int(reading.marks[$0].first) == last + 2 })
            {
                return true
            }
        }
        return false
    }

    /// `85% reduction`, `50% improvement`: how much, not how many.
    private static func isChange(_ reading: Reading, _ last: Int) -> Bool {
        for at in last + 1...last + 2 {
            for word: StaticString in [
                "reduction", "decrease", "improvement", "increase", "decline", "drop", "sensitivity", "specificity",
                "accuracy", "increased", "decreased", "reduced", "odds", "higher", "lower", "more", "less", "greater",
                "probability", "posterior", "chance",
            ] where reading.isWord(at, word) {
                return true
            }
        }
        // `Response (50% MADRS score reduction)`: what counts as one.
        if let open = (last - 4..<last).last(where: { reading.isSign($0, Sign.open) }),
            reading.isAny(open - 1, .response),
            let close = (last + 1...last + 8).first(where: { reading.isSign($0, Sign.close) }),
            (last + 1..<close).contains(where: { at in
                reading.isWord(at, of: ["reduction", "decrease", "improvement", "drop", "decline", "fall"])
            })
        {
            return true
        }
        // `68% and 55% increased odds`
        if reading.isAny(last + 1, .and), reading.isNumber(last + 2), reading.isSign(last + 3, Sign.percent) {
            return isChange(reading, last + 3)
        }
        return false
    }

    /// `I2 = 25%`, `at least 35%`, `by 50%`, `25%-29%`, `9% of the time`: a figure, but no share of the sample.
    private static func isNoShare(_ reading: Reading, _ first: Int, _ last: Int, isCounted: Bool) -> Bool {
        // `(n = 30/41; 73%)` is one.
        let isNumbered = isCounted && reading.isWord(first - 2, "n")
        if reading.isSign(first - 1, Sign.equals), !isNumbered { return true }
        if reading.isAny(first - 1, .least) { return true }
        // `PPV 62.5% (95% CI 44.2% to 68.4%)`, `rates ranged between 60% and 92%`: figures of a test, limits, spans.
        let isPair =
            reading.isAny(first - 1, [.to, .and]) && reading.isSign(first - 2, Sign.percent)
            || (reading.isSign(first - 1, Sign.hyphen) || reading.isSign(first - 1, Sign.comma))
                && reading.isSign(first - 2, Sign.percent)
        for at in isPair ? [first - 1, first - 4] : [first - 1] {
            for word: StaticString in ["ci", "interval", "between", "ppv", "npv", "auc"] where reading.isWord(at, word)
            {
                return true
            }
        }
        if !isCounted, reading.isWord(first - 1, "by"),
            !reading.isAny(last + 1, .of) || !reading.isPeople(within: 2, after: last + 1)
        {
            return true
        }
        for word: StaticString in ["than", "above", "below", "over", "under", "about"]
        where reading.isWord(first - 1, word) {
            return !reading.isWord(first - 1, "about")
        }
        if reading.isSign(last + 1, Sign.hyphen), reading.isNumber(last + 2) { return true }
        if reading.isSign(first - 1, Sign.hyphen), reading.isSign(first - 2, Sign.percent) { return true }
        if reading.isAny(last + 1, .of) && reading.isWord(last + 3, "time") || reading.isWord(last + 1, "reductions") {
            return true
        }
        for at in first...last where reading.isAny(at, .infusion) && !reading.isWord(at, "infused") { return true }
        return false
    }

    /// `Of the 17 subjects treated, 71% ...`: the whole of every share in the sentence.
    static func whole(_ reading: Reading, _ sentence: Reading.Sentence) -> Int? {
        var at = sentence.first
        guard reading.isAny(at, .of) else { return nil }
        at += 1
        if reading.isWord(at, "the") || reading.isWord(at, "all") { at += 1 }
        guard let number = reading.at(at), number.kind == .number, !number.has(.decimal), number.value > 1,
            number.value < 1e6, !reading.isSign(at + 1, Sign.percent), reading.isPeople(within: 3, after: at)
        else { return nil }
        return Int(number.value)
    }
}

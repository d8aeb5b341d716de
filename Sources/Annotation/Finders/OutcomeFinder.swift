/// Numbers of people who responded, remitted, relapsed or left, per arm and point in time.
///
/// A sentence is read as three lists: what happened, how many, to whom and when. They are paired where the words
/// leave no doubt (one of each, `respectively`, a number that clings to its word); otherwise nothing is said.
enum OutcomeFinder {
    private struct Cue {
        var first: Int
        var last: Int
        var kind: Outcome.Kind
    }

    private struct Quantity {
        var first: Int
        var last: Int
        var percentage: Double?
        var events: Int?
        var total: Int?
    }

    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        guard reading.marks.contains(where: { $0.kind == .outcome }) else { return }
        let quantities = quantities(reading, items)
        guard !quantities.isEmpty else { return }
        let times = times(reading, items)
        for (number, sentence) in reading.sentences.enumerated() {
            guard ![.background, .objective, .registration, .funding].contains(sentence.zone), !sentence.isPrior,
                !sentence.isFurther
            else { continue }
            let cues = cues(reading, number)
            guard !cues.isEmpty else { continue }
            // A plan reckons with drop-outs; it reports none.
            if (sentence.first..<sentence.end).contains(where: { reading.isWord($0, "will") }) { continue }
            let here = quantities.filter { $0.first >= sentence.first && $0.first < sentence.end }
            guard !here.isEmpty, here.count <= 8 else { continue }
            let whole = whole(reading, sentence)
            let pairs = pair(reading, cues, here, sentence)
            guard !pairs.isEmpty else { continue }
            let arms = arms(reading, scene, pairs, sentence)
            let moments = moments(reading, pairs.map(\.quantity), times[number] ?? [], sentence)
            for (index, pair) in pairs.enumerated() {
                // Two shares of the same outcome, arm and time belong to groups that were not understood.
                let twins = pairs.indices.filter {
                    pairs[$0].kind == pair.kind && arms[$0] == arms[index] && moments[$0] == moments[index]
                }
                guard twins.count == 1 else { continue }
                let outcome = Outcome(
                    kind: pair.kind, percentage: pair.quantity.percentage, events: pair.quantity.events,
                    total: pair.quantity.total ?? whole, arm: arms[index], hours: moments[index],
                    scale: scale(reading, sentence))
                items.append(
                    Annotation(
                        span: reading.span(pair.quantity.first, pair.quantity.last), value: .outcome(outcome),
                        context: scene.context(reading, pair.quantity.first, pair.quantity.last).subtracting(.negated),
                        drug: arms[index]))
            }
        }
    }

    /// `Of the 17 subjects treated, 71% ...`: the whole of every share in the sentence.
    private static func whole(_ reading: Reading, _ sentence: Reading.Sentence) -> Int? {
        var at = sentence.first
        guard reading.isAny(at, .of) else { return nil }
        at += 1
        if reading.isWord(at, "the") || reading.isWord(at, "all") { at += 1 }
        guard let number = reading.at(at), number.kind == .number, !number.has(.decimal), number.value > 1,
            number.value < 1e6, !reading.isSign(at + 1, Sign.percent), reading.isPeople(within: 3, after: at)
        else { return nil }
        return Int(number.value)
    }

    // MARK: the three lists

    private static func cues(_ reading: Reading, _ sentence: Int) -> [Cue] {
        var cues: [Cue] = []
        for mark in reading.marks where mark.kind == .outcome {
            let first = Int(mark.first)
            guard Int(reading.tokens[first].sentence) == sentence,
                let kind = Outcome.Kind(rawValue: reading.concept(mark).name)
            else { continue }
            let last = Int(mark.last)
            if reading.isWord(first - 1, "non") || reading.isWord(first - 2, "non") { continue }
            if first == last, kind == .response, !isCounted(reading, first) { continue }
            if isOfOther(reading, last) { continue }
            cues.append(Cue(first: first, last: last, kind: kind))
        }
        return cues
    }

    /// `remission of suicidal ideation`, `the remission rate for PTSD`: an outcome, but not of the depression.
    private static func isOfOther(_ reading: Reading, _ cue: Int) -> Bool {
        for mark in reading.marks where mark.kind == .diagnosis && Int(mark.first) > cue && Int(mark.first) <= cue + 3 {
            let links: [StaticString] = ["of", "on", "for", "from", "in"]
            let isLinked = links.contains { reading.isWord(cue + 1, $0) }
            let name = reading.concept(mark).name
            if isLinked, !name.lowercased().contains("depression"), name != "bipolarDisorder" { return true }
        }
        return false
    }

    /// A bare `response` is an outcome where it is reached, rated or joined to remission.
    private static func isCounted(_ reading: Reading, _ index: Int) -> Bool {
        if !reading.isWord(index, "response") && !reading.isWord(index, "responses") { return true }
        for word: StaticString in ["met", "achieved", "attained", "showed", "had", "reached", "a", "achieving"]
        where reading.isWord(index - 1, word) {
            return true
        }
        for word: StaticString in ["was", "were", "at"] where reading.isWord(index + 1, word) { return true }
        if reading.isSign(index + 1, Sign.open) { return true }
        return reading.isAny(index + 1, [.and, .or]) && reading.isAny(index + 2, .remission)
    }

    /// Percentages with their counts, and counts of a whole (`nine of ten patients`) without a percentage.
    private static func quantities(_ reading: Reading, _ items: [Annotation]) -> [Quantity] {
        var found: [Quantity] = []
        var covered: [(Int, Int)] = []
        for item in items.reversed() {
            guard item.span.section == reading.section else { break }
            guard case .percentage(let percentage) = item.value, let first = reading.token(startingAt: item.span.start),
                let last = reading.token(endingAt: item.span.end)
            else { continue }
            covered.append((first, last))
            if isChange(reading, last) || isNoShare(reading, first, last) { continue }
            found.append(
                Quantity(
                    first: first, last: last, percentage: percentage.value, events: percentage.numerator,
                    total: percentage.denominator))
        }
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            guard token.kind == .number, !token.has(.decimal), token.value < 100_000,
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
            if isSlash, !reading.isAny(at + 1, .people), !reading.isSign(at + 1, Sign.close) { continue }
            found.append(
                Quantity(first: index, last: at, percentage: nil, events: Int(token.value), total: Int(whole.value)))
        }
        return found.sorted { $0.first < $1.first }
    }

    /// `85% reduction`, `50% improvement`: how much, not how many.
    private static func isChange(_ reading: Reading, _ last: Int) -> Bool {
        for at in last + 1...last + 2 {
            for word: StaticString in [
                "reduction", "decrease", "improvement", "increase", "decline", "drop", "sensitivity", "specificity",
                "accuracy", "increased", "decreased", "reduced", "odds", "higher", "lower", "more", "less", "greater",
            ] where reading.isWord(at, word) {
                return true
            }
        }
        return false
    }

    /// `I2 = 25%`, `at least 35%`, `by 50%`, `25%-29%`, `9% of the time`: a figure, but no share of the sample.
    private static func isNoShare(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        if reading.isSign(first - 1, Sign.equals) || reading.isAny(first - 1, .least) { return true }
        if reading.isWord(first - 1, "by") || reading.isWord(first - 1, "than") { return true }
        if reading.isSign(last + 1, Sign.hyphen), reading.isNumber(last + 2) { return true }
        if reading.isSign(first - 1, Sign.hyphen), reading.isSign(first - 2, Sign.percent) { return true }
        if reading.isWord(last + 3, "time") || reading.isWord(last + 1, "reductions") { return true }
        for at in first...last where reading.isAny(at, .infusion) { return true }
        return false
    }

    private static func times(_ reading: Reading, _ items: [Annotation]) -> [Int: [(at: Int, hours: Double)]] {
        var found: [Int: [(at: Int, hours: Double)]] = [:]
        for item in items {
            guard item.span.section == reading.section, case .time(let time) = item.value,
                let first = reading.token(startingAt: item.span.start)
            else { continue }
            found[Int(reading.tokens[first].sentence), default: []].append((first, time.hours))
        }
        return found.mapValues { $0.sorted { $0.at < $1.at } }
    }

    // MARK: pairing

    private static func pair(
        _ reading: Reading, _ cues: [Cue], _ quantities: [Quantity], _ sentence: Reading.Sentence
    ) -> [(kind: Outcome.Kind, quantity: Quantity)] {
        let isRespective = (sentence.first..<sentence.end).contains { reading.isWord($0, "respectively") }
        var kinds: [Outcome.Kind] = []
        for cue in cues where kinds.last != cue.kind { kinds.append(cue.kind) }
        if isRespective, kinds.count == 2, quantities.count == 2, Set(kinds).count == 2,
            cues.allSatisfy({ $0.last < quantities[0].first })
        {
            return [(kinds[0], quantities[0]), (kinds[1], quantities[1])]
        }
        var pairs: [(kind: Outcome.Kind, quantity: Quantity)] = []
        for quantity in quantities {
            var best: (distance: Int, kind: Outcome.Kind)?
            for cue in cues {
                guard let distance = distance(reading, quantity, cue), distance < best?.distance ?? .max else {
                    continue
                }
                best = (distance, cue.kind)
            }
            if let best, best.distance <= 14 { pairs.append((best.kind, quantity)) }
        }
        return pairs
    }

    /// Words between a number and an event; nil where another clause or a cause stands between.
    private static func distance(_ reading: Reading, _ quantity: Quantity, _ cue: Cue) -> Int? {
        let from: Int
        let to: Int
        if cue.first > quantity.last {
            (from, to) = (quantity.last + 1, cue.first)
        } else if cue.last < quantity.first {
            (from, to) = (cue.last + 1, quantity.first)
        } else {
            return 0
        }
        var sum = 0
        for at in from..<to {
            let token = reading.tokens[at]
            if token.sign == Sign.semicolon { return nil }
            if token.isAny(.negation) { return nil }
            if token.kind == .word || token.kind == .number { sum += 1 }
        }
        // A verb follows its subject: `71% met response and 29% met remission`.
        return cue.first > quantity.last ? sum : sum + 1
    }

    // MARK: arms and times

    private static func arms(
        _ reading: Reading, _ scene: Scene, _ pairs: [(kind: Outcome.Kind, quantity: Quantity)],
        _ sentence: Reading.Sentence
    ) -> [String?] {
        let quantities = pairs.map(\.quantity)
        var mentions: [(first: Int, last: Int, name: String)] = []
        for index in reading.drugs {
            let mark = reading.marks[index]
            guard Int(mark.first) >= sentence.first, Int(mark.last) < sentence.end else { continue }
            let name = reading.concept(mark).name
            // `saline placebo` is one arm.
            if let last = mentions.last, Int(mark.first) - last.last <= 2,
                DrugRelation.isInert(name), DrugRelation.isInert(last.name)
            {
                continue
            }
            mentions.append((Int(mark.first), Int(mark.last), name))
        }
        var names: [String] = []
        for mention in mentions where !names.contains(mention.name) { names.append(mention.name) }
        if names.isEmpty { return quantities.map { _ in nil } }
        if names.count == 1 {
            // Several shares of one outcome and one drug: the groups are not the drug's.
            if Set(pairs.map(\.kind)).count == pairs.count { return quantities.map { _ in names[0] } }
            return quantities.map { _ in nil }
        }
        let bound = quantities.map { quantity -> String? in
            var best: (Int, String)?
            for mention in mentions where isBound(reading, quantity, mention.first, mention.last) {
                let gap = mention.first > quantity.last ? mention.first - quantity.last : quantity.first - mention.last
                if gap < best?.0 ?? .max { best = (gap, mention.name) }
            }
            return best?.1
        }
        if bound.allSatisfy({ $0 != nil }), Set(bound).count == bound.count { return bound }
        // All arms first, then as many shares in their order.
        if let first = quantities.first, names.count == quantities.count, let last = mentions.last,
            last.last < first.first
        {
            return names
        }
        return quantities.count == 1 ? bound : quantities.map { _ in nil }
    }

    /// `64% for ketamine`, `64% of the ketamine group`, `ketamine (64%)`, `64% with ketamine`.
    private static func isBound(_ reading: Reading, _ quantity: Quantity, _ first: Int, _ last: Int) -> Bool {
        if first > quantity.last {
            guard first - quantity.last <= 8 else { return false }
            var link = false
            for at in quantity.last + 1..<first {
                let token = reading.tokens[at]
                if token.kind == .number || token.isAny(.versus) || token.sign == Sign.semicolon { return false }
                if token.sign == Sign.comma || token.isAny([.and, .or]) { return false }
                for word: StaticString in [
                    "for", "with", "in", "of", "on", "receiving", "who", "treated", "to", "after",
                ]
                where reading.isWord(at, word) {
                    link = true
                }
            }
            return link
        }
        guard quantity.first - last <= 6 else { return false }
        for at in last + 1..<max(quantity.first, last + 1) {
            let token = reading.tokens[at]
            if token.kind == .number || token.isAny([.versus, .and, .or]) || token.sign == Sign.semicolon {
                return false
            }
        }
        return true
    }

    private static func moments(
        _ reading: Reading, _ quantities: [Quantity], _ times: [(at: Int, hours: Double)], _ sentence: Reading.Sentence
    ) -> [Double?] {
        // `relapsed, on average, 19 days after`: how long it took, not when it was rated.
        for at in sentence.first..<sentence.end {
            if reading.isWord(at, "average") || reading.isWord(at, "median") { return quantities.map { _ in nil } }
        }
        let none: [Double?] = quantities.map { _ in nil }
        for at in sentence.first..<sentence.end {
            // `at some point`, `at any time`, `during the phase` name no point in time.
            if reading.isWord(at, "at"), reading.isWord(at + 1, "some") || reading.isWord(at + 1, "any") { return none }
            if reading.isWord(at, "ever") || reading.isWord(at, "throughout") { return none }
        }
        if times.count == 1 { return quantities.map { _ in times[0].hours } }
        let isRespective = (sentence.first..<sentence.end).contains { reading.isWord($0, "respectively") }
        if isRespective, times.count == quantities.count, let first = quantities.first,
            times.allSatisfy({ $0.at < first.first })
        {
            return times.map(\.hours)
        }
        guard times.count > 1 else { return none }
        // `64% at 24 h and 40% at day 7`: the time that follows its number closely.
        return quantities.enumerated().map { index, quantity in
            let next = index + 1 < quantities.count ? quantities[index + 1].first : sentence.end
            let following = times.filter { $0.at > quantity.last && $0.at < next && $0.at - quantity.last <= 6 }
            return following.count == 1 ? following[0].hours : nil
        }
    }

    private static func scale(_ reading: Reading, _ sentence: Reading.Sentence) -> String? {
        var names: [String] = []
        for mark in reading.marks where mark.kind == .scale {
            guard Int(mark.first) >= sentence.first, Int(mark.last) < sentence.end else { continue }
            let name = reading.concept(mark).name
            if !names.contains(name) { names.append(name) }
        }
        return names.count == 1 ? names[0] : nil
    }
}

extension Reading {
    func isPeople(within words: Int, after index: Int) -> Bool {
        for at in index + 1...index + words where isAny(at, .people) { return true }
        return false
    }

    /// The token that begins at a byte offset, by halving.
    func token(startingAt offset: Int) -> Int? {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if Int(tokens[middle].start) < offset { low = middle + 1 } else { high = middle }
        }
        return low < tokens.count && Int(tokens[low].start) == offset ? low : nil
    }

    func token(endingAt offset: Int) -> Int? {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if Int(tokens[middle].end) < offset { low = middle + 1 } else { high = middle }
        }
        return low < tokens.count && Int(tokens[low].end) == offset ? low : nil
    }
}

/// Which number counts which event of its clause.
enum OutcomePairs {
    typealias Pair = (kind: Outcome.Kind, quantity: OutcomeQuantity)

    static func pair(
        _ reading: Reading, _ cues: [OutcomeFinder.Cue], _ quantities: [OutcomeQuantity], _ clause: Range<Int>
    ) -> [Pair] {
        guard let firstCue = cues.first, let lastCue = cues.last, let first = quantities.first,
            let last = quantities.last
        else { return [] }
        if let pairs = respective(reading, cues, quantities) ?? leading(reading, cues, quantities)
            ?? against(reading, cues, quantities, clause)
        {
            return pairs
        }
        var kinds: [Outcome.Kind] = []
        for cue in cues where kinds.last != cue.kind { kinds.append(cue.kind) }
        if kinds.count > 1, lastCue.last < first.first {
            if let pairs = perArm(reading, kinds, quantities) { return pairs }
            // `response and remission rates were 64% and 29%`: as many numbers as events, in their order.
            if quantities.count == 1 { return nearest(reading, cues, quantities, upTo: 3) }
            guard kinds.count == quantities.count, Set(kinds).count == kinds.count else { return [] }
            return Array(zip(kinds, quantities)).map { ($0, $1) }
        }
        if kinds.count > 1, firstCue.first < first.first, lastCue.first < last.first {
            // The event leads: `response was met by 20, remission by 8`.
            return quantities.compactMap { quantity in
                guard let cue = cues.last(where: { $0.last < quantity.first }),
                    isNear(reading, quantity, cue, after: quantities)
                else { return nil }
                return (cue.kind, quantity)
            }
        }
        if kinds.count > 1, first.last < firstCue.first,
            lastCue.first > last.last || isOfOwnVerb(reading, cues, quantities, clause).contains(last.first)
        {
            // The number leads: `16 of 28 responded and 8 of 28 remitted`.
            return quantities.enumerated().compactMap { index, quantity in
                guard let cue = cues.first(where: { $0.first > quantity.last }),
                    isNear(reading, quantity, cue, after: quantities),
                    !isParted(reading, quantities, index, cue)
                else { return nil }
                return (cue.kind, quantity)
            }
        }
        let others = isOfOwnVerb(reading, cues, quantities, clause)
        let quantities = quantities.filter { !others.contains($0.first) }
        let pairs = nearest(reading, cues, quantities, upTo: 14)
        guard kinds.count == 1, let kind = kinds.first, !pairs.isEmpty else { return pairs }
        // One event for a list of numbers: those that stand close together go with the ones that are near it.
        var isTaken = quantities.map { quantity in pairs.contains { $0.quantity.first == quantity.first } }
        for index in quantities.indices.dropFirst() where isTaken[index - 1] && !isTaken[index] {
            isTaken[index] = isChained(reading, quantities[index - 1], quantities[index])
        }
        for index in quantities.indices.dropLast().reversed() where isTaken[index + 1] && !isTaken[index] {
            isTaken[index] = isChained(reading, quantities[index], quantities[index + 1])
        }
        return quantities.indices.compactMap { isTaken[$0] ? (kind, quantities[$0]) : nil }
    }

    /// `Response and remission rates were 67% and 58%, respectively, with 50% maintaining remission`: the events and the
    /// numbers of the word, and nothing else of the clause.
    private static func respective(
        _ reading: Reading, _ cues: [OutcomeFinder.Cue], _ quantities: [OutcomeQuantity]
    ) -> [Pair]? {
        guard let first = quantities.first else { return nil }
        var kinds: [Outcome.Kind] = []
        for cue in cues where cue.last < first.first && kinds.last != cue.kind { kinds.append(cue.kind) }
        guard kinds.count > 1, Set(kinds).count == kinds.count, quantities.count > kinds.count else { return nil }
        let last = quantities[kinds.count - 1].last
        guard let end = (last + 1...last + 2).first(where: { reading.isWord($0, "respectively") }),
            reading.isWord(end + 2, "with")
        else { return nil }
        return Array(zip(kinds, quantities)).map { ($0, $1) }
    }

    /// `9 (18%) and 5 (10%) patients responded and remitted, respectively`: as many events behind the numbers, in their order.
    private static func leading(
        _ reading: Reading, _ cues: [OutcomeFinder.Cue], _ quantities: [OutcomeQuantity]
    ) -> [Pair]? {
        guard cues.count == 2, cues[0].kind != cues[1].kind, quantities.count == 2, quantities[1].last < cues[0].first,
            (cues[0].last + 1..<max(cues[1].first, cues[0].last + 1)).allSatisfy({ reading.isAny($0, .and) }),
            (cues[1].last + 1...cues[1].last + 3).contains(where: { reading.isWord($0, "respectively") })
        else { return nil }
        return [(cues[0].kind, quantities[0]), (cues[1].kind, quantities[1])]
    }

    /// `four had a response and three a remission after ketamine, compared with one and none after placebo`: behind the word
    /// that compares stand the same events in the same order, or it cannot be told which.
    private static func against(
        _ reading: Reading, _ cues: [OutcomeFinder.Cue], _ quantities: [OutcomeQuantity], _ clause: Range<Int>
    ) -> [Pair]? {
        guard let first = quantities.first, let last = quantities.last, let lastCue = cues.last,
            first.first < lastCue.first
        else { return nil }
        let words = (lastCue.last + 1..<max(last.first, lastCue.last + 1)).filter {
            reading.isAny($0, .versus)
                || reading.isWord($0, "compared") && (reading.isWord($0 + 1, "with") || reading.isWord($0 + 1, "to"))
        }
        guard words.count == 1, let word = words.first else { return nil }
        let (left, right) = (quantities.filter { $0.last < word }, quantities.filter { $0.first > word })
        guard left.count == 2, !right.isEmpty else { return nil }
        let pairs = pair(reading, cues, left, clause)
        guard pairs.count == 2, pairs[0].kind != pairs[1].kind else { return nil }
        return right.count == 2 ? pairs + [(pairs[0].kind, right[0]), (pairs[1].kind, right[1])] : pairs
    }

    /// The numbers that tell of something else by a verb of their own.
    private static func isOfOwnVerb(
        _ reading: Reading, _ cues: [OutcomeFinder.Cue], _ quantities: [OutcomeQuantity], _ clause: Range<Int>
    ) -> Set<Int> {
        Set(
            quantities.indices.filter { index in
                let next = index + 1 < quantities.count ? quantities[index + 1].first : clause.upperBound
                return OutcomeStrangers.hasOwnVerb(quantities[index], cues, until: next, reading)
            }.map { quantities[$0].first })
    }

    /// Between a number and the event stands another number, and before that a verb: `60% felt better, and 12% remitted`.
    private static func isParted(
        _ reading: Reading, _ quantities: [OutcomeQuantity], _ index: Int, _ cue: OutcomeFinder.Cue
    ) -> Bool {
        guard index + 1 < quantities.count, quantities[index + 1].last < cue.first else { return false }
        let next = index + 2 < quantities.count ? quantities[index + 1].first : cue.first
        return OutcomeStrangers.hasOwnVerb(
            quantities[index], [OutcomeFinder.Cue(first: -1, last: -1, kind: cue.kind)],
            until: min(next, quantities[index + 1].first), reading)
    }

    /// `response and remission rates were 69% and 53%, compared with 52% and 31%`: the events anew for each arm; `64% versus
    /// 28% and 29% versus 10%`: the arms anew for each event.
    private static func perArm(
        _ reading: Reading, _ kinds: [Outcome.Kind], _ quantities: [OutcomeQuantity]
    ) -> [Pair]? {
        guard kinds.count == 2, kinds[0] != kinds[1], quantities.count == 4 else { return nil }
        let isAgainst = zip(quantities, quantities.dropFirst()).map { left, right in
            (left.last + 1..<max(right.first, left.last + 1)).contains {
                reading.isAny($0, .versus) || reading.isWord($0, "compared") || reading.isWord($0, "against")
                    || reading.isWord($0, "whereas") || reading.isWord($0, "while")
            }
        }
        switch isAgainst {
        case [false, true, false]: return quantities.enumerated().map { (kinds[$0 % 2], $1) }
        case [true, false, true]: return quantities.enumerated().map { (kinds[$0 / 2], $1) }
        default: return nil
        }
    }

    private static func nearest(
        _ reading: Reading, _ cues: [OutcomeFinder.Cue], _ quantities: [OutcomeQuantity], upTo limit: Int
    ) -> [Pair] {
        quantities.compactMap { quantity in
            var best: (distance: Int, kind: Outcome.Kind)?
            for cue in cues {
                guard let distance = distance(reading, quantity, cue), distance < best?.distance ?? .max else {
                    continue
                }
                best = (distance, cue.kind)
            }
            guard let best, best.distance <= limit else { return nil }
            return (best.kind, quantity)
        }
    }

    /// Near by words, or by way of the numbers of the same list that stand between.
    private static func isNear(
        _ reading: Reading, _ quantity: OutcomeQuantity, _ cue: OutcomeFinder.Cue, after list: [OutcomeQuantity]
    ) -> Bool {
        guard let distance = distance(reading, quantity, cue) else { return false }
        let (low, high) = (min(quantity.first, cue.first), max(quantity.last, cue.last))
        let between = list.filter { $0.first > low && $0.last < high && $0.first != quantity.first }.count
        return distance <= 14 + 8 * between
    }

    /// Two numbers of one list: both with their wholes, few words and no denial between them.
    private static func isChained(_ reading: Reading, _ left: OutcomeQuantity, _ right: OutcomeQuantity) -> Bool {
        guard left.last < right.first, right.first - left.last <= 12 else { return false }
        // `31%, 21% and 59%, respectively, versus 11%`
        let isRow =
            right.first - left.last <= 6
            && (left.last + 1..<right.first).allSatisfy {
                reading.tokens[$0].kind == .sign && !reading.isSign($0, Sign.semicolon)
                    || reading.isAny($0, [.and, .versus]) || reading.isWord($0, "respectively")
            }
        if isRow || isParallel(reading, left, right) { return true }
        guard left.total != nil, right.total != nil else { return false }
        return !(left.last + 1..<right.first).contains { reading.isAny($0, .negation) }
    }

    /// `55% of the patients in the ketamine group and 41% of those in the ECT group had a response`: between two shares
    /// stand people, an arm and what joins them, and nothing is said of the first alone.
    private static func isParallel(_ reading: Reading, _ left: OutcomeQuantity, _ right: OutcomeQuantity) -> Bool {
        let between = left.last + 1..<right.first
        guard between.count >= 3, between.count <= 16,
            reading.isAny(left.last + 1, .of) || reading.isWord(left.last + 1, "in")
        else { return false }
        var isDrug = Set<Int>()
        for index in reading.drugs where between.contains(Int(reading.marks[index].first)) {
            isDrug.formUnion(Int(reading.marks[index].first)...Int(reading.marks[index].last))
        }
        guard !isDrug.isEmpty else { return false }
        return between.allSatisfy { at in
            if isDrug.contains(at) || reading.isAny(at, [.of, .and, .versus, .people, .arm]) { return true }
            if reading.isSign(at, Sign.comma) || reading.isSign(at, Sign.hyphen) { return true }
            for word: StaticString in [
                "the", "those", "in", "on", "with", "receiving", "given", "assigned", "to", "treated", "compared",
                "for",
            ] where reading.isWord(at, word) {
                return true
            }
            return false
        }
    }

    /// Words between a number and an event; nil where another clause or a cause stands between.
    private static func distance(
        _ reading: Reading, _ quantity: OutcomeQuantity, _ cue: OutcomeFinder.Cue
    ) -> Int? {
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
        var depth = 0
        var isDefinition = false
        for at in from..<to {
            let token = reading.tokens[at]
            // What stands in brackets, or defines the event, parts nothing: `response, defined as ..., was 67%`.
            if token.sign == Sign.open { depth += 1 }
            if token.sign == Sign.close { depth = max(0, depth - 1) }
            if reading.isWord(at, "defined"), reading.isSign(at - 1, Sign.comma) { isDefinition = true }
            if token.sign == Sign.comma { isDefinition = false }
            if depth > 0 || isDefinition { continue }
            if token.sign == Sign.semicolon { return nil }
            // `none of 13` is a number, not a denial.
            if token.isAny(.negation), !reading.isAny(at + 1, .of) { return nil }
            // Another event stands nearer; `..., but only 26% of these consented` tells of something else.
            if isOtherEvent(token, cue.kind) { return nil }
            if cue.last < quantity.first, reading.isWord(at, "but") { return nil }
            if token.kind == .word || token.kind == .number { sum += 1 }
        }
        // A verb follows its subject: `71% met response and 29% met remission`.
        return cue.first > quantity.last ? sum : sum + 1
    }

    private static func isOtherEvent(_ token: Token, _ kind: Outcome.Kind) -> Bool {
        switch kind {
        case .response: token.isAny([.remission, .relapse])
        case .remission: token.isAny([.response, .relapse])
        case .relapse, .dropout, .adverseEvent: false
        }
    }
}

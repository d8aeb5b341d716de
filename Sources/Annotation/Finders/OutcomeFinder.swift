/// Numbers of people who responded, remitted, relapsed or left, per arm and point in time.
///
/// A sentence is read clause by clause as three lists: what happened, how many, to whom and when. They are paired
/// where the words leave no doubt (one of each, `respectively`, a number that clings to its word, the same arms with
/// the same sizes as just before); otherwise nothing is said.
enum OutcomeFinder {
    struct Cue {
        var first: Int
        var last: Int
        var kind: Outcome.Kind
    }

    /// A number with what was understood of it.
    struct Reported {
        var kind: Outcome.Kind
        var quantity: OutcomeQuantity
        var hours: Double?
        var arm: OutcomeArm?
        /// The scale that this number alone is told of.
        var scale: String?
    }

    /// What a clause leaves to the next one: `at day 7 it was 5 of 14 and 2 of 13`.
    struct Memory {
        var sentence: Int
        /// The event of the clause, where it told of one alone.
        var kind: Outcome.Kind?
        /// The wholes and times of its numbers, in order.
        var totals: [Int?]
        var hours: [Double?]
        /// Arms in the order of their numbers, with their sizes, as last told, and the sentence that told it.
        var order: [(arm: OutcomeArm, total: Int)]
        var orderSentence: Int
        /// The arm of the clause, where it told of one alone.
        var lastArm: OutcomeArm?
    }

    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        let halves = HalvedScore.all(reading)
        guard !halves.isEmpty || reading.marks.contains(where: { $0.kind == .outcome }) else { return }
        let counted = OutcomeQuantity.all(reading, items)
        let quantities = (counted + ArmCounts.all(reading, apartFrom: counted, items)).sorted { $0.first < $1.first }
        guard !quantities.isEmpty else { return }
        let times = OutcomeMoments.times(reading, items)
        let doses = OutcomeArm.doses(reading, items)
        var memory: Memory?
        for (number, sentence) in reading.sentences.enumerated() {
            guard ![.background, .objective, .registration, .funding].contains(sentence.zone), !sentence.isPrior,
                !sentence.isFurther
            else { continue }
            let here = quantities.filter { $0.first >= sentence.first && $0.first < sentence.end }
            guard !here.isEmpty, here.count <= 12 else { continue }
            // A plan reckons with drop-outs; it reports none. Those who answer a survey did not get better by it.
            let isOther = (sentence.first..<sentence.end).contains {
                reading.isWord($0, "will") || reading.isWord($0, "survey")
            }
            if isOther || OutcomeStrangers.isForecast(reading, sentence) { continue }
            var reported: [Reported] = []
            for clause in clauses(reading, sentence) {
                let within = here.filter { clause.contains($0.first) }
                guard !within.isEmpty else { continue }
                let denied = deniedCues(reading, clause, sentence, within, halves)
                let foreign = foreignCues(reading, clause, denied)
                var cues = cues(reading, clause).filter { !denied.contains($0.first) }
                // `A 50% drop in MADRS was seen in 14/20`: the response in the words of its definition.
                if cues.isEmpty { cues = halves.filter { clause.contains($0.first) && !denied.contains($0.first) } }
                let own = within.filter {
                    !isBound($0, to: foreign, reading, clause) && !isOfPartial($0, reading, clause)
                        && !OutcomeStrangers.isOfOthers($0, cues, reading)
                        && !OutcomeStrangers.isOfScale($0, reading, clause)
                }
                guard !own.isEmpty else { continue }
                var pairs = OutcomePairs.pair(reading, cues, own, clause)
                if pairs.isEmpty, cues.isEmpty, denied.isEmpty, let memory,
                    isContinued(reading, clause, memory, number, own),
                    let kind = memory.kind
                {
                    pairs = own.map { (kind, $0) }
                }
                if isOfChosen(reading, clause) { pairs.removeAll { $0.kind == .response || $0.kind == .remission } }
                guard !pairs.isEmpty else { continue }
                let hours = OutcomeMoments.moments(
                    reading, pairs.map(\.quantity), times[number] ?? [], clause, sentence, memory, number)
                var sayings = zip(pairs, hours).map { pair, hours in
                    let next = here.first { $0.first > pair.quantity.last }?.first ?? sentence.end
                    return Reported(
                        kind: pair.kind, quantity: pair.quantity, hours: hours,
                        scale: OutcomeStrangers.scale(of: pair.quantity, until: next, reading, sentence))
                }
                // One scale for all tells nothing apart.
                if Set(sayings.compactMap(\.scale)).count < 2 {
                    for index in sayings.indices { sayings[index].scale = nil }
                }
                reported += OutcomeArm.assign(reading, scene, sayings, clause, sentence, doses, number, &memory)
            }
            let whole = OutcomeQuantity.whole(reading, sentence)
            let common = scale(reading, sentence)
            let scales = reported.map { $0.scale ?? common }
            for (index, saying) in reported.enumerated() {
                let scale = scales[index]
                // Fewer thoughts of suicide are not the response of the depression.
                if let scale, ["SSI", "BSI", "C-SSRS"].contains(scale) { continue }
                // Two shares of the same outcome, arm and time belong to groups that were not understood. Said side by
                // side (`19.6% v. 2.0%`) they are told without an arm, and no table counts them.
                let twins = reported.indices.filter {
                    $0 != index && reported[$0].kind == saying.kind && reported[$0].arm == saying.arm
                        && reported[$0].hours == saying.hours && scales[$0] == scale
                        && !isSaidApart(reading, reported[$0].quantity, saying.quantity, sentence)
                }
                let isTwin =
                    !twins.isEmpty
                    && (saying.arm != nil
                        || !isBesideAll(reading, twins.map { reported[$0].quantity }, saying.quantity))
                if isTwin { continue }
                let outcome = Outcome(
                    kind: saying.kind, percentage: saying.quantity.percentage, events: saying.quantity.events,
                    total: saying.quantity.total ?? whole, arm: saying.arm?.name, dose: saying.arm?.dose,
                    hours: saying.hours, scale: saying.kind == .dropout ? nil : scale,
                    name: saying.kind == .dropout ? Leaving.reason(reading, saying.quantity, sentence) : nil)
                let (first, last) = (saying.quantity.first, saying.quantity.last)
                items.append(
                    Annotation(
                        span: reading.span(first, last), value: .outcome(outcome),
                        context: scene.context(reading, first, last).subtracting(.negated), drug: saying.arm?.name))
            }
        }
    }

    /// Every one of some numbers is joined to the next by no more than a sign, `and` or `versus`, or clings to an event of
    /// its own.
    private static func isBesideAll(_ reading: Reading, _ others: [OutcomeQuantity], _ own: OutcomeQuantity) -> Bool {
        let all = (others + [own]).sorted { $0.first < $1.first }
        let isRow = zip(all, all.dropFirst()).allSatisfy { left, right in
            var words = 0
            var depth = 0
            for at in left.last + 1..<max(right.first, left.last + 1) {
                let token = reading.tokens[at]
                if token.sign == Sign.open || token.sign == Sign.openSquare { depth += 1 }
                if token.sign == Sign.close || token.sign == Sign.closeSquare { depth -= 1 }
                if depth > 0 || token.kind == .sign || token.isAny([.and, .versus]) { continue }
                if isOfLettered(reading, at) { continue }
                words += 1
            }
            return words == 0
        }
        return isRow || all.allSatisfy { isClinging(reading, $0) }
    }

    /// The words of `in group A` between two numbers.
    private static func isOfLettered(_ reading: Reading, _ at: Int) -> Bool {
        (at - 3...at + 2).contains { near in
            guard GroupLetters.letter(reading, near) != nil else { return false }
            return at >= near - 2 && at <= near + 1
                && (at >= near || reading.isWord(at, "in") || reading.isWord(at, "for") || reading.isWord(at, "the"))
        }
    }

    /// `80% response rate (53 of 66)`, `40% remission`.
    private static func isClinging(_ reading: Reading, _ quantity: OutcomeQuantity) -> Bool {
        reading.marks.contains { mark in
            mark.kind == .outcome && !reading.concept(mark).name.isEmpty && Int(mark.first) > quantity.first
                && Int(mark.first) <= quantity.last + 1
        }
    }

    /// `12 patients responded at some point, and 11 maintained response`: two sayings of one group, each with an event of
    /// its own between the numbers and behind the second, in a sentence that names no two arms.
    private static func isSaidApart(
        _ reading: Reading, _ one: OutcomeQuantity, _ other: OutcomeQuantity, _ sentence: Reading.Sentence
    ) -> Bool {
        let (left, right) = one.first < other.first ? (one, other) : (other, one)
        guard left.events != nil, right.events != nil else { return false }
        let cues = reading.marks.filter { $0.kind == .outcome && !reading.concept($0).name.isEmpty }
        let isBetween = cues.contains { Int($0.first) > left.last && Int($0.last) < right.first }
        let isBehind = cues.contains {
            Int($0.first) > right.last && Int($0.first) <= right.last + 5 && Int($0.last) < sentence.end
        }
        let arms = reading.drugs.filter {
            Int(reading.marks[$0].first) >= sentence.first && Int(reading.marks[$0].last) < sentence.end
        }
        let names = Set(arms.map { reading.concept(reading.marks[$0]).name })
        let isGrouped = (sentence.first..<sentence.end).contains { reading.isAny($0, .arm) }
        return isBetween && isBehind && names.count <= 1 && !isGrouped
    }

    /// The parts of a sentence between semicolons that stand in no brackets.
    private static func clauses(_ reading: Reading, _ sentence: Reading.Sentence) -> [Range<Int>] {
        var clauses: [Range<Int>] = []
        var first = sentence.first
        var depth = 0
        for at in sentence.first..<sentence.end {
            let sign = reading.tokens[at].sign
            if sign == Sign.open || sign == Sign.openSquare { depth += 1 }
            if sign == Sign.close || sign == Sign.closeSquare { depth = max(0, depth - 1) }
            if sign == Sign.semicolon, depth == 0 {
                clauses.append(first..<at)
                first = at + 1
            }
        }
        if first < sentence.end { clauses.append(first..<sentence.end) }
        return clauses
    }

    /// A clause without an event of its own goes on with the one before: `; on day 28, 6 of 25 and 4 of 25`,
    /// `At day 7 the figures were 10 of 22 and 3 of 21`. The sizes must be the same, in the same order.
    private static func isContinued(
        _ reading: Reading, _ clause: Range<Int>, _ memory: Memory, _ sentence: Int, _ own: [OutcomeQuantity]
    ) -> Bool {
        guard memory.kind == .response || memory.kind == .remission, own.map(\.total) == memory.totals,
            own.allSatisfy({ $0.events != nil && $0.total != nil })
        else { return false }
        for mark in reading.marks where mark.kind == .adverseEvent && clause.contains(Int(mark.first)) { return false }
        for at in clause where reading.isAny(at, [.women, .men, .completed]) { return false }
        if memory.sentence == sentence { return true }
        guard memory.sentence == sentence - 1 else { return false }
        return clause.contains { at in
            for word: StaticString in [
                "figures", "numbers", "proportions", "rates", "counts", "it", "they", "this", "these",
            ]
            where reading.isWord(at, word) {
                return reading.isAny(at + 1, .be) || reading.isWord(at + 1, "figures")
                    || reading.isWord(at + 1, "numbers")
            }
            return false
        }
    }

    // MARK: events

    private static func cues(_ reading: Reading, _ clause: Range<Int>) -> [Cue] {
        var cues: [Cue] = []
        for mark in reading.marks where mark.kind == .outcome && clause.contains(Int(mark.first)) {
            let first = Int(mark.first)
            let last = Int(mark.last)
            guard let kind = Outcome.Kind(rawValue: reading.concept(mark).name) else { continue }
            if reading.isWord(first - 1, "non") || reading.isWord(first - 2, "non") { continue }
            if first == last, kind == .response, !isCounted(reading, first, clause) { continue }
            if isOfOther(reading, last) || isOfOther(reading, before: first) || isSubgroup(reading, first) { continue }
            // `in response or remission`: one number for either of the two.
            if reading.isAny(last + 1, .or), reading.isAny(last + 2, [.response, .remission]) { return [] }
            cues.append(Cue(first: first, last: last, kind: kind))
        }
        return cues
    }

    /// The first tokens of events that did not happen: `no remission was seen in 12 of 22`, `remained relapse-free`. Where a
    /// number says that none of some people had it, the number stands.
    private static func deniedCues(
        _ reading: Reading, _ clause: Range<Int>, _ sentence: Reading.Sentence, _ quantities: [OutcomeQuantity],
        _ halves: [Cue]
    ) -> Set<Int> {
        var cues = reading.marks.filter {
            $0.kind == .outcome && clause.contains(Int($0.first)) && !reading.concept($0).name.isEmpty
        }.map { (first: Int($0.first), last: Int($0.last)) }
        cues += halves.filter { clause.contains($0.first) }.map { ($0.first, $0.last) }
        let hasNone = quantities.contains { $0.isNone }
        let denied = cues.filter { cue in
            // `response was absent in 12 of 22`
            let isAbsent = reading.isAny(cue.last + 1, .be) && reading.isWord(cue.last + 2, "absent")
            if isFree(reading, cue.last) || isAbsent { return true }
            switch Denial.of(cue.first, reading, sentence, quantities) {
            case nil: return false
            case .compared: return quantities.count < 2
            case .denied: return !hasNone
            }
        }
        return Set(denied.map(\.first))
    }

    /// `Non-responders`, `No remission`, `Not in remission`, in the words of a header.
    static func isDenied(_ reading: Reading, _ mark: Mark) -> Bool {
        let first = Int(mark.first)
        guard !isNon(reading, first), !isFree(reading, Int(mark.last)) else { return true }
        if case .denied = Denial.of(first, reading, reading.sentence(of: first), []) { return true }
        return false
    }

    /// `relapse-free`.
    private static func isFree(_ reading: Reading, _ last: Int) -> Bool {
        reading.isWord(last + 1, "free") || reading.isSign(last + 1, Sign.hyphen) && reading.isWord(last + 2, "free")
    }

    /// The last tokens of events that befell something else than the depression, or did not happen.
    private static func foreignCues(_ reading: Reading, _ clause: Range<Int>, _ denied: Set<Int>) -> [Int] {
        let marks = reading.marks.filter { mark in
            guard clause.contains(Int(mark.first)) else { return false }
            // `a partial response rate of 26%`: less than a response; `no response`.
            if mark.kind == .decoy {
                return reading.isWord(Int(mark.first), of: ["partial", "partially", "no", "lack"])
            }
            return mark.kind == .outcome
                && (isOfOther(reading, Int(mark.last)) || isOfOther(reading, before: Int(mark.first))
                    || denied.contains(Int(mark.first)) || isNon(reading, Int(mark.first)))
        }
        let words = clause.filter { at in
            reading.isWord(at, of: ["non", "nonresponders", "nonresponse", "nonremitters", "nonremission"])
        }
        return (marks.map { Int($0.last) } + words).sorted()
    }

    /// `non-responders`.
    private static func isNon(_ reading: Reading, _ first: Int) -> Bool {
        reading.isWord(first - 1, "non") || reading.isWord(first - 2, "non") && reading.isSign(first - 1, Sign.hyphen)
    }

    /// `the remission rate for PTSD was 80%`: the number goes with that event, not with the next one.
    private static func isBound(
        _ quantity: OutcomeQuantity, to cues: [Int], _ reading: Reading, _ clause: Range<Int>
    ) -> Bool {
        guard let before = cues.last(where: { $0 < quantity.first }), quantity.first - before <= 30,
            !reading.marks.contains(where: {
                $0.kind == .outcome && Int($0.first) > before && Int($0.last) < quantity.first
            })
        else { return false }
        // `antisuicidal remission ..., and 40% responded`
        return !reading.marks.contains {
            $0.kind == .outcome && !reading.concept($0).name.isEmpty && Int($0.first) > quantity.last
                && Int($0.first) <= quantity.last + 3
                && !(quantity.last + 1..<Int($0.first)).contains {
                    reading.isSign($0, Sign.comma) || reading.isAny($0, .and)
                }
        }
    }

    /// `31% (n = 8) of participants partially responded`: the number goes with what is less than a response.
    private static func isOfPartial(_ quantity: OutcomeQuantity, _ reading: Reading, _ clause: Range<Int>) -> Bool {
        reading.marks.contains { mark in
            let first = Int(mark.first)
            guard mark.kind == .decoy, clause.contains(first), first > quantity.last, first <= quantity.last + 8,
                reading.isWord(first, "partial") || reading.isWord(first, "partially")
            else { return false }
            return (quantity.last + 1..<first).allSatisfy { at in
                !reading.isNumber(at) && !reading.isAny(at, [.response, .remission])
            }
        }
    }

    /// `SI responders`, `pain response`.
    private static func isOfOther(_ reading: Reading, before cue: Int) -> Bool {
        for word: StaticString in [
            "si", "suicidal", "suicide", "ideation", "pain", "anxiety", "ptsd", "ocd", "antisuicidal", "antianhedonic",
            "anxiolytic", "anhedonic", "suicidality",
        ]
        where reading.isWord(cue - 1, word) {
            return true
        }
        return false
    }

    /// `Among day 2 nonresponders, 52% responded by day 28`: a share of those who were sorted out before.
    private static func isOfChosen(_ reading: Reading, _ clause: Range<Int>) -> Bool {
        for at in clause where reading.isWord(at, "among") || reading.isWord(at, "in") && at == clause.lowerBound {
            for near in at + 1...at + 8 where clause.contains(near) {
                for word: StaticString in ["responders", "nonresponders", "remitters", "nonremitters"]
                where reading.isWord(near, word) {
                    return true
                }
            }
        }
        return false
    }

    /// `Of 25 responders, 7 relapsed`, `among the 12 remitters`: who was followed, not what befell.
    private static func isSubgroup(_ reading: Reading, _ cue: Int) -> Bool {
        if reading.isWord(cue - 1, "among") || reading.isWord(cue - 2, "among") { return true }
        // `27% of responders had not relapsed`, `27% of ketamine responders`
        if reading.isAny(cue - 1, .of), reading.isSign(cue - 2, Sign.percent) { return true }
        if reading.isAny(cue - 2, .of), reading.isSign(cue - 3, Sign.percent),
            reading.drugs.contains(where: { Int(reading.marks[$0].last) == cue - 1 })
        {
            return true
        }
        var at = cue - 1
        guard reading.isNumber(at) else { return false }
        at -= 1
        if reading.isWord(at, "the") { at -= 1 }
        // `10 of 14 responders relapsed`
        if reading.isAny(at, .of), reading.isNumber(at - 1) { return true }
        let isFirst = reading.tokens[cue - 1].sentence != reading.at(at - 1)?.sentence
        return reading.isWord(at, "among") || reading.isAny(at, .of) && isFirst
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

    /// A bare `response` is an outcome where it is reached, rated or joined to remission, or opens its clause.
    private static func isCounted(_ reading: Reading, _ index: Int, _ clause: Range<Int>) -> Bool {
        if !reading.isWord(index, "response") && !reading.isWord(index, "responses") { return true }
        if index == clause.lowerBound { return true }
        for word: StaticString in ["met", "achieved", "attained", "showed", "had", "reached", "a", "achieving"]
        where reading.isWord(index - 1, word) {
            return true
        }
        for word: StaticString in ["was", "were", "at", "persisted", "occurred", "lasted"]
        where reading.isWord(index + 1, word) {
            return true
        }
        if reading.isSign(index + 1, Sign.open) { return true }
        // `33% response ketamine vs 0% response placebo`
        if reading.isSign(index - 1, Sign.percent),
            reading.drugs.contains(where: { Int(reading.marks[$0].first) == index + 1 })
        {
            return true
        }
        // `led to response in 12 of 24`
        if reading.isWord(index + 1, "in"), reading.isNumber(index + 2) { return true }
        return reading.isAny(index + 1, [.and, .or]) && reading.isAny(index + 2, .remission)
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

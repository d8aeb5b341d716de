/// An arm as its outcomes name it: the drug, and what tells it from another arm of the same drug.
struct OutcomeArm: Equatable {
    var name: String?
    /// `0.1 mg/kg`, `twice weekly`; only where the same drug has several arms.
    var dose: String?

    /// `ketamine 0.1 mg/kg`.
    var label: String? { name.map { [$0, dose].compactMap(\.self).joined(separator: " ") } }

    /// A place where a sentence names an arm.
    struct Mention {
        var first: Int
        var last: Int
        var arm: OutcomeArm
    }

    typealias PrintedDose = (first: Int, last: Int, text: String, drug: String?)

    /// The single doses of a section.
    static func doses(_ reading: Reading, _ items: [Annotation]) -> [PrintedDose] {
        items.compactMap { item in
            guard item.span.section == reading.section, case .dose(let dose) = item.value, dose.low == dose.high,
                dose.unit == .milligramsPerKilogram || dose.unit == .milligrams, !dose.isTotal,
                let first = reading.token(startingAt: item.span.start),
                let last = reading.token(endingAt: item.span.end)
            else { return nil }
            return (first, last, "\(dose.low) \(dose.unit.rawValue)", dose.drug)
        }
    }

    /// The arm of every number of a clause; what was understood is remembered for the clauses that follow.
    static func assign(
        _ reading: Reading, _ scene: Scene, _ sayings: [OutcomeFinder.Reported], _ clause: Range<Int>,
        _ sentence: Reading.Sentence, _ doses: [PrintedDose], _ number: Int, _ memory: inout OutcomeFinder.Memory?
    ) -> [OutcomeFinder.Reported] {
        var sayings = sayings
        let mentions = mentions(reading, scene, clause, doses)
        let compared = compared(reading, mentions)
        let inSentence =
            clause.count == sentence.end - sentence.first
            ? mentions : Self.mentions(reading, scene, sentence.first..<sentence.end, doses)
        let places = sayings.map(\.quantity)
        var order = memory.map { number - $0.orderSentence <= 3 ? $0.order : [] } ?? []
        var orderSentence = memory?.orderSentence ?? number
        var lastArm = memory?.sentence == number ? memory?.lastArm : nil
        var done = Set<Int>()
        for start in sayings.indices where !done.contains(start) {
            let group = sayings.indices.filter {
                sayings[$0].kind == sayings[start].kind && sayings[$0].hours == sayings[start].hours
                    && sayings[$0].scale == sayings[start].scale
            }
            done.formUnion(group)
            let found = arms(reading, group, places, mentions, clause)
            let arms: [OutcomeArm?]
            if let inTurn = inTurn(reading, group, places, mentions, clause) {
                arms = inTurn
            } else if let compared, group.count == 2, isVersus(reading, places[group[0]], places[group[1]]) {
                // `Compared with propofol, esketamine had a higher response (80% vs. 70%)`.
                arms = compared
            } else if let opposed = opposed(reading, group.map { places[$0] }, mentions) {
                arms = opposed
            } else if let carried = carried(group.map { places[$0] }, found, order) {
                arms = carried
            } else if found.contains(where: { $0 != nil }) {
                arms = found
            } else if mentions.isEmpty, group.count > 1, distinct(inSentence).count == group.count,
                clause.contains(where: { reading.isWord($0, "respective") || reading.isWord($0, "respectively") })
            {
                arms = distinct(inSentence)
            } else if mentions.isEmpty, group.count == 2, distinct(inSentence).count == 2,
                isVersus(reading, places[group[0]], places[group[1]])
            {
                // `64% on ketamine responded versus 39% on placebo; 31% versus 14% remitted`
                arms = distinct(inSentence)
            } else if mentions.isEmpty, group.count == 1 {
                let names = distinct(inSentence)
                arms = [names.isEmpty || names.count > 1 ? lastArm : names[0]]
            } else {
                arms = found
            }
            for (index, arm) in zip(group, arms) { sayings[index].arm = arm }
            let told = zip(group, arms).compactMap { index, arm in
                arm.flatMap { arm in places[index].total.map { (arm, $0) } }
            }
            if group.count > 1, told.count == group.count { (order, orderSentence) = (told, number) }
            lastArm = group.count == 1 ? arms[0] : nil
        }
        let kinds = Set(sayings.map(\.kind))
        memory = OutcomeFinder.Memory(
            sentence: number, kind: kinds.count == 1 ? kinds.first : nil, totals: sayings.map(\.quantity.total),
            hours: sayings.map(\.hours), order: order, orderSentence: orderSentence, lastArm: lastArm)
        return sayings
    }

    /// `0.1, 0.5 and 1.0 mg/kg: 31%, 59% and 53%, respectively, versus 11% for midazolam`: the arms before all numbers are
    /// theirs in turn, and what comes after has its own beside it.
    private static func inTurn(
        _ reading: Reading, _ group: [Int], _ places: [OutcomeQuantity], _ mentions: [Mention], _ clause: Range<Int>
    ) -> [OutcomeArm?]? {
        guard let word = clause.first(where: { reading.isWord($0, "respectively") }), let first = group.first else {
            return nil
        }
        let count = group.count { places[$0].last < word }
        let leading = distinct(mentions.filter { $0.last < places[first].first })
        guard count > 1, leading.count == count, leading.allSatisfy({ $0.dose != nil }) else { return nil }
        let rest = group.dropFirst(count).map { bound(reading, places, $0, mentions, clause, isBehind: true) }
        return rest.allSatisfy { $0 != nil } ? leading + rest : nil
    }

    /// `14 of 22 given ketamine and 4 of 21 given midazolam; 8 of 22 and 2 of 21 remitted`: the same sizes in the same
    /// order are the same arms, unless a name says otherwise.
    private static func carried(
        _ group: [OutcomeQuantity], _ found: [OutcomeArm?], _ order: [(arm: OutcomeArm, total: Int)]
    ) -> [OutcomeArm?]? {
        guard group.count > 1, group.count == order.count, zip(group, order).allSatisfy({ $0.total == $1.total })
        else { return nil }
        for (arm, known) in zip(found, order) {
            guard let name = arm?.name else { continue }
            // A drug's arms are told apart by their doses; a name alone does not contradict.
            let isSame =
                name == known.arm.name || DrugRelation.isInert(name) && DrugRelation.isInert(known.arm.name ?? "")
            if !isSame || arm?.dose != nil && arm?.dose != known.arm.dose { return nil }
        }
        return order.map(\.arm)
    }

    /// The arms of the numbers of one event that stand side by side: `in 4/22 ketamine vs 1/20 saline`. One number of a
    /// sentence that names no arm, or one alone, is the whole study's or that arm's; nil where it cannot be told.
    static func sideBySide(
        _ reading: Reading, _ scene: Scene, _ quantities: [OutcomeQuantity], _ sentence: Reading.Sentence,
        _ doses: [PrintedDose]
    ) -> [OutcomeArm?]? {
        let clause = sentence.first..<sentence.end
        // `before ketamine` names a time.
        let mentions = mentions(reading, scene, clause, doses).filter { !reading.isAny($0.first - 1, .before) }
        let names = distinct(mentions)
        if names.isEmpty { return quantities.count == 1 ? [nil] : nil }
        // `Nausea in 5 patients on lithium`: what the study does not compare is no arm, and its people are not the study's.
        if !names.contains(where: { isStudied($0, scene) }) { return nil }
        let group = Array(quantities.indices)
        let behind = group.map { bound(reading, quantities, $0, mentions, clause, isBehind: true) }
        let before = group.map { bound(reading, quantities, $0, mentions, clause, isBehind: false) }
        if quantities.count == 1 {
            // `compared with placebo` names the arm that the number is not of.
            let own = distinct(mentions.filter { !isCompared(reading, $0.first) })
            if own.count == 1 { return [own[0]] }
            return (behind[0] ?? before[0]).map { [$0] }
        }
        if isWhole(behind) { return behind }
        if isWhole(before) { return before }
        let either = zip(behind, before).map { $0 ?? $1 }
        if isWhole(either) { return either }
        guard names.count == quantities.count else { return nil }
        if let compared = compared(reading, mentions), quantities.count == 2 { return compared }
        let isInOrder =
            isVersus(reading, quantities[0], quantities[1])
            || clause.contains { reading.isWord($0, "respectively") || reading.isWord($0, "respective") }
        return isInOrder ? names : nil
    }

    private static func isStudied(_ arm: OutcomeArm, _ scene: Scene) -> Bool {
        guard let name = arm.name else { return true }
        return DrugRelation.family(name) == scene.mainDrug || DrugRelation.isUsualComparator(name)
            || RescueDrug.isHeldAgainst(name, scene)
    }

    // MARK: what is compared

    /// The arm that an effect is of and the one that it is held against: `ketamine versus midazolam`, `compared with
    /// placebo, ketamine ...`, `the difference between ketamine and saline`. nil where the sentence names no two arms, or more
    /// of them, so that it cannot be told which.
    static func contrast(
        _ reading: Reading, _ scene: Scene, _ sentence: Reading.Sentence, before estimate: Int, _ doses: [PrintedDose]
    ) -> (own: OutcomeArm, other: OutcomeArm)? {
        var all = mentions(reading, scene, sentence.first..<sentence.end, doses)
        // What is named far behind belongs to another finding.
        all.removeAll { $0.first > estimate + 24 }
        if let pair = pair(reading, scene, all, sentence) { return pair }
        // `response (OR 2.1 vs placebo, 1.4 vs midazolam)` and the like: what stands in the clause of the estimate.
        var first = estimate
        while first > sentence.first, !reading.isSign(first - 1, Sign.semicolon) { first -= 1 }
        guard first > sentence.first else { return nil }
        return pair(reading, scene, all.filter { $0.first >= first && $0.last < estimate }, sentence)
    }

    private static func pair(
        _ reading: Reading, _ scene: Scene, _ mentions: [Mention], _ sentence: Reading.Sentence
    ) -> (own: OutcomeArm, other: OutcomeArm)? {
        let names = distinct(mentions)
        guard names.count == 2 else { return nil }
        // `the combination` is neither of the two.
        for at in sentence.first..<sentence.end {
            for word: StaticString in ["combination", "combined", "alone", "both"] where reading.isWord(at, word) {
                return nil
            }
        }
        if let compared = compared(reading, mentions), let own = compared[0], let other = compared[1] {
            return (own, other)
        }
        // `between ketamine and saline`, `ketamine ... in contrast to placebo`: the drug that is studied comes first.
        let isBetween = (sentence.first..<mentions[0].first).contains { reading.isWord($0, "between") }
        let isAgainst = mentions.contains { mention in
            reading.isWord(mention.first - 1, of: ["over", "against", "from"])
        }
        guard isBetween || isAgainst else { return nil }
        let own = names.filter { DrugRelation.family($0.name ?? "") == scene.mainDrug }
        guard own.count == 1, let other = names.first(where: { $0 != own[0] }) else { return nil }
        return (own[0], other)
    }

    // MARK: what names an arm

    /// The arm that a clause speaks of and the one it is held against, where it names these two.
    private static func compared(_ reading: Reading, _ mentions: [Mention]) -> [OutcomeArm?]? {
        let against = mentions.filter { isCompared(reading, $0.first) }
        guard let other = against.first, distinct(against).count == 1 else { return nil }
        let own = distinct(mentions.filter { $0.arm != other.arm })
        return own.count == 1 ? [own[0], other.arm] : nil
    }

    /// `80% vs. 70%`, with nothing but their wholes between.
    static func isVersus(_ reading: Reading, _ left: OutcomeQuantity, _ right: OutcomeQuantity) -> Bool {
        guard left.last < right.first, right.first - left.last <= 4 else { return false }
        return (left.last + 1..<right.first).contains { reading.isAny($0, .versus) }
    }

    private static func mentions(
        _ reading: Reading, _ scene: Scene, _ range: Range<Int>, _ doses: [PrintedDose]
    ) -> [Mention] {
        var mentions: [Mention] = []
        var rescues: [Mark] = []
        for index in reading.drugs {
            let mark = reading.marks[index]
            guard Int(mark.first) >= range.lowerBound, Int(mark.last) < range.upperBound else { continue }
            if RescueDrug.isRescue(reading, mark, scene) {
                rescues.append(mark)
                continue
            }
            let name = reading.concept(mark).name
            // `propofol-ECT` is the arm of the anaesthetic.
            if name == "ect", reading.isSign(Int(mark.first) - 1, Sign.hyphen), let last = mentions.last,
                last.last == Int(mark.first) - 2
            {
                continue
            }
            // `escitalopram + ketamine` and `escitalopram + placebo` are told apart by what was added.
            if let last = mentions.last, isAdded(reading, Int(mark.first), to: last.last) {
                let other = last.arm.name ?? ""
                let isOwn = DrugRelation.family(name) == scene.mainDrug || DrugRelation.isInert(name)
                let isOther = DrugRelation.family(other) == scene.mainDrug || DrugRelation.isInert(other)
                if isOwn != isOther {
                    mentions[mentions.count - 1].last = Int(mark.last)
                    if isOwn { mentions[mentions.count - 1].arm = OutcomeArm(name: name) }
                    continue
                }
            }
            // `saline placebo` is one arm.
            if let last = mentions.last, Int(mark.first) - last.last <= 2, DrugRelation.isInert(name),
                DrugRelation.isInert(last.arm.name ?? "")
            {
                continue
            }
            mentions.append(Mention(first: Int(mark.first), last: Int(mark.last), arm: OutcomeArm(name: name)))
        }
        mentions += GroupLetters.mentions(reading, scene, range)
        for mark in reading.marks where mark.kind == .schedule && range.contains(Int(mark.first)) {
            for index in mentions.indices where mentions[index].first - Int(mark.last) == 1 {
                mentions[index].arm.dose = reading.concept(mark).name
            }
        }
        for dose in doses where dose.first >= range.lowerBound && dose.last < range.upperBound {
            let isOfRescue = rescues.contains {
                dose.first > $0.last && dose.first - Int($0.last) <= 3
                    || dose.last < $0.first && Int($0.first) - dose.last <= 3
            }
            if isOfRescue { continue }
            if let index = mentions.firstIndex(where: {
                $0.first > dose.last && $0.first - dose.last <= 3 || dose.first > $0.last && dose.first - $0.last <= 3
            }), !isListed(reading, mentions[index], dose) {
                if mentions[index].arm.dose == nil {
                    mentions[index].arm.dose = dose.text
                    mentions[index].first = min(mentions[index].first, dose.first)
                    mentions[index].last = max(mentions[index].last, dose.last)
                }
            } else if let name = scene.mainDrug ?? dose.drug {
                let arm = OutcomeArm(name: name, dose: dose.text)
                mentions.append(Mention(first: dose.first, last: dose.last, arm: arm))
            }
        }
        mentions.sort { $0.first < $1.first }
        // The dose is told only where a drug has several.
        for mention in mentions {
            let own = Set(mentions.filter { $0.arm.name == mention.arm.name }.map(\.arm.dose))
            guard own.count == 1 else { continue }
            for index in mentions.indices where mentions[index].arm.name == mention.arm.name {
                mentions[index].arm.dose = nil
            }
        }
        return mentions
    }

    /// `0.1, 0.2 or 0.5 mg/kg`: the dose is one of a list, and the one before it has its own place.
    private static func isListed(_ reading: Reading, _ mention: Mention, _ dose: PrintedDose) -> Bool {
        guard mention.arm.dose != nil, mention.arm.dose != dose.text, dose.first > mention.last else { return false }
        return (mention.last + 1..<dose.first).allSatisfy {
            reading.isSign($0, Sign.comma) || reading.isAny($0, [.and, .or])
        }
    }

    /// `+` or `plus` and no more between two drugs.
    private static func isAdded(_ reading: Reading, _ first: Int, to last: Int) -> Bool {
        first - last == 2 && (reading.isSign(last + 1, Sign.plus) || reading.isWord(last + 1, "plus"))
    }

    static func distinct(_ mentions: [Mention]) -> [OutcomeArm] {
        mentions.reduce(into: []) { if !$0.contains($1.arm) { $0.append($1.arm) } }
    }

    private static func arms(
        _ reading: Reading, _ group: [Int], _ places: [OutcomeQuantity], _ mentions: [Mention], _ clause: Range<Int>
    ) -> [OutcomeArm?] {
        let names = distinct(mentions)
        let none: [OutcomeArm?] = group.map { _ in nil }
        if names.isEmpty { return none }
        // Several shares of one outcome and one drug: the groups are not the drug's.
        if names.count == 1, group.count == 1 { return [names[0]] }
        let behind = group.map { bound(reading, places, $0, mentions, clause, isBehind: true, apartFrom: group) }
        if isWhole(behind) { return behind }
        // `superior to placebo (69% response)`: a lone number is that of the arm that was compared.
        let leading = group.count == 1 ? mentions.filter { !isCompared(reading, $0.first) } : mentions
        let before = group.map { bound(reading, places, $0, leading, clause, isBehind: false, apartFrom: group) }
        if isWhole(before) { return before }
        let either = zip(behind, before).map { $0 ?? $1 }
        if names.count > 1, isWhole(either) { return either }
        if let listed = listedBehind(reading, group, places, mentions, clause) { return listed }
        // All arms first, then as many shares in their order.
        if names.count > 1, names.count == group.count, let last = mentions.last, last.last < places[group[0]].first {
            return names
        }
        // One arm that is named beside one number tells which it is; the others stay open.
        if group.count > 1, Set(behind.compactMap(\.?.name)).count == behind.filter({ $0 != nil }).count,
            names.count == 1
        {
            return behind
        }
        return group.count == 1 ? either : none
    }

    /// `compared with placebo`, `versus placebo`, `than placebo`, `superior to placebo`.
    static func isCompared(_ reading: Reading, _ mention: Int) -> Bool {
        if reading.isAny(mention - 1, .versus) || reading.isWord(mention - 1, "than") { return true }
        guard reading.isWord(mention - 1, "to") || reading.isWord(mention - 1, "with") else { return false }
        for word: StaticString in ["compared", "superior", "inferior", "relative", "comparison"]
        where reading.isWord(mention - 2, word) {
            return true
        }
        return false
    }

    private static func isWhole(_ arms: [OutcomeArm?]) -> Bool {
        let known = arms.compactMap { $0 }
        return known.count == arms.count && distinctCount(known) == known.count
    }

    private static func distinctCount(_ arms: [OutcomeArm]) -> Int {
        arms.reduce(into: [OutcomeArm]()) { if !$0.contains($1) { $0.append($1) } }.count
    }

    /// The arm that stands nearest to a number, between it and the next (or the one before).
    private static func bound(
        _ reading: Reading, _ places: [OutcomeQuantity], _ index: Int, _ mentions: [Mention], _ clause: Range<Int>,
        isBehind: Bool, apartFrom group: [Int] = []
    ) -> OutcomeArm? {
        var (place, index) = (places[index], index)
        // `15 of the 22 allocated to ketamine (68%)`: the arm stands inside.
        let inside = mentions.filter { $0.first > place.first && $0.last < place.last }
        if inside.count == 1 { return inside[0].arm }
        var previous = index > 0 ? places[index - 1].last : clause.lowerBound - 1
        var next = index + 1 < places.count ? places[index + 1].first : clause.upperBound
        if isBehind {
            // `52% and 31% in the placebo group`: the arm behind two events is that of both.
            if !group.isEmpty, index + 1 < places.count, !group.contains(index + 1),
                isJoined(reading, place, places[index + 1])
            {
                (place, index) = (places[index + 1], index + 1)
                next = index + 1 < places.count ? places[index + 1].first : clause.upperBound
            }
            return mentions.first {
                $0.first > place.last && $0.last < next && isBound(reading, place, $0.first, $0.last)
            }?.arm
        }
        // `in the esketamine group 69% and 53%`: the arm before two events is that of both.
        if !group.isEmpty, index > 0, !group.contains(index - 1), isJoined(reading, places[index - 1], place) {
            (place, index) = (places[index - 1], index - 1)
            previous = index > 0 ? places[index - 1].last : clause.lowerBound - 1
        }
        return mentions.last {
            $0.first > previous && $0.last < place.first && isBound(reading, place, $0.first, $0.last)
        }?.arm
    }

    private static func isJoined(_ reading: Reading, _ left: OutcomeQuantity, _ right: OutcomeQuantity) -> Bool {
        left.last < right.first && right.first - left.last <= 2
            && (left.last + 1..<right.first).allSatisfy { reading.isAny($0, .and) || reading.isSign($0, Sign.comma) }
    }

    /// `14/20 ketamine-treated patients`, `6 of 10 ketamine patients`.
    private static func isOfPeople(_ reading: Reading, _ next: Int) -> Bool {
        if reading.isSign(next, Sign.hyphen), reading.isAny(next + 1, [.treated, .given]) { return true }
        for word: StaticString in ["recipients", "treated"] where reading.isWord(next, word) { return true }
        return reading.isAny(next, [.people, .arm])
    }

    /// `64% for ketamine`, `64% of the ketamine group`, `ketamine (64%)`, `64% with ketamine`.
    private static func isBound(_ reading: Reading, _ quantity: OutcomeQuantity, _ first: Int, _ last: Int) -> Bool {
        if first > quantity.last {
            guard first - quantity.last <= 8 else { return false }
            // `33% response ketamine vs 0% response placebo`
            if first == quantity.last + 2, reading.isAny(first - 1, [.response, .remission]) { return true }
            // `18% ketamine vs 5% saline`
            var link =
                first == quantity.last + 1
                && (reading.isAny(last + 1, .versus) || reading.isAny(quantity.first - 1, .versus)
                    || isOfPeople(reading, last + 1))
            // `71% (ketamine) and 0% (placebo)`
            if first == quantity.last + 2, reading.isSign(first - 1, Sign.open), reading.isSign(last + 1, Sign.close) {
                link = true
            }
            for at in quantity.last + 1..<first {
                let token = reading.tokens[at]
                // `44% 24 hours after ketamine`
                if token.kind == .number, TimeUnit.unit(reading, after: at) != nil { continue }
                if token.kind == .number || token.isAny(.versus) || token.sign == Sign.semicolon { return false }
                if token.sign == Sign.comma || token.isAny([.and, .or]) { return false }
                for word: StaticString in [
                    "for", "with", "in", "of", "on", "receiving", "who", "treated", "to", "after", "given", "assigned",
                ]
                where reading.isWord(at, word) {
                    link = true
                }
            }
            return link
        }
        let size = sizeInBrackets(reading, last + 1..<max(quantity.first, last + 1))
        guard quantity.first - last - size.count <= 6 else { return false }
        for at in last + 1..<max(quantity.first, last + 1) where !size.contains(at) {
            let token = reading.tokens[at]
            if token.kind == .number || token.isAny([.versus, .and, .or]) || token.sign == Sign.semicolon {
                return false
            }
        }
        return true
    }

    /// `(n = 20)` between an arm and its number.
    private static func sizeInBrackets(_ reading: Reading, _ range: Range<Int>) -> Range<Int> {
        for at in range where range.upperBound - at >= 5 && reading.isSign(at, Sign.open) {
            if reading.isWord(at + 1, "n"), reading.isSign(at + 2, Sign.equals), reading.isNumber(at + 3),
                reading.isSign(at + 4, Sign.close)
            {
                return at..<at + 5
            }
        }
        return range.lowerBound..<range.lowerBound
    }
}

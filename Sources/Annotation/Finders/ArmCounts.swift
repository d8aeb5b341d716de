/// Counts of people arm by arm whose wholes are told elsewhere: `two patients in the ketamine group and one in the placebo
/// group met criteria for remission`, `one patient (5%) and none after placebo`.
enum ArmCounts {
    private struct Phrase {
        var first: Int
        var people: Int
        var end: Int
        var count: Int
    }

    /// What no other number covers.
    static func all(_ reading: Reading, apartFrom known: [OutcomeQuantity], _ items: [Annotation]) -> [OutcomeQuantity]
    {
        var found: [OutcomeQuantity] = []
        var isDrug: Set<Int> = []
        for index in reading.drugs { isDrug.insert(Int(reading.marks[index].first)) }
        guard !isDrug.isEmpty else { return [] }
        var previous: Phrase?
        // Only a sentence that tells of an event counts its people.
        var told = Set<Int32>()
        for mark in reading.marks where mark.kind == .outcome { told.insert(reading.tokens[Int(mark.first)].sentence) }
        for index in reading.tokens.indices where told.contains(reading.tokens[index].sentence) {
            guard let phrase = phrase(reading, index, isDrug) else { continue }
            let isCovered = known.contains { $0.first <= index && index <= $0.last }
            if let before = previous, isJoined(reading, before, phrase), isTold(reading, before, phrase) {
                for one in [before, phrase]
                where !known.contains(where: { $0.first <= one.first && one.first <= $0.last }) {
                    found.append(quantity(one))
                }
            } else if phrase.count == 0, !isCovered, let last = known.last(where: { $0.last < index }),
                index - last.last <= 2, reading.isAny(index - 1, .and)
            {
                // `1 (5%) and none after placebo`
                found.append(quantity(phrase))
            }
            previous = phrase
        }
        return found.reduce(into: []) { all, one in
            if !all.contains(where: { $0.first == one.first }) { all.append(one) }
        }
    }

    private static func quantity(_ phrase: Phrase) -> OutcomeQuantity {
        OutcomeQuantity(
            first: phrase.first, last: phrase.people, percentage: nil, events: phrase.count, total: nil)
    }

    /// `two patients in the ketamine group`, `one given placebo`, `none after placebo`.
    private static func phrase(_ reading: Reading, _ index: Int, _ isDrug: Set<Int>) -> Phrase? {
        let token = reading.tokens[index]
        let isNone = reading.isWord(index, "none")
        guard isNone || token.kind == .number && !token.has(.decimal) && token.value >= 1 && token.value < 1000 else {
            return nil
        }
        if let before = reading.at(index - 1), before.sentence == token.sentence,
            before.kind == .number || before.kind == .sign && before.sign != Sign.comma
                || before.isAny([.of, .day, .week, .month, .hour])
        {
            return nil
        }
        var at = index + 1
        if reading.isAny(at, .people), !reading.isAny(at, .arm) { at += 1 }
        let people = at - 1
        guard
            reading.isWord(at, of: ["in", "on", "given", "receiving", "from", "after", "with", "treated", "assigned"])
        else { return nil }
        at += 1
        while reading.isWord(at, of: ["the", "with", "to", "receiving"]) {
            at += 1
        }
        guard isDrug.contains(at), reading.tokens[at].sentence == token.sentence else { return nil }
        while reading.isAny(at + 1, .arm) || reading.isAny(at + 1, .people) { at += 1 }
        return Phrase(first: index, people: people, end: at, count: isNone ? 0 : Int(token.value))
    }

    /// No more than `and`, `but only`, `compared with` between two of them.
    private static func isJoined(_ reading: Reading, _ left: Phrase, _ right: Phrase) -> Bool {
        guard left.end < right.first, right.first - left.end <= 4,
            reading.tokens[left.first].sentence == reading.tokens[right.first].sentence
        else { return false }
        return right.first - left.end > 1
            && (left.end + 1..<right.first).allSatisfy { at in
                reading.isAny(at, [.and, .versus]) || reading.isSign(at, Sign.comma)
                    || reading.isWord(at, of: ["but", "only", "compared", "with", "to", "against"])
            }
    }

    /// The event stands right behind the two, or right before them.
    private static func isTold(_ reading: Reading, _ left: Phrase, _ right: Phrase) -> Bool {
        reading.marks.contains { mark in
            guard mark.kind == .outcome, !reading.concept(mark).name.isEmpty else { return false }
            let between: Range<Int>
            if Int(mark.first) > right.end, Int(mark.first) - right.end <= 4 {
                between = right.end + 1..<Int(mark.first)
            } else if Int(mark.last) < left.first, left.first - Int(mark.last) <= 5 {
                between = Int(mark.last) + 1..<left.first
            } else {
                return false
            }
            return between.allSatisfy { at in
                reading.isAny(at, .be)
                    || reading.isWord(
                        at,
                        of: [
                            "met", "achieved", "reached", "showed", "had", "attained", "fulfilled", "experienced", "a",
                            "the", "occurred", "seen", "observed", "in", "by", "criteria", "for", "only",
                        ])
            }
        }
    }
}

/// Arms that stand apart from their numbers: listed behind them, or on either side of the word that compares.
extension OutcomeArm {
    /// `Four had a response after ketamine compared with one and none after placebo`: one arm is named before the word that
    /// compares, one behind it, and so stand the numbers.
    static func opposed(
        _ reading: Reading, _ group: [OutcomeQuantity], _ mentions: [Mention]
    ) -> [OutcomeArm?]? {
        guard group.count == 2, group[0].last < group[1].first else { return nil }
        let words = (group[0].last + 1..<group[1].first).filter { at in
            reading.isAny(at, .versus)
                || reading.isWord(at, "compared") && (reading.isWord(at + 1, "with") || reading.isWord(at + 1, "to"))
        }
        guard words.count == 1, let word = words.first else { return nil }
        let before = mentions.filter { $0.last < word }
        let (left, right) = (distinct(before), distinct(mentions.filter { $0.first > word }))
        guard left.count == 1, right.count <= 1, left[0] != right.first,
            !before.contains(where: { isCompared(reading, $0.first) })
        else { return nil }
        if right.isEmpty, word - group[0].last < 2, group[1].first - word < 2 { return nil }
        return [left[0], right.first]
    }

    /// `24% and 29% for ketamine and esketamine, respectively`, `67%, 45% and 12% in the 0.5 mg/kg, 0.2 mg/kg and saline
    /// groups`, `71% vs 28% with ketamine and midazolam`: as many arms as numbers in a list behind them.
    static func listedBehind(
        _ reading: Reading, _ group: [Int], _ places: [OutcomeQuantity], _ mentions: [Mention], _ clause: Range<Int>
    ) -> [OutcomeArm?]? {
        guard group.count > 1, let last = places.last else { return nil }
        let list = mentions.filter { $0.first > last.last }
        guard list.count == group.count, distinct(list).count == list.count, let first = list.first,
            let end = list.last, first.first - last.last <= 6,
            reading.isWord(first.first - 1, of: ["for", "in", "with", "on", "after", "the"])
        else { return nil }
        let isList = zip(list, list.dropFirst()).allSatisfy { left, right in
            (left.last + 1..<max(right.first, left.last + 1)).allSatisfy {
                reading.isAny($0, .and) || reading.isSign($0, Sign.comma) || reading.isWord($0, "the")
            }
        }
        let isInTurn =
            clause.contains { reading.isWord($0, "respectively") || reading.isWord($0, "respective") }
            || reading.isWord(end.last + 1, "groups") || reading.isWord(end.last + 1, "arms")
            || zip(group, group.dropFirst()).allSatisfy { isVersus(reading, places[$0], places[$1]) }
        return isList && isInTurn ? list.map(\.arm) : nil
    }
}

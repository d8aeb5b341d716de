/// When the people of a clause were counted, in hours from the start of the (first) infusion.
enum OutcomeMoments {
    typealias Moment = (at: Int, last: Int, hours: Double)

    /// The points in time of a section, by sentence.
    static func times(_ reading: Reading, _ items: [Annotation]) -> [Int: [Moment]] {
        var found: [Int: [Moment]] = [:]
        for item in items {
            guard item.span.section == reading.section, case .time(let time) = item.value,
                let first = reading.token(startingAt: item.span.start),
                let last = reading.token(endingAt: item.span.end)
            else { continue }
            found[Int(reading.tokens[first].sentence), default: []].append((first, last, time.hours))
        }
        return found.mapValues { $0.sorted { $0.at < $1.at } }
    }

    static func moments(
        _ reading: Reading, _ quantities: [OutcomeQuantity], _ sentenceTimes: [Moment], _ clause: Range<Int>,
        _ sentence: Reading.Sentence, _ memory: OutcomeFinder.Memory?, _ number: Int
    ) -> [Double?] {
        let none: [Double?] = quantities.map { _ in nil }
        for at in sentence.first..<sentence.end {
            // `relapsed, on average, 19 days after`: how long it took, not when it was rated.
            if reading.isWord(at, "average") || reading.isWord(at, "median") { return none }
            // `at some point`, `at any time`, `during the phase` name no point in time.
            if reading.isWord(at, "at"), reading.isWord(at + 1, "some") || reading.isWord(at + 1, "any") { return none }
            if reading.isWord(at, "ever") || reading.isWord(at, "throughout") { return none }
        }
        let isLate = quantities.indices.map { index in
            let next = index + 1 < quantities.count ? quantities[index + 1].first : clause.upperBound
            let behind = quantities[index].last + 1..<max(next, quantities[index].last + 1)
            let own = quantities[index].first..<quantities[index].last + 1
            return isAfterCourse(reading, behind) || isWithin(reading, behind) || isWithin(reading, own)
        }
        // `24 h after the last infusion` is no time from the first.
        let times = sentenceTimes.filter { clause.contains($0.at) && !isAfterLater(reading, $0.last) }
        let hours: [Double?]
        if let listed = listed(reading, quantities, times, clause) {
            hours = listed
        } else if times.isEmpty {
            hours = inherited(reading, quantities, sentenceTimes, clause, memory, number)
        } else if times.count == 1 {
            hours = quantities.map { _ in times[0].hours }
        } else {
            hours = several(reading, quantities, times, clause, sentence)
        }
        return hours.indices.map { isLate[$0] ? nil : hours[$0] }
    }

    /// `at 4 h, 24 h and 7 days were 40%, 50% and 35%`: several spans before all numbers are theirs in turn, or nobody's.
    private static func listed(
        _ reading: Reading, _ quantities: [OutcomeQuantity], _ times: [Moment], _ clause: Range<Int>
    ) -> [Double?]? {
        guard let time = times.first, times.count == 1, let first = quantities.first, quantities.count > 1,
            time.last < first.first
        else { return nil }
        let spans = (time.at..<first.first).compactMap { at -> Double? in
            guard reading.isNumber(at), let unit = TimeUnit.unit(reading, after: at) else { return nil }
            let minutes = reading.tokens[at].value * unit.minutes
            return minutes >= 230 && minutes <= 240 ? 4 : minutes / 60
        }
        guard spans.count > 1 else { return nil }
        return spans.count == quantities.count ? spans : quantities.map { _ in nil }
    }

    /// A clause without a time of its own has that of the clause before it in the sentence.
    private static func inherited(
        _ reading: Reading, _ quantities: [OutcomeQuantity], _ times: [Moment], _ clause: Range<Int>,
        _ memory: OutcomeFinder.Memory?, _ number: Int
    ) -> [Double?] {
        let none: [Double?] = quantities.map { _ in nil }
        if isAfterCourse(reading, clause) || times.contains(where: { clause.contains($0.at) }) { return none }
        if let memory, memory.sentence == number {
            // `14 at 24 h, 8 at 7 days; remission in 7 and 5`: the same times in the same order.
            if Set(memory.hours).count == memory.hours.count, memory.hours.count == quantities.count {
                return memory.hours
            }
            guard let only = memory.hours.first, memory.hours.allSatisfy({ $0 == only }) else { return none }
            return quantities.map { _ in only }
        }
        // A time that comes only later is that of the later clause.
        let earlier = times.filter { $0.at < clause.lowerBound && !isAfterLater(reading, $0.last) }
        guard earlier.count == 1, times.count == 1 else { return none }
        return quantities.map { _ in earlier[0].hours }
    }

    private static func several(
        _ reading: Reading, _ quantities: [OutcomeQuantity], _ times: [Moment], _ clause: Range<Int>,
        _ sentence: Reading.Sentence
    ) -> [Double?] {
        let isRespective = (sentence.first..<sentence.end).contains { reading.isWord($0, "respectively") }
        if isRespective, times.count == quantities.count, let first = quantities.first,
            times.allSatisfy({ $0.at < first.first })
        {
            return times.map(\.hours)
        }
        let isTimeFirst = times[0].at < quantities.first?.first ?? 0
        return quantities.enumerated().map { index, quantity in
            let next = index + 1 < quantities.count ? quantities[index + 1].first : clause.upperBound
            let previous = index > 0 ? quantities[index - 1].last : clause.lowerBound - 1
            // `35% at 8 weeks (16/45)`
            if let inside = times.first(where: { $0.at > quantity.first && $0.last < quantity.last }) {
                return inside.hours
            }
            // `64% at 24 h and 40% at day 7`: the time that follows its number closely.
            let following = times.filter {
                $0.at > quantity.last && $0.at < next && $0.at - quantity.last <= 6
                    && (!isTimeFirst || isTrailing(reading, quantity.last + 1..<$0.at))
            }
            if following.count == 1 { return following[0].hours }
            // `71% vs 28% at 24 h and 50% vs 20% at day 7`: the time behind the second is that of both.
            if following.isEmpty, !isTimeFirst, index + 1 < quantities.count,
                let joint = joint(reading, quantities, index, times, clause)
            {
                return joint
            }
            guard following.isEmpty, isTimeFirst else { return nil }
            // `at 24 h 64% and at day 7 40%`; of a list of times none is the one.
            let leading = times.filter {
                $0.at > previous && $0.at < quantity.first && !isTaken($0, quantities, index, reading)
            }
            if leading.count == 1 { return leading[0].hours }
            guard leading.isEmpty, index > 0 else { return nil }
            let earlier = times.filter { $0.at < quantity.first }
            guard let last = earlier.last else { return nil }
            let group = earlier.filter { other in
                !quantities.contains { $0.first > min(other.at, last.at) && $0.last < max(other.at, last.at) }
            }
            return group.count == 1 ? last.hours : nil
        }
    }

    /// The time that closely follows the number that this one is held against.
    private static func joint(
        _ reading: Reading, _ quantities: [OutcomeQuantity], _ index: Int, _ times: [Moment], _ clause: Range<Int>
    ) -> Double? {
        let (own, other) = (quantities[index], quantities[index + 1])
        let next = index + 2 < quantities.count ? quantities[index + 2].first : clause.upperBound
        guard other.first - own.last <= 3, (own.last + 1..<other.first).contains(where: { reading.isAny($0, .versus) })
        else { return nil }
        let following = times.filter { $0.at > other.last && $0.at < next && $0.at - other.last <= 6 }
        return following.count == 1 ? following[0].hours : nil
    }

    /// The time already trails the number before.
    private static func isTaken(
        _ time: Moment, _ quantities: [OutcomeQuantity], _ index: Int, _ reading: Reading
    ) -> Bool {
        guard index > 0 else { return false }
        let before = quantities[index - 1]
        return time.at > before.last && isTrailing(reading, before.last + 1..<time.at)
    }

    private static func isTrailing(_ reading: Reading, _ gap: Range<Int>) -> Bool {
        gap.count <= 6 && !gap.contains { reading.isAny($0, [.and, .or]) || reading.isSign($0, Sign.comma) }
    }

    /// `responded within a day`: at some time up to then, not then.
    private static func isWithin(_ reading: Reading, _ range: Range<Int>) -> Bool {
        range.prefix(6).contains { at in
            reading.isWord(at, "within")
                && (at + 1...at + 3).contains { reading.isAny($0, [.minute, .hour, .day, .week, .month]) }
        }
    }

    /// `after six infusions`, `at the end of the course`, `after the sixth infusion`.
    private static func isAfterCourse(_ reading: Reading, _ range: Range<Int>) -> Bool {
        range.contains { at in
            if reading.isWord(at, "end"), reading.isAny(at + 1, .of) { return true }
            guard reading.isWord(at, "after") || reading.isWord(at, "following") else { return false }
            if isLaterInfusion(reading, at + 1) { return true }
            guard let count = reading.at(at + 1), count.kind == .number, count.value > 1 else { return false }
            return (at + 2...at + 4).contains { reading.isWord($0, "infusions") || reading.isWord($0, "sessions") }
        }
    }

    private static func isAfterLater(_ reading: Reading, _ time: Int) -> Bool {
        (time + 1...time + 2).contains {
            (reading.isWord($0, "after") || reading.isWord($0, "following") || reading.isWord($0, "post"))
                && isLaterInfusion(reading, $0 + 1)
        }
    }

    /// `the sixth infusion`, `their last ketamine infusion`.
    private static func isLaterInfusion(_ reading: Reading, _ index: Int) -> Bool {
        let isArticle = reading.isWord(index, "the") || reading.isWord(index, "their") || reading.isWord(index, "a")
        let at = isArticle ? index + 1 : index
        for word: StaticString in [
            "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "last", "final",
        ] where reading.isWord(at, word) {
            return (at + 1...at + 3).contains {
                reading.isAny($0, .infusion) || reading.isWord($0, "session") || reading.isWord($0, "dose")
                    || reading.isWord($0, "treatment")
            }
        }
        return false
    }
}

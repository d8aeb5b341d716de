/// What the words about a mean say of it: a score at the beginning, later, or a change.
struct ScoreCue {
    /// nil: nothing that may be kept, such as a difference between groups.
    var kind: Score.Kind?
    /// The word of the change.
    private(set) var change: ScoreChange?

    /// - Parameters:
    ///   - start: the first token behind the number before, or of the sentence.
    ///   - next: the first token of the number behind, or the end of the sentence.
    ///   - inherited: what the words say of the number before; a number without words of its own is of the same kind.
    init?(
        _ reading: Reading, _ quantity: ScoreQuantity, from start: Int, to next: Int, _ sentence: Reading.Sentence,
        inherited: ScoreCue?
    ) {
        let before = Self.linkBefore(reading, quantity.first, start)
        if reading.isWord(before, "from") {
            self.init(kind: .baseline, change: nil)
            return
        }
        let words = start..<quantity.first
        if words.contains(where: { reading.isWord($0, of: ["difference", "differences", "differed"]) }) {
            self.init(kind: nil, change: nil)
            return
        }
        let verb = words.last { ScoreChange.verb(reading, $0) != nil }
        var change =
            words.reversed().lazy.compactMap { ScoreChange.noun(reading, $0) }.first
            ?? verb.flatMap { $0 == before || reading.isWord(before, "by") ? ScoreChange.verb(reading, $0) : nil }
        // `was reduced (mean change: 12.9 ± 11.5)` says which way.
        if change == .any { change = verb.flatMap { ScoreChange.verb(reading, $0) } ?? inherited?.change ?? .any }
        let isFromTo = inherited?.kind == .baseline && inherited?.change == nil
        if reading.isAny(before, .to), !Self.isCompared(reading, before), verb != nil || change != nil || isFromTo {
            self.init(kind: .endpoint, change: nil)
            return
        }
        if let change {
            self.init(kind: .change, change: change)
        } else if let change = Self.changeBehind(reading, quantity.last, next) {
            self.init(kind: .change, change: change)
        } else if words.contains(where: { at in
            // `33.4 at baseline, 15.1 at 24 hours`: the word belongs to the number before.
            Self.isOfBaseline(reading, at) && !(inherited?.kind == .baseline && at - start < 3)
        })
            || (quantity.last + 1..<min(next, quantity.last + 4)).contains(where: {
                reading.isAny($0, [.baseline, .before])
            })
        {
            self.init(kind: .baseline, change: nil)
        } else if verb != nil {
            // `scores fell more with ketamine (14.2 ± 8.9)`: what was left, or by how much?
            self.init(kind: nil, change: nil)
        } else if inherited?.kind == .baseline,
            (words.lowerBound..<min(next, quantity.last + 5)).contains(where: { Self.isLater(reading, $0) })
        {
            self.init(kind: .endpoint, change: nil)
        } else if let inherited {
            self = inherited
        } else if (sentence.first..<sentence.end).contains(where: { Self.isLater(reading, $0) }) {
            self.init(kind: .endpoint, change: nil)
        } else {
            return nil
        }
    }

    private init(kind: Score.Kind?, change: ScoreChange?) {
        self.kind = kind
        self.change = change
    }

    // MARK: Words

    /// The word that ties a number to what comes before it: behind `a mean of`, `a score of about`.
    private static func linkBefore(_ reading: Reading, _ number: Int, _ start: Int) -> Int {
        var at = number - 1
        while at > start, reading.isWord(at, of: ["a", "mean", "average", "approximately", "about", "score"]) {
            at -= 1
        }
        return at
    }

    /// `compared to 22.8`, `relative to`, `as opposed to`.
    private static func isCompared(_ reading: Reading, _ to: Int) -> Bool {
        reading.isWord(to - 1, of: ["compared", "relative", "opposed", "similar", "contrast", "comparison"])
    }

    /// `a 14.2 ± 8.9 point reduction`.
    private static func changeBehind(_ reading: Reading, _ last: Int, _ next: Int) -> ScoreChange? {
        for at in last + 1..<min(next, last + 5) {
            if let change = ScoreChange.noun(reading, at) { return change }
            let isPoints = reading.isWord(at, of: ["point", "points", "mean"]) || reading.isSign(at, Sign.hyphen)
            if !isPoints { return nil }
        }
        return nil
    }

    private static func isOfBaseline(_ reading: Reading, _ at: Int) -> Bool {
        reading.isAny(at, .baseline)
            || reading.isWord(
                at, of: ["pretreatment", "initial", "initially", "screening", "entry", "enrolment", "enrollment"])
    }

    /// Words of a time after the treatment.
    private static func isLater(_ reading: Reading, _ at: Int) -> Bool {
        if reading.isWord(
            at, of: ["endpoint", "posttreatment", "postinfusion", "post", "follow", "end", "after", "later"])
        {
            return true
        }
        // `at 24 hours`, `on day 7`, `at week 4`
        let isTime = reading.isAny(at, [.minute, .hour, .day, .week, .month])
        return isTime && (reading.isNumber(at - 1) || reading.isNumber(at + 1) || reading.isSign(at - 1, Sign.hyphen))
    }
}

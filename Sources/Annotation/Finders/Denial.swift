/// Whether the words before an event deny it: `no nausea`, `without dissociation`, `did not reach remission`.
///
/// A denial reaches its own noun and clause: `Without any change, nausea ...`, `not only nausea` and `No patient
/// discontinued; nausea ...` deny nothing of the nausea.
enum Denial: Equatable {
    /// The token of the word that denies.
    case denied(Int)
    /// `no difference in nausea`: what is denied is that arms differ. The numbers of two arms stand.
    case compared

    /// nil where nothing denies the event that begins at a token.
    ///
    /// - Parameter counted: the sentence's numbers of people: `none of 22` is a number, no denial.
    static func of(
        _ event: Int, _ reading: Reading, _ sentence: Reading.Sentence, _ counted: [OutcomeQuantity]
    ) -> Denial? {
        var way = Way()
        var at = event
        while at - 1 >= max(sentence.first, event - 20) {
            at -= 1
            if reading.isSign(at, Sign.close) || reading.isSign(at, Sign.closeSquare) {
                // What stands in brackets is passed over: `No patient (0/22) had nausea`.
                guard let opening = opening(reading, at, sentence) else { return nil }
                at = opening
                continue
            }
            if counted.contains(where: { $0.first <= at && at <= $0.last }) { return nil }
            switch step(reading, at, event, &way) {
            case .on: continue
            case .stop: return nil
            case .compared: return .compared
            case .denial: return reaches(reading, at, way) ? .denied(at) : nil
            }
        }
        return nil
    }

    private enum Step { case on, stop, compared, denial }

    /// What was passed on the way back from the event.
    private struct Way {
        /// A verb that is a sentence's own: `had`, `was`.
        var hasVerb = false
        /// `or`, so that commas before it part a list.
        var isList = false
        /// An `and` behind something that is no event.
        var hasAnd = false
        /// `the` that opens what the words before it do not govern.
        var opensNew = false
        var hasPeople = false
    }

    private static func step(_ reading: Reading, _ at: Int, _ event: Int, _ way: inout Way) -> Step {
        let token = reading.tokens[at]
        switch token.kind {
        case .sign:
            switch token.sign {
            case Sign.semicolon, Sign.colon: return .stop
            case Sign.comma: return way.isList || endsEvent(reading, at - 1, harms) ? .on : .stop
            case Sign.open, Sign.openSquare: return endsEvent(reading, at - 1) ? .on : .stop
            default: return .on
            }
        case .number:
            if token.value == 0, !token.has(.decimal), event - at <= 3, reading.at(at + 1)?.kind == .word {
                return .denial
            }
            // `none of the 22 patients`
            return reading.isAny(at - 1, .of) || reading.isWord(at - 1, of: ["the", "all", "our"]) ? .on : .stop
        case .word: break
        }
        if isNegation(reading, at) { return .denial }
        if reading.isWord(at, of: stops) { return .stop }
        if reading.isWord(at, of: comparing) { return .compared }
        if token.isAny(.or) { way.isList = true }
        if token.isAny(.and), !endsEvent(reading, at - 1, harms) { way.hasAnd = true }
        if reading.isWord(at, "the"), !reading.isWord(at - 1, of: governing) { way.opensNew = true }
        if token.isAny(.be) || reading.isWord(at, of: verbs) { way.hasVerb = true }
        if token.isAny(.people) { way.hasPeople = true }
        return .on
    }

    /// Whether the word that denies still governs the event, for all that stands between them.
    private static func reaches(_ reading: Reading, _ at: Int, _ way: Way) -> Bool {
        let isOfVerb = reading.isWord(at, of: ofVerbs)
        // `No patient left and nausea occurred`, `did not differ and nausea`; but `no deaths and adverse events`.
        if way.hasAnd, isOfVerb || way.hasPeople || way.hasVerb { return false }
        if reading.isWord(at, of: ofNouns) {
            // `Patients without premedication had nausea`
            return !way.hasVerb && !way.opensNew
        }
        guard way.hasVerb else { return isOfVerb || !way.opensNew }
        if reading.isWord(at, "never") { return true }
        // `who did not respond had nausea`; but `had not experienced nausea`
        if isOfVerb { return reading.isWord(at - 1, of: ["had", "have", "has"]) }
        // `who had no premedication reported nausea`
        return !reading.isWord(at - 1, of: objects)
    }

    private static func isNegation(_ reading: Reading, _ at: Int) -> Bool {
        if reading.isWord(at, of: failing) { return reading.isWord(at + 1, "to") }
        if reading.isWord(at, "free") { return reading.isAny(at + 1, .of) || reading.isWord(at + 1, "from") }
        // `No. of patients`
        if reading.isWord(at, "no") { return !reading.isSign(at + 1, Sign.period) && !reading.isAny(at + 1, .of) }
        return reading.isWord(at, of: negations)
    }

    /// The event is denied between its name and its number, or behind it: `nausea was not seen in 5%`, `nausea in 20 of 22
    /// patients was absent`.
    static func isBehind(_ event: Int, _ quantity: OutcomeQuantity, _ reading: Reading, _ end: Int) -> Bool {
        guard event < quantity.first else { return false }
        if (event + 1..<quantity.first).contains(where: { isNegation(reading, $0) }) { return true }
        for at in quantity.last + 1..<max(min(end, quantity.last + 12), quantity.last + 1) {
            let token = reading.tokens[at]
            if token.kind == .number || token.isAny([.and, .or]) || reading.isWord(at, "but") { return false }
            if token.kind == .sign, token.sign != Sign.close, token.sign != Sign.hyphen { return false }
            if reading.isAny(at - 1, .be), reading.isWord(at, "absent") { return true }
            if reading.isWord(at, "not") || reading.isWord(at, "never") {
                return (at + 1...at + 2).contains { reading.isWord($0, of: befalling) }
            }
        }
        return false
    }

    /// `No nausea occurred in the 22 patients on ketamine`: how many people there were, none of whom had it. Only where
    /// nothing of the sentence narrows it down: no degree of the event, no time, no part of the people.
    static func wholeWithout(
        _ event: (first: Int, last: Int), _ denial: Int, _ quantity: OutcomeQuantity, _ reading: Reading,
        _ sentence: Reading.Sentence
    ) -> Int? {
        guard let count = quantity.events, quantity.total == nil, quantity.percentage == nil,
            event.last < quantity.first,
            reading.isWord(denial, of: ["no", "neither", "nor"]) || reading.isNumber(denial)
        else { return nil }
        var before = event.first - 1
        if reading.isAny(before, .of), reading.isWord(before - 1, of: ["cases", "episodes", "instances", "reports"]) {
            before -= 2
        }
        guard before == denial, reading.isWord(quantity.first - 1, of: ["the", "all"]) else { return nil }
        let isThere = reading.isWord(denial - 2, "there") && denial - 2 == sentence.first
        let isNor = reading.isWord(denial, "nor") && reading.isWord(sentence.first, "neither")
        guard denial == sentence.first || isThere || isNor || reading.isSign(denial - 1, Sign.semicolon) else {
            return nil
        }
        for at in quantity.last + 1..<max(sentence.end, quantity.last + 1) {
            let token = reading.tokens[at]
            if [Sign.period, Sign.semicolon].contains(token.sign) { break }
            let isDrug = reading.drugs.contains {
                Int(reading.marks[$0].first) <= at && at <= Int(reading.marks[$0].last)
            }
            let isOfArm =
                token.isAny([.arm, .given, .treated, .randomised])
                || reading.isWord(at, of: ["on", "in", "the", "with", "to", "who"])
            guard isDrug || isOfArm else { return nil }
        }
        return count
    }

    // MARK: Words

    /// An event or outcome ends there, so that a comma or an `and` behind it goes on with a list.
    private static func endsEvent(
        _ reading: Reading, _ at: Int, _ kinds: [Concept.Kind] = [.adverseEvent, .harm, .outcome]
    ) -> Bool {
        reading.marks.contains { kinds.contains($0.kind) && Int($0.last) == at }
    }

    private static func opening(_ reading: Reading, _ close: Int, _ sentence: Reading.Sentence) -> Int? {
        var depth = 0
        for at in (sentence.first...close).reversed() {
            if reading.isSign(at, Sign.close) || reading.isSign(at, Sign.closeSquare) { depth += 1 }
            if reading.isSign(at, Sign.open) || reading.isSign(at, Sign.openSquare) { depth -= 1 }
            if depth == 0 { return at }
        }
        return nil
    }

    private static let harms: [Concept.Kind] = [.adverseEvent, .harm]
    private static let negations: [StaticString] = [
        "not", "none", "neither", "nor", "without", "never", "absent", "absence", "lack", "lacking", "lacked", "cannot",
        "nobody", "denied", "devoid",
    ]
    private static let failing: [StaticString] = ["fail", "failed", "failing"]
    private static let ofVerbs: [StaticString] = ["not", "never", "cannot", "failed", "failing", "fail"]
    private static let ofNouns: [StaticString] = [
        "without", "free", "absence", "lack", "lacking", "devoid", "absent",
    ]
    private static let stops: [StaticString] = [
        "but", "while", "whereas", "although", "though", "however", "despite", "yet", "only", "just", "merely",
        "simply",
        "solely", "except", "excepting", "excluding", "than", "apart", "besides", "beyond", "when", "if", "which",
    ]
    private static let comparing: [StaticString] = [
        "difference", "differences", "different", "differ", "differed", "differing", "more", "less", "greater",
        "higher",
        "lower", "fewer", "worse", "better", "inferior", "superior", "association", "associations", "associated",
        "correlation", "correlated", "relationship",
    ]
    private static let verbs: [StaticString] = [
        "had", "has", "have", "experienced", "reported", "developed", "suffered", "showed", "occurred", "achieved",
        "reached", "attained", "met",
    ]
    private static let objects: [StaticString] = [
        "with", "had", "have", "having", "for", "on", "after", "received", "receiving", "given", "taking", "reported",
        "showed", "experienced",
    ]
    private static let governing: [StaticString] = [
        "of", "in", "for", "to", "with", "on", "by", "from", "any", "among", "during", "after", "at",
    ]
    private static let befalling: [StaticString] = [
        "occur", "occurred", "observed", "seen", "reported", "present", "noted", "found", "detected", "recorded",
        "documented", "experienced", "develop", "happen", "apparent", "evident",
    ]
}

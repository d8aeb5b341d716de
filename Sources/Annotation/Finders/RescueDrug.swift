/// Drugs that were given for an event, or beside the treatment: they are named in a sentence of results, but are no arm.
///
/// `Patients who experienced nausea (n = 5) received ondansetron`, `lorazepam was required for anxiety`.
enum RescueDrug {
    static func isRescue(_ reading: Reading, _ mark: Mark, _ scene: Scene) -> Bool {
        let name = reading.concept(mark).name
        let (first, last) = (Int(mark.first), Int(mark.last))
        // `patients without a history of ECT`
        if reading.isAny(first - 1, .of), reading.isWord(first - 2, "history") { return true }
        guard DrugRelation.family(name) != scene.mainDrug, !DrugRelation.isInert(name) else { return false }
        let sentence = reading.sentence(of: first)
        if isOfBefore(reading, first) { return true }
        if (first - 2..<first).contains(where: { reading.isWord($0, of: companions) })
            || reading.isWord(last + 1, of: companions)
        {
            return true
        }
        guard let verb = (max(sentence.first, first - 4)..<first).last(where: { reading.isWord($0, of: giving) }),
            !(verb + 1..<first).contains(where: { reading.isSign($0, Sign.comma) || reading.isAny($0, [.and, .or]) })
        else { return isRequired(reading, last) }
        if reading.isWord(verb, of: requiring) || isForEvent(reading, last, sentence) { return true }
        let hasEvent = reading.marks.contains {
            ($0.kind == .adverseEvent || $0.kind == .harm) && Int($0.first) >= sentence.first && Int($0.last) < verb
        }
        return hasEvent && isOfWholeSentence(reading, verb)
    }

    /// `had not responded to citalopram`, `failed to respond to`, `resistant to`: what people had before.
    private static func isOfBefore(_ reading: Reading, _ first: Int) -> Bool {
        guard reading.isWord(first - 1, "to") else { return false }
        if reading.isWord(first - 2, of: ["resistant", "refractory", "nonresponsive", "unresponsive"]) { return true }
        guard reading.isWord(first - 2, of: ["respond", "responded", "responding"]) else { return false }
        return reading.isWord(first - 3, of: ["not", "never"])
            || reading.isWord(first - 3, "to") && reading.isWord(first - 4, of: ["failed", "failing", "fail"])
    }

    /// `ondansetron was required`.
    private static func isRequired(_ reading: Reading, _ last: Int) -> Bool {
        reading.isAny(last + 1, .be) && (reading.isWord(last + 2, of: requiring) || reading.isWord(last + 2, "needed"))
    }

    /// `ondansetron 4 mg for nausea`, `lorazepam to treat anxiety`.
    private static func isForEvent(_ reading: Reading, _ last: Int, _ sentence: Reading.Sentence) -> Bool {
        guard
            let link = (last + 1..<min(sentence.end, last + 6)).first(where: {
                reading.isWord($0, of: ["for", "against", "treat", "relieve", "control", "manage"])
            })
        else { return false }
        return reading.marks.contains {
            ($0.kind == .adverseEvent || $0.kind == .harm) && Int($0.first) > link && Int($0.first) <= link + 3
        }
    }

    /// The verb tells what was done about the event, not who had it: `nausea (n = 5) was treated with`, `patients with nausea
    /// received`; but `nausea in 5 patients who received`, `of those given`.
    private static func isOfWholeSentence(_ reading: Reading, _ verb: Int) -> Bool {
        let relative: [StaticString] = ["who", "that", "which"]
        if reading.isAny(verb - 1, .be) {
            return !reading.isWord(verb - 2, of: relative) || reading.isSign(verb - 3, Sign.comma)
        }
        // A participle without `was` tells which people: `patients treated with`.
        guard reading.isWord(verb, "received") || reading.isWord(verb, "took") else { return false }
        if reading.isWord(verb - 1, of: relative) { return reading.isSign(verb - 2, Sign.comma) }
        return !reading.isAny(verb - 1, [.people, .arm])
    }

    private static let companions: [StaticString] = [
        "rescue", "antiemetic", "antiemetics", "prophylactic", "concomitant", "premedication", "premedicated",
        "pretreatment", "pretreated",
    ]
    private static let requiring: [StaticString] = [
        "required", "requiring", "needed", "needing", "require",
    ]
    private static let giving: [StaticString] = [
        "received", "receiving", "treated", "managed", "controlled", "given", "administered", "took", "taking", "used",
        "required", "requiring", "needed", "needing", "require",
    ]

    private static let against: [StaticString] = ["compared", "than", "comparator", "alone"]

    /// Whether the study holds a drug against others, as far as its text tells: it stands in the title, beside `versus`,
    /// `compared with` or an arm, or where people are randomised.
    static func isHeldAgainst(_ name: String, _ scene: Scene) -> Bool {
        scene.readings.contains { reading in
            reading.drugs.contains { index in
                let mark = reading.marks[index]
                guard reading.concept(mark).name == name else { return false }
                if reading.field == .title { return true }
                let (first, last) = (Int(mark.first), Int(mark.last))
                let sentence = reading.sentence(of: first)
                let near = max(sentence.first, first - 4)..<min(sentence.end, last + 5)
                return near.contains { reading.isAny($0, [.versus, .arm]) || reading.isWord($0, of: against) }
                    || (sentence.first..<sentence.end).contains { reading.isAny($0, .randomised) }
            }
        }
    }
}

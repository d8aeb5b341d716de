/// A whole document, read: what finders need to know beyond one sentence.
struct Scene {
    let readings: [Reading]
    /// The drug that the document is about: named most, the title counting most. Placebo is never it.
    let mainDrug: String?
    /// The only drug with doses of its own, where there is just one.
    let soleDrug: String?
    /// Infusions here go under the skin or to the spine: another route is named for them, by vein never.
    let infusesElsewhere: Bool
    /// The document is about animals.
    let isAnimal: Bool

    init(_ document: Document, lexicon: Lexicon, tokenizer: Tokenizer, interest: Set<String> = []) {
        var readings: [Reading] = []
        readings.reserveCapacity(document.sections.count)
        for (index, section) in document.sections.enumerated() {
            readings.append(Reading(section, index: index, lexicon: lexicon, tokenizer: tokenizer))
        }
        self.readings = readings

        var counts: [(family: String, count: Int)] = []
        var people = 0
        var animals = 0
        var titleAnimal = false
        for reading in readings where reading.field != .publicationTypes {
            for index in reading.drugs {
                let name = lexicon.concepts[Int(reading.marks[index].concept)].name
                guard !DrugRelation.isInert(name) else { continue }
                let family = DrugRelation.family(name)
                var weight = reading.field == .title ? 3 : 1
                if DrugRelation.isInvestigational(family) { weight *= 3 }
                // What the review asks about comes before everything else.
                if interest.contains(family) { weight *= 1000 }
                if let known = counts.firstIndex(where: { $0.family == family }) {
                    counts[known].count += weight
                } else {
                    counts.append((family, weight))
                }
            }
            if reading.field == .title || reading.field == .abstract {
                for token in reading.tokens where token.isAny(.people) { people += 1 }
                for mark in reading.marks where mark.kind == .animal {
                    animals += 1
                    if reading.field == .title { titleAnimal = true }
                }
            }
        }
        var names: Set<String> = []
        for reading in readings {
            for mark in reading.marks where mark.kind == .route && !reading.tokens[Int(mark.first)].isAny(.infusion) {
                names.insert(reading.concept(mark).name)
            }
        }
        infusesElsewhere =
            !names.contains("intravenous") && !names.isDisjoint(with: ["subcutaneous", "epidural", "intrathecal"])
        let most = counts.map(\.count).max() ?? 0
        mainDrug = counts.first { $0.count == most }?.family
        soleDrug = counts.count == 1 ? counts[0].family : nil
        isAnimal = (titleAnimal && people <= animals) || (animals >= 2 && people == 0) || animals > 3 * people + 2
    }

    /// What the words around a finding make of it.
    func context(_ reading: Reading, _ first: Int, _ last: Int, drug: String? = nil) -> Annotation.Context {
        var context: Annotation.Context = []
        guard reading.field == .title || reading.field == .abstract || reading.field == .body else { return context }
        let sentence = reading.sentence(of: first)
        if isAnimal || sentence.isAnimal { context.insert(.animal) }
        if sentence.isPrior, !(sentence.isOwn && sentence.zone == .methods) { context.insert(.priorStudy) }
        if sentence.zone == .background, !sentence.isOwn { context.insert(.background) }
        // The discussion of a full text speaks of others' studies, unless it says `we`.
        if reading.field == .body, sentence.zone == .conclusions, !sentence.isOwn { context.insert(.priorStudy) }
        if reading.field == .body, sentence.zone == .funding { context.insert(.background) }
        if sentence.isFurther { context.insert(.hypothetical) }
        var back = first - 1
        let clause = max(sentence.first, first - 12)
        var distance = 0
        while back >= clause {
            let token = reading.tokens[back]
            if token.kind == .sign {
                if token.sign == Sign.semicolon || token.sign == Sign.colon { break }
            } else {
                distance += 1
            }
            if token.isAny(.modal), !reading.isAny(back + 1, .be) || sentence.zone != .methods {
                if distance <= 10 { context.insert(.hypothetical) }
            }
            if distance <= 4, token.isAny([.negation, .exclusion]), isNegation(reading, back) {
                if !crossesComma(reading, back, first) { context.insert(.negated) }
            }
            back -= 1
        }
        if reading.isAny(last + 1, .be), reading.isAny(last + 2, .exclusion) { context.insert(.negated) }
        if let drug, let mainDrug, DrugRelation.family(drug) != mainDrug {
            context.insert(.otherDrug)
            if DrugRelation.isUsualComparator(drug) { context.insert(.comparator) }
        }
        return context
    }

    /// `not only`, `no significant`, `did not differ` deny something else than what follows.
    private func isNegation(_ reading: Reading, _ index: Int) -> Bool {
        guard let next = reading.at(index + 1) else { return false }
        return !(next.kind == .sign && next.sign == Sign.equals)
    }

    private func crossesComma(_ reading: Reading, _ from: Int, _ to: Int) -> Bool {
        var index = from + 1
        while index < to {
            if reading.isSign(index, Sign.comma) || reading.isSign(index, Sign.open) { return true }
            index += 1
        }
        return false
    }

    /// The drug that a finding belongs to: the nearest one in its sentence, by words; nil when none is named and the
    /// document is about several.
    func drug(_ reading: Reading, near first: Int, _ last: Int, inert: Bool, reach: Int = 24) -> String? {
        let sentence = reading.tokens[first].sentence
        var best: (distance: Int, name: String)?
        var before: String?
        for index in reading.drugs {
            let mark = reading.marks[index]
            let name = reading.concept(mark).name
            if !inert, DrugRelation.isInert(name) { continue }
            let markSentence = reading.tokens[Int(mark.first)].sentence
            guard markSentence == sentence else {
                if markSentence == sentence - 1, !DrugRelation.isUsualComparator(name) { before = name }
                if markSentence > sentence { break }
                continue
            }
            // Beyond three signs a word no drug is near, and a sentence without end must not cost more.
            if Int(mark.last) < first - 3 * reach || Int(mark.first) > last + 3 * reach { continue }
            let distance: Int
            if Int(mark.last) < first {
                distance = weight(reading, Int(mark.last) + 1, first)
            } else if Int(mark.first) == last + 2, reading.isWord(last + 1, "for") {
                // `0.5 mg/kg for ketamine, 0.25 mg/kg for esketamine`
                distance = 1
            } else if Int(mark.first) > last {
                distance = weight(reading, last + 1, Int(mark.first)) + 1
            } else {
                distance = 0
            }
            if distance <= reach, distance < best?.distance ?? .max { best = (distance, name) }
        }
        if let best { return best.name }
        return before ?? soleDrug
    }

    /// The distance between two places in words; signs that part clauses weigh more.
    private func weight(_ reading: Reading, _ from: Int, _ to: Int) -> Int {
        var sum = 0
        var index = from
        while index < to {
            let token = reading.tokens[index]
            index += 1
            if token.kind == .sign {
                switch token.sign {
                case Sign.semicolon: sum += 20
                case Sign.comma: sum += 2
                case Sign.plus: sum += 4
                case Sign.close: sum += 3
                case Sign.hyphen, Sign.open: break
                default: sum += 1
                }
            } else if token.isAny([.or, .versus, .and]) {
                sum += 4
            } else if !token.isAny(.of), !reading.isFiller(index - 1) {
                sum += 1
            }
        }
        return sum
    }
}

extension Reading {
    /// Words that part nothing: `a dose of the drug`.
    fileprivate func isFiller(_ index: Int) -> Bool {
        isWord(index, "the") || isWord(index, "a") || isWord(index, "an") || isWord(index, "dose")
            || isWord(index, "doses")
    }
}

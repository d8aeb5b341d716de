/// Routes of administration. `IV` is also a numeral, `IN` a word, an infusion usually but not always intravenous.
enum RouteFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for (number, mark) in reading.marks.enumerated() {
            guard mark.kind == .route else { continue }
            let concept = reading.concept(mark)
            let first = Int(mark.first)
            let last = Int(mark.last)
            let route: Route
            if concept.name == "bolus" {
                guard hasDrug(reading, first), !hasOtherRoute(reading, number, within: 6) else { continue }
                route = .intravenous
            } else {
                guard let named = Route(rawValue: concept.name) else { continue }
                route = named
            }
            let token = reading.tokens[first]
            if first == last {
                let length = token.end - token.start
                if length <= 3, !isAbbreviatedRoute(reading, first, route) { continue }
                if token.isAny(.infusion), scene.infusesElsewhere { continue }
                if token.isAny(.infusion), hasOtherRoute(reading, number, within: 4) { continue }
            }
            let drug = attributed(reading, scene, first, last)
            items.append(
                Annotation(
                    span: reading.span(first, last), value: .route(route),
                    context: scene.context(reading, first, last, drug: drug), drug: drug))
        }
    }

    /// Whether a two-letter word is a route here.
    private static func isAbbreviatedRoute(_ reading: Reading, _ index: Int, _ route: Route) -> Bool {
        let token = reading.tokens[index]
        if route == .intravenous, isNumeral(reading, index) { return false }
        let capitals = [index - 1, index + 1].filter { at in
            guard let near = reading.at(at), near.kind == .word else { return false }
            return near.has(.upper) && near.end - near.start > 4
        }
        // In a title of capitals `IN` and `IM` are words.
        if route != .intravenous, capitals.count == 2 { return false }
        if route == .intravenous, token.has(.upper) { return true }
        // A route is said of something given: a drug, a dose, another route.
        for at in max(0, index - 4)...min(reading.tokens.count - 1, index + 4) where at != index {
            let near = reading.tokens[at]
            guard near.sentence == token.sentence else { continue }
            if near.isAny([.milligram, .kilogram, .infusion, .bolus]) { return true }
            if near.isAny(.given), near.kind == .word { return true }
        }
        return hasDrug(reading, index, within: 3)
    }

    /// `DSM-IV`, `phase IV`, `stages II to IV`, `IV-TR`.
    private static func isNumeral(_ reading: Reading, _ index: Int) -> Bool {
        var back = index - 1
        var steps = 0
        while back >= 0, steps < 2 {
            let token = reading.tokens[back]
            back -= 1
            if token.kind == .sign {
                guard [Sign.hyphen, Sign.slash, Sign.comma, Sign.open].contains(token.sign) else { break }
                continue
            }
            steps += 1
            if token.isAny(.notRoute) { return true }
            if token.isAny(.roman), token.has(.upper) { return true }
            guard token.isAny([.and, .or, .to]) else { break }
        }
        var next = index + 1
        if reading.isSign(next, Sign.hyphen) { next += 1 }
        guard let after = reading.at(next), after.kind == .word, after.end - after.start == 2 else { return false }
        let start = Int(after.start)
        return reading.bytes[start] | 0x20 == 0x74 && reading.bytes[start + 1] | 0x20 == 0x72
    }

    private static func hasDrug(_ reading: Reading, _ index: Int, within reach: Int = 12) -> Bool {
        reading.drugs.contains { number in
            let mark = reading.marks[number]
            guard reading.tokens[Int(mark.first)].sentence == reading.tokens[index].sentence else { return false }
            return Int(mark.last) >= index - reach && Int(mark.first) <= index + reach
        }
    }

    /// Whether a route that is not by vein stands near: `subcutaneous infusion`, `epidural bolus`.
    private static func hasOtherRoute(_ reading: Reading, _ number: Int, within reach: Int) -> Bool {
        let mark = reading.marks[number]
        let sentence = reading.tokens[Int(mark.first)].sentence
        for near in max(0, number - 3)...min(reading.marks.count - 1, number + 3) where near != number {
            let other = reading.marks[near]
            guard other.kind == .route, reading.concept(other).name != "intravenous",
                reading.concept(other).name != "bolus",
                reading.tokens[Int(other.first)].sentence == sentence
            else { continue }
            let gap = near < number ? Int(mark.first - other.last) : Int(other.first - mark.last)
            // Behind it only what clings to it: `infusion (subcutaneous)`.
            if gap <= (near < number ? reach : 2) { return true }
        }
        return false
    }

    /// The drug a route is said of: the one it stands before or behind, nearest by words.
    private static func attributed(_ reading: Reading, _ scene: Scene, _ first: Int, _ last: Int) -> String? {
        guard reading.field == .title || reading.field == .abstract || reading.field == .body else { return nil }
        // `an oral antidepressant` is another treatment than the one studied.
        for word: (StaticString, String) in others where reading.isWord(last + 1, word.0) { return word.1 }
        // Directly before its drug: `intravenous ketamine or oral lithium`.
        for number in reading.drugs {
            let mark = reading.marks[number]
            if Int(mark.first) > last, Int(mark.first) - last <= 2,
                reading.tokens[Int(mark.first)].sentence == reading.tokens[last].sentence
            {
                return shared(reading, scene, behind: Int(mark.last)) ?? reading.concept(mark).name
            }
        }
        if let named = infused(reading, scene, last) { return named }
        // `patient-controlled intravenous analgesia included sufentanil and ketamine`
        if reading.isWord(last + 1, "analgesia"), reading.isWord(first - 1, "controlled"),
            let main = mainInSentence(reading, scene, first)
        {
            return main
        }
        guard let nearest = scene.drug(reading, near: doseStart(reading, first) ?? first, last, inert: true, reach: 16)
        else {
            return mainInSentence(reading, scene, first)
        }
        // `ketamine or placebo intravenously`, `24 h after infusion` in a sentence that names placebo last: what is
        // said of the comparator is said of the drug too, unless it clings to the comparator.
        guard DrugRelation.isUsualComparator(nearest), let main = scene.mainDrug, !DrugRelation.isUsualComparator(main),
            !clings(reading, first, last)
        else { return nearest }
        return main
    }

    /// `on valproate they received an intravenous infusion of either ketamine or placebo`: what is in it, however near
    /// another drug stands before.
    private static func infused(_ reading: Reading, _ scene: Scene, _ last: Int) -> String? {
        var at = last + 1
        while at <= last + 8, let token = reading.at(at), token.kind == .word {
            if at > last + 1, let held = reading.drugs.first(where: { Int(reading.marks[$0].first) == at }) {
                guard
                    reading.isAny(at - 1, .of) || reading.isWord(at - 1, "either") || reading.isWord(at - 1, "racemic")
                else { return nil }
                let name = reading.concept(reading.marks[held]).name
                return DrugRelation.family(name) == scene.mainDrug ? name : nil
            }
            guard
                token.isAny([.infusion, .bolus, .given, .of]) || reading.isWord(at, "either") || reading.isWord(at, "a")
                    || reading.isWord(at, "single") || reading.isWord(at, "racemic")
            else { return nil }
            at += 1
        }
        return nil
    }

    /// `intranasal dexmedetomidine and esketamine`: the main drug, joined to the first one without a route of its own.
    private static func shared(_ reading: Reading, _ scene: Scene, behind last: Int) -> String? {
        guard reading.isAny(last + 1, [.and, .or]) || reading.isSign(last + 1, Sign.hyphen) else { return nil }
        for number in reading.drugs where Int(reading.marks[number].first) == last + 2 {
            let name = reading.concept(reading.marks[number]).name
            return DrugRelation.family(name) == scene.mainDrug ? name : nil
        }
        return nil
    }

    /// `ketamine at 0.5 mg/kg IV beside propofol`: a route behind a dose goes where the dose goes.
    private static func doseStart(_ reading: Reading, _ first: Int) -> Int? {
        guard reading.isAny(first - 1, [.kilogram, .milligram]) else { return nil }
        for at in stride(from: first - 2, through: max(0, first - 5), by: -1) where reading.isNumber(at) { return at }
        return nil
    }

    /// The document's main drug, where the sentence names it at all, however far off.
    private static func mainInSentence(_ reading: Reading, _ scene: Scene, _ index: Int) -> String? {
        guard let main = scene.mainDrug else { return nil }
        for number in reading.drugs {
            let mark = reading.marks[number]
            let name = reading.concept(mark).name
            guard DrugRelation.family(name) == main else { continue }
            if reading.tokens[Int(mark.first)].sentence == reading.tokens[index].sentence { return name }
        }
        return nil
    }

    private static let others: [(StaticString, String)] = [
        ("antidepressant", "antidepressant"), ("antidepressants", "antidepressant"),
        ("antipsychotic", "antipsychotic"), ("antipsychotics", "antipsychotic"), ("opioid", "opioid"),
        ("opioids", "opioid"), ("medication", "medication"), ("medications", "medication"), ("ssri", "antidepressant"),
        ("analgesics", "analgesic"), ("benzodiazepine", "benzodiazepine"), ("benzodiazepines", "benzodiazepine"),
    ]

    /// Whether a drug stands directly before a route, or a dose of it: `midazolam 0.045 mg/kg i.v.`
    private static func clings(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        for number in reading.drugs {
            let mark = reading.marks[number]
            guard Int(mark.last) < first, first - Int(mark.last) <= 6,
                reading.tokens[Int(mark.last)].sentence == reading.tokens[first].sentence
            else { continue }
            if first - Int(mark.last) == 1 {
                return !reading.tokens[first].isAny(.infusion)
                    && !reading.isAny(Int(mark.first) - 1, [.or, .and, .versus])
            }
            let between = Int(mark.last) + 1..<first
            if between.contains(where: { reading.isAny($0, [.milligram, .kilogram]) }) { return true }
        }
        return false
    }
}

/// How many infusions and how often: `six infusions`, `thrice weekly`.
enum CourseFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for mark in reading.marks where mark.kind == .schedule {
            let first = Int(mark.first)
            let last = Int(mark.last)
            let name = reading.concept(mark).name
            guard isOfDrug(reading, first, last) else { continue }
            let context = scene.context(reading, first, last)
            items.append(
                Annotation(
                    span: reading.span(first, last), value: .schedule(name),
                    context: context))
        }
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            if token.kind == .word, reading.isWord(index, "days"), let (count, last) = days(reading, index) {
                items.append(
                    Annotation(
                        span: reading.span(index, last), value: .infusions(count),
                        context: scene.context(reading, index, last)))
                continue
            }
            if token.kind == .word, reading.isWord(index, "single"), let noun = single(reading, index),
                isOfDrug(reading, index, noun)
            {
                items.append(
                    Annotation(
                        span: reading.span(index, noun), value: .infusions(1),
                        context: scene.context(reading, index, noun)))
                continue
            }
            guard token.kind == .number, !token.has(.decimal), token.value >= 1, token.value <= 100,
                let noun = infusions(reading, index) ?? ofPair(reading, index) ?? daily(reading, index)
                    ?? administrations(reading, scene, index) ?? hyphenated(reading, scene, index)
                    ?? one(reading, scene, index)
            else { continue }
            // `one infusion every 35 days`: how often, not how many.
            let behind = reading.isAny(noun + 1, .of) && reading.drug(endingAt: noun + 2) != nil ? noun + 3 : noun + 1
            if token.value == 1, reading.isWord(behind, "every") || reading.isAny(behind, .per) { continue }
            // `(0.5 mg/kg) 2 infusions` is a number of its own; `up to four infusions` is a maximum all the same.
            items.append(
                Annotation(
                    span: reading.span(index, noun), value: .infusions(Int(token.value)),
                    context: scene.context(reading, index, noun)))
        }
    }

    /// `infused on days 1, 3, 5, 8, 10 and 12`: as many as days are named.
    private static func days(_ reading: Reading, _ index: Int) -> (count: Int, last: Int)? {
        var verb = index - 1
        if reading.isWord(verb, "on") { verb -= 1 }
        guard reading.isWord(verb, of: ["infused", "infusions"]) else {
            return nil
        }
        var at = index + 1
        var numbers: [Double] = []
        var last = index
        while let token = reading.at(at), token.sentence == reading.tokens[index].sentence {
            if token.kind == .number, !token.has(.decimal) {
                guard token.value > numbers.last ?? -1 else { return nil }
                numbers.append(token.value)
                last = at
            } else if !reading.isSign(at, Sign.comma), !token.isAny(.and) {
                break
            }
            at += 1
        }
        return numbers.count > 1 ? (numbers.count, last) : nil
    }

    /// `a single open-label infusion`, `single dose`: the noun, a few adjectives on.
    private static func single(_ reading: Reading, _ index: Int) -> Int? {
        var at = index + 1
        var words = 0
        while let token = reading.at(at), token.sentence == reading.tokens[index].sentence, words <= 6 {
            for noun: StaticString in ["infusion", "dose", "injection", "administration"] where reading.isWord(at, noun)
            {
                // `single-dose infusion`, `single dose of ketamine`
                return at
            }
            // `single infusions of ketamine and midazolam`: one of each.
            if at == index + 1, reading.isWord(at, "infusions"), reading.isAny(at + 1, .of) { return at }
            // `a single 0.5 mg/kg ketamine or 0.045 mg/kg midazolam infusion`
            if token.kind == .number, let dose = DoseFinder.measure(reading, after: at) {
                at = dose.last + 1
                continue
            }
            if token.isAny(.or), reading.drug(endingAt: at - 1) != nil {
                at += 1
                continue
            }
            if token.kind == .sign, token.sign != Sign.hyphen, token.sign != Sign.period { return nil }
            if token.isAny([.people, .study, .and, .or, .of, .arm]) || reading.isWord(at, "blind") { return nil }
            if token.kind == .word { words += 1 }
            at += 1
        }
        return nil
    }

    /// `1 dose of placebo or ketamine`, `one injection of esketamine`.
    private static func one(_ reading: Reading, _ scene: Scene, _ index: Int) -> Int? {
        guard reading.tokens[index].value == 1, !isPart(reading, index), !reading.isAny(index - 1, .least),
            reading.isWord(index + 1, "dose") || reading.isWord(index + 1, "injection"),
            reading.isAny(index + 2, .of), isReceived(reading, index)
        else { return nil }
        return isMain(reading, scene, from: index + 3) || isMain(reading, scene, from: index + 5) ? index + 1 : nil
    }

    /// The infusions that a number counts, a few adjectives on; none for ordinals, doses, times or other nouns.
    private static func infusions(_ reading: Reading, _ index: Int) -> Int? {
        if let before = reading.at(index - 1), before.kind == .sign,
            [Sign.equals, Sign.slash, Sign.less, Sign.greater, Sign.plusMinus, Sign.hyphen].contains(before.sign),
            !(before.sign == Sign.hyphen && reading.isNumber(index - 2))
        {
            return nil
        }
        // `1. Controlled infusion`: an item of a list.
        if reading.isSign(index + 1, Sign.period) { return nil }
        // `the first 3 infusions`, `the remaining two infusions`: some of a course.
        for word: StaticString in ["first", "last", "final", "next", "remaining"]
        where reading.isWord(index - 1, word) {
            return nil
        }
        var at = index + 1
        var words = 0
        while let token = reading.at(at), token.sentence == reading.tokens[index].sentence, words <= 5 {
            if reading.isWord(at, "infusions") || (reading.isWord(at, "infusion") && reading.tokens[index].value == 1) {
                // `one infusion of saline and one of ketamine`, `after the infusion` count no course.
                return isOfComparator(reading, at) || isShared(reading, at) ? nil : at
            }
            // `six ketamine 0.5 mg/kg infusions`
            if token.kind == .number, let dose = DoseFinder.measure(reading, after: at) {
                at = dose.last + 1
                continue
            }
            // `six 40-minute infusions`
            if token.kind == .number, reading.isSign(at + 1, Sign.hyphen),
                let span = TimeUnit.unit(reading, after: at), span.minutes <= 60
            {
                at = span.last + 1
                continue
            }
            // The `v` of `i.v.` is no `versus`.
            if reading.isWord(at, "v"), reading.isSign(at - 1, Sign.period), reading.isWord(at - 2, "i") {
                at += 1
                continue
            }
            if token.kind == .number
                || token.isAny([.minute, .hour, .day, .week, .month, .year, .milligram, .people, .of])
            {
                return nil
            }
            if reading.isWord(at, "additional") || reading.isWord(at, "more") { return nil }
            if token.isAny([.and, .or, .to, .over, .after, .be, .study, .versus]) || reading.isWord(at, "in") {
                return nil
            }
            if token.kind == .sign, token.sign != Sign.hyphen, token.sign != Sign.period { return nil }
            if token.kind == .word { words += 1 }
            at += 1
        }
        return nil
    }

    /// `three or six infusions`, `4-6 infusions`: the first number of two.
    private static func ofPair(_ reading: Reading, _ index: Int) -> Int? {
        guard reading.isAny(index + 1, [.or, .to]) || reading.isSign(index + 1, Sign.hyphen),
            let next = reading.at(index + 2), next.kind == .number, !next.has(.decimal),
            next.value > reading.tokens[index].value, next.sentence == reading.tokens[index].sentence,
            !isPart(reading, index)
        else { return nil }
        return infusions(reading, index + 2)
    }

    /// `daily over three consecutive days`: as many infusions as days.
    private static func daily(_ reading: Reading, _ index: Int) -> Int? {
        guard reading.isWord(index + 1, "consecutive") || reading.isWord(index + 1, "successive"),
            reading.isAny(index + 2, .day), isOfDrug(reading, index, index + 2)
        else { return nil }
        let isDaily = (max(0, index - 3)..<index).contains { reading.isAny($0, .daily) }
        return isDaily && reading.tokens[index].value <= 14 ? index + 2 : nil
    }

    /// `six ketamine treatments`, `received up to four i.v. doses of ketamine`: other nouns count administrations only
    /// beside the drug that the document is about.
    private static func administrations(_ reading: Reading, _ scene: Scene, _ index: Int) -> Int? {
        guard !reading.tokens[index].has(.decimal), !isPart(reading, index) else { return nil }
        var at = index + 1
        var words = 0
        while let token = reading.at(at), token.sentence == reading.tokens[index].sentence, words <= 5 {
            if isAdministration(reading, at) {
                if isMain(reading, scene, endingAt: at - 1) { return at }
                // `subcutaneous esketamine (8 weekly sessions)`
                if reading.isSign(index - 1, Sign.open), isMain(reading, scene, endingAt: index - 2) { return at }
                guard reading.isAny(at + 1, .of), isMain(reading, scene, from: at + 2), isReceived(reading, index)
                else { return nil }
                return at
            }
            if token.kind == .number || token.isAny([.and, .or, .to, .over, .of, .be, .people, .study]) { return nil }
            // Levels of the dose, not courses of it.
            for word: StaticString in ["fixed", "different", "escalating", "ascending", "increasing", "various"]
            where reading.isWord(at, word) {
                return nil
            }
            if token.kind == .sign, token.sign != Sign.hyphen, token.sign != Sign.period { return nil }
            if token.kind == .word { words += 1 }
            at += 1
        }
        return nil
    }

    /// `a short 4-treatment course`, `a six-infusion protocol`.
    private static func hyphenated(_ reading: Reading, _ scene: Scene, _ index: Int) -> Int? {
        guard reading.isSign(index + 1, Sign.hyphen), reading.at(index + 2)?.has(.spaceBefore) == false,
            !isPart(reading, index)
        else { return nil }
        let isNoun = ["infusion", "treatment", "session", "injection"].contains { (noun: StaticString) in
            reading.isWord(index + 2, noun)
        }
        guard isNoun, isOfDrug(reading, index, index + 2) else { return nil }
        for at in index + 3...index + 9 {
            for word: StaticString in ["course", "series", "protocol", "regimen", "program", "schedule"]
            where reading.isWord(at, word) {
                // Sessions and treatments are also those of a psychotherapy.
                return reading.isWord(index + 2, "infusion") || isMain(reading, scene, from: at + 2) ? index + 2 : nil
            }
        }
        return nil
    }

    private static func isPart(_ reading: Reading, _ index: Int) -> Bool {
        guard let before = reading.at(index - 1), before.kind == .sign else { return false }
        return [Sign.equals, Sign.slash, Sign.less, Sign.greater, Sign.plusMinus, Sign.hyphen].contains(before.sign)
    }

    private static func isAdministration(_ reading: Reading, _ at: Int) -> Bool {
        for word: StaticString in ["treatments", "sessions", "doses", "injections", "administrations", "dosings"]
        where reading.isWord(at, word) {
            return true
        }
        return false
    }

    private static func isMain(_ reading: Reading, _ scene: Scene, endingAt token: Int) -> Bool {
        guard let name = reading.drug(endingAt: token) else { return false }
        return DrugRelation.family(name) == scene.mainDrug
    }

    private static func isMain(_ reading: Reading, _ scene: Scene, from token: Int) -> Bool {
        // `eight treatments of 100 mg ketamine`
        var token = token
        if reading.isNumber(token), let dose = DoseFinder.measure(reading, after: token) { token = dose.last + 1 }
        for index in reading.drugs where Int(reading.marks[index].first) >= token {
            let mark = reading.marks[index]
            guard Int(mark.first) <= token + 2 else { return false }
            return DrugRelation.family(reading.concept(mark).name) == scene.mainDrug
        }
        return false
    }

    /// A word of getting stands before the number: otherwise `four doses of ketamine` may be four dose levels.
    private static func isReceived(_ reading: Reading, _ index: Int) -> Bool {
        (max(0, index - 6)..<index).contains {
            reading.isAny($0, .treated) || reading.isWord($0, "given") || reading.isWord($0, "course")
                || reading.isWord($0, "series")
        }
    }

    /// `two infusions, one of saline and one of ketamine`: those of a crossover, not of a course.
    private static func isShared(_ reading: Reading, _ infusion: Int) -> Bool {
        let sentence = reading.sentence(of: infusion)
        return (infusion + 1..<min(sentence.end, infusion + 16)).contains {
            reading.isWord($0, "one") && (reading.isAny($0 + 1, .of) || reading.isWord($0 + 1, "with"))
        }
    }

    private static func isOfComparator(_ reading: Reading, _ infusion: Int) -> Bool {
        guard reading.isAny(infusion + 1, .of) else { return false }
        for index in reading.drugs where Int(reading.marks[index].first) == infusion + 2 {
            return DrugRelation.isUsualComparator(reading.concept(reading.marks[index]).name)
        }
        return false
    }

    /// A frequency is one of treatment where a drug or an infusion shares its sentence.
    private static func isOfDrug(_ reading: Reading, _ first: Int, _ last: Int) -> Bool {
        let sentence = reading.sentence(of: first)
        if reading.drugs.contains(where: {
            let mark = reading.marks[$0]
            return Int(mark.first) >= sentence.first && Int(mark.last) < sentence.end
        }) {
            return true
        }
        return (sentence.first..<sentence.end).contains {
            reading.isAny($0, [.infusion, .bolus]) || reading.isWord($0, "antagonist")
        }
    }
}

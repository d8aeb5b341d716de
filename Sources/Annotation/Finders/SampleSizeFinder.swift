/// How many people: `67 of 68 randomized patients`, `Twenty-six subjects were enrolled`, `ketamine (n = 34)`.
enum SampleSizeFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        for index in reading.tokens.indices {
            let token = reading.tokens[index]
            guard token.kind == .number, !token.has(.decimal), token.value >= 1, token.value < 1e7 else { continue }
            if reading.isSign(index - 1, Sign.equals), reading.isWord(index - 2, "n") {
                lettered(reading, scene, index, &items)
            } else {
                spoken(reading, scene, index, &items)
            }
        }
    }

    /// `n = 34`.
    private static func lettered(_ reading: Reading, _ scene: Scene, _ index: Int, _ items: inout [Annotation]) {
        let sentence = reading.sentence(of: index)
        // `Papers (N = 354)`, `most studies (n = 31)`: what was read, not who. `22 trials (n = 3463)` are people.
        let isListed = reading.isWord(index - 4, of: ["papers", "articles", "studies", "records", "reports"])
        if isListed, !reading.isNumber(index - 5), !reading.isNumber(index - 6) { return }
        // `(50% of infusions; n = 73)`: things, not people.
        if isOfThings(reading, index) { return }
        // `27% (n = 7) responded`: those whom it befell.
        let isOpen = reading.isSign(index - 3, Sign.open) || reading.isSign(index - 3, Sign.openSquare)
        if isOpen, reading.isSign(index - 4, Sign.percent) { return }
        var role = role(reading, around: index, sentence)
        // The arm is what the parenthesis is about: the drug before it in the same clause.
        var arm: String?
        var at = index - 3
        var words = 0
        while at >= sentence.first, words <= 9 {
            let token = reading.tokens[at]
            if token.sign == Sign.semicolon || token.sign == Sign.colon
                || token.sign == Sign.close && words > 0 && !isDoseClose(reading, at)
            {
                break
            }
            if token.isAny([.and, .or, .versus]) && words > 0 { break }
            if token.isAny([.response, .remission]) { break }
            if reading.isAny(at, .people), words <= 3, !reading.isAny(at, .arm) { break }
            if let drug = reading.drug(endingAt: at) {
                arm = drug
                break
            }
            // Only doses, routes and words of groups stand between a drug and its number; `ketamine at a clinic (n = 171)`
            // is the size of something else.
            if token.kind == .word, !isOfArm(reading, at) { break }
            if token.kind == .word { words += 1 }
            at -= 1
        }
        if arm != nil, role == .unspecified {
            // `were randomly assigned to ketamine (n = 31) or midazolam (n = 33)`
            for back in max(sentence.first, index - 60)..<index
            where reading.isAny(back, .randomised) && !reading.isWord(back + 1, "controlled") {
                role = .randomised
            }
        }
        // `n = 11 714`: the second half of a number that a space parts.
        var count = Int(reading.tokens[index].value)
        var last = index
        if let rest = reading.at(index + 1), rest.kind == .number, rest.end - rest.start == 3, !rest.has(.spelled),
            count < 1000, reading.isSign(index + 2, Sign.close)
        {
            count = count * 1000 + Int(rest.value)
            last = index + 1
        }
        items.append(
            Annotation(
                span: reading.span(index - 2, last),
                value: .sampleSize(SampleSize(count: count, role: role, arm: arm)),
                context: scene.context(reading, index - 2, last), drug: arm))
    }

    /// Behind a share of infusions or sessions, or of women among those who were just counted.
    private static func isOfThings(_ reading: Reading, _ index: Int) -> Bool {
        let noun = index - 4
        // `57% female [n = 30]`
        let isSex = reading.isWord(noun, of: ["female", "women", "male", "men", "females", "males"])
        if isSex, reading.isSign(noun - 1, Sign.percent) { return true }
        guard reading.isSign(index - 3, Sign.semicolon) || reading.isSign(index - 3, Sign.comma) else { return false }
        return reading.isAny(noun - 1, .of)
            && reading.isWord(noun, of: ["infusions", "sessions", "doses", "treatments", "visits", "administrations"])
    }

    private static func isOfArm(_ reading: Reading, _ index: Int) -> Bool {
        // The letter of a group: `(Group D, n = 32)`.
        if reading.tokens[index].end - reading.tokens[index].start == 1 { return true }
        if reading.isAny(
            index,
            [
                .milligram, .microgram, .kilogram, .per, .arm, .infusion, .bolus, .hour, .minute, .over, .given,
                .people,
                .treated, .week, .daily, .of,
            ])
        {
            return true
        }
        for word: StaticString in [
            "hydrochloride", "active", "control", "comparator", "placebo", "plus", "treatment", "treatments", "low",
            "high",
            "single", "alone", "low", "x", "infusions", "iv", "i", "v", "intravenous", "intranasal", "oral", "at", "a",
            "twice", "thrice", "weekly",
        ] where reading.isWord(index, word) {
            // `at 0.5 mg/kg`, but not `at a clinic`.
            if reading.isWord(index, "at") { return reading.isNumber(index + 1) }
            return true
        }
        return false
    }

    private static func isDoseClose(_ reading: Reading, _ at: Int) -> Bool {
        for back in max(0, at - 6)..<at where reading.isAny(back, [.milligram, .kilogram]) { return true }
        return false
    }

    /// A number before the people it counts, or before `were randomised`.
    private static func spoken(_ reading: Reading, _ scene: Scene, _ index: Int, _ items: inout [Annotation]) {
        let token = reading.tokens[index]
        let sentence = reading.sentence(of: index)
        if isEndOfRange(reading, index) { return }
        // `A sample of 1247 completed treatment` counts people without their noun.
        if isSample(reading, index) {
            items.append(
                Annotation(
                    span: reading.span(index, index),
                    value: .sampleSize(SampleSize(count: Int(token.value), role: .enrolled)),
                    context: scene.context(reading, index, index)))
            return
        }
        if let before = reading.at(index - 1) {
            let touches = !token.has(.spaceBefore)
            if touches, before.kind == .sign, before.sign != Sign.open { return }
            // `in an open-label study 25 adults`: nobody numbers so many studies.
            let isStudied = reading.isWord(index - 1, "study") && token.value >= 10 && reading.isAny(index + 1, .people)
            if before.isAny([.notRoute, .day, .week, .month, .year]), before.sentence == token.sentence, !isStudied {
                return
            }
            if before.kind == .sign,
                [Sign.less, Sign.greater, Sign.atLeast, Sign.atMost, Sign.equals, Sign.plusMinus]
                    .contains(before.sign)
            {
                return
            }
        }
        guard let noun = people(reading, after: index, sentence), !isPerGroup(reading, index, noun.last) else { return }
        let isAllotted = reading.isWord(noun.last, "randomization") || reading.isWord(noun.last, "randomisation")
        let role = isAllotted ? .randomised : role(reading, around: index, sentence, noun: noun.last)
        // `5 patients (20%)`: those whom something befell, unless they are said to be the sample.
        if role == .unspecified || role == .treated, reading.isSign(noun.last + 1, Sign.open),
            let share = reading.at(noun.last + 2), share.kind == .number, share.value < 100,
            reading.isSign(noun.last + 3, Sign.percent), reading.isSign(noun.last + 4, Sign.close)
        {
            return
        }
        // `8 of 9 patients`: a share, unless the words say what the whole is.
        let isShare =
            reading.isAny(index - 1, .of) && reading.isNumber(index - 2)
            || reading.isWord(index - 1, "the") && reading.isAny(index - 2, .of) && reading.isNumber(index - 3)
        if isShare, role == .unspecified { return }
        items.append(
            Annotation(
                span: reading.span(index, noun.last),
                value: .sampleSize(SampleSize(count: Int(token.value), role: role)),
                context: scene.context(reading, index, noun.last)))
    }

    /// `a sample of 1247 completed`, `sample of 40 was randomised`.
    private static func isSample(_ reading: Reading, _ index: Int) -> Bool {
        reading.isAny(index - 1, .of) && reading.isWord(index - 2, "sample") && reading.tokens[index].value >= 3
            && (reading.isAny(index + 1, [.completed, .be]) || reading.isWord(index + 1, "received"))
    }

    /// `aged 65 to 82 were given`, `between 18 and 65 were enrolled`: years, not people.
    private static func isEndOfRange(_ reading: Reading, _ index: Int) -> Bool {
        guard reading.isNumber(index - 2) else { return false }
        if reading.isAny(index - 1, .to) || reading.isSign(index - 1, Sign.hyphen) { return true }
        return reading.isAny(index - 1, .and) && reading.isWord(index - 3, "between")
    }

    /// `Each cohort will consist of 8 participants`, `12 patients per group`: the size of one of several groups.
    private static func isPerGroup(_ reading: Reading, _ index: Int, _ noun: Int) -> Bool {
        if reading.isAny(noun + 1, .per) || reading.isWord(noun + 1, "each") { return true }
        // `16,000 cases/year`: how many fall ill.
        if reading.isSign(noun + 1, Sign.slash), reading.isAny(noun + 2, [.year, .month]) { return true }
        if reading.isWord(noun + 1, "in"), reading.isWord(noun + 2, "each") { return true }
        // `79 participants were in the 25-mg group, 75 in the 10-mg group`
        if reading.isAny(noun + 1, .be), reading.isWord(noun + 2, "in"), reading.isWord(noun + 3, "the"),
            (noun + 4...noun + 10).contains(where: { reading.isAny($0, .arm) })
        {
            return true
        }
        let before = max(0, index - 24)..<index
        return before.contains {
            reading.isWord($0, "each") && reading.tokens[$0].sentence == reading.tokens[index].sentence
                && reading.isAny($0 + 1, .arm)
        }
    }

    /// The noun that is counted, at most six words on; signs other than hyphens and commas end the search.
    private static func people(
        _ reading: Reading, after index: Int, _ sentence: Reading.Sentence
    ) -> (first: Int, last: Int)? {
        var at = index + 1
        var words = 0
        while at < sentence.end, words <= 6 {
            let token = reading.tokens[at]
            // `16 healthy male Ss`: subjects, as PsycINFO shortens them.
            if isSubjects(reading, at) { return (at, at) }
            let isPlace = reading.isWord(at, "outpatient") || reading.isWord(at, "inpatient")
            // `20 adult patients` are people, `15,000 adult shrimp` none.
            if reading.isWord(at, "adult"), !reading.isAny(at + 1, .people) {
                words += 1
                at += 1
                continue
            }
            if token.isAny(.people), !isPlace || reading.isAny(at + 1, .people) {
                // `two adult patients`, `30 veteran participants`: the last noun of the row.
                // `Three patient subpopulations`: one patient is no number of them.
                if reading.isWord(at, "patient"), reading.tokens[index].value > 1, !reading.isAny(at + 1, .people),
                    reading.at(at + 1)?.kind == .word
                {
                    return nil
                }
                var last = at
                while last + 1 < sentence.end, reading.isAny(last + 1, .people) { last += 1 }
                return (at, last)
            }
            // `168 responders were randomized`
            if words == 0, reading.isWord(at, "responders"), reading.isAny(at + 1, .be), isCountedVerb(reading, at + 2)
            {
                return (at, at + 2)
            }
            // `227 underwent randomization`
            let isAllotted = reading.isWord(at + 1, "randomization") || reading.isWord(at + 1, "randomisation")
            if words == 0, reading.isWord(at, "underwent"), isAllotted { return (at, at + 1) }
            if words == 0, token.isAny(.be), isCountedVerb(reading, at + 1) {
                return (at, at + 1)
            }
            // `Sixty CRPS-1 patients`, `20 COVID-19 patients`: the number belongs to the name.
            if token.kind == .number, words > 0, reading.isSign(at - 1, Sign.hyphen), !token.has(.spaceBefore) {
                at += 1
                continue
            }
            if token.kind == .number { return nil }
            // `18 temporomandibular joint (TMJ) patients`, `ten in-patients`
            if token.sign == Sign.open, reading.at(at + 1)?.has(.upper) == true, reading.isSign(at + 2, Sign.close) {
                at += 3
                continue
            }
            if reading.isWord(at, "in") || reading.isWord(at, "out"), reading.isSign(at + 1, Sign.hyphen),
                reading.isAny(at + 2, .people)
            {
                return (at + 2, at + 2)
            }
            if token.kind == .sign {
                guard token.sign == Sign.hyphen || token.sign == Sign.slash || token.sign == Sign.comma && words > 0
                else {
                    return nil
                }
            } else {
                let isTime = token.isAny([.minute, .hour, .day, .week, .month, .year, .milligram, .microgram, .gram])
                // `86 unipolar and bipolar patients` are one number of people, `20 patients and 15 controls` two.
                if token.isAny([.and, .or]), words > 0, !reading.isNumber(at + 1) {
                    at += 1
                    continue
                }
                if isTime || token.isAny([.infusion, .study, .treatment, .of, .be, .and, .or, .to, .per, .arm]) {
                    // `treatment-resistant patients` are people still.
                    guard token.isAny(.treatment), reading.isSign(at + 1, Sign.hyphen) else { return nil }
                }
                if reading.isWord(at, "in") || reading.isWord(at, "with") || reading.isWord(at, "item")
                    || reading.isWord(at, "digit")
                {
                    return nil
                }
                words += 1
            }
            at += 1
        }
        return nil
    }

    /// `Ss`, printed so.
    private static func isSubjects(_ reading: Reading, _ at: Int) -> Bool {
        let token = reading.tokens[at]
        return token.end - token.start == 2 && reading.bytes[Int(token.start)] == 0x53
            && reading.bytes[Int(token.start) + 1] == 0x73
    }

    /// `30 were randomised`; `seven were included` may be studies.
    private static func isCountedVerb(_ reading: Reading, _ index: Int) -> Bool {
        reading.isAny(index, [.randomised, .treated]) || reading.isWord(index, "enrolled")
            || reading.isWord(index, "recruited")
    }

    /// What is said of the people counted: the nearest verb in the sentence decides.
    private static func role(
        _ reading: Reading, around index: Int, _ sentence: Reading.Sentence, noun: Int? = nil
    ) -> SampleSize.Role {
        var best: (distance: Int, role: SampleSize.Role) = (.max, .unspecified)
        let from = max(sentence.first, index - 8)
        let to = min(sentence.end, (noun ?? index) + 26)
        guard from < to else { return .unspecified }
        for at in from..<to {
            let token = reading.tokens[at]
            let role: SampleSize.Role
            if token.isAny(.randomised) {
                // `randomised controlled trial` names a design.
                if reading.isAny(at + 1, .study) || reading.isWord(at + 1, "controlled")
                    || reading.isSign(at + 1, Sign.comma)
                    || reading.isWord(at + 1, "clinical") || reading.isWord(at + 1, "double")
                {
                    continue
                }
                // `21 were enrolled, and 16 were randomised`: said of the other number.
                if at > (noun ?? index), reading.isAny(at - 1, .be), reading.isNumber(at - 2), at - 2 != index,
                    reading.isAny(at - 3, .and)
                {
                    continue
                }
                role = .randomised
            } else if token.isAny(.completed) {
                role = .completed
            } else if token.isAny(.analysed) {
                role = .analysed
            } else if token.isAny(.enrolled) {
                role = .enrolled
            } else if token.isAny(.treated) {
                role = .treated
            } else {
                continue
            }
            let distance = at < index ? index - at : at - (noun ?? index)
            // Randomised is what a trial's size is counted in; it wins over a nearer word of giving.
            let weight = role == .randomised ? distance / 8 : distance
            if weight < best.distance { best = (weight, role) }
        }
        return best.role
    }
}

extension Reading {
    /// The drug whose phrase ends at a token.
    func drug(endingAt token: Int) -> String? {
        for index in drugs where Int(marks[index].last) == token { return concept(marks[index]).name }
        return nil
    }
}

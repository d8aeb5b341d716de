/// What an abstract says of its study, as far as two reports can be compared in it.
enum StudyText {
    // MARK: Sample

    /// Numbers of people: `n = 72`, `72 patients`, `Thirty-three participants`. Sorted, each once.
    static func samples(in text: EvidenceText) -> [Int] {
        var found = Set<Int>()
        var index = 0
        while index < text.bytes.count {
            guard text.isWordStart(index) else {
                index += 1
                continue
            }
            if text.bytes[index] == 0x6E {
                let equals = text.skipping([0x20], from: index + 1)
                if equals < text.bytes.count, text.bytes[equals] == 0x3D,
                    let number = text.number(at: text.skipping([0x20], from: equals + 1))
                {
                    found.insert(number.value)
                    index = number.end
                    continue
                }
            }
            if let number = text.number(at: index) ?? wordNumber(text, at: index) {
                if peopleFollow(text, from: number.end) { found.insert(number.value) }
                index = max(number.end, index + 1)
            } else {
                index += 1
            }
        }
        return found.filter { $0 >= 5 && $0 <= 1_000_000 }.sorted()
    }

    private static let tens: [(StaticString, Int)] = [
        ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80),
        ("ninety", 90),
    ]
    private static let units: [(StaticString, Int)] = [
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8),
        ("nine", 9),
    ]

    private static func wordNumber(_ text: EvidenceText, at index: Int) -> (value: Int, end: Int)? {
        for (word, value) in tens where text.starts(word, at: index) {
            let end = index + word.utf8CodeUnitCount
            let next = text.skipping([0x2D, 0x20], from: end, atMost: 1)
            for (unit, more) in units where next > end && text.starts(unit, at: next) {
                return (value + more, next + unit.utf8CodeUnitCount)
            }
            return (value, end)
        }
        return nil
    }

    private static let people: [StaticString] = [
        "patient", "participant", "subject", "adult", "individual", "outpatient", "inpatient", "person", "people",
        "men",
        "women", "veteran", "volunteer",
    ]

    /// Within three words (`72 medication-free adult patients`).
    private static func peopleFollow(_ text: EvidenceText, from end: Int) -> Bool {
        guard end < text.bytes.count, text.bytes[end] == 0x20 else { return false }
        var cursor = end
        for _ in 0..<4 {
            cursor = text.skipping([0x20], from: cursor)
            guard cursor < text.bytes.count, EvidenceText.isWordByte(text.bytes[cursor]),
                !EvidenceText.isDigit(text.bytes[cursor])
            else { return false }
            if people.contains(where: { text.starts($0, at: cursor) }) { return true }
            while cursor < text.bytes.count, EvidenceText.isWordByte(text.bytes[cursor]) || text.bytes[cursor] == 0x2D {
                cursor += 1
            }
        }
        return false
    }

    // MARK: Dose

    /// `0.5 mg/kg`, as numbers with their unit; each once, in order.
    static func doses(in text: EvidenceText) -> [String] {
        var found: [String] = []
        var index = 0
        while index < text.bytes.count {
            let isStart = index == 0 || !(EvidenceText.isDigit(text.bytes[index - 1]) || text.bytes[index - 1] == 0x2E)
            guard isStart, EvidenceText.isDigit(text.bytes[index]) || text.bytes[index] == 0x2E else {
                index += 1
                continue
            }
            var end = index
            while end < text.bytes.count, EvidenceText.isDigit(text.bytes[end]) || text.bytes[end] == 0x2E { end += 1 }
            let unit = text.skipping([0x20, 0x2D], from: end, atMost: 1)
            if let name = unitName(text, at: unit), let value = Double("0" + text.text(index..<end)) {
                let dose = "\(value) \(name)"
                if !found.contains(dose), found.count < 20 { found.append(dose) }
            }
            index = max(end, index + 1)
        }
        return found
    }

    private static func unitName(_ text: EvidenceText, at index: Int) -> String? {
        for (spelling, name) in [("mg/kg", "mg/kg"), ("mg per kg", "mg/kg"), ("mg kg", "mg/kg"), ("mg", "mg")]
            as [(StaticString, String)] where text.starts(spelling, at: index)
        {
            return name
        }
        return nil
    }

    // MARK: Time of enrolment

    /// `between March 2012 and May 2014` as `3.2012-5.2014`, months as far as they are named.
    static func enrolment(in text: EvidenceText) -> [String] {
        var found: [String] = []
        var index = 0
        while index + 4 <= text.bytes.count {
            guard let first = year(text, at: index) else {
                index += 1
                continue
            }
            if let (last, month, end) = secondYear(text, after: index + 4), first <= last, last - first <= 25,
                isOfEnrolment(text, around: index, to: end)
            {
                let start = monthBefore(text, index).map { "\($0)." } ?? ""
                let period = "\(start)\(first)-\(month.map { "\($0)." } ?? "")\(last)"
                if !found.contains(period) { found.append(period) }
                index = end
            } else {
                index += 4
            }
        }
        return found
    }

    private static func year(_ text: EvidenceText, at index: Int) -> Int? {
        guard text.isWordStart(index), text.digits(at: index) == 4, let number = text.number(at: index)?.value,
            (1960...2060).contains(number)
        else { return nil }
        return number
    }

    private static let months: [StaticString] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func month(_ text: EvidenceText, at index: Int) -> Int? {
        guard text.isWordStart(index) else { return nil }
        return months.firstIndex { text.starts($0, at: index) }.map { $0 + 1 }
    }

    private static func monthBefore(_ text: EvidenceText, _ index: Int) -> Int? {
        for start in stride(from: index - 1, through: max(0, index - 14), by: -1) {
            if let found = month(text, at: start) { return found }
        }
        return nil
    }

    /// A joining word, perhaps a day and a month, and a year.
    private static func secondYear(_ text: EvidenceText, after index: Int) -> (Int, Int?, Int)? {
        let cursor = text.skipping([0x20, 0x2C], from: index, atMost: 2)
        let joins: [StaticString] = ["and", "to", "through", "until", "till", "-"]
        guard let join = joins.first(where: { text.starts($0, at: cursor) }) else { return nil }
        let start = cursor + join.utf8CodeUnitCount
        var named: Int?
        for place in start..<min(start + 24, text.bytes.count) {
            if named == nil { named = month(text, at: place) }
            if let found = year(text, at: place) { return (found, named, place + 4) }
            if text.bytes[place] == 0x2E || text.bytes[place] == 0x3B { return nil }
        }
        return nil
    }

    private static func isOfEnrolment(_ text: EvidenceText, around start: Int, to end: Int) -> Bool {
        let words: [StaticString] = [
            "enrol", "recruit", "between", "from", "conducted", "admitted", "treated", "screened", "randomi",
            "took place",
        ]
        for place in max(0, start - 80)..<min(text.bytes.count, end + 80) where text.isWordStart(place) {
            if words.contains(where: { text.starts($0, at: place) }) { return true }
        }
        return false
    }

    // MARK: Wording

    /// Words with which a report says that its data are another's; pooled data are several studies' and not here.
    static func secondaryWording(in text: EvidenceText) -> String? {
        let phrases: [StaticString] = [
            "secondary analys", "post hoc analys", "post-hoc analys", "posthoc analys", "reanalys", "re-analys",
            "subgroup analys",
            "ancillary study", "sub-study", "substudy", "extension study", "extension phase", "extension of the",
            "long-term follow-up of", "follow-up of participants", "follow-up of patients from",
            "previously reported trial",
            "previously published trial", "parent study", "parent trial", "analysis of data from",
            "data from a randomi", "data from the randomi", "data were drawn from", "study protocol",
            "protocol for a", "rationale and design", "statistical analysis plan",
        ]
        return phrases.first { text.contains($0) }?.description
    }
}

import Annotation

/// Reads a measure inside a query: `every dose(ketamine)[+comparator] > 1 mg/kg`.
struct MeasureReader {
    let tokens: [QueryToken]
    var position: Int
    let switches: [String: String]
    let names: MeasureNames

    private var current: QueryToken? { position < tokens.count ? tokens[position] : nil }

    /// Reads the measure that begins at the word; nil where the word is an ordinary term.
    mutating func read(_ text: String, _ token: QueryToken) throws(QueryProblem) -> MeasureCondition? {
        var name = text
        var every = false
        if text == "every", position + 1 < tokens.count, case .word(let word) = tokens[position + 1].kind,
            comparison(after: position + 1) != nil
        {
            every = true
            name = word
            position += 1
        }
        guard let sign = comparison(after: position), let nameToken = current else { return nil }
        guard let measure = Measure(rawValue: name) else {
            throw QueryProblem(
                offset: nameToken.offset, found: name, message: "not a measure",
                accepted: NearestWord.hint(name, among: Measure.names))
        }
        position += 1
        var condition = MeasureCondition(
            measure: measure, of: nil, comparison: .equal, words: [], number: 0, unit: nil, every: every,
            admitting: [], scope: nil)
        condition.of = try narrowing(measure, nameToken)
        try modifiers(&condition)
        try compare(&condition, sign.comparison, sign.token)
        return condition
    }

    /// A word is a measure when a comparison follows, perhaps after `(name)` and `[...]`.
    private func comparison(
        after start: Int
    ) -> (comparison: MeasureCondition.Comparison, token: QueryToken)? {
        guard case .word = tokens[start].kind else { return nil }
        var at = start + 1
        func kind(_ index: Int) -> QueryToken.Kind? { index < tokens.count ? tokens[index].kind : nil }
        if kind(at) == .open, case .word? = kind(at + 1), kind(at + 2) == .close { at += 3 }
        while case .tag(_, bracketed: true)? = kind(at) { at += 1 }
        guard case .comparison(let comparison)? = kind(at) else { return nil }
        return (comparison, tokens[at])
    }

    private mutating func narrowing(_ measure: Measure, _ token: QueryToken) throws(QueryProblem) -> String? {
        guard current?.kind == .open, position + 1 < tokens.count, case .word(let name) = tokens[position + 1].kind
        else { return nil }
        guard measure.takesName else {
            throw QueryProblem(
                offset: token.offset, found: "\(measure.rawValue)(\(name))", message: "this measure is not of one drug",
                accepted: "\(measure.rawValue) alone; a name in parentheses after "
                    + Measure.allCases.filter(\.takesName).map(\.rawValue).joined(separator: ", "))
        }
        let drugs = names.accepted(by: .drug) ?? []
        guard drugs.contains(name) else {
            throw QueryProblem(
                offset: tokens[position + 1].offset, found: name, message: "not the name of a drug that is known here",
                accepted: NearestWord.of(name, among: drugs) ?? MeasureWords.drugAdvice)
        }
        position += 3
        return name
    }

    /// `[ti]`, `[methods,results]`, `[any]`, `[+comparator]`.
    private mutating func modifiers(_ condition: inout MeasureCondition) throws(QueryProblem) {
        while case .tag(let tag, bracketed: true)? = current?.kind, let token = current {
            position += 1
            for part in tag.split(separator: ",") {
                let word = part.first == "+" ? String(part.dropFirst()) : String(part)
                if let context = MeasureCondition.contexts.first(where: { $0.key.lowercased() == word }) {
                    condition.admitting.formUnion(context.value)
                } else if let scope = FieldScope.named(word) {
                    if condition.scope == nil { condition.scope = scope } else { condition.scope?.formUnion(scope) }
                } else {
                    let accepted =
                        FieldScope.names.filter { !$0.hasPrefix("mh") && $0 != "pt" }
                        + MeasureCondition.contexts.keys.sorted().map { "+" + $0 }
                    throw QueryProblem(
                        offset: token.offset, found: word, message: "neither a field nor a context",
                        accepted: NearestWord.hint(word, among: accepted))
                }
            }
        }
    }

    private mutating func compare(
        _ condition: inout MeasureCondition, _ comparison: MeasureCondition.Comparison, _ sign: QueryToken
    ) throws(QueryProblem) {
        let measure = condition.measure
        position += 1
        condition.comparison = comparison
        if measure.isOfWords {
            guard comparison == .equal || comparison == .notEqual else {
                throw QueryProblem(
                    offset: sign.offset, found: sign.text, message: "\(measure.rawValue) is compared with words",
                    accepted: "=, !=")
            }
            condition.words = try words(measure)
        } else {
            try number(&condition)
        }
    }

    private mutating func words(_ measure: Measure) throws(QueryProblem) -> [String] {
        let accepted = names.accepted(by: measure)
        var words: [String] = []
        repeat {
            if !words.isEmpty { position += 1 }
            guard let token = current else {
                throw QueryProblem(
                    offset: tokens.last?.offset ?? 0, message: "a value for \(measure.rawValue) is missing",
                    accepted: accepted?.joined(separator: ", ") ?? "a word")
            }
            let word: String
            switch token.kind {
            case .word(let text), .phrase(let text): word = text
            case .switchValue(let name): word = try switchValue(name, token)
            default:
                throw QueryProblem(
                    offset: token.offset, found: token.text, message: "a value for \(measure.rawValue) is expected",
                    accepted: accepted?.joined(separator: ", ") ?? "a word")
            }
            if let accepted, !accepted.contains(word) {
                throw QueryProblem(
                    offset: token.offset, found: word, message: "not a value of \(measure.rawValue)",
                    accepted: NearestWord.hint(word, among: accepted))
            }
            words.append(word)
            position += 1
        } while current?.kind == .bar
        return words
    }

    private mutating func number(_ condition: inout MeasureCondition) throws(QueryProblem) {
        let measure = condition.measure
        guard let token = current else {
            throw QueryProblem(
                offset: tokens.last?.offset ?? 0, message: "a number for \(measure.rawValue) is missing",
                accepted: "a number")
        }
        let text: String
        switch token.kind {
        case .word(let word): text = word
        case .switchValue(let name): text = try switchValue(name, token)
        default: text = token.text
        }
        guard let value = Double(text), value.isFinite else {
            throw QueryProblem(
                offset: token.offset, found: token.text, message: "a number for \(measure.rawValue) is expected",
                accepted: "a number such as 0.5 or 18")
        }
        position += 1
        condition.number = value
        if measure == .dose { return try doseUnit(&condition, token) }
        if case .word(let unit)? = current?.kind, let factor = measure.units[unit] {
            condition.number = value * factor
            position += 1
        } else if !measure.units.isEmpty, measure.units.count > 1 {
            throw QueryProblem(
                offset: token.offset, found: token.text, message: "\(measure.rawValue) needs a unit",
                accepted: measure.units.keys.sorted().joined(separator: ", "))
        }
    }

    private mutating func doseUnit(_ condition: inout MeasureCondition, _ number: QueryToken) throws(QueryProblem) {
        let accepted = Dose.Unit.accepted.map(\.rawValue)
        guard case .word(let text)? = current?.kind, let unit = Dose.Unit(rawValue: text) else {
            throw QueryProblem(
                offset: number.offset, found: current?.text ?? number.text, message: "a dose needs a unit",
                accepted: accepted.joined(separator: ", "))
        }
        position += 1
        condition.unit = unit
    }

    private func switchValue(_ name: String, _ token: QueryToken) throws(QueryProblem) -> String {
        guard let value = switches[name] else {
            throw QueryProblem(
                offset: token.offset, found: "$" + name, message: "no switch of this name",
                accepted: NearestWord.hint(name, among: switches.keys.sorted()))
        }
        return value
    }
}

extension Dose.Unit {
    /// Every unit that a dose can be compared in.
    static let accepted: [Dose.Unit] = [
        .milligramsPerKilogram, .milligrams, .milligramsPerKilogramHour, .milligramsPerHour, .nanogramsPerMillilitre,
    ]
}

import Bibliography
import Screening

extension SourcePlan {
    /// Which keys each kind of source takes.
    private static let keys: [Kind: [String]] = [
        .pubmed: ["id", "kind", "query", "from", "to", "dates", "allow", "maxRecords", "database", "section", "note"],
        .clinicaltrials: ["id", "kind", "query", "from", "to", "maxRecords", "database", "section", "note"],
        .file: ["id", "kind", "path", "database", "section", "retrieved", "query", "whenMissing", "note"],
    ]

    static func all(_ fields: PlanFields, _ problems: PlanProblems) -> [SourcePlan] {
        let items = fields.list("sources")
        if items.isEmpty {
            problems.add(
                fields.line("sources"), "sources", "at least one source is needed",
                accepted: "- {id: pubmed, kind: pubmed, query: ...}")
        }
        var sources: [SourcePlan] = []
        for (index, item) in items.enumerated() {
            guard let source = read(item, path: "sources[\(index)]", problems) else { continue }
            if sources.contains(where: { $0.id == source.id }) {
                problems.add(
                    item.line, "sources[\(index)].id", "two sources have this id", found: source.id,
                    accepted: "an id of its own")
            }
            sources.append(source)
        }
        return sources
    }

    private static func read(_ node: PlanNode, path: String, _ problems: PlanProblems) -> SourcePlan? {
        guard case .mapping(let entries) = node.value else {
            problems.add(
                node.line, path, "a source is written as keys and values", found: node.shortText,
                accepted: "id, kind ...")
            return nil
        }
        let word = entries.first { $0.key == "kind" }
        guard let word, case .scalar(let name) = word.value.value, let kind = Kind(rawValue: name) else {
            let kinds = Kind.allCases.map(\.rawValue)
            problems.add(
                word?.line ?? node.line, path + ".kind", word == nil ? "this key is missing" : "unknown word",
                found: word?.value.shortText ?? "",
                accepted: word.map { NearestWord.hint($0.value.shortText, among: kinds) }
                    ?? kinds.joined(separator: ", "))
            return nil
        }
        guard let fields = PlanFields(node, path: path, keys: keys[kind] ?? [], problems: problems) else { return nil }
        return read(fields, kind, problems)
    }

    private static func read(_ fields: PlanFields, _ kind: Kind, _ problems: PlanProblems) -> SourcePlan? {
        let id = fields.id()
        let query =
            kind == .file ? fields.text("query") : fields.requiredText("query", "exactly what the service is asked")
        let path = kind == .file ? fields.requiredText("path", "a file, relative to the pipeline file") : nil
        let database =
            switch kind {
            case .pubmed: fields.text("database")?.text ?? "PubMed"
            case .clinicaltrials: fields.text("database")?.text ?? "ClinicalTrials.gov"
            case .file: fields.requiredText("database", "the name printed in the flow")?.text ?? ""
            }
        let section = fields.choice("section", as: Section.self)
        let from = fields.date("from")
        let to = fields.date("to")
        if let from, let to, from.isAfter(to) {
            problems.add(
                fields.line("to"), fields.join("to"), "the window ends before it begins", found: to.text,
                accepted: "a date not before \(from.text)")
        }
        let source = SourcePlan(
            id: id?.text ?? "", kind: kind, query: query?.text, from: from, to: to,
            dates: fields.choice("dates", as: Dates.self), allow: fields.texts("allow").map(\.text),
            maxRecords: fields.integer("maxRecords", in: 1...50_000_000), path: path?.text, database: database,
            section: section ?? (kind == .clinicaltrials ? .register : .database),
            retrieved: fields.date("retrieved"),
            whenMissing: fields.choice("whenMissing", as: WhenMissing.self) ?? .stop, note: fields.text("note")?.text)
        return id == nil ? nil : source
    }
}

extension SwitchPlan {
    static func all(_ fields: PlanFields, _ problems: PlanProblems, overrides: [String: String]) -> [SwitchPlan] {
        var switches: [SwitchPlan] = []
        for (index, item) in fields.list("switches").enumerated() {
            let path = "switches[\(index)]"
            guard
                let entry = PlanFields(
                    item, path: path, keys: ["id", "question", "choices", "minimum", "maximum", "value"],
                    problems: problems),
                let read = read(entry, problems, overrides: overrides)
            else { continue }
            if switches.contains(where: { $0.id == read.id }) {
                problems.add(item.line, path + ".id", "two switches have this id", found: read.id)
            }
            switches.append(read)
        }
        for name in overrides.keys.sorted() where !switches.contains(where: { $0.id == name }) {
            problems.add(
                nil, "switches", "no switch of this name", found: name,
                accepted: NearestWord.hint(name, among: switches.map(\.id)))
        }
        return switches
    }

    private static func read(
        _ fields: PlanFields, _ problems: PlanProblems, overrides: [String: String]
    ) -> SwitchPlan? {
        let id = fields.id()
        let question = fields.requiredText("question", "the question of protocol that this decides")
        let choices = fields.texts("choices").map(\.text)
        let minimum = fields.number("minimum", in: -1e9...1e9)
        let maximum = fields.number("maximum", in: -1e9...1e9)
        let stated = fields.requiredText("value", "the answer of this review")
        guard let id, let question, let stated else { return nil }
        let isNumber = choices.isEmpty
        if isNumber, minimum == nil, maximum == nil {
            problems.add(
                fields.line, fields.join("choices"), "the accepted answers are missing",
                accepted: "choices: [...], or minimum and maximum for a number")
            return nil
        }
        let value = overrides[id.text] ?? stated.text
        let line = overrides[id.text] == nil ? stated.line : nil
        if isNumber {
            let low = minimum ?? -1e9
            let high = maximum ?? 1e9
            guard let number = Double(value), low <= number, number <= high else {
                problems.add(
                    line, fields.join("value"), "not an accepted answer", found: value, accepted: "\(low) to \(high)")
                return nil
            }
        } else if !choices.contains(value) {
            problems.add(
                line, fields.join("value"), "not an accepted answer", found: value,
                accepted: NearestWord.hint(value, among: choices))
            return nil
        }
        return SwitchPlan(
            id: id.text, question: question.text, choices: choices, minimum: minimum, maximum: maximum, value: value)
    }
}

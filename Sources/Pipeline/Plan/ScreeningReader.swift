import Annotation
import Screening

extension ScreeningPlan {
    static func read(
        _ fields: PlanFields, _ problems: PlanProblems, switches: [SwitchPlan], names: OwnNames
    ) -> ScreeningPlan {
        var assessed = Assessed.abstract
        var people = PeoplePlan.standard
        if let node = fields.node("screening"),
            let screening = PlanFields(
                node, path: "screening", keys: ["assessedOn"] + PeoplePlan.keys, problems: problems)
        {
            assessed = screening.choice("assessedOn", as: Assessed.self) ?? .abstract
            people = PeoplePlan.read(screening, problems)
        }
        let declaration = ScreeningDeclaration(
            concepts: concepts(fields, problems),
            criteria: fields.list("criteria").enumerated().compactMap { index, item in
                CriterionDeclaration.read(item, path: "criteria[\(index)]", problems)
            },
            switches: Dictionary(switches.map { ($0.id, $0.value) }) { first, _ in first },
            mesh: meshBranches(fields, problems),
            names: MeasureNames(drugs: names.drugs.map(\.name), scales: names.scales.map(\.name)))
        checkConditions(declaration, switches, problems)
        people.checkReasons(declaration.criteria.map(\.id.text), fields.line("screening"), problems)
        do {
            _ = try Screener(declaration)
        } catch {
            for problem in error.problems {
                problems.add(
                    PlanProblem(
                        file: problems.file, line: problem.line, path: problem.path, message: problem.sentence))
            }
        }
        return ScreeningPlan(assessedOn: assessed, people: people, declaration: declaration)
    }

    private static func concepts(_ fields: PlanFields, _ problems: PlanProblems) -> [ConceptDeclaration] {
        guard let node = fields.node("concepts"), !node.isEmpty else { return [] }
        guard case .mapping(let entries) = node.value else {
            problems.add(node.line, "concepts", "names and queries are expected here", found: node.shortText)
            return []
        }
        return entries.compactMap { entry in
            guard PlanFields.isID(entry.key) else {
                problems.add(
                    entry.line, "concepts." + entry.key, "not usable as a name", found: entry.key,
                    accepted: "letters, digits and hyphens, a letter first")
                return nil
            }
            guard case .scalar(let text) = entry.value.value, !entry.value.isEmpty else {
                problems.add(
                    entry.line, "concepts." + entry.key, "a query is expected here", found: entry.value.shortText)
                return nil
            }
            return ConceptDeclaration(
                name: SourceText(entry.key, line: entry.line), query: SourceText(text, line: entry.value.line))
        }
    }

    /// Headings, each with a list of those below it.
    private static func meshBranches(_ fields: PlanFields, _ problems: PlanProblems) -> [MeshBranch] {
        guard let node = fields.node("mesh"), !node.isEmpty else { return [] }
        guard case .mapping(let entries) = node.value else {
            problems.add(
                node.line, "mesh", "headings and those below them are expected here", found: node.shortText,
                accepted: "Exercise Therapy: [Motion Therapy, ...]")
            return []
        }
        guard
            let branches = PlanFields(node, path: "mesh", keys: entries.map(\.key), problems: problems)
        else { return [] }
        return entries.map { entry in
            MeshBranch(name: SourceText(entry.key, line: entry.line), below: branches.texts(entry.key))
        }
    }

    /// A condition on an answer that the switch cannot have would never hold.
    private static func checkConditions(
        _ declaration: ScreeningDeclaration, _ switches: [SwitchPlan], _ problems: PlanProblems
    ) {
        for criterion in declaration.criteria {
            for rule in criterion.rules {
                for condition in rule.onlyIf {
                    guard let plan = switches.first(where: { $0.id == condition.name.text }), !plan.choices.isEmpty
                    else { continue }
                    for value in condition.values where !plan.choices.contains(value) {
                        problems.add(
                            condition.name.line, "criteria.\(criterion.id.text).\(rule.id.text).onlyIf",
                            "'\(plan.id)' never has this value", found: value,
                            accepted: NearestWord.hint(value, among: plan.choices))
                    }
                }
            }
        }
    }
}

extension CriterionDeclaration {
    static func read(_ node: PlanNode, path: String, _ problems: PlanProblems) -> CriterionDeclaration? {
        guard
            let fields = PlanFields(
                node, path: path,
                keys: ["id", "question", "label", "silence", "needs", "met", "notMet", "unclear"], problems: problems)
        else { return nil }
        let id = fields.id()
        let question = fields.requiredText("question", "the criterion as a question")
        let label = fields.text("label")?.text.trimmed
        let silence = fields.choice("silence", as: Silence.self) ?? .unclear
        var rules: [RuleDeclaration] = []
        for verdict in Verdict.allCases {
            for (index, item) in fields.list(verdict.rawValue).enumerated() {
                let path = "\(path).\(verdict.rawValue)[\(index)]"
                if let rule = RuleDeclaration.read(item, verdict, path: path, problems) { rules.append(rule) }
            }
        }
        if fields.entry("met") == nil, fields.entry("notMet") == nil, fields.entry("unclear") == nil {
            problems.add(
                fields.line, path, "a criterion without rules decides nothing", accepted: "met, notMet, unclear")
        }
        guard let id, let question else { return nil }
        return CriterionDeclaration(
            id: id, question: question.text, label: label, silence: silence, needs: fields.text("needs"), rules: rules)
    }
}

extension RuleDeclaration {
    static func read(_ node: PlanNode, _ verdict: Verdict, path: String, _ problems: PlanProblems) -> RuleDeclaration? {
        guard
            let fields = PlanFields(
                node, path: path, keys: ["id", "when", "overrides", "onlyIf", "passes", "fails", "note"],
                problems: problems)
        else { return nil }
        let id = fields.id()
        let when = fields.requiredText("when", "a query")
        _ = fields.text("note")
        let passes = ExampleText.all(fields, "passes", problems)
        let fails = ExampleText.all(fields, "fails", problems)
        let onlyIf = conditions(fields, problems)
        guard let id, let when else { return nil }
        return RuleDeclaration(
            id: id, verdict: verdict, when: when, overrides: fields.texts("overrides"), onlyIf: onlyIf,
            passes: passes, fails: fails)
    }

    private static func conditions(_ fields: PlanFields, _ problems: PlanProblems) -> [SwitchCondition] {
        guard let node = fields.node("onlyIf"), !node.isEmpty else { return [] }
        guard case .mapping(let entries) = node.value else {
            problems.add(
                node.line, fields.join("onlyIf"), "switches and values are expected here", found: node.shortText,
                accepted: "{switch: value}")
            return []
        }
        return entries.compactMap { entry in
            let name = SourceText(entry.key, line: entry.line)
            switch entry.value.value {
            case .scalar(let value): return SwitchCondition(name: name, values: [value])
            case .list(let items):
                let values = items.compactMap { item in
                    if case .scalar(let value) = item.value { value } else { nil }
                }
                if values.count == items.count { return SwitchCondition(name: name, values: values) }
                fallthrough
            case .mapping:
                problems.add(
                    entry.line, fields.join("onlyIf"), "a value or a list of values is expected here",
                    found: entry.value.shortText)
                return nil
            }
        }
    }
}

extension ExampleText {
    /// Examples are texts (abstracts), or keys for title, abstract, headings and publication types.
    static func all(_ fields: PlanFields, _ key: String, _ problems: PlanProblems) -> [ExampleText] {
        guard let node = fields.node(key), !node.isEmpty else { return [] }
        let items: [PlanNode]
        if case .list(let list) = node.value { items = list } else { items = [node] }
        return items.enumerated().compactMap { index, item in
            switch item.value {
            case .scalar(let text): return ExampleText(abstract: text.trimmed, line: item.line)
            case .mapping:
                guard
                    let example = PlanFields(
                        item, path: "\(fields.join(key))[\(index)]",
                        keys: ["title", "abstract", "keywords", "mesh", "publicationTypes", "relations"],
                        problems: problems)
                else { return nil }
                return ExampleText(
                    title: example.text("title")?.text, abstract: example.text("abstract")?.text,
                    keywords: example.texts("keywords").map(\.text), mesh: example.texts("mesh").map(\.text),
                    publicationTypes: example.texts("publicationTypes").map(\.text),
                    relations: example.texts("relations").map(\.text), line: item.line)
            case .list:
                problems.add(item.line, "\(fields.join(key))[\(index)]", "a text is expected here", found: "a list")
                return nil
            }
        }
    }
}

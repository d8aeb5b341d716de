import Extraction
import Screening

extension ExtractionPlan {
    private static let keys = ["id", "label", "type", "unit", "vocabulary", "per"]

    /// `extraction.fields`: names of fields, or mappings that also say label, type, unit, vocabulary and division.
    static func read(_ fields: PlanFields, _ problems: PlanProblems) -> ExtractionPlan {
        guard let node = fields.node("extraction"), !node.isEmpty,
            let extraction = PlanFields(node, path: "extraction", keys: ["fields"], problems: problems)
        else { return ExtractionPlan(fields: []) }
        var declarations: [FieldDeclaration] = []
        for (index, item) in extraction.list("fields").enumerated() {
            let path = "extraction.fields[\(index)]"
            guard let declaration = declaration(item, path, problems) else { continue }
            if declarations.contains(where: { $0.id == declaration.id }) {
                problems.add(item.line, path, "the same field twice", found: declaration.id)
            }
            declarations.append(declaration)
        }
        return ExtractionPlan(fields: declarations)
    }

    /// With what the outcomes are pooled from: a form that lacked it would leave them without numbers. A review without
    /// a form of its own has every field.
    func filling(_ synthesis: SynthesisPlan) -> ExtractionPlan {
        guard !fields.isEmpty else { return self }
        var plan = self
        for field in synthesis.outcomes.flatMap(\.fields) where !plan.fields.contains(where: { $0.id == field }) {
            plan.fields.append(FieldDeclaration(id: field))
        }
        return plan
    }

    private static func declaration(_ item: PlanNode, _ path: String, _ problems: PlanProblems) -> FieldDeclaration? {
        if case .scalar(let text) = item.value {
            guard !text.allSatisfy(\.isWhitespace) else {
                problems.add(item.line, path, "a field is expected here", found: item.shortText)
                return nil
            }
            return check(FieldDeclaration(id: text.trimmed), path, problems) { _ in item.line }
        }
        guard let entry = PlanFields(item, path: path, keys: keys, problems: problems),
            let id = entry.requiredText("id", "the name of a field, as in dose")
        else { return nil }
        let declaration = FieldDeclaration(
            id: id.text, label: entry.text("label")?.text, type: entry.text("type")?.text,
            unit: entry.text("unit")?.text, vocabulary: entry.texts("vocabulary").map(\.text),
            per: entry.text("per")?.text)
        return check(declaration, path, problems) { entry.line($0) }
    }

    private static func check(
        _ declaration: FieldDeclaration, _ path: String, _ problems: PlanProblems, line: (String) -> Int
    ) -> FieldDeclaration? {
        let found = declaration.problems
        for problem in found {
            problems.add(
                line(problem.key), problem.key == "id" ? path : path + "." + problem.key, problem.message,
                found: problem.found, accepted: NearestWord.hint(problem.found, among: problem.accepted))
        }
        return found.isEmpty ? declaration : nil
    }
}

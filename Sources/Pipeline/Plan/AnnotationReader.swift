import Annotation
import Screening

extension AnnotationPlan {
    static func read(_ fields: PlanFields, _ problems: PlanProblems) -> AnnotationPlan {
        guard let node = fields.node("annotation"), !node.isEmpty,
            let annotation = PlanFields(
                node, path: "annotation", keys: ["drugs", "drugNames", "scaleNames"], problems: problems)
        else { return AnnotationPlan() }
        var reader = NamesReader(annotation: annotation, problems: problems)
        let names = OwnNames(
            drugs: reader.names("drugNames", example: "metformin: [metformin, Glucophage]"),
            scales: reader.names("scaleNames", example: "HbA1c: [HbA1c, glycated haemoglobin]"))
        let drugs = annotation.choices(
            "drugs", among: MeasureWords.drugs + names.drugs.map(\.name), summary: MeasureWords.drugAdvice)
        return AnnotationPlan(drugs: drugs, names: names)
    }
}

/// Reads names, each with its words; no word may stand for two.
private struct NamesReader {
    let annotation: PlanFields
    let problems: PlanProblems
    /// The name of each word so far.
    private var taken: [String: String] = [:]

    init(annotation: PlanFields, problems: PlanProblems) {
        self.annotation = annotation
        self.problems = problems
    }

    mutating func names(_ key: String, example: String) -> [OwnName] {
        guard let node = annotation.node(key), !node.isEmpty else { return [] }
        guard case .mapping(let entries) = node.value,
            let fields = PlanFields(
                node, path: annotation.join(key), keys: entries.map(\.key), problems: problems)
        else {
            problems.add(
                node.line, annotation.join(key), "names and their words are expected here", found: node.shortText,
                accepted: example)
            return []
        }
        return entries.compactMap { name($0, in: fields, example: example) }
    }

    private mutating func name(_ entry: PlanNode.Entry, in fields: PlanFields, example: String) -> OwnName? {
        let path = fields.join(entry.key)
        guard PlanFields.isID(entry.key) else {
            problems.add(
                entry.line, path, "not usable as a name", found: entry.key,
                accepted: "letters, digits and hyphens, a letter first; words that texts use stand in its list")
            return nil
        }
        let said = problems.all.count
        let words = fields.texts(entry.key)
        if words.isEmpty, problems.all.count == said {
            problems.add(entry.line, path, "without words nothing is found", accepted: example)
        }
        for word in words {
            if let objection = OwnName.objection(to: word.text, naming: entry.key) {
                problems.add(
                    word.line, path, "this word cannot stand for it: it is \(objection)", found: word.text,
                    accepted: "another word; what is known here has its words already")
            } else if let other = taken.updateValue(entry.key, forKey: word.text.lowercased()) {
                problems.add(
                    word.line, path, "\(other) has this word already", found: word.text, accepted: "each word once")
            }
        }
        return OwnName(name: entry.key, words: words.map(\.text))
    }
}

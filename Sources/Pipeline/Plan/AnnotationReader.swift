import Annotation
import Screening

extension AnnotationPlan {
    static func read(_ fields: PlanFields, _ problems: PlanProblems) -> AnnotationPlan {
        guard let node = fields.node("annotation"), !node.isEmpty,
            let annotation = PlanFields(node, path: "annotation", keys: ["drugs", "names"], problems: problems)
        else { return AnnotationPlan() }
        let names = names(annotation, problems)
        let drugs = annotation.choices(
            "drugs", among: MeasureWords.drugs + names.map(\.name), summary: MeasureWords.drugAdvice)
        return AnnotationPlan(drugs: drugs, names: names)
    }

    /// Drugs, each with its words.
    private static func names(_ annotation: PlanFields, _ problems: PlanProblems) -> [DrugName] {
        guard let node = annotation.node("names"), !node.isEmpty else { return [] }
        guard case .mapping(let entries) = node.value,
            let drugs = PlanFields(node, path: "annotation.names", keys: entries.map(\.key), problems: problems)
        else {
            problems.add(
                node.line, "annotation.names", "drugs and their words are expected here", found: node.shortText,
                accepted: "metformin: [metformin, Glucophage]")
            return []
        }
        var namer: [String: String] = [:]
        return entries.compactMap { entry in
            guard entry.key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), PlanFields.isID(entry.key)
            else {
                problems.add(
                    entry.line, drugs.join(entry.key), "not usable as the name of a drug", found: entry.key,
                    accepted: "letters and digits, a letter first; words that texts use stand in its list")
                return nil
            }
            let words = drugs.texts(entry.key)
            if words.isEmpty {
                problems.add(
                    entry.line, drugs.join(entry.key), "without words nothing is found",
                    accepted: "[metformin, Glucophage]")
            }
            for word in words {
                if let objection = DrugName.objection(to: word.text, naming: entry.key) {
                    problems.add(
                        word.line, drugs.join(entry.key), "this word cannot be a name here: it is \(objection)",
                        found: word.text, accepted: "another word; known drugs have theirs already")
                } else if let other = namer.updateValue(entry.key, forKey: word.text.lowercased()) {
                    problems.add(
                        word.line, drugs.join(entry.key), "\(other) has this word already", found: word.text,
                        accepted: "each word once")
                }
            }
            return DrugName(name: entry.key, words: words.map(\.text))
        }
    }
}

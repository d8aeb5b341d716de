/// What a review says of a field of its form. Only what a reader can keep is accepted: another unit of the same
/// quantity, fewer words, a coarser division.
package struct FieldDeclaration: Sendable, Hashable, Codable {
    package var id: String
    package var label: String?
    package var type: String?
    package var unit: String?
    /// The words that count in this review; empty: all that the reader knows.
    package var vocabulary: [String]
    package var per: String?

    package init(
        id: String, label: String? = nil, type: String? = nil, unit: String? = nil, vocabulary: [String] = [],
        per: String? = nil
    ) {
        self.id = id
        self.label = label
        self.type = type
        self.unit = unit
        self.vocabulary = vocabulary
        self.per = per
    }

    /// What is wrong with one key of a declaration.
    package struct Problem: Hashable, Sendable {
        /// `id`, `type`, `unit`, `vocabulary`, `per`.
        package var key: String
        package var message: String
        package var found: String
        package var accepted: [String]
    }

    /// Everything that is wrong; empty for a declaration that can be kept.
    package var problems: [Problem] {
        guard let standard = ExtractionForm.standardFields.first(where: { $0.id == id }) else {
            return [
                Problem(
                    key: "id", message: "unknown field", found: id, accepted: ExtractionForm.standardFields.map(\.id))
            ]
        }
        var problems: [Problem] = []
        func require(_ key: String, _ found: String?, in accepted: [String], _ message: String) {
            guard let found, !accepted.contains(found) else { return }
            problems.append(Problem(key: key, message: message, found: found, accepted: accepted))
        }
        let types = standard.kind == .integer ? ["integer", "number"] : [standard.kind.rawValue]
        require("type", type, in: types, "'\(id)' is of another type")
        if standard.unit == nil, let unit {
            problems.append(Problem(key: "unit", message: "'\(id)' has no unit", found: unit, accepted: []))
        }
        if let own = standard.unit {
            require("unit", unit, in: Units.of(own).map(\.name), "'\(id)' cannot be converted to this unit")
        }
        if standard.kind != .vocabulary, let word = vocabulary.first {
            problems.append(
                Problem(key: "vocabulary", message: "'\(id)' has no vocabulary", found: word, accepted: []))
        } else if !standard.vocabulary.isEmpty {
            for word in vocabulary {
                require("vocabulary", word, in: standard.vocabulary, "'\(id)' knows no such word")
            }
        }
        let divisions = ExtractionForm.Field.Per.allCases.filter { $0.fineness <= standard.per.fineness }
        require("per", per, in: divisions.map(\.rawValue), "'\(id)' is not read as finely as this")
        return problems
    }

    /// The field that a declaration without problems makes of the standard one.
    func field() throws(ExtractionFormError) -> ExtractionForm.Field {
        if let problem = problems.first {
            guard problem.key != "id" else { throw .unknownField(id, accepted: problem.accepted) }
            throw .unfit(
                field: id, key: problem.key, found: problem.found,
                accepted: problem.accepted.isEmpty ? "no \(problem.key)" : problem.accepted.joined(separator: " "))
        }
        guard var field = ExtractionForm.standardFields.first(where: { $0.id == id }) else {
            throw .unknownField(id, accepted: ExtractionForm.standardFields.map(\.id))
        }
        if let label { field.label = label }
        if let unit { field.unit = unit }
        if !vocabulary.isEmpty { field.vocabulary = vocabulary }
        if let per = per.flatMap(ExtractionForm.Field.Per.init(rawValue:)) { field.per = per }
        return field
    }
}

extension ExtractionForm {
    /// The form that a review declares.
    package init(declarations: [FieldDeclaration]) throws(ExtractionFormError) {
        var fields: [Field] = []
        for declaration in declarations {
            guard !fields.contains(where: { $0.id == declaration.id }) else { throw .repeatedField(declaration.id) }
            fields.append(try declaration.field())
        }
        self.init(fields: fields)
    }
}

/// Units of the same quantity, each with the factor that takes a number of the canonical unit to it.
enum Units {
    static func of(_ canonical: String) -> [(name: String, factor: Double)] {
        switch canonical {
        case "mg/kg": [("mg/kg", 1), ("ug/kg", 1000), ("mcg/kg", 1000)]
        case "min": [("min", 1), ("h", 1.0 / 60), ("s", 60)]
        case "days": [("days", 1), ("weeks", 1.0 / 7), ("h", 24)]
        case "years": [("years", 1), ("months", 12)]
        case "%": [("%", 1), ("proportion", 0.01)]
        default: [(canonical, 1)]
        }
    }

    /// A number of the canonical unit in another one; digits that only the conversion adds are left out.
    static func convert(_ number: Double, from canonical: String, to unit: String) -> Double? {
        guard let factor = of(canonical).first(where: { $0.name == unit })?.factor else { return nil }
        return (number * factor * 1e9).rounded() / 1e9
    }
}

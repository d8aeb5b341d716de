/// What is to be read of every report: the fields of a review's extraction form.
package struct ExtractionForm: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable { case number, integer, text, vocabulary }
        package enum Per: String, Sendable, Hashable { case report, arm, outcome }

        package var id: String
        /// What a table prints above the column.
        package var label: String
        package var kind: Kind
        /// Canonical unit of a number.
        package var unit: String?
        /// The words that a vocabulary field may take; empty where the list is open (drugs, scales).
        package var vocabulary: [String]
        package var per: Per

        package init(
            id: String, label: String, kind: Kind, unit: String? = nil, vocabulary: [String] = [], per: Per = .report
        ) {
            self.id = id
            self.label = label
            self.kind = kind
            self.unit = unit
            self.vocabulary = vocabulary
            self.per = per
        }
    }

    package var fields: [Field]

    package init(fields: [Field]) { self.fields = fields }

    /// The form with the named fields, in the order given. Refuses a name that no reader knows, and a name twice.
    package init(ids: [String]) throws(ExtractionFormError) {
        var fields: [Field] = []
        for id in ids {
            guard let field = Self.standardFields.first(where: { $0.id == id }) else {
                throw .unknownField(id, accepted: Self.standardFields.map(\.id))
            }
            guard !fields.contains(where: { $0.id == id }) else { throw .repeatedField(id) }
            fields.append(field)
        }
        self.init(fields: fields)
    }

    /// Every field that can be read, in the order of the contract.
    package static let standard = ExtractionForm(fields: standardFields)

    package static let standardFields: [Field] = [
        Field(
            id: "design", label: "Design", kind: .vocabulary,
            vocabulary: [
                "randomised", "crossover", "singleArm", "retrospective", "observational", "caseReport", "caseSeries",
                "protocol", "review", "metaAnalysis", "secondaryAnalysis", "animalStudy", "healthyVolunteers", "pilot",
                "clinicalTrial", "editorial", "letter", "erratum", "retraction", "preprint", "guideline",
            ]),
        Field(
            id: "blinding", label: "Blinding", kind: .vocabulary,
            vocabulary: ["doubleBlind", "singleBlind", "openLabel"]),
        Field(id: "comparator", label: "Comparator", kind: .vocabulary),
        Field(id: "comparatorDose", label: "Comparator dose", kind: .number, unit: "mg/kg", per: .arm),
        Field(id: "dose", label: "Dose", kind: .number, unit: "mg/kg", per: .arm),
        Field(
            id: "enantiomer", label: "Enantiomer", kind: .vocabulary,
            vocabulary: ["racemic", "esketamine", "arketamine"],
            per: .arm),
        Field(
            id: "route", label: "Route", kind: .vocabulary,
            vocabulary: [
                "intravenous", "intranasal", "oral", "sublingual", "intramuscular", "subcutaneous", "rectal",
                "transdermal", "inhaled", "epidural", "intrathecal", "intraperitoneal", "parenteral",
            ], per: .arm),
        Field(id: "infusionDuration", label: "Infusion duration", kind: .number, unit: "min", per: .arm),
        Field(id: "infusions", label: "Number of infusions", kind: .integer, unit: "infusions"),
        Field(
            id: "schedule", label: "Schedule", kind: .vocabulary,
            vocabulary: ["once weekly", "twice weekly", "thrice weekly", "daily", "every other day"]),
        Field(id: "sampleSize", label: "Sample size", kind: .integer, unit: "participants"),
        Field(id: "armSize", label: "Arm size", kind: .integer, unit: "participants", per: .arm),
        Field(id: "resistanceDefinition", label: "Definition of resistance", kind: .text),
        Field(id: "failedTreatments", label: "Failed treatments (at least)", kind: .integer, unit: "treatments"),
        Field(id: "diagnosis", label: "Diagnosis", kind: .vocabulary),
        Field(id: "ageMean", label: "Age, mean", kind: .number, unit: "years"),
        Field(id: "ageSD", label: "Age, SD", kind: .number, unit: "years"),
        Field(id: "ageRange", label: "Age, limits", kind: .number, unit: "years"),
        Field(id: "femaleShare", label: "Women", kind: .number, unit: "%"),
        Field(id: "scale", label: "Scale", kind: .vocabulary),
        Field(id: "baseline", label: "Baseline score", kind: .number, unit: "points", per: .outcome),
        Field(id: "baselineSD", label: "Baseline score, SD", kind: .number, unit: "points", per: .outcome),
        Field(id: "endpoint", label: "Endpoint score", kind: .number, unit: "points", per: .outcome),
        Field(id: "endpointSD", label: "Endpoint score, SD", kind: .number, unit: "points", per: .outcome),
        Field(id: "change", label: "Change from baseline", kind: .number, unit: "points", per: .outcome),
        Field(id: "changeSD", label: "Change from baseline, SD", kind: .number, unit: "points", per: .outcome),
        Field(id: "response", label: "Response", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "remission", label: "Remission", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "relapse", label: "Relapse", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "adverseEvent", label: "Adverse event", kind: .vocabulary),
        Field(id: "dropout", label: "Drop-out", kind: .number, unit: "events or %", per: .outcome),
        Field(id: "country", label: "Country", kind: .vocabulary),
        Field(id: "registration", label: "Registration", kind: .text),
        Field(id: "funding", label: "Funding", kind: .text),
    ]
}

/// Why a form cannot be used.
package enum ExtractionFormError: Error, Hashable, CustomStringConvertible {
    case unknownField(String, accepted: [String])
    case repeatedField(String)
    case empty

    package var description: String {
        switch self {
        case .unknownField(let id, let accepted):
            "unknown extraction field '\(id)'; accepted are: \(accepted.joined(separator: " "))"
        case .repeatedField(let id): "extraction field '\(id)' is listed twice; list it once"
        case .empty: "the extraction form has no fields; list at least one"
        }
    }
}

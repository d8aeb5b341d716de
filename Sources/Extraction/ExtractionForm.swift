/// What is to be read of every report: the fields of a review's extraction form.
package struct ExtractionForm: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable { case number, integer, text, vocabulary }
        /// How many values a report can have: one set for the whole study, one an arm, or one an arm, scale and time.
        package enum Per: String, Sendable, Hashable, CaseIterable {
            case report, arm, outcome

            /// From coarse to fine.
            var fineness: Int { self == .report ? 0 : self == .arm ? 1 : 2 }
        }

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

    /// A field as its reader knows it.
    static func standard(_ id: String) -> Field? { standardByID[id] }
    private static let standardByID = Dictionary(standardFields.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
}

/// Why a form cannot be used.
package enum ExtractionFormError: Error, Hashable, CustomStringConvertible {
    case unknownField(String, accepted: [String])
    case repeatedField(String)
    case empty
    /// A key of a field's declaration that its reader cannot keep: `unit`, `furlong`.
    case unfit(field: String, key: String, found: String, accepted: String)

    package var description: String {
        switch self {
        case .unknownField(let id, let accepted):
            "unknown extraction field '\(id)'; accepted are: \(accepted.joined(separator: " "))"
        case .repeatedField(let id): "extraction field '\(id)' is listed twice; list it once"
        case .empty: "the extraction form has no fields; list at least one"
        case .unfit(let field, let key, let found, let accepted):
            "extraction field '\(field)' cannot have the \(key) '\(found)'; accepted: \(accepted)"
        }
    }
}

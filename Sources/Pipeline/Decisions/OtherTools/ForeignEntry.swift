package import Bibliography

/// One entry of another tool's export, as it stands there.
package struct ForeignEntry: Sendable {
    /// What one person said of it.
    package struct Answer: Hashable, Sendable {
        /// nil where the tool does not say who.
        package var reviewer: String?
        package var decision: String
        package var reasons: [String]
        package var note: String?

        package init(reviewer: String? = nil, decision: String, reasons: [String] = [], note: String? = nil) {
            self.reviewer = reviewer
            self.decision = decision
            self.reasons = reasons
            self.note = note
        }
    }

    package var line: Int
    /// What can be told of the record: identifiers, title, year.
    package var record: Record
    /// Empty where nobody has decided.
    package var answers: [Answer]
}

/// The tools whose exports are read with their labels.
package enum ForeignTool: String, Sendable {
    case rayyan = "Rayyan"
    case covidence = "Covidence"
    case asreview = "ASReview"
    /// Any other file of records that were all decided alike.
    case records = "a list of records"
}

/// An export, read.
package struct ForeignExport: Sendable {
    package var tool: ForeignTool
    package var entries: [ForeignEntry]
}

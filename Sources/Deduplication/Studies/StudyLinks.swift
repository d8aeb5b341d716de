package import Bibliography
package import Interchange

/// That two reports may tell of one study, and why.
package struct StudyProposal: Hashable, Codable, Sendable {
    package enum Strength: String, Codable, Sendable, Comparable {
        /// Worth a person's look.
        case possible
        /// Applied, until a person says otherwise.
        case strong
        /// Said by a person.
        case person

        package static func < (a: Strength, b: Strength) -> Bool { a.order < b.order }
        private var order: Int { self == .possible ? 0 : self == .strong ? 1 : 2 }
    }

    /// The smaller id first.
    package var a: RecordID
    package var b: RecordID
    package var strength: Strength
    /// `registration NCT01234567`, `authors 4 of 5`, `sample 72`, `UpdateOf` ...
    package var reasons: [String]
    /// What speaks against: `other registration`, `other sample 40 and 72`.
    package var against: [String]
    /// Whether the two are in one study now.
    package var applied: Bool

    package init(
        a: RecordID, b: RecordID, strength: Strength, reasons: [String], against: [String] = [], applied: Bool = false
    ) {
        self.a = min(a, b)
        self.b = max(a, b)
        self.strength = strength
        self.reasons = reasons
        self.against = against
        self.applied = applied
    }
}

/// Reports joined into studies, and every proposal with its reasons, applied or waiting.
package struct StudyLinks: Sendable, Hashable {
    /// Sorted by label, then id. Every report is in exactly one.
    package var studies: [Study]
    /// Sorted by the ids of the pair.
    package var proposals: [StudyProposal]

    package init(studies: [Study], proposals: [StudyProposal]) {
        self.studies = studies
        self.proposals = proposals
    }

    /// Proposals that wait for a person.
    package var waiting: [StudyProposal] { proposals.filter { !$0.applied } }

    /// One row a study with its reports, and why each further one belongs to it.
    package var table: Table {
        Table(
            columns: ["study", "label", "report_count", "reports", "reasons"],
            rows: studies.map { study in
                [
                    .text(study.id.rawValue), .text(study.label), .integer(study.reports.count),
                    .text(study.reports.map(\.rawValue).joined(separator: "; ")),
                    .text(study.reasons.joined(separator: " | ")),
                ]
            })
    }

    /// The proposals as a table to decide on: what is filled into `decision` goes back as a file of corrections.
    package var proposalTable: Table {
        Table(
            columns: ["a", "b", "strength", "applied", "reasons", "against", "decision", "who", "when", "why"],
            rows: proposals.map { proposal in
                [
                    .text(proposal.a.rawValue), .text(proposal.b.rawValue), .text(proposal.strength.rawValue),
                    .text(proposal.applied ? "yes" : "no"), .text(proposal.reasons.joined(separator: "; ")),
                    .text(proposal.against.joined(separator: "; ")), .empty, .empty, .empty, .empty,
                ]
            })
    }
}

package import Bibliography

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
    package var waiting: [StudyProposal] { proposals.filter { !$0.applied && $0.strength != .person } }
}

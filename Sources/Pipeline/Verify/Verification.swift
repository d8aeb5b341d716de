/// What `sluice verify` found, one part of a workspace after the other.
package struct Verification: Hashable, Sendable {
    package enum Part: String, Sendable {
        /// Raw answers against their names and sidecars.
        case archive
        /// The database file.
        case database
        /// Every record against the answer that it was read from.
        case records
        /// Every id against the books of each stage.
        case ledger
        /// The diagram against itself.
        case flow
        /// Files in `output/` against what the run wrote.
        case output
        /// No file holds the API key.
        case secrets
    }

    package struct Finding: Hashable, Sendable {
        package var part: Part
        /// What was looked at, in numbers.
        package var looked: String
        /// What is wrong, and on which thing; empty when all is well.
        package var problems: [String]
        /// What is not wrong but worth knowing.
        package var notes: [String] = []
    }

    package var findings: [Finding]

    package var isWhole: Bool { findings.allSatisfy(\.problems.isEmpty) }

    /// Whether ids are lost or counted twice, which is worse than a damaged file.
    package var booksBalance: Bool {
        findings.allSatisfy { ($0.part != .ledger && $0.part != .flow) || $0.problems.isEmpty }
    }
}

package import Bibliography
import GRDB

/// What a decision was made on (PRISMA 2020: records are screened, reports are assessed).
package enum DecisionStage: String, Sendable, Hashable, CaseIterable {
    /// Title and abstract.
    case abstract
    case fullText
}

/// In what part a person decides.
package enum DecisionRole: String, Sendable, Hashable, CaseIterable {
    /// One of the independent reviewers.
    case reviewer
    /// A third person, where reviewers disagree.
    case adjudicator
    /// The reviewers together.
    case consensus

    /// Whether the decision settles the report whatever single reviewers said.
    package var settles: Bool { self != .reviewer }
}

/// What a person decided of a record: appended, never changed. The newest row of a record, stage, role and reviewer
/// holds; `withdrawn` takes back what that reviewer said before.
package struct DecisionRow: Hashable, Sendable {
    package var number: Int
    package var record: RecordID
    package var stage: DecisionStage
    package var role: DecisionRole
    /// `include`, `exclude`, `unclear` or `withdrawn`.
    package var decision: String
    /// One of the review's closed list of reasons, for an exclusion.
    package var reason: String?
    package var reviewer: String
    /// ISO 8601, UTC.
    package var decidedAt: String
    package var note: String?

    package init(
        number: Int = 0, record: RecordID, stage: DecisionStage = .abstract, role: DecisionRole = .reviewer,
        decision: String, reason: String?, reviewer: String, decidedAt: String, note: String?
    ) {
        self.number = number
        self.record = record
        self.stage = stage
        self.role = role
        self.decision = decision
        self.reason = reason
        self.reviewer = reviewer
        self.decidedAt = decidedAt
        self.note = note
    }

    /// By time, then in the order of the log: so logs that were merged mean the same in whatever order they came.
    package func isOlder(than other: DecisionRow) -> Bool {
        (decidedAt, number) < (other.decidedAt, other.number)
    }
}

extension StoreTransaction {
    /// In the order in which they were recorded here.
    package func decisions() throws -> [DecisionRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM decision ORDER BY number").map { row in
            DecisionRow(
                number: row["number"], record: RecordID(row["record"] as String),
                stage: DecisionStage(rawValue: row["stage"]) ?? .abstract,
                role: DecisionRole(rawValue: row["role"]) ?? .reviewer, decision: row["decision"],
                reason: row["reason"], reviewer: row["reviewer"], decidedAt: row["decidedAt"], note: row["note"])
        }
    }

    package func append(_ decision: DecisionRow) throws {
        try db.execute(
            sql: """
                INSERT INTO decision (record, stage, role, decision, reason, reviewer, decidedAt, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                decision.record.rawValue, decision.stage.rawValue, decision.role.rawValue, decision.decision,
                decision.reason, decision.reviewer, decision.decidedAt, decision.note,
            ])
    }
}

extension Schema {
    /// Decisions at two stages and in three roles, and a ledger that knows at which of them an id was judged.
    static func registerDecisionsByStage(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("5 decisions by stage and role") { db in
            try db.execute(
                sql: """
                    ALTER TABLE decision ADD COLUMN stage TEXT NOT NULL DEFAULT 'abstract'
                        CHECK (stage IN ('abstract', 'fullText'));
                    ALTER TABLE decision ADD COLUMN role TEXT NOT NULL DEFAULT 'reviewer'
                        CHECK (role IN ('reviewer', 'adjudicator', 'consensus'));
                    ALTER TABLE ledger ADD COLUMN assessedOn TEXT;
                    """)
        }
    }
}

package import Bibliography
import GRDB

/// What a person said of one extracted value: appended, never changed. The newest row of a value and voice holds;
/// `withdraw` takes back what that voice said before. A voice is a reviewer, or the consensus of several.
package struct ValueDecisionRow: Hashable, Sendable {
    package var number: Int
    /// The record that stood for the report.
    package var record: RecordID
    /// Names the value within its report.
    package var key: String
    /// `accept`, `correct`, `add`, `reject` or `withdraw`.
    package var verdict: String
    /// The value as the rules read it, as JSON; nil for one that a person added.
    package var extracted: String?
    /// The value as the person has it, as JSON; nil where there is none.
    package var value: String?
    /// Keys of all that the rules had read for the same place then, separated by a space.
    package var seen: String
    package var reviewer: String
    package var isConsensus: Bool
    /// ISO 8601, UTC.
    package var decidedAt: String
    package var note: String?

    package init(
        number: Int = 0, record: RecordID, key: String, verdict: String, extracted: String?, value: String?,
        seen: String, reviewer: String, isConsensus: Bool, decidedAt: String, note: String?
    ) {
        self.number = number
        self.record = record
        self.key = key
        self.verdict = verdict
        self.extracted = extracted
        self.value = value
        self.seen = seen
        self.reviewer = reviewer
        self.isConsensus = isConsensus
        self.decidedAt = decidedAt
        self.note = note
    }
}

extension Schema {
    static func registerValueDecisions(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("6 what people say of values") { db in
            try db.execute(
                sql: """
                    -- What people said of extracted values. Rows are only ever added.
                    CREATE TABLE valueDecision (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        record TEXT NOT NULL,
                        key TEXT NOT NULL,
                        verdict TEXT NOT NULL
                            CHECK (verdict IN ('accept', 'correct', 'add', 'reject', 'withdraw')),
                        extracted TEXT,
                        value TEXT,
                        seen TEXT NOT NULL,
                        reviewer TEXT NOT NULL,
                        isConsensus INTEGER NOT NULL,
                        decidedAt TEXT NOT NULL,
                        note TEXT
                    );
                    CREATE INDEX valueDecisionByRecord ON valueDecision(record);
                    CREATE TRIGGER valueDecisionNeverChanges BEFORE UPDATE ON valueDecision
                        BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
                    CREATE TRIGGER valueDecisionNeverGoes BEFORE DELETE ON valueDecision
                        BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
                    -- INSERT OR REPLACE would delete without asking the trigger above.
                    CREATE TRIGGER valueDecisionIsNeverReplaced BEFORE INSERT ON valueDecision
                        WHEN EXISTS (SELECT 1 FROM valueDecision WHERE number = NEW.number)
                        BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
                    """)
        }
    }
}

extension StoreTransaction {
    /// In the order in which they were made.
    package func valueDecisions() throws -> [ValueDecisionRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM valueDecision ORDER BY number").map { row in
            ValueDecisionRow(
                number: row["number"], record: RecordID(row["record"] as String), key: row["key"],
                verdict: row["verdict"], extracted: row["extracted"], value: row["value"], seen: row["seen"],
                reviewer: row["reviewer"], isConsensus: row["isConsensus"] as Int != 0, decidedAt: row["decidedAt"],
                note: row["note"])
        }
    }

    package func append(_ decision: ValueDecisionRow) throws {
        try db.execute(
            sql: """
                INSERT INTO valueDecision
                    (record, key, verdict, extracted, value, seen, reviewer, isConsensus, decidedAt, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                decision.record.rawValue, decision.key, decision.verdict, decision.extracted, decision.value,
                decision.seen, decision.reviewer, decision.isConsensus ? 1 : 0, decision.decidedAt, decision.note,
            ])
    }
}

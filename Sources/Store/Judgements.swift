package import Bibliography
import GRDB

/// What the rules say of a report.
package struct JudgementRow: Hashable, Sendable {
    package var report: RecordID
    /// Digest of the record and the rules it was judged by.
    package var input: String
    package var decision: String
    package var reason: String?
    /// The judgement as `screen` writes it, evidence included.
    package var json: String

    package init(report: RecordID, input: String, decision: String, reason: String?, json: String) {
        self.report = report
        self.input = input
        self.decision = decision
        self.reason = reason
        self.json = json
    }
}

/// What a person decided of a record: appended, never changed. The newest row of a record and reviewer holds;
/// `withdrawn` takes back what that reviewer said before.
package struct DecisionRow: Hashable, Sendable {
    package var number: Int
    package var record: RecordID
    /// `include`, `exclude`, `unclear` or `withdrawn`.
    package var decision: String
    /// The criterion that is not met, for an exclusion.
    package var reason: String?
    package var reviewer: String
    /// ISO 8601, UTC.
    package var decidedAt: String
    package var note: String?

    package init(
        number: Int = 0, record: RecordID, decision: String, reason: String?, reviewer: String, decidedAt: String,
        note: String?
    ) {
        self.number = number
        self.record = record
        self.decision = decision
        self.reason = reason
        self.reviewer = reviewer
        self.decidedAt = decidedAt
        self.note = note
    }
}

/// The values extracted from a report.
package struct ExtractionRow: Hashable, Sendable {
    package var report: RecordID
    package var input: String
    /// A JSON array of values.
    package var json: String

    package init(report: RecordID, input: String, json: String) {
        self.report = report
        self.input = input
        self.json = json
    }
}

extension StoreTransaction {
    package func judgements() throws -> [JudgementRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM judgement ORDER BY report").map { row in
            JudgementRow(
                report: RecordID(row["report"] as String), input: row["input"], decision: row["decision"],
                reason: row["reason"], json: row["json"])
        }
    }

    package func replace(judgements: [JudgementRow]) throws {
        try db.execute(sql: "DELETE FROM judgement")
        let insert = try db.makeStatement(
            sql: "INSERT INTO judgement (report, input, decision, reason, json) VALUES (?, ?, ?, ?, ?)")
        for row in judgements {
            try insert.execute(arguments: [row.report.rawValue, row.input, row.decision, row.reason, row.json])
        }
    }

    /// In the order in which they were made.
    package func decisions() throws -> [DecisionRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM decision ORDER BY number").map { row in
            DecisionRow(
                number: row["number"], record: RecordID(row["record"] as String), decision: row["decision"],
                reason: row["reason"], reviewer: row["reviewer"], decidedAt: row["decidedAt"], note: row["note"])
        }
    }

    package func append(_ decision: DecisionRow) throws {
        try db.execute(
            sql: """
                INSERT INTO decision (record, decision, reason, reviewer, decidedAt, note) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                decision.record.rawValue, decision.decision, decision.reason, decision.reviewer, decision.decidedAt,
                decision.note,
            ])
    }

    package func extractions() throws -> [ExtractionRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM extraction ORDER BY report").map { row in
            ExtractionRow(report: RecordID(row["report"] as String), input: row["input"], json: row["json"])
        }
    }

    package func replace(extractions: [ExtractionRow]) throws {
        try db.execute(sql: "DELETE FROM extraction")
        for row in extractions {
            try db.execute(
                sql: "INSERT INTO extraction (report, input, json) VALUES (?, ?, ?)",
                arguments: [row.report.rawValue, row.input, row.json])
        }
    }
}

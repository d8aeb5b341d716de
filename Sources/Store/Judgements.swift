package import Bibliography
import GRDB

/// What the rules say of a report.
package struct JudgementRow: Hashable, Sendable {
    package var report: RecordID
    /// Digest of the record and the rules it was judged by.
    package var input: String
    package var decision: String
    package var reason: String?
    /// Where it was judged on its full text: what title and abstract had come to; nil where those were judged.
    package var titleDecision: String?
    package var titleReason: String?
    /// The judgement as `screen` writes it, evidence included.
    package var json: String

    package init(
        report: RecordID, input: String, decision: String, reason: String?, titleDecision: String? = nil,
        titleReason: String? = nil, json: String
    ) {
        self.report = report
        self.input = input
        self.decision = decision
        self.reason = reason
        self.titleDecision = titleDecision
        self.titleReason = titleReason
        self.json = json
    }

    /// What the judgement rests on.
    package var read: DecisionStage { titleDecision == nil ? .abstract : .fullText }
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

extension Schema {
    static func registerReadings(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("10 what judgements rest on") { db in
            try db.execute(
                sql: """
                    -- Of a report judged on its full text: what title and abstract had come to.
                    ALTER TABLE judgement ADD COLUMN titleDecision TEXT;
                    ALTER TABLE judgement ADD COLUMN titleReason TEXT;
                    -- 'abstract' or 'fullText': what the judgements before and after an amendment rest on.
                    ALTER TABLE flip ADD COLUMN readBefore TEXT NOT NULL DEFAULT 'abstract';
                    ALTER TABLE flip ADD COLUMN readAfter TEXT NOT NULL DEFAULT 'abstract';
                    """)
        }
    }
}

extension StoreTransaction {
    package func judgements() throws -> [JudgementRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM judgement ORDER BY report").map { row in
            JudgementRow(
                report: RecordID(row["report"] as String), input: row["input"], decision: row["decision"],
                reason: row["reason"], titleDecision: row["titleDecision"], titleReason: row["titleReason"],
                json: row["json"])
        }
    }

    package func replace(judgements: [JudgementRow]) throws {
        try db.execute(sql: "DELETE FROM judgement")
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO judgement (report, input, decision, reason, titleDecision, titleReason, json)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        for row in judgements {
            try insert.execute(arguments: [
                row.report.rawValue, row.input, row.decision, row.reason, row.titleDecision, row.titleReason, row.json,
            ])
        }
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

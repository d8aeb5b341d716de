package import Bibliography
import GRDB

/// One amendment of the rules: what changed, and in which run it was applied. Rows are only ever added.
package struct AmendmentRow: Hashable, Sendable {
    package var number: Int
    package var run: Int
    /// A JSON array of what changed.
    package var changes: String
    package var flips: [FlipRow]

    package init(number: Int = 0, run: Int, changes: String, flips: [FlipRow]) {
        self.number = number
        self.run = run
        self.changes = changes
        self.flips = flips
    }
}

/// A report that an amendment judged differently.
package struct FlipRow: Hashable, Sendable {
    package var report: RecordID
    /// The rules' judgement before and after, as `screen` writes it.
    package var before: String
    package var after: String
    /// What was read for either.
    package var readBefore: DecisionStage
    package var readAfter: DecisionStage
    /// What people had decided, and what therefore stands; nil where nobody had.
    package var people: String?

    package init(
        report: RecordID, before: String, after: String, readBefore: DecisionStage, readAfter: DecisionStage,
        people: String?
    ) {
        self.report = report
        self.before = before
        self.after = after
        self.readBefore = readBefore
        self.readAfter = readAfter
        self.people = people
    }
}

extension Schema {
    static func registerAmendments(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("4 amendments") { db in
            try db.execute(
                sql: """
                    -- Changes of the rules after reports had been judged by them (PRISMA 2020, item 24c).
                    CREATE TABLE amendment (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        run INTEGER NOT NULL REFERENCES run(number),
                        changes TEXT NOT NULL
                    );
                    CREATE TABLE flip (
                        amendment INTEGER NOT NULL REFERENCES amendment(number),
                        report TEXT NOT NULL,
                        before TEXT NOT NULL,
                        after TEXT NOT NULL,
                        people TEXT,
                        PRIMARY KEY (amendment, report)
                    ) WITHOUT ROWID;
                    CREATE TRIGGER amendmentNeverChanges BEFORE UPDATE ON amendment
                        BEGIN SELECT RAISE(ABORT, 'amendments are only ever added'); END;
                    CREATE TRIGGER amendmentNeverGoes BEFORE DELETE ON amendment
                        BEGIN SELECT RAISE(ABORT, 'amendments are only ever added'); END;
                    CREATE TRIGGER flipNeverChanges BEFORE UPDATE ON flip
                        BEGIN SELECT RAISE(ABORT, 'amendments are only ever added'); END;
                    CREATE TRIGGER flipNeverGoes BEFORE DELETE ON flip
                        BEGIN SELECT RAISE(ABORT, 'amendments are only ever added'); END;
                    """)
        }
    }
}

extension StoreTransaction {
    /// In the order in which they were made, each with its flips by report.
    package func amendments() throws -> [AmendmentRow] {
        let flips = try Row.fetchAll(db, sql: "SELECT * FROM flip ORDER BY amendment, report").map { row in
            (
                row["amendment"] as Int,
                FlipRow(
                    report: RecordID(row["report"] as String), before: row["before"], after: row["after"],
                    readBefore: DecisionStage(rawValue: row["readBefore"]) ?? .abstract,
                    readAfter: DecisionStage(rawValue: row["readAfter"]) ?? .abstract, people: row["people"])
            )
        }
        let byAmendment = Dictionary(grouping: flips, by: \.0)
        return try Row.fetchAll(db, sql: "SELECT * FROM amendment ORDER BY number").map { row in
            let number: Int = row["number"]
            return AmendmentRow(
                number: number, run: row["run"], changes: row["changes"],
                flips: (byAmendment[number] ?? []).map(\.1))
        }
    }

    package func append(_ amendment: AmendmentRow) throws {
        try db.execute(
            sql: "INSERT INTO amendment (run, changes) VALUES (?, ?)", arguments: [amendment.run, amendment.changes])
        let number = db.lastInsertedRowID
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO flip (amendment, report, before, after, readBefore, readAfter, people)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        for flip in amendment.flips {
            try insert.execute(arguments: [
                number, flip.report.rawValue, flip.before, flip.after, flip.readBefore.rawValue,
                flip.readAfter.rawValue, flip.people,
            ])
        }
    }
}

package import Bibliography
import GRDB

/// An article that was looked at for its full text: a file of a person's folder, or an answer of PubMed Central.
package struct FullTextRow: Hashable, Sendable {
    package enum Origin: String, Sendable { case folder, pmc }

    package enum State: String, Sendable, CaseIterable {
        /// The full text of its report.
        case used
        /// Of a report that has another full text already.
        case second
        /// Its source may only hand out the front matter.
        case withheld
        /// There is front matter only.
        case noBody
        /// No report that is left in has its ids.
        case notSought
        /// Its ids are those of several reports.
        case ambiguous
        /// No article in JATS.
        case noArticle
        /// PubMed Central does not have it.
        case notThere
        /// Not asked for: offline.
        case notAsked
    }

    package var origin: Origin
    /// The file, or the PMC id.
    package var name: String
    /// Which of the articles of the answer it is; 0-based.
    package var position: Int
    /// Digest that names the archived bytes; empty where there are none.
    package var answer: String
    package var report: RecordID?
    package var state: State
    /// What the source says.
    package var why: String?

    package init(
        origin: Origin, name: String, position: Int, answer: String, report: RecordID?, state: State,
        why: String? = nil
    ) {
        self.origin = origin
        self.name = name
        self.position = position
        self.answer = answer
        self.report = report
        self.state = state
        self.why = why
    }
}

extension Schema {
    static func registerFullTexts(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("9 full texts") { db in
            try db.execute(
                sql: """
                    -- Every article that was looked at for its full text, and what became of it.
                    CREATE TABLE fullText (
                        origin TEXT NOT NULL,
                        name TEXT NOT NULL,
                        position INTEGER NOT NULL,
                        answer TEXT NOT NULL,
                        report TEXT,
                        state TEXT NOT NULL,
                        why TEXT,
                        PRIMARY KEY (origin, name, position)
                    ) WITHOUT ROWID;
                    """)
        }
    }
}

extension StoreTransaction {
    /// Sorted by origin, name and position.
    package func fullTexts() throws -> [FullTextRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM fullText ORDER BY origin, name, position").compactMap { row in
            guard let origin = FullTextRow.Origin(rawValue: row["origin"]),
                let state = FullTextRow.State(rawValue: row["state"])
            else { return nil }
            return FullTextRow(
                origin: origin, name: row["name"], position: row["position"], answer: row["answer"],
                report: (row["report"] as String?).map { RecordID($0) }, state: state, why: row["why"])
        }
    }

    package func replace(fullTexts: [FullTextRow]) throws {
        try db.execute(sql: "DELETE FROM fullText")
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO fullText (origin, name, position, answer, report, state, why)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        for row in fullTexts {
            try insert.execute(arguments: [
                row.origin.rawValue, row.name, row.position, row.answer, row.report?.rawValue, row.state.rawValue,
                row.why,
            ])
        }
    }
}

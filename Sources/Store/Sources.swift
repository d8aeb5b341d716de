package import Bibliography
import GRDB

/// What one source gave in the newest fetch.
package struct SourceRow: Hashable, Sendable {
    /// An archived answer: the digest that names it, and what readers call it in messages.
    package struct Answer: Hashable, Sendable {
        package var hash: String
        package var name: String

        package init(hash: String, name: String) {
            self.hash = hash
            self.name = name
        }
    }

    package var id: String
    /// The run that fetched it.
    package var run: Int
    /// The name printed in the flow: `PubMed`, `PsycINFO`.
    package var name: String
    /// `database`, `register`, `website`, `organisation` or `citation`.
    package var section: String
    /// False for a source that the plan names and this run could not search (`whenMissing: notSearched`).
    package var searched: Bool
    /// The search record (PRISMA-S) as JSON.
    package var search: String
    package var answers: [Answer]
    /// Every id that the source reported, sorted.
    package var listed: [RecordID]

    package init(
        id: String, run: Int, name: String, section: String, searched: Bool, search: String, answers: [Answer],
        listed: [RecordID]
    ) {
        self.id = id
        self.run = run
        self.name = name
        self.section = section
        self.searched = searched
        self.search = search
        self.answers = answers
        self.listed = listed
    }
}

extension StoreTransaction {
    /// In the order of the plan.
    package func sources() throws -> [SourceRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM source ORDER BY position").map { row in
            let id: String = row["id"]
            let answers = try Row.fetchAll(
                db, sql: "SELECT hash, name FROM answer WHERE source = ? ORDER BY position", arguments: [id]
            ).map { SourceRow.Answer(hash: $0["hash"], name: $0["name"]) }
            let listed = try String.fetchAll(
                db, sql: "SELECT id FROM listing WHERE source = ? ORDER BY id", arguments: [id])
            return SourceRow(
                id: id, run: row["run"], name: row["name"], section: row["section"],
                searched: row["searched"] as Int != 0, search: row["search"], answers: answers,
                listed: listed.map { RecordID($0) })
        }
    }

    /// Replaces what the sources gave; the search of each stays in the log of searches for good.
    package func replace(sources: [SourceRow]) throws {
        try db.execute(sql: "DELETE FROM source; DELETE FROM answer; DELETE FROM listing")
        for (position, source) in sources.enumerated() {
            try db.execute(
                sql: """
                    INSERT INTO source (id, position, run, name, section, searched, search)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    source.id, position, source.run, source.name, source.section, source.searched ? 1 : 0,
                    source.search,
                ])
            for (index, answer) in source.answers.enumerated() {
                try db.execute(
                    sql: "INSERT INTO answer (source, position, hash, name) VALUES (?, ?, ?, ?)",
                    arguments: [source.id, index, answer.hash, answer.name])
            }
            let insert = try db.makeStatement(sql: "INSERT INTO listing (source, id) VALUES (?, ?)")
            for id in source.listed { try insert.execute(arguments: [source.id, id.rawValue]) }
            try db.execute(
                sql: "INSERT OR REPLACE INTO searchLog (run, source, search) VALUES (?, ?, ?)",
                arguments: [source.run, source.id, source.search])
        }
    }

    /// Every search that was ever completed: (run, source, search record as JSON).
    package func searchLog() throws -> [(run: Int, source: String, search: String)] {
        try Row.fetchAll(db, sql: "SELECT run, source, search FROM searchLog ORDER BY run, source")
            .map { ($0["run"], $0["source"], $0["search"]) }
    }
}

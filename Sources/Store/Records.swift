package import Bibliography
import GRDB

/// A record as it was read, and where it was read from.
package struct RecordRow: Hashable, Sendable {
    package var id: RecordID
    package var source: String
    /// Digest of `json`: says whether the record changed.
    package var digest: String
    /// The archived answer that holds it, with the line and byte range in it.
    package var answer: String
    package var line: Int
    package var start: Int
    package var end: Int
    /// The record as `parse` writes it.
    package var json: String

    package init(
        id: RecordID, source: String, digest: String, answer: String, line: Int, start: Int, end: Int, json: String
    ) {
        self.id = id
        self.source = source
        self.digest = digest
        self.answer = answer
        self.line = line
        self.start = start
        self.end = end
        self.json = json
    }
}

/// Something odd that reading a source showed.
package struct IssueRow: Hashable, Sendable {
    package var source: String
    package var record: RecordID?
    package var line: Int?
    package var severity: String
    package var code: String
    package var message: String

    package init(source: String, record: RecordID?, line: Int?, severity: String, code: String, message: String) {
        self.source = source
        self.record = record
        self.line = line
        self.severity = severity
        self.code = code
        self.message = message
    }
}

/// Why two records, or two reports, belong together.
package struct LinkRow: Hashable, Sendable {
    package var a: RecordID
    package var b: RecordID
    /// `duplicate`, `possibleDuplicate` (waits for a person), `related` (linked, not merged), `sameStudy` or
    /// `possibleStudy` (waits for a person).
    package var kind: String
    package var reason: String
    package var score: Double

    package init(a: RecordID, b: RecordID, kind: String, reason: String, score: Double) {
        self.a = a
        self.b = b
        self.kind = kind
        self.reason = reason
        self.score = score
    }
}

extension StoreTransaction {
    /// Sorted by id.
    package func records() throws -> [RecordRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM record ORDER BY id").map(Self.record)
    }

    package func recordIDs() throws -> Set<RecordID> {
        Set(try String.fetchAll(db, sql: "SELECT id FROM record").map { RecordID($0) })
    }

    /// What each record is called by, sorted by id, without reading the records whole; a damaged row is left out.
    package func recordIdentifiers() throws -> [(id: RecordID, pmid: PMID?, doi: DOI?)] {
        let identifiers = "json_extract(json, '$.pmid') AS pmid, json_extract(json, '$.doi') AS doi"
        return try Row.fetchAll(db, sql: "SELECT id, \(identifiers) FROM record WHERE json_valid(json) ORDER BY id")
            .map { row in
                (
                    RecordID(row["id"] as String), (row["pmid"] as String?).flatMap { PMID($0) },
                    (row["doi"] as String?).flatMap { DOI($0) }
                )
            }
    }

    /// The archived answer that each record was read from.
    package func recordAnswers() throws -> [RecordID: String] {
        Dictionary(
            try Row.fetchAll(db, sql: "SELECT id, answer FROM record").map {
                (RecordID($0["id"] as String), $0["answer"])
            },
            uniquingKeysWith: { first, _ in first })
    }

    package func record(_ id: RecordID) throws -> RecordRow? {
        try Row.fetchOne(db, sql: "SELECT * FROM record WHERE id = ?", arguments: [id.rawValue]).map(Self.record)
    }

    private static func record(_ row: Row) -> RecordRow {
        RecordRow(
            id: RecordID(row["id"] as String), source: row["source"], digest: row["digest"], answer: row["answer"],
            line: row["line"], start: row["start"], end: row["end"], json: row["json"])
    }

    package func replace(records: [RecordRow], issues: [IssueRow]) throws {
        try db.execute(sql: "DELETE FROM record; DELETE FROM issue")
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO record (id, source, digest, answer, line, start, end, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for row in records {
            try insert.execute(arguments: [
                row.id.rawValue, row.source, row.digest, row.answer, row.line, row.start, row.end, row.json,
            ])
        }
        for issue in issues {
            try db.execute(
                sql: "INSERT INTO issue (source, record, line, severity, code, message) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    issue.source, issue.record?.rawValue, issue.line, issue.severity, issue.code, issue.message,
                ])
        }
    }

    package func issues() throws -> [IssueRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM issue ORDER BY position").map { row in
            IssueRow(
                source: row["source"], record: (row["record"] as String?).map { RecordID($0) }, line: row["line"],
                severity: row["severity"], code: row["code"], message: row["message"])
        }
    }

    /// Sorted by id.
    package func reports() throws -> [Report] {
        var members: [String: [RecordID]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT report, record FROM reportRecord ORDER BY record") {
            members[row["report"], default: []].append(RecordID(row["record"] as String))
        }
        return members.map { Report(id: RecordID($0.key), records: $0.value) }.sorted { $0.id < $1.id }
    }

    /// The report that a record belongs to now.
    package func report(of record: RecordID) throws -> RecordID? {
        try String.fetchOne(
            db, sql: "SELECT report FROM reportRecord WHERE record = ?", arguments: [record.rawValue]
        ).map { RecordID($0) }
    }

    package func links() throws -> [LinkRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM link ORDER BY a, b, kind, reason").map { row in
            LinkRow(
                a: RecordID(row["a"] as String), b: RecordID(row["b"] as String), kind: row["kind"],
                reason: row["reason"], score: row["score"])
        }
    }

    package func replace(reports: [Report], links: [LinkRow]) throws {
        try db.execute(sql: "DELETE FROM reportRecord; DELETE FROM link WHERE kind NOT LIKE '%Study'")
        let insert = try db.makeStatement(sql: "INSERT INTO reportRecord (record, report) VALUES (?, ?)")
        for report in reports {
            for record in report.records { try insert.execute(arguments: [record.rawValue, report.id.rawValue]) }
        }
        try append(links: links)
    }

    func append(links: [LinkRow]) throws {
        for link in links {
            try db.execute(
                sql: "INSERT OR IGNORE INTO link (a, b, kind, reason, score) VALUES (?, ?, ?, ?, ?)",
                arguments: [link.a.rawValue, link.b.rawValue, link.kind, link.reason, link.score])
        }
    }
}

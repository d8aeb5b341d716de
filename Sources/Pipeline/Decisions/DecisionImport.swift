import Bibliography
package import Interchange
package import Store

/// A decision as a person writes it, before it is checked.
package struct DecisionDraft: Hashable, Sendable {
    package var record: String
    package var decision: String
    package var reason: String?
    package var reviewer: String?
    package var note: String?
    /// The line of the file it stands on; nil when it was typed.
    package var line: Int?

    package init(
        record: String, decision: String, reason: String?, reviewer: String?, note: String?, line: Int? = nil
    ) {
        self.record = record
        self.decision = decision
        self.reason = reason
        self.reviewer = reviewer
        self.note = note
        self.line = line
    }
}

/// Why decisions were refused. Nothing of them was kept.
package struct DecisionRefusal: Error, Equatable, CustomStringConvertible {
    package var problems: [String]

    package var description: String {
        (["no decision was recorded:"] + problems.map { "  " + $0 }).joined(separator: "\n")
    }
}

/// Checks people's decisions against the review and appends them, all or none.
package enum DecisionImport {
    /// Reads a table with the columns `record` (or `report`, `id`), `decision`, and where they are there `reason`,
    /// `reviewer`, `note`. Rows without a decision are left alone.
    ///
    /// - Throws: `DecisionRefusal` where a column is missing.
    package static func drafts(_ table: DelimitedText) throws(DecisionRefusal) -> [DecisionDraft] {
        let record = table.column("record") ?? table.column("report") ?? table.column("id")
        guard let record, let decision = table.column("decision") else {
            throw DecisionRefusal(problems: [
                "the file needs the columns `record` (or `report`, `id`) and `decision`; it has: "
                    + table.header.joined(separator: ", ")
            ])
        }
        return table.rows.compactMap { row in
            guard let word = row.cell(decision).map(trimmed), !word.isEmpty else { return nil }
            return DecisionDraft(
                record: row.cell(record).map(trimmed) ?? "", decision: word,
                reason: row.cell(table.column("reason")).map(trimmed),
                reviewer: row.cell(table.column("reviewer")).map(trimmed), note: row.cell(table.column("note")),
                line: row.line)
        }
    }

    /// Appends decisions. One that repeats what its reviewer says already is not appended again.
    ///
    /// - Parameters:
    ///   - reasons: the closed list of reasons for an exclusion: the ids of the review's criteria.
    ///   - reviewer: who decides where a row does not say.
    /// - Returns: how many were appended.
    /// - Throws: `DecisionRefusal` naming every row that cannot be taken; then none is.
    package static func append(
        _ drafts: [DecisionDraft], to store: ReviewStore, reasons: [String], reviewer: String?, now: String
    ) throws -> Int {
        try store.write { transaction in
            let known = try transaction.recordIDs()
            var problems: [String] = []
            var rows: [DecisionRow] = []
            var seen: [String: String] = [:]
            for draft in drafts {
                let place = draft.line.map { "line \($0): " } ?? ""
                do {
                    let row = try check(draft, known: known, reasons: reasons, reviewer: reviewer, now: now)
                    let key = "\(row.record)\u{1F}\(row.reviewer)"
                    if let earlier = seen[key], earlier != row.verdict {
                        throw DecisionRefusal(problems: ["\(row.record) is decided twice in this file, differently"])
                    }
                    seen[key] = row.verdict
                    rows.append(row)
                } catch let refusal as DecisionRefusal {
                    problems += refusal.problems.map { place + $0 }
                }
            }
            guard problems.isEmpty else { throw DecisionRefusal(problems: problems) }

            var newest: [String: DecisionRow] = [:]
            for row in try transaction.decisions() { newest["\(row.record)\u{1F}\(row.reviewer)"] = row }
            var appended = 0
            for row in rows {
                let last = newest["\(row.record)\u{1F}\(row.reviewer)"]
                if let last, last.decision == row.decision, last.reason == row.reason, last.note == row.note {
                    continue
                }
                try transaction.append(row)
                newest["\(row.record)\u{1F}\(row.reviewer)"] = row
                appended += 1
            }
            return appended
        }
    }

    private static func check(
        _ draft: DecisionDraft, known: Set<RecordID>, reasons: [String], reviewer: String?, now: String
    ) throws(DecisionRefusal) -> DecisionRow {
        func refuse(_ text: String) -> DecisionRefusal { DecisionRefusal(problems: [text]) }
        let candidates = [RecordID(draft.record)] + (PMID(draft.record).map { [$0.recordID] } ?? [])
        guard let id = candidates.first(where: known.contains) else {
            throw refuse("the review holds no record '\(draft.record)'")
        }
        let words = ["include", "exclude", "unclear", "withdrawn"]
        let decision = draft.decision.lowercased()
        guard words.contains(decision) else {
            throw refuse("'\(draft.decision)' is no decision; accepted: \(words.joined(separator: ", "))")
        }
        let reason = draft.reason.flatMap { $0.isEmpty ? nil : $0 }
        if decision == "exclude" {
            guard let reason, reasons.contains(reason) else {
                throw refuse(
                    "an exclusion needs a reason; found \(reason.map { "'\($0)'" } ?? "none"), "
                        + "accepted: \(reasons.joined(separator: ", "))")
            }
        } else if let reason {
            throw refuse("only an exclusion has a reason; found '\(reason)' with '\(decision)'")
        }
        guard let who = draft.reviewer.flatMap({ $0.isEmpty ? nil : $0 }) ?? reviewer, !who.isEmpty else {
            throw refuse("who decides? Fill in the column `reviewer`, or use --reviewer")
        }
        return DecisionRow(
            record: id, decision: decision, reason: reason, reviewer: who, decidedAt: now,
            note: draft.note.flatMap { $0.isEmpty ? nil : $0 })
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension DecisionRow {
    /// What is decided, with its reason.
    fileprivate var verdict: String { decision + (reason.map { " (\($0))" } ?? "") }
}

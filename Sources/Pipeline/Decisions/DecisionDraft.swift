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
    package var stage: String?
    package var role: String?
    /// When it was decided, in a row of an exported log; nil for a decision made now.
    package var decidedAt: String?
    /// The line of the file it stands on; nil when it was typed.
    package var line: Int?

    package init(
        record: String, decision: String, reason: String? = nil, reviewer: String? = nil, note: String? = nil,
        stage: String? = nil, role: String? = nil, decidedAt: String? = nil, line: Int? = nil
    ) {
        self.record = record
        self.decision = decision
        self.reason = reason
        self.reviewer = reviewer
        self.note = note
        self.stage = stage
        self.role = role
        self.decidedAt = decidedAt
        self.line = line
    }
}

/// What holds for drafts that do not say.
package struct DecisionDefaults: Sendable {
    package var reviewer: String?
    package var stage: DecisionStage?
    package var role: DecisionRole
    package var reason: String?

    package init(
        reviewer: String? = nil, stage: DecisionStage? = nil, role: DecisionRole = .reviewer, reason: String? = nil
    ) {
        self.reviewer = reviewer
        self.stage = stage
        self.role = role
        self.reason = reason
    }
}

/// Why decisions were refused. Nothing of them was kept.
package struct DecisionRefusal: Error, Equatable, CustomStringConvertible {
    package var problems: [String]

    /// So many are told one by one.
    private static let toldAtMost = 20

    package init(problems: [String]) { self.problems = problems }

    package init(_ problem: String) { problems = [problem] }

    package var description: String {
        var lines = ["no decision was recorded:"] + problems.prefix(Self.toldAtMost).map { "  " + $0 }
        if problems.count > Self.toldAtMost { lines.append("  ... and \(problems.count - Self.toldAtMost) more") }
        return lines.joined(separator: "\n")
    }
}

extension DecisionDraft {
    /// Reads a table with the columns `record` (or `report`, `id`), `decision`, and where they are there `reason`,
    /// `reviewer`, `note`, `stage`, `role`, `decidedAt`. Rows without a decision are left alone.
    ///
    /// - Throws: `DecisionRefusal` where a column is missing.
    package static func drafts(_ table: DelimitedText) throws(DecisionRefusal) -> [DecisionDraft] {
        try refuseMergeMarks(table)
        let record = table.column("record") ?? table.column("report") ?? table.column("id")
        guard let record, let decision = table.column("decision") else {
            throw DecisionRefusal(
                "the file needs the columns `record` (or `report`, `id`) and `decision`; it has: "
                    + table.header.joined(separator: ", "))
        }
        return table.rows.compactMap { row in
            func cell(_ name: String) -> String? {
                row.cell(table.column(name)).map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
            }
            guard let word = row.cell(decision)?.trimmed, !word.isEmpty else { return nil }
            return DecisionDraft(
                record: row.cell(record)?.trimmed ?? "", decision: word, reason: cell("reason"),
                reviewer: cell("reviewer"), note: row.cell(table.column("note")), stage: cell("stage"),
                role: cell("role"), decidedAt: cell("decidedAt"), line: row.line)
        }
    }

    /// What git leaves in a file that two people changed: taken in as it is, the word of one of them might be lost.
    private static func refuseMergeMarks(_ table: DelimitedText) throws(DecisionRefusal) {
        func isMark(_ cells: [String]) -> Bool {
            guard let first = cells.first else { return false }
            let rest = first.drop { $0 == first.first }
            return ["<", "=", ">", "|"].contains(first.prefix(1)) && first.count - rest.count == 7
                && (rest.isEmpty || rest.first == " ")
        }
        let lines =
            (isMark(table.header) ? ["the first line"] : [])
            + table.rows.filter { isMark($0.cells) }.map { "line \($0.line)" }
        guard lines.isEmpty else {
            throw DecisionRefusal(
                "git left marks of a merge (\(lines.joined(separator: ", "))): keep the rows of both sides, in any order, "
                    + "delete the lines that begin with <<<<<<<, =======, >>>>>>> or |||||||, and take the file in again"
            )
        }
    }
}

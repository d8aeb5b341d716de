import Annotation
package import Bibliography
package import Interchange
package import Screening
package import Store

/// A report with what its reviewers said of it, as it stands this moment: decisions that no run has counted in yet
/// included.
package struct ReportInReview {
    package var report: Report
    package var record: Record
    package var judgement: Judgement
    let row: JudgementRow
    /// Where the last run put it.
    package var counted: LedgerEntry
    /// Where the next run will put it.
    package var entry: LedgerEntry
    package var abstract: StageStanding
    package var fullText: StageStanding

    /// The stage that it waits at, or was decided at.
    package var stage: DecisionStage { entry.assessedOn ?? .abstract }
    package var standing: StageStanding { stage == .fullText ? fullText : abstract }

    /// Whether a reviewer still has to say something.
    package func isOpen(for reviewer: String) -> Bool {
        guard entry.state == .pending, [.untouched, .waiting].contains(standing.outcome) else { return false }
        return standing.word(of: reviewer) == nil
    }
}

extension ReviewReading {
    /// Every screened report, sorted by id.
    package func reportsInReview() throws -> [ReportInReview] {
        let decisions = PeoplesDecisions(try store.read { try $0.decisions() }, plan)
        return try screenedReports().map { inReview($0, decisions) }
    }

    /// The same reports, with what was decided since they were read.
    package func refreshed(_ items: [ReportInReview]) throws -> [ReportInReview] {
        let decisions = PeoplesDecisions(try store.read { try $0.decisions() }, plan)
        return items.map {
            inReview(
                ScreenedReport(
                    report: $0.report, record: $0.record, judgement: $0.judgement, row: $0.row, entry: $0.counted),
                decisions)
        }
    }

    private func inReview(_ item: ScreenedReport, _ decisions: PeoplesDecisions) -> ReportInReview {
        ReportInReview(
            report: item.report, record: item.record, judgement: item.judgement, row: item.row, counted: item.entry,
            entry: decisions.entry(
                for: item.report, rules: item.row.titleWord, text: item.row.textWord(item.entry)),
            abstract: decisions.standing(of: item.report, at: .abstract),
            fullText: decisions.standing(of: item.report, at: .fullText))
    }

    /// The reports that wait for a person, with what the rules found and what they left open (where the plan lets people
    /// see that), and never with what a reviewer said. The last four columns are empty: fill them in and hand the file to
    /// `sluice decide --from`.
    ///
    /// - Parameter reviewer: only those on which this reviewer's word is still to come.
    package func waitingTable(for reviewer: String?) throws -> Table {
        var table = Table(columns: [
            "report", "title", "year", "doi", "pmid", "stage", "why", "open", "found", "abstract", "decision", "reason",
            "reviewer", "note",
        ])
        for item in try reportsInReview() where item.entry.state == .pending {
            if let reviewer, !item.isOpen(for: reviewer) { continue }
            let (open, found) = plan.screening.people.showsRules ? rulesText(item.judgement) : ("", "")
            table.rows.append([
                .text(item.report.id.rawValue), .optional(item.record.title), .optional(item.record.published.year),
                .optional(item.record.doi?.text), .optional(item.record.pmid?.description),
                .text(item.stage.rawValue), .optional(item.entry.reason), .text(open), .text(found),
                .text(item.record.abstractText), .empty, .empty, .optional(reviewer), .empty,
            ])
        }
        return table
    }

    /// The reports that a third person, or the reviewers together, have to settle, with what each reviewer said. Fill in
    /// the last columns and hand the file to `sluice decide --from`.
    func conflictsTable() throws -> Table {
        var table = Table(columns: [
            "report", "title", "year", "doi", "pmid", "stage", "why", "said", "found", "abstract", "role", "decision",
            "reason", "reviewer", "note",
        ])
        let people = plan.screening.people
        let role: DecisionRole = people.adjudication == .consensus ? .consensus : .adjudicator
        for item in try reportsInReview() where item.entry.state == .pending && item.standing.isForAdjudication {
            let said = item.standing.words.map(\.saying).joined(separator: "; ")
            table.rows.append([
                .text(item.report.id.rawValue), .optional(item.record.title), .optional(item.record.published.year),
                .optional(item.record.doi?.text), .optional(item.record.pmid?.description),
                .text(item.stage.rawValue), .optional(item.entry.reason), .text(said),
                .text(people.showsRules ? rulesText(item.judgement).found : ""), .text(item.record.abstractText),
                .text(role.rawValue), .empty, .empty, .empty, .empty,
            ])
        }
        return table
    }

    /// The log, in an order that does not depend on who recorded what first, so that two copies of it merge in git: by
    /// record, stage, role, reviewer and time.
    ///
    /// - Parameter reviewer: only this reviewer's decisions.
    package func decisionsTable(of reviewer: String?) throws -> Table {
        var table = Table(columns: [
            "record", "stage", "role", "reviewer", "decision", "reason", "note", "decidedAt",
        ])
        let log = try store.read { try $0.decisions() }.filter { row in
            reviewer.map { PersonKey($0) == PersonKey(row.reviewer) } ?? true
        }
        func place(_ row: DecisionRow) -> [String] {
            [row.record.rawValue, row.stage.rawValue, row.role.rawValue, row.reviewer, row.decidedAt]
        }
        for row in log.sorted(by: { a, b in
            let (first, second) = (place(a), place(b))
            return first == second ? a.number < b.number : first.lexicographicallyPrecedes(second, by: Self.precedes)
        }) {
            table.rows.append([
                .text(row.record.rawValue), .text(row.stage.rawValue), .text(row.role.rawValue), .text(row.reviewer),
                .text(row.decision), .optional(row.reason), .optional(row.note), .text(row.decidedAt),
            ])
        }
        return table
    }

    /// By bytes: no locale has a say.
    private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    private func rulesText(_ judgement: Judgement) -> (open: String, found: String) {
        let open = judgement.criteria.filter { $0.verdict == .unclear }.map(\.id)
        let found = judgement.criteria.flatMap { criterion -> [String] in
            // Only a full text fails a criterion and waits all the same.
            let name = criterion.verdict == .notMet ? "\(criterion.id), not met" : criterion.id
            return criterion.evidence.prefix(2).map { evidence in
                "\(name): \(evidence.quote)" + (evidence.place.map { " (\($0.text))" } ?? "")
            }
        }
        return (open.joined(separator: "; "), found.joined(separator: "; "))
    }
}

extension DecisionRow {
    /// `AB: exclude (route), an oral study`.
    package var saying: String {
        "\(reviewer): \(decision)" + (reason.map { " (\($0))" } ?? "") + (note.map { ", \($0)" } ?? "")
    }
}

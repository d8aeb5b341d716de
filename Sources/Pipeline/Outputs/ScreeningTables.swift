import Annotation
import Bibliography
import Interchange
import Screening
import Store

/// A report with what the rules and the people made of it.
struct ScreenedReport {
    var report: Report
    var record: Record
    var judgement: Judgement
    /// The judgement as it is kept: what was read, and what title and abstract came to.
    var row: JudgementRow
    var entry: LedgerEntry
}

extension ReviewReading {
    /// Every screened report, sorted by id.
    func screenedReports() throws -> [ScreenedReport] {
        if let made = made.screened { return made }
        let screened = try readScreenedReports()
        made.screened = screened
        return screened
    }

    private func readScreenedReports() throws -> [ScreenedReport] {
        let (reports, judgements, entries) = try store.read { transaction in
            (
                try transaction.reports(), try transaction.judgements(),
                try transaction.ledger(stage: StageName.screen.rawValue)
            )
        }
        let known = Dictionary(try records().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let judged = Dictionary(judgements.map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a })
        let membership = Dictionary(reports.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        return try entries.compactMap { entry in
            guard let report = membership[entry.id], let record = known[entry.id], let judgement = judged[entry.id]
            else {
                throw RunError.damagedRow(table: "judgement", id: entry.id.rawValue, cause: "it is not there")
            }
            return ScreenedReport(
                report: report, record: record, judgement: try judgement.judgement, row: judgement, entry: entry)
        }
    }

    func reportsTable() throws -> Table {
        var table = Table(columns: ["report", "records", "title", "year", "state", "reason", "by"])
        for item in try screenedReports() {
            table.rows.append([
                .text(item.report.id.rawValue), .text(item.report.records.map(\.rawValue).joined(separator: "; ")),
                .optional(item.record.title), .optional(item.record.published.year), .text(item.entry.state.rawValue),
                .optional(item.entry.reason), .optional(item.entry.actor?.rawValue),
            ])
        }
        return table
    }

    /// Why each report was excluded, in the words that decided it.
    func excludedTable() throws -> Table {
        var table = Table(columns: [
            "report", "title", "year", "doi", "pmid", "reason", "criterion", "by", "quote", "field", "rule",
        ])
        for item in try screenedReports() where item.entry.state == .removed {
            let evidence = item.judgement.criteria.first { $0.id == item.entry.reason && $0.verdict == .notMet }?
                .evidence.first
            table.rows.append([
                .text(item.report.id.rawValue), .optional(item.record.title), .optional(item.record.published.year),
                .optional(item.record.doi?.text), .optional(item.record.pmid?.description),
                .optional(item.entry.reason), .optional(item.entry.reason.map(plan.label(ofCriterion:))),
                .optional(item.entry.actor?.rawValue), .optional(evidence?.quote),
                .optional(evidence?.location), .optional(evidence?.rule),
            ])
        }
        return table
    }

    /// Reports that failed exactly one criterion, those that met most of the others first (PRISMA 2020, item 16b).
    func nearMissesTable() throws -> Table {
        var table = Table(columns: ["report", "title", "year", "failed", "met", "open", "quote", "field", "rule"])
        let misses = try screenedReports().compactMap { item -> (ScreenedReport, CriterionJudgement, Int)? in
            let failed = item.judgement.criteria.filter { $0.verdict == .notMet }
            guard item.entry.state == .removed, failed.count == 1, let only = failed.first else { return nil }
            return (item, only, item.judgement.criteria.count { $0.verdict == .met })
        }
        for (item, failed, met) in misses.sorted(by: { ($1.2, $0.0.report.id) < ($0.2, $1.0.report.id) }) {
            let evidence = failed.evidence.first
            table.rows.append([
                .text(item.report.id.rawValue), .optional(item.record.title), .optional(item.record.published.year),
                .text(failed.id), .integer(met), .integer(item.judgement.criteria.count { $0.verdict == .unclear }),
                .optional(evidence?.quote), .optional(evidence?.location), .optional(evidence?.rule),
            ])
        }
        return table
    }
}

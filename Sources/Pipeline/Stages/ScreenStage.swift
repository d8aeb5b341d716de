import Annotation
import Bibliography
import Foundation
import Interchange
package import Screening
package import Store

/// Judges each report by the review's criteria and lets people's decisions stand above the rules.
struct ScreenStage: Stage {
    let name = StageName.screen
    let codeVersion = 1
    private static let batchSize = 1024

    func settings(_ context: StageContext) -> String {
        context.plan.canonical(section: .annotation) + context.plan.canonical(section: .screening)
    }

    func input(_ context: StageContext) throws -> String {
        try context.store.read { try Self.input($0) }
    }

    /// The reports, and what people decided.
    static func input(_ transaction: StoreTransaction) throws -> String {
        let output = try transaction.lastStageRun(StageName.deduplicate.rawValue)?.output ?? ""
        return digest(of: [output, PeoplesDecisions.digest(try transaction.decisions())])
    }

    func run(_ context: StageContext) async throws -> StageResult {
        // Without criteria nothing is decided by rules: every report waits for a person.
        let screener = try context.plan.screening.screener()
        let kinds = screener.findings
        let rules = digest(of: [settings(context), String(codeVersion)])
        let given = Set(try context.advanced(from: .deduplicate))
        let (reports, known, decisions) = try context.store.read { transaction in
            (
                try transaction.reports().filter { given.contains($0.id) },
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                PeoplesDecisions(try transaction.decisions(), context.plan)
            )
        }
        let records = try context.records(reports.map(\.id))

        var judgements: [JudgementRow] = []
        var entries: [LedgerEntry] = []
        var reused = 0
        let annotator = Annotator(interest: context.plan.annotation.drugs)
        let inputs = records.map { digest(of: [rules, $0.jsonText]) }
        let fresh = reports.indices.filter { known[reports[$0].id]?.input != inputs[$0] }
        // In parts, so that a long list tells how far it is.
        var judged: [Int: Judgement] = [:]
        for start in stride(from: 0, to: fresh.count, by: Self.batchSize) {
            context.progress.stageAdvances(.screen, done: start, of: fresh.count, what: "reports")
            let part = Array(fresh[start..<min(start + Self.batchSize, fresh.count)])
            let judgements = Parallel.map(part.map { records[$0] }) { record in
                let document = Document(record)
                return screener.judge(document, annotator.annotate(document, for: kinds))
            }
            for (position, judgement) in zip(part, judgements) { judged[position] = judgement }
        }
        for (position, report) in reports.enumerated() {
            let row: JudgementRow
            if let judgement = judged[position] {
                row = JudgementRow(report: report.id, input: inputs[position], judgement)
            } else if let last = known[report.id] {
                row = last
                reused += 1
            } else {
                continue
            }
            judgements.append(row)
            entries.append(
                decisions.entry(for: report, rules: RulesWord(decision: row.decision, reason: row.reason)))
        }

        let lines = entries.map { entry in
            "\(entry.id) \(entry.state.rawValue) \(entry.reason ?? "") \(entry.actor?.rawValue ?? "") "
                + (entry.assessedOn?.rawValue ?? "")
        }
        return StageResult(
            entries: entries,
            output: digest(of: [try context.output(of: .deduplicate)] + lines + judgements.map(\.json)),
            worked: reports.count - reused, reused: reused
        ) { transaction in
            try transaction.replace(judgements: judgements)
        }
    }
}

extension JudgementRow {
    init(report: RecordID, input: String, _ judgement: Judgement) {
        var json = JSONWriter()
        judgement.writeJSON(id: report.rawValue, to: &json)
        self.init(
            report: report, input: input, decision: judgement.decision.rawValue, reason: judgement.reason,
            json: json.text)
    }

    /// The judgement that the row holds.
    package var judgement: Judgement {
        get throws {
            do {
                return try JSONDecoder().decode(Judgement.self, from: Data(json.utf8))
            } catch {
                throw RunError.damagedRow(table: "judgement", id: report.rawValue, cause: "\(error)")
            }
        }
    }
}

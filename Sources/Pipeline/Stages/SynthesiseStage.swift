import Bibliography
import Deduplication
import Extraction
import Store

/// Groups the included reports into studies and pools each outcome that the plan names.
struct SynthesiseStage: Stage {
    let name = StageName.synthesise
    let codeVersion = 1

    func settings(_ context: StageContext) -> String { context.plan.canonical(section: .synthesis) }

    /// The values, and the reports they come from: a report without values still belongs to a study.
    func input(_ context: StageContext) throws -> String {
        digest(of: [try context.output(of: .extract), try context.output(of: .screen)])
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let given = try context.advanced(from: .extract)
        let studies = StudyGrouping.studies(of: try context.records(given), decisions: [])
        let values = Dictionary(
            try context.store.read { try $0.extractions() }.map { ($0.report, try $0.values) },
            uniquingKeysWith: { a, _ in a })

        var estimates: [EstimateRow] = []
        var pooled = Set<RecordID>()
        for outcome in context.plan.synthesis.outcomes {
            let table = PoolingTable(outcome: outcome, treatment: context.plan.synthesis.treatment, studies, values)
            pooled.formUnion(table.rows.map(\.report))
            estimates.append(EstimateRow(outcome: outcome.id, json: try table.resultJSON()))
        }
        let entries = given.map { id in
            pooled.contains(id) ? LedgerEntry.advanced(id) : .removed(id, LedgerReason.noPoolableOutcome)
        }
        let lines = studies.map { "\($0.id) \($0.label): " + $0.reports.map(\.rawValue).joined(separator: " ") }
        return StageResult(
            entries: entries, output: digest(of: lines + estimates.map { "\($0.outcome) \($0.json)" }),
            worked: given.count, reused: 0
        ) { transaction in
            try transaction.replace(studies: studies)
            try transaction.replace(estimates: estimates)
        }
    }
}

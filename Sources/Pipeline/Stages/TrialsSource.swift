import Bibliography
import Retrieval
import Store

/// ClinicalTrials.gov, through its API or a recording of it. A page holds the studies themselves, so every fetch brings
/// them all, as they stand in the register now.
struct TrialsSource {
    private let source: SourcePlan
    private let context: StageContext
    private let before: SourceRow?

    init(_ source: SourcePlan, _ context: StageContext, before: SourceRow?) {
        self.source = source
        self.context = context
        self.before = before
    }

    func fetch() async throws -> FetchedSource {
        let retriever = try TrialsRetriever(
            archive: context.archive, settings: try context.options.retrieval(run: context.run))
        let progress = context.progress
        let outcome = try await retriever.retrieve(source.request) { step in
            progress.stageAdvances(
                .fetch, done: step.done, of: step.total, what: "\(step.source): \(step.phase.rawValue)")
        }
        let naming = context.plan.naming(of: source.id)
        let listed = outcome.listed.map { naming.name(ofListed: RecordID("clinicaltrials:\($0)")) }.sorted()
        return FetchedSource(
            row: SourceRow(
                id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                searched: true, search: try outcome.search.jsonText,
                answers: outcome.batches.map {
                    SourceRow.Answer(hash: $0.hash, name: "\(source.id) \($0.hash.prefix(12))")
                },
                listed: listed),
            missing: [], new: Set(listed).subtracting(before?.listed ?? []).count)
    }
}

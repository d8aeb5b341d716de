import Bibliography
import Retrieval
import Store

/// ClinicalTrials.gov, through its API or a recording of it. A page holds the studies themselves, so every fetch brings
/// them all, as they stand in the register now. A study that the search no longer finds stays as it was last seen.
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
        let request = source.request(maxRecords: context.options.maxRecords)
        let outcome = try await retriever.retrieve(request) { step in
            progress.stageAdvances(
                .fetch, done: step.done, of: step.total, what: "\(step.source): \(step.phase.rawValue)")
        }
        let naming = context.plan.naming(of: source.id)
        let found = outcome.listed.map { naming.name(ofListed: RecordID("clinicaltrials:\($0)")) }
        let memory = SearchMemory(of: before, found: Set(found), outcome.search)
        memory.tell(progress, source: source.id)
        let new = outcome.batches.map { SourceRow.Answer(hash: $0.hash, name: "\(source.id) \($0.hash.prefix(12))") }
        return FetchedSource(
            row: SourceRow(
                id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                searched: true, search: try memory.search.jsonText,
                answers: try answers(holding: memory.unlisted, without: Set(new.map(\.hash))) + new,
                listed: memory.listed.sorted()),
            missing: [], new: memory.listed.subtracting(before?.listed ?? []).count)
    }

    /// The earlier pages that studies are kept from.
    private func answers(holding ids: Set<RecordID>, without new: Set<String>) throws -> [SourceRow.Answer] {
        guard !ids.isEmpty else { return [] }
        let hashes = Set(
            try context.store.read { transaction in try ids.compactMap { try transaction.record($0)?.answer } })
        return (before?.answers ?? []).filter { hashes.contains($0.hash) && !new.contains($0.hash) }
    }
}

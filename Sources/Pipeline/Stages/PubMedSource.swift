import Bibliography
import Foundation
package import Retrieval
import Store

/// PubMed, through E-utilities or a recording of them.
struct PubMedSource {
    private let source: SourcePlan
    private let context: StageContext
    private let before: SourceRow?
    private let delivered: Set<RecordID>

    init(_ source: SourcePlan, _ context: StageContext, before: SourceRow?, delivered: Set<RecordID>) {
        self.source = source
        self.context = context
        self.before = before
        self.delivered = delivered
    }

    func fetch() async throws -> FetchedSource {
        let naming = context.plan.naming(of: source.id)
        func name(_ pmid: PMID) -> RecordID { naming.name(ofListed: pmid.recordID) }

        let retriever = try Retriever(
            archive: context.archive, settings: try context.options.retrieval(run: context.run))
        let askedAgain = try self.askedAgain()
        // What was read from an answer that is gone since must be asked for again.
        let held = Set(
            try context.store.read { try $0.recordAnswers() }.filter { context.archive.holds($0.value) }.keys)
        let known = (before?.listed ?? []).filter {
            delivered.contains($0) && held.contains($0) && !askedAgain.contains($0)
        }
        let progress = context.progress
        let request = source.request(maxRecords: context.options.maxRecords)
        let outcome = try await retriever.retrieve(request, known: Set(known.compactMap(naming.pmid(of:)))) { step in
            progress.stageAdvances(
                .fetch, done: step.done, of: step.total, what: "\(step.source): \(step.phase.rawValue)")
        }
        for record in outcome.missing { progress.notice("\(source.id): \(record)") }

        let memory = SearchMemory(of: before, found: Set(outcome.listed.map(name)), outcome.search)
        memory.tell(progress, source: source.id)

        let new = outcome.batches.map { SourceRow.Answer(hash: $0.hash, name: "\(source.id) \($0.hash.prefix(12))") }
        // A lost answer stays on the list where nothing can replace it, so that reading it fails by name.
        let isReplaced = memory.unlisted.isSubset(of: held)
        let kept = (before?.answers ?? []).filter { answer in
            !new.contains { $0.hash == answer.hash } && (context.archive.holds(answer.hash) || !isReplaced)
        }
        let missing = Set(outcome.missing.map { name($0.pmid) })
        return FetchedSource(
            row: SourceRow(
                id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                searched: true, search: try memory.search.jsonText,
                answers: kept + new, listed: memory.listed.sorted()),
            missing: missing, new: outcome.batches.reduce(0) { $0 + $1.delivered.count })
    }

    /// The records that are fetched once more.
    private func askedAgain() throws -> Set<RecordID> {
        switch context.options.refetch {
        case nil: []
        case .known: delivered
        case .included:
            // Every record of such a report: a retraction may show in PubMed's record of it and in no other.
            try context.store.read { transaction in
                let reports = Set(
                    try transaction.ledger(stage: StageName.screen.rawValue).filter { $0.state != .removed }.map(\.id))
                return Set(try transaction.reports().filter { reports.contains($0.id) }.flatMap(\.records))
            }
        }
    }
}

extension SourcePlan {
    /// More hits than this are a mistake in the query rather than a review, unless somebody says otherwise.
    package static let defaultMaxRecords = 500_000

    /// What the service is asked.
    ///
    /// - Parameter maxRecords: stands above the plan's own.
    package func request(maxRecords limit: Int? = nil) -> SourceRequest {
        SourceRequest(
            id: id, query: query ?? "", from: from?.text, to: to?.text,
            dates: dates == .created ? .created : .published,
            allow: allow, maxRecords: limit ?? maxRecords ?? Self.defaultMaxRecords)
    }
}

extension RunOptions {
    /// How the services are asked in a run.
    package func retrieval(run: Int) throws -> RetrievalSettings {
        let recordings = try replay.map { [try Archive(folder: $0 + "/archive", readOnly: true)] } ?? []
        return RetrievalSettings(
            endpoint: endpoint ?? RetrievalSettings.defaultEndpoint,
            trialsEndpoint: trialsEndpoint ?? RetrievalSettings.defaultTrialsEndpoint, email: email, apiKey: apiKey,
            run: run,
            offline: offline, replayArchives: recordings, software: "sluice \(softwareVersion)")
    }
}

extension SearchRecord {
    /// As the store keeps it.
    var jsonText: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// nil for a search that a person made by hand, or one that an older version wrote.
    init?(json: String) {
        guard let record = try? JSONDecoder().decode(SearchRecord.self, from: Data(json.utf8)) else { return nil }
        self = record
    }
}

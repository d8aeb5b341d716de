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
        let known = Set(
            (before?.listed ?? []).filter { delivered.contains($0) && !askedAgain.contains($0) }
                .compactMap(naming.pmid(of:)))
        let progress = context.progress
        let outcome = try await retriever.retrieve(source.request, known: known) { step in
            progress.stageAdvances(
                .fetch, done: step.done, of: step.total, what: "\(step.source): \(step.phase.rawValue)")
        }
        for record in outcome.missing { progress.notice("\(source.id): \(record)") }

        // A living review keeps what an earlier search of the same words found, also when PubMed no longer lists it.
        let now = Set(outcome.listed.map(name))
        var listed = now
        if let before, sameQuestion(before, outcome.search) {
            let dropped = Set(before.listed).subtracting(now)
            listed.formUnion(dropped)
            if !dropped.isEmpty {
                progress.notice(
                    "\(source.id): \(dropped.count) records found earlier are no longer listed; they stay in the review: "
                        + dropped.sorted().prefix(20).map(\.rawValue).joined(separator: " "))
            }
            for change in SearchRecord(json: before.search).map({ outcome.search.changes(since: $0) }) ?? [] {
                progress.notice("\(source.id): \(change)")
            }
        }

        let new = outcome.batches.map { SourceRow.Answer(hash: $0.hash, name: "\(source.id) \($0.hash.prefix(12))") }
        let kept = (before?.answers ?? []).filter { answer in !new.contains { $0.hash == answer.hash } }
        let missing = Set(outcome.missing.map { name($0.pmid) })
        return FetchedSource(
            row: SourceRow(
                id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                searched: true, search: try outcome.search.jsonText,
                answers: kept + new, listed: listed.sorted()),
            missing: missing, new: outcome.batches.reduce(0) { $0 + $1.delivered.count })
    }

    /// The records that are fetched once more.
    private func askedAgain() throws -> Set<RecordID> {
        switch context.options.refetch {
        case nil: []
        case .known: delivered
        case .included:
            Set(
                try context.store.read { try $0.ledger(stage: StageName.screen.rawValue) }
                    .filter { $0.state != .removed }.map(\.id))
        }
    }

    private func sameQuestion(_ row: SourceRow, _ search: SearchRecord) -> Bool {
        guard let earlier = SearchRecord(json: row.search) else { return false }
        return earlier.query == search.query && earlier.from == search.from && earlier.to == search.to
    }
}

extension SourcePlan {
    /// What the service is asked.
    package var request: SourceRequest {
        SourceRequest(
            id: id, query: query ?? "", from: from?.text, to: to?.text, allow: allow, maxRecords: maxRecords)
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

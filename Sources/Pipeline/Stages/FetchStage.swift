import Bibliography
import Compression
import Foundation
import Hashing
import Interchange
package import Retrieval
import Store

/// Asks every source, archives what it answers, and lists what it reports. All sources come back whole, or nothing of
/// this fetch is kept.
struct FetchStage: Stage {
    let name = StageName.fetch
    let codeVersion = 1

    func settings(_ context: StageContext) -> String { context.plan.canonical(section: .sources) }

    /// What the sources hold, as far as that shows without asking: files by their content, services by the recording
    /// that answers for them.
    func input(_ context: StageContext) throws -> String {
        var lines = try context.plan.sources.filter { $0.kind == .file }.map { source in
            let bytes = try FileSource(source, context).bytes()
            return "\(source.id) \(bytes.map { SHA256Digest(of: $0).hex } ?? "not there")"
        }
        if let replay = context.options.replay {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: replay + "/archive")) ?? []
            lines += names.filter { $0.hasSuffix(".gz") && !$0.hasPrefix(".") }.sorted()
        }
        return digest(of: lines)
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let before = Dictionary(
            try context.store.read { try $0.sources() }.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let delivered = Set(try context.advanced(from: .fetch))
        var rows: [SourceRow] = []
        var entries: [LedgerEntry] = []
        var worked = 0
        for source in context.plan.sources {
            let fetched =
                switch source.kind {
                case .pubmed:
                    try await PubMedSource(source, context, before: before[source.id], delivered: delivered).fetch()
                case .file: try FileSource(source, context).fetch()
                case .clinicaltrials: throw RunError.unsupportedSource(source: source.id, pipeline: context.plan.path)
                }
            rows.append(fetched.row)
            entries += fetched.row.listed.map { id in
                fetched.missing.contains(id) ? .removed(id, LedgerReason.notInSource) : .advanced(id)
            }
            worked += fetched.new
        }
        let lines = rows.map { row in
            ([row.id, row.name, row.section, String(row.searched)] + row.answers.map(\.hash)
                + row.listed.map(\.rawValue)).joined(separator: " ")
        }
        return StageResult(
            given: rows.flatMap(\.listed), entries: entries, output: digest(of: lines), worked: worked,
            reused: entries.count - worked
        ) { transaction in
            try transaction.replace(sources: rows)
        }
    }
}

/// What one source brought.
struct FetchedSource {
    var row: SourceRow
    /// Listed, and positively gone.
    var missing: Set<RecordID>
    /// How many records are new.
    var new: Int
}

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
        func name(_ pmid: PMID) -> RecordID { naming.name(of: pmid) }

        let retriever = try Retriever(archive: context.archive, settings: try context.options.retrieval(run: context.run))
        let known = Set((before?.listed ?? []).filter(delivered.contains).compactMap(naming.pmid(of:)))
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
            for change in earlierSearch(before).map({ outcome.search.changes(since: $0) }) ?? [] {
                progress.notice("\(source.id): \(change)")
            }
        }

        let new = outcome.batches.map { SourceRow.Answer(hash: $0.hash, name: "\(source.id) \($0.hash.prefix(12))") }
        let kept = (before?.answers ?? []).filter { answer in !new.contains { $0.hash == answer.hash } }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let missing = Set(outcome.missing.map { name($0.pmid) })
        return FetchedSource(
            row: SourceRow(
                id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                searched: true, search: String(decoding: try encoder.encode(outcome.search), as: UTF8.self),
                answers: kept + new, listed: listed.sorted()),
            missing: missing, new: outcome.batches.reduce(0) { $0 + $1.delivered.count })
    }

    private func earlierSearch(_ row: SourceRow) -> SearchRecord? {
        try? JSONDecoder().decode(SearchRecord.self, from: Data(row.search.utf8))
    }

    private func sameQuestion(_ row: SourceRow, _ search: SearchRecord) -> Bool {
        guard let earlier = earlierSearch(row) else { return false }
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
            endpoint: endpoint ?? RetrievalSettings.defaultEndpoint, email: email, apiKey: apiKey, run: run,
            offline: offline, replayArchives: recordings, software: "sluice \(softwareVersion)")
    }
}

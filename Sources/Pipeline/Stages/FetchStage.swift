import Bibliography
import Compression
import Foundation
import Interchange
import Retrieval
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
            "\(source.id) \(try FileSource(source, context).content())"
        }
        if let replay = context.options.replay {
            let folder = replay + "/archive"
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
                throw RunError.missingReplay(folder: folder)
            }
            lines += names.filter { $0.hasSuffix(".gz") && !$0.hasPrefix(".") }.sorted()
        }
        return digest(of: lines)
    }

    /// Online, an answer that is gone from the archive can be asked for again; offline, reading it names what is gone.
    func outputIsMissing(_ context: StageContext) throws -> Bool {
        guard !context.options.offline else { return false }
        return try context.store.read { try $0.sources() }.flatMap(\.answers).contains {
            !context.archive.holds($0.hash)
        }
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
                case .clinicaltrials: try await TrialsSource(source, context, before: before[source.id]).fetch()
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

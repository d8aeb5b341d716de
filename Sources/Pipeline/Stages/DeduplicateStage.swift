import Bibliography
import Deduplication
import Hashing
import Store

/// Collapses records into reports, with the reason for each join. A pair of records that was compared by an earlier run
/// is not compared again while both say what they said.
struct DeduplicateStage: Stage {
    let name = StageName.deduplicate
    let codeVersion = Deduplicator.rules

    func settings(_ context: StageContext) -> String { "" }

    func input(_ context: StageContext) throws -> String {
        let corrections = try [CorrectionFile.duplicates, .studies].map { file throws(RunError) in
            SHA256Digest(of: try file.bytes(context.plan)).hex
        }
        return digest(of: [try context.output(of: .parse)] + corrections)
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let given = try context.advanced(from: .parse)
        let records = try context.records(given)
        let corrections = try CorrectionFile.readDuplicates(context.plan, known: try context.everIdentified())
        let earlier = try earlierComparisons(context)
        let result = Deduplicator().deduplicate(records, corrections: corrections, earlier: earlier)
        let standing = Set(result.reports.map(\.id))
        let entries = result.reports.flatMap(\.records).map { id in
            standing.contains(id) ? LedgerEntry.advanced(id) : .removed(id, LedgerReason.duplicate)
        }
        let links =
            result.links.map { $0.row(kind: LinkKind.duplicate) }
            + result.review.map { $0.row(kind: LinkKind.possibleDuplicate) }
            + result.relations.map {
                LinkRow(
                    a: $0.from, b: $0.to, kind: LinkKind.related, reason: $0.kind.rawValue,
                    score: $0.isFromTheTexts ? LinkKind.textScore : 1)
            }
        let lines = result.reports.map { "\($0.id): " + $0.records.map(\.rawValue).joined(separator: " ") }
        return StageResult(
            entries: entries, output: digest(of: [try context.output(of: .parse)] + lines),
            worked: result.comparedRecords, reused: records.count - result.comparedRecords
        ) { transaction in
            try transaction.replace(reports: result.reports, links: links)
            try transaction.replace(comparisons: result.comparisons.bytes, rules: Deduplicator.rules)
        }
    }

    /// None where the stage is forced: whoever forces it does not trust what is there.
    private func earlierComparisons(_ context: StageContext) throws -> Comparisons {
        guard !context.options.forced.contains(name),
            let bytes = try context.store.read({ try $0.comparisons(rules: Deduplicator.rules) })
        else { return .none }
        return Comparisons(bytes: bytes) ?? .none
    }
}

extension StageContext {
    /// Every record that a source ever listed: what people said of one that is gone since stays said.
    func everIdentified() throws -> Set<RecordID> { try store.read { try $0.everIdentified() } }
}

extension DuplicateLink {
    fileprivate func row(kind: String) -> LinkRow { LinkRow(a: a, b: b, kind: kind, reason: reason, score: score) }
}

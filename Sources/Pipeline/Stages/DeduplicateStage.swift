import Bibliography
import Deduplication
import Hashing
import Store

/// Collapses records into reports, with the reason for each join.
struct DeduplicateStage: Stage {
    let name = StageName.deduplicate
    let codeVersion = 1

    func settings(_ context: StageContext) -> String { "" }

    func input(_ context: StageContext) throws -> String {
        let corrections = try CorrectionFile.duplicates.bytes(context.plan)
        return digest(of: [try context.output(of: .parse), SHA256Digest(of: corrections).hex])
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let given = try context.advanced(from: .parse)
        let records = try context.records(given)
        let corrections = try CorrectionFile.duplicates.read(context.plan, known: Set(given))
        let result = Deduplicator().deduplicate(records, corrections: corrections)
        let standing = Set(result.reports.map(\.id))
        let entries = result.reports.flatMap(\.records).map { id in
            standing.contains(id) ? LedgerEntry.advanced(id) : .removed(id, LedgerReason.duplicate)
        }
        let links =
            result.links.map { $0.row(kind: LinkKind.duplicate) }
            + result.review.map { $0.row(kind: LinkKind.possibleDuplicate) }
            + result.relations.map {
                LinkRow(a: $0.from, b: $0.to, kind: LinkKind.related, reason: $0.kind.rawValue, score: 1)
            }
        let lines = result.reports.map { "\($0.id): " + $0.records.map(\.rawValue).joined(separator: " ") }
        return StageResult(
            entries: entries, output: digest(of: [try context.output(of: .parse)] + lines), worked: records.count,
            reused: 0
        ) { transaction in
            try transaction.replace(reports: result.reports, links: links)
        }
    }
}

extension DuplicateLink {
    fileprivate func row(kind: String) -> LinkRow { LinkRow(a: a, b: b, kind: kind, reason: reason, score: score) }
}

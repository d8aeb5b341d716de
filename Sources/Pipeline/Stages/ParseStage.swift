import Bibliography
import Hashing
import Interchange
import RecordFormats
import Retrieval
import Store

/// Reads the archived answers into records. Every id that a source listed must come out of its answers.
struct ParseStage: Stage {
    let name = StageName.parse
    let codeVersion = 1

    func settings(_ context: StageContext) -> String { "" }

    func input(_ context: StageContext) throws -> String { try context.output(of: .fetch) }

    func run(_ context: StageContext) async throws -> StageResult {
        let (sources, known) = try context.store.read { transaction in
            (
                try transaction.sources(),
                Dictionary(try transaction.records().map { ($0.id, $0.digest) }, uniquingKeysWith: { a, _ in a })
            )
        }
        let given = Set(try context.advanced(from: .fetch))
        var rows: [RecordRow] = []
        var issues: [IssueRow] = []
        var entries: [LedgerEntry] = []

        for (index, source) in sources.enumerated() {
            context.progress.stageAdvances(.parse, done: index, of: sources.count, what: source.name)
            let read = try Self.read(source, given: given, plan: context.plan, archive: context.archive)
            rows += read.rows
            entries += read.entries
            issues += read.issues
        }

        rows.sort { $0.id < $1.id }
        let reused = rows.count { known[$0.id] == $0.digest }
        return StageResult(
            entries: entries, output: digest(of: rows.map { "\($0.id) \($0.digest)" }), worked: rows.count - reused,
            reused: reused
        ) { transaction in
            try transaction.replace(records: rows, issues: issues)
        }
    }

    /// What the archived answers of one source hold of its listed records.
    ///
    /// - Throws: `RunError.damagedAnswer` for an answer that cannot be read whole.
    static func read(
        _ source: SourceRow, given: Set<RecordID>, plan: Plan, archive: Archive
    ) throws -> (rows: [RecordRow], entries: [LedgerEntry], issues: [IssueRow]) {
        let reading = try SourceReader.read(
            source: source.id, kind: plan.sources.first { $0.id == source.id }?.kind ?? .file,
            answers: source.answers, archive: archive, naming: plan.naming(of: source.id))
        if let first = reading.errors.first {
            throw RunError.damagedAnswer(
                source: source.id, hash: first.answer,
                problems: reading.errors.filter { $0.answer == first.answer }.prefix(20).map(\.text))
        }
        let listed = Set(source.listed)
        var rows: [RecordRow] = []
        var entries: [LedgerEntry] = []
        for entry in reading.entries where listed.contains(entry.record.id) && given.contains(entry.record.id) {
            let json = entry.record.jsonText
            rows.append(
                RecordRow(
                    id: entry.record.id, source: source.id, digest: SHA256Digest(of: json).hex, answer: entry.answer,
                    line: entry.location.line, start: entry.location.start, end: entry.location.end, json: json))
            entries.append(
                entry.record.kind == .deleted
                    ? .removed(entry.record.id, LedgerReason.deletedBySource) : .advanced(entry.record.id))
        }
        return (rows, entries, reading.issues)
    }
}

/// A digest of lines, in their order.
func digest(of lines: [String]) -> String { SHA256Digest(of: lines.joined(separator: "\n")).hex }

/// The reasons that the ledger knows beside the review's own criteria.
package enum LedgerReason {
    /// The source lists the id and has no such record any more.
    package static let notInSource = "notInSource"
    /// The source asks to delete the record.
    package static let deletedBySource = "deletedBySource"
    package static let duplicate = "duplicate"
    /// The rules could not decide and no person has.
    package static let unclear = "unclear"
    package static let reviewersDisagree = "reviewersDisagree"
    package static let noPoolableOutcome = "noPoolableOutcome"
}

import Bibliography
import Hashing
import Interchange
import RecordFormats
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
        var reused = 0

        for (index, source) in sources.enumerated() {
            context.progress.stageAdvances(.parse, done: index, of: sources.count, what: source.name)
            let reading = try SourceReader.read(
                source: source.id, kind: context.plan.sources.first { $0.id == source.id }?.kind ?? .file,
                answers: source.answers, archive: context.archive, naming: context.plan.naming(of: source.id))
            if let first = reading.errors.first {
                throw RunError.damagedAnswer(
                    source: source.id, hash: first.answer,
                    problems: reading.errors.filter { $0.answer == first.answer }.prefix(20).map(\.text))
            }
            let listed = Set(source.listed)
            for entry in reading.entries where listed.contains(entry.record.id) && given.contains(entry.record.id) {
                let json = entry.record.jsonText
                let row = RecordRow(
                    id: entry.record.id, source: source.id, digest: SHA256Digest(of: json).hex, answer: entry.answer,
                    line: entry.location.line, start: entry.location.start, end: entry.location.end, json: json)
                if known[row.id] == row.digest { reused += 1 }
                rows.append(row)
                entries.append(
                    entry.record.kind == .deleted
                        ? .removed(row.id, LedgerReason.deletedBySource) : .advanced(row.id))
            }
            issues += reading.issues
        }

        rows.sort { $0.id < $1.id }
        return StageResult(
            entries: entries, output: digest(of: rows.map { "\($0.id) \($0.digest)" }), worked: rows.count - reused,
            reused: reused
        ) { transaction in
            try transaction.replace(records: rows, issues: issues)
        }
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
    /// Left in on title and abstract; its full text is not there yet.
    package static let noFullText = "noFullText"
    /// The rules would exclude it on its full text: a person looks first.
    package static let fullTextFails = "fullTextFails"
    /// A person says that its full text cannot be had.
    package static let notRetrieved = "notRetrieved"
    package static let noPoolableOutcome = "noPoolableOutcome"
}

import Bibliography
package import Retrieval
package import Store

/// One step of the pipeline as a value: what it reads, what governs it, and its work. It reads through the context and
/// returns what is to be written; the runner decides whether it runs, checks the ledger, and writes.
package protocol Stage: Sendable {
    var name: StageName { get }
    /// Raised whenever the stage would answer the same input with the same settings differently.
    var codeVersion: Int { get }
    /// The part of the plan that governs the stage, as canonical text.
    func settings(_ context: StageContext) throws -> String
    /// A digest of everything the stage reads.
    func input(_ context: StageContext) throws -> String
    /// True when something that the stage wrote outside the store is gone.
    func outputIsMissing(_ context: StageContext) throws -> Bool
    func run(_ context: StageContext) async throws -> StageResult
}

extension Stage {
    package func outputIsMissing(_ context: StageContext) throws -> Bool { false }
}

/// What a stage may see.
package struct StageContext {
    package let plan: Plan
    package let store: ReviewStore
    package let archive: Archive
    package let options: RunOptions
    /// The number of this run.
    package let run: Int
    package let progress: any RunProgress

    /// The output digest of a stage's last run; the input of the stage after it.
    func output(of stage: StageName) throws -> String {
        try store.read { try $0.lastStageRun(stage.rawValue)?.output } ?? ""
    }

    /// The ids that a stage passed on, sorted.
    func advanced(from stage: StageName) throws -> [RecordID] {
        try store.read { try $0.ledger(stage: stage.rawValue) }.filter { $0.state == .advanced }.map(\.id)
    }
}

/// What a stage made of its input.
package struct StageResult {
    /// The ids the stage was given, where they do not come from the ledger: `fetch` and `report`.
    var given: [RecordID]?
    /// What became of each id. The runner holds it against what was given.
    package var entries: [LedgerEntry]
    /// Digest of everything the stage wrote: the next stage's input.
    var output: String
    /// How many ids needed work, and for how many an earlier result still held.
    var worked: Int
    var reused: Int
    /// Writes the stage's rows; called in the same transaction as the ledger.
    var write: (StoreTransaction) throws -> Void
}

import Foundation
import Hashing
package import Retrieval
package import Store

/// What a run came to.
package struct RunOutcome: Sendable {
    /// nil when nothing needed work, and no run was begun.
    package var run: Int?
    package var stagesRun: [StageName]
    /// Ids that wait for a person.
    package var waiting: Int
}

/// Runs the stages of a plan on a workspace: decides which must run and why, holds each stage's ledger against what it
/// was given, and writes a stage's results whole or not at all.
package struct Runner {
    private let plan: Plan
    private let store: ReviewStore
    private let archive: Archive
    private let options: RunOptions
    private let progress: any RunProgress
    private let stages: [any Stage]

    /// - Parameter stages: in order; tests put stages of their own here.
    package init(
        plan: Plan, store: ReviewStore, archive: Archive, options: RunOptions, progress: any RunProgress,
        stages: [any Stage] = Runner.allStages
    ) {
        self.plan = plan
        self.store = store
        self.archive = archive
        self.options = options
        self.progress = progress
        self.stages = stages.filter { $0.name <= options.until }
    }

    package static var allStages: [any Stage] {
        [
            FetchStage(), ParseStage(), DeduplicateStage(), ScreenStage(), ExtractStage(), SynthesiseStage(),
            ReportStage(),
        ]
    }

    /// Runs what must be run. A run that was cut off or failed is taken up under its own number.
    ///
    /// - Throws: `StageImbalance`, `FlowImbalance`, `StoreError`, `RetrievalError`, `RunError`; what earlier stages wrote stays.
    package func run() async throws -> RunOutcome {
        try claimWorkspace()
        let last = try store.read { try $0.lastRun() }
        let unfinished = last.flatMap { $0.state == .finished ? nil : $0.number }
        let number = unfinished ?? (last?.number ?? 0) + 1
        var begun = false
        var stagesRun: [StageName] = []

        do {
            for stage in stages {
                let context = StageContext(
                    plan: plan, store: store, archive: archive, options: options, run: number, progress: progress)
                let now = try fingerprint(of: stage, context)
                let before = try store.read { try $0.lastStageRun(stage.name.rawValue) }
                let reason = now.reasonToRun(
                    since: before.map { Fingerprint(input: $0.input, settings: $0.settings, code: $0.code) },
                    outputMissing: try stage.outputIsMissing(context), forced: isForced(stage.name, before, number))
                guard let reason else {
                    progress.stageIsUpToDate(stage.name)
                    continue
                }
                if !begun {
                    try begin(number)
                    begun = true
                }
                progress.stageStarts(stage.name, because: reason)
                progress.stageEnds(stage.name, try await work(stage, context, now, reason))
                stagesRun.append(stage.name)
            }
        } catch {
            if begun { try? end(number, .failed, message: "\(error)") }
            throw error
        }

        if begun || unfinished != nil { try end(number, .finished, message: nil) }
        let waiting = try store.read { try $0.ledger(stage: StageName.screen.rawValue) }.count { $0.state == .pending }
        return RunOutcome(run: begun ? number : nil, stagesRun: stagesRun, waiting: waiting)
    }

    private func fingerprint(of stage: any Stage, _ context: StageContext) throws -> Fingerprint {
        Fingerprint(
            input: try stage.input(context), settings: SHA256Digest(of: try stage.settings(context)).hex,
            code: stage.codeVersion)
    }

    /// Going online means asking the services for what is new, once a run.
    private func isForced(_ stage: StageName, _ before: StageRunRow?, _ run: Int) -> Bool {
        if options.forced.contains(stage) || (stage == .fetch && options.refetch != nil) { return true }
        return stage == .fetch && !options.offline && plan.asksServices && before?.run != run
    }

    private func work(
        _ stage: any Stage, _ context: StageContext, _ fingerprint: Fingerprint, _ reason: RerunReason
    ) async throws -> StageSummary {
        let result = try await stage.run(context)
        let given = try result.given ?? stage.name.giver.map { try context.advanced(from: $0) } ?? []
        try BalanceGate.check(stage.name, given: given, entries: result.entries)
        try store.write { transaction in
            try result.write(transaction)
            try transaction.write(result.entries, stage: stage.name.rawValue, run: context.run)
            try transaction.save(
                StageRunRow(
                    run: context.run, stage: stage.name.rawValue, reason: reason.rawValue, input: fingerprint.input,
                    settings: fingerprint.settings, code: fingerprint.code, output: result.output))
        }
        return StageSummary(given: given.count, entries: result.entries, worked: result.worked, reused: result.reused)
    }

    /// A workspace holds one review for good.
    private func claimWorkspace() throws {
        let found = try store.read { try $0.fact("id") }
        if let found, found != plan.review.id {
            throw StoreError.otherReview(workspace: store.workspace, found: found, wanted: plan.review.id)
        }
        // Whatever becomes of this run, other verbs find the plan by what the workspace remembers.
        let folder = URL(filePath: plan.folder).standardizedFileURL.path
        try store.write { transaction in
            try transaction.setFact("id", plan.review.id)
            if try transaction.fact("pipeline") != folder { try transaction.setFact("pipeline", folder) }
        }
    }

    private func begin(_ number: Int) throws {
        try store.write {
            try $0.begin(
                run: number, at: options.now(), softwareVersion: options.softwareVersion,
                plan: SHA256Digest(of: plan.text).hex)
        }
    }

    private func end(_ number: Int, _ state: RunRow.State, message: String?) throws {
        try store.write { try $0.end(run: number, state: state, at: options.now(), message: message) }
    }
}

extension StageSummary {
    package init(given: Int, entries: [LedgerEntry], worked: Int = 0, reused: Int = 0) {
        func counts(_ state: LedgerEntry.State) -> [Count] {
            Dictionary(grouping: entries.filter { $0.state == state }, by: { $0.reason ?? "" })
                .map { Count(reason: $0.key, count: $0.value.count) }
                .sorted { $0.reason < $1.reason }
        }
        self.init(
            given: given, advanced: entries.count { $0.state == .advanced }, removed: counts(.removed),
            pending: counts(.pending), worked: worked, reused: reused)
    }
}

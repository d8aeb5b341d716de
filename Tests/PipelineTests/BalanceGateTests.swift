import Bibliography
import Foundation
import Pipeline
import Retrieval
import Store
import Synchronization
import TestSupport
import Testing

/// A stage that works as it should and then forgets one id, to see whether anyone notices.
private struct ForgetfulStage: Stage {
    let inner: any Stage
    let lost: @Sendable ([LedgerEntry]) -> Int?

    var name: StageName { inner.name }
    var codeVersion: Int { inner.codeVersion }
    func settings(_ context: StageContext) throws -> String { try inner.settings(context) }
    func input(_ context: StageContext) throws -> String { try inner.input(context) }
    func outputIsMissing(_ context: StageContext) throws -> Bool { try inner.outputIsMissing(context) }

    func run(_ context: StageContext) async throws -> StageResult {
        var result = try await inner.run(context)
        if let index = lost(result.entries) { result.entries.remove(at: index) }
        return result
    }
}

/// Keeps what a run tells.
final class SilentProgress: RunProgress {
    let stages = Mutex<[StageName]>([])
    let notices = Mutex<[String]>([])

    func stageStarts(_ stage: StageName, because reason: RerunReason) { stages.withLock { $0.append(stage) } }
    func stageIsUpToDate(_ stage: StageName) {}
    func stageAdvances(_ stage: StageName, done: Int, of total: Int, what: String) {}
    func stageEnds(_ stage: StageName, _ summary: StageSummary) {}
    func notice(_ text: String) { notices.withLock { $0.append(text) } }
}

/// A run of the shipped review on its invented corpus, in this process.
struct ReplayedRun {
    let folder: TemporaryFolder
    let plan: Plan

    init() throws {
        folder = try TemporaryFolder()
        plan = try Plan.read(folder: Checkout.url("Pipelines/iv-ketamine-trd").path)
    }

    var workspace: String { folder.path("w") }

    func run(
        _ stages: [any Stage] = Runner.allStages, forced: Set<StageName> = [], plan other: Plan? = nil
    ) async throws -> (outcome: RunOutcome, progress: SilentProgress) {
        let store = try ReviewStore(writingTo: workspace)
        let archive = try Archive(folder: workspace + "/archive")
        let options = RunOptions(
            workspace: workspace, replay: Checkout.url("Fixtures/iv-ketamine-trd").path, forced: forced,
            softwareVersion: "test", now: { "2026-01-01T00:00:00Z" })
        let progress = SilentProgress()
        let runner = Runner(
            plan: other ?? plan, store: store, archive: archive, options: options, progress: progress, stages: stages)
        return (try await runner.run(), progress)
    }

    func store() throws -> ReviewStore { try ReviewStore(reading: workspace) }
}

@Suite("The balance gate")
struct BalanceGateTests {
    @Test(
        "a stage that loses one id is refused, the id is named, and nothing of the stage is kept",
        arguments: StageName.allCases)
    func loseOne(stage: StageName) async throws {
        let review = try ReplayedRun()
        let stages = Runner.allStages.map { inner -> any Stage in
            guard inner.name == stage else { return inner }
            return ForgetfulStage(inner: inner) { $0.isEmpty ? nil : $0.count / 2 }
        }
        let error = await #expect(throws: StageImbalance.self) { try await review.run(stages) }
        #expect(error?.stage == stage)
        #expect(error?.lost.count == 1)
        let lost = try #require(error?.lost.first)
        #expect(error?.description.contains(lost.rawValue) == true)
        #expect(try review.store().read { try $0.ledger(stage: stage.rawValue) }.isEmpty)
        #expect(try review.store().read { try $0.lastRun()?.state } == .failed)

        // Once the stage forgets nothing, the same run goes on and ends.
        let (outcome, _) = try await review.run()
        #expect(outcome.run == 1)
        #expect(outcome.stagesRun.first == stage)
    }

    @Test("a second run does no stage work")
    func secondRun() async throws {
        let review = try ReplayedRun()
        let (first, _) = try await review.run()
        #expect(first.stagesRun == StageName.allCases)
        let (second, progress) = try await review.run()
        #expect(second.run == nil && second.stagesRun.isEmpty)
        #expect(progress.stages.withLock { $0 }.isEmpty)
        #expect(try review.store().read { try $0.runs() }.count == 1)
    }

    @Test("a person's decision moves the report, and only what depends on it is run")
    func personDecides() async throws {
        let review = try ReplayedRun()
        _ = try await review.run()
        let waiting = try review.store().read { try $0.ledger(stage: "screen") }.filter { $0.state == .pending }
        let id = try #require(waiting.first?.id)
        let draft = DecisionDraft(
            record: id.rawValue, decision: "exclude", reason: "population", reviewer: "AB", note: nil)
        #expect(
            try DecisionImport.append(
                [draft], to: try ReviewStore(writingTo: review.workspace), plan: review.plan,
                defaults: DecisionDefaults(), now: "2026-01-02T00:00:00Z"
            ).added.count == 1)

        let (second, _) = try await review.run()
        #expect(second.stagesRun.first == .screen)
        let entry = try review.store().read { try $0.ledger(stage: "screen") }.first { $0.id == id }
        #expect(entry == .removed(id, "population", by: .people))

        // The rules, run again by force, do not overrule the person.
        _ = try await review.run(forced: [.screen])
        #expect(try review.store().read { try $0.ledger(stage: "screen") }.first { $0.id == id } == entry)
    }

    @Test("a criterion that is edited runs screening again and names why")
    func settingsChange() async throws {
        let review = try ReplayedRun()
        _ = try await review.run()
        let text = review.plan.text.replacing("assessedOn: abstract", with: "assessedOn: fullText")
        #expect(text != review.plan.text)
        let changed = try Plan.read(text: text, file: "pipeline.yaml")
        let (outcome, _) = try await review.run(plan: changed)
        #expect(outcome.stagesRun.first == .screen)
        let row = try review.store().read { try $0.lastStageRun("screen") }
        #expect(row?.reason == RerunReason.settingsChanged.rawValue)
    }

    @Test("an output that was deleted is written again, and nothing else is run")
    func outputMissing() async throws {
        let review = try ReplayedRun()
        _ = try await review.run()
        let path = review.workspace + "/output/flow.svg"
        let before = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        let (outcome, _) = try await review.run()
        #expect(outcome.stagesRun == [.report])
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
}

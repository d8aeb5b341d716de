import Bibliography
import Foundation
package import Retrieval
package import Store

/// Holds a workspace against itself: nothing is asked, run or written.
package struct Verifier {
    private let plan: Plan
    private let store: ReviewStore
    private let redaction: Redaction
    private let progress: (Verification.Part, Int, Int) -> Void
    private let context: StageContext

    /// - Parameters:
    ///   - secret: the API key, which no file of the workspace may hold; nil when there is none to look for.
    ///   - progress: how far a part is, for a terminal.
    package init(
        plan: Plan, store: ReviewStore, archive: Archive, secret: String?,
        progress: @escaping (Verification.Part, Int, Int) -> Void
    ) {
        self.plan = plan
        self.store = store
        self.progress = progress
        redaction = Redaction(key: secret)
        context = StageContext(
            plan: plan, store: store, archive: archive,
            options: RunOptions(workspace: store.workspace, offline: true, softwareVersion: "", now: { "" }), run: 0,
            progress: NoProgress())
    }

    /// Every part, in the order in which a datum passes through them.
    package func verify() throws -> Verification {
        let stages = try current()
        var findings = [archive(), try database()]
        findings.append(try stages.contains(.parse) ? records() : unread(.records))
        findings.append(try ledger(stages))
        findings.append(stages.contains(.report) ? flow() : unread(.flow))
        findings.append(try output())
        if redaction.isArmed { findings.append(secrets()) }
        return Verification(findings: findings)
    }

    private func archive() -> Verification.Finding {
        let found = context.archive.verify(redaction: redaction) { progress(.archive, $0, $1) }
        let notes =
            found.unlisted.isEmpty
            ? [] : ["\(found.unlisted.count) answers that a killed run left unlisted; they are asked for again"]
        return .init(
            part: .archive, looked: "\(found.answers) answers to \(found.exchanges) requests",
            problems: found.problems, notes: notes)
    }

    private func database() throws -> Verification.Finding {
        .init(part: .database, looked: "every page and index", problems: try store.integrityProblems())
    }

    /// Reads every answer again, as `parse` does.
    private func records() throws -> Verification.Finding {
        let sources = try store.read { try $0.sources() }
        let given = Set(try context.advanced(from: .fetch))
        let stored = Dictionary(
            try store.read { try $0.records() }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var problems: [String] = []
        var seen: Set<RecordID> = []
        for (index, source) in sources.enumerated() {
            progress(.records, index, sources.count)
            do {
                for row in try ParseStage.read(source, given: given, plan: plan, archive: context.archive).rows {
                    seen.insert(row.id)
                    guard let known = stored[row.id] else {
                        problems.append("\(row.id): it stands in answer \(row.answer) and not in the database")
                        continue
                    }
                    if known != row {
                        problems.append(
                            "\(row.id): answer \(row.answer) reads to another record than the database holds")
                    }
                }
            } catch {
                problems.append("\(source.id): \(error)")
                // What cannot be read is said once, not once a record.
                seen.formUnion(source.listed)
            }
        }
        problems += stored.keys.filter { !seen.contains($0) }.sorted().map { "\($0): no archived answer holds it" }
        return .init(part: .records, looked: "\(stored.count) records of \(sources.count) sources", problems: problems)
    }

    /// Each stage's page against what the stage before passed on.
    private func ledger(_ stages: Set<StageName>) throws -> Verification.Finding {
        var problems: [String] = []
        var count = 0
        for stage in stages.sorted() {
            let entries = try store.read { try $0.ledger(stage: stage.rawValue) }
            let given = try given(to: stage)
            count += entries.count
            do {
                try BalanceGate.check(stage, given: given, entries: entries)
            } catch {
                problems.append(error.description)
            }
        }
        let next = StageName.allCases.first { !stages.contains($0) }
        return .init(
            part: .ledger, looked: "\(count) entries of \(stages.count) stages", problems: problems,
            notes: next.map { ["\($0.rawValue) has not been run on its newest input; `sluice run` does it"] } ?? [])
    }

    private func given(to stage: StageName) throws -> [RecordID] {
        switch stage {
        case .fetch: try store.read { try $0.sources() }.flatMap(\.listed)
        case .report: try store.read { try $0.ledger(stage: StageName.fetch.rawValue) }.map(\.id)
        default: try stage.giver.map { try context.advanced(from: $0) } ?? []
        }
    }

    private func flow() -> Verification.Finding {
        do {
            _ = try ReviewReading(store: store, plan: plan).flow()
            return .init(part: .flow, looked: "every box", problems: [])
        } catch {
            return .init(part: .flow, looked: "every box", problems: ["\(error)"])
        }
    }

    private func output() throws -> Verification.Finding {
        let written = try store.read { try $0.fact(ReportStage.fact) } ?? ""
        return .init(
            part: .output, looked: "\(written.split(separator: "\n").count) files",
            problems: OutputFolder(path: context.outputPath).differences(from: written))
    }

    private func unread(_ part: Verification.Part) -> Verification.Finding {
        .init(part: part, looked: "nothing: the stages before have something new", problems: [])
    }

    /// The stages whose last run was on what they would read now, up to the first that is behind. What `fetch` would
    /// read are the sources themselves, which are not asked.
    private func current() throws -> Set<StageName> {
        var names: Set<StageName> = []
        for stage in Runner.allStages {
            guard let last = try store.read({ try $0.lastStageRun(stage.name.rawValue) }) else { break }
            guard try stage.name == .fetch || last.input == stage.input(context) else { break }
            names.insert(stage.name)
        }
        return names
    }

    /// Every file of the workspace but those of the archive, which are read inflated.
    private func secrets() -> Verification.Finding {
        let files = (FileManager.default.enumerator(atPath: store.workspace)?.compactMap { $0 as? String } ?? [])
            .filter { !$0.hasPrefix("archive/") }.sorted()
        let holding = files.filter { name in
            FileManager.default.contents(atPath: store.workspace + "/" + name).map { redaction.finds(in: [UInt8]($0)) }
                ?? false
        }
        return .init(
            part: .secrets, looked: "\(files.count) files", problems: holding.map { "\($0): the API key stands in it" })
    }
}

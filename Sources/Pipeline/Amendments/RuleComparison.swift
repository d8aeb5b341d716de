package import Bibliography
import Retrieval
import Screening
import Store

/// What a plan's rules would change in a review that was judged before, and nothing is changed by asking.
package struct RuleComparison: Sendable {
    package var changes: [RuleChange]
    /// By report.
    package var flips: [Flip]
    /// Decisions of people that the new rules contradict; they stand.
    package var overrulings: [Overruling]
    /// Reports that were judged before and are compared, and how many of them on their full text.
    package var compared: Int
    package var comparedOnFullText: Int
    /// Reports that the rules have not judged as they are now: a run will.
    package var notJudged: Int
    /// Reports that only these rules leave in, and whose full text has not been looked for.
    package var wanted: Set<RecordID>
    /// What a person should know of it.
    package var notices: [String]
}

extension ReviewReading {
    /// Judges every report of the review by the plan's rules, full texts included, and tells what differs from what
    /// stands. Nothing is written and nothing is asked of any service.
    ///
    /// - Throws: `RunError.missingPart` where the plan has no criteria; `RunError`, `StoreError`, `RetrievalError`.
    package func compareRules(
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws
        -> RuleComparison
    {
        guard plan.screeningDeclaration != nil else {
            throw RunError.missingPart(stage: .screen, part: "criteria", pipeline: plan.path)
        }
        let code = ScreenStage.version
        let (kept, reports, known, texts, decisions) = try store.read { transaction in
            (
                try KeptRules(transaction), try transaction.reports(),
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                try transaction.fullTexts(), PeoplesDecisions(try transaction.decisions(), plan)
            )
        }
        let records = Dictionary(try records().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let stand = reports.filter { records[$0.id] != nil }
        let digests = FullTextDigests(texts)
        var wanted: Set<RecordID> = []
        var notices: [String] = []
        let judging = ReportJudging(plan: plan, code: code, decisions: decisions, known: known)
        let judged = try await judging.judge(stand, stand.compactMap { records[$0.id] }) { sought in
            guard plan.assessesFullText else { return FullTextsFound() }
            let context = try lookingContext()
            // As the rules change and not the texts: what was read then is read now.
            var found = FullTextsFound(texts: try context.fullTexts(of: Set(sought.map(\.id))))
            let new = sought.filter { digests[$0.id] == nil && known[$0.id]?.decision == Decision.exclude.rawValue }
            guard let place = plan.fullTexts, !new.isEmpty else { return found }
            do {
                let more = try await FullTextSearch(plan: place, context: context).find(try context.soughtReports(new))
                found.texts.merge(more.texts) { old, _ in old }
            } catch RunError.fullTexts(let path, _, isMissing: true) {
                notices.append(
                    "The folder of full texts \(path) is not there: reports that only these rules leave in are shown on "
                        + "title and abstract.")
            }
            wanted = Set(new.map(\.id)).subtracting(found.texts.keys)
            return found
        } advances: { done, total in
            progress(done, total)
        }
        let effect = try RulesEffect(of: judged, on: known, kept: kept, texts: digests, decisions)
        return RuleComparison(
            changes: kept?.changes(in: RuleBook(plan, code: code)) ?? [], flips: effect.flips,
            overrulings: effect.overrulings, compared: effect.compared,
            comparedOnFullText: effect.comparedOnFullText,
            notJudged: effect.notJudged + reports.count - stand.count, wanted: wanted, notices: notices)
    }

    /// As a stage sees the review, but it can only look: offline, and with an archive that takes nothing.
    private func lookingContext() throws -> StageContext {
        StageContext(
            plan: plan, store: store,
            archive: try Archive(folder: store.workspace + "/archive", readOnly: true),
            options: RunOptions(workspace: store.workspace, offline: true, softwareVersion: "", now: { "" }),
            run: try store.read { try $0.lastRun()?.number } ?? 0, progress: NoProgress())
    }
}

import Bibliography
import Foundation
import Interchange
package import Screening
package import Store

/// Judges each report by the review's criteria and lets people's decisions stand above the rules.
struct ScreenStage: Stage {
    let name = StageName.screen
    let codeVersion = Self.version
    /// Raised whenever the same rules would judge a text differently.
    static let version = 1

    func settings(_ context: StageContext) -> String {
        context.plan.canonical(section: .annotation) + context.plan.canonical(section: .screening)
            + (context.plan.fullTexts == nil ? "" : context.plan.canonical(section: .fullTexts))
    }

    /// The reports and what people decided; behind a blank the content of the folder of full texts, where there is one.
    func input(_ context: StageContext) throws -> String {
        let input = try context.store.read { try Self.input($0) }
        guard let plan = context.plan.fullTexts, plan.folder != nil else { return input }
        return try input + " " + FullTextFolder(plan, context).content()
    }

    /// Full texts that nobody has asked PubMed Central for, now that it can be asked.
    func outputIsMissing(_ context: StageContext) throws -> Bool {
        guard context.plan.fullTexts?.pmc == true, !context.options.offline else { return false }
        return try context.store.read { try $0.fullTexts() }.contains { $0.state == .notAsked }
    }

    /// The reports, and what people decided.
    static func input(_ transaction: StoreTransaction) throws -> String {
        let output = try transaction.lastStageRun(StageName.deduplicate.rawValue)?.output ?? ""
        return digest(of: [output, PeoplesDecisions.digest(try transaction.decisions())])
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let rules = ReportJudging.rulesDigest(of: context.plan, code: codeVersion)
        let given = Set(try context.advanced(from: .deduplicate))
        let (reports, known, decisions, kept, earlier) = try context.store.read { transaction in
            (
                try transaction.reports().filter { given.contains($0.id) },
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                PeoplesDecisions(try transaction.decisions(), context.plan), try KeptRules(transaction),
                FullTextDigests(try transaction.fullTexts())
            )
        }
        let judging = ReportJudging(plan: context.plan, code: codeVersion, decisions: decisions, known: known)
        let judged = try await judging.judge(reports, try context.records(reports.map(\.id))) { sought in
            guard let plan = context.plan.fullTexts else { return FullTextsFound() }
            let found = try await FullTextSearch(plan: plan, context: context).find(try context.soughtReports(sought))
            FullTextNotice.tell(found.rows, context.progress)
            return found
        } advances: { done, total in
            context.progress.stageAdvances(.screen, done: done, of: total, what: "reports")
        }
        let entries = reports.indices.map { position in
            decisions.entry(
                for: reports[position], rules: RulesWord(judged.titles[position]), text: judged.words[position])
        }

        var amendment: AmendmentRow?
        if let kept, kept.digest != rules {
            let effect = try RulesEffect(of: judged, on: known, kept: kept, texts: earlier, decisions)
            amendment = AmendmentRow(
                run: context.run, kept.changes(in: RuleBook(context.plan, code: codeVersion)), effect.flips)
            if amendment != nil { effect.tell(context.progress) }
        }
        let appended = amendment
        let reused = judged.rows.count { known[$0.report]?.input == $0.input }
        return StageResult(
            entries: entries,
            output: digest(
                of: [try context.output(of: .deduplicate)] + entries.map(\.line) + judged.looked.map(\.line)
                    + judged.rows.map(\.json)),
            worked: reports.count - reused, reused: reused
        ) { transaction in
            try transaction.replace(judgements: judged.rows)
            try transaction.replace(fullTexts: judged.looked)
            try KeptRules.keep(RuleBook(context.plan, code: codeVersion), digest: rules, transaction)
            if let appended { try transaction.append(appended) }
        }
    }
}

extension LedgerEntry {
    /// All of it, for the digest of an output.
    fileprivate var line: String {
        [id.rawValue, state.rawValue, reason ?? "", actor?.rawValue ?? "", assessedOn?.rawValue ?? ""]
            .joined(separator: " ")
    }
}

extension FullTextRow {
    fileprivate var line: String {
        "\(origin.rawValue) \(name) \(position) \(answer) \(report?.rawValue ?? "") \(state.rawValue)"
    }
}

extension RulesWord {
    init(_ row: JudgementRow) { self.init(decision: row.decision, reason: row.reason) }
}

extension JudgementRow {
    /// What the rules say of title and abstract.
    var titleWord: RulesWord {
        titleDecision.map { RulesWord(decision: $0, reason: titleReason) } ?? RulesWord(self)
    }

    /// What they say of the full text; `counted` is where the last run put the report.
    func textWord(_ counted: LedgerEntry?) -> FullTextWord? {
        if read == .fullText { return .read(RulesWord(self)) }
        return counted?.reason == LedgerReason.noFullText ? .missing : nil
    }
}

extension JudgementRow {
    init(report: RecordID, input: String, _ judgement: Judgement) {
        var json = JSONWriter()
        judgement.writeJSON(id: report.rawValue, to: &json)
        self.init(
            report: report, input: input, decision: judgement.decision.rawValue, reason: judgement.reason,
            json: json.text)
    }

    /// The judgement that the row holds.
    package var judgement: Judgement {
        get throws {
            do {
                return try JSONDecoder().decode(Judgement.self, from: Data(json.utf8))
            } catch {
                throw RunError.damagedRow(table: "judgement", id: report.rawValue, cause: "\(error)")
            }
        }
    }
}

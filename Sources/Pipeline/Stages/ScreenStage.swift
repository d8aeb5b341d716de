import Annotation
import Bibliography
import Foundation
import Interchange
import Parallelism
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
        // Without criteria nothing is decided by rules: every report waits for a person.
        let screener = try context.plan.screening.screener()
        let rules = ReportJudging.rulesDigest(of: context.plan, code: codeVersion)
        let given = Set(try context.advanced(from: .deduplicate))
        let (reports, known, decisions, kept) = try context.store.read { transaction in
            (
                try transaction.reports().filter { given.contains($0.id) },
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                PeoplesDecisions(try transaction.decisions(), context.plan), try KeptRules(transaction)
            )
        }
        let records = try context.records(reports.map(\.id))

        // First on title and abstract.
        let inputs = records.map { ReportJudging.input(rules: rules, $0) }
        let fresh = reports.indices.filter { known[reports[$0].id]?.input != inputs[$0] }
        let new = ReportJudging.judge(fresh.map { records[$0] }, screener, context.plan) { done in
            context.progress.stageAdvances(.screen, done: done, of: fresh.count, what: "reports")
        }
        let judged = Dictionary(uniqueKeysWithValues: zip(fresh, new))
        var judgements = reports.indices.compactMap { position in
            judged[position].map { JudgementRow(report: reports[position].id, input: inputs[position], $0) }
                ?? known[reports[position].id]
        }
        let words = judgements.map { RulesWord($0) }

        // What title and abstract leave in is sought, and judged on its full text where there is one.
        let sought = reports.indices.filter { decisions.isSought(reports[$0], rules: words[$0]) }
        var texts: FullTextsFound?
        if let plan = context.plan.fullTexts {
            texts = try await FullTextSearch(plan: plan, context: context).find(
                try context.soughtReports(sought.map { reports[$0] }))
            FullTextNotice.tell(texts?.rows ?? [], context.progress)
        }
        var textWords: [Int: FullTextWord] = [:]
        var textDigests: [RecordID: String] = [:]
        if let texts, context.plan.assessesFullText {
            let annotator = Annotator(interest: context.plan.annotation.drugs)
            for position in sought {
                let report = reports[position]
                guard let found = texts.texts[report.id] else {
                    textWords[position] = .missing
                    continue
                }
                let input = ReportJudging.input(rules: rules, records[position], text: found.digest)
                if let last = known[report.id], last.input == input {
                    judgements[position] = last
                } else {
                    let document = Document(records[position], fullText: found.text)
                    judgements[position] = JudgementRow(
                        report: report.id, input: input,
                        screener.judge(document, by: annotator))
                }
                textWords[position] = .read(RulesWord(judgements[position]))
                textDigests[report.id] = found.digest
            }
        }
        let entries = reports.indices.map { position in
            decisions.entry(for: reports[position], rules: words[position], text: textWords[position])
        }

        let change = try kept.flatMap { kept in
            kept.digest == rules
                ? nil
                : try RulesChange(
                    from: kept, to: RuleBook(context.plan, code: codeVersion), run: context.run,
                    reports: reports, records: records, known: known, judgements: judgements, texts: textDigests,
                    decisions: decisions)
        }
        change?.tell(context.progress)
        let reused = judgements.count { known[$0.report]?.input == $0.input }
        let (rows, found) = (judgements, texts?.rows ?? [])
        return StageResult(
            entries: entries,
            output: digest(
                of: [try context.output(of: .deduplicate)] + entries.map(\.line) + found.map(\.line)
                    + judgements.map(\.json)),
            worked: reports.count - reused, reused: reused
        ) { transaction in
            try transaction.replace(judgements: rows)
            try transaction.replace(fullTexts: found)
            try KeptRules.keep(RuleBook(context.plan, code: codeVersion), digest: rules, transaction)
            if let amendment = change?.amendment { try transaction.append(amendment) }
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

import Annotation
import Bibliography
import Foundation
import Interchange
package import Screening
package import Store

/// Judges each report by the review's criteria and lets people's decisions stand above the rules.
struct ScreenStage: Stage {
    let name = StageName.screen
    let codeVersion = 1
    private static let batchSize = 1024

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
        return digest(
            of: [output]
                + (try transaction.decisions()).map {
                    "\($0.number) \($0.record) \($0.decision) \($0.reason ?? "") \($0.reviewer)"
                })
    }

    func run(_ context: StageContext) async throws -> StageResult {
        // Without criteria nothing is decided by rules: every report waits for a person.
        let screener = try context.plan.screening.screener()
        let kinds = screener.findings
        let rules = digest(of: [settings(context), String(codeVersion)])
        let given = Set(try context.advanced(from: .deduplicate))
        let (reports, known, decisions) = try context.store.read { transaction in
            (
                try transaction.reports().filter { given.contains($0.id) },
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                PeoplesDecisions(try transaction.decisions())
            )
        }
        let records = try context.records(reports.map(\.id))

        let annotator = Annotator(interest: context.plan.annotation.drugs)
        let inputs = records.map { digest(of: [rules, $0.jsonText]) }
        let fresh = reports.indices.filter { known[reports[$0].id]?.input != inputs[$0] }
        // In parts, so that a long list tells how far it is.
        var judged: [Int: Judgement] = [:]
        for start in stride(from: 0, to: fresh.count, by: Self.batchSize) {
            context.progress.stageAdvances(.screen, done: start, of: fresh.count, what: "reports")
            let part = Array(fresh[start..<min(start + Self.batchSize, fresh.count)])
            let judgements = Parallel.map(part.map { records[$0] }) { record in
                let document = Document(record)
                return screener.judge(document, annotator.annotate(document, for: kinds))
            }
            for (position, judgement) in zip(part, judgements) { judged[position] = judgement }
        }
        var judgements: [JudgementRow] = []
        for (position, report) in reports.enumerated() {
            if let judgement = judged[position] {
                judgements.append(JudgementRow(report: report.id, input: inputs[position], judgement))
            } else if let last = known[report.id] {
                judgements.append(last)
            }
        }

        // What title and abstract leave in is sought.
        let onAbstract = zip(reports, judgements).map { decisions.entry(for: $0, rules: $1) }
        var texts: FullTextsFound?
        if let plan = context.plan.fullTexts {
            let sought = reports.indices.filter { onAbstract[$0].state != .removed }
            texts = try await FullTextSearch(plan: plan, context: context).find(
                try context.soughtReports(sought.map { reports[$0] }))
            FullTextNotice.tell(texts?.rows ?? [], context.progress)
        }
        var entries = onAbstract
        if let texts, context.plan.assessesFullText {
            for (position, report) in reports.enumerated() where onAbstract[position].state != .removed {
                guard let found = texts.texts[report.id] else {
                    entries[position] = decisions.entry(for: report, rules: judgements[position], text: .missing)
                    continue
                }
                let input = digest(of: [rules, records[position].jsonText, found.digest])
                if let last = known[report.id], last.input == input {
                    judgements[position] = last
                } else {
                    let document = Document(records[position], fullText: found.text)
                    judgements[position] = JudgementRow(
                        report: report.id, input: input,
                        screener.judge(document, annotator.annotate(document, for: kinds)))
                }
                entries[position] = decisions.entry(for: report, rules: judgements[position], text: .read)
            }
        }

        let reused = judgements.count { known[$0.report]?.input == $0.input }
        let lines =
            entries.map { "\($0.id) \($0.state.rawValue) \($0.reason ?? "") \($0.actor?.rawValue ?? "")" }
            + (texts?.rows ?? []).map {
                "\($0.origin.rawValue) \($0.name) \($0.position) \($0.answer) \($0.report?.rawValue ?? "") \($0.state.rawValue)"
            }
        let rows = judgements
        return StageResult(
            entries: entries,
            output: digest(of: [try context.output(of: .deduplicate)] + lines + judgements.map(\.json)),
            worked: reports.count - reused, reused: reused
        ) { transaction in
            try transaction.replace(judgements: rows)
            try transaction.replace(fullTexts: texts?.rows ?? [])
        }
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

/// What people decided, as it holds now.
struct PeoplesDecisions {
    private let byRecord: [RecordID: [DecisionRow]]

    init(_ log: [DecisionRow]) { byRecord = Dictionary(grouping: log, by: \.record) }

    /// The decisions that hold for a report: each reviewer's newest word on any of its records, so that records that
    /// were decided apart and joined later leave nobody at odds with themselves. In the order of names.
    func of(_ report: Report) -> [DecisionRow] {
        var newest: [String: DecisionRow] = [:]
        for row in report.records.flatMap({ byRecord[$0] ?? [] }).sorted(by: { $0.number < $1.number }) {
            newest[row.reviewer] = row
        }
        return newest.values.filter { $0.decision != "withdrawn" }.sorted { $0.reviewer < $1.reviewer }
    }

    /// What the rules had to go by, where a report is assessed on its full text.
    enum Text { case read, missing }

    /// The report's line in the ledger: people first, then the rules.
    ///
    /// - Parameter text: nil where title and abstract decide.
    func entry(for report: Report, rules: JudgementRow, text: Text? = nil) -> LedgerEntry {
        let people = of(report)
        guard let first = people.first else {
            switch rules.decision {
            case _ where text == .missing: return .pending(report.id, LedgerReason.noFullText)
            // No rule puts out on a full text what title and abstract left in: a person looks at its words.
            case Decision.exclude.rawValue where text == .read:
                return .pending(report.id, LedgerReason.fullTextFails)
            case Decision.include.rawValue: return .advanced(report.id, by: .rules)
            case Decision.exclude.rawValue: return .removed(report.id, rules.reason ?? "criteria", by: .rules)
            default: return .pending(report.id, LedgerReason.unclear)
            }
        }
        guard people.allSatisfy({ $0.decision == first.decision }) else {
            return .pending(report.id, LedgerReason.reviewersDisagree)
        }
        switch first.decision {
        case Decision.include.rawValue: return .advanced(report.id, by: .people)
        case Decision.exclude.rawValue:
            return .removed(report.id, people.compactMap(\.reason).first ?? "criteria", by: .people)
        default: return .pending(report.id, LedgerReason.unclear)
        }
    }
}

import Annotation
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
    }

    func input(_ context: StageContext) throws -> String {
        try context.store.read { try Self.input($0) }
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
        let rules = ReportJudging.rulesDigest(of: context.plan, code: codeVersion)
        let given = Set(try context.advanced(from: .deduplicate))
        let (reports, known, decisions, kept) = try context.store.read { transaction in
            (
                try transaction.reports().filter { given.contains($0.id) },
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                PeoplesDecisions(try transaction.decisions()), try KeptRules(transaction)
            )
        }
        let records = try context.records(reports.map(\.id))

        var judgements: [JudgementRow] = []
        var entries: [LedgerEntry] = []
        var flips: [Flip] = []
        let inputs = records.map { ReportJudging.input(rules: rules, $0) }
        let fresh = reports.indices.filter { known[reports[$0].id]?.input != inputs[$0] }
        let new = ReportJudging.judge(fresh.map { records[$0] }, screener, context.plan) { done in
            context.progress.stageAdvances(.screen, done: done, of: fresh.count, what: "reports")
        }
        let judged = Dictionary(uniqueKeysWithValues: zip(fresh, new))
        for (position, report) in reports.enumerated() {
            let row: JudgementRow
            if let judgement = judged[position] {
                row = JudgementRow(report: report.id, input: inputs[position], judgement)
                if let kept, let last = known[report.id], kept.digest != rules,
                    // A record that changed as well is no matter of the rules.
                    last.input == ReportJudging.input(rules: kept.digest, records[position]),
                    let flip = Flip(
                        report.id, title: nil, before: try last.judgement, after: judgement,
                        people: decisions.summary(of: report))
                {
                    flips.append(flip)
                }
            } else if let last = known[report.id] {
                row = last
            } else {
                continue
            }
            judgements.append(row)
            entries.append(decisions.entry(for: report, rules: row))
        }

        let book = RuleBook(context.plan, code: codeVersion)
        let amendment = kept.flatMap { kept in
            kept.digest == rules ? nil : AmendmentRow(run: context.run, kept.changes(in: book), flips)
        }
        if amendment != nil {
            let moved = flips.count { $0.changesDecision && $0.people == nil }
            context.progress.notice(
                "The rules changed: \(moved) decisions flip. What changed and why each one flips is recorded: "
                    + "sluice export amendments, sluice export flips.")
            let against = zip(reports, judgements).filter { report, row in
                (try? row.judgement).map { decisions.contradict($0, of: report) } ?? false
            }
            if !against.isEmpty {
                context.progress.notice(
                    "\(against.count) decisions of people stand against these rules: sluice export overruled.")
            }
        }
        let lines = entries.map { "\($0.id) \($0.state.rawValue) \($0.reason ?? "") \($0.actor?.rawValue ?? "")" }
        return StageResult(
            entries: entries,
            output: digest(of: [try context.output(of: .deduplicate)] + lines + judgements.map(\.json)),
            worked: fresh.count, reused: reports.count - fresh.count
        ) { transaction in
            try transaction.replace(judgements: judgements)
            try KeptRules.keep(book, digest: rules, transaction)
            if let amendment { try transaction.append(amendment) }
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

    /// The report's line in the ledger: people first, then the rules.
    func entry(for report: Report, rules: JudgementRow) -> LedgerEntry {
        let people = of(report)
        guard let first = people.first else {
            switch rules.decision {
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

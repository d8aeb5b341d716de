package import Bibliography
package import Store

/// Where a report stands with its reviewers at one stage.
package struct StageStanding: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// Nobody decided anything that holds.
        case untouched
        /// Fewer reviewers than the review asks for.
        case waiting
        /// Enough reviewers, not of one mind.
        case conflict
        /// `include`, `exclude` with its reason, or `unclear`.
        case settled(String, reason: String?)
    }

    package var report: RecordID
    package var stage: DecisionStage
    /// Each reviewer's word that holds, in the order of names.
    package var words: [DecisionRow]
    /// The adjudicator's or the common word, where there is one: it stands above those of single reviewers.
    package var settlement: DecisionRow?
    package var outcome: Outcome
    /// Whether words must not be shown yet, withdrawn ones neither: a reviewer whose word is still to come could see them.
    package var isBlind: Bool

    /// Whether a third person, or the reviewers together, have something to settle: they disagree, or agree that they
    /// do not know.
    package var isForAdjudication: Bool {
        if case .settled("unclear", _) = outcome { return true }
        return outcome == .conflict
    }

    package func word(of reviewer: String) -> DecisionRow? {
        words.first { PersonKey($0.reviewer) == PersonKey(reviewer) }
    }
}

/// What people decided, and what follows from it. A pure function of the log, the reports and the plan.
package struct PeoplesDecisions {
    private let byRecord: [RecordID: [DecisionRow]]
    private let plan: PeoplePlan
    private let assessesFullText: Bool
    /// Reasons in order of precedence.
    private let precedence: [String]

    package init(_ log: [DecisionRow], _ plan: Plan) {
        byRecord = Dictionary(grouping: log, by: \.record)
        self.plan = plan.screening.people
        assessesFullText = plan.assessesFullText
        precedence = plan.reasons(at: .abstract).map(\.id) + [BuiltInReason.notRetrieved]
    }

    var reviewersNeeded: Int { plan.reviewersNeeded }

    /// What the stages that depend on decisions depend on.
    static func digest(_ log: [DecisionRow]) -> String {
        Pipeline.digest(
            of: log.map { row in
                [
                    String(row.number), row.record.rawValue, row.stage.rawValue, row.role.rawValue, row.decision,
                    row.reason ?? "", row.reviewer, row.decidedAt,
                ].joined(separator: "\u{1F}")
            })
    }

    /// Every decision on any record of a report at a stage, oldest first: records that were decided apart and joined
    /// later leave nobody at odds with themselves, and those that part again take their own decisions along.
    func log(of report: Report, at stage: DecisionStage) -> [DecisionRow] {
        report.records.flatMap { byRecord[$0] ?? [] }.filter { $0.stage == stage }.sorted { $0.isOlder(than: $1) }
    }

    package func standing(of report: Report, at stage: DecisionStage) -> StageStanding {
        var newest: [PersonKey: DecisionRow] = [:]
        var settlements: [PersonKey: DecisionRow] = [:]
        for row in log(of: report, at: stage) {
            if row.role.settles {
                // The reviewers together are one voice, whoever of them wrote it down.
                settlements[PersonKey(row.role == .consensus ? "\u{1F}" : row.reviewer)] = row
            } else {
                newest[PersonKey(row.reviewer)] = row
            }
        }
        let words = newest.values.filter { $0.decision != DecisionWord.withdrawn }.sorted { $0.reviewer < $1.reviewer }
        let settlement = settlements.values.filter { $0.decision != DecisionWord.withdrawn }
            .max { $0.isOlder(than: $1) }
        let outcome = outcome(words, settlement, stage)
        return StageStanding(
            report: report.id, stage: stage, words: words, settlement: settlement, outcome: outcome,
            isBlind: plan.reviewersNeeded > 1 && [.untouched, .waiting].contains(outcome))
    }

    private func outcome(
        _ words: [DecisionRow], _ settlement: DecisionRow?, _ stage: DecisionStage
    ) -> StageStanding.Outcome {
        if let settlement { return .settled(settlement.decision, reason: settlement.reason) }
        guard let first = words.first else { return .untouched }
        guard words.count >= plan.reviewersNeeded else { return .waiting }
        let decisions = Set(words.map(\.decision))
        if decisions.count > 1 {
            // Whoever is unsure on title and abstract wants to see the full text, as does whoever includes.
            let isGoingOn = stage == .abstract && assessesFullText && !decisions.contains(DecisionWord.exclude)
            return isGoingOn ? .settled(DecisionWord.include, reason: nil) : .conflict
        }
        let reasons = Set(words.compactMap(\.reason))
        // PRISMA 2020 asks for the reason of each report excluded on its full text: there it must be one.
        if stage == .fullText, reasons.count > 1 { return .conflict }
        let reason = precedence.first(where: reasons.contains) ?? reasons.min()
        return .settled(first.decision, reason: reason)
    }

    /// The report's line in the ledger: people first, then the rules. Who has read the full text has the last word.
    ///
    /// - Parameters:
    ///   - rules: what they say of title and abstract.
    ///   - text: what they say of the full text; nil where none is looked for.
    package func entry(for report: Report, rules: RulesWord, text: FullTextWord? = nil) -> LedgerEntry {
        let full = standing(of: report, at: .fullText)
        if full.outcome != .untouched { return entry(full) }
        let title = standing(of: report, at: .abstract)
        let entry = entry(report, title, rules)
        // Nobody reads the full text before reviewers are through with title and abstract.
        guard assessesFullText, entry.state == .advanced || (entry.state == .pending && title.outcome == .untouched)
        else { return entry }
        switch text {
        case nil: return entry.state == .advanced ? .pending(report.id, LedgerReason.fullText, on: .fullText) : entry
        case .missing: return .pending(report.id, LedgerReason.noFullText, on: .fullText)
        case .read(let word):
            switch word.decision {
            case DecisionWord.include: return .advanced(report.id, by: .rules, on: .fullText)
            // No rule puts out on a full text what title and abstract left in: a person looks at its words.
            case DecisionWord.exclude: return .pending(report.id, LedgerReason.fullTextFails, on: .fullText)
            default: return .pending(report.id, LedgerReason.unclear, on: .fullText)
            }
        }
    }

    /// Whether title and abstract leave the report in, so that its full text is looked for.
    func isSought(_ report: Report, rules: RulesWord) -> Bool {
        entry(report, standing(of: report, at: .abstract), rules).state != .removed
    }

    /// What title and abstract make of the report.
    private func entry(_ report: Report, _ title: StageStanding, _ rules: RulesWord) -> LedgerEntry {
        title.outcome == .untouched ? entry(report, rules) : entry(title)
    }

    private func entry(_ report: Report, _ rules: RulesWord) -> LedgerEntry {
        switch rules.decision {
        case DecisionWord.include: .advanced(report.id, by: .rules)
        case DecisionWord.exclude: .removed(report.id, rules.reason ?? "criteria", by: .rules)
        default: .pending(report.id, LedgerReason.unclear)
        }
    }

    private func entry(_ standing: StageStanding) -> LedgerEntry {
        let id = standing.report
        let place = standing.stage == .fullText ? standing.stage : nil
        switch standing.outcome {
        case .untouched: return .pending(id, LedgerReason.unclear, on: place)
        case .waiting: return .pending(id, LedgerReason.anotherReviewer, on: place)
        case .conflict: return .pending(id, LedgerReason.reviewersDisagree, on: place)
        case .settled(DecisionWord.include, _): return .advanced(id, by: .people, on: place)
        case .settled(DecisionWord.exclude, let reason):
            return .removed(id, reason ?? "criteria", by: .people, on: place)
        case .settled:
            return standing.stage == .abstract && assessesFullText
                ? .advanced(id, by: .people) : .pending(id, LedgerReason.unclear, on: place)
        }
    }
}

/// What the rules say of a report.
package struct RulesWord: Hashable, Sendable {
    package var decision: String
    package var reason: String?

    package init(decision: String, reason: String?) {
        self.decision = decision
        self.reason = reason
    }
}

/// What the rules had to go by where a report is assessed on its full text, and what they say of it.
package enum FullTextWord: Hashable, Sendable {
    case missing
    case read(RulesWord)
}

/// The words of a decision.
package enum DecisionWord {
    package static let include = "include"
    package static let exclude = "exclude"
    package static let unclear = "unclear"
    package static let withdrawn = "withdrawn"
    package static let all = [include, exclude, unclear, withdrawn]
}

import Bibliography
import Store

/// What a decision must be to be taken. Each refusal says what was found and what is accepted.
struct DecisionCheck {
    let plan: Plan
    let defaults: DecisionDefaults
    let now: String

    private var people: PeoplePlan { plan.screening.people }

    /// Reads a draft's words. `decidedAt` of the row is empty where the decision is made now.
    func row(_ draft: DecisionDraft, _ ledger: DecisionLedger) throws(DecisionRefusal) -> DecisionRow {
        let record = try record(draft.record, ledger)
        let decision = draft.decision.lowercased()
        guard DecisionWord.all.contains(decision) else {
            throw DecisionRefusal(
                "'\(draft.decision)' is no decision; accepted: \(DecisionWord.all.joined(separator: ", "))")
        }
        guard
            let reviewer = [draft.reviewer, defaults.reviewer].compactMap({ $0?.trimmed }).first(where: { !$0.isEmpty })
        else { throw DecisionRefusal("who decides? Fill in the column `reviewer`, or use --reviewer") }
        guard reviewer.count <= 100, !reviewer.contains(where: \.isNewline) else {
            throw DecisionRefusal("a reviewer's name is one line of at most 100 letters")
        }
        let stage = try stage(draft.stage)
        var reason = draft.reason.flatMap { $0.isEmpty ? nil : $0 }
        if decision == DecisionWord.exclude { reason = reason ?? defaults.reason }
        return DecisionRow(
            record: record, stage: stage, role: try role(draft.role), decision: decision, reason: reason,
            reviewer: ledger.spelling(reviewer), decidedAt: try time(draft.decidedAt),
            note: draft.note.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// Several records of one report are one: the decision holds for the report.
    private func record(_ name: String, _ ledger: DecisionLedger) throws(DecisionRefusal) -> RecordID {
        let meant = ledger.names.meant(by: name)
        guard let record = meant.first else { throw DecisionRefusal("the review holds no record '\(name)'") }
        guard Set(meant.map(ledger.report(of:))).count == 1 else {
            throw DecisionRefusal(
                "'\(name)' may be \(meant.map(\.rawValue).joined(separator: " or ")); write which of them")
        }
        return record
    }

    private func stage(_ word: String?) throws(DecisionRefusal) -> DecisionStage {
        let accepted = DecisionStage.allCases.map(\.rawValue).joined(separator: ", ")
        if let word {
            let folded = word.lowercased().filter(\.isLetter)
            if let stage = DecisionStage.allCases.first(where: { $0.rawValue.lowercased() == folded }) { return stage }
            throw DecisionRefusal("'\(word)' is no stage; accepted: \(accepted)")
        }
        if let stage = defaults.stage { return stage }
        guard !plan.assessesFullText else {
            throw DecisionRefusal(
                "this review decides on title and abstract, then on the full text: fill in the column `stage`, or use "
                    + "--stage (\(accepted))")
        }
        return .abstract
    }

    private func role(_ word: String?) throws(DecisionRefusal) -> DecisionRole {
        guard let word else { return defaults.role }
        if let role = DecisionRole(rawValue: word.lowercased()) { return role }
        throw DecisionRefusal(
            "'\(word)' is no role; accepted: \(DecisionRole.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    /// `2026-11-27T09:30:00Z`, not later than now: a time in the future would outlast every later decision.
    private func time(_ text: String?) throws(DecisionRefusal) -> String {
        guard let given = text else { return "" }
        let text = Self.restored(given)
        guard CalendarDate.isTime(text) else {
            throw DecisionRefusal(
                "decidedAt '\(given)' is no time such as 2026-11-27T09:30:00Z; where a spreadsheet rewrote the column, read "
                    + "it in as text, or empty the cell of a decision made now")
        }
        guard text <= now else {
            throw DecisionRefusal("decidedAt \(text) lies in the future (it is \(now) here); are the clocks right?")
        }
        return text
    }

    /// What spreadsheets make of a time in ISO 8601: `2026-11-27 09:30:00`.
    private static func restored(_ text: String) -> String {
        let bare = text.hasSuffix("Z") ? String(text.dropLast()) : text
        guard bare.utf8.count == 19 else { return text }
        return bare.replacing(" ", with: "T") + "Z"
    }

    /// Whether a decision made now may be made: by this person, in this role, for this reason.
    func mayDecide(_ row: DecisionRow, _ ledger: DecisionLedger) throws(DecisionRefusal) {
        try checkReason(row)
        switch row.role {
        case .reviewer:
            guard people.mayReview(row.reviewer) else {
                throw DecisionRefusal(
                    "\(row.reviewer) is not among the review's reviewers: \(people.reviewers.joined(separator: ", "))")
            }
        case .consensus:
            guard people.adjudication != .named else {
                throw DecisionRefusal(
                    "disagreements are settled by \(people.adjudicators.joined(separator: ", ")) in this review, "
                        + "not by consensus")
            }
        case .adjudicator:
            guard people.adjudication != .consensus else {
                throw DecisionRefusal("disagreements are settled by consensus in this review, not by a third person")
            }
            guard people.maySettle(row.reviewer) else {
                throw DecisionRefusal(
                    "\(row.reviewer) does not settle disagreements in this review; "
                        + "\(people.adjudicators.joined(separator: ", ")) does")
            }
            let standing = ledger.standing(of: row.record, at: row.stage)
            guard standing.isForAdjudication || standing.settlement != nil else {
                throw DecisionRefusal("there is nothing to settle on \(row.record): its reviewers do not disagree")
            }
            guard standing.word(of: row.reviewer) == nil else {
                throw DecisionRefusal(
                    "\(row.reviewer) is one of the reviewers who decided \(row.record); a third person settles it")
            }
        }
    }

    private func checkReason(_ row: DecisionRow) throws(DecisionRefusal) {
        guard row.decision == DecisionWord.exclude else {
            if let reason = row.reason {
                throw DecisionRefusal("only an exclusion has a reason; found '\(reason)' with '\(row.decision)'")
            }
            return
        }
        let accepted = plan.reasons(at: row.stage).map(\.id)
        guard let reason = row.reason, accepted.contains(reason) else {
            throw DecisionRefusal(
                "an exclusion needs a reason; found \(row.reason.map { "'\($0)'" } ?? "none"), "
                    + "accepted: \(accepted.joined(separator: ", "))")
        }
    }

    /// A row of a log was checked where and when it was written; by now the plan may say otherwise.
    func oddities(_ row: DecisionRow) throws(DecisionRefusal) -> [String] {
        guard row.decision == DecisionWord.exclude, let reason = row.reason, PlanFields.isID(reason) else {
            // Nobody could ever have recorded these.
            try checkReason(row)
            return []
        }
        guard !plan.reasons(at: row.stage).contains(where: { $0.id == reason }) else { return [] }
        return ["\(row.record): the plan has no reason '\(reason)' any more; it is kept as it was given"]
    }
}

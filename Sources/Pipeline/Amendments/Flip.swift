package import Annotation
package import Bibliography
import Interchange
package import Screening
package import Store

/// A report that two books of rules judge differently. What people decided of it stands, whatever the rules say.
package struct Flip: Hashable, Sendable {
    package var report: RecordID
    package var title: String?
    package var before: Judgement
    package var after: Judgement
    /// What was read for either.
    package var readBefore: DecisionStage
    package var readAfter: DecisionStage
    /// `include by AB, CD`: what people decided; nil where nobody did.
    package var people: String?

    /// The decision, or the reason for an exclusion, is another; or what waited for a person, because no rule puts a
    /// report out on its full text, is now out.
    package var changesDecision: Bool {
        before.decision != after.decision || before.reason != after.reason
            || (after.decision == .exclude && readBefore != readAfter)
    }

    /// Criteria whose verdict is another, in the order of the new rules; those of the old ones that are gone last.
    package var criteria: [CriterionFlip] {
        let then = Dictionary(before.criteria.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let now = Set(after.criteria.map(\.id))
        let kept = after.criteria.compactMap { new -> CriterionFlip? in
            let old = then[new.id]
            guard old?.verdict != new.verdict || old?.presumed != new.presumed else { return nil }
            return CriterionFlip(id: new.id, before: old, after: new)
        }
        return kept
            + before.criteria.filter { !now.contains($0.id) }.map { CriterionFlip(id: $0.id, before: $0, after: nil) }
    }

    /// nil where both say the same of every criterion, whatever words they quote.
    init?(
        _ report: RecordID, title: String?, before: Judgement, on readBefore: DecisionStage, after: Judgement,
        on readAfter: DecisionStage, people: String?
    ) {
        self.report = report
        self.title = title
        self.before = before
        self.after = after
        self.readBefore = readBefore
        self.readAfter = readAfter
        self.people = people
        guard changesDecision || !criteria.isEmpty else { return nil }
    }
}

/// One criterion of a flip.
package struct CriterionFlip: Hashable, Sendable {
    package var id: String
    /// nil: the criterion is new, or gone.
    package var before: CriterionJudgement?
    package var after: CriterionJudgement?

    package var wordsBefore: [Evidence] { before?.evidence ?? [] }
    package var wordsAfter: [Evidence] { after?.evidence ?? [] }
}

extension CriterionJudgement {
    /// `met`, or `met (presumed)`.
    package var verdictText: String { presumed ? "\(verdict.rawValue) (presumed)" : verdict.rawValue }
}

extension Judgement {
    /// `include`, or `exclude (route)`.
    package var decisionText: String { reason.map { "\(decision.rawValue) (\($0))" } ?? decision.rawValue }
}

extension Evidence {
    /// `route.iv "intravenous" abstract[0] 10-21`; of a full text with the place: `body[7] 10-21 (Methods)`.
    package var text: String { "\(rule) \"\(quote)\" \(location)" + (place.map { " (\($0.text))" } ?? "") }

    /// `abstract[2] 10-21`: field, index in the field's list, byte offsets.
    package var location: String { "\(field.rawValue)\(section.map { "[\($0)]" } ?? "") \(start)-\(end)" }
}

/// A person's decision that the rules contradict: it stands, and someone may want to look again.
package struct Overruling: Hashable, Sendable {
    package var report: RecordID
    package var title: String?
    /// `include by AB, CD`.
    package var people: String
    package var rules: Judgement
    /// What the rules read.
    package var read: DecisionStage
}

extension PeoplesDecisions {
    /// `include by AB, CD; exclude (route) by EF on the full text`; nil where nobody decided. Words that another reviewer must not see
    /// yet are not told.
    func summary(of report: Report) -> String? {
        let standings = self.standings(of: report)
        guard !standings.isEmpty else { return nil }
        var words: [Said] = []
        var names: [Said: [String]] = [:]
        for row in standings.flatMap(\.shown) {
            let word = row.reason.map { "\(row.decision) (\($0))" } ?? row.decision
            let place = row.stage == .fullText ? " on the full text" : ""
            let said = Said(word: word, place: place)
            if names[said] == nil { words.append(said) }
            names[said, default: []].append(row.reviewer)
        }
        guard !words.isEmpty else { return "a reviewer, blind to the other" }
        return words.map { "\($0.word) by \((names[$0] ?? []).joined(separator: ", "))\($0.place)" }
            .joined(separator: "; ")
    }

    private struct Said: Hashable {
        var word: String
        var place: String
    }

    /// Whether people and rules say opposite things of a report. What rules found in its full text says nothing against
    /// people who sent it on to be read there.
    func contradict(_ judgement: Judgement, on read: DecisionStage, of report: Report) -> Bool {
        let standings = standings(of: report).filter { read == .abstract || $0.stage == read }
        let decisions = Set(standings.flatMap(\.shown).map(\.decision))
        return switch judgement.decision {
        case .include: decisions.contains(DecisionWord.exclude)
        case .exclude: decisions.contains(DecisionWord.include)
        case .unclear: false
        }
    }

    /// At each stage at which somebody decided.
    private func standings(of report: Report) -> [StageStanding] {
        DecisionStage.allCases.map { standing(of: report, at: $0) }.filter { $0.outcome != .untouched }
    }
}

extension StageStanding {
    /// The words that anybody may see.
    fileprivate var shown: [DecisionRow] { isBlind ? [] : words + (settlement.map { [$0] } ?? []) }
}

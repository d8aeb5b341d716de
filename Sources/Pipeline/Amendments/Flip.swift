package import Annotation
package import Bibliography
import Interchange
package import Screening
import Store

/// A report that two books of rules judge differently. What people decided of it stands, whatever the rules say.
package struct Flip: Hashable, Sendable {
    package var report: RecordID
    package var title: String?
    package var before: Judgement
    package var after: Judgement
    /// `include by AB, CD`: what people decided; nil where nobody did.
    package var people: String?

    /// The decision, or the reason for an exclusion, is another.
    package var changesDecision: Bool { before.decision != after.decision || before.reason != after.reason }

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
    init?(_ report: RecordID, title: String?, before: Judgement, after: Judgement, people: String?) {
        self.report = report
        self.title = title
        self.before = before
        self.after = after
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
    /// `route.iv "intravenous" abstract[0] 10-21`.
    package var text: String { "\(rule) \"\(quote)\" \(location)" }

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
}

extension PeoplesDecisions {
    /// `include by AB, CD; exclude (route) by EF`; nil where nobody decided.
    func summary(of report: Report) -> String? {
        let rows = of(report)
        guard !rows.isEmpty else { return nil }
        var words: [String] = []
        var names: [String: [String]] = [:]
        for row in rows {
            let word = row.reason.map { "\(row.decision) (\($0))" } ?? row.decision
            if names[word] == nil { words.append(word) }
            names[word, default: []].append(row.reviewer)
        }
        return words.map { "\($0) by \((names[$0] ?? []).joined(separator: ", "))" }.joined(separator: "; ")
    }

    /// Whether people and rules say opposite things of a report.
    func contradict(_ judgement: Judgement, of report: Report) -> Bool {
        let decisions = Set(of(report).map(\.decision))
        return switch judgement.decision {
        case .include: decisions.contains(Decision.exclude.rawValue)
        case .exclude: decisions.contains(Decision.include.rawValue)
        case .unclear: false
        }
    }
}

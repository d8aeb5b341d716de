package import Annotation
package import Interchange

/// What the rules say of one criterion.
package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    case met, notMet, unclear
}

/// What follows for a report at one stage.
package enum Decision: String, Sendable, Hashable, Codable, CaseIterable {
    case include, exclude, unclear
}

/// The rules' answer to one criterion, with the words it rests on.
package struct CriterionJudgement: Sendable, Hashable, Codable {
    package var id: String
    package var verdict: Verdict
    /// The text is silent and the pipeline declares that silence counts as met.
    package var presumed: Bool
    /// At least one quote for every `met` that is not presumed and every `notMet`; for `unclear`, what speaks for
    /// and against.
    package var evidence: [Evidence]

    package init(id: String, verdict: Verdict, presumed: Bool = false, evidence: [Evidence] = []) {
        self.id = id
        self.verdict = verdict
        self.presumed = presumed
        self.evidence = evidence
    }
}

/// The rules' answer to a document.
package struct Judgement: Sendable, Hashable, Codable {
    /// `exclude` when any criterion is not met, `include` when every one is met, else `unclear`.
    package var decision: Decision
    /// The first criterion not met, in the pipeline's order; nil unless excluded.
    package var reason: String?
    /// In the pipeline's order.
    package var criteria: [CriterionJudgement]

    /// The decision that follows from verdicts. Without any criterion nothing is decided.
    package init(criteria: [CriterionJudgement]) {
        self.criteria = criteria
        reason = criteria.first { $0.verdict == .notMet }?.id
        if reason != nil {
            decision = .exclude
        } else {
            decision = !criteria.isEmpty && criteria.allSatisfy { $0.verdict == .met } ? .include : .unclear
        }
    }

    /// What is said of an excluded document that nobody sees.
    static func excluded(by criterion: String) -> Judgement {
        Judgement(criteria: [CriterionJudgement(id: criterion, verdict: .notMet)])
    }

    /// The NDJSON line of `sluice screen`, without its line end.
    package func writeJSON(id: String, to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("decision", decision.rawValue)
            json.member("reason", reason)
            json.member("criteria") { json in
                json.array { json in for criterion in criteria { criterion.writeJSON(to: &json) } }
            }
        }
    }
}

extension CriterionJudgement {
    package func writeJSON(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("verdict", verdict.rawValue)
            json.member("presumed", presumed)
            json.member("evidence") { json in
                json.array { json in for item in evidence { item.writeJSON(to: &json) } }
            }
        }
    }
}

import Screening
package import Store

/// How people take part in screening.
package struct PeoplePlan: Sendable, Hashable, Codable {
    /// Who settles what reviewers disagree on.
    package enum Adjudication: String, Sendable, Hashable, Codable {
        /// A third person, or the reviewers together.
        case anyone
        /// One of `adjudicators`.
        case named
        /// The reviewers together.
        case consensus
    }

    /// A reason for an exclusion beside the criteria.
    package struct Reason: Sendable, Hashable, Codable {
        package var id: String
        package var label: String
    }

    /// How many independent decisions a report needs once people decide it.
    package var reviewersNeeded: Int
    /// Who may decide; empty: anyone.
    package var reviewers: [String]
    package var adjudication: Adjudication
    package var adjudicators: [String]
    /// Whether people who decide see what the rules found.
    package var showsRules: Bool
    /// In order of precedence, after the criteria.
    package var reasons: [Reason]

    /// One reviewer, whoever it is, who sees what the rules found.
    package static let standard = PeoplePlan(
        reviewersNeeded: 1, reviewers: [], adjudication: .anyone, adjudicators: [], showsRules: true, reasons: [])

    /// Whether this person is one of the review's reviewers.
    package func mayReview(_ name: String) -> Bool {
        reviewers.isEmpty || reviewers.contains { PersonKey($0) == PersonKey(name) }
    }

    /// Whether this person settles what reviewers disagree on.
    package func maySettle(_ name: String) -> Bool {
        adjudication == .anyone || adjudicators.contains { PersonKey($0) == PersonKey(name) }
    }

    /// The keys of `screening:` that are read here.
    static let keys = ["reviewers", "adjudicator", "rules", "reasons"]

    private enum Visibility: String, CaseIterable { case shown, hidden }

    static func read(_ screening: PlanFields, _ problems: PlanProblems) -> PeoplePlan {
        var plan = standard
        readReviewers(screening, problems, &plan)
        readAdjudicators(screening, problems, &plan)
        plan.showsRules = screening.choice("rules", as: Visibility.self) != .hidden
        plan.reasons = screening.list("reasons").enumerated().compactMap { index, item in
            guard
                let fields = PlanFields(
                    item, path: "screening.reasons[\(index)]", keys: ["id", "label"], problems: problems),
                let id = fields.id(), let label = fields.requiredText("label", "what people read in the flow")
            else { return nil }
            return Reason(id: id.text, label: label.text)
        }
        return plan
    }

    /// Two reasons with one id could not be told apart in the flow.
    func checkReasons(_ criteria: [String], _ line: Int, _ problems: PlanProblems) {
        var taken = Set(criteria + [BuiltInReason.notRetrieved, BuiltInReason.unstated])
        for reason in reasons where !taken.insert(reason.id).inserted {
            problems.add(
                line, "screening.reasons", "a criterion or another reason has this id", found: reason.id,
                accepted: "an id of its own")
        }
    }

    /// `reviewers: 2`, or their names.
    private static func readReviewers(_ screening: PlanFields, _ problems: PlanProblems, _ plan: inout PeoplePlan) {
        guard let node = screening.node("reviewers"), !node.isEmpty else { return }
        switch node.value {
        case .scalar:
            plan.reviewersNeeded = screening.integer("reviewers", in: 1...9) ?? 1
        case .list, .mapping:
            plan.reviewers = names("reviewers", screening, problems)
            plan.reviewersNeeded = max(1, plan.reviewers.count)
        }
    }

    private static func readAdjudicators(
        _ screening: PlanFields, _ problems: PlanProblems, _ plan: inout PeoplePlan
    ) {
        let given = names("adjudicator", screening, problems)
        guard !given.isEmpty else { return }
        if given.contains(Adjudication.consensus.rawValue) {
            if given.count > 1 {
                problems.add(
                    screening.line("adjudicator"), "screening.adjudicator",
                    "either the reviewers together or a third person settles a disagreement",
                    found: given.joined(separator: ", "), accepted: "consensus, or names")
            }
            plan.adjudication = .consensus
            return
        }
        plan.adjudication = .named
        plan.adjudicators = given
        for name in given where plan.reviewers.contains(where: { PersonKey($0) == PersonKey(name) }) {
            problems.add(
                screening.line("adjudicator"), "screening.adjudicator",
                "a reviewer cannot settle a disagreement of their own", found: name,
                accepted: "a third person, or consensus")
        }
    }

    private static func names(_ key: String, _ screening: PlanFields, _ problems: PlanProblems) -> [String] {
        var found: [String] = []
        for name in screening.texts(key) {
            if found.contains(where: { PersonKey($0) == PersonKey(name.text) }) {
                problems.add(name.line, screening.join(key), "the same person twice", found: name.text)
            } else {
                found.append(name.text)
            }
        }
        return found
    }
}

/// What two spellings of one person's name have in common: white space and case do not make another person, who would
/// then count as a second, independent reviewer.
struct PersonKey: Hashable, Sendable {
    private let text: String

    init(_ name: String) {
        text = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}

/// Reasons that every review knows.
package enum BuiltInReason {
    /// The full text could not be had: PRISMA 2020 counts it as not retrieved, not as excluded.
    package static let notRetrieved = "notRetrieved"
    /// On title and abstract only, where another tool kept no reason.
    package static let unstated = "unstated"
}

extension Plan {
    /// The closed list of reasons for an exclusion at a stage, in order of precedence, with what people call them.
    package func reasons(at stage: DecisionStage) -> [(id: String, label: String)] {
        criterionLabels + screening.people.reasons.map { ($0.id, $0.label) }
            + (stage == .abstract
                ? [(BuiltInReason.unstated, "No reason recorded")]
                : [(BuiltInReason.notRetrieved, "Full text not retrieved")])
    }
}

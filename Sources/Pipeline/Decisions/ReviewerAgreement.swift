import Bibliography
import Interchange
package import Store
package import Synthesis

/// How far reviewers agree at one stage, by the decisions that they made independently: what each said when the last of
/// them had spoken, before anyone could see, discuss or settle anything.
package struct ReviewerAgreement: Sendable {
    /// What counts as one answer.
    package enum Scale: String, Sendable, CaseIterable {
        /// Unclear goes on to be looked at, as an inclusion does.
        case inOrOut = "in or out"
        case decisions = "include, unclear, exclude"
    }

    package enum Result: Sendable {
        case pair(PairAgreement)
        case group(GroupAgreement)
    }

    package var stage: DecisionStage
    /// Two, or all of a stage with more than two.
    package var reviewers: [String]
    package var scale: Scale
    package var result: Result
}

extension PeoplesDecisions {
    /// Each reviewer's independent word on a report, by name; empty where fewer than two spoke.
    func independentWords(on report: Report, at stage: DecisionStage) -> [PersonKey: DecisionRow] {
        let needed = max(2, reviewersNeeded)
        var current: [PersonKey: DecisionRow] = [:]
        var frozen: [PersonKey: DecisionRow]?
        for row in log(of: report, at: stage) where !row.role.settles {
            let person = PersonKey(row.reviewer)
            if let known = frozen {
                // Who comes later than all that were asked for counts with their first word.
                if known[person] == nil, row.decision != DecisionWord.withdrawn { frozen?[person] = row }
                continue
            }
            current[person] = row.decision == DecisionWord.withdrawn ? nil : row
            if current.count == needed { frozen = current }
        }
        // Nothing may be seen of the words of fewer than were asked for.
        return frozen ?? [:]
    }
}

extension ReviewReading {
    /// Of every stage and pair of reviewers who decided the same reports, and of all of a stage where they are more.
    package func agreement() throws -> [ReviewerAgreement] {
        let (log, reports) = try store.read { (try $0.decisions(), try $0.reports()) }
        let decisions = PeoplesDecisions(log, plan)
        var names: [PersonKey: String] = [:]
        for row in log where names[PersonKey(row.reviewer)] == nil { names[PersonKey(row.reviewer)] = row.reviewer }
        return DecisionStage.allCases.flatMap { stage in
            let words = reports.map { report in
                decisions.independentWords(on: report, at: stage).reduce(into: [String: String]()) { words, item in
                    words[names[item.key] ?? item.value.reviewer] = item.value.decision
                }
            }.filter { $0.count >= 2 }
            return Self.agreement(stage, words)
        }
    }

    private static func agreement(_ stage: DecisionStage, _ words: [[String: String]]) -> [ReviewerAgreement] {
        let people = Set(words.flatMap(\.keys)).sorted()
        var found: [ReviewerAgreement] = []
        for (index, first) in people.enumerated() {
            for second in people[(index + 1)...] {
                let both = words.compactMap { word in
                    word[first].flatMap { a in word[second].map { (first: a, second: $0) } }
                }
                guard !both.isEmpty else { continue }
                found += scales(both.flatMap { [$0.first, $0.second] }).map { scale in
                    ReviewerAgreement(
                        stage: stage, reviewers: [first, second], scale: scale,
                        result: .pair(
                            PairAgreement(
                                both.map { (scale.answer($0.first), scale.answer($0.second)) },
                                categories: scale.answers)))
                }
            }
        }
        guard people.count > 2 else { return found }
        return found
            + scales(words.flatMap(\.values)).map { scale in
                ReviewerAgreement(
                    stage: stage, reviewers: people, scale: scale,
                    result: .group(
                        GroupAgreement(words.map { $0.values.map(scale.answer) }, categories: scale.answers)))
            }
    }

    /// Three answers are told apart only where there are three.
    private static func scales(_ words: [String]) -> [ReviewerAgreement.Scale] {
        words.contains(DecisionWord.unclear) ? ReviewerAgreement.Scale.allCases : [.inOrOut]
    }

    /// One row for each; what is not estimable is left empty, with the reason under `note`.
    func agreementTable() throws -> Table {
        var table = Table(columns: [
            "stage", "reviewers", "scale", "reports", "agreed", "agreement", "agreementLower", "agreementUpper",
            "coefficient", "kappa", "kappaLower", "kappaUpper", "byChance", "pabak", "pabakLower", "pabakUpper",
            "prevalenceIndex", "biasIndex", "ac1", "ac1Lower", "ac1Upper", "bothIn", "onlyFirstIn", "onlySecondIn",
            "bothOut", "note",
        ])
        for item in try agreement() {
            let head: [TableCell] = [
                .text(item.stage.rawValue), .text(item.reviewers.joined(separator: ", ")), .text(item.scale.rawValue),
            ]
            switch item.result {
            case .pair(let pair):
                let share: [TableCell] = [
                    .integer(pair.agreed), .optional(pair.observed.value), .optional(pair.observed.lower),
                    .optional(pair.observed.upper),
                ]
                var cells = head + [.integer(pair.n)] + share + [.text("Cohen")] + Self.cells(pair.kappa)
                cells += [.optional(pair.expected)] + Self.cells(pair.pabak)
                cells += [.optional(pair.prevalenceIndex), .optional(pair.biasIndex)] + Self.cells(pair.ac1)
                let isDichotomy = pair.table.count == 2
                cells += [(0, 0), (0, 1), (1, 0), (1, 1)].map { i, j in
                    isDichotomy ? .integer(pair.table[i][j]) : .empty
                }
                table.rows.append(cells + [.optional(pair.remark)])
            case .group(let group):
                let none: [TableCell] = [.empty, .empty]
                var cells = head + [.integer(group.n), .empty, .optional(group.observed)] + none + [.text("Fleiss")]
                cells += Self.cells(group.kappa) + [.optional(group.expected), .empty] + none + none
                cells += Self.cells(group.ac1) + none + none
                table.rows.append(
                    cells + [group.kappa.value == nil && group.n > 0 ? .text(PairAgreement.oneAnswer) : .empty])
            }
        }
        return table
    }

    private static func cells(_ estimate: AgreementEstimate) -> [TableCell] {
        [.optional(estimate.value), .optional(estimate.lower), .optional(estimate.upper)]
    }
}

extension PairAgreement {
    fileprivate static let oneAnswer = "kappa is not estimable: all gave the same answer throughout"

    fileprivate var remark: String? {
        if kappa.value == nil, n > 0 { return Self.oneAnswer }
        if kappa.lower == nil, n > 0 { return "no interval: they agreed throughout" }
        return nil
    }
}

extension ReviewerAgreement.Scale {
    fileprivate var answers: [String] {
        switch self {
        case .inOrOut: ["in", "out"]
        case .decisions: [DecisionWord.include, DecisionWord.unclear, DecisionWord.exclude]
        }
    }

    fileprivate func answer(_ decision: String) -> String {
        guard self == .inOrOut else { return decision }
        return decision == DecisionWord.exclude ? "out" : "in"
    }
}

/// Agreement in words, for a terminal.
package enum AgreementText {
    package static func render(_ items: [ReviewerAgreement]) -> String {
        guard !items.isEmpty else {
            return "No two reviewers have decided the same report independently yet. Ask for two with\n"
                + "  screening: {reviewers: 2}\n"
                + "in the pipeline file, then decide with: sluice decide --reviewer NAME"
        }
        var lines = ["Agreement of reviewers before any discussion, with 95 % intervals"]
        for item in items {
            let stage = item.stage == .abstract ? "title and abstract" : "full text"
            lines += ["", "\(item.reviewers.joined(separator: ", "))   (\(stage); \(item.scale.rawValue))"]
            switch item.result {
            case .pair(let pair):
                lines.append(
                    "  agreed on \(pair.agreed) of \(pair.n) reports: "
                        + number(pair.observed.value, pair.observed.lower, pair.observed.upper))
                lines.append("  Cohen's kappa    " + text(pair.kappa, one: pair.n > 0))
                lines.append("  PABAK            " + text(pair.pabak, one: false))
                lines.append("  Gwet's AC1       " + text(pair.ac1, one: false))
                if let prevalence = pair.prevalenceIndex, let bias = pair.biasIndex {
                    let table = pair.table
                    lines.append(
                        "  both in \(table[0][0]), only \(item.reviewers[0]) \(table[0][1]), only \(item.reviewers[1]) "
                            + "\(table[1][0]), both out \(table[1][1]); prevalence index \(plain(prevalence)), "
                            + "bias index \(plain(bias))")
                }
            case .group(let group):
                lines.append(
                    "  \(group.n) reports that at least two decided; mean agreement of pairs "
                        + (group.observed.map(plain) ?? "not estimable"))
                lines.append("  Fleiss's kappa   " + text(group.kappa, one: group.n > 0))
                lines.append("  Gwet's AC1       " + text(group.ac1, one: false))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ estimate: AgreementEstimate, one: Bool) -> String {
        if estimate.value == nil, one { return "not estimable: all gave the same answer throughout" }
        return number(estimate.value, estimate.lower, estimate.upper)
    }

    private static func number(_ value: Double?, _ lower: Double?, _ upper: Double?) -> String {
        guard let value else { return "not estimable" }
        guard let lower, let upper else { return plain(value) + " (no interval)" }
        return "\(plain(value)) (\(plain(lower)) to \(plain(upper)))"
    }

    /// Two decimals, without the locale's help.
    private static func plain(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let digits = hundredths % 100
        let sign = value < 0 && hundredths > 0 ? "-" : ""
        return "\(sign)\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
    }
}

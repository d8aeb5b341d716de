import Interchange
import Reporting
import Synthesis

/// What was pooled, in the form in which articles print it. The exact numbers stand in the table `estimates`.
extension ReviewReading {
    /// One row an outcome.
    func resultsForReading() throws -> ReviewPage.LabelledTable {
        var table = Table(columns: [
            "Outcome", "Measure", "Studies", estimateHeader, "P", "Prediction interval", "Tau\u{B2}", "I\u{B2}",
            "Q (df), P",
        ])
        for pooling in try poolingTables() {
            let result = try pooling.result()
            let heterogeneity = result.q.map {
                "\(SynthesisResult.fixed($0, 2)) (\(result.qDf)), \(Self.probability(result.qPval))"
            }
            table.rows.append(
                [.text(pooling.outcome.title), .text(result.options.measure.label), .integer(result.k)]
                    + Self.estimate(result)
                    + [.optional(Self.interval(result.backTransformed.piLower, result.backTransformed.piUpper, result))]
                    + Self.spread(result) + [.optional(heterogeneity)])
        }
        return ReviewPage.LabelledTable(table, names: table.columns)
    }

    /// One row a study that is left out: how much the pooled estimate depends on it.
    func leaveOneOutForReading() throws -> ReviewPage.LabelledTable {
        var table = Table(columns: ["Outcome", "Without", estimateHeader, "P", "Tau\u{B2}", "I\u{B2}"])
        for pooling in try poolingTables() where pooling.rows.count > 2 {
            for left in try pooling.leaveOneOut() {
                table.rows.append(
                    [.text(pooling.outcome.title), .text(left.slab)] + Self.estimate(left.result)
                        + Self.spread(left.result))
            }
        }
        return ReviewPage.LabelledTable(table, names: table.columns)
    }

    /// `Estimate [95% CI]`, where every outcome has intervals of that level.
    private var estimateHeader: String {
        let levels = Set(plan.synthesis.outcomes.map(\.level))
        guard levels.count == 1, let level = levels.first else { return "Estimate [CI]" }
        return "Estimate [\(SynthesisResult.plain(level))% CI]"
    }

    // MARK: Cells

    /// `5.51 [3.50, 8.67]` and its P.
    private static func estimate(_ result: SynthesisResult) -> [TableCell] {
        let back = result.backTransformed
        guard let estimate = back.estimate else { return [.empty, .empty] }
        let interval = interval(back.ciLower, back.ciUpper, result).map { " " + $0 } ?? ""
        return [.text(SynthesisResult.fixed(estimate, decimals(result)) + interval), .text(probability(result.pval))]
    }

    private static func interval(_ lower: Double?, _ upper: Double?, _ result: SynthesisResult) -> String? {
        guard let lower, let upper else { return nil }
        let places = decimals(result)
        return "[\(SynthesisResult.fixed(lower, places)), \(SynthesisResult.fixed(upper, places))]"
    }

    /// Tau squared and I squared.
    private static func spread(_ result: SynthesisResult) -> [TableCell] {
        [
            .optional(result.tau2.map { SynthesisResult.fixed($0, 3) }),
            .optional(result.i2.map { SynthesisResult.fixed($0, 1) + "%" }),
        ]
    }

    /// `0.003`, `< 0.0001`.
    private static func probability(_ p: Double?) -> String {
        let text = SynthesisResult.probability(p)
        return text.hasPrefix("= ") ? String(text.dropFirst(2)) : text
    }

    /// Shares and their differences are small.
    private static func decimals(_ result: SynthesisResult) -> Int {
        switch result.options.measure {
        case .proportion, .logitProportion, .doubleArcsineProportion, .riskDifference: 3
        case .oddsRatio, .riskRatio, .peto, .meanDifference, .standardizedMeanDifference, .general: 2
        }
    }
}

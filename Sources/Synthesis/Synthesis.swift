import Foundation

/// Pools the studies of a table. The conventions are metafor's (Viechtbauer 2010, J Stat Softw 36(3)), version 3.8.
package enum Synthesis {
    /// - Throws: `SynthesisError` where the table or the options do not allow a synthesis at all. Studies that cannot
    ///   take part are left out and named in the result.
    package static func run(
        _ table: SynthesisTable, _ options: SynthesisOptions
    ) throws(SynthesisError) -> SynthesisResult {
        let (studies, omitted) = try read(table, options)
        return pool(studies, omitted, options)
    }

    /// Checks the options and reads the studies.
    static func read(
        _ table: SynthesisTable, _ options: SynthesisOptions
    ) throws(SynthesisError) -> (studies: [StudyData], omitted: [OmittedStudy]) {
        guard options.level > 0, options.level < 100 else { throw .levelOutOfRange(options.level) }
        if options.method == .mantelHaenszel {
            guard [.oddsRatio, .riskRatio, .riskDifference].contains(options.measure) else {
                throw .methodNotForMeasure(method: "MH", measure: options.measure.rawValue)
            }
            guard options.test == .z else { throw .testNotForMethod(test: options.test.rawValue, method: "MH") }
        }
        return try StudyReader(table: table, options: options).read()
    }

    static func pool(
        _ studies: [StudyData], _ omitted: [OmittedStudy], _ options: SynthesisOptions
    ) -> SynthesisResult {
        let rows = studies.map {
            SynthesisResult.Study(slab: $0.slab, line: $0.line, yi: $0.effect?.y, vi: $0.effect?.v, weight: nil)
        }
        var result = SynthesisResult(options: options, k: studies.count, studies: rows, omitted: omitted)
        let data = WeightedEffects(studies.compactMap(\.effect))
        result.qDf = max(data.k - 1, 0)
        var weights: [Double?]
        if options.method == .mantelHaenszel {
            weights = poolTables(studies.compactMap(\.table), data, &result)
        } else {
            weights = poolEffects(data, &result)
            // A table without information has no weight; the others take theirs in order.
            var next = weights.makeIterator()
            weights = studies.map { $0.effect == nil ? 0 : next.next() ?? nil }
        }
        let total = weights.reduce(0) { $0 + ($1 ?? 0) }
        for index in result.studies.indices where index < weights.count {
            result.studies[index].weight = weights[index].flatMap { finite(100 * $0 / total) }
        }
        let back = BackTransformation(measure: options.measure, sizes: studies.map(\.n))
        result.backTransformed = .init(
            estimate: back(result.estimate), ciLower: back(result.ciLower), ciUpper: back(result.ciUpper),
            piLower: back(result.piLower), piUpper: back(result.piUpper))
        return result
    }

    // MARK: Weighted means

    private static func poolEffects(_ data: WeightedEffects, _ result: inout SynthesisResult) -> [Double?] {
        guard data.k > 0 else { return [] }
        let options = result.options
        let variance = Heterogeneity.estimate(options.method, data)
        let w = data.weights(variance?.tau2 ?? 0)
        let total = w.reduce(0, +)
        let estimate = data.mean(w)
        var se: Double? = sqrt(1 / total)
        let df = data.df
        if options.test == .knha { se = df > 0 ? sqrt(data.q(w) / df / total) : nil }
        result.estimate = finite(estimate)
        result.se = se.flatMap(finite)
        infer(df: options.test == .z ? nil : df, &result)
        heterogeneity(data, variance, &result)
        if let variance, let se, let critical = critical(df: result.df, options) {
            let half = critical * sqrt(variance.tau2 + se * se)
            result.piLower = finite(estimate - half)
            result.piUpper = finite(estimate + half)
        }
        return w
    }

    /// Q always with the weights of the equal-effects model; I2 and H2 from the variance between studies and the
    /// typical sampling variance (Higgins and Thompson 2002), so that they depend on the estimator as in metafor.
    private static func heterogeneity(
        _ data: WeightedEffects, _ variance: BetweenStudyVariance?, _ result: inout SynthesisResult
    ) {
        guard data.k > 1 else { return }
        let w = data.weights(0)
        let q = data.q(w)
        result.q = finite(q)
        result.qPval = Distributions.chiSquaredUpper(q, df: data.df)
        guard let variance else {
            result.i2 = q > 0 ? finite(max(0, 100 * (q - data.df) / q)) : 0
            result.h2 = finite(q / data.df)
            return
        }
        result.tau2 = finite(variance.tau2)
        result.tau2Se = variance.se.flatMap(finite)
        let total = w.reduce(0, +)
        let typical = data.df / (total - w.reduce(0) { $0 + $1 * $1 } / total)
        result.i2 = finite(100 * variance.tau2 / (typical + variance.tau2))
        result.h2 = finite(variance.tau2 / typical + 1)
        guard let interval = Heterogeneity.profileInterval(data, level: result.options.level) else { return }
        result.tau2Lower = finite(interval.lower)
        result.tau2Upper = finite(interval.upper)
        result.i2Lower = finite(100 * interval.lower / (typical + interval.lower))
        result.i2Upper = finite(100 * interval.upper / (typical + interval.upper))
    }

    // MARK: Tables

    private static func poolTables(
        _ tables: [TwoByTwo], _ data: WeightedEffects, _ result: inout SynthesisResult
    ) -> [Double?] {
        guard !tables.isEmpty else { return [] }
        let pooled = MantelHaenszel(result.options.measure, tables)
        result.estimate = finite(pooled.estimate)
        result.se = result.estimate == nil ? nil : finite(pooled.se)
        infer(df: nil, &result)
        // Q needs estimates of single tables, and so the correction that the pooled estimate does without.
        if data.k > 1, let estimate = result.estimate {
            let q = zip(data.y, data.v).reduce(0) { $0 + ($1.0 - estimate) * ($1.0 - estimate) / $1.1 }
            result.q = finite(q)
            result.qPval = Distributions.chiSquaredUpper(q, df: data.df)
            result.i2 = q > 0 ? finite(max(0, 100 * (q - data.df) / q)) : 0
            result.h2 = finite(q / data.df)
        }
        return pooled.weights
    }

    // MARK: Inference

    /// Statistic, p-value and interval from estimate and standard error; `df` nil is the normal distribution.
    private static func infer(df: Double?, _ result: inout SynthesisResult) {
        guard let estimate = result.estimate, let se = result.se else { return }
        result.df = df
        result.statistic = finite(estimate / se)
        if let statistic = result.statistic {
            result.pval =
                df.map { Distributions.tTwoSided(statistic, df: $0) } ?? Distributions.normalTwoSided(statistic)
        }
        guard let critical = critical(df: df, result.options) else { return }
        result.ciLower = finite(estimate - critical * se)
        result.ciUpper = finite(estimate + critical * se)
    }

    private static func critical(df: Double?, _ options: SynthesisOptions) -> Double? {
        let p = 1 - (1 - options.level / 100) / 2
        guard let df else { return Distributions.normalQuantile(p) }
        return Distributions.tQuantile(p, df: df)
    }

    private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}

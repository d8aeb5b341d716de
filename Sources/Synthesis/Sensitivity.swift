import Foundation
import Interchange

/// How far the result hangs on single studies, on a property of the studies, or on small ones.
extension Synthesis {
    /// The result without one study.
    package struct LeftOut: Hashable, Sendable {
        package var slab: String
        package var line: Int
        package var result: SynthesisResult
    }

    /// The synthesis repeated without each study in turn, in the order of the table.
    package static func leaveOneOut(
        _ table: SynthesisTable, _ options: SynthesisOptions
    ) throws(SynthesisError) -> [LeftOut] {
        let (studies, omitted) = try read(table, options)
        return studies.indices.map { index in
            var others = studies
            let left = others.remove(at: index)
            return LeftOut(slab: left.slab, line: left.line, result: pool(others, omitted, options))
        }
    }

    package struct Subgroups: Hashable, Sendable {
        package struct Group: Hashable, Sendable {
            /// The cell of the subgroup column; empty for studies without one.
            package var label: String
            package var result: SynthesisResult
        }

        /// In the order in which they first appear in the table.
        package var groups: [Group]
        /// The differences between groups: a weighted sum of squares of their estimates.
        package var q: Double?
        package var df: Int
        package var pval: Double?
    }

    /// Each group of studies pooled alone, with its own variance between studies, and a test of the difference
    /// between groups (Borenstein and Higgins 2013, Prev Sci 14:134).
    package static func subgroups(
        _ table: SynthesisTable, _ options: SynthesisOptions, by column: String
    ) throws(SynthesisError) -> Subgroups {
        guard let index = table.text.column(column) else {
            let found = table.text.header.joined(separator: ", ")
            throw .missingColumns(measure: options.measure.rawValue, wanted: column, found: found)
        }
        let (studies, _) = try read(table, options)
        var labels: [Int: String] = [:]
        for row in table.rows { labels[row.line] = row.cells.cell(index) ?? "" }
        var order: [String] = []
        var members: [String: [StudyData]] = [:]
        for study in studies {
            let label = labels[study.line] ?? ""
            if members[label] == nil { order.append(label) }
            members[label, default: []].append(study)
        }
        let groups = order.map { label in
            Subgroups.Group(label: label, result: pool(members[label] ?? [], [], options))
        }
        let pairs = groups.compactMap { group -> (y: Double, w: Double)? in
            guard let y = group.result.estimate, let se = group.result.se, se > 0 else { return nil }
            return (y, 1 / (se * se))
        }
        let df = max(pairs.count - 1, 0)
        guard df > 0 else { return Subgroups(groups: groups, q: nil, df: df, pval: nil) }
        let total = pairs.reduce(0) { $0 + $1.w }
        let centre = pairs.reduce(0) { $0 + $1.w * $1.y } / total
        let q = pairs.reduce(0) { $0 + $1.w * ($1.y - centre) * ($1.y - centre) }
        return Subgroups(
            groups: groups, q: q.isFinite ? q : nil, df: df, pval: Distributions.chiSquaredUpper(q, df: Double(df)))
    }

    /// Egger's regression test for small-study effects (Egger 1997).
    package struct EggerTest: Hashable, Sendable {
        package var k: Int
        /// Of the regression of the estimate on its standard error, weighted by the inverse variance: the slope
        /// is Egger's bias, the intercept the estimate of an endlessly large study.
        package var slope: Double
        package var intercept: Double
        package var statistic: Double
        package var df: Int
        package var pval: Double?
    }

    /// Nil with fewer than three studies, or where all standard errors are the same. With fewer than ten studies the
    /// test has too little power to be reported (Sterne 2011, BMJ 343:d4002).
    package static func eggerTest(_ result: SynthesisResult) -> EggerTest? {
        let points = result.studies.compactMap { study -> (x: Double, y: Double, w: Double)? in
            guard let y = study.yi, let v = study.vi else { return nil }
            return (v.squareRoot(), y, 1 / v)
        }
        guard points.count > 2 else { return nil }
        let total = points.reduce(0) { $0 + $1.w }
        let meanX = points.reduce(0) { $0 + $1.w * $1.x } / total
        let meanY = points.reduce(0) { $0 + $1.w * $1.y } / total
        let spread = points.reduce(0) { $0 + $1.w * ($1.x - meanX) * ($1.x - meanX) }
        let product = points.reduce(0) { $0 + $1.w * ($1.x - meanX) * ($1.y - meanY) }
        guard spread > 1e-14 * total * meanX * meanX else { return nil }
        let slope = product / spread
        let intercept = meanY - slope * meanX
        let residual = points.reduce(0.0) { sum, point in
            let rest = point.y - intercept - slope * point.x
            return sum + point.w * rest * rest
        }
        let df = points.count - 2
        let statistic = slope / sqrt(residual / Double(df) / spread)
        guard statistic.isFinite else { return nil }
        return EggerTest(
            k: points.count, slope: slope, intercept: intercept, statistic: statistic, df: df,
            pval: Distributions.tTwoSided(statistic, df: Double(df)))
    }
}

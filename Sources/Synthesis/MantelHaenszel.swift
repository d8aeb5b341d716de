import Foundation

/// Pooling whole tables (Mantel and Haenszel 1959), without any correction for zeros.
struct MantelHaenszel {
    var estimate: Double
    var se: Double
    /// Each table's share, not yet in per cent.
    var weights: [Double]

    init(_ measure: Measure, _ tables: [TwoByTwo]) {
        switch measure {
        case .riskRatio: self = Self.riskRatio(tables)
        case .riskDifference: self = Self.riskDifference(tables)
        default: self = Self.oddsRatio(tables)
        }
    }

    private init(estimate: Double, se: Double, weights: [Double]) {
        self.estimate = estimate
        self.se = se
        self.weights = weights
    }

    /// Variance of Robins, Breslow and Greenland (1986).
    private static func oddsRatio(_ tables: [TwoByTwo]) -> MantelHaenszel {
        var r = 0.0
        var s = 0.0
        var pr = 0.0
        var mixed = 0.0
        var qs = 0.0
        for t in tables {
            let p = (t.a + t.d) / t.n
            let q = (t.b + t.c) / t.n
            let ri = t.a * t.d / t.n
            let si = t.b * t.c / t.n
            r += ri
            s += si
            pr += p * ri
            mixed += p * si + q * ri
            qs += q * si
        }
        return MantelHaenszel(
            estimate: log(r / s), se: sqrt((pr / (r * r) + mixed / (r * s) + qs / (s * s)) / 2),
            weights: tables.map { $0.b * $0.c / $0.n })
    }

    /// Variance of Greenland and Robins (1985).
    private static func riskRatio(_ tables: [TwoByTwo]) -> MantelHaenszel {
        var r = 0.0
        var s = 0.0
        var spread = 0.0
        for t in tables {
            r += t.a * t.n2 / t.n
            s += t.c * t.n1 / t.n
            spread += (t.n1 / t.n) * (t.n2 / t.n) * (t.a + t.c) - t.a * t.c / t.n
        }
        return MantelHaenszel(
            estimate: log(r / s), se: sqrt(spread / (r * s)), weights: tables.map { $0.c * $0.n1 / $0.n })
    }

    /// Variance of Sato, Greenland and Robins (1989).
    private static func riskDifference(_ tables: [TwoByTwo]) -> MantelHaenszel {
        let weights = tables.map { $0.n1 * $0.n2 / $0.n }
        let total = weights.reduce(0, +)
        let difference = tables.reduce(0) { $0 + ($1.a * $1.n2 - $1.c * $1.n1) / $1.n } / total
        var p = 0.0
        var q = 0.0
        for t in tables {
            let one = t.n1 / t.n
            let two = t.n2 / t.n
            p += t.c * one * one - t.a * two * two + one * two * (t.n2 - t.n1) / 2
            q += (t.a * (t.n2 - t.c) + t.c * (t.n1 - t.a)) / t.n / 2
        }
        return MantelHaenszel(
            estimate: difference, se: sqrt((difference * p + q) / (total * total)), weights: weights)
    }
}

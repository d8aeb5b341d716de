import Foundation

/// A 2x2 table: events and non-events in the treated group (`a`, `b`) and the control group (`c`, `d`).
struct TwoByTwo: Equatable {
    var a: Double
    var b: Double
    var c: Double
    var d: Double

    var n1: Double { a + b }
    var n2: Double { c + d }
    var n: Double { n1 + n2 }
    var hasZero: Bool { a == 0 || b == 0 || c == 0 || d == 0 }
    /// No event at all, or nothing but events: no information on a ratio of odds.
    var isUninformative: Bool { (a == 0 && c == 0) || (b == 0 && d == 0) }

    /// With 0.5 added to all cells where one is zero, and only then.
    var corrected: TwoByTwo { hasZero ? TwoByTwo(a: a + 0.5, b: b + 0.5, c: c + 0.5, d: d + 0.5) : self }
}

/// An estimate and its sampling variance.
struct Effect: Equatable {
    var y: Double
    var v: Double
}

/// Effect sizes with the conventions of metafor's `escalc()`, version 3.8: `add = 1/2`, `to = "only0"`, `vtype = "LS"`.
enum EffectSizes {
    /// Woolf (1955).
    static func logOddsRatio(_ t: TwoByTwo) -> Effect {
        Effect(y: log(t.a * t.d / (t.b * t.c)), v: 1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d)
    }

    static func logRiskRatio(_ t: TwoByTwo) -> Effect {
        Effect(y: log(t.a / t.n1) - log(t.c / t.n2), v: 1 / t.a - 1 / t.n1 + 1 / t.c - 1 / t.n2)
    }

    static func riskDifference(_ t: TwoByTwo) -> Effect {
        let p1 = t.a / t.n1
        let p2 = t.c / t.n2
        return Effect(y: p1 - p2, v: p1 * (1 - p1) / t.n1 + p2 * (1 - p2) / t.n2)
    }

    /// Yusuf and others (1985): observed minus expected events over the hypergeometric variance.
    static func peto(_ t: TwoByTwo) -> Effect {
        let events = t.a + t.c
        let expected = events * t.n1 / t.n
        let variance = events * (t.b + t.d) * (t.n1 / t.n) * (t.n2 / t.n) / (t.n - 1)
        return Effect(y: (t.a - expected) / variance, v: 1 / variance)
    }

    struct Group {
        var mean: Double
        var sd: Double
        var n: Double
    }

    static func meanDifference(_ one: Group, _ two: Group) -> Effect {
        Effect(y: one.mean - two.mean, v: one.sd * one.sd / one.n + two.sd * two.sd / two.n)
    }

    /// Hedges (1981), with the exact correction by gamma functions; variance in its large-sample form.
    static func standardizedMeanDifference(_ one: Group, _ two: Group) -> Effect {
        let df = one.n + two.n - 2
        let pooled = ((one.n - 1) * one.sd * one.sd + (two.n - 1) * two.sd * two.sd) / df
        let g = hedgesCorrection(df: df) * (one.mean - two.mean) / sqrt(pooled)
        return Effect(y: g, v: 1 / one.n + 1 / two.n + g * g / (2 * (one.n + two.n)))
    }

    /// gamma(m/2) / (sqrt(m/2) gamma((m-1)/2)).
    static func hedgesCorrection(df: Double) -> Double {
        guard df > 1, let ratio = Distributions.gammaRatio((df - 1) / 2, delta: 0.5) else { return .nan }
        return 1 / (ratio * sqrt(df / 2))
    }

    /// `x` of `n`, 0.5 added to both sides of a proportion of 0 or 1.
    private static func corrected(_ x: Double, _ n: Double) -> (x: Double, n: Double) {
        x == 0 || x == n ? (x + 0.5, n + 1) : (x, n)
    }

    static func proportion(_ x: Double, of n: Double) -> Effect {
        let c = corrected(x, n)
        let p = c.x / c.n
        return Effect(y: p, v: p * (1 - p) / c.n)
    }

    static func logitProportion(_ x: Double, of n: Double) -> Effect {
        let c = corrected(x, n)
        return Effect(y: log(c.x / (c.n - c.x)), v: 1 / c.x + 1 / (c.n - c.x))
    }

    /// Freeman and Tukey (1950); zeros need no correction.
    static func doubleArcsineProportion(_ x: Double, of n: Double) -> Effect {
        Effect(y: (asin(sqrt(x / (n + 1))) + asin(sqrt((x + 1) / (n + 1)))) / 2, v: 1 / (4 * n + 2))
    }
}

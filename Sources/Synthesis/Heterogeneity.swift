import Foundation

/// The variance between studies, with its standard error.
struct BetweenStudyVariance: Equatable {
    var tau2: Double
    var se: Double?
}

/// Estimates, variances and what every estimator needs of them.
struct WeightedEffects {
    let y: [Double]
    let v: [Double]

    init(_ effects: [Effect]) {
        y = effects.map(\.y)
        v = effects.map(\.v)
    }

    var k: Int { y.count }
    var df: Double { Double(y.count - 1) }

    func weights(_ tau2: Double) -> [Double] { v.map { 1 / ($0 + tau2) } }

    func mean(_ w: [Double]) -> Double { zip(w, y).reduce(0) { $0 + $1.0 * $1.1 } / w.reduce(0, +) }

    /// Sum of weighted squared distances from the weighted mean.
    func q(_ w: [Double]) -> Double {
        let centre = mean(w)
        return zip(w, y).reduce(0) { $0 + $1.0 * ($1.1 - centre) * ($1.1 - centre) }
    }
}

/// Estimators of the variance between studies without moderators, after Viechtbauer (2005), J Educ Behav Stat 30:261,
/// with the standard errors that metafor 3.8 reports.
enum Heterogeneity {
    /// Nil for a method that estimates none. Needs two studies.
    static func estimate(_ method: PoolingMethod, _ data: WeightedEffects) -> BetweenStudyVariance? {
        guard data.k > 1 else { return nil }
        switch method {
        case .equalEffects, .mantelHaenszel: return nil
        case .derSimonianLaird: return derSimonianLaird(data)
        case .hedges: return hedges(data)
        case .hunterSchmidt: return hunterSchmidt(data)
        case .sidikJonkman: return sidikJonkman(data)
        case .maximumLikelihood:
            let tau2 = Likelihood(data, isRestricted: false).maximum()
            let squares = data.weights(tau2).reduce(0) { $0 + $1 * $1 }
            return BetweenStudyVariance(tau2: tau2, se: sqrt(2 / squares))
        case .restrictedMaximumLikelihood:
            let tau2 = Likelihood(data, isRestricted: true).maximum()
            let w = data.weights(tau2)
            return BetweenStudyVariance(tau2: tau2, se: sqrt(2 / Projection(w).sum()))
        case .empiricalBayes, .pauleMandel:
            // Both solve the same equation (Morris 1983; Paule and Mandel 1982).
            let tau2 = pauleMandel(data)
            let total = data.weights(tau2).reduce(0, +)
            let k = Double(data.k)
            return BetweenStudyVariance(tau2: tau2, se: sqrt(2 * k * k / data.df) / total)
        }
    }

    private static func derSimonianLaird(_ data: WeightedEffects) -> BetweenStudyVariance {
        let w = data.weights(0)
        let total = w.reduce(0, +)
        let trace = total - w.reduce(0) { $0 + $1 * $1 } / total
        let tau2 = max(0, (data.q(w) - data.df) / trace)
        return BetweenStudyVariance(tau2: tau2, se: momentError(tau2, data, w, trace: trace) / trace)
    }

    /// Hunter and Schmidt's, in metafor's form.
    private static func hunterSchmidt(_ data: WeightedEffects) -> BetweenStudyVariance {
        let w = data.weights(0)
        let total = w.reduce(0, +)
        let trace = total - w.reduce(0) { $0 + $1 * $1 } / total
        let tau2 = max(0, (data.q(w) - Double(data.k)) / total)
        return BetweenStudyVariance(tau2: tau2, se: momentError(tau2, data, w, trace: trace) / total)
    }

    private static func momentError(_ tau2: Double, _ data: WeightedEffects, _ w: [Double], trace: Double) -> Double {
        sqrt(2 * data.df + 4 * tau2 * trace + 2 * tau2 * tau2 * Projection(w).sum())
    }

    /// Hedges (1983): the plain variance of the estimates less the mean sampling variance.
    private static func hedges(_ data: WeightedEffects) -> BetweenStudyVariance {
        let ones = data.v.map { _ in 1.0 }
        let k = Double(data.k)
        let meanVariance = data.v.reduce(0, +) / k
        let tau2 = max(0, data.q(ones) / data.df - meanVariance)
        let variance =
            2 * Projection(ones).sum(data.v, data.v) + 4 * tau2 * meanVariance * data.df + 2 * tau2 * tau2 * data.df
        return BetweenStudyVariance(tau2: tau2, se: sqrt(variance) / data.df)
    }

    /// Sidik and Jonkman (2005), from the crude variance of the estimates.
    private static func sidikJonkman(_ data: WeightedEffects) -> BetweenStudyVariance {
        let ones = data.v.map { _ in 1.0 }
        let crude = data.q(ones) / Double(data.k)
        // Equal estimates: the variance is zero, and so is its estimate.
        guard crude > 0 else { return BetweenStudyVariance(tau2: 0, se: nil) }
        let w = data.weights(crude)
        let tau2 = crude * data.q(w) / data.df
        let projection = Projection(w)
        let variance =
            2 * projection.sum(data.v, data.v) + 4 * tau2 * projection.sum(data.v, ones)
            + 2 * tau2 * tau2 * projection.sum()
        return BetweenStudyVariance(tau2: tau2, se: crude * sqrt(variance) / data.df)
    }

    private static func pauleMandel(_ data: WeightedEffects) -> Double { variance(data, whereQIs: data.df) }

    /// The variance at which the weighted sum of squares has a given value, 0 where it never is so large. The sum
    /// falls as the variance grows, so halving the interval finds the one root to the last digit.
    private static func variance(_ data: WeightedEffects, whereQIs target: Double) -> Double {
        func excess(_ tau2: Double) -> Double { data.q(data.weights(tau2)) - target }
        guard excess(0) > 0 else { return 0 }
        var high = max(data.v.max() ?? 1, .leastNormalMagnitude)
        while excess(high) > 0, high < .greatestFiniteMagnitude / 4 { high *= 2 }
        return Bisection.root(0, high, excess)
    }
}

extension Heterogeneity {
    /// The Q-profile interval of the variance between studies (Viechtbauer 2007, Stat Med 26:37), whatever the
    /// estimator. Nil where the estimates lie so close together that the interval is empty.
    static func profileInterval(_ data: WeightedEffects, level: Double) -> (lower: Double, upper: Double)? {
        let tail = (1 - level / 100) / 2
        guard data.k > 1, let small = Distributions.chiSquaredQuantile(tail, df: data.df),
            let large = Distributions.chiSquaredQuantile(1 - tail, df: data.df)
        else { return nil }
        guard data.q(data.weights(0)) >= small else { return nil }
        return (lower: variance(data, whereQIs: large), upper: variance(data, whereQIs: small))
    }
}

/// The matrix W - W 1 1' W / sum(w), whose squared elements the standard errors need.
struct Projection {
    private let w: [Double]
    private let total: Double

    init(_ w: [Double]) {
        self.w = w
        total = w.reduce(0, +)
    }

    /// Sum over all i, j of P[i,j] squared times a[i] times b[j].
    func sum(_ a: [Double], _ b: [Double]) -> Double {
        var diagonal = 0.0
        var aSquares = 0.0
        var bSquares = 0.0
        for index in w.indices {
            let square = w[index] * w[index]
            let own = w[index] - square / total
            let shared = square / total
            diagonal += a[index] * b[index] * (own * own - shared * shared)
            aSquares += a[index] * square
            bSquares += b[index] * square
        }
        return diagonal + aSquares * bSquares / (total * total)
    }

    func sum() -> Double {
        let ones = w.map { _ in 1.0 }
        return sum(ones, ones)
    }
}

/// Halving an interval until no number lies inside it.
enum Bisection {
    /// The root of a function that is positive at `low` and not at `high`.
    static func root(_ low: Double, _ high: Double, _ function: (Double) -> Double) -> Double {
        var low = low
        var high = high
        // A double has 2098 binary orders of magnitude and 53 bits; no interval needs more halvings.
        for _ in 0..<2200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if function(middle) > 0 { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}

import Foundation

/// The (restricted) log-likelihood of the variance between studies, the mean profiled out.
///
/// It can have more than one hill (Jackson, Riley and White 2011 discuss such data), and a climber that starts on
/// the wrong one ends there. So the slope is followed over the whole range in which a maximum can lie, and every
/// summit is compared, zero included.
struct Likelihood {
    private static let steps = 1200

    private let data: WeightedEffects
    private let isRestricted: Bool

    init(_ data: WeightedEffects, isRestricted: Bool) {
        self.data = data
        self.isRestricted = isRestricted
    }

    /// The variance with the greatest likelihood.
    func maximum() -> Double {
        let grid = points()
        var best = 0.0
        var bestValue = slope(0) <= 0 ? value(0) : -Double.infinity
        var previous = slope(0)
        for (low, high) in zip(grid, grid.dropFirst()) {
            let next = slope(high)
            if previous > 0, next <= 0 {
                let summit = Bisection.root(low, high, slope)
                let height = value(summit)
                if height > bestValue { (best, bestValue) = (summit, height) }
            }
            previous = next
        }
        return best
    }

    /// Zero, then evenly on the logarithmic scale from far below every variance to beyond the last possible summit:
    /// the slope is negative wherever the variance exceeds both the squared range of the estimates and, for the
    /// restricted likelihood, a small multiple of it.
    private func points() -> [Double] {
        let low = data.y.min() ?? 0
        let high = data.y.max() ?? 0
        let range = (high - low) * (high - low)
        let largest = data.v.max() ?? 1
        let smallest = min(data.v.min() ?? 1, range > 0 ? range : largest)
        let first = max(smallest * 1e-10, .leastNormalMagnitude)
        let last = max(4 * (range + largest), first * 10)
        let ratio = log(last / first) / Double(Self.steps)
        return [0] + (0...Self.steps).map { first * exp(ratio * Double($0)) }
    }

    private func value(_ tau2: Double) -> Double {
        let w = data.weights(tau2)
        var sum = w.reduce(0) { $0 + log($1) } - data.q(w)
        if isRestricted { sum -= log(w.reduce(0, +)) }
        return sum / 2
    }

    /// Twice the derivative of the log-likelihood. Called some thousand times, so it makes no arrays.
    private func slope(_ tau2: Double) -> Double {
        var total = 0.0
        var squares = 0.0
        var centre = 0.0
        for index in data.y.indices {
            let w = 1 / (data.v[index] + tau2)
            total += w
            squares += w * w
            centre += w * data.y[index]
        }
        centre /= total
        var slope = isRestricted ? squares / total : 0
        for index in data.y.indices {
            let w = 1 / (data.v[index] + tau2)
            let distance = data.y[index] - centre
            slope += w * (w * distance * distance - 1)
        }
        return slope
    }
}

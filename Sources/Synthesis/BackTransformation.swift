import Foundation

/// From the scale of the analysis to the scale that readers want.
struct BackTransformation {
    let measure: Measure
    /// Harmonic mean of the group sizes, for the double arcsine.
    let harmonicN: Double?

    init(measure: Measure, sizes: [Double?]) {
        self.measure = measure
        let known = sizes.compactMap { $0 }
        let inverse = known.reduce(0) { $0 + 1 / $1 }
        harmonicN = known.count == sizes.count && inverse > 0 ? Double(known.count) / inverse : nil
    }

    func callAsFunction(_ value: Double?) -> Double? {
        guard let value else { return nil }
        let result: Double? =
            switch measure {
            case .oddsRatio, .riskRatio, .peto: exp(value)
            case .logitProportion: value < 0 ? exp(value) / (1 + exp(value)) : 1 / (1 + exp(-value))
            case .doubleArcsineProportion: harmonicN.map { Self.inverseDoubleArcsine(value, n: $0) }
            default: value
            }
        return result.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Miller (1978), cut at the proportions 0 and 1 as metafor's `transf.ipft.hm()` does.
    private static func inverseDoubleArcsine(_ x: Double, n: Double) -> Double {
        if x > EffectSizes.doubleArcsineProportion(n, of: n).y { return 1 }
        if x < EffectSizes.doubleArcsineProportion(0, of: n).y { return 0 }
        let sine = sin(2 * x)
        let term = sine + (sine - 1 / sine) / n
        let sign = cos(2 * x) < 0 ? -1.0 : (cos(2 * x) > 0 ? 1.0 : 0.0)
        return (1 - sign * sqrt(1 - term * term)) / 2
    }
}

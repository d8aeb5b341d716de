import CBoostMath

/// Tail probabilities and quantiles; nil where there is no answer.
package enum Distributions {
    package static func normalQuantile(_ p: Double) -> Double? { finite(sluice_normal_quantile(p)) }
    package static func normalTwoSided(_ z: Double) -> Double? { finite(sluice_normal_two_sided(z)) }
    package static func tQuantile(_ p: Double, df: Double) -> Double? { finite(sluice_t_quantile(p, df)) }
    package static func tTwoSided(_ t: Double, df: Double) -> Double? { finite(sluice_t_two_sided(t, df)) }
    package static func chiSquaredUpper(_ x: Double, df: Double) -> Double? { finite(sluice_chi_squared_upper(x, df)) }
    package static func chiSquaredQuantile(_ p: Double, df: Double) -> Double? {
        finite(sluice_chi_squared_quantile(p, df))
    }
    package static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double? {
        finite(sluice_beta_quantile(p, a, b))
    }
    package static func gammaRatio(_ x: Double, delta: Double) -> Double? { finite(sluice_gamma_ratio(x, delta)) }

    private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}

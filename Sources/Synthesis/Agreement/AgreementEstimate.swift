/// A coefficient of agreement with its interval; nil for what cannot be estimated.
package struct AgreementEstimate: Hashable, Sendable {
    package var value: Double?
    /// Large-sample standard error of the coefficient as it is (not under the hypothesis of no agreement).
    package var se: Double?
    package var lower: Double?
    package var upper: Double?

    package static let notEstimable = AgreementEstimate()

    private init() {}

    /// - Parameters:
    ///   - variance: nil, or not above zero, where the data say nothing of the precision: perfect agreement of three
    ///     reports is not known to the last digit. Then there is no interval.
    ///   - quantile: half the width of the interval in standard errors.
    init(_ value: Double?, variance: Double?, quantile: Double?) {
        guard let value, value.isFinite else { return }
        self.value = value
        guard let variance, variance.isFinite, variance > 1e-15, let quantile else { return }
        let se = variance.squareRoot()
        self.se = se
        lower = max(-1, value - quantile * se)
        upper = min(1, value + quantile * se)
    }
}

/// A share with its exact interval (Clopper and Pearson 1934, Biometrika 26:404).
package struct ExactShare: Hashable, Sendable {
    package var value: Double?
    package var lower: Double?
    package var upper: Double?

    /// - Parameter level: of the interval, in percent.
    package init(_ count: Int, of n: Int, level: Double = 95) {
        guard n > 0, (0...n).contains(count) else { return }
        let tail = (1 - level / 100) / 2
        value = Double(count) / Double(n)
        lower = count == 0 ? 0 : Distributions.betaQuantile(tail, Double(count), Double(n - count + 1))
        upper = count == n ? 1 : Distributions.betaQuantile(1 - tail, Double(count + 1), Double(n - count))
    }
}

/// The exact interval of a proportion after Clopper and Pearson (Biometrika 1934;26:404-413): from quantiles of the beta
/// distribution, never narrower than it says, and defined where nothing or everything happened.
package struct ExactInterval: Sendable, Hashable {
    package var lower: Double
    package var upper: Double

    /// - Parameter level: in percent.
    /// - Returns: nil where there is no proportion: nobody, or more events than people.
    package init?(events: Int, of total: Int, level: Double = 95) {
        guard total > 0, events >= 0, events <= total, level > 0, level < 100 else { return nil }
        let tail = (1 - level / 100) / 2
        let x = Double(events)
        let n = Double(total)
        let low = events == 0 ? 0 : Distributions.betaQuantile(tail, x, n - x + 1)
        let high = events == total ? 1 : Distributions.betaQuantile(1 - tail, x + 1, n - x)
        guard let low, let high else { return nil }
        lower = low
        upper = high
    }
}

/// The exact interval of a proportion after Clopper and Pearson (Biometrika 1934;26:404-413): never too narrow, however
/// few the cases.
package enum ExactInterval {
    /// nil where there are no cases or the counts are impossible.
    package static func proportion(
        _ events: Int, of total: Int, level: Double = 0.95
    ) -> (lower: Double, upper: Double)? {
        guard total > 0, (0...total).contains(events), level > 0, level < 1 else { return nil }
        let tail = (1 - level) / 2
        let (x, n) = (Double(events), Double(total))
        let lower = events == 0 ? 0 : Distributions.betaQuantile(tail, x, n - x + 1)
        let upper = events == total ? 1 : Distributions.betaQuantile(1 - tail, x + 1, n - x)
        guard let lower, let upper else { return nil }
        return (lower, upper)
    }
}

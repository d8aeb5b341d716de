/// How far any number of raters agree; subjects need not all have been rated by all of them.
///
/// Fleiss's kappa for a fixed number of raters is Fleiss 1971 (Psychol Bull 76:378); with ratings missing it is Gwet's
/// generalisation, whose variance is used for all (Gwet 2021, Educ Psychol Meas 81:781). AC1 is Gwet 2008 (Br J Math
/// Stat Psychol 61:29). Intervals use Student's t with one degree less than there are subjects, as Gwet does.
package struct GroupAgreement: Hashable, Sendable {
    /// Subjects that at least two raters rated. Others say something of how often a category is used, nothing of
    /// agreement.
    package let n: Int
    /// The mean, over subjects, of the share of pairs of raters that agree.
    package let observed: Double?
    package let expected: Double?
    package let kappa: AgreementEstimate
    package let ac1: AgreementEstimate

    /// - Parameters:
    ///   - ratings: for each subject what its raters said, in any order.
    ///   - categories: every category that could have been used; one that is used and not named here is added.
    package init<Category: Hashable & Comparable>(
        _ ratings: [[Category]], categories: [Category], level: Double = 95
    ) {
        let all = PairAgreement.closed(categories, over: ratings.flatMap { $0 })
        let position = Dictionary(all.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        self.init(
            counts: ratings.map { subject in
                var row = Array(repeating: 0, count: all.count)
                for rating in subject { if let i = position[rating] { row[i] += 1 } }
                return row
            }, level: level)
    }

    /// - Parameter counts: for each subject the number of raters that put it into each category; rows of one length.
    package init(counts given: [[Int]], level: Double = 95) {
        let subjects = given.filter { $0.contains { $0 > 0 } }.map { $0.map(Double.init) }
        let q = given.first?.count ?? 0
        let totals = subjects.map { $0.reduce(0, +) }
        let compared = totals.count { $0 >= 2 }
        n = compared
        guard compared > 0, q > 1 else {
            observed = nil
            expected = nil
            kappa = .notEstimable
            ac1 = .notEstimable
            return
        }
        let size = Double(subjects.count)
        let shares = (0..<q).map { k in zip(subjects, totals).reduce(0) { $0 + $1.0[k] / $1.1 } / size }
        let agreements = zip(subjects, totals).map { counts, r in
            r < 2 ? nil : counts.reduce(0) { $0 + $1 * ($1 - 1) } / (r * (r - 1))
        }
        let pa = agreements.reduce(0) { $0 + ($1 ?? 0) } / Double(compared)
        observed = pa
        let sample = Sample(
            subjects: subjects, totals: totals, agreements: agreements, observed: pa,
            weight: size / Double(compared),
            quantile: size > 1 ? Distributions.tQuantile(0.5 + level / 200, df: size - 1) : nil)
        // Only where one category took everything is chance agreement 1.
        let isDegenerate = (0..<q).contains { k in zip(subjects, totals).allSatisfy { $0[k] == $1 } }
        let chance = shares.reduce(0) { $0 + $1 * $1 }
        expected = chance
        kappa =
            isDegenerate
            ? .notEstimable
            : sample.estimate(expected: chance) { counts, r in
                zip(counts, shares).reduce(0) { $0 + $1.0 / r * $1.1 }
            }
        let scale = 1 / Double(q - 1)
        ac1 = sample.estimate(expected: scale * shares.reduce(0) { $0 + $1 * (1 - $1) }) { counts, r in
            scale * zip(counts, shares).reduce(0) { $0 + $1.1 * (1 - $1.0 / r) }
        }
    }
}

/// What a chance-corrected coefficient is made of; the coefficients differ only in what they call chance.
private struct Sample {
    var subjects: [[Double]]
    var totals: [Double]
    var agreements: [Double?]
    var observed: Double
    var weight: Double
    var quantile: Double?

    /// - Parameter part: a subject's contribution to the agreement by chance.
    func estimate(expected: Double, part: ([Double], Double) -> Double) -> AgreementEstimate {
        let value = (observed - expected) / (1 - expected)
        guard subjects.count > 1 else { return AgreementEstimate(value, variance: nil, quantile: nil) }
        var sum = 0.0
        for (index, counts) in subjects.enumerated() {
            let own = agreements[index].map { weight * ($0 - expected) / (1 - expected) } ?? 0
            let linear = own - 2 * (1 - value) * (part(counts, totals[index]) - expected) / (1 - expected)
            sum += (linear - value) * (linear - value)
        }
        let size = Double(subjects.count)
        return AgreementEstimate(value, variance: sum / (size * (size - 1)), quantile: quantile)
    }
}

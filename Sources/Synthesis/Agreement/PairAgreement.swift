/// How far two raters agree who put the same subjects into categories without knowing of each other.
///
/// Kappa collapses where one answer is rare, as inclusion is in screening (the paradox of Feinstein and Cicchetti 1990,
/// J Clin Epidemiol 43:543). It therefore never stands alone: beside it are raw agreement, PABAK with the indices of
/// prevalence and bias (Byrt, Bishop and Carlin 1993, J Clin Epidemiol 46:423) and AC1 (Gwet 2008, Br J Math Stat
/// Psychol 61:29).
package struct PairAgreement: Hashable, Sendable {
    /// The number of subjects that both raters rated.
    package let n: Int
    /// `table[i][j]`: subjects that the first rater put into category `i` and the second into `j`.
    package let table: [[Int]]
    package let agreed: Int
    /// Raw agreement, with its exact interval.
    package let observed: ExactShare
    /// What two raters with these habits would agree on by chance, after Cohen.
    package let expected: Double?
    /// Cohen's kappa (Cohen 1960, Educ Psychol Meas 20:37). Not estimable where chance alone explains everything: both
    /// raters gave the same one answer to all.
    package let kappa: AgreementEstimate
    /// Cohen's own standard error, simpler than that of the interval (Cohen 1960, formula 7).
    package let kappaSimpleSE: Double?
    /// Kappa as it would be were all categories used equally and by both alike: 2 po - 1 with two categories.
    package let pabak: AgreementEstimate
    package let ac1: AgreementEstimate
    /// With two categories, by how much one is used more than the other: |a - d| / n. Else nil.
    package let prevalenceIndex: Double?
    /// With two categories, by how much the raters differ in how often they use the first: |b - c| / n. Else nil.
    package let biasIndex: Double?

    /// - Parameters:
    ///   - ratings: what the first and the second rater said, subject by subject.
    ///   - categories: every category that could have been used; one that is used and not named here is added.
    ///   - level: of the intervals, in percent.
    package init<Category: Hashable & Comparable>(
        _ ratings: [(first: Category, second: Category)], categories: [Category], level: Double = 95
    ) {
        let all = Self.closed(categories, over: ratings.flatMap { [$0.first, $0.second] })
        let position = Dictionary(all.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        var table = Array(repeating: Array(repeating: 0, count: all.count), count: all.count)
        for rating in ratings {
            if let i = position[rating.first], let j = position[rating.second] { table[i][j] += 1 }
        }
        self.init(table: table, level: level)
    }

    /// - Parameter table: square; rows are the first rater's categories, columns the second's, in the same order.
    package init(table: [[Int]], level: Double = 95) {
        let q = table.count
        let n = table.joined().reduce(0, +)
        self.table = table
        self.n = n
        agreed = table.indices.reduce(0) { $0 + table[$1][$1] }
        observed = ExactShare(agreed, of: n, level: level)
        let total = Double(n)
        let quantile = Distributions.normalQuantile(0.5 + level / 200)
        let p = table.map { $0.map { Double($0) / max(total, 1) } }
        let rows = p.map { $0.reduce(0, +) }
        let columns = p.indices.map { j in p.reduce(0) { $0 + $1[j] } }
        let po = p.indices.reduce(0) { $0 + p[$1][$1] }
        let pe = zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 }
        expected = n > 0 ? pe : nil

        // Only where every subject got the same answer from both is chance agreement 1.
        let isDegenerate = n == 0 || table.indices.contains { table[$0][$0] == n }
        if isDegenerate {
            kappa = .notEstimable
            kappaSimpleSE = nil
        } else {
            kappa = AgreementEstimate(
                (po - pe) / (1 - pe), variance: Self.kappaVariance(p, rows, columns, po, pe) / total,
                quantile: quantile)
            kappaSimpleSE = (po * (1 - po) / (total * (1 - pe) * (1 - pe))).squareRoot()
        }
        if n > 0, q > 1 {
            let scale = Double(q) / Double(q - 1)
            pabak = AgreementEstimate(
                scale * (po - 1) + 1, variance: scale * scale * po * (1 - po) / total, quantile: quantile)
        } else {
            pabak = .notEstimable
        }
        let isDichotomy = n > 0 && q == 2
        prevalenceIndex = isDichotomy ? abs(p[0][0] - p[1][1]) : nil
        biasIndex = isDichotomy ? abs(p[0][1] - p[1][0]) : nil

        var counts: [[Int]] = []
        for i in table.indices {
            for j in table.indices where table[i][j] > 0 {
                var row = Array(repeating: 0, count: q)
                row[i] += 1
                row[j] += 1
                counts += Array(repeating: row, count: table[i][j])
            }
        }
        ac1 = GroupAgreement(counts: counts, level: level).ac1
    }

    /// The large-sample variance of kappa, times n (Fleiss, Cohen and Everitt 1969, Psychol Bull 72:323, formula 13).
    private static func kappaVariance(
        _ p: [[Double]], _ rows: [Double], _ columns: [Double], _ po: Double, _ pe: Double
    ) -> Double {
        let kappa = (po - pe) / (1 - pe)
        var sum = 0.0
        for i in p.indices {
            for j in p.indices {
                let margin = rows[j] + columns[i]
                if i == j {
                    let term = 1 - margin * (1 - kappa)
                    sum += p[i][i] * term * term
                } else {
                    sum += p[i][j] * (1 - kappa) * (1 - kappa) * margin * margin
                }
            }
        }
        let last = kappa - pe * (1 - kappa)
        return (sum - last * last) / ((1 - pe) * (1 - pe))
    }

    static func closed<Category: Hashable & Comparable>(
        _ categories: [Category], over used: [Category]
    ) -> [Category] {
        categories + Set(used).subtracting(categories).sorted()
    }
}

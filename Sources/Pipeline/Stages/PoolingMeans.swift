import Extraction
import Interchange

extension PoolingTable {
    /// Means and standard deviations of both sides, at the nearest time and on the first scale that both sides have.
    static func means(
        _ rows: [ScoreTable.Row], _ treatment: [String], _ outcome: OutcomePlan
    ) -> Found? {
        let found = rows.filter { row in fits(row.field, row.time, outcome) && isOf(row.scale, outcome.scale) }
        for time in times(of: found.map(\.time), nearest: outcome.time) {
            let here = found.filter { $0.time == time }
            var scales: [String?] = []
            for row in here where !scales.contains(row.scale) { scales.append(row.scale) }
            for scale in scales {
                let arms = here.filter { $0.scale == scale }
                guard let own = MeanGroup(merging: arms.filter { treatment.contains($0.arm ?? "") }),
                    let others = MeanGroup(
                        merging: arms.filter { $0.arm.map { isComparison($0, treatment, outcome) } ?? false })
                else { continue }
                return (
                    time,
                    [
                        "m1i": .number(own.mean), "sd1i": .number(own.sd), "n1i": .integer(own.n),
                        "m2i": .number(others.mean), "sd2i": .number(others.sd), "n2i": .integer(others.n),
                    ],
                    [
                        "m1i": arms.filter { treatment.contains($0.arm ?? "") }.map(\.place),
                        "m2i": arms.filter { $0.arm.map { isComparison($0, treatment, outcome) } ?? false }.map(
                            \.place),
                    ]
                )
            }
        }
        return nil
    }

    /// `HDRS` takes its versions, `HDRS-17`, in.
    private static func isOf(_ scale: String?, _ wanted: String?) -> Bool {
        guard let wanted else { return true }
        return scale == wanted || scale?.hasPrefix(wanted + "-") == true
    }
}

/// Arms taken together as one group: Cochrane Handbook 6.4, table 6.5.a.
struct MeanGroup: Hashable {
    var mean: Double
    var sd: Double
    var n: Int

    /// nil where there is no arm.
    init?(merging rows: [ScoreTable.Row]) {
        guard let first = rows.first else { return nil }
        self.init(mean: first.mean, sd: first.sd, n: first.n)
        for row in rows.dropFirst() { merge(MeanGroup(mean: row.mean, sd: row.sd, n: row.n)) }
    }

    init(mean: Double, sd: Double, n: Int) {
        self.mean = mean
        self.sd = sd
        self.n = n
    }

    private mutating func merge(_ other: MeanGroup) {
        let (a, b) = (Double(n), Double(other.n))
        let total = a + b
        let apart = mean - other.mean
        let squares = (a - 1) * sd * sd + (b - 1) * other.sd * other.sd + a * b / total * apart * apart
        self = MeanGroup(
            mean: (a * mean + b * other.mean) / total, sd: (squares / (total - 1)).squareRoot(), n: n + other.n)
    }
}

/// Means and standard deviations per arm, scale and point in time, for differences of means.
package enum ScoreTable {
    package struct Row: Sendable, Hashable {
        /// `endpoint` or `change`.
        package var field: String
        package var arm: String?
        /// What tells the arm from another of the same drug; nil where nothing has to.
        package var dose: String?
        /// Hours from the start of the infusion; nil where no point in time is named.
        package var time: Double?
        package var scale: String?
        package var mean: Double
        package var sd: Double
        package var n: Int
    }

    /// The field that holds the standard deviation of a field of means.
    package static let deviations = ["baseline": "baselineSD", "endpoint": "endpointSD", "change": "changeSD"]

    /// Rows where mean, standard deviation and number of people are all known, in the order of the values. A place with
    /// two different means has none: which of them holds is for a person to say.
    package static func rows(from values: [ExtractedValue]) -> [Row] {
        var rows: [Row] = []
        for value in values {
            guard ["endpoint", "change"].contains(value.field), let deviation = deviations[value.field],
                let mean = only(values.filter { $0.field == value.field && $0.isBeside(value) }),
                let sd = only(values.filter { $0.field == deviation && $0.isBeside(value) }), sd >= 0,
                let n = size(of: value, values)
            else { continue }
            let row = Row(
                field: value.field, arm: value.arm, dose: value.dose, time: value.time, scale: value.outcome,
                mean: mean, sd: sd, n: n)
            if !rows.contains(row) { rows.append(row) }
        }
        return rows
    }

    /// The people analysed, else the one size of the arm.
    private static func size(of value: ExtractedValue, _ values: [ExtractedValue]) -> Int? {
        guard value.arm != nil else { return nil }
        for field in ["numberAnalysed", "armSize"] {
            let sizes = values.filter {
                $0.field == field && $0.arm == value.arm && $0.dose == value.dose
                    && ($0.outcome == nil || $0.outcome == value.outcome) && ($0.time == nil || $0.time == value.time)
            }
            if let n = only(sizes), n >= 1, n < 1e9 { return Int(n) }
        }
        return nil
    }

    private static func only(_ values: [ExtractedValue]) -> Double? {
        let numbers = Set(values.compactMap(\.number))
        return numbers.count == 1 ? numbers.first : nil
    }
}

extension ExtractedValue {
    fileprivate func isBeside(_ other: ExtractedValue) -> Bool {
        arm == other.arm && dose == other.dose && time == other.time && outcome == other.outcome
    }
}

import Bibliography
import Extraction
import Store

/// The results of one study, arm by arm, as other programs want them: what was counted or measured, when, on which
/// scale, in whom.
struct ArmResults {
    enum Numbers: Hashable {
        case events(Int, of: Int)
        case mean(Double, sd: Double, n: Int)
    }

    struct Arm: Hashable {
        var drug: String
        var dose: String?
        var numbers: Numbers

        /// `ketamine 0.5 mg/kg`.
        var name: String { [drug, dose].compactMap(\.self).joined(separator: " ") }
    }

    /// One outcome at one time on one scale.
    struct Result: Hashable {
        /// `response`, `remission`, `relapse`, `dropout`, `endpoint` or `change`.
        var field: String
        var scale: String?
        /// Hours from the start of the infusion.
        var time: Double?
        var arms: [Arm]
    }

    /// An effect that the report tells of two arms: `OR 3.2 (1.1 to 9.4)` of ketamine against midazolam.
    struct Contrast: Hashable {
        var place: ValuePlace
        var measure: String
        var estimate: Double
        var lower: Double
        var upper: Double
        var p: Double?

        var arm: String { [place.arm, place.dose].compactMap(\.self).joined(separator: " ") }
    }

    var study: Study
    var results: [Result]
    var contrasts: [Contrast]

    /// - Parameters:
    ///   - treatment: drugs whose arms come first.
    ///   - values: what stands, by report. Companion reports repeat the same people, so that each outcome is taken from
    ///     the first report that has it.
    init(_ study: Study, treatment: [String], _ values: [RecordID: [ExtractedValue]]) {
        self.study = study
        var results: [Result] = []
        for report in study.reports {
            for result in Self.results(values[report] ?? [], treatment)
            where !results.contains(where: { $0.isSame(as: result) }) {
                results.append(result)
            }
        }
        self.results = results
        // Effects of a place are told by the first report that tells them.
        contrasts = study.reports.reduce(into: []) { found, report in
            for contrast in Self.contrasts(values[report] ?? [])
            where !found.contains(where: { $0.place == contrast.place && $0.measure == contrast.measure }) {
                found.append(contrast)
            }
        }
    }

    /// Effects with both limits whose arms are named; where a place has two of one measure, none is the one.
    private static func contrasts(_ values: [ExtractedValue]) -> [Contrast] {
        values.compactMap { value in
            guard value.field == "effect", value.arm != nil, value.comparator != nil, let measure = value.unit,
                let estimate = value.number
            else { return nil }
            func only(_ field: String, unit: String?) -> Double? {
                let here = values.filter {
                    var place = value.place
                    place.field = field
                    return $0.place == place && $0.unit == unit
                }
                return here.count == 1 ? here[0].number : nil
            }
            guard only("effect", unit: measure) != nil, let lower = only("effectLower", unit: measure),
                let upper = only("effectUpper", unit: measure), lower <= estimate, estimate <= upper
            else { return nil }
            return Contrast(
                place: value.place, measure: measure, estimate: estimate, lower: lower, upper: upper,
                p: only("pValue", unit: nil))
        }
    }

    private static func results(_ values: [ExtractedValue], _ treatment: [String]) -> [Result] {
        struct Key: Hashable {
            var field: String
            var scale: String?
            var time: Double?
        }
        var order: [Key] = []
        var arms: [Key: [Arm]] = [:]
        func add(_ key: Key, _ drug: String?, _ dose: String?, _ numbers: Numbers) {
            guard let drug else { return }
            if arms[key] == nil { order.append(key) }
            if arms[key]?.contains(where: { $0.drug == drug && $0.dose == dose }) == true { return }
            arms[key, default: []].append(Arm(drug: drug, dose: dose, numbers: numbers))
        }
        for row in OutcomeTable.rows(from: values) {
            add(
                Key(field: row.field, scale: row.outcome, time: row.time), row.arm, row.dose,
                .events(row.events, of: row.n))
        }
        for row in ScoreTable.rows(from: values) {
            add(
                Key(field: row.field, scale: row.scale, time: row.time), row.arm, row.dose,
                .mean(row.mean, sd: row.sd, n: row.n))
        }
        return order.map { key in
            let own = arms[key] ?? []
            let first = own.filter { treatment.contains($0.drug) }
            return Result(
                field: key.field, scale: key.scale, time: key.time,
                arms: first + own.filter { !treatment.contains($0.drug) })
        }
    }
}

extension ArmResults.Result {
    fileprivate func isSame(as other: Self) -> Bool {
        field == other.field && scale == other.scale && time == other.time
    }
}

extension ReviewReading {
    /// Every included study's results, by the values that stand; sorted by study.
    func armResults() throws -> [ArmResults] {
        let studies = try store.read { try $0.studies() }
        let values = Dictionary(
            try reviewedValues().map { ($0.report, $0.values.applied) }, uniquingKeysWith: { a, _ in a })
        return studies.map { ArmResults($0, treatment: plan.synthesis.treatment, values) }
    }
}

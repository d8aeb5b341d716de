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

    var study: Study
    var results: [Result]

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

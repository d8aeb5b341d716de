import Bibliography
import Extraction
import Interchange
import Synthesis

/// The numbers of one outcome, one row a study: what `synthesise` pools.
struct PoolingTable {
    struct Row: Hashable {
        var study: Study
        /// The report that the numbers were read in.
        var report: RecordID
        /// Events and number in the treatment arms; all arms of a dose-finding trial are one.
        var events: Int
        var n: Int
        /// The same of the comparison, nil for a single group.
        var controlEvents: Int?
        var controlN: Int?
        var time: Double?
    }

    let outcome: OutcomePlan
    let rows: [Row]

    /// - Parameters:
    ///   - treatment: the drugs whose arms are the treatment.
    ///   - values: what was extracted, by report. A study with several reports is counted by the first that has both
    ///     arms: companion reports repeat the same people.
    init(outcome: OutcomePlan, treatment: [String], _ studies: [Study], _ values: [RecordID: [ExtractedValue]]) {
        self.outcome = outcome
        rows = studies.compactMap { study in
            for report in study.reports {
                let found = OutcomeTable.rows(from: values[report] ?? []).filter { Self.fits($0, outcome) }
                if let row = Self.row(study, report, found, treatment, outcome) { return row }
            }
            return nil
        }
    }

    private static func fits(_ row: OutcomeTable.Row, _ outcome: OutcomePlan) -> Bool {
        guard row.field == outcome.outcome.rawValue else { return false }
        guard let wanted = outcome.time else { return true }
        guard let time = row.time else { return false }
        return (outcome.window ?? wanted...wanted).contains(time)
    }

    private static func row(
        _ study: Study, _ report: RecordID, _ found: [OutcomeTable.Row], _ treatment: [String], _ outcome: OutcomePlan
    ) -> Row? {
        // Of several points inside the window, the one nearest to the time that was asked for.
        let times = Set(found.compactMap(\.time)).sorted()
        let nearest = outcome.time.flatMap { wanted in times.min { abs($0 - wanted) < abs($1 - wanted) } }
        let at = found.filter { $0.time == nearest || outcome.time == nil }
        let arms = firstByArm(at)
        let treated = arms.filter { treatment.contains($0.arm ?? "") }
        let others = arms.filter { row in
            guard let arm = row.arm, !treatment.contains(arm) else { return false }
            switch outcome.comparison {
            case .placebo: return Self.placebos.contains(arm)
            case .active: return !Self.placebos.contains(arm)
            case .any: return true
            case .none: return false
            }
        }
        let single = outcome.measure.isSingleArm
        let own = single && treated.isEmpty ? arms.filter { $0.arm == nil } : treated
        guard !own.isEmpty, single || !others.isEmpty else { return nil }
        return Row(
            study: study, report: report, events: own.reduce(0) { $0 + $1.events }, n: own.reduce(0) { $0 + $1.n },
            controlEvents: single ? nil : others.reduce(0) { $0 + $1.events },
            controlN: single ? nil : others.reduce(0) { $0 + $1.n }, time: nearest)
    }

    /// An arm that is told of twice (by count and by percentage, or on two scales) counts once.
    private static func firstByArm(_ rows: [OutcomeTable.Row]) -> [OutcomeTable.Row] {
        var seen = Set<String>()
        return rows.filter { seen.insert("\($0.arm ?? "") \($0.dose ?? "") \($0.n) \($0.events)").inserted }
            .reduce(into: []) { kept, row in
                // A drug whose doses are told apart is the sum of these; what is told of it without a dose is not added.
                let isKnown = kept.contains {
                    $0.arm == row.arm && ($0.dose == row.dose || $0.dose == nil || row.dose == nil)
                }
                if !isKnown { kept.append(row) }
            }
    }

    /// Arms that are inert or meant to be told apart by nothing but their effect on mood.
    private static let placebos: Set<String> = ["placebo", "saline", "midazolam"]

    /// The table in metafor's columns.
    var table: Table {
        let single = outcome.measure.isSingleArm
        var table = Table(columns: single ? ["slab", "xi", "ni"] : ["slab", "ai", "n1i", "ci", "n2i"])
        for row in rows {
            table.rows.append(
                [.text(row.study.label), .integer(row.events), .integer(row.n)]
                    + (single ? [] : [.optional(row.controlEvents), .optional(row.controlN)]))
        }
        return table
    }

    /// Pools the table as the plan says.
    func result() throws -> SynthesisResult {
        let text = try DelimitedText(parsing: DelimitedWriter.text(table))
        return try Synthesis.run(try SynthesisTable(reading: text), outcome.options)
    }

    func resultJSON() throws -> String {
        var json = JSONWriter()
        try result().write(to: &json)
        return json.text
    }
}

/// `Measure` inside `OutcomePlan` is the plan's own.
private typealias PooledMeasure = Measure

extension OutcomePlan {
    /// The plan's words as the synthesis knows them. `MH` as a measure is the odds ratio by that method.
    var options: SynthesisOptions {
        let isMantelHaenszel = measure == .MH
        return SynthesisOptions(
            measure: isMantelHaenszel ? .oddsRatio : PooledMeasure(rawValue: measure.rawValue) ?? .general,
            method: isMantelHaenszel
                ? .mantelHaenszel : PoolingMethod(name: method.rawValue) ?? .restrictedMaximumLikelihood,
            test: EstimateTest(rawValue: test.rawValue) ?? .z, level: level)
    }
}

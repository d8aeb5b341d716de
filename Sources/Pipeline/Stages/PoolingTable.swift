import Annotation
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
        var time: Double?
        /// By metafor's names. All treatment arms of a dose-finding trial are one, and all comparisons.
        var numbers: [String: TableCell]
        /// By the column of the events: the words that they rest on.
        var quotes: [String: String] = [:]
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
                let own = values[report] ?? []
                let found =
                    outcome.outcome.isContinuous
                    ? Self.means(ScoreTable.rows(from: own), treatment, outcome)
                    : Self.events(
                        OutcomeTable.rows(from: own).filter {
                            Self.fits($0.field, $0.time, outcome) && Self.isOf($0.outcome, outcome)
                        }, treatment,
                        outcome)
                guard let found else { continue }
                let quotes = found.places.mapValues { places in
                    places.compactMap { $0.quote(in: own) }.joined(separator: "\n")
                }
                return Row(
                    study: study, report: report, time: found.time, numbers: found.numbers,
                    quotes: quotes.filter { !$0.value.isEmpty })
            }
            return nil
        }
    }

    static func fits(_ field: String, _ time: Double?, _ outcome: OutcomePlan) -> Bool {
        guard field == outcome.outcome.rawValue else { return false }
        guard let wanted = outcome.time else { return true }
        guard let time else { return false }
        return (outcome.window ?? wanted...wanted).contains(time)
    }

    /// Of adverse events the one that is planned, of drop-outs those for the planned reason, else those for any.
    private static func isOf(_ name: String?, _ outcome: OutcomePlan) -> Bool {
        switch outcome.outcome {
        case .adverseEventCount: AdverseEvents.term(name ?? "") == outcome.event.map(AdverseEvents.term)
        case .dropout: name == outcome.event
        case .response, .remission, .relapse, .endpoint, .change: true
        }
    }

    typealias Found = (time: Double?, numbers: [String: TableCell], places: [String: [ValuePlace]])

    private static func events(
        _ found: [OutcomeTable.Row], _ treatment: [String], _ outcome: OutcomePlan
    ) -> Found? {
        let single = outcome.measure.isSingleArm
        // Of several points in time the nearest at which both sides were read.
        for time in times(of: found.map(\.time), nearest: outcome.time) {
            let arms = eachOnce(found.filter { $0.time == time })
            let named = arms.filter { treatment.contains($0.arm ?? "") }
            let own = single && named.isEmpty ? arms.filter { $0.arm == nil } : named
            let others = arms.filter { row in row.arm.map { isComparison($0, treatment, outcome) } ?? false }
            guard !own.isEmpty, single || !others.isEmpty else { continue }
            let (x, n) = (own.reduce(0) { $0 + $1.events }, own.reduce(0) { $0 + $1.n })
            guard !single else { return (time, ["xi": .integer(x), "ni": .integer(n)], ["xi": own.map(\.place)]) }
            let (c, m) = (others.reduce(0) { $0 + $1.events }, others.reduce(0) { $0 + $1.n })
            return (
                time,
                [
                    "ai": .integer(x), "bi": .integer(n - x), "ci": .integer(c), "di": .integer(m - c),
                    "n1i": .integer(n), "n2i": .integer(m),
                ],
                ["ai": own.map(\.place), "ci": others.map(\.place)]
            )
        }
        return nil
    }

    static func times(of times: [Double?], nearest wanted: Double?) -> [Double?] {
        let times = Set(times.compactMap(\.self))
        guard let wanted else { return [nil] + times.sorted() }
        return times.sorted { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) }
    }

    static func isComparison(_ arm: String, _ treatment: [String], _ outcome: OutcomePlan) -> Bool {
        guard !treatment.contains(arm) else { return false }
        return switch outcome.comparison {
        case .placebo: placebos.contains(arm)
        case .active: !placebos.contains(arm)
        case .any: true
        case .none: false
        }
    }

    /// An arm that is told of twice (on two scales) counts once, by what is told first. The doses of a drug are arms of
    /// their own and are added up; what is told of the drug without a dose is then not added to them.
    private static func eachOnce(_ rows: [OutcomeTable.Row]) -> [OutcomeTable.Row] {
        rows.reduce(into: []) { kept, row in
            let isKnown = kept.contains {
                $0.arm == row.arm && ($0.dose == row.dose || $0.dose == nil || row.dose == nil)
            }
            if !isKnown { kept.append(row) }
        }
    }

    /// Arms that are inert or meant to be told apart by nothing but their effect on mood.
    private static let placebos: Set<String> = ["placebo", "saline", "midazolam"]

    /// metafor's columns for the measure.
    var columns: [String] {
        if outcome.measure.isContinuous { return ["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"] }
        return outcome.measure.isSingleArm ? ["xi", "ni"] : ["ai", "bi", "ci", "di", "n1i", "n2i"]
    }

    /// The table in metafor's columns.
    var table: Table {
        var table = Table(columns: ["slab"] + columns)
        for row in rows {
            table.rows.append([.text(row.study.label)] + columns.map { row.numbers[$0] ?? .empty })
        }
        return table
    }

    /// Pools the table as the plan says.
    func result() throws -> SynthesisResult { try Synthesis.run(try input(), outcome.options) }

    /// The same without each study in turn.
    func leaveOneOut() throws -> [Synthesis.LeftOut] { try Synthesis.leaveOneOut(try input(), outcome.options) }

    private func input() throws -> SynthesisTable {
        try SynthesisTable(reading: try DelimitedText(parsing: DelimitedWriter.text(table)))
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
        SynthesisOptions(
            measure: pooledMeasure, method: measure == .MH ? .mantelHaenszel : poolingMethod, test: estimateTest,
            level: level)
    }

    private var pooledMeasure: PooledMeasure {
        switch measure {
        case .OR, .MH: .oddsRatio
        case .RR: .riskRatio
        case .RD: .riskDifference
        case .PETO: .peto
        case .PR: .proportion
        case .PLO: .logitProportion
        case .PFT: .doubleArcsineProportion
        case .MD: .meanDifference
        case .SMD: .standardizedMeanDifference
        }
    }

    private var poolingMethod: PoolingMethod {
        switch method {
        case .EE, .FE: .equalEffects
        case .DL: .derSimonianLaird
        case .HE: .hedges
        case .HS: .hunterSchmidt
        case .SJ: .sidikJonkman
        case .ML: .maximumLikelihood
        case .REML: .restrictedMaximumLikelihood
        case .EB: .empiricalBayes
        case .PM: .pauleMandel
        case .MH: .mantelHaenszel
        }
    }

    private var estimateTest: EstimateTest {
        switch test {
        case .z: .z
        case .t: .t
        case .knha: .knha
        }
    }
}

import Interchange

/// One row of the table as the models take it.
struct StudyData: Equatable {
    var line: Int
    var slab: String
    /// Nil where the table carries no information on the measure (no event in either group, for pooled ratios).
    var effect: Effect?
    /// The counts, for the methods that pool tables.
    var table: TwoByTwo?
    /// The size of the group behind a proportion.
    var n: Double?
}

/// A row that is not pooled.
package struct OmittedStudy: Hashable, Sendable {
    /// 1-based line of the table's file.
    package let line: Int
    package let slab: String
    package let why: String
}

/// Turns rows into effects, leaving out, with a reason, what cannot be one.
struct StudyReader {
    let table: SynthesisTable
    let options: SynthesisOptions

    func read() throws(SynthesisError) -> (studies: [StudyData], omitted: [OmittedStudy]) {
        let measure = options.measure
        let usesCounts = measure.columns.contains(where: table.has)
        guard usesCounts || table.has(["yi", "vi"]) else {
            let wanted = measure.columns.map { $0.joined(separator: ", ") }.joined(separator: ", or ")
            let found = table.text.header.isEmpty ? "none" : table.text.header.joined(separator: ", ")
            throw .missingColumns(measure: measure.rawValue, wanted: wanted, found: found)
        }
        if options.method == .mantelHaenszel, !usesCounts {
            throw .missingColumns(
                measure: measure.rawValue, wanted: "ai, bi, ci, di for method MH",
                found: table.text.header.joined(separator: ", "))
        }
        var studies: [StudyData] = []
        var omitted: [OmittedStudy] = []
        for row in table.rows {
            switch try usesCounts ? study(row) : given(row) {
            case .success(let study): studies.append(study)
            case .failure(let why): omitted.append(OmittedStudy(line: row.line, slab: row.slab, why: why.text))
            }
        }
        return (studies, omitted)
    }

    private struct Reason: Error { let text: String }
    private typealias Outcome = Result<StudyData, Reason>

    private func study(_ row: SynthesisTable.Row) throws(SynthesisError) -> Outcome {
        switch options.measure {
        case .oddsRatio, .riskRatio, .riskDifference, .peto: try counts(row)
        case .meanDifference, .standardizedMeanDifference: try means(row)
        case .proportion, .logitProportion, .doubleArcsineProportion: try proportion(row)
        case .general: try given(row)
        }
    }

    private func given(_ row: SynthesisTable.Row) throws(SynthesisError) -> Outcome {
        guard let y = try table.number("yi", in: row) else { return missing("yi") }
        guard let v = try table.number("vi", in: row) else { return missing("vi") }
        if v < 0 { throw .impossible(line: row.line, what: "the variance vi is negative") }
        let n = options.measure == .doubleArcsineProportion ? try count("ni", row) : nil
        return usable(Effect(y: y, v: v), row, n: n)
    }

    private func counts(_ row: SynthesisTable.Row) throws(SynthesisError) -> Outcome {
        guard let a = try count("ai", row) else { return missing("ai") }
        guard let c = try count("ci", row) else { return missing("ci") }
        guard let b = try others("bi", size: "n1i", events: a, "ai", row) else { return missing("bi (or n1i)") }
        guard let d = try others("di", size: "n2i", events: c, "ci", row) else { return missing("di (or n2i)") }
        let counts = TwoByTwo(a: a, b: b, c: c, d: d)
        guard counts.n1 > 0, counts.n2 > 0 else { return .failure(Reason(text: "a group without people")) }
        let isPooledAsTables = options.method == .mantelHaenszel
        let isPetoOneStep = options.measure == .peto && options.method == .equalEffects
        let effect: Effect =
            switch options.measure {
            case .riskRatio: EffectSizes.logRiskRatio(counts.corrected)
            case .riskDifference: EffectSizes.riskDifference(counts.corrected)
            case .peto: EffectSizes.peto(isPetoOneStep ? counts : counts.corrected)
            default: EffectSizes.logOddsRatio(counts.corrected)
            }
        guard isPooledAsTables || isPetoOneStep else {
            return usable(effect, row)
        }
        // The table is counted and pooled; only its own estimate may be missing.
        let isKnown = !counts.isUninformative && effect.y.isFinite && effect.v.isFinite && effect.v > 0
        return .success(
            StudyData(line: row.line, slab: row.slab, effect: isKnown ? effect : nil, table: counts, n: counts.n))
    }

    private func means(_ row: SynthesisTable.Row) throws(SynthesisError) -> Outcome {
        var groups: [EffectSizes.Group] = []
        for index in 1...2 {
            guard let mean = try table.number("m\(index)i", in: row) else { return missing("m\(index)i") }
            guard let sd = try count("sd\(index)i", row) else { return missing("sd\(index)i") }
            guard let n = try count("n\(index)i", row) else { return missing("n\(index)i") }
            guard n > 0 else { return .failure(Reason(text: "a group without people")) }
            groups.append(EffectSizes.Group(mean: mean, sd: sd, n: n))
        }
        guard let one = groups.first, let two = groups.last else { return missing("m1i") }
        let effect =
            options.measure == .meanDifference
            ? EffectSizes.meanDifference(one, two) : EffectSizes.standardizedMeanDifference(one, two)
        return usable(effect, row)
    }

    private func proportion(_ row: SynthesisTable.Row) throws(SynthesisError) -> Outcome {
        guard let x = try count("xi", row) else { return missing("xi") }
        guard let n = try count("ni", row) else { return missing("ni") }
        if x > n { throw .impossible(line: row.line, what: "xi is larger than ni") }
        guard n > 0 else { return .failure(Reason(text: "a group without people")) }
        let effect: Effect =
            switch options.measure {
            case .proportion: EffectSizes.proportion(x, of: n)
            case .logitProportion: EffectSizes.logitProportion(x, of: n)
            default: EffectSizes.doubleArcsineProportion(x, of: n)
            }
        return usable(effect, row, n: n)
    }

    /// A number that cannot be negative.
    private func count(_ column: String, _ row: SynthesisTable.Row) throws(SynthesisError) -> Double? {
        guard let value = try table.number(column, in: row) else { return nil }
        if value < 0 { throw .impossible(line: row.line, what: "\(column) is negative") }
        return value
    }

    /// The people without the event: given, or the group's size less its events.
    private func others(
        _ column: String, size: String, events: Double, _ eventColumn: String, _ row: SynthesisTable.Row
    ) throws(SynthesisError) -> Double? {
        if let given = try count(column, row) { return given }
        guard let total = try count(size, row) else { return nil }
        if events > total { throw .impossible(line: row.line, what: "\(eventColumn) is larger than \(size)") }
        return total - events
    }

    private func missing(_ column: String) -> Outcome { .failure(Reason(text: "\(column) is missing")) }

    private func usable(_ effect: Effect, _ row: SynthesisTable.Row, n: Double? = nil) -> Outcome {
        guard effect.y.isFinite, effect.v.isFinite, effect.v > 0 else {
            return .failure(Reason(text: "no estimate with a variance above zero"))
        }
        return .success(StudyData(line: row.line, slab: row.slab, effect: effect, table: nil, n: n))
    }
}

import Annotation
import Bibliography
import Extraction
import Interchange
import Reporting
import Screening
import Store
import Synthesis

extension ReviewReading {
    /// The numbers behind each planned outcome, in the plan's order.
    func poolingTables() throws -> [PoolingTable] {
        let studies = try store.read { try $0.studies() }
        let values = Dictionary(
            try reviewedValues().map { ($0.report, $0.values.applied) }, uniquingKeysWith: { a, _ in a })
        return plan.synthesis.outcomes.map { outcome in
            PoolingTable(outcome: outcome, treatment: plan.synthesis.treatment, studies, values)
        }
    }

    /// One row a study and outcome, in metafor's columns: `ai bi ci di n1i n2i` for two groups, `xi ni` for one. Only
    /// the columns that the plan's measures need.
    func outcomesTable() throws -> Table {
        let poolings = try poolingTables()
        let names = [
            "ai", "bi", "ci", "di", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i", "xi", "ni",
        ]
        let used = Set(poolings.flatMap(\.columns))
        let columns = used.isEmpty ? names : names.filter(used.contains)
        var table = Table(columns: ["outcome", "slab", "study", "report", "time"] + columns)
        for pooling in poolings {
            for row in pooling.rows {
                for (column, name) in table.columns.enumerated() {
                    if let quote = row.quotes[name] {
                        table.notes[.init(row: table.rows.count, column: column)] = quote
                    }
                }
                table.rows.append(
                    [
                        .text(pooling.outcome.id), .text(row.study.label), .text(row.study.id.rawValue),
                        .text(row.report.rawValue), .optional(row.time),
                    ] + columns.map { row.numbers[$0] ?? .empty })
            }
        }
        return table
    }

    /// One row an outcome; estimates as readers want them (ratios, proportions), empty where not estimable.
    func estimatesTable() throws -> Table {
        var table = Table(columns: [
            "outcome", "title", "measure", "method", "test", "k", "estimate", "ciLower", "ciUpper", "piLower",
            "piUpper", "pval", "tau2", "i2", "q", "qDf", "qPval",
        ])
        for pooling in try poolingTables() {
            let result = try pooling.result()
            let back = result.backTransformed
            let head: [TableCell] = [
                .text(pooling.outcome.id), .text(pooling.outcome.title), .text(result.options.measure.rawValue),
                .text(result.options.method.rawValue), .text(result.options.test.rawValue), .integer(result.k),
            ]
            let numbers = [
                back.estimate, back.ciLower, back.ciUpper, back.piLower, back.piUpper, result.pval, result.tau2,
                result.i2, result.q,
            ].map { TableCell.optional($0) }
            table.rows.append(head + numbers + [.integer(result.qDf), .optional(result.qPval)])
        }
        return table
    }

    /// One figure an outcome that has studies: file name and bytes.
    func forestPlots() throws -> [(name: String, bytes: [UInt8])] {
        try poolingTables().compactMap { pooling in
            let result = try pooling.result()
            guard let plot = ForestPlot(pooling.outcome, result) else { return nil }
            return ("forest-\(pooling.outcome.id).svg", plot.svg())
        }
    }

    /// Each report that the review must find: where the search, the rules or the people left it.
    func knownStudiesTable() throws -> Table {
        var table = Table(columns: ["pmid", "doi", "author", "year", "found", "record", "state", "why"])
        guard !plan.knownStudies.isEmpty else { return table }
        // A run with nothing to do tells of these too: the records and judgements of a large review are not read for it.
        let (sources, records, entries) = try store.read { transaction in
            (
                try transaction.sources(), try transaction.recordIdentifiers(),
                try transaction.ledger(stage: StageName.screen.rawValue)
            )
        }
        let screened = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        for known in plan.knownStudies {
            let pmid = known.pmid.flatMap { PMID($0) }
            let doi = known.doi.flatMap { DOI($0) }
            let record = records.first { ($0.pmid != nil && $0.pmid == pmid) || ($0.doi != nil && $0.doi == doi) }
            let report = try record.flatMap { record in try store.read { try $0.report(of: record.id) } }
            let entry = report.flatMap { screened[$0] }
            let state: String =
                switch entry?.state {
                case .advanced: "included"
                case .removed: "excluded"
                case .pending: "waiting"
                case nil: record == nil ? "not found" : "not screened"
                }
            let why =
                record == nil
                ? "no source lists it: " + sources.filter(\.searched).map(\.name).joined(separator: ", ")
                : entry?.reason
            table.rows.append([
                .optional(known.pmid), .optional(known.doi), .optional(known.author), .optional(known.year),
                .text(record == nil ? "no" : "yes"), .optional(record?.id.rawValue), .text(state), .optional(why),
            ])
        }
        return table
    }
}

extension ReviewReading {
    /// How many of the reports that must be found were found, and for each that was lost where and why; empty where
    /// the review names none. A report is lost where no source lists it, or where it was excluded.
    ///
    /// - Parameter wasAsked: whether PubMed was asked in this run. An invented corpus that is replayed holds no study that
    ///   there is, and a list of ten lost studies would say nothing.
    package func knownStudiesLines(wasAsked: Bool) throws -> [String] {
        let table = try knownStudiesTable()
        guard !table.rows.isEmpty else { return [] }
        var lost: [String] = []
        for row in table.rows {
            let cells = row.map(\.plainText)
            let state = cells[6]
            guard state == "not found" || state == "excluded" || state == "not screened" else { continue }
            let name = [cells[2], cells[3], cells[0].isEmpty ? cells[1] : "PMID " + cells[0]].filter { !$0.isEmpty }
            let quote = try cells[5].isEmpty ? nil : exclusionQuote(of: RecordID(cells[5]))
            lost.append(
                "  lost: \(name.joined(separator: " ")): \(state)"
                    + (cells[7].isEmpty ? "" : " (\(cells[7]))") + (quote.map { ", \($0.text)" } ?? ""))
        }
        let excluded = table.rows.count { $0[6].plainText == "excluded" }
        let found = table.rows.count - lost.count
        if !wasAsked, table.rows.allSatisfy({ $0[6].plainText == "not found" }) {
            return [
                "Known studies: none of the \(table.rows.count) is among these records; a search on PubMed must find them"
            ]
        }
        var line = "Known studies: \(found) of \(table.rows.count) found"
        if excluded > 0 { line += ", \(excluded) excluded" }
        return [line] + lost
    }

    /// The words of the exclusion of the report that holds a record.
    private func exclusionQuote(of record: RecordID) throws -> Evidence? {
        let row = try store.read { transaction in
            let report = try transaction.report(of: record)
            return try transaction.judgements().first { $0.report == report }
        }
        guard let judgement = try row?.judgement, judgement.reason != nil else { return nil }
        return judgement.decidingWords
    }
}

extension ForestPlot {
    /// nil where no study has an estimate.
    init?(_ outcome: OutcomePlan, _ result: SynthesisResult) {
        let measure = result.options.measure
        guard result.studies.contains(where: { $0.yi != nil }), measure != .doubleArcsineProportion else { return nil }
        let critical = Distributions.normalQuantile(1 - (1 - result.options.level / 100) / 2) ?? 1.96
        let rows = result.studies.compactMap { study -> Row? in
            guard let y = study.yi, let v = study.vi else { return nil }
            let half = critical * v.squareRoot()
            return Row(label: study.slab, estimate: y, lower: y - half, upper: y + half, weight: study.weight)
        }
        var summary: Summary?
        if let estimate = result.estimate, let lower = result.ciLower, let upper = result.ciUpper {
            var prediction: ClosedRange<Double>?
            if let low = result.piLower, let high = result.piUpper, low <= high { prediction = low...high }
            summary = Summary(
                label: "Pooled (\(result.options.method.rawValue), k = \(result.k))", estimate: estimate, lower: lower,
                upper: upper, prediction: prediction)
        }
        let isProportion = [.proportion, .logitProportion].contains(measure)
        self.init(
            title: outcome.title, measure: measure.label,
            scale: measure.isLogarithmic ? .logarithmic : measure == .logitProportion ? .logit : .linear, rows: rows,
            summary: summary, reference: isProportion ? nil : 0, note: nil, level: result.options.level)
    }
}

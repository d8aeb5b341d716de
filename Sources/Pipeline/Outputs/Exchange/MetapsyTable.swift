import Bibliography
import Interchange
import Store

extension ReviewReading {
    /// The Metapsy data standard (docs.metapsy.org): one row a comparison of two arms and outcome, wide.
    func metapsyTable() throws -> Table {
        var table = Table(columns: [
            "study", "condition_arm1", "condition_arm2", "multi_arm1", "multi_arm2", "outcome_type", "instrument",
            "time", "time_weeks", "rating", "mean_arm1", "mean_arm2", "sd_arm1", "sd_arm2", "n_arm1", "n_arm2",
            "mean_change_arm1", "mean_change_arm2", "sd_change_arm1", "sd_change_arm2", "n_change_arm1",
            "n_change_arm2", "event_arm1", "event_arm2", "totaln_arm1", "totaln_arm2", "year", "study_id",
        ])
        let records = Dictionary(
            try includedRecords().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        for item in try armResults() {
            let record = records[item.study.id]
            for result in item.results {
                let time = moment(result, among: item.results)
                for (first, second) in Self.pairs(result.arms) {
                    table.rows.append(Self.row(item.study, record, result, time, first, second))
                }
            }
        }
        return table
    }

    /// `post` up to the latest time that the plan pools this outcome at, or else up to the first time that the study gives
    /// it at; `FU`, follow-up, later. What is told without a time is told of the treatment's end.
    private func moment(_ result: ArmResults.Result, among results: [ArmResults.Result]) -> String {
        guard let time = result.time else { return "post" }
        let planned = plan.synthesis.outcomes.filter { $0.outcome.rawValue == result.field }
            .compactMap { $0.window?.upperBound ?? $0.time }.max()
        let first = results.filter { $0.field == result.field && $0.scale == result.scale }.compactMap(\.time).min()
        return time <= planned ?? first ?? time ? "post" : "FU"
    }

    /// Every two arms, the treatment first.
    private static func pairs(_ arms: [ArmResults.Arm]) -> [(ArmResults.Arm, ArmResults.Arm)] {
        arms.indices.flatMap { first in arms[(first + 1)...].map { (arms[first], $0) } }
    }

    private static func row(
        _ study: Study, _ record: Record?, _ result: ArmResults.Result, _ time: String, _ one: ArmResults.Arm,
        _ two: ArmResults.Arm
    ) -> [TableCell] {
        let isMultiArm = result.arms.count > 2
        let type =
            ["endpoint": "msd", "change": "change", "adverseEventCount": "adverse event"][result.field] ?? result.field
        let family = record?.authors.first?.family ?? record?.authors.first?.collective
        let year = record?.published.year
        let name = family.map { family in [family, year.map { "\($0)" }].compactMap(\.self).joined(separator: ", ") }
        var numbers = Array(repeating: [TableCell](repeating: .empty, count: 2), count: 8)
        for (arm, side) in [(one, 0), (two, 1)] {
            switch (arm.numbers, result.field) {
            case (.events(let events, let total), _):
                numbers[6][side] = .integer(events)
                numbers[7][side] = .integer(total)
            case (.mean(let mean, let sd, let n), let field):
                let start = field == "change" ? 3 : 0
                numbers[start][side] = .number(mean)
                numbers[start + 1][side] = .number(sd)
                numbers[start + 2][side] = .integer(n)
            }
        }
        let head: [TableCell] = [
            .text(name ?? study.label), .text(one.drug), .text(two.drug), isMultiArm ? .text(one.name) : .empty,
            isMultiArm ? .text(two.name) : .empty, .text(type), .optional(result.scale), .text(time),
            .optional(result.time.map { $0 / 168 }), .optional(result.scale.flatMap(rating)),
        ]
        return head + numbers.flatMap { $0 } + [.optional(year), .text(study.id.rawValue)]
    }

    /// Who fills in the scale; nil where it depends, or is not known.
    private static func rating(_ scale: String) -> String? {
        if ["MADRS", "HDRS", "CGI", "HAM-A", "YMRS", "BPRS"].contains(where: scale.hasPrefix) { return "clinician" }
        if ["BDI", "PHQ", "QIDS-SR", "HADS"].contains(where: scale.hasPrefix) { return "self-report" }
        return nil
    }
}

extension Table {
    /// As the Metapsy standard has its files: semicolons between cells and none in them, decimal commas, NA for what is
    /// missing.
    func metapsyText() -> [UInt8] {
        var writer = DelimitedWriter(separator: 0x3B)
        writer.row(columns.map { .text($0) })
        for row in rows {
            writer.row(
                row.map { cell in
                    switch cell {
                    case .empty: .text("NA")
                    case .text(let text): .text(text.replacing(";", with: ","))
                    case .number: .text(cell.plainText.replacing(".", with: ","))
                    case .integer: cell
                    }
                })
        }
        return writer.bytes
    }
}

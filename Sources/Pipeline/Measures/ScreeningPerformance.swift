package import Bibliography
package import Interchange
package import Screening
import Store
import Synthesis

/// How the rules did on labelled records. What the rules say is measured, not what people decided afterwards.
package struct ScreeningPerformance: Sendable {
    private let labels: RecordLabels
    /// The rules' decision of each row of the labels; nil: no record of it was given.
    private var decisions: [Decision?]
    /// Of the intervals, in percent.
    package let level: Double

    package init(_ labels: RecordLabels, level: Double = 95) {
        self.labels = labels
        self.level = level
        decisions = Array(repeating: nil, count: labels.rows.count)
    }

    /// Counts a record where it has a label. A record given twice counts once: a label is of one paper, and what keeps
    /// one of its records keeps the paper.
    package mutating func add(_ record: Record, _ decision: Decision) {
        guard let row = labels.position(of: record) else { return }
        decisions[row] = Self.kinder(decisions[row], decision)
    }

    /// Whether a record is one of the labelled.
    package func isLabelled(_ record: Record) -> Bool { labels.position(of: record) != nil }

    private static func kinder(_ a: Decision?, _ b: Decision) -> Decision {
        guard let a else { return b }
        let order: [Decision] = [.include, .unclear, .exclude]
        return order.first { $0 == a || $0 == b } ?? b
    }

    package func count(_ label: RecordLabel, _ decision: Decision) -> Int {
        zip(labels.rows, decisions).count { $0.label == label && $1 == decision }
    }

    /// Labelled records that were given.
    package func count(_ label: RecordLabel) -> Int {
        zip(labels.rows, decisions).count { $0.label == label && $1 != nil }
    }

    /// Labelled records that were not.
    package var missing: Int { decisions.count { $0 == nil } }

    /// Eligible records that the rules excluded: what a reviewer looks at first.
    package var lost: [String] {
        zip(labels.rows, decisions).filter { $0.label != .exclude && $1 == .exclude }.map(\.0.record)
    }

    /// One line of the table.
    package struct Line: Sendable, Hashable {
        package var measure: String
        /// What is counted, in words.
        package var meaning: String
        package var events: Int
        package var total: Int
        /// nil where nothing was counted.
        package var value: Double?
        package var lower: Double?
        package var upper: Double?
    }

    /// The measures in order. Sensitivity and precision count what the rules leave to people as kept: it is not lost,
    /// and must be read. `unsure` records are measured by themselves, since nobody knows whether they are eligible.
    package var lines: [Line] {
        let kept = { (label: RecordLabel) in self.count(label, .include) + self.count(label, .unclear) }
        let keptAll = kept(.include) + kept(.exclude)
        let includedAll = count(.include, .include) + count(.exclude, .include)
        var lines = [
            line("sensitivity", "eligible records kept (recall)", kept(.include), count(.include)),
            line("specificity", "ineligible records excluded", count(.exclude, .exclude), count(.exclude)),
            line("precision", "kept records that are eligible", kept(.include), keptAll),
            numberNeededToRead(kept(.include), keptAll),
            line("unsureKept", "unsure records kept", kept(.unsure), count(.unsure)),
            line(
                "includedSensitivity", "eligible records decided include", count(.include, .include), count(.include)),
            line(
                "includedPrecision", "records decided include that are eligible", count(.include, .include),
                includedAll),
        ]
        for label in RecordLabel.allCases {
            for decision in [Decision.include, .unclear, .exclude] {
                lines.append(
                    line(
                        "\(label.rawValue).\(decision.rawValue)",
                        "labelled \(label.rawValue), decided \(decision.rawValue)",
                        count(label, decision), count(label)))
            }
        }
        return lines
    }

    private func line(_ measure: String, _ meaning: String, _ events: Int, _ total: Int) -> Line {
        let interval = ExactInterval(events: events, of: total, level: level)
        return Line(
            measure: measure, meaning: meaning, events: events, total: total,
            value: total > 0 ? Double(events) / Double(total) : nil, lower: interval?.lower, upper: interval?.upper)
    }

    /// Records to be read for each eligible one: 1 over precision, and its interval by the same ends.
    private func numberNeededToRead(_ eligible: Int, _ kept: Int) -> Line {
        let interval = ExactInterval(events: eligible, of: kept, level: level)
        return Line(
            measure: "numberNeededToRead", meaning: "records to read for each eligible one", events: kept,
            total: eligible, value: eligible > 0 ? Double(kept) / Double(eligible) : nil,
            lower: interval.flatMap { $0.upper > 0 ? 1 / $0.upper : nil },
            upper: interval.flatMap { $0.lower > 0 ? 1 / $0.lower : nil })
    }

    static let columns = ["measure", "meaning", "events", "total", "value", "ciLower", "ciUpper", "level"]

    package var table: Table {
        Table(
            columns: Self.columns,
            rows: lines.map { line in
                [
                    .text(line.measure), .text(line.meaning), .integer(line.events), .integer(line.total),
                    .optional(line.value), .optional(line.lower), .optional(line.upper), .number(level),
                ]
            })
    }

    /// For a person at a terminal.
    package var text: String {
        let level = TableCell.number(level).plainText
        var lines = ["Screening by the rules on labelled records (exact \(level) % intervals)"]
        for line in self.lines.prefix(7) {
            let name = line.meaning.prefix(1).uppercased() + line.meaning.dropFirst()
            let isRatio = line.measure == "numberNeededToRead"
            let value = line.value.map { isRatio ? Self.ratio($0) : Self.percent($0) } ?? "none to count"
            let ends: (Double?) -> String = { $0.map { isRatio ? Self.ratio($0) : Self.percent($0) } ?? "no limit" }
            let interval = line.value == nil ? "" : " (\(ends(line.lower)) to \(ends(line.upper)))"
            lines.append("  \(Self.padded(name, 42)) \(line.events) of \(line.total): \(value)\(interval)")
        }
        lines.append("  \(Self.padded("Label", 12)) \(Self.padded("include", 9)) \(Self.padded("unclear", 9)) exclude")
        for label in RecordLabel.allCases {
            let counts = [Decision.include, .unclear, .exclude].map { String(count(label, $0)) }
            lines.append(
                "  \(Self.padded(label.rawValue, 12)) \(Self.padded(counts[0], 9)) \(Self.padded(counts[1], 9)) "
                    + counts[2])
        }
        if missing > 0 { lines.append("  \(missing) labelled records are not among those screened.") }
        if !lost.isEmpty {
            lines.append("  Excluded though labelled include or unsure: " + lost.joined(separator: " "))
        }
        return lines.joined(separator: "\n")
    }

    private static func padded(_ text: some StringProtocol, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func percent(_ share: Double) -> String { "\(tenths(share * 100)) %" }
    private static func ratio(_ value: Double) -> String { tenths(value) }

    /// One decimal, without a locale.
    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `{"sensitivity":{"events":..,"total":..,"value":..,"ciLower":..,"ciUpper":..}, ...}`
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("level", level)
            json.member("missing", missing)
            for line in lines {
                json.member(line.measure) { json in
                    json.object { json in
                        json.member("events", line.events)
                        json.member("total", line.total)
                        json.member("value", line.value)
                        json.member("ciLower", line.lower)
                        json.member("ciUpper", line.upper)
                    }
                }
            }
        }
    }
}

extension ReviewReading {
    /// Empty where the review has no labels.
    func measuresTable() throws -> Table {
        plan.labels == nil ? Table(columns: ScreeningPerformance.columns) : try screeningMeasures().table
    }

    /// How the rules did on the labelled records of this review.
    ///
    /// - Throws: `RunError.missingLabels` where no labels lie beside the pipeline.
    package func screeningMeasures() throws -> ScreeningPerformance {
        guard let labels = plan.labels else {
            throw RunError.missingLabels(folder: plan.folder)
        }
        var performance = ScreeningPerformance(labels)
        let (reports, judgements, rows) = try store.read { transaction in
            (
                try transaction.reports(),
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                Dictionary(try transaction.records().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
            )
        }
        for report in reports {
            guard let decision = judgements[report.id].flatMap({ Decision(rawValue: $0.decision) }) else { continue }
            for id in report.records { if let row = rows[id] { performance.add(try row.record, decision) } }
        }
        return performance
    }
}

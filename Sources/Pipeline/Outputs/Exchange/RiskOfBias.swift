import Bibliography
import Extraction
import Foundation
import Interchange
import Store

/// A person's risk-of-bias judgements, read from `risk-of-bias.csv` beside the pipeline file, with the columns
/// `study,tool,D1,...,Overall` and where wanted `outcome,weight,who,when,why`. Nothing is judged by rules.
package struct RiskOfBias: Sendable {
    package enum Tool: String, CaseIterable, Sendable {
        /// Sterne 2019, BMJ 366:l4898.
        case rob2 = "RoB2"
        /// Sterne 2016, BMJ 355:i4919.
        case robinsI = "ROBINS-I"

        /// `D1` ... as robvis names the columns, with what the tool calls the domain.
        package var domains: [String] {
            switch self {
            case .rob2:
                [
                    "Randomisation process", "Deviations from intended interventions", "Missing outcome data",
                    "Measurement of the outcome", "Selection of the reported result",
                ]
            case .robinsI:
                [
                    "Confounding", "Selection of participants", "Classification of interventions",
                    "Deviations from intended interventions", "Missing data", "Measurement of outcomes",
                    "Selection of the reported result",
                ]
            }
        }

        /// The words that the tool has for a judgement, as robvis reads them.
        package var words: [String] {
            switch self {
            case .rob2: ["Low", "Some concerns", "High"]
            case .robinsI: ["Low", "Moderate", "Serious", "Critical", "No information"]
            }
        }

        init?(name: String) {
            let folded = name.lowercased().filter { $0.isLetter || $0.isNumber }
            guard let tool = Self.allCases.first(where: { $0.rawValue.lowercased().filter { $0 != "-" } == folded })
            else { return nil }
            self = tool
        }
    }

    struct Row: Hashable, Sendable {
        var study: RecordID
        var tool: Tool
        var outcome: String?
        /// One a domain, then the overall judgement.
        var judgements: [String]
        var weight: Double
        var who: String?
        var when: String?
        var why: String?
    }

    let rows: [Row]

    static let fileName = "risk-of-bias.csv"

    /// The file's bytes; empty where there is none.
    ///
    /// - Throws: `RunError.corrections`.
    static func bytes(_ plan: Plan) throws(RunError) -> [UInt8] {
        let path = plan.folder + "/" + fileName
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .corrections(path: path, problem: error.localizedDescription)
        }
    }

    /// - Parameter studies: the included studies; one is named by its id, its label, or any of its reports.
    /// - Throws: `RunError.corrections` with every problem and its line.
    static func read(_ plan: Plan, studies: [Study]) throws(RunError) -> RiskOfBias {
        let bytes = try bytes(plan)
        guard !bytes.isEmpty else { return RiskOfBias(rows: []) }
        let path = plan.folder + "/" + fileName
        let table: DelimitedText
        do {
            table = try DelimitedText(parsing: bytes)
        } catch {
            throw .corrections(path: path, problem: "line \(error.line): a quotation mark is never closed")
        }
        let reading = Reading(table: table, studies: studies, outcomes: plan.synthesis.outcomes.map(\.id))
        let (rows, problems) = reading.read()
        guard problems.isEmpty else {
            throw .corrections(path: path, problem: "\n" + problems.map { "  " + $0 }.joined(separator: "\n") + "\n")
        }
        return RiskOfBias(rows: rows)
    }

    /// robvis's columns: `Study`, `D1` ..., `Overall`, `Weight`.
    func table(_ tool: Tool, labels: [RecordID: String]) -> Table {
        let own = rows.filter { $0.tool == tool }
        let domains = (1...tool.domains.count).map { "D\($0)" }
        var table = Table(columns: ["Study"] + domains + ["Overall", "Weight"])
        // Where a study is judged for several results its rows must have names of their own.
        let several = Set(Dictionary(grouping: own, by: \.study).filter { $1.count > 1 }.keys)
        for row in own {
            let label = labels[row.study] ?? row.study.rawValue
            let name = several.contains(row.study) ? "\(label), \(row.outcome ?? "all")" : label
            let source = [row.who, row.when, row.why].compactMap(\.self).joined(separator: ", ")
            if !source.isEmpty { table.notes[.init(row: table.rows.count, column: 0)] = source }
            table.rows.append([.text(name)] + row.judgements.map { .text($0) } + [.number(row.weight)])
        }
        return table
    }
}

extension RiskOfBias {
    /// Checks the file row by row.
    private struct Reading {
        let table: DelimitedText
        let studies: [Study]
        let outcomes: [String]

        func read() -> (rows: [Row], problems: [String]) {
            guard table.column("study") != nil, table.column("tool") != nil else {
                return ([], ["it needs the columns study and tool; it has: " + table.header.joined(separator: ", ")])
            }
            if let name = table.repeatedColumn {
                return ([], ["the column '\(name)' stands twice; keep one of them"])
            }
            var rows: [Row] = []
            var problems: [String] = []
            var lines: [String: Int] = [:]
            for row in table.rows where !isUnjudged(row) {
                do throws(Problem) {
                    let read = try self.row(row)
                    let name = "\(read.study) \(read.tool.rawValue) \(read.outcome ?? "")"
                    if let earlier = lines.updateValue(row.line, forKey: name) {
                        throw Problem("the same study, tool and outcome stand on line \(earlier)")
                    }
                    rows.append(read)
                } catch {
                    problems.append("line \(row.line): \(error.text)")
                }
            }
            rows.sort { ($0.study, $0.outcome ?? "") < ($1.study, $1.outcome ?? "") }
            return (rows, problems)
        }

        /// A line that is empty, or names a study that nobody has judged yet, as `sluice export risk-of-bias` writes it. What
        /// somebody wrote on one is no blank: the next export would lose it.
        private func isUnjudged(_ row: DelimitedText.Row) -> Bool {
            let judged = (1...7).map { "D\($0)" } + ["Overall", "why"]
            return judged.allSatisfy { row.cell(table.column($0))?.trimmed.isEmpty ?? true }
        }

        private struct Problem: Error {
            let text: String

            init(_ text: String) { self.text = text }
        }

        private func row(_ row: DelimitedText.Row) throws(Problem) -> Row {
            func cell(_ name: String) -> String? {
                row.cell(table.column(name)).map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
            }
            let named = cell("study") ?? ""
            guard let study = study(named) else {
                throw Problem(
                    "no included study is called '\(named)'; use its id or label from `sluice export studies`")
            }
            guard let tool = Tool(name: cell("tool") ?? "") else {
                throw Problem(
                    "unknown tool '\(cell("tool") ?? "")'; accepted: "
                        + Tool.allCases.map(\.rawValue).joined(separator: ", "))
            }
            let outcome = cell("outcome")
            if let outcome, !outcomes.contains(outcome) {
                throw Problem("the plan has no outcome '\(outcome)'; accepted: " + outcomes.joined(separator: ", "))
            }
            var judgements: [String] = []
            for name in (1...tool.domains.count).map({ "D\($0)" }) + ["Overall"] {
                judgements.append(try word(cell(name), name, tool))
            }
            var weight = 1.0
            if let written = cell("weight") {
                guard let number = WrittenNumber.read(written), number >= 0 else {
                    throw Problem("weight is a number from 0; found '\(written)'")
                }
                weight = number
            }
            return Row(
                study: study, tool: tool, outcome: outcome, judgements: judgements, weight: weight, who: cell("who"),
                when: cell("when"), why: cell("why"))
        }

        private func word(_ found: String?, _ column: String, _ tool: Tool) throws(Problem) -> String {
            let folded = (found ?? "").lowercased()
            guard let word = tool.words.first(where: { $0.lowercased() == folded }) else {
                throw Problem(
                    "\(column): \(found.map { "'\($0)'" } ?? "nothing") is no judgement of \(tool.rawValue); accepted: "
                        + tool.words.joined(separator: ", "))
            }
            return word
        }

        private func study(_ name: String) -> RecordID? {
            let ids = [RecordID(name)] + (PMID(name).map { [$0.recordID] } ?? [])
            if let found = studies.first(where: { ids.contains($0.id) || !Set(ids).isDisjoint(with: $0.reports) }) {
                return found.id
            }
            let labelled = studies.filter { $0.label == name }
            return labelled.count == 1 ? labelled.first?.id : nil
        }
    }
}

extension ReviewReading {
    /// The shape of `risk-of-bias.csv`, to be filled in and saved beside the pipeline file: what people have judged, and
    /// below it a line for every included study that waits for it.
    func riskOfBiasSheet() throws -> Table {
        let studies = try store.read { try $0.studies() }
        let judged = try RiskOfBias.read(plan, studies: studies).rows
        let domains = (1...RiskOfBias.Tool.robinsI.domains.count).map { "D\($0)" }
        var table = Table(
            columns: ["study", "label", "tool", "outcome"] + domains + ["Overall", "weight", "who", "when", "why"])
        for study in studies {
            let own = judged.filter { $0.study == study.id }
            for row in own {
                var cells: [TableCell] = [
                    .text(study.id.rawValue), .text(study.label), .text(row.tool.rawValue), .optional(row.outcome),
                ]
                for index in domains.indices {
                    cells.append(index < row.tool.domains.count ? .text(row.judgements[index]) : .empty)
                }
                cells.append(.optional(row.judgements.last))
                cells += [.number(row.weight), .optional(row.who), .optional(row.when), .optional(row.why)]
                table.rows.append(cells)
            }
            guard own.isEmpty else { continue }
            let tool: RiskOfBias.Tool = try isRandomised(study) ? .rob2 : .robinsI
            let blanks = [TableCell](repeating: .empty, count: table.columns.count - 3)
            table.rows.append([.text(study.id.rawValue), .text(study.label), .text(tool.rawValue)] + blanks)
        }
        return table
    }

    /// RoB 2 is for randomised trials.
    private func isRandomised(_ study: Study) throws -> Bool {
        let designs: [ExtractedValue.Value] = [.text("randomised"), .text("crossover")]
        for (report, review) in try reviewedValues() where study.reports.contains(report) {
            let isRandomised = review.values.contains {
                $0.isApplied && $0.value.field == "design" && designs.contains($0.value.value)
            }
            if isRandomised { return true }
        }
        return false
    }

    /// The judgements that people entered, as robvis reads them.
    func riskOfBiasTable(_ tool: RiskOfBias.Tool) throws -> Table {
        let studies = try store.read { try $0.studies() }
        return try RiskOfBias.read(plan, studies: studies).table(
            tool, labels: Dictionary(studies.map { ($0.id, $0.label) }, uniquingKeysWith: { a, _ in a }))
    }
}

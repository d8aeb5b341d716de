import Bibliography
import Extraction
import Foundation
import Interchange
import Store

/// A person's risk-of-bias judgements, read from `risk-of-bias.csv` beside the pipeline file, with the columns
/// `study,tool,D1,...,Overall` and where wanted `outcome,weight,who,when,why`. Columns of a person's own are kept. Nothing is
/// judged by rules.
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
        /// In the columns of a person's own.
        var notes: [String] = []
    }

    /// A line of a study that nobody has judged yet, as `sluice export risk-of-bias` writes it.
    struct OpenLine: Hashable, Sendable {
        var study: RecordID
        /// What stands in the file's own columns, then in those of a person's own.
        var cells: [String]
    }

    let rows: [Row]
    let open: [OpenLine]
    /// Columns that are none of the file's own.
    let noteColumns: [String]

    static let domainColumns = (1...7).map { "D\($0)" }
    static let columns =
        ["study", "label", "tool", "outcome"] + domainColumns + ["Overall", "weight", "who", "when", "why"]

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
        guard !bytes.isEmpty else { return RiskOfBias(rows: [], open: [], noteColumns: []) }
        let path = plan.folder + "/" + fileName
        let table: DelimitedText
        do {
            table = try DelimitedText(parsing: bytes)
        } catch {
            throw .corrections(path: path, problem: "line \(error.line): a quotation mark is never closed")
        }
        let reading = Reading(table: table, studies: studies, outcomes: plan.synthesis.outcomes.map(\.id))
        let (found, problems) = reading.read()
        guard problems.isEmpty else {
            throw .corrections(path: path, problem: "\n" + problems.map { "  " + $0 }.joined(separator: "\n") + "\n")
        }
        return found
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

extension ReviewReading {
    /// The shape of `risk-of-bias.csv`, to be filled in and saved beside the pipeline file: what people have judged, and
    /// below it a line for every included study that waits for it. What a person wrote in columns of their own stays.
    func riskOfBiasSheet() throws -> Table {
        let studies = try store.read { try $0.studies() }
        let judged = try RiskOfBias.read(plan, studies: studies)
        let domains = RiskOfBias.Tool.robinsI.domains
        var table = Table(columns: RiskOfBias.columns + judged.noteColumns)
        for study in studies {
            let own = judged.rows.filter { $0.study == study.id }
            for row in own {
                var cells: [TableCell] = [
                    .text(study.id.rawValue), .text(study.label), .text(row.tool.rawValue), .optional(row.outcome),
                ]
                for index in domains.indices {
                    cells.append(index < row.tool.domains.count ? .text(row.judgements[index]) : .empty)
                }
                cells.append(.optional(row.judgements.last))
                cells += [.number(row.weight), .optional(row.who), .optional(row.when), .optional(row.why)]
                table.rows.append(cells + row.notes.map { .text($0) })
            }
            let open = judged.open.filter { $0.study == study.id }.map(\.cells)
            guard own.isEmpty || !open.isEmpty else { continue }
            let proposed: RiskOfBias.Tool = try isRandomised(study) ? .rob2 : .robinsI
            for line in open.isEmpty ? [table.columns.map { _ in "" }] : open {
                // A person may have chosen another tool than the one proposed.
                let tool = line[2].trimmed.isEmpty ? proposed.rawValue : line[2]
                let cells = [study.id.rawValue, study.label, tool] + line.dropFirst(3)
                table.rows.append(cells.map { $0.isEmpty ? .empty : .text($0) })
            }
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

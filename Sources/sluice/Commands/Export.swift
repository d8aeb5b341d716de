import ArgumentParser
import Foundation
import Interchange
import Pipeline
import Store

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a table of a review for a spreadsheet, a script or a reference manager.",
        discussion: "  sluice export included -o included.xlsx\n"
            + "  sluice export excluded --to ris -o excluded.ris\n\nTables:\n"
            + ReviewTable.allCases.map { "  \($0.rawValue.padded(to: 19)) \($0.help)" }.joined(separator: "\n")
            + "\n\nThe table dictionary says what every column holds. Text that a spreadsheet would run as a formula is "
            + "made inert in CSV, TSV and XLSX, and restored when sluice reads the file back.")

    @Argument(help: ArgumentHelp("The table.", valueName: "table"))
    var table: ReviewTable

    @Option(
        help: ArgumentHelp(
            "csv, tsv, ndjson, xlsx, md, html; for tables of records also ris, nbib, bibtex, csl-json.",
            discussion: "Default: what the ending of the file says, else csv.", valueName: "format"))
    var to: TableFormat?

    @Option(
        help: ArgumentHelp(
            "For the table outcomes: one outcome of the plan, with no other columns than its own, as metafor and "
                + "`sluice synthesise` take it.", valueName: "id"))
    var outcome: String?

    @Option(
        help: ArgumentHelp(
            "For waiting: what this reviewer has still to decide. For decisions: this reviewer's own.",
            valueName: "name"))
    var reviewer: String?

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("A file instead of stdout.", valueName: "file"))
    var output: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    private var format: TableFormat {
        to ?? output.flatMap { TableFormat(name: URL(filePath: $0).pathExtension) } ?? .csv
    }

    func validate() throws {
        if format.recordFormat != nil, table.recordColumn == nil {
            throw ValidationError(TableFormatError.noRecords(table: table, format: format).description)
        }
        if outcome != nil, table != .outcomes {
            throw ValidationError("--outcome is for the table outcomes.")
        }
        if to == nil, let ending = output.map({ URL(filePath: $0).pathExtension }), !["", "txt"].contains(ending),
            TableFormat(name: ending) == nil
        {
            throw ValidationError(
                "sluice writes no .\(ending). Name a file that ends in "
                    + TableFormat.allCases.map(\.rawValue).joined(separator: ", ") + ", or say --to.")
        }
        if format == .xlsx, output == nil, isatty(STDOUT_FILENO) == 1 {
            throw ValidationError("A workbook is no text for a terminal: name a file with -o \(table.rawValue).xlsx")
        }
        if reviewer != nil, table != .waiting, table != .decisions {
            throw ValidationError("--reviewer is for the tables waiting and decisions.")
        }
    }

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let file = try output.map { try OutputFile($0) }
        var plan = try Plan.read(folder: try pipeline.folder(workspace: folder))
        if table == .measures, plan.labels == nil { throw RunError.missingLabels(folder: plan.folder) }
        if let outcome {
            guard let only = plan.synthesis.outcomes.first(where: { $0.id == outcome }) else {
                throw CommandError.usage(
                    "the plan has no outcome '\(outcome)'; accepted: "
                        + plan.synthesis.outcomes.map(\.id).joined(separator: ", "))
            }
            plan.synthesis.outcomes = [only]
        }
        var reading = ReviewReading(store: try ReviewStore(reading: folder), plan: plan)
        reading.reviewer = reviewer
        let bytes = try reading.bytes(of: table, as: format)
        if let file { return try file.write(bytes) }
        var stream = StandardOutput()
        try stream.write(bytes)
        try stream.flush()
    }
}

extension ReviewTable: ExpressibleByArgument {}

extension TableFormat: ExpressibleByArgument {
    init?(argument: String) { self.init(name: argument) }
}

extension String {
    /// With spaces behind it up to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

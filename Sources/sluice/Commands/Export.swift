import ArgumentParser
import Bibliography
import Interchange
import Pipeline
import RecordFormats
import Reporting
import Store

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a table of a review for a spreadsheet, a script or a reference manager.",
        discussion: "Tables:\n"
            + ReviewTable.allCases.map { "  \($0.rawValue.padded(to: 12)) \($0.help)" }.joined(separator: "\n")
            + "\n\nText that a spreadsheet would run as a formula is made inert in CSV and TSV.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, tsv, ndjson, markdown, html, ris, nbib, bibtex
        case cslJSON = "csl-json"

        var recordFormat: RecordFormat? { RecordFormat(rawValue: rawValue) }
    }

    @Argument(help: ArgumentHelp("The table.", valueName: "table"))
    var table: ReviewTable

    @Option(
        help: ArgumentHelp(
            "csv, tsv, ndjson, markdown, html; for records also ris, nbib, bibtex, csl-json.", valueName: "format"))
    var to: Format = .csv

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("A file instead of stdout.", valueName: "file"))
    var output: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    func validate() throws {
        let isForRecords = [.ris, .nbib, .bibtex, .cslJSON].contains(to)
        if isForRecords, table != .records, table != .included {
            throw ValidationError("\(to.rawValue) holds records: it is for the tables records and included.")
        }
    }

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let reading = ReviewReading(
            store: try ReviewStore(reading: folder), plan: try Plan.read(folder: try pipeline.folder(workspace: folder))
        )
        let bytes = try bytes(reading)
        if let output { return try OutputFile.write(bytes, to: output) }
        var stream = StandardOutput()
        try stream.write(bytes)
        try stream.flush()
    }

    private func bytes(_ reading: ReviewReading) throws -> [UInt8] {
        switch to {
        case .csv: return DelimitedWriter.text(try reading.table(table))
        case .tsv: return DelimitedWriter.text(try reading.table(table), separator: 0x09)
        case .markdown: return Array(try reading.table(table).markdown().utf8)
        case .html: return Array(try reading.table(table).html(caption: table.help).utf8)
        case .ndjson where table != .records: return try reading.table(table).ndjson()
        case .ndjson, .ris, .nbib, .bibtex, .cslJSON:
            var writer = RecordWriter(format: to.recordFormat ?? .ndjson)
            var bytes = writer.header()
            for record in try table == .included ? reading.includedRecords() : reading.records() {
                bytes += writer.bytes(of: record)
            }
            return bytes + writer.footer()
        }
    }
}

extension ReviewTable: ExpressibleByArgument {}

extension Table {
    /// One object a row, its keys the columns.
    func ndjson() -> [UInt8] {
        var json = JSONWriter()
        for row in rows {
            json.object { json in
                for (column, cell) in zip(columns, row) {
                    switch cell {
                    case .text(let text): json.member(column, text)
                    case .integer(let value): json.member(column, value)
                    case .number(let value): json.member(column, value)
                    case .empty: json.member(column, String?.none)
                    }
                }
            }
            json.newline()
        }
        return json.bytes
    }
}

extension String {
    /// With spaces behind it up to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

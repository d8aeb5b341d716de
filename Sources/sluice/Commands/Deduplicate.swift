import ArgumentParser
import Bibliography
import Deduplication
import Interchange
import Pipeline

struct Deduplicate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Collapse records of the same document into reports.",
        discussion: """
            With files, prints one report a line with the reason for each join, and changes nothing:

              sluice deduplicate pubmed.nbib embase.ris > reports.ndjson
              sluice deduplicate all.csv --to csv > record-report.csv

            Pairs too close to call are not merged; they are listed with "review": true. Without files, runs the \
            review of a workspace up to this stage.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case ndjson, csv }

    @Argument(help: "Files to read; none: work on the review in the workspace.")
    var files: [String] = []

    @Option(help: ArgumentHelp("ndjson or csv (record,report).", valueName: "format"))
    var to: Format = .ndjson

    @OptionGroup(title: "On a review") var review: StageOptions

    func run() async throws {
        guard !files.isEmpty else {
            try await review.run(until: .deduplicate)
            return
        }
        var records: [Record] = []
        var reading = try FileReading()
        try reading.read(files, format: nil) { record, _ in records.append(record) }
        // Rows of a table that name the same record cannot be told apart.
        var seen = Set<RecordID>()
        let repeated = Set(records.map(\.id).filter { !seen.insert($0).inserted })
        if let first = repeated.min(by: { $0.rawValue < $1.rawValue }) {
            StandardError.write(
                "\(repeated.count) \(repeated.count == 1 ? "id stands" : "ids stand") for several records, as "
                    + "\(first); in the answer they cannot be told apart.\n")
        }
        let result = Deduplicator().deduplicate(records)
        var output = StandardOutput()
        switch to {
        case .ndjson:
            var json = JSONWriter()
            result.writeJSONLines(to: &json)
            try output.write(json.bytes)
        case .csv:
            try output.write(DelimitedWriter.text(result.table(ids: records.map(\.id))))
        }
        try output.flush()
        try reading.finish()
    }
}

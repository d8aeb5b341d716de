import ArgumentParser
import Foundation
import Pipeline
import RecordFormats

struct Parse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read record files of any format, or the archived answers of a review.",
        discussion: """
            With files, prints one record a line and changes nothing:

              sluice parse pubmed.xml.gz export.ris > records.ndjson
              sluice parse export.ris --to csv > records.csv

            The format is told from the content: PubMed XML, NBIB, RIS, BibTeX, EndNote's \
            XML and tagged text, Web of Science, Cochrane \
            Library, CSV, TSV, CSL-JSON, and JATS XML, of which it prints the bibliographic record; compressed with gzip or not; - is standard input. A record that cannot be \
            read whole is printed with what was read, and the command ends with status 65.

            Without files, runs the review of a workspace up to this stage.
            """)

    @Argument(help: "Files to read; none: work on the review in the workspace.")
    var files: [String] = []

    @Option(help: ArgumentHelp("The format, where the content does not tell it.", valueName: "format"))
    var from: RecordFormat?

    @Option(help: ArgumentHelp("ndjson, csv, ris, nbib, bibtex or csl-json.", valueName: "format"))
    var to = WrittenFormat(.ndjson)

    @Option(help: ArgumentHelp("Write everything odd to this file, one JSON object a line.", valueName: "file"))
    var issues: String?

    @OptionGroup(title: "On a review") var review: StageOptions

    func validate() throws {
        guard RecordWriter.formats.contains(to.format) else {
            let names = WrittenFormat.allValueStrings.joined(separator: ", ")
            throw ValidationError("sluice does not write \(to.format.rawValue). It writes \(names).")
        }
    }

    func run() async throws {
        guard !files.isEmpty else {
            try await review.run(until: .parse)
            return
        }
        var output = StandardOutput()
        try FileReading.requireFiles(files)
        var reading = try FileReading(issues: issues.map { try OutputFile($0, inputs: files) })
        let writer = RecordWriter(format: to.format)
        try output.write(writer.header())
        var isFirst = true
        try reading.readBatches(files, format: from, work: { writer.bytes(of: $0.records) }) { bytes in
            guard !bytes.isEmpty else { return }
            if !isFirst { try output.write(writer.separator()) }
            isFirst = false
            try output.write(bytes)
        }
        try output.write(writer.footer())
        try output.flush()
        try reading.finish()
    }
}

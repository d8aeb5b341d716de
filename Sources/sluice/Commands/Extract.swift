import Annotation
import ArgumentParser
import Bibliography
import Extraction
import Interchange
import Pipeline

struct Extract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read doses, arms, outcomes and the other fields of the form, with the words they stand in.",
        discussion: """
            With files, prints one value a line for every record, whatever its screening decision, and changes nothing:

              sluice extract records.csv --pipeline Pipelines/iv-ketamine-trd > values.ndjson
              sluice extract article.xml --pipeline Pipelines/iv-ketamine-trd > values.ndjson

            An article in JATS XML is read whole: values of its body name section and offsets (`field` body), and \
            `place` says under which headings, in which table, beside which headers a person finds them.

            Without files, runs the review of a workspace up to this stage.
            """)

    @Argument(help: "Files to read; none: work on the review in the workspace.")
    var files: [String] = []

    @OptionGroup(title: "On a review") var review: StageOptions

    func run() async throws {
        guard !files.isEmpty else {
            try await review.run(until: .extract)
            return
        }
        guard let folder = review.pipeline.pipeline else {
            throw CommandError.usage("extracting from files needs the form: name its folder with --pipeline")
        }
        let plan = try Plan.read(folder: folder)
        let extractor = try Extractor(form: plan.extractionForm())
        let annotator = Annotator(interest: plan.annotation.drugs)
        var output = StandardOutput()
        var reading = try FileReading()
        var json = JSONWriter()
        try reading.readDocuments(files, format: nil) { record, fullText, _ in
            guard record.kind != .deleted else { return }
            let document = Document(record, fullText: fullText)
            json.removeAll()
            for value in extractor.extract(document, annotator.annotate(document)) {
                value.write(to: &json, id: record.id)
                json.newline()
            }
            try output.write(json.bytes)
        }
        try output.flush()
        try reading.finish()
    }
}

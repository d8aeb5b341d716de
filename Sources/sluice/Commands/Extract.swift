import Annotation
import ArgumentParser
import Bibliography
import Extraction
import Interchange
import Parallelism
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

            With a table of what a person read in some of those records, prints how well the values agree with it: \
            precision, recall and F1 of every field, with exact 95 % intervals:

              sluice extract records.csv --pipeline Pipelines/iv-ketamine-trd --against labels.csv --list

            The table has the columns record, field and value, and if wanted arm, outcome, time, unit, demand and part. \
            An empty cell is not compared, `none` demands that there is none, `saline|placebo` accepts either; a value \
            whose demand is `optional` need not be found. Every record in the table counts as read for every field in it.

            Without files, runs the review of a workspace up to this stage.
            """)

    @Argument(help: "Files to read; none: work on the review in the workspace.")
    var files: [String] = []

    @Option(help: ArgumentHelp("Compare with the values of this table (CSV or TSV) instead.", valueName: "labels"))
    var against: String?

    @Option(
        help: ArgumentHelp("With --against: only rows that have this word in the column `part`.", valueName: "word"))
    var part: String?

    @Flag(help: "With --against: also list every value that is wrong or missed.")
    var list = false

    @Flag(help: "With --against: print one JSON object instead of a table.")
    var json = false

    @OptionGroup(title: "On a review") var review: StageOptions

    /// Records that are read side by side; what is held in memory at a time. A full text counts as many records.
    private static let batchSize = 1024
    private static let weightOfFullText = 32

    func validate() throws {
        guard against == nil else {
            guard !files.isEmpty else { throw ValidationError("--against compares the values of files: name them.") }
            return
        }
        for (isGiven, name) in [(part != nil, "--part"), (list, "--list"), (json, "--json")] where isGiven {
            throw ValidationError("\(name) belongs to --against LABELS; without it values are printed as NDJSON.")
        }
    }

    func run() async throws {
        guard !files.isEmpty else {
            try await review.run(until: .extract)
            return
        }
        guard let folder = review.pipeline.pipeline else {
            throw CommandError.usage("extracting from files needs the form: name its folder with --pipeline")
        }
        let plan = try Plan.read(folder: folder)
        if let against {
            try evaluate(against, plan)
            return
        }
        var output = StandardOutput()
        do {
            try read(plan, plan.extractionForm()) { (lines: [UInt8], _) in
                try output.write(lines)
            } of: { record, values in
                var json = JSONWriter()
                for value in values {
                    value.write(to: &json, id: record.id)
                    json.newline()
                }
                return json.bytes
            }
        } catch {
            try output.flush()
            throw error
        }
        try output.flush()
    }

    private func evaluate(_ path: String, _ plan: Plan) throws {
        let name = InputFile.name(path)
        let labels: LabelTable
        do {
            labels = try LabelTable(try TableFile.read(path), part: part)
        } catch let error as LabelTableError {
            throw CommandError(
                status: ExitStatus.badInput,
                message: error.problems.map { "\(name):\($0.line): \($0.message)." }.joined(separator: "\nsluice: "))
        }
        var evaluation = Evaluation(labels)
        let labelled = Set(labels.records)
        try read(plan, try ExtractionForm(ids: labels.fields)) { (values: [ExtractedValue], record) in
            evaluation.add(values, of: record.id.rawValue)
        } of: { record, values in
            labelled.contains(record.id.rawValue) ? values : []
        }
        guard evaluation.recordCount > 0 else {
            throw CommandError(
                status: ExitStatus.badInput,
                message: "none of the \(labels.records.count) records of \(name) is in the files; its column "
                    + "'record' must hold the ids that the files give, as in '\(labels.records[0])'.")
        }
        if !evaluation.missing.isEmpty {
            let missing = evaluation.missing
            StandardError.write(
                "\(name): \(missing.count) of its records not in the files, and not counted: "
                    + missing.prefix(10).joined(separator: " ") + (missing.count > 10 ? " ...\n" : "\n"))
        }
        let report = EvaluationReport(evaluation)
        try StandardOutput.print(json ? report.json() : report.text(withList: list))
    }

    /// Reads the files, a batch of records on all cores at a time, and takes the results in the order of the files.
    private func read<Result: Sendable>(
        _ plan: Plan, _ form: ExtractionForm, take: (Result, Record) throws -> Void,
        of result: @Sendable (Record, [ExtractedValue]) -> Result
    ) throws {
        let extractor = try Extractor(form: form)
        let annotator = plan.annotation.annotator
        var reading = try FileReading()
        var batch: [(record: Record, fullText: FullText?)] = []
        var weight = 0
        func finishBatch() throws {
            let results = Parallel.map(batch) { item in
                let document = Document(item.record, fullText: item.fullText)
                return result(item.record, extractor.extract(document, annotator.annotate(document)))
            }
            for (item, result) in zip(batch, results) { try take(result, item.record) }
            batch.removeAll(keepingCapacity: true)
            weight = 0
        }
        do {
            try reading.readDocuments(files, format: nil) { record, fullText, _ in
                guard record.kind != .deleted else { return }
                batch.append((record, fullText))
                weight += fullText == nil ? 1 : Self.weightOfFullText
                if weight >= Self.batchSize { try finishBatch() }
            }
        } catch {
            // What was read before the trouble counts all the same.
            try finishBatch()
            throw error
        }
        try finishBatch()
        try reading.finish()
    }
}

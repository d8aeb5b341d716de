import Annotation
import ArgumentParser
import Bibliography
import Interchange
import Pipeline
import Screening
import Store

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a pipeline file, run the examples of its rules, and say what is wrong or what would change.",
        discussion: """
            Every rule of a review carries texts in which it must hold and texts in which it must not. A pipeline file \
            that cannot be read, or an example that fails, ends in status 78 with file, line and what was found.

              sluice check Pipelines/iv-ketamine-trd

            Before a changed rule is applied: which verdicts and decisions would flip, and on which words, of abstracts \
            and of full texts. Nothing is changed or fetched; sluice run applies the rules and records the amendment. \
            People's decisions never flip.

              sluice check Pipelines/iv-ketamine-trd --against workspaces/iv-ketamine-trd

            How the rules do on records that people labelled (columns record, label, basis; labels are include, unsure, \
            exclude; default: labels.csv beside the pipeline):

              sluice check Pipelines/iv-ketamine-trd --records records.csv --labels labels.csv
            """)

    @Argument(help: ArgumentHelp("The folder that holds pipeline.yaml.", valueName: "pipeline"))
    var folder: String?

    @OptionGroup var pipeline: PipelineOption

    @Option(
        help: ArgumentHelp(
            "Show what these rules would change in the review of this workspace.", valueName: "workspace"))
    var against: String?

    @Option(
        help: ArgumentHelp("Files of labelled records to measure the rules on; may be repeated.", valueName: "file"))
    var records: [String] = []

    @Option(help: ArgumentHelp("What people said of the records, as a table.", valueName: "file"))
    var labels: String?

    @Flag(help: "With --against or --records, print one JSON object instead of text.")
    var json = false

    func run() async throws {
        guard let folder = folder ?? pipeline.pipeline else {
            throw CommandError.usage("name the folder of the pipeline.yaml to check")
        }
        guard labels == nil || !records.isEmpty else {
            throw CommandError.usage("--labels needs the records that it labels: name their files with --records")
        }
        let plan = try Plan.read(folder: folder)
        try checkExamples(plan, isQuiet: json || against != nil || !records.isEmpty)
        if let against { try await compare(plan, against) }
        if !records.isEmpty { try measure(plan) }
    }

    private func checkExamples(_ plan: Plan, isQuiet: Bool) throws {
        guard let declaration = plan.screeningDeclaration else {
            if !isQuiet { try StandardOutput.print("\(plan.path): sources read; no criteria yet.") }
            return
        }
        let annotator = plan.annotation.annotator
        let results = try Screener(declaration).checkExamples { annotator.annotate($0) }
        let failed = results.filter { !$0.isRight }
        for result in failed { StandardError.write("\(plan.path): \(result.description)\n") }
        guard failed.isEmpty else {
            throw CommandError(
                status: ExitStatus.badPipeline,
                message: "\(failed.count) of \(results.count) examples fail. Correct the rule or the example.")
        }
        let text = "\(plan.path): \(plan.criterionLabels.count) criteria; \(results.count) examples hold."
        if isQuiet { StandardError.write(text + "\n") } else { try StandardOutput.print(text) }
    }

    private func compare(_ plan: Plan, _ workspace: String) async throws {
        let store = try ReviewStore(reading: workspace)
        if let found = try store.read({ try $0.fact("id") }), found != plan.review.id {
            throw StoreError.otherReview(workspace: workspace, found: found, wanted: plan.review.id)
        }
        let comparison = try await ReviewReading(store: store, plan: plan).compareRules()
        if json {
            var writer = JSONWriter()
            comparison.write(to: &writer)
            return try StandardOutput.print(writer.text)
        }
        try StandardOutput.print(comparison.text)
        StandardError.write(
            "Nothing was changed. To apply: \(NextStep.tool) run \(NextStep.quoted(plan.folder)) "
                + "--workspace \(NextStep.quoted(workspace))\n")
    }

    private func measure(_ plan: Plan) throws {
        guard plan.screeningDeclaration != nil else {
            throw RunError.missingPart(stage: .screen, part: "criteria", pipeline: plan.path)
        }
        guard let labels = try labels.map(LabelFile.read) ?? plan.labels else {
            throw RunError.missingLabels(folder: plan.folder)
        }
        let screener = try plan.screening.screener()
        let annotator = plan.annotation.annotator
        var performance = ScreeningPerformance(labels)
        var reading = try FileReading()
        try reading.read(records, format: nil) { record, _ in
            guard record.kind != .deleted, performance.isLabelled(record) else { return }
            performance.add(record, screener.judgeUnlessExcluded(Document(record), by: annotator).decision)
        }
        if json {
            var writer = JSONWriter()
            performance.write(to: &writer)
            try StandardOutput.print(writer.text)
        } else {
            try StandardOutput.print(performance.text)
        }
        try reading.finish()
    }
}

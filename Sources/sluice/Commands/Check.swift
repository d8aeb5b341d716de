import Annotation
import ArgumentParser
import Pipeline
import Screening

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a pipeline file, run the examples of its rules, and say what is wrong.",
        discussion: """
            Every rule of a review carries texts in which it must hold and texts in which it must not. A pipeline file \
            that cannot be read, or an example that fails, ends in status 78 with file, line and what was found.
            """)

    @Argument(help: ArgumentHelp("The folder that holds pipeline.yaml.", valueName: "pipeline"))
    var folder: String?

    @OptionGroup var pipeline: PipelineOption

    func run() throws {
        guard let folder = folder ?? pipeline.pipeline else {
            throw CommandError.usage("name the folder of the pipeline.yaml to check")
        }
        let plan = try Plan.read(folder: folder)
        guard let declaration = plan.screeningDeclaration else {
            try StandardOutput.print("\(plan.path): sources read; no criteria yet.")
            return
        }
        let annotator = Annotator(interest: plan.annotation.drugs)
        let results = try Screener(declaration).checkExamples { annotator.annotate($0) }
        let failed = results.filter { !$0.isRight }
        for result in failed { StandardError.write("\(plan.path): \(result.description)\n") }
        guard failed.isEmpty else {
            throw CommandError(
                status: ExitStatus.badPipeline,
                message: "\(failed.count) of \(results.count) examples fail. Correct the rule or the example.")
        }
        try StandardOutput.print(
            "\(plan.path): \(plan.criterionLabels.count) criteria; \(results.count) examples hold.")
    }
}

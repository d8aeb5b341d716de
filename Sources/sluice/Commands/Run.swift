import ArgumentParser
import Foundation
import Pipeline
import Reporting
import Store

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a review: every stage that has something new to do.",
        discussion: """
            Asks the sources for what is new, reads it, removes duplicates, screens by the review's criteria, extracts, \
            pools, and writes the PRISMA flow and the tables to WORKSPACE/output. A stage whose input, settings and \
            code are unchanged is not run again. A run that was interrupted goes on where it stopped.

              sluice run Pipelines/iv-ketamine-trd --replay Fixtures/iv-ketamine-trd    try it, without network
              NCBI_EMAIL=you@example.org sluice run Pipelines/iv-ketamine-trd           ask PubMed
            """,
        aliases: ["refresh"])

    @Argument(help: ArgumentHelp("The folder that holds pipeline.yaml.", valueName: "pipeline"))
    var folder: String?

    @OptionGroup var pipeline: PipelineOption
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var network: NetworkOptions
    @OptionGroup var asking: AskingOptions

    @Option(help: ArgumentHelp("Run this stage even though its result holds; may be repeated.", valueName: "stage"))
    var force: [StageName] = []

    @Option(help: ArgumentHelp("Stop after this stage.", valueName: "stage"))
    var until: StageName = .report

    @Flag(help: "End with status 3 when records wait for a person.")
    var exitCode = false

    @Flag(name: [.long, .customShort("q")], help: "Print the flow only; no talk on stderr.")
    var quiet = false

    func run() async throws {
        let given = folder ?? pipeline.pipeline
        let target = try workspace.folder(pipeline: given)
        let source = try given ?? pipeline.folder(workspace: target)
        let review = try await ReviewRun.run(
            pipeline: source, workspace: target,
            options: network.runOptions(workspace: target, asking: asking, forced: Set(force), until: until),
            quiet: quiet)

        guard until == .report else { return }
        try StandardOutput.print(review.flowText)
        if !quiet { StandardError.write(review.closingWords(pipeline: source)) }
        if exitCode, review.outcome.waiting > 0 { throw ExitCode(ExitStatus.waiting) }
    }
}

extension StageName: ExpressibleByArgument {}
extension Refetch: ExpressibleByArgument {}

import ArgumentParser
import Pipeline

/// What the stage words take when they work on a review.
struct StageOptions: ParsableArguments {
    @OptionGroup var pipeline: PipelineOption
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var network: NetworkOptions

    @Flag(help: "Run the stage even though its result holds.")
    var force = false

    @Flag(name: [.long, .customShort("q")], help: "No talk on stderr.")
    var quiet = false

    /// Runs the review up to a stage: it and whatever before it has something new to do.
    @discardableResult
    func run(until stage: StageName, asking: AskingOptions? = nil) async throws -> ReviewRun {
        let target = try workspace.folder(pipeline: pipeline.pipeline)
        let source = try pipeline.folder(workspace: target)
        return try await ReviewRun.run(
            pipeline: source, workspace: target,
            options: network.runOptions(
                workspace: target, asking: asking, forced: force ? [stage] : [], until: stage), quiet: quiet)
    }
}

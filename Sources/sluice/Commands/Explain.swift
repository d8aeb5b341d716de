import ArgumentParser
import Interchange
import Pipeline
import Store

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One record's whole way: answer, links, verdicts with quotes, decisions, values, box in the flow.",
        discussion: "  sluice explain 90000001\n  sluice explain pubmed:90000001 --json")

    @Argument(help: "The record's id, or a bare PMID.")
    var id: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let reading = ReviewReading(
            store: try ReviewStore(reading: folder), plan: try Plan.read(folder: try pipeline.folder(workspace: folder))
        )
        guard let explanation = try reading.explain(id) else {
            throw CommandError(
                status: ExitStatus.badInput,
                message: "the review in \(folder) holds no record '\(id)'. "
                    + "List its records with: sluice export records --workspace \(folder)")
        }
        guard json else {
            let lines = explanation.text.split(separator: "\n", omittingEmptySubsequences: false)
            return try StandardOutput.print(lines.map { SafeText.line(String($0)) }.joined(separator: "\n"))
        }
        var writer = JSONWriter()
        explanation.write(to: &writer)
        try StandardOutput.print(writer.text)
    }
}

import Foundation
import Pipeline
import Retrieval
import Store

/// A run as the verbs `run` and the seven stage words make it.
struct ReviewRun {
    let outcome: RunOutcome
    let workspace: String
    /// The PRISMA flow as text.
    let flowText: String
    /// How many of the reports that must be found were, and why each other was not.
    let knownStudies: [String]

    static func run(
        pipeline: String, workspace: String, options: RunOptions, quiet: Bool
    ) async throws -> ReviewRun {
        let plan = try Plan.read(folder: pipeline)
        // A call that can ask nothing leaves no folder behind.
        if plan.sources.contains(where: { $0.kind == .pubmed }), !ReviewStore.isThere(in: workspace),
            options.replay == nil
        {
            try options.retrieval(run: 1).checkEntrez()
        }
        let store = try ReviewStore(writingTo: workspace)
        let archive = try Archive(folder: workspace + "/archive")
        let progress = TerminalProgress(quiet: quiet)
        let runner = Runner(plan: plan, store: store, archive: archive, options: options, progress: progress)
        let outcome = try await runner.run()
        if outcome.stagesRun.isEmpty, !quiet {
            StandardError.write("Nothing to do: every stage is up to date with its input, settings and code.\n")
        }
        let reading = ReviewReading(store: store, plan: plan)
        let isWhole = options.until == .report
        let wasAsked = options.replay == nil && !options.offline
        return ReviewRun(
            outcome: outcome, workspace: workspace, flowText: isWhole ? try reading.flowText() : "",
            knownStudies: isWhole ? try reading.knownStudiesLines(wasAsked: wasAsked) : [])
    }

    /// Where the files are and what to do next.
    func closingWords(pipeline: String) -> String {
        var lines = [""] + knownStudies + (knownStudies.isEmpty ? [] : [""])
        lines += ["Files:   \(workspace)/output/"]
        if let files = try? FileManager.default.contentsOfDirectory(atPath: workspace + "/output").sorted() {
            lines.append("         " + files.filter { !$0.hasPrefix(".") }.joined(separator: "  "))
        }
        lines.append("Next:    \(NextStep.after(waiting: outcome.waiting, workspace: workspace).text)")
        return lines.joined(separator: "\n") + "\n"
    }
}

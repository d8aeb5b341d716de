import ArgumentParser
import Interchange
import Pipeline
import Retrieval
import Store

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What each stage made of what it was given, and what to do next.")

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    @Flag(help: "How far reviewers agree: kappa, PABAK, AC1. As a table: sluice export agreement.")
    var agreement = false

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let store = try ReviewStore(reading: folder)
        let reading = ReviewReading(
            store: store, plan: try Plan.read(folder: try pipeline.folder(workspace: folder)))
        if agreement {
            guard !json else { throw CommandError.usage("for a script: sluice export agreement --to ndjson") }
            return try StandardOutput.print(AgreementText.render(try reading.agreement()))
        }
        let stages = try reading.stages()
        let waiting = try reading.waiting()
        let last = try store.read { try $0.lastRun() }
        let next: NextStep =
            try last?.state == .finished && reading.hasUncountedDecisions()
            ? NextStep.countIn(workspace: folder, "the new decisions")
            : last?.state == .finished
                ? NextStep.after(waiting: waiting, workspace: folder)
                : NextStep.goOn(workspace: folder)
        let values = try reading.openValues()
        let searches = try reading.searchSummaries()
        try StandardOutput.print(
            json ? jsonText(stages, searches, next) : text(stages, searches, last, values, next))
    }

    private func text(
        _ stages: [(stage: StageName, summary: StageSummary?)], _ searches: [SearchSummary], _ last: RunRow?,
        _ values: String?, _ next: NextStep
    ) -> String {
        var lines: [String] = []
        if let last {
            let message = last.message.map { "\n  " + $0.split(separator: "\n").joined(separator: "\n  ") } ?? ""
            lines.append("Run \(last.number): \(last.state.rawValue)\(message)")
        }
        lines.append("\(cell("stage", 12))\(cell("in", 8))\(cell("on", 8))\(cell("removed", 10))waiting")
        for (stage, summary) in stages {
            guard let summary else {
                lines.append(cell(stage.rawValue, 12) + "not run yet")
                continue
            }
            let removed = summary.removed.reduce(0) { $0 + $1.count }
            let pending = summary.pending.reduce(0) { $0 + $1.count }
            lines.append(
                cell(stage.rawValue, 12) + cell("\(summary.given)", 8) + cell("\(summary.advanced)", 8)
                    + cell("\(removed)", 10) + "\(pending)")
            for reason in summary.removed + summary.pending where stage == .screen || stage == .synthesise {
                lines.append("  " + cell(reason.reason, 34) + "\(reason.count)")
            }
        }
        if !searches.isEmpty { lines.append("Searches") }
        for search in searches { lines += Self.lines(of: search) }
        if let values { lines.append("Open " + values) }
        lines.append("Next: \(next.text)")
        return lines.joined(separator: "\n")
    }

    private func cell(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private func jsonText(
        _ stages: [(stage: StageName, summary: StageSummary?)], _ searches: [SearchSummary], _ next: NextStep
    ) -> String {
        var json = JSONWriter()
        json.object { json in
            for (stage, summary) in stages {
                json.member(stage.rawValue) { json in
                    guard let summary else { return json.null() }
                    json.object { json in
                        json.member("in", summary.given)
                        json.member("advanced", summary.advanced)
                        json.member("removed") { json in
                            json.object { json in for item in summary.removed { json.member(item.reason, item.count) } }
                        }
                        json.member("pending", summary.pending.reduce(0) { $0 + $1.count })
                    }
                }
            }
            json.member("next", next.command)
            json.member("searches") { json in
                json.array { json in for search in searches { Self.write(search, to: &json) } }
            }
        }
        return json.text
    }

    private static func lines(of search: SearchSummary) -> [String] {
        let what =
            search.searched ? "\(search.count ?? 0) hits, \(search.time ?? "at a time not stated")" : "not searched"
        let first = "  " + search.source.padded(to: 20) + what
        guard let comparison = search.comparison else { return [first] }
        let changes = comparison.lines(naming: 5)
        return [first]
            + (changes.isEmpty ? ["nothing changed"] : changes).map {
                "    since run \(comparison.earlierRun): \($0)"
            }
    }

    private static func write(_ search: SearchSummary, to json: inout JSONWriter) {
        json.object { json in
            json.member("source", search.source)
            json.member("run", search.run)
            json.member("searched", search.searched)
            json.member("time", search.time)
            json.member("hits", search.count)
            json.member("sinceRun", search.comparison?.earlierRun)
            json.member("changes", search.comparison?.changes ?? [])
            json.member("appeared", search.comparison?.appeared ?? [])
            json.member("vanished", search.comparison?.vanished ?? [])
        }
    }
}

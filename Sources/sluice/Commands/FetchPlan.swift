import Foundation
import Pipeline
import Retrieval

/// `sluice fetch --dry-run`: what a fetch would ask.
enum FetchPlan {
    static func show(_ review: StageOptions) async throws {
        let folder = try review.workspace.folder(pipeline: review.pipeline.pipeline)
        let plan = try Plan.read(folder: try review.pipeline.folder(workspace: folder))
        let options = review.network.runOptions(workspace: folder)
        // Nothing is kept of a dry run: its archive goes with it, unless there is one to answer from.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let own = folder + "/archive"
        let hasOwn = FileManager.default.fileExists(atPath: own)
        let archive = try Archive(folder: hasOwn ? own : scratch, readOnly: hasOwn)
        var stops = false
        for source in plan.sources {
            guard source.kind == .pubmed else {
                try StandardOutput.print(
                    source.kind == .file
                        ? "\(source.id): a file (\(source.path ?? "")); no request is made."
                        : "\(source.id): ClinicalTrials.gov counts only while it lists; there is no dry run of it.")
                continue
            }
            let retriever = try Retriever(archive: archive, settings: try options.retrieval(run: 0))
            let found = try await retriever.plan(source.request)
            var lines = [
                "\(source.id): \(found.hits) hits", "  query:       \(source.query ?? "")",
                "  translation: \(found.translation)",
                "  requests:    \(found.requests), about \(found.expectedSeconds) s without retries",
            ]
            lines += found.warnings.map { warning in
                let stopping = found.unacceptedWarnings.contains(warning)
                return "  warning:     \(warning)"
                    + (stopping ? "  (would stop the fetch; see `allow`)" : "  (accepted)")
            }
            if let limit = source.maxRecords, found.hits > limit {
                lines.append("  warning:     more than maxRecords (\(limit)): would stop the fetch")
                stops = true
            }
            stops = stops || !found.unacceptedWarnings.isEmpty
            try StandardOutput.print(lines.joined(separator: "\n"))
        }
        if stops {
            throw CommandError(
                status: ExitStatus.sourceIncomplete, message: "a fetch would stop; see the warnings above.")
        }
    }
}

import Foundation
import Pipeline
import Retrieval

/// `sluice fetch --dry-run`: what a fetch would ask.
enum FetchPlan {
    static func show(_ review: StageOptions, maxRecords: Int?) async throws {
        let folder = try review.workspace.folder(pipeline: review.pipeline.pipeline)
        let plan = try Plan.read(folder: try review.pipeline.folder(workspace: folder))
        let options = review.network.runOptions(workspace: folder)
        // Nothing is kept of a dry run: its archive goes with it, unless there is one to answer from.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let own = folder + "/archive"
        let hasOwn = FileManager.default.fileExists(atPath: own)
        let archive = try Archive(folder: hasOwn ? own : scratch, readOnly: hasOwn)
        let settings = try options.retrieval(run: 0)
        var stops = false
        for source in plan.sources {
            let request = source.request(maxRecords: maxRecords)
            let found: RetrievalPlan
            switch source.kind {
            case .file:
                try StandardOutput.print("\(source.id): a file (\(source.path ?? "")); no request is made.")
                continue
            case .pubmed: found = try await Retriever(archive: archive, settings: settings).plan(request)
            case .clinicaltrials: found = try await TrialsRetriever(archive: archive, settings: settings).plan(request)
            }
            let isTooMuch = request.maxRecords.map { found.hits > $0 } ?? false
            stops = stops || isTooMuch || !found.unacceptedWarnings.isEmpty
            try StandardOutput.print(text(found, request, source.kind, isTooMuch: isTooMuch))
        }
        if stops {
            throw CommandError(
                status: ExitStatus.sourceIncomplete, message: "a fetch would stop; see the warnings above.")
        }
    }

    private static func text(
        _ found: RetrievalPlan, _ request: SourceRequest, _ kind: SourcePlan.Kind, isTooMuch: Bool
    ) -> String {
        var lines = ["\(request.id): \(found.hits) hits", "  query:       \(request.query)"]
        if request.from != nil || request.to != nil {
            let dates = request.dates == .created ? "created in PubMed" : "published or first posted"
            lines.append("  window:      \(request.from ?? "open") to \(request.to ?? "open"), \(dates)")
        }
        if !found.translation.isEmpty { lines.append("  translation: \(found.translation)") }
        lines.append("  requests:    \(found.requests), about \(duration(found.expectedSeconds)) without retries")
        if found.requests > 100, kind == .pubmed {
            lines.append(
                "  note:        NCBI asks for more than 100 requests at weekends or from 21:00 to 05:00 US Eastern")
        }
        lines += found.warnings.map { warning in
            let isStopping = found.unacceptedWarnings.contains(warning)
            return "  warning:     \(warning)" + (isStopping ? "  (would stop the fetch; see `allow`)" : "  (accepted)")
        }
        if isTooMuch, let limit = request.maxRecords {
            lines.append(
                "  warning:     more than the \(limit) allowed: would stop the fetch (maxRecords, --max-records)")
        }
        return lines.joined(separator: "\n")
    }

    private static func duration(_ seconds: Int) -> String {
        seconds < 120 ? "\(seconds) s" : seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}

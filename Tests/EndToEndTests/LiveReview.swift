import Foundation
import Interchange
import TestSupport

/// A review in a folder of its own that asks services on this machine.
struct LiveReview {
    let folder: TemporaryFolder
    let pipeline: String
    var workspace: String { folder.path("w") }
    /// Of a real key's length, with characters that every encoding spells otherwise.
    static let key = "0123456789abcdef/0123456789+abcdef=&\"x"

    init(sources: String = "  - {id: pubmed, kind: pubmed, query: \"ketamine[tiab]\"}") throws {
        folder = try TemporaryFolder()
        try folder.write("review: {id: live, title: Live}\nsources:\n\(sources)\n", to: "p/pipeline.yaml")
        pipeline = folder.path("p")
    }

    func environment(
        _ service: EutilsService?, key: String? = nil, trials: TrialsService? = nil
    ) -> [String: String] {
        var environment = ["NCBI_EMAIL": "nobody@example.org", "SLUICE_RATE_FOLDER": folder.path]
        environment["SLUICE_EUTILS_URL"] = service?.endpoint
        environment["SLUICE_CLINICALTRIALS_URL"] = trials?.endpoint
        environment["NCBI_API_KEY"] = key
        return environment
    }

    func arguments(_ verb: [String], workspace: String? = nil) -> [String] {
        verb + ["--pipeline", pipeline, "--workspace", workspace ?? self.workspace]
    }

    func sluice(
        _ verb: String..., service: EutilsService? = nil, key: String? = nil, trials: TrialsService? = nil,
        workspace: String? = nil
    ) async throws -> BuiltTool.Result {
        try await BuiltTool.run(
            arguments(verb, workspace: workspace), environment: environment(service, key: key, trials: trials))
    }

    func table(_ name: String, workspace: String? = nil) async throws -> [[String: String]] {
        let result = try await sluice("export", name, workspace: workspace)
        let text = try DelimitedText(parsing: Array(result.output.utf8))
        return text.rows.map { row in
            Dictionary(zip(text.header, row.cells), uniquingKeysWith: { first, _ in first })
        }
    }
}

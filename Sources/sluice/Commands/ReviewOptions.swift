import ArgumentParser
import Foundation
import Pipeline
import Store

/// Where a review lies: the options that every verb on a review takes.
struct WorkspaceOption: ParsableArguments {
    @Option(
        name: [.long, .customShort("w")],
        help: ArgumentHelp(
            "The folder of the review's database, archive and output.",
            discussion: "Default: $SLUICE_WORKSPACE, else workspaces/REVIEW, else the only review in workspaces/.",
            valueName: "folder"))
    var workspace: String?

    /// The folder to work in; `pipeline` names it where nothing else does.
    func folder(pipeline: String? = nil) throws -> String {
        if let workspace { return workspace }
        if let fromEnvironment = ProcessInfo.processInfo.environment["SLUICE_WORKSPACE"], !fromEnvironment.isEmpty {
            return fromEnvironment
        }
        if let pipeline {
            return "workspaces/" + URL(filePath: pipeline).standardizedFileURL.lastPathComponent
        }
        let found = ((try? FileManager.default.contentsOfDirectory(atPath: "workspaces")) ?? []).sorted()
            .map { "workspaces/" + $0 }
            .filter { ReviewStore.isThere(in: $0) }
        guard let only = found.first else {
            throw CommandError.usage(
                "there is no review in workspaces/. Name its folder with --workspace, "
                    + "or start one with: sluice run PIPELINE")
        }
        guard found.count == 1 else {
            throw CommandError.usage(
                "there are several reviews here (\(found.joined(separator: ", "))). Name one with --workspace.")
        }
        return only
    }
}

/// The folder of the pipeline file, for verbs that read the plan.
struct PipelineOption: ParsableArguments {
    @Option(
        name: [.long, .customShort("p")],
        help: ArgumentHelp("The folder that holds pipeline.yaml.", valueName: "folder"))
    var pipeline: String?

    /// The folder given, else the one that the workspace was last run with.
    func folder(workspace: String) throws -> String {
        if let pipeline { return pipeline }
        guard let folder = try ReviewStore.pipeline(of: workspace) else {
            throw CommandError.usage("name the folder of the review's pipeline.yaml with --pipeline")
        }
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CommandError.usage(
                "\(folder), the pipeline folder of this workspace, is no longer there. "
                    + "Name where it is now with --pipeline.")
        }
        return folder
    }
}

/// What is asked of the sources.
struct AskingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask again for records that the workspace holds, to see retractions and corrections: included or known.",
            valueName: "which"))
    var refetch: Refetch?

    @Option(
        help: ArgumentHelp(
            "Stop before any record is asked for when a source has more hits.",
            discussion: "Default: maxRecords of the source, else \(SourcePlan.defaultMaxRecords).", valueName: "count"))
    var maxRecords: Int?

    func validate() throws {
        if let maxRecords, maxRecords < 1 { throw ValidationError("--max-records takes a number from 1 on.") }
    }
}

/// How the network is used.
struct NetworkOptions: ParsableArguments {
    @Flag(help: "Make no connection: everything comes from the archive.")
    var offline = false

    @Option(
        help: ArgumentHelp(
            "Replay a recorded review: answers from FOLDER/archive, files from FOLDER. Implies --offline.",
            valueName: "folder"))
    var replay: String?

    @Option(
        help: ArgumentHelp(
            "Base address of E-utilities. Default: $SLUICE_EUTILS_URL, else NCBI's own.", valueName: "url"))
    var endpoint: String?

    func runOptions(
        workspace: String, asking: AskingOptions? = nil, forced: Set<StageName> = [], until: StageName = .report
    ) -> RunOptions {
        let environment = ProcessInfo.processInfo.environment
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        return RunOptions(
            workspace: workspace, endpoint: endpoint ?? value("SLUICE_EUTILS_URL"),
            trialsEndpoint: value("SLUICE_CLINICALTRIALS_URL"), email: value("NCBI_EMAIL"),
            apiKey: value("NCBI_API_KEY"), offline: offline, replay: replay, refetch: asking?.refetch,
            maxRecords: asking?.maxRecords, forced: forced, until: until, softwareVersion: SoftwareVersion.text,
            now: { Timestamp.now() })
    }
}

enum Timestamp {
    /// The present, as ISO 8601 in UTC, to the second.
    static func now() -> String { Date().formatted(.iso8601) }

    /// The day that it is where it is latest, fourteen hours ahead of UTC: nobody's own date lies behind it.
    static func latestDay() -> String { String(Date().addingTimeInterval(14 * 3600).formatted(.iso8601).prefix(10)) }
}

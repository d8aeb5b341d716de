package import Foundation

/// The command as it was built beside the tests.
package enum BuiltTool {
    package struct Result: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    package struct NotBuilt: Error, CustomStringConvertible {
        package var path: String
        package var description: String { "\(path) is not built; run the tests with `make test`" }
    }

    /// `.build/debug/sluice`, or wherever the tests themselves were built.
    package static func url() throws -> URL {
        let arguments = CommandLine.arguments
        let candidates =
            [arguments.first.map { URL(filePath: $0).deletingLastPathComponent() }]
            + [Bundle.main.bundleURL.deletingLastPathComponent(), Bundle.main.bundleURL]
            + [Checkout.url(".build/debug")]
        for folder in candidates.compactMap(\.self) {
            let tool = folder.appending(path: "sluice")
            if FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
        }
        throw NotBuilt(path: Checkout.url(".build/debug/sluice").path)
    }

    /// A process that is set up and not started: nothing of the caller's environment reaches it but the path.
    package static func process(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.executableURL = try url()
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        let inherited = ProcessInfo.processInfo.environment.filter {
            ["PATH", "HOME", "LD_LIBRARY_PATH"].contains($0.key)
        }
        process.environment = inherited.merging(environment) { _, new in new }
        return process
    }

    /// Starts a process and suspends until it has ended: a thread that waited would be missing to every other test.
    package static func finish(_ process: Process) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }

    /// Runs the command to its end.
    package static func run(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String? = nil
    ) async throws -> Result {
        let process = try process(arguments, in: folder, environment: environment)
        // Files instead of pipes: a pipe that nobody empties would stop the command.
        let scratch = try TemporaryFolder()
        for name in ["out", "err", "in"] { try scratch.write(name == "in" ? input ?? "" : "", to: name) }
        let output = try FileHandle(forWritingTo: URL(filePath: scratch.path("out")))
        let errors = try FileHandle(forWritingTo: URL(filePath: scratch.path("err")))
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: scratch.path("in")))
        process.standardOutput = output
        process.standardError = errors
        try await finish(process)
        try output.close()
        try errors.close()
        return Result(
            status: process.terminationReason == .uncaughtSignal
                ? -process.terminationStatus : process.terminationStatus,
            output: String(decoding: try Data(contentsOf: URL(filePath: scratch.path("out"))), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(filePath: scratch.path("err"))), as: UTF8.self))
    }
}

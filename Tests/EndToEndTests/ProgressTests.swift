import Foundation
import TestSupport
import Testing

@Suite("Progress")
struct ProgressTests {
    private static let script = "/usr/bin/script"

    /// Runs the command with stderr on a terminal, which `script` of util-linux gives it; what that terminal was sent.
    private static func onTerminal(_ arguments: [String]) async throws -> (status: Int32, shown: String) {
        let folder = try TemporaryFolder()
        let process = try BuiltTool.process([])
        let command = [try #require(process.executableURL).path] + arguments
        process.executableURL = URL(filePath: Self.script)
        process.arguments = [
            "-qec", command.map { "'\($0)'" }.joined(separator: " ") + " > /dev/null", folder.path("shown"),
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try await BuiltTool.finish(process)
        let shown = try Data(contentsOf: URL(filePath: folder.path("shown")))
        return (process.terminationStatus, String(decoding: shown, as: UTF8.self))
    }

    @Test(
        "on a terminal a line says how far the reading of files is, and is gone when something else is said",
        .enabled(if: FileManager.default.isExecutableFile(atPath: script), "script of util-linux is not here"))
    func files() async throws {
        let folder = try TemporaryFolder()
        let first = try folder.write("TY  - JOUR\nTI  - One\nER  - \n", to: "a.ris")
        let second = try folder.write("TY  - JOUR\nTI  - Two\n", to: "b.ris")
        let (status, shown) = try await Self.onTerminal(["parse", first, second, folder.path("c.ris")])
        #expect(status == 66 && shown.contains("c.ris is not there"), "\(shown)")
        let whole = try await Self.onTerminal(["deduplicate", first, second])
        #expect(whole.status == 0, "\(whole.shown)")
        #expect(whole.shown.contains("\r\u{1B}[K1 records read, file 1 of 2"), "\(whole.shown)")
        let last = try #require(whole.shown.range(of: "file 1 of 2\r\u{1B}[K"), "\(whole.shown)")
        #expect(!whole.shown[last.upperBound...].contains("records read"))
    }

    @Test("where stderr is no terminal there is no such line")
    func elsewhere() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("TY  - JOUR\nTI  - One\nER  - \n", to: "a.ris")
        let result = try await BuiltTool.run(["deduplicate", file])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    }
}

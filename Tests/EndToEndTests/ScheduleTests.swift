import Foundation
import TestSupport
import Testing

/// What `sluice schedule` prints is run as cron and systemd would run it.
@Suite("A refresh that runs by itself")
struct ScheduleTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeSmallReview(id: "by-itself", records: "id,title,abstract\na,One,Nothing known.\n")
    }

    private func sluice(_ arguments: String..., environment: [String: String] = [:]) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments, in: folder.path, environment: environment)
    }

    @Test("cron's line runs, also where a folder has blanks, quotes and per cent signs in its name")
    func cron() async throws {
        let workspace = "w o'1 50%"
        #expect(try await sluice("run", "p", "--workspace", workspace, "--offline").status == 0)
        let printed = try await sluice(
            "schedule", "p", "--workspace", workspace, "--every", "month", environment: ["NCBI_EMAIL": "a@example.org"])
        #expect(printed.status == 0, "\(printed.errors)")
        let lines = printed.output.split(separator: "\n").map(String.init)
        #expect(lines.contains("NCBI_EMAIL=a@example.org"))
        let line = try #require(lines.last)
        let fields = line.split(separator: " ", maxSplits: 5).map(String.init)
        #expect(fields.count == 6 && Array(fields[1...4]) == ["3", "1", "*", "*"])
        #expect(Int(fields[0]).map { (0..<60).contains($0) } == true)
        // cron takes a bare per cent sign for the end of the command.
        #expect(!fields[5].replacing("\\%", with: "").contains("%"))
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", fields[5].replacing("\\%", with: "%")]
        try await BuiltTool.finish(shell)
        #expect(shell.terminationStatus == 3, "one report waits for a person")
        let log = try String(contentsOfFile: folder.path(workspace + "/refresh.log"), encoding: .utf8)
        #expect(log.contains("PRISMA 2020 flow"), "\(log)")
    }

    @Test("systemd's units hold the same command, and the key is no part of them")
    func systemd() async throws {
        #expect(try await sluice("run", "p", "--workspace", "w", "--offline").status == 0)
        let printed = try await sluice(
            "schedule", "--workspace", "w", "--to", "systemd", environment: ["NCBI_API_KEY": "secretkey"]
        ).output
        #expect(
            printed.contains("\"refresh\" \"\(folder.path)/p\" \"--workspace\" \"\(folder.path)/w\" \"--exit-code\""))
        #expect(printed.contains("OnCalendar=Sun *-*-* 03:") && printed.contains("SuccessExitStatus=3"))
        #expect(printed.contains("Environment=NCBI_EMAIL=you@example.org") && !printed.contains("secretkey"))
    }

    @Test("a workspace without a review is refused: 66 with how to start one")
    func missing() async throws {
        let result = try await sluice("schedule", "p", "--workspace", "w")
        #expect(result.status == 66 && result.errors.contains("Start one with: sluice run PIPELINE --workspace w"))
        #expect(result.output.isEmpty)
    }
}

import Foundation
import TestSupport
import Testing

/// Files that a person names for output. A reviewer wrote a table over the review's own database.
@Suite("Where output goes")
struct OutputFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeSmallReview(id: "out", records: Self.records)
    }

    private static let records = "id,title,abstract\na1,One,Intravenous ketamine.\na2,Two,Oral ketamine.\n"

    private func sluice(_ arguments: String..., input: String? = nil) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments, in: folder.path, input: input)
    }

    private func content(_ name: String) throws -> String {
        try String(contentsOfFile: folder.path(name), encoding: .utf8)
    }

    @Test("a review's database, lock and archive are not written over: 64")
    func workspace() async throws {
        #expect(try await sluice("run", "p", "--workspace", "w").status == 0)
        let answer = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path("w/archive")).first)
        for target in ["w/review.sqlite", "w/review.sqlite-wal", "w/.lock", "w/archive/\(answer)"] {
            let table = try await sluice(
                "export", "records", "--to", "csv", "-o", target, "--workspace", "w", "--pipeline", "p")
            #expect(table.status == 64 && table.errors.contains("a review's own data"), "\(target): \(table.errors)")
            let counts = try await sluice("screen", "p/a.csv", "--pipeline", "p", "--summary", target)
            #expect(counts.status == 64, "\(target): \(counts.errors)")
        }
        let verified = try await sluice("verify", "--workspace", "w", "--pipeline", "p")
        #expect(verified.status == 0, "\(verified.output)")
        // The folder of a workspace itself is a person's to use.
        #expect(
            try await sluice("export", "records", "-o", "w/mine.csv", "--workspace", "w", "--pipeline", "p").status == 0
        )
    }

    /// The next command of a shell wrote over the summary: it had been written through another opening of the file.
    @Test(
        "what goes to standard output by name stands where the next command goes on", arguments: ["-", "/dev/stdout"])
    func sharedOutput(name: String) async throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.currentDirectoryURL = URL(filePath: folder.path)
        shell.arguments = [
            "-c", "(\"$0\" screen p/a.csv --pipeline p --summary \(name); echo end) > shared", try BuiltTool.url().path,
        ]
        try await BuiltTool.finish(shell)
        let lines = try content("shared").split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasPrefix("{\"read\":2,") && lines[2] == "end", "\(lines)")
    }

    @Test("what a command reads is not written over, and nothing is emptied before the inputs are there")
    func inputs() async throws {
        try folder.write("kept", to: "kept")
        let missing = try await sluice("parse", "nothing.csv", "--issues", "kept")
        #expect(missing.status == 66)
        #expect(try content("kept") == "kept")
        for arguments in [
            ["parse", "p/a.csv", "--issues", "p/a.csv"],
            ["screen", "p/a.csv", "--pipeline", "p", "--summary", "p/a.csv"],
            ["report", "--flow", "p/a.csv", "-o", "p/a.csv"],
        ] {
            let result = try await BuiltTool.run(arguments, in: folder.path)
            #expect(result.status == 64, "\(arguments): \(result.errors)")
        }
        #expect(try content("p/a.csv") == Self.records)
    }

    @Test("links are followed, permissions stay, and - is standard output")
    func links() async throws {
        try folder.write("old", to: "real")
        #expect(chmod(folder.path("real"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"), withDestinationPath: folder.path("real"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("dangling"), withDestinationPath: folder.path("new"))
        #expect(try await sluice("parse", "p/a.csv", "--issues", "link").status == 0)
        #expect(try content("real").isEmpty)
        for name in ["link", "dangling", "real"] {
            #expect(try await sluice("screen", "p/a.csv", "--pipeline", "p", "--summary", name).status == 0)
        }
        #expect(try content("real").hasPrefix("{\"read\":2,") && content("new").hasPrefix("{\"read\":2,"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == folder.path("real"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("real"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let printed = try await sluice("screen", "p/a.csv", "--pipeline", "p", "--summary", "-")
        #expect(printed.output.contains("{\"read\":2,") && !FileManager.default.fileExists(atPath: folder.path("-")))
    }

    @Test("a folder, a folder that is not there and a full disk are told with the name")
    func impossible() async throws {
        func screen(_ summary: String) async throws -> BuiltTool.Result {
            try await sluice("screen", "p/a.csv", "--pipeline", "p", "--summary", summary)
        }
        let inFolder = try await screen("p")
        #expect(inFolder.status == 64 && inFolder.errors.contains("p is a folder. Name a file in it."))
        let nowhere = try await screen("nowhere/s.json")
        #expect(nowhere.status == 66 && nowhere.errors.contains("nowhere"))
        #expect(nowhere.output.isEmpty, "told before the work")
        let device = try await screen("/dev/no-such-device")
        #expect(device.status == 1 && device.errors.contains("/dev/no-such-device cannot be written (No such file"))
        #expect(!FileManager.default.fileExists(atPath: "/dev/no-such-device"))
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        try folder.write("nothing that is known", to: "odd.txt")
        for result in [try await screen("/dev/full"), try await sluice("parse", "odd.txt", "--issues", "/dev/full")] {
            #expect(result.status == 1 && result.errors.contains("/dev/full cannot be written (No space"), "\(result)")
        }
    }

    @Test("an ending that is not written is refused with those that are")
    func endings() async throws {
        let table = try await sluice("export", "records", "-o", "x.docx", "--workspace", "w", "--pipeline", "p")
        #expect(table.status == 64 && table.errors.contains("no .docx") && table.errors.contains("xlsx"))
        let figure = try await sluice("report", "--flow", "f.csv", "-o", "x.png")
        #expect(figure.status == 64 && figure.errors.contains("The figure is SVG, not png"))
    }

    // MARK: Inputs

    @Test("standard input named twice is refused; a folder where a table is expected is told")
    func onceOnly() async throws {
        let twice = try await sluice("parse", "-", "p/a.csv", "-", input: Self.records)
        #expect(twice.status == 64 && twice.errors.contains("can be read once only"), "\(twice.errors)")
        #expect(try await sluice("parse", "p/a.csv", "p/a.csv").status == 0)
        for arguments in [["synthesise", "p", "--measure", "OR"], ["report", "--flow", "p"], ["parse", "p/"]] {
            let result = try await BuiltTool.run(arguments, in: folder.path)
            #expect(
                result.status == 65 && result.errors.contains("is a folder. Name the files in it: p/*"), "\(result)")
        }
        let nameless = try await sluice("parse", "")
        #expect(nameless.status == 66 && nameless.errors.contains("a file without a name is not there"))
    }

    @Test("text in UTF-32 is not taken for UTF-16")
    func utf32() async throws {
        let bytes = try #require("id,title\na1,One\n".data(using: .utf32))
        try bytes.write(to: URL(filePath: folder.path("u.csv")))
        let result = try await sluice("parse", "u.csv")
        #expect(result.status == 65 && result.errors.contains("UTF-32"), "\(result)")
    }

    @Test("a column that stands twice: refused where it decides, told where it describes")
    func repeatedColumns() async throws {
        #expect(try await sluice("run", "p", "--workspace", "w").status == 0)
        func decide(_ option: String, _ text: String) async throws {
            try folder.write(text, to: "t.csv")
            let result = try await sluice(
                "decide", option, "t.csv", "--reviewer", "AB", "--workspace", "w", "--pipeline", "p")
            #expect(result.status == 65 && result.errors.contains("stands twice; keep one of them"), "\(result.errors)")
        }
        try await decide("--from", "record,decision,Decision\na1,include,exclude\n")
        try await decide("--values", "report,key,field,value,decision,decision\n,,dose,1,accept,reject\n")
        try await decide("--duplicates", "a,b,decision,who,when,why,decision\na1,a2,same,,,,different\n")
        try folder.write("record,label,label\na1,include,exclude\n", to: "labels.csv")
        let labels = try await sluice("screen", "p/a.csv", "--pipeline", "p", "--labels", "labels.csv")
        #expect(labels.status == 65 && labels.errors.contains("a column stands twice"), "\(labels.errors)")
        try folder.write("id,title,title\na1,One,Two\n", to: "twice.csv")
        let parsed = try await sluice("parse", "twice.csv", "--issues", "issues")
        #expect(parsed.status == 0)
        #expect(try content("issues").contains("repeatedColumn"))
    }

    @Test("ids that several records bear are told by deduplicate")
    func repeatedIDs() async throws {
        try folder.write("id,title\nq1,One\nq1,Something else entirely\n", to: "q.csv")
        let result = try await sluice("deduplicate", "q.csv", "--to", "csv")
        #expect(result.status == 0 && result.errors.contains("1 id stands for several records, as q1"), "\(result)")
    }

    @Test("a trial of a table of values says what would be recorded, and records nothing")
    func trial() async throws {
        #expect(try await sluice("run", "p", "--workspace", "w").status == 0)
        func sluiceOnReview(_ arguments: String...) async throws -> BuiltTool.Result {
            try await BuiltTool.run(arguments + ["--workspace", "w", "--pipeline", "p"], in: folder.path)
        }
        try folder.write("report,key,field,value,decision\na1,,country,Norway,add\n", to: "v.csv")
        let trial = try await sluiceOnReview("decide", "--values", "v.csv", "--reviewer", "AB", "--dry-run")
        #expect(trial.status == 0 && trial.errors.contains("1 value would be recorded"), "\(trial.errors)")
        #expect(try await sluiceOnReview("export", "value-decisions").output.split(separator: "\n").count == 1)
        let real = try await sluiceOnReview("decide", "--values", "v.csv", "--reviewer", "AB")
        #expect(real.status == 0 && real.errors.contains("1 value recorded"), "\(real.errors)")
    }
}

import Foundation
import Interchange
import TestSupport
import Testing

/// Reviews whose records come from files that people export.
@Suite("File sources")
struct FileSourceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(_ sources: String) throws {
        try folder.write("review: {id: files, title: Files}\nsources:\n\(sources)\n", to: "p/pipeline.yaml")
    }

    private func sluice(_ arguments: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")])
    }

    private func run() async throws -> BuiltTool.Result { try await sluice("run", "--offline") }

    private func rows(_ table: String) async throws -> [[String]] {
        try DelimitedText(parsing: Array(try await sluice("export", table).output.utf8)).rows.map(\.cells)
    }

    private let one = "  - {id: a, kind: file, path: a.csv, database: A}"
    private let two =
        "  - {id: a, kind: file, path: a.csv, database: A}\n  - {id: b, kind: file, path: b.csv, database: B}"

    @Test("two files that number their entries alike lose nothing; the first keeps its keys")
    func sameKeys() async throws {
        try folder.write("id,title\n1,Ketamine in one city\n2,Ketamine in two cities\n", to: "p/a.csv")
        try folder.write("id,title\n1,Quite another matter\n2,And a further one\n", to: "p/b.csv")
        try plan(one)
        #expect(try await run().status == 0)
        #expect(try await rows("records").map { $0[0] } == ["1", "2"])
        try plan(two)
        let result = try await run()
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await rows("records").map { $0[0] } == ["1", "2", "b/1", "b/2"])
    }

    @Test("entries of one file with the same key are all kept, whatever their order")
    func repeatedKeys() async throws {
        try plan(one)
        let lines = ["A,First title here", "A,Second title here", "A-2,Third title here"]
        try folder.write("id,title\n" + lines.joined(separator: "\n") + "\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        let before = try await rows("records").map { [$0[0], $0[5]] }
        #expect(before.count == 3)
        try folder.write("id,title\n" + lines.reversed().joined(separator: "\n") + "\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        #expect(try await rows("records").map { [$0[0], $0[5]] } == before)
    }

    @Test("a file that was archived and is gone is read from the archive, and the run says so")
    func gone() async throws {
        try plan(one)
        try folder.write("id,title\n1,Ketamine in one city\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        try FileManager.default.removeItem(atPath: folder.path("p/a.csv"))
        let second = try await run()
        #expect(second.status == 0, "\(second.errors)")
        #expect(try await rows("records").count == 1)
        let forced = try await sluice("run", "--offline", "--force", "fetch")
        #expect(forced.status == 0 && forced.errors.contains("archived in run 1"), "\(forced.errors)")
        #expect(try await rows("records").count == 1)
    }

    @Test("a file that changed is read again; what was decided stays")
    func changed() async throws {
        try plan(one)
        try folder.write("id,title\n1,Ketamine in one city\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        #expect(try await sluice("decide", "1", "include", "--reviewer", "AB").status == 0)
        let status = try await sluice("status")
        #expect(status.output.contains("counts the new decisions in"))
        try folder.write("id,title\n1,Ketamine in one city\n2,A newcomer\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        let reports = try await rows("reports")
        #expect(reports.map { [$0[0], $0[4]] } == [["1", "advanced"], ["2", "pending"]])
    }

    @Test("without criteria everything waits for a person, and the minimal pipeline runs to its end")
    func minimal() async throws {
        try plan(one)
        try folder.write("id,title\n1,x one\n2,y two\n", to: "p/a.csv")
        let result = try await run()
        #expect(result.status == 0 && result.output.contains("awaiting a decision by a person"), "\(result.errors)")
        #expect(try await rows("waiting").count == 2)
        #expect(try await sluice("run", "--offline", "--exit-code").status == 3)
    }

    @Test("cells that a spreadsheet would run are inert in every table, and come back as they were")
    func formulas() async throws {
        try plan(one)
        try folder.write("id,title\n1,=HYPERLINK(\"http://x\")\n2,+1 and -1\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        let text = try await sluice("export", "records").output
        #expect(text.contains("'=HYPERLINK") && text.contains("'+1 and -1"))
        #expect(try await rows("records").map { $0[5] } == ["=HYPERLINK(\"http://x\")", "+1 and -1"])
        #expect(
            try String(contentsOfFile: folder.path("w/output/waiting.csv"), encoding: .utf8).contains("'=HYPERLINK"))
    }

    @Test("people's word on duplicates is taken from duplicates.csv, and a bad line refuses the file")
    func corrections() async throws {
        try plan(one)
        try folder.write(
            "id,title,year\n1,Ketamine in one city,2010\n2,Psilocybin in another city,2011\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        let header = "a,b,decision,who,when,why\n"
        try folder.write(header + "1,2,same,AB,2026-01-01,the same paper\n", to: "p/duplicates.csv")
        #expect(try await run().status == 0)
        #expect(try await rows("reports").count == 1)
        try folder.write(header + "1,nobody,same,AB,2026-01-01,x\n", to: "p/duplicates.csv")
        let refused = try await run()
        #expect(refused.status == 65 && refused.errors.contains("duplicates.csv") && refused.errors.contains("nobody"))
        #expect(try await rows("reports").count == 1)
    }

    @Test(
        "a folder as a source, a list that does not end: refused with the thing and the place",
        arguments: [
            ("a.csv/", "folder"), ("a.csv", "does not end"),
        ])
    func broken(name: String, words: String) async throws {
        try plan(one)
        if name.hasSuffix("/") {
            try folder.write("x", to: "p/a.csv/inner")
        } else {
            try folder.write(String(repeating: "[", count: 5000), to: "p/a.csv")
        }
        let result = try await run()
        #expect(
            result.status == 65 && result.errors.contains("a.csv") && result.errors.contains(words), "\(result.errors)")
    }

    @Test("a spoilt output is written again")
    func spoilt() async throws {
        try plan(one)
        try folder.write("id,title\n1,x one\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        let path = folder.path("w/output/flow.csv")
        let before = try Data(contentsOf: URL(filePath: path))
        try Data("x".utf8).write(to: URL(filePath: path))
        #expect(try await run().errors.contains("report"))
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("a table of decisions with semicolons, as a spreadsheet in Paris saves it, is taken in")
    func semicolons() async throws {
        try plan(one)
        try folder.write("id,title\n1,x one\n", to: "p/a.csv")
        #expect(try await run().status == 0)
        let file = try folder.write("report;decision;reviewer\r\n1;include;AB\r\n", to: "d.csv")
        let result = try await sluice("decide", "--from", file)
        #expect(result.status == 0 && result.errors.contains("1 decision recorded"), "\(result.errors)")
        let refused = try await sluice("decide", "1", "maybe", "--reviewer", "AB")
        #expect(refused.status == 64)
    }
}

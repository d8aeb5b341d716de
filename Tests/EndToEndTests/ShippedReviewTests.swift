import Foundation
import Interchange
import TestSupport
import Testing

/// The shipped review on its invented corpus, run by the built command as `make screen` runs it.
@Suite("The shipped review, replayed")
struct ShippedReviewTests {
    private let folder: TemporaryFolder
    private let pipeline = Checkout.url("Pipelines/iv-ketamine-trd").path
    private let fixture = Checkout.url("Fixtures/iv-ketamine-trd").path

    init() throws { folder = try TemporaryFolder() }

    private func run(_ more: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["run", pipeline, "--workspace", folder.path("w"), "--replay", fixture] + more)
    }

    private func export(_ table: String, _ more: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["export", table, "--workspace", folder.path("w"), "--pipeline", pipeline] + more)
    }

    private func table(_ text: String) throws -> DelimitedText { try DelimitedText(parsing: Array(text.utf8)) }

    private func expected(_ name: String) throws -> DelimitedText {
        try DelimitedText(parsing: [UInt8](try Data(contentsOf: URL(filePath: fixture + "/expected/" + name))))
    }

    @Test("ends with the flow that was counted by hand")
    func flowIsTheCountedOne() async throws {
        let result = try await run()
        #expect(result.status == 0, "\(result.errors)")
        let flow = try table(String(contentsOf: URL(filePath: folder.path("w/output/flow.csv")), encoding: .utf8))
        let counted = try expected("flow.csv")
        let (key, number) = (try #require(flow.column("data")), try #require(flow.column("n")))
        let found = Dictionary(flow.rows.map { ($0.cells[key], $0.cells[number]) }, uniquingKeysWith: { a, _ in a })
        #expect(!counted.rows.isEmpty)
        for row in counted.rows {
            #expect(found[row.cells[0]] == row.cells[1], "\(row.cells[0]): counted by hand \(row.cells[1])")
        }
    }

    @Test("prints the flow, where the files are, and the next command")
    func whatItPrints() async throws {
        let result = try await run()
        #expect(result.output.contains("Identification") || result.output.contains("IDENTIFICATION"))
        #expect(result.errors.contains("Files:") && result.errors.contains("flow.svg"))
        #expect(result.errors.contains("Next:"))
    }

    @Test("prints what the README shows")
    func readme() async throws {
        let readme = try String(contentsOf: Checkout.url("README.md"), encoding: .utf8)
        let flow = try await run("--quiet").output
        #expect(!flow.isEmpty && readme.contains(flow.trimmingCharacters(in: .newlines)))
    }

    @Test("run again, does no stage work and says so; every byte stays")
    func secondRun() async throws {
        _ = try await run()
        let files = ["flow.svg", "flow.csv", "flow.json", "included.csv", "excluded.csv", "waiting.csv"]
        func contents() throws -> [Data] {
            try files.map { try Data(contentsOf: URL(filePath: folder.path("w/output/" + $0))) }
        }
        let before = (try contents(), try await export("ledger").output, try await export("runs").output)
        let second = try await run()
        #expect(second.status == 0)
        #expect(second.errors.contains("Nothing to do"))
        let after = (try contents(), try await export("ledger").output, try await export("runs").output)
        #expect(before.0 == after.0 && before.1 == after.1 && before.2 == after.2)
    }

    @Test("on its page tells results as articles do: the exact ones, rounded, under words instead of names of columns")
    func pageIsForReading() async throws {
        _ = try await run()
        let page = try String(contentsOf: URL(filePath: folder.path("w/output/report.html")), encoding: .utf8)
        let exact = try table(String(contentsOf: URL(filePath: folder.path("w/output/estimates.csv")), encoding: .utf8))
        func cells(_ name: String) throws -> [String] {
            let column = try #require(exact.column(name))
            return exact.rows.map { $0.cells[column] }
        }
        let (measures, bounds) = (
            try cells("measure"), [try cells("estimate"), try cells("ciLower"), try cells("ciUpper")]
        )
        var compared = 0
        for (index, measure) in measures.enumerated() {
            let numbers = bounds.compactMap { Double($0[index]) }
            guard numbers.count == 3 else { continue }
            let format = measure == "OR" ? "%.2f [%.2f, %.2f]" : "%.3f [%.3f, %.3f]"
            #expect(page.contains(">" + String(format: format, numbers[0], numbers[1], numbers[2]) + "<"))
            compared += 1
        }
        #expect(compared > 2)
        for header in ["Estimate [95% CI]", "Prediction interval", "Joined because", "First author", "&lt; 0.0001"] {
            #expect(page.contains(">\(header)<"), "\(header)")
        }
        for name in ["ciLower", "reportIDs", "studyLabel", "firstAuthor"] { #expect(!page.contains(">\(name)<")) }
        // Headers or not, numbers of PubMed lead to PubMed.
        #expect(page.contains("<a href=\"https://pubmed.ncbi.nlm.nih.gov/"))
    }

    @Test("in another place, gives the same bytes")
    func samePlaceSameBytes() async throws {
        _ = try await run()
        let other = try TemporaryFolder()
        _ = try await BuiltTool.run(
            ["run", pipeline, "--workspace", other.path("elsewhere/deep"), "--replay", fixture],
            environment: ["TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("w/output")) {
            let a = try Data(contentsOf: URL(filePath: folder.path("w/output/" + name)))
            let b = try Data(contentsOf: URL(filePath: other.path("elsewhere/deep/output/" + name)))
            #expect(a == b, "\(name)")
        }
    }

    @Test("killed at any moment and run again, ends in the same ledger, records and flow")
    func killed() async throws {
        _ = try await run()
        let whole = (try await export("ledger").output, try await export("records", "--to", "ndjson").output)
        let flow = try Data(contentsOf: URL(filePath: folder.path("w/output/flow.csv")))
        for milliseconds in [5, 20, 60, 120, 250, 500] {
            let other = try TemporaryFolder()
            let arguments = ["run", pipeline, "--workspace", other.path("w"), "--replay", fixture]
            let process = try BuiltTool.process(arguments)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let again = try await BuiltTool.run(arguments)
            #expect(again.status == 0, "after \(milliseconds) ms: \(again.errors)")
            func export(_ table: String, _ more: String...) async throws -> String {
                try await BuiltTool.run(
                    ["export", table, "--workspace", other.path("w"), "--pipeline", pipeline] + more
                ).output
            }
            #expect(try await export("ledger") == whole.0)
            #expect(try await export("records", "--to", "ndjson") == whole.1)
            #expect(try Data(contentsOf: URL(filePath: other.path("w/output/flow.csv"))) == flow)
            let runs = try table(try await export("runs"))
            #expect(runs.rows.map { $0.cells[0] } == ["1"], "it goes on under its own number")
        }
    }

    @Test("every quote in the tables is the words of its record")
    func explainEveryQuote() async throws {
        _ = try await run()
        let excluded = try table(try await export("excluded").output)
        let quote = try #require(excluded.column("quote"))
        #expect(!excluded.rows.isEmpty)
        for row in excluded.rows { #expect(row.cell(quote) != nil, "\(row.cells[0]) was excluded without a quote") }
    }
}

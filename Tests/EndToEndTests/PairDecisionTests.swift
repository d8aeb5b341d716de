import Foundation
import Interchange
import TestSupport
import Testing

/// People's word on what is one document and what is one study: out as a table, filled in, and back.
@Suite("Decisions on pairs")
struct PairDecisionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "review: {id: pairs, title: Pairs}\nsources:\n  - {id: a, kind: file, path: a.csv, database: A}\n",
            to: "p/pipeline.yaml")
    }

    private func sluice(_ arguments: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")])
    }

    private func rows(_ table: String) async throws -> [[String]] {
        try DelimitedText(parsing: Array(try await sluice("export", table).output.utf8)).rows.map(\.cells)
    }

    private let header = "id,title,authors,year,journal,volume,issue,pages,abstract\n"
    private let first =
        "1,Evening light and recovery of sleep after surgery,\"Tamm, Liisa; Pell, Ruth\",2014,Imaginary Medicine,22,3,301-309,\n"
    private let close =
        "2,Evening light and recovery of sleep after surgery,\"Tamm, Liisa; Pell, Ruth\",2014,Imaginary Medicine,22,3,512-520,\n"

    /// The table with a decision in the row of a pair.
    private func filled(_ table: String, _ decision: String) async throws -> String {
        let text = try await sluice("export", table).output
        return text.replacingOccurrences(of: "\n1,2,,,,,", with: "\n1,2,\(decision),,,seen both,")
    }

    @Test("a pair too close to call goes out, comes back decided, is taken back, and explain tells all of it")
    func duplicates() async throws {
        try folder.write(header + first + close, to: "p/a.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        #expect(try await rows("duplicate-decisions").map { Array($0[0...2]) } == [["1", "2", ""]])
        #expect(try await sluice("explain", "2").output.contains("may be the same document, waits for a person"))

        let file = try folder.write(try await filled("duplicate-decisions", "same"), to: "pairs.csv")
        let unnamed = try await sluice("decide", "--duplicates", file)
        #expect(unnamed.status == 65 && unnamed.errors.contains("pairs.csv:2: the cell 'who' is empty"))
        let taken = try await sluice("decide", "--duplicates", file, "--reviewer", "AB")
        #expect(taken.status == 0 && taken.errors.contains("1 pair appended to"), "\(taken.errors)")
        let again = try await sluice("decide", "--duplicates", file, "--reviewer", "AB")
        #expect(again.status == 0 && again.errors.contains("0 pairs appended to"), "\(again.errors)")
        #expect(try await sluice("run", "--offline").status == 0)
        #expect(try await rows("reports").count == 1)
        #expect(try await rows("duplicate-decisions").map { Array($0[0...3]) } == [["1", "2", "same", "AB"]])
        let told = try await sluice("explain", "2").output
        #expect(told.contains("that 1 and 2 are one document: seen both"), "\(told)")

        // The table that comes out may itself take the place of the file, with more rows.
        let back = try await sluice("export", "duplicate-decisions").output + "1,2,undo,CD,2026-02-02,misread,,,,\n"
        try folder.write(back, to: "p/duplicates.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        #expect(try await rows("reports").count == 2)
        #expect(try await sluice("explain", "2").output.contains("(taken back)"))
    }

    @Test("a run compares only what is new, and decisions on either side of a new batch stay")
    func batch() async throws {
        try folder.write(header + first + close, to: "p/a.csv")
        try folder.write("a,b,decision,who,when,why\n1,2,different,AB,2026-01-01,two reports\n", to: "p/duplicates.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        #expect(try await sluice("decide", "1", "include", "--reviewer", "AB").status == 0)
        // Another search finds the first again, and something else.
        let again = first.replacingOccurrences(of: "1,Evening", with: "3,EVENING")
        let other = "4,Salt and sleep in nurses on nights,\"Silva, Ann\",2011,Acta Fictiva,3,1,1-9,\n"
        try folder.write(header + first + close + again + other, to: "p/a.csv")
        let second = try await sluice("run", "--offline", "--until", "deduplicate")
        #expect(second.status == 0 && second.errors.contains("unchanged"), "\(second.errors)")
        #expect(try await sluice("run", "--offline").status == 0)
        let reports = try await rows("reports")
        #expect(reports.map { [$0[0], $0[1], $0[4]] }.contains(["1", "1; 3", "advanced"]), "\(reports)")
        #expect(reports.contains { $0[0] == "2" })
    }

    @Test("what was said of a record that the source dropped stays in the file and stops nothing")
    func dropped() async throws {
        try folder.write(header + first + close, to: "p/a.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        try folder.write("a,b,decision,who,when,why\n1,2,same,AB,2026-01-01,\n", to: "p/duplicates.csv")
        try folder.write(header + first, to: "p/a.csv")
        let result = try await sluice("run", "--offline")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await rows("reports").count == 1)
    }

    @Test("reports under one number wait as one study; a person joins or splits them, and the flow counts both")
    func studies() async throws {
        let trial =
            "1,Light after surgery,\"Tamm, Liisa; Pell, Ruth\",2014,Imaginary Medicine,22,3,301-309,"
            + "NCT90000001. We studied 40 adults.\n"
        let other = "2,Mood in surgery,\"Silva, Ann\",2016,Acta Fictiva,3,1,1-9,NCT90000001. We studied 90 adults.\n"
        try folder.write(header + trial + other, to: "p/a.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        for id in ["1", "2"] { #expect(try await sluice("decide", id, "include", "--reviewer", "AB").status == 0) }
        let run = try await sluice("run", "--offline")
        #expect(run.errors.contains("sluice export study-decisions"), "\(run.errors)")
        #expect(try await rows("studies").count == 2)
        let waiting = try await rows("study-decisions")
        #expect(waiting.map { Array($0[0...2]) } == [["1", "2", ""]])
        #expect(waiting.first?[6].contains("registration NCT90000001; against: other sample 40 and 90") == true)

        let file = try folder.write(try await filled("study-decisions", "same"), to: "pairs.csv")
        #expect(try await sluice("decide", "--studies", file, "--reviewer", "AB").status == 0)
        let joined = try await sluice("run", "--offline")
        func count(_ label: String) -> Substring? {
            joined.output.split(separator: "\n").first { $0.contains(label) }?.split(separator: " ").last
        }
        #expect(count("New studies included in review") == "1")
        #expect(count("Reports of new included studies") == "2")
        #expect(try await rows("studies").map { [$0[0], $0[2], $0[3]] } == [["1", "2", "1; 2"]])
        #expect(try await sluice("explain", "2").output.contains("that 1 and 2 are one study: seen both"))

        let split = "a,b,decision,who,when,why\n1,2,different,CD,2026-01-02,two trials under one number\n"
        try folder.write(split, to: "p/studies.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        #expect(try await rows("studies").count == 2)
        #expect(try await sluice("explain", "1").output.contains("told apart as two studies by a person"))
        #expect(try await sluice("run", "--offline", "--force", "synthesise").errors.contains("may tell") == false)

        // Two studies are two documents; whoever says otherwise is shown the line.
        try folder.write("a,b,decision,who,when,why\n1,2,same,AB,2026-01-03,\n", to: "p/duplicates.csv")
        let refused = try await sluice("run", "--offline")
        #expect(
            refused.status == 65 && refused.errors.contains("duplicates.csv:2")
                && refused.errors.contains("studies.csv"), "\(refused.errors)")
    }

    @Test("a table with a wrong id is refused with its line, and nothing of it is appended")
    func refused() async throws {
        try folder.write(header + first + close, to: "p/a.csv")
        #expect(try await sluice("run", "--offline").status == 0)
        let kept = "a;b;decision;who;when;why\n1;2;same;AB;2026-01-01;\n"
        try folder.write(kept, to: "p/duplicates.csv")
        let bad = try folder.write(
            "a,b,decision,who,when,why\n1,2,undo,AB,2026-01-02,\n1,9,same,AB,2026-01-02,\n", to: "bad.csv")
        let result = try await sluice("decide", "--duplicates", bad)
        #expect(result.status == 65 && result.errors.contains("bad.csv:3: there is no record '9'"), "\(result.errors)")
        #expect(try String(contentsOfFile: folder.path("p/duplicates.csv"), encoding: .utf8) == kept)
        // A file with semicolons goes on with semicolons.
        let good = try folder.write("a,b,decision,who,when,why\n1,2,undo,AB,2026-01-02,\n", to: "good.csv")
        #expect(try await sluice("decide", "--duplicates", good).status == 0)
        #expect(
            try String(contentsOfFile: folder.path("p/duplicates.csv"), encoding: .utf8)
                == kept + "1;2;undo;AB;2026-01-02;\n")
    }
}

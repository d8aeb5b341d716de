import Foundation
import Interchange
import TestSupport
import Testing

/// A rule is changed after reports were judged by it (PRISMA 2020, item 24c). The records are invented.
@Suite("Changing a rule")
struct AmendmentTests {
    private let folder: TemporaryFolder

    private static let records = """
        id,title,abstract
        1,Ketamine by the nose in one town,Patients with treatment-resistant depression took intranasal ketamine.
        2,Ketamine by vein in one town,Patients with treatment-resistant depression had intravenous ketamine.
        3,Ketamine by mouth in one town,Patients with treatment-resistant depression took oral ketamine.
        4,Ketamine somehow in one town,Patients with treatment-resistant depression had ketamine.

        """

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.records, to: "p/a.csv")
        try rules(notMet: "intranasal")
    }

    private func rules(notMet: String, verdict: String = "notMet", example: String = "Intranasal ketamine.") throws {
        try folder.write(
            """
            review: {id: rules, title: Rules}
            sources:
              - {id: a, kind: file, path: a.csv, database: A}
            criteria:
              - id: route
                question: By vein?
                label: Not intravenous
                met:
                  - {id: iv, when: intravenous, passes: [Intravenous ketamine.]}
                \(verdict):
                  - {id: other, when: \(notMet), passes: [\(example)]}

            """, to: "p/pipeline.yaml")
    }

    private func sluice(_ arguments: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")])
    }

    private func check(_ more: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["check", folder.path("p"), "--against", folder.path("w")] + more)
    }

    private func rows(_ table: String) async throws -> [[String]] {
        try DelimitedText(parsing: Array(try await sluice("export", table).output.utf8)).rows.map(\.cells)
    }

    private func run() async throws -> BuiltTool.Result { try await sluice("run", "--offline") }

    @Test("check --against shows what would flip, with the words on either side, and changes nothing")
    func shown() async throws {
        #expect(try await run().status == 0)
        let before = try await rows("reports")
        let same = try await check()
        #expect(same.status == 0 && same.output.contains("No rule differs"), "\(same.output)\(same.errors)")

        try rules(notMet: "intranasal OR oral", example: "Oral ketamine.")
        let result = try await check()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("criteria.route.other"))
        #expect(result.output.contains("before: notMet when intranasal\n"))
        #expect(result.output.contains("after:  notMet when intranasal OR oral"))
        #expect(result.output.contains("Of 4 reports: 1 decisions would flip"))
        #expect(result.output.contains("decision: unclear -> exclude (route)"))
        #expect(result.output.contains("route: unclear -> notMet"))
        #expect(result.output.contains("after:  route.other \"oral\" abstract[0] 50-54"), "\(result.output)")
        #expect(result.errors.contains("Nothing was changed"))
        #expect(try await rows("reports") == before)
        #expect(try await rows("amendments").isEmpty)

        let json = try await check("--json").output
        #expect(json.hasPrefix("{\"compared\":4,\"notJudged\":0,\"changes\":[{\"path\":\"criteria.route.other\""))
    }

    @Test("run applies it and records what changed, in which run, and which reports it turned")
    func recorded() async throws {
        #expect(try await run().status == 0)
        try rules(notMet: "intranasal OR oral", example: "Oral ketamine.")
        let result = try await run()
        #expect(result.status == 0 && result.errors.contains("1 decision flips"), "\(result.errors)")
        let amendments = try await rows("amendments")
        #expect(amendments.count == 1)
        #expect(Array(amendments[0].prefix(2)) == ["1", "2"], "the first amendment, by the second run")
        #expect(
            Array(amendments[0].suffix(5))
                == ["criteria.route.other", "notMet when intranasal", "notMet when intranasal OR oral", "1", "1"])
        let flips = try await rows("flips")
        #expect(
            flips == [
                [
                    "1", "3", "Ketamine by mouth in one town", "unclear", "exclude (route)", "", "route", "unclear",
                    "notMet", "", "", "oral", "route.other", "abstract", "abstract",
                ]
            ])
        let page = try String(contentsOfFile: folder.path("w/output/report.html"), encoding: .utf8)
        #expect(page.contains("<h2>Amendments</h2>") && page.contains("intranasal OR oral"))
        #expect(!page.contains("appliedAt"), "no clock reaches the page")
        // Nothing new to say: nothing is recorded twice.
        #expect(try await run().status == 0)
        #expect(try await rows("amendments").count == 1)
    }

    @Test("a person's decision never flips; that the new rules contradict it is listed")
    func people() async throws {
        #expect(try await run().status == 0)
        #expect(try await sluice("decide", "3", "include", "--reviewer", "AB").status == 0)
        #expect(try await run().status == 0)
        try rules(notMet: "intranasal OR oral", example: "Oral ketamine.")
        let shown = try await check()
        #expect(shown.output.contains("0 decisions would flip, 1 more reports are judged differently"))
        #expect(shown.output.contains("people decided: include by AB; that stands"), "\(shown.output)")
        #expect(shown.output.contains("People's decisions that these rules contradict; they stand (1)"))

        let result = try await run()
        #expect(result.status == 0 && result.errors.contains("1 decision of people stands against"), "\(result.errors)")
        let report = try #require(try await rows("reports").first { $0[0] == "3" })
        #expect(report[4] == "advanced" && report[6] == "people")
        #expect(
            try await rows("overruled").map { Array($0[0...5]) } == [
                ["3", "Ketamine by mouth in one town", "include by AB", "exclude", "route", "oral"]
            ])
        #expect(try await rows("flips").map { $0[5] } == ["include by AB"])
    }

    @Test("a record that changed as well is judged anew and is no flip of the rule")
    func changedRecord() async throws {
        #expect(try await run().status == 0)
        try folder.write(
            Self.records.replacingOccurrences(of: "had ketamine.", with: "took oral ketamine."), to: "p/a.csv")
        try rules(notMet: "intranasal OR oral", example: "Oral ketamine.")
        #expect(try await run().status == 0)
        #expect(try await rows("flips").map { $0[1] } == ["3"])
        #expect(try await rows("reports").map { $0[4] } == ["removed", "advanced", "removed", "removed"])
    }

    @Test("new examples alone are no amendment; a rule that turns nothing is one")
    func harmless() async throws {
        #expect(try await run().status == 0)
        try rules(notMet: "intranasal", example: "Intranasal ketamine again.")
        #expect(try await run().status == 0)
        #expect(try await rows("amendments").isEmpty)
        try rules(notMet: "intranasal OR rectal", example: "Rectal ketamine.")
        #expect(try await run().status == 0)
        #expect(try await rows("amendments").map { Array($0.suffix(2)) } == [["0", "0"]])
        #expect(try await rows("flips").isEmpty)
    }

    @Test("what cannot be compared is refused with the reason")
    func refused() async throws {
        let sources = "sources:\n  - {id: a, kind: file, path: a.csv, database: A}\n"
        let missing = try await check()
        #expect(missing.status == 66, "\(missing.errors)")
        #expect(try await run().status == 0)
        try folder.write("review: {id: other, title: Other}\n" + sources, to: "q/pipeline.yaml")
        let other = try await BuiltTool.run(["check", folder.path("q"), "--against", folder.path("w")])
        #expect(other.status == 64 && other.errors.contains("rules"), "\(other.errors)")
        try folder.write("review: {id: rules, title: Rules}\n" + sources, to: "q/pipeline.yaml")
        let empty = try await BuiltTool.run(["check", folder.path("q"), "--against", folder.path("w")])
        #expect(empty.status == 78 && empty.errors.contains("criteria"), "\(empty.errors)")
    }
}

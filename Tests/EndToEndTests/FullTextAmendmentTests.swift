import Foundation
import Interchange
import TestSupport
import Testing

/// Rules are changed after reports were judged on their full texts (PRISMA 2020, item 24c). The articles are the
/// invented ones of `Fixtures/jats/routes.xml`: abstracts that do not tell the route, methods and a table that do.
@Suite("Full texts, changed rules and the lists of what waits")
struct FullTextAmendmentTests {
    private let folder: TemporaryFolder

    private static let records = """
        id,pmid,title,abstract
        mill,90000901,Ketamine at the mill,Patients with treatment-resistant depression had ketamine.
        weir,90000902,Ketamine at the weir,Patients with treatment-resistant depression had ketamine.
        ford,90000903,Ketamine at the ford,Patients with treatment-resistant depression had ketamine.
        quay,90000904,Ketamine at the quay,Patients who had taken oral ketamine before had it again.
        lock,90000905,Ketamine at the lock,"Patients had a buccal test dose of ketamine, then the full one."

        """

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.records, to: "p/a.csv")
        try FileManager.default.createDirectory(atPath: folder.path("p/fulltext"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: Checkout.url("Fixtures/jats/routes.xml").path, toPath: folder.path("p/fulltext/routes.xml"))
        try rules(notMet: "intranasal OR oral")
    }

    private func rules(notMet: String, screening: String = "assessedOn: fullText") throws {
        try folder.write(
            """
            review: {id: routes, title: Routes}
            sources:
              - {id: a, kind: file, path: a.csv, database: A}
            screening: {\(screening)}
            fullTexts: {folder: fulltext, pmc: yes}
            criteria:
              - id: route
                question: By vein?
                label: Not intravenous
                met:
                  - {id: iv, when: intravenous}
                notMet:
                  - {id: other, when: \(notMet)}

            """, to: "p/pipeline.yaml")
    }

    private func sluice(_ arguments: String..., input: String? = nil) async throws -> BuiltTool.Result {
        try await BuiltTool.run(
            arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")], input: input)
    }

    private func run() async throws { #expect(try await sluice("run", "--offline").status == 0) }

    private func check(_ more: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["check", folder.path("p"), "--against", folder.path("w")] + more)
    }

    private func rows(_ table: String, _ more: String...) async throws -> [[String: String]] {
        let result = try await BuiltTool.run(
            ["export", table, "--workspace", folder.path("w"), "--pipeline", folder.path("p")] + more)
        let text = try DelimitedText(parsing: Array(result.output.utf8))
        return text.rows.map { Dictionary(zip(text.header, $0.cells), uniquingKeysWith: { a, _ in a }) }
    }

    private func decide(_ record: String, _ arguments: String...) async throws {
        let result = try await BuiltTool.run(
            ["decide", record] + arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")])
        #expect(result.status == 0, "\(result.errors)")
    }

    /// Every file of the workspace, by name and content.
    private func content() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path("w")) {
            files[name] = try? Data(contentsOf: URL(filePath: folder.path("w/" + name)))
        }
        return files
    }

    @Test("check --against judges full texts again, shows words and places, and changes nothing")
    func shown() async throws {
        try await run()
        let same = try await check()
        #expect(same.output.contains("No rule differs.") && same.output.contains("Of 5 reports (4 of them on the full"))
        #expect(same.output.contains("0 decisions would flip"), "\(same.output)\(same.errors)")

        try rules(notMet: "intranasal OR \"nasal spray\" OR buccal")
        let before = try content()
        let result = try await check()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("3 decisions would flip"), "\(result.output)")
        for lines in [
            [
                "  weir  Ketamine at the weir", "    read: full text", "    decision: unclear -> exclude (route)",
                "    it would wait for a person: no rule puts a report out on its full text",
                "    route: unclear -> notMet",
                "      after:  route.other \"nasal spray\" body[1] 19-30 (Methods > Treatment)",
            ],
            [
                "  quay  Ketamine at the quay", "    read: title and abstract -> full text",
                "    decision: exclude (route) -> include", "    route: notMet -> met",
                "      before: route.other \"oral\" abstract[0] 23-27",
                "      after:  route.iv \"intravenous\" body[1] 32-43 (Methods > Treatment)",
            ],
            [
                "  lock  Ketamine at the lock", "    read: full text -> title and abstract, which decide",
                "    decision: include -> exclude (route)",
            ],
        ] {
            #expect(result.output.contains(lines.joined(separator: "\n")), "\(result.output)")
        }
        #expect(try content() == before, "a check only looks")

        let json = try await check("--json").output
        #expect(json.contains("\"comparedOnFullText\":4") && json.contains("\"readBefore\":\"fullText\""))
    }

    @Test("what a check announces is what the run does, and the amendment records")
    func applied() async throws {
        try await run()
        try rules(notMet: "intranasal OR \"nasal spray\" OR buccal")
        let announced = try await check().output
        try await run()
        let flips = try await rows("flips")
        #expect(Set(flips.map { $0["report"] }) == ["weir", "quay", "lock"])
        for flip in flips {
            #expect(announced.contains("decision: \(flip["decisionBefore"] ?? "?") -> \(flip["decisionAfter"] ?? "?")"))
        }
        #expect(
            flips.map { [$0["report"], $0["readBefore"], $0["readAfter"], $0["quoteAfter"]] } == [
                ["lock", "fullText", "abstract", "buccal"], ["quay", "abstract", "fullText", "intravenous"],
                ["weir", "fullText", "fullText", "nasal spray"],
            ])
        #expect(
            try await rows("reports").map { "\($0["report"] ?? "") \($0["state"] ?? "") \($0["reason"] ?? "")" } == [
                "ford pending fullTextFails", "lock removed route", "mill advanced ", "quay advanced ",
                "weir pending fullTextFails",
            ])
        #expect(try await check().output.contains("0 decisions would flip"), "applied: nothing is left to flip")
    }

    @Test("a person's word on a full text stands; who only sent a report on is not contradicted by what stands in it")
    func people() async throws {
        try await run()
        try await decide("mill", "exclude", "--stage", "fullText", "--reason", "route", "--reviewer", "AB")
        try await decide("weir", "include", "--stage", "fullText", "--reviewer", "AB")
        try await decide("ford", "include", "--stage", "abstract", "--reviewer", "AB")
        try await run()
        try rules(notMet: "intranasal OR \"nasal spray\"")
        let shown = try await check().output
        #expect(shown.contains("they stand (2)"), "\(shown)")
        #expect(
            shown.contains(
                "people: exclude (route) by AB on the full text; rules: include on the full text"), "\(shown)")
        #expect(shown.contains("people: include by AB on the full text; rules: exclude (route) on the full text"))
        #expect(shown.contains("people decided: include by AB on the full text; that stands"))
        try await run()
        #expect(
            try await rows("overruled").map { "\($0["report"] ?? "") \($0["quote"] ?? "") \($0["read"] ?? "")" } == [
                "mill intravenous fullText", "weir nasal spray fullText",
            ])
        #expect(
            try await rows("reports").filter { $0["by"] == "people" }.map { $0["state"] } == ["removed", "advanced"])
    }

    @Test("a text that came, changed or went is no matter of the rules, and is told as not judged yet")
    func otherTexts() async throws {
        try await run()
        let file = folder.path("p/fulltext/routes.xml")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("came as a nasal spray", with: "came as a buccal film").write(
            toFile: file, atomically: true, encoding: .utf8)
        try rules(notMet: "intranasal OR \"nasal spray\" OR buccal OR oral")
        // The check judges what was read then, the run what is there now.
        #expect(try await check().output.contains("\"nasal spray\" body[1]"))
        try await run()
        #expect(try await rows("flips").map { $0["report"] } == ["lock"], "the file is another, so no text is the same")

        try FileManager.default.removeItem(atPath: file)
        try await run()
        try rules(notMet: "intranasal OR \"nasal spray\" OR oral")
        let gone = try await check()
        #expect(gone.status == 0 && gone.output.contains("lock"), "\(gone.output)\(gone.errors)")
        #expect(gone.output.contains("its full text would be looked for, and decide"), "\(gone.output)")
        try FileManager.default.removeItem(atPath: folder.path("p/fulltext"))
        #expect(try await check().output.contains("The folder of full texts \(folder.path("p/fulltext")) is not there"))
    }

    @Test("lists of what waits quote the full text and its place, and follow decisions before a run counts them")
    func liveLists() async throws {
        try await run()
        let waiting = try await rows("waiting")
        #expect(
            waiting.map { "\($0["report"] ?? "") \($0["stage"] ?? "") \($0["why"] ?? "")" } == [
                "ford fullText fullTextFails", "weir fullText unclear",
            ])
        let words = "route, not met: intranasal (Methods > Treatment, Table 1, row Route, column Ketamine)"
        #expect(waiting[0]["found"]?.hasPrefix(words) == true, "\(waiting[0]["found"] ?? "")")
        let list = try await sluice("decide")
        #expect(list.output.contains("by the rules its full text fails; its words decide\n      found: \(words)"))

        let session = try await sluice("decide", "--reviewer", "AB", "--interactive", input: "e 1 by the nose\nq\n")
        #expect(session.output.contains("decide on the full text"), "\(session.output)\(session.errors)")
        #expect(session.output.contains("\"intranasal\" (Methods > Treatment, Table 1, row Route, column Ketamine)"))
        // No run yet: the lists know it, the books do not.
        #expect(try await rows("waiting").map { $0["report"] } == ["weir"])
        #expect(try await rows("reports").first { $0["report"] == "ford" }?["state"] == "pending")
        #expect(try await sluice("status").output.contains("counts the new decisions in"))
        let explained = try await sluice("explain", "ford").output
        #expect(explained.contains("AB decided exclude on the full text (route)"), "\(explained)")
        #expect(explained.contains("row Route, column Ketamine): \"intranasal\""), "\(explained)")
        try await run()
        let excluded = try await rows("excluded").first { $0["report"] == "ford" }
        #expect(excluded?["by"] == "people" && excluded?["quote"] == "intranasal", "\(excluded ?? [:])")
    }

    @Test("two reviewers on a full text: blind, in conflict over the reason, settled by a third; the lists follow")
    func twoReviewers() async throws {
        try rules(
            notMet: "intranasal OR oral",
            screening: "assessedOn: fullText, reviewers: 2, reasons: [{id: language, label: Not in a language we read}]"
        )
        try await run()
        try await decide("ford", "exclude", "--stage", "fullText", "--reason", "route", "--reviewer", "AB")
        #expect(try await rows("waiting", "--reviewer", "AB").map { $0["report"] } == ["weir"])
        #expect(try await rows("waiting", "--reviewer", "CD").map { $0["report"] } == ["ford", "weir"])
        #expect(!(try await sluice("explain", "ford").output.contains("decided exclude")), "CD is blind to AB")
        try await decide("ford", "exclude", "--stage", "fullText", "--reason", "language", "--reviewer", "CD")
        let conflict = try #require(try await rows("conflicts").first)
        #expect(conflict["said"] == "AB: exclude (route); CD: exclude (language)")
        #expect(conflict["found"]?.contains("Table 1") == true)
        try await decide(
            "ford", "exclude", "--stage", "fullText", "--reason", "route", "--adjudicate", "--reviewer", "EF")
        #expect(try await rows("conflicts").isEmpty)
        try await run()
        #expect(try await rows("reports").first { $0["report"] == "ford" }?["reason"] == "route")
    }
}

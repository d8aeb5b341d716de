import Foundation
import GRDB
import TestSupport
import Testing

/// What a user meets when something is wrong: one message with the thing and the remedy, the right status, nothing lost.
@Suite("Bad input")
struct BadInputTests {
    private let folder: TemporaryFolder
    private let pipeline = Checkout.url("Pipelines/iv-ketamine-trd").path
    private let fixture = Checkout.url("Fixtures/iv-ketamine-trd").path

    init() throws { folder = try TemporaryFolder() }

    private func sluice(_ arguments: String..., environment: [String: String] = [:]) async throws -> BuiltTool.Result {
        try await BuiltTool.run(arguments, in: folder.path, environment: environment)
    }

    private func plan(_ text: String) throws -> String {
        try folder.write(text, to: "p/pipeline.yaml")
        return folder.path("p")
    }

    @Test("an unknown key in the pipeline file: 78 with file, line and what is accepted")
    func unknownKey() async throws {
        let plan = try plan("review: {id: a, title: A}\nsources:\n  - {id: p, kind: pubmed, qeury: \"x[tiab]\"}\n")
        let result = try await sluice("check", plan)
        #expect(result.status == 78)
        #expect(result.errors.contains("pipeline.yaml:3") && result.errors.contains("qeury"))
        #expect(result.errors.contains("query"))
        #expect(result.output.isEmpty)
    }

    @Test("an unknown word in the pipeline file: 78 with the words that are accepted")
    func unknownWord() async throws {
        let plan = try plan("review: {id: a, title: A}\nsources:\n  - {id: p, kind: pubmeed, query: \"x[tiab]\"}\n")
        let result = try await sluice("check", plan)
        #expect(result.status == 78)
        #expect(result.errors.contains("pubmeed") && result.errors.contains("pubmed"))
    }

    @Test("a pipeline that is not there: 66 with where it was looked for")
    func missingPipeline() async throws {
        let result = try await sluice("run", "nowhere", "--workspace", "w")
        #expect(result.status == 66)
        #expect(result.errors.contains("nowhere/pipeline.yaml: there is no such file; accepted: a folder that holds"))
        for arguments in [["check", "nowhere"], ["screen", "x.csv", "--pipeline", "nowhere"]] {
            #expect(try await BuiltTool.run(arguments, in: folder.path).status == 66, "\(arguments)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("w")))
    }

    @Test("a file that is not there: 66 with its name")
    func missingFile() async throws {
        for verb in ["parse", "deduplicate"] {
            let result = try await sluice(verb, "nothing.ris")
            #expect(result.status == 66 && result.errors.contains("nothing.ris"), "\(verb)")
        }
    }

    @Test("every file that is named and not there is 66, whatever it is for")
    func missingInputs() async throws {
        try folder.writeSmallReview(id: "gone", records: "id,title,abstract\na,One,Intravenous ketamine.\n")
        try folder.write("record,label\na,include\n", to: "labels.csv")
        #expect(try await sluice("run", "p", "--workspace", "w", "--offline").status == 0)
        let review = ["--workspace", "w", "--pipeline", "p"]
        for arguments in [
            ["check", "p", "--records", "p/a.csv", "--labels", "gone"],
            ["check", "p", "--records", "gone", "--labels", "labels.csv"],
            ["screen", "p/a.csv", "--pipeline", "p", "--labels", "gone"], ["screen", "gone", "--pipeline", "p"],
            ["extract", "p/a.csv", "--pipeline", "p", "--against", "gone"], ["synthesise", "gone", "--measure", "OR"],
            ["report", "--flow", "gone"], ["decide", "--from", "gone", "--reviewer", "AB"] + review,
            ["decide", "--values", "gone", "--reviewer", "AB"] + review,
            ["decide", "--duplicates", "gone", "--reviewer", "AB"] + review,
            ["decide", "--studies", "gone", "--reviewer", "AB"] + review,
        ] {
            let result = try await BuiltTool.run(arguments, in: folder.path)
            #expect(result.status == 66 && result.errors.contains("gone"), "\(arguments) \(result)")
        }
    }

    @Test("what cannot be written is status 1, whether a file, a table or a workspace")
    func unwritable() async throws {
        try folder.writeSmallReview(id: "full", records: "id,title,abstract\na,One,Intravenous ketamine.\n")
        try folder.write("title\nA title\n", to: "unnamed.csv")
        try folder.write("", to: "file")
        #expect(try await sluice("run", "p", "--workspace", "w", "--offline").status == 0)
        for arguments in [
            ["run", "p", "--workspace", "file/w", "--offline"],
            ["run", "p", "--workspace", "/dev/null/w", "--offline"],
            ["screen", "p/a.csv", "--pipeline", "p", "--summary", "/dev/full"],
            ["export", "records", "-o", "/dev/full", "--workspace", "w"],
            ["export", "records", "--to", "xlsx", "-o", "/dev/full", "--workspace", "w"],
            ["parse", "unnamed.csv", "--issues", "/dev/full"],
        ] {
            let result = try await BuiltTool.run(arguments, in: folder.path)
            #expect(result.status == 1 && result.errors.contains("cannot be written"), "\(arguments) \(result)")
        }
    }

    /// `parse -dash.csv` printed the help, for its `-h`.
    @Test("a file whose name begins with a hyphen is no option: 64 with how to write it")
    func hyphen() async throws {
        for name in ["-dash.csv", "--dash.csv"] {
            try folder.write("title,doi\nA title,10.1000/x\n", to: name)
            let taken = try await sluice("parse", name)
            #expect(taken.status == 64 && taken.output.isEmpty)
            #expect(taken.errors.contains("\(name) is no option. If it is a file, write ./\(name), or put --"))
            for arguments in [["parse", "./\(name)"], ["parse", "--", name]] {
                let result = try await BuiltTool.run(arguments, in: folder.path)
                #expect(result.status == 0 && result.output.contains("A title"), "\(arguments) \(result)")
            }
        }
        #expect(try await sluice("parse", "-h").output.contains("USAGE: sluice parse"))
        #expect(try await sluice("export", "records", "-w=w").status == 66)
    }

    /// `sluice status` then found two reviews, of which one had never begun.
    @Test("a run that may not ask leaves no workspace behind: 64")
    func nothingToAsk() async throws {
        let plan = try plan("review: {id: a, title: A}\nsources:\n  - {id: p, kind: pubmed, query: \"x[tiab]\"}\n")
        let unnamed = try await sluice("run", plan, "--workspace", "w")
        #expect(unnamed.status == 64 && unnamed.errors.contains("set NCBI_EMAIL. Nothing was sent"))
        let elsewhere = try await sluice(
            "fetch", "--pipeline", plan, "--workspace", "w", "--endpoint", "http://example.org/",
            environment: ["NCBI_EMAIL": "a@example.org"])
        #expect(elsewhere.status == 64 && elsewhere.errors.contains("endpoint 'http://example.org/'"), "\(elsewhere)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("w")))
    }

    @Test("a decision typed without a person or with another word is wrong usage: 64")
    func typedDecisions() async throws {
        try folder.writeSmallReview(id: "typed", records: "id,title,abstract\na,One,Nothing known.\n")
        #expect(try await sluice("run", "p", "--workspace", "w", "--offline").status == 0)
        let nobody = try await sluice("decide", "a", "include", "--workspace", "w")
        #expect(nobody.status == 64 && nobody.errors.contains("who decides? Use --reviewer NAME"))
        let word = try await sluice("decide", "a", "maybe", "--reviewer", "AB", "--workspace", "w")
        #expect(word.status == 64 && word.errors.contains("'maybe' is no decision; accepted: include, exclude"))
    }

    @Test("a title that turns the direction of writing does not turn the terminal's")
    func hostileTitle() async throws {
        try folder.writeSmallReview(
            id: "hostile", records: "id,title,abstract\na,One \u{202E}owt\u{2066} \u{1B}[31mred,Nothing known.\n")
        #expect(try await sluice("run", "p", "--workspace", "w", "--offline").status == 0)
        for arguments in [["explain", "a"], ["decide"]] {
            let shown = try await BuiltTool.run(arguments + ["--workspace", "w"], in: folder.path)
            #expect(shown.status == 0 && shown.output.contains("owt"))
            #expect(
                !shown.output.unicodeScalars.contains { ["\u{202E}", "\u{2066}", "\u{1B}"].contains($0) },
                "\(arguments)")
        }
    }

    @Test("a file without a record is told of, by the file verbs and by a run, and is no error")
    func nothing() async throws {
        try folder.writeSmallReview(id: "none", records: "id,title,abstract\n")
        try folder.write("<PubmedArticleSet></PubmedArticleSet>", to: "set.xml")
        for arguments in [
            ["parse", "set.xml"], ["deduplicate", "set.xml"], ["screen", "set.xml", "--pipeline", "p"],
        ] {
            let result = try await BuiltTool.run(arguments, in: folder.path)
            #expect(result.status == 0 && result.output.isEmpty)
            #expect(
                result.errors
                    == "note: set.xml: the file is whole, and holds no record; if the search had hits, export them again\n"
            )
        }
        let run = try await sluice("run", "p", "--workspace", "w", "--offline")
        #expect(run.status == 0 && run.errors.contains("a.csv holds no record"), "\(run.errors)")
    }

    @Test("a source's file that is not there: 66 with source, path and remedy")
    func missingSourceFile() async throws {
        let plan = try plan("review: {id: a, title: A}\nsources:\n  - {id: e, kind: file, path: e.ris, database: E}\n")
        let result = try await sluice("run", plan, "--workspace", "w")
        #expect(result.status == 66)
        #expect(result.errors.contains("'e'") && result.errors.contains("e.ris"))
        #expect(result.errors.contains("whenMissing"))
    }

    @Test("an unreadable format: 65 with what can be read")
    func unreadableFormat() async throws {
        try folder.write("\u{0}\u{1}\u{2} not a record file \u{FF}", to: "x.bin")
        let result = try await sluice("parse", "x.bin")
        #expect(result.status == 65 && result.errors.contains("x.bin"))
    }

    @Test("a truncated PubMed XML: the whole records come out, then 65 with the line")
    func truncatedXML() async throws {
        let corpus = try #require(
            try FileManager.default.contentsOfDirectory(atPath: fixture + "/corpus").sorted().last)
        let whole = try String(contentsOf: URL(filePath: fixture + "/corpus/" + corpus), encoding: .utf8)
        try folder.write(String(whole.prefix(whole.count / 2)), to: "cut.xml")
        let result = try await sluice("parse", "cut.xml")
        #expect(result.status == 65)
        #expect(result.output.contains("\"id\":\"pubmed:9000"))
        #expect(result.errors.contains("cut.xml:"))
    }

    @Test("a truncated file as a source of a review: 65, and nothing of the run is kept")
    func truncatedSource() async throws {
        try folder.write("{\"not\": \"closed\"", to: "p/e.json")
        let plan = try plan("review: {id: a, title: A}\nsources:\n  - {id: e, kind: file, path: e.json, database: E}\n")
        let result = try await sluice("run", plan, "--workspace", "w")
        #expect(result.status == 65 && result.errors.contains("e.json"))
        #expect(
            try await sluice("export", "ledger", "--workspace", "w", "--pipeline", plan).output
                == "stage,id,state,reason,by,assessedOn\n")
    }

    @Test("a workspace in use: 75 with who holds it")
    func locked() async throws {
        try FileManager.default.createDirectory(atPath: folder.path("w"), withIntermediateDirectories: true)
        let descriptor = open(folder.path("w/.lock"), O_RDWR | O_CREAT, 0o644)
        #expect(flock(descriptor, LOCK_EX) == 0)
        defer { close(descriptor) }
        let result = try await sluice("run", pipeline, "--workspace", "w", "--replay", fixture)
        #expect(result.status == 75 && result.errors.contains("in use"))
    }

    @Test(
        "a check without a pipeline, screening without criteria, and options of other tables: 64 with what is missing")
    func missingParts() async throws {
        try folder.write("id,title,abstract\na,Ketamine by vein,Patients had intravenous ketamine.\n", to: "p/a.csv")
        let plan = try plan(
            """
            review: {id: use, title: Use}
            sources: [{id: a, kind: file, path: a.csv, database: A}]
            criteria:
              - {id: route, question: By vein?, met: [{id: iv, when: intravenous, passes: [By mouth.]}]}

            """)
        for (arguments, status, message) in [
            (["check"], 64, "name the folder of the pipeline.yaml to check"),
            (["check", plan], 78, "1 of 1 examples fail. Correct the rule or the example."),
            (["screen", "p/a.csv"], 64, "screening files needs the criteria: name their folder with --pipeline"),
            (["status"], 64, "there is no review in workspaces/"),
            (["export", "included", "--outcome", "x", "--workspace", "w"], 64, "--outcome is for the table outcomes."),
            (
                ["export", "included", "--reviewer", "x", "--workspace", "w"], 64,
                "--reviewer is for the tables waiting"
            ),
        ] as [([String], Int32, String)] {
            let result = try await BuiltTool.run(arguments, in: folder.path)
            #expect(result.status == status && result.errors.contains(message), "\(arguments) \(result.errors)")
        }
        let failed = try await sluice("check", plan).errors
        #expect(failed.contains("route.iv should hold but finds none of its words in \"By mouth.\""), "\(failed)")

        // Two reviews beside each other, and one whose pipeline moved away.
        try folder.write(
            "review: {id: bare, title: Bare}\nsources: [{id: a, kind: file, path: ../p/a.csv, database: A}]\n",
            to: "q/pipeline.yaml")
        let bare = try await sluice("check", folder.path("q"))
        #expect(bare.status == 0 && bare.output.contains("sources read; no criteria yet."))
        for name in ["one", "two"] {
            #expect(
                try await sluice("run", folder.path("q"), "--workspace", "workspaces/\(name)", "--offline").status == 0)
        }
        let several = try await sluice("status")
        #expect(
            several.status == 64
                && several.errors.contains("(workspaces/one, workspaces/two). Name one with --workspace"))
        try FileManager.default.moveItem(atPath: folder.path("q"), toPath: folder.path("moved"))
        let moved = try await sluice("status", "--workspace", "workspaces/one")
        #expect(moved.status == 64 && moved.errors.contains("is no longer there. Name where it is now with --pipeline"))
        #expect(try await sluice("status", "--workspace", "workspaces/one", "--pipeline", "moved").status == 0)
    }

    /// As the version before wrote it.
    private static func age(_ database: String) throws {
        let queue = try DatabaseQueue(path: database)
        try queue.write { db in
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '10 %'")
            for (table, columns) in [
                ("judgement", ["titleDecision", "titleReason"]), ("flip", ["readBefore", "readAfter"]),
            ] {
                for column in columns { try db.execute(sql: "ALTER TABLE \(table) DROP COLUMN \(column)") }
            }
        }
        try queue.close()
    }

    @Test("a workspace of an older version: 65 with the command that brings it up to date, which it does")
    func olderWorkspace() async throws {
        try folder.write("id,title,abstract\na,Ketamine by vein,Patients had intravenous ketamine.\n", to: "p/a.csv")
        let plan = try plan(
            """
            review: {id: old, title: Old}
            sources: [{id: a, kind: file, path: a.csv, database: A}]
            criteria: [{id: route, question: By vein?, met: [{id: iv, when: intravenous}]}]

            """)
        #expect(try await sluice("run", plan, "--workspace", "w", "--offline").status == 0)
        let database = folder.path("w/review.sqlite")
        try Self.age(database)
        let before = try Data(contentsOf: URL(filePath: database))
        for command in [
            ["status"], ["explain", "a"], ["export", "included"], ["decide", "a", "include", "--reviewer", "AB"],
            ["decide", "--conflicts"],
        ] {
            let result = try await BuiltTool.run(command + ["--workspace", "w", "--pipeline", plan], in: folder.path)
            #expect(result.status == 65 && result.output.isEmpty, "\(command) \(result.errors)")
            #expect(
                result.errors.contains(
                    "The workspace w was written by an older version of sluice. Nothing was changed.")
                    && result.errors.contains("sluice run --offline --workspace w"), "\(command) \(result.errors)")
        }
        let check = try await sluice("check", plan, "--against", "w")
        #expect(check.status == 65 && check.errors.contains("older version"))
        #expect(try Data(contentsOf: URL(filePath: database)) == before)

        #expect(try await sluice("run", "--offline", "--workspace", "w").status == 0)
        #expect(try await sluice("status", "--workspace", "w").status == 0)
        #expect(
            try await sluice("decide", "a", "exclude", "--reason", "route", "--reviewer", "AB", "--workspace", "w")
                .status == 0)
    }

    @Test("a workspace of another review: 64 with both names")
    func otherReview() async throws {
        let plan = try plan(
            "review: {id: other, title: A}\nsources:\n  - {id: e, kind: file, path: e.ris, database: E}\n")
        _ = try await sluice("run", pipeline, "--workspace", "w", "--replay", fixture)
        let result = try await sluice("run", plan, "--workspace", "w", "--offline")
        #expect(result.status == 64)
        #expect(result.errors.contains("holds the review 'iv-ketamine-trd', not 'other'"), "\(result.errors)")
    }

    @Test("no network: 75 with a sentence; nothing is lost and the same command goes on")
    func noNetwork() async throws {
        let result = try await sluice(
            "run", pipeline, "--workspace", "w", "--endpoint", "http://127.0.0.1:9/",
            environment: ["NCBI_EMAIL": "test@example.org", "HOME": folder.path])
        #expect(result.status == 75, "\(result.errors)")
        #expect(result.errors.contains("could not be reached") && result.errors.contains("again"))
    }

    @Test("PubMed is not asked without an address: 64, nothing sent")
    func noEmail() async throws {
        let result = try await sluice("run", pipeline, "--workspace", "w", "--endpoint", "http://127.0.0.1:9/")
        #expect(result.status == 64 && result.errors.contains("NCBI_EMAIL"))
    }

    @Test("an unknown verb or option: 64")
    func usage() async throws {
        #expect(try await sluice("scren").status == 64)
        #expect(try await sluice("run", "--frce").status == 64)
        #expect(try await sluice("export", "everything").status == 64)
    }

    @Test(
        "every verb explains itself",
        arguments: [
            "init", "run", "status", "explain", "decide", "export", "check", "schedule", "doctor", "fetch", "parse",
            "deduplicate",
            "screen", "extract", "synthesise", "report",
        ])
    func help(verb: String) async throws {
        let result = try await sluice(verb, "--help")
        #expect(result.status == 0)
        #expect(result.output.contains("OVERVIEW") && result.output.contains("USAGE: sluice \(verb)"))
    }
}

import Foundation
import Interchange
import TestSupport
import Testing

/// Two reviewers, a third who settles, and everyone's tools, with the command as it is built.
@Suite("Deciding with the command")
struct DecideTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let rows = ["zinc", "quartz", "maple", "harbour", "violin"].enumerated().map {
            "r\($0.offset),Report on \($0.element),Text about \($0.element).\($0.offset == 4 ? " An oral drug." : "")"
        }
        try folder.write("id,title,abstract\n" + rows.joined(separator: "\n") + "\n", to: "p/a.csv")
    }

    private func plan(_ screening: String) throws {
        try folder.write(
            """
            review: {id: two, title: Two reviewers}
            sources:
              - {id: a, kind: file, path: a.csv, database: A}
            screening: {\(screening)}
            criteria:
              - id: route
                question: Was the drug given intravenously?
                label: Not intravenous
                met: [{id: iv, when: intravenous}]
                notMet: [{id: oral, when: oral}]

            """, to: "p/pipeline.yaml")
    }

    private func sluice(_ arguments: String..., input: String? = nil) async throws -> BuiltTool.Result {
        try await BuiltTool.run(
            arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")], input: input)
    }

    private func run() async throws -> BuiltTool.Result { try await sluice("run", "--offline") }

    private func decide(_ arguments: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(
            ["decide"] + arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")])
    }

    private func rows(_ table: String) async throws -> [[String: String]] {
        let text = try DelimitedText(parsing: Array(try await sluice("export", table).output.utf8))
        return text.rows.map { Dictionary(zip(text.header, $0.cells), uniquingKeysWith: { a, _ in a }) }
    }

    /// The numbers of flow.csv by their keys.
    private func flow() throws -> [String: String] {
        let text = try DelimitedText(
            parsing: [UInt8](try Data(contentsOf: URL(filePath: folder.path("w/output/flow.csv")))))
        let (key, n) = (text.column("data"), text.column("n"))
        return Dictionary(
            text.rows.map { ($0.cell(key) ?? "", $0.cell(n) ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    @Test("two reviewers decide blind, a third settles, and the flow counts each state")
    func wholeWay() async throws {
        try plan("reviewers: 2, adjudicator: EF")
        #expect(try await run().status == 0)
        #expect(try flow()["dbr_notretrieved_reports"] == "4")

        for record in ["r0", "r1", "r2"] {
            #expect(
                try await decide(record, "include", "--reviewer", "AB", "--note", "secret").status == 0)
        }
        // Nothing of AB's word can be seen by CD.
        for result in [
            try await decide("--reviewer", "CD"),
            try await sluice("export", "waiting", "--reviewer", "CD"),
            try await sluice("explain", "r0"), try await decide("--conflicts"),
            try await sluice("export", "waiting"),
        ] {
            #expect(result.status == 0, "\(result.errors)")
            #expect(
                !result.output.contains("secret") && !result.output.contains("include"), "\(result.output)")
        }
        #expect(try await decide("--reviewer", "AB").output.contains("1 report waits for AB"))
        #expect(try await decide("--reviewer", "CD").output.contains("4 reports wait for CD"))
        #expect(try await run().status == 0)
        #expect(try flow()["dbr_notretrieved_reports"] == "4")

        #expect(try await decide("r0", "include", "--reviewer", "CD").status == 0)
        let conflict = try await decide("r1", "exclude", "--reason", "route", "--reviewer", "CD")
        #expect(conflict.errors.contains("1 of these is in conflict"))
        #expect(try await decide("r2", "exclude", "--reason", "route", "--reviewer", "CD").status == 0)
        #expect(
            try await decide("--conflicts").output.contains("AB: include, secret; CD: exclude (route)"))
        #expect(try await sluice("explain", "r0").output.contains("AB decided include"))
        #expect(try await run().status == 0)
        #expect(try flow()["new_reports"] == "1" && flow()["dbr_notretrieved_reports"] == "3")

        let conflicts = try await sluice("export", "conflicts").output
        let settled = conflicts.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("r1,")
                ? String(line).replacing("adjudicator,,,,", with: "adjudicator,exclude,route,EF,") : String(line)
        }.joined(separator: "\n")
        let file = try folder.write(settled, to: "conflicts.csv")
        let taken = try await decide("--from", file)
        #expect(taken.status == 0 && taken.errors.contains("1 decision recorded"), "\(taken.errors)")
        #expect(try await run().status == 0)
        let numbers = try flow()
        #expect(numbers["new_reports"] == "1" && numbers["dbr_notretrieved_reports"] == "2")
        #expect(
            numbers["records_excluded"] == "2" || numbers["records_excluded"]?.contains("2") == true)
        let text = try await run().output
        #expect(text.contains("of these by automation tools") && text.contains("of these by people"))

        let agreement = try await sluice("status", "--agreement")
        #expect(agreement.output.contains("agreed on 1 of 3 reports"), "\(agreement.output)")
        let row = try #require(try await rows("agreement").first)
        #expect(row["reviewers"] == "AB, CD" && row["reports"] == "3" && row["onlyFirstIn"] == "2")
        #expect(row["kappa"] == "0")
        let page = try String(contentsOfFile: folder.path("w/output/report.html"), encoding: .utf8)
        #expect(page.contains("Agreement of reviewers") && page.contains("Only second in"))
    }

    @Test("the log goes out, is edited, and comes in again: only what changed is recorded")
    func roundTrip() async throws {
        try plan("reviewers: 1")
        #expect(try await run().status == 0)
        #expect(try await decide("r0", "include", "--reviewer", "AB", "--note", "=1+1").status == 0)
        #expect(try await decide("r1", "unclear", "--reviewer", "AB").status == 0)
        let log = try await sluice("export", "decisions").output
        let same = try await decide("--from", try folder.write(log, to: "log.csv"))
        #expect(same.errors.contains("0 decisions recorded, 2 already known"), "\(same.errors)")
        let edited = log.replacing("AB,unclear,,", with: "AB,exclude,route,")
        let trial = try await decide("--from", try folder.write(edited, to: "log.csv"), "--dry-run")
        #expect(
            trial.errors.contains("1 decision would be recorded")
                && trial.errors.contains("r1  AB: exclude (route)"))
        #expect(try await sluice("export", "decisions").output == log)
        #expect(
            try await decide("--from", folder.path("log.csv")).errors.contains(
                "1 decision recorded, 1 already known"))
        #expect(try await rows("decisions").count == 3)
    }

    @Test("full texts: what passes waits for its reading; what cannot be had is not retrieved")
    func fullTexts() async throws {
        try plan("assessedOn: fullText")
        #expect(try await run().status == 0)
        let unclear = try await decide("r0", "include", "--reviewer", "AB")
        #expect(unclear.status == 65 && unclear.errors.contains("--stage"))
        for record in ["r0", "r1", "r2"] {
            #expect(
                try await decide(record, "include", "--stage", "abstract", "--reviewer", "AB").status == 0)
        }
        #expect(
            try await decide("r0", "include", "--stage", "fullText", "--reviewer", "AB").status == 0)
        #expect(
            try await decide(
                "r1", "exclude", "--stage", "fullText", "--reason", "route", "--reviewer", "AB"
            ).status == 0)
        #expect(
            try await decide(
                "r2", "exclude", "--stage", "fullText", "--reason", "notRetrieved", "--reviewer", "AB"
            ).status
                == 0)
        #expect(
            try await decide(
                "r3", "exclude", "--stage", "abstract", "--reason", "route", "--reviewer", "AB"
            ).status == 0)
        #expect(try await run().status == 0)
        let numbers = try flow()
        #expect(numbers["records_screened"] == "5" && numbers["dbr_sought_reports"] == "3")
        #expect(numbers["dbr_notretrieved_reports"] == "1" && numbers["dbr_assessed"] == "2")
        #expect(numbers["new_reports"] == "1")
        #expect(try await rows("ledger").filter { $0["assessedOn"] == "fullText" }.count == 3)
    }

    @Test("one report after the other from a list of answers: kept at once, taken back, gone on with")
    func dialogue() async throws {
        try plan("reviewers: 1")
        #expect(try await run().status == 0)
        let first = try await sluice(
            "decide", "--interactive", "--reviewer", "AB",
            input: "?\ni fine\nb\nu\ne\n9\ne 1 not in a vein\nq\n")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("1 of 4") && first.output.contains("Report on zinc"))
        #expect(first.output.contains("Taken back: r0"))
        #expect(first.output.contains("'9' is no reason; accepted: route, unstated"))
        #expect(first.output.contains("2 decided, 0 skipped, 2 still waiting"))
        let log = try await rows("decisions").map {
            "\($0["record"] ?? "") \($0["decision"] ?? "") \($0["note"] ?? "")"
        }
        #expect(log == ["r0 include fine", "r0 withdrawn ", "r0 unclear ", "r1 exclude not in a vein"])
        let second = try await sluice("decide", "--interactive", "--reviewer", "AB", input: "s\n")
        #expect(second.output.contains("1 of 2") && second.output.contains("Report on maple"))
        #expect(second.output.contains("0 decided, 1 skipped, 2 still waiting"))
    }

    @Test("what the rules found is shown to who decides, or hidden where the review says so")
    func hiddenRules() async throws {
        try folder.write(
            "id,title,abstract\nr0,A title,An oral and an intravenous drug.\n", to: "p/a.csv")
        try plan("rules: shown")
        #expect(try await run().status == 0)
        let shown = try await sluice("decide", "--interactive", "--reviewer", "AB", input: "q\n").output
        #expect(shown.contains("route: unclear") && shown.contains("\"intravenous\""))
        #expect(try await rows("waiting").first?["found"]?.contains("intravenous") == true)
        try plan("rules: hidden")
        #expect(try await run().status == 0)
        let hidden = try await sluice("decide", "--interactive", "--reviewer", "AB", input: "q\n")
            .output
        #expect(hidden.contains("A title") && !hidden.contains("route: unclear"))
        let row = try #require(try await rows("waiting").first)
        #expect(row["found"] == "" && row["open"] == "")
    }

    @Test("a title cannot talk to the terminal")
    func hostileTitle() async throws {
        try folder.write(
            "id,title,abstract\nr0,\"Red \u{1B}[31malert\u{7}\u{202E}\",x\n", to: "p/a.csv")
        try plan("reviewers: 1")
        #expect(try await run().status == 0)
        let shown = try await sluice("decide", "--interactive", "--reviewer", "AB", input: "q\n").output
        #expect(shown.contains("alert"))
        #expect(!shown.unicodeScalars.contains { ["\u{1B}", "\u{7}", "\u{202E}"].contains($0) })
    }

    @Test(
        "Rayyan's export is taken in with everyone's decisions, and refused whole where an entry is not ours"
    )
    func rayyan() async throws {
        try plan("reviewers: 2")
        #expect(try await run().status == 0)
        func row(_ title: String) -> String {
            "rayyan-1,\(title),\"RAYYAN-INCLUSION: {\"\"AB\"\"=>\"\"Included\"\", \"\"CD\"\"=>\"\"Excluded\"\"}\"\n"
        }
        let file = try folder.write(
            "key,title,notes\n" + row("Report on zinc") + row("A stranger"), to: "r.csv")
        let refused = try await decide("--from", file)
        #expect(
            refused.status == 65
                && refused.errors.contains("line 3: \"A stranger\" is no record of this review"))
        #expect(try await rows("decisions").isEmpty)
        let taken = try await decide("--from", file, "--skip-unknown")
        #expect(taken.status == 0 && taken.errors.contains("left out: line 3"), "\(taken.errors)")
        #expect(try await rows("decisions").map { $0["reason"] } == ["", "unstated"])
        #expect(try await rows("conflicts").count == 1)
        #expect(
            try await decide("--from", file, "--skip-unknown").errors.contains(
                "0 decisions recorded, 2 already known"))
    }

    @Test("who is not among the reviewers is told before deciding anything")
    func stranger() async throws {
        try plan("reviewers: [AB, CD]")
        #expect(try await run().status == 0)
        let result = try await sluice("decide", "--interactive", "--reviewer", "GH", input: "i\n")
        #expect(result.status == 64 && result.errors.contains("GH is not among the review's reviewers: AB, CD"))
        #expect(try await rows("decisions").isEmpty)
    }

    @Test(
        "wrong use is told",
        arguments: [
            (["r0", "include", "--adjudicate", "--consensus"], "Either --adjudicate or --consensus"),
            (["r0", "include", "--from", "x.csv"], "Either one record or --from a file"),
            (["r0", "include", "--skip-unknown"], "go with --from"),
            (["r0"], "say what is decided of r0"),
            (["--interactive"], "who decides?"), (["--from", "nowhere.csv"], "nowhere.csv is not there"),
            (["r0", "include", "--values", "x.csv"], "nothing else is decided with it"),
            (["r0", "include", "--duplicates", "x.csv"], "--duplicates and --studies take tables of pairs"),
            (["r0", "include", "--as", "include"], "--as, --map and --skip-unknown go with --from"),
        ])
    func usage(arguments: [String], message: String) async throws {
        try plan("reviewers: 1")
        #expect(try await run().status == 0)
        let result = try await BuiltTool.run(
            ["decide"] + arguments + ["--workspace", folder.path("w"), "--pipeline", folder.path("p")])
        #expect(
            [64, 66].contains(result.status) && result.errors.contains(message), "\(result.errors)")
    }

    @Test("options of other tools that make no sense with a file are told, with the file")
    func foreignOptions() async throws {
        try plan("assessedOn: fullText")
        #expect(try await run().status == 0)
        let ours = try folder.write("record,stage,decision\nr0,abstract,include\n", to: "ours.csv")
        let list = try folder.write("title\nReport on zinc\n", to: "list.csv")
        for (arguments, message) in [
            (["--from", ours, "--as", "include"], "ours.csv says in its column `decision` what was decided"),
            (["--from", list, "--as", "include"], "say with --stage which of them"),
            (
                ["--from", list, "--as", "exclude", "--stage", "abstract", "--map", "=route"],
                "--map takes 'their reason"
            ),
            (
                ["--from", list, "--as", "exclude", "--stage", "abstract", "--map", "a=route", "--map", "a=route"],
                "--map names 'a' twice"
            ),
        ] {
            let result = try await BuiltTool.run(
                ["decide"] + arguments
                    + ["--reviewer", "AB", "--workspace", folder.path("w"), "--pipeline", folder.path("p")])
            #expect(result.status == 64 && result.errors.contains(message), "\(arguments): \(result.errors)")
        }
        #expect(try await rows("decisions").isEmpty)
    }

    @Test(
        "a table as Excel saves it: its own first line, semicolons, CRLF, a byte order mark; other encodings are refused"
    )
    func excel() async throws {
        try plan("reviewers: 1")
        #expect(try await run().status == 0)
        let text = "\u{FEFF}sep=;\r\nrecord;decision;reason;note\r\nr0;Exclude;route;\"by; mouth\"\r\nr9;include;;\r\n"
        let refused = try await decide("--from", try folder.write(text, to: "x.csv"), "--reviewer", "AB")
        #expect(refused.status == 65 && refused.errors.contains("line 4: the review holds no record 'r9'"))
        let taken = try await decide(
            "--from", try folder.write(text.replacing("r9;include", with: "r1;include"), to: "x.csv"), "--reviewer",
            "AB")
        #expect(taken.status == 0 && taken.errors.contains("2 decisions recorded"), "\(taken.errors)")
        #expect(try await rows("decisions").first?["note"] == "by; mouth")

        // Windows-1252: the name of a reviewer would become another's.
        try Data(Array("record,decision,reviewer\nr2,include,M".utf8) + [0xFC] + Array("ller\n".utf8))
            .write(to: URL(filePath: folder.path("old.csv")))
        let old = try await decide("--from", folder.path("old.csv"))
        #expect(old.status == 65 && old.errors.contains("old.csv:2: the text is not in UTF-8"), "\(old.errors)")
        try Data([0x50, 0x4B, 0x03, 0x04, 0, 0]).write(to: URL(filePath: folder.path("x.xlsx")))
        let book = try await decide("--from", folder.path("x.xlsx"))
        #expect(book.status == 65 && book.errors.contains("x.xlsx is a workbook. Save the sheet as CSV"))
        let open = try await decide("--from", try folder.write("record,decision\n\"r0,include\n", to: "open.csv"))
        #expect(open.status == 65 && open.errors.contains("open.csv:2: a quotation mark is never closed"))
    }

    @Test("what waits, what is in conflict and how far reviewers agree is told in words, also where nothing is")
    func told() async throws {
        try plan("reviewers: 2, adjudicator: consensus")
        #expect(try await run().status == 0)
        #expect(
            try await sluice("status", "--agreement").output.contains("No two reviewers have decided the same report"))
        let json = try await sluice("status", "--agreement", "--json")
        #expect(json.status == 64 && json.errors.contains("sluice export agreement --to ndjson"))
        #expect(try await decide("--conflicts").output.contains("Reviewers disagree on nothing that is not settled."))
        #expect(
            try await sluice("decide", "--conflicts", "-i", "--reviewer", "AB").output.contains(
                "Nothing waits to be settled."))
        for record in ["r0", "r1", "r2", "r3"] {
            #expect(try await decide(record, "include", "--reviewer", "AB").status == 0)
            #expect(
                try await decide(record, record == "r0" ? "unclear" : "include", "--reviewer", "CD").status == 0)
        }
        #expect(try await decide("--reviewer", "AB").output.contains("Nothing waits for AB."))
        #expect(try await decide("--reviewer", "AB").output.contains("1 more waits for someone to settle"))
        #expect(
            try await decide("--conflicts").output.contains("REPORT include --consensus --reviewer NAME"))
        #expect(try await sluice("status", "--agreement").output.contains("AB, CD"))
        let unknown = try await sluice("explain", "r77")
        #expect(unknown.status == 65 && unknown.errors.contains("holds no record 'r77'"))
    }

    /// `script` (util-linux) gives the command a terminal of its own; without one it only tells what waits.
    @Test(
        "on a terminal the command asks by itself",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "needs script of util-linux"))
    func terminal() async throws {
        try plan("reviewers: 1")
        #expect(try await run().status == 0)
        let process = try BuiltTool.process([])
        let command = [
            try BuiltTool.url().path, "decide", "--reviewer", "AB", "--workspace", folder.path("w"), "--pipeline",
            folder.path("p"),
        ]
        process.executableURL = URL(filePath: "/usr/bin/script")
        process.arguments = ["-qec", command.map { "'\($0)'" }.joined(separator: " "), "/dev/null"]
        try folder.write("i\nq\n", to: "keys")
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.path("keys")))
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try await BuiltTool.finish(process)
        #expect(process.terminationStatus == 0)
        #expect(try await rows("decisions").map { $0["decision"] } == ["include"])
    }
}

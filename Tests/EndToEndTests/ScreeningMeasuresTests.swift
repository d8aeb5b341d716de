import Foundation
import Interchange
import TestSupport
import Testing

/// Rules measured on labelled records. The records are invented.
@Suite("Measuring the rules")
struct ScreeningMeasuresTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeSmallReview(
            id: "labels",
            records: """
                id,pmid,doi,title,abstract
                a1,11111111,,One,Intravenous ketamine.
                a2,,10.1000/ABC,Two,Intravenous ketamine.
                a3,,,Three,Ketamine somehow.
                a4,,,Four,Oral ketamine.
                a5,,,Five,Oral ketamine.
                a6,,,Six,Ketamine somehow.
                a7,,,Seven,Nothing known.

                """)
    }

    /// By id, PMID and DOI in another case; `gone` is no record of the file.
    private static let labels = """
        record,label,basis
        pubmed:11111111,include,two people
        https://doi.org/10.1000/abc,exclude,
        a3,include,two people
        a4,include,one person
        a5,exclude,
        a6,unsure,
        a7,,not looked at
        gone,include,

        """

    private func check(_ more: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["check", folder.path("p"), "--records", folder.path("p/a.csv")] + more)
    }

    @Test("recall, specificity, precision and number needed to read come with exact intervals")
    func printed() async throws {
        let labels = try folder.write(Self.labels, to: "labels.csv")
        let result = try await check("--labels", labels)
        #expect(result.status == 0, "\(result.errors)")
        // Kept: a1 and a3 of a1, a3, a4. Clopper-Pearson of 2 in 3 as R's binom.test gives it: 0.0943 to 0.9916.
        #expect(result.output.contains("Eligible records kept (recall)"))
        #expect(result.output.contains("2 of 3: 66.7 % (9.4 % to 99.2 %)"), "\(result.output)")
        // Excluded: a5 of a2, a5; 1 in 2: 0.0126 to 0.9874.
        #expect(result.output.contains("1 of 2: 50.0 % (1.3 % to 98.7 %)"))
        // Three kept records for two eligible ones.
        #expect(result.output.contains("3 of 2: 1.5 (1.0 to 10.6)"))
        #expect(result.output.contains("1 of 1: 100.0 % (2.5 % to 100.0 %)"), "the unsure record is kept")
        #expect(result.output.contains("1 labelled records are not among those screened"))
        #expect(result.output.contains("Excluded though labelled include or unsure: a4"))
    }

    @Test("screen writes them to its summary, and to stdout nothing but records")
    func summary() async throws {
        try folder.write(Self.labels, to: "p/labels.csv")
        let summary = folder.path("s.json")
        let result = try await BuiltTool.run([
            "screen", folder.path("p/a.csv"), "--pipeline", folder.path("p"), "--all", "--summary", summary,
        ])
        #expect(result.status == 0 && result.errors.contains("2 of 3: 66.7 %"), "\(result.errors)")
        #expect(result.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{\"id\":\"a") })
        let json = try String(contentsOfFile: summary, encoding: .utf8)
        #expect(json.contains("\"sensitivity\":{\"events\":2,\"total\":3,\"value\":0.6666666666666666,"))
        #expect(json.hasPrefix("{\"read\":7,"))
    }

    @Test("a summary to stdout, to a pipe or through a link takes the place of neither")
    func summaryToStream() async throws {
        func screen(_ summary: String) async throws -> BuiltTool.Result {
            try await BuiltTool.run([
                "screen", folder.path("p/a.csv"), "--pipeline", folder.path("p"), "--summary", summary,
            ])
        }
        let printed = try await screen("/dev/stdout")
        #expect(printed.status == 0 && printed.output.hasSuffix("}\n"), "\(printed)")
        #expect(printed.output.contains("{\"read\":7,"))
        _ = try folder.write("old", to: "real.json")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.json"), withDestinationPath: folder.path("real.json"))
        #expect(try await screen(folder.path("link.json")).status == 0)
        #expect(try String(contentsOfFile: folder.path("real.json"), encoding: .utf8).hasPrefix("{\"read\":7,"))
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.json")).hasSuffix("real.json"))
        #expect(try await screen("/dev/null").status == 0)
    }

    @Test("the report of a review that has labels prints them, and the table can be exported")
    func report() async throws {
        try folder.write(Self.labels, to: "p/labels.csv")
        let common = ["--workspace", folder.path("w"), "--pipeline", folder.path("p")]
        #expect(try await BuiltTool.run(["run", "--offline"] + common).status == 0)
        let page = try String(contentsOfFile: folder.path("w/output/report.html"), encoding: .utf8)
        #expect(page.contains("<h2>Performance of the rules</h2>") && page.contains("0.6667"))
        let table = try DelimitedText(
            parsing: Array(try await BuiltTool.run(["export", "measures"] + common).output.utf8))
        #expect(
            table.rows.first?.cells.prefix(4).map { $0 } == ["sensitivity", "eligible records kept (recall)", "2", "3"])
        // A label that changes makes the report anew; the labels taken away take the section with them.
        try FileManager.default.removeItem(atPath: folder.path("p/labels.csv"))
        #expect(try await BuiltTool.run(["run", "--offline"] + common).status == 0)
        #expect(
            !(try String(contentsOfFile: folder.path("w/output/report.html"), encoding: .utf8)).contains("Performance"))
        let missing = try await BuiltTool.run(["export", "measures"] + common)
        #expect(missing.status == 66 && missing.errors.contains("labels.csv"), "\(missing.errors)")
    }

    @Test(
        "labels that cannot be read are refused with file, line and what is accepted",
        arguments: [
            ("id,label\na1,maybe\n", "labels.csv:2: label: no label of this name, found 'maybe'"),
            ("id,label\na1,includ\n", "did you mean 'include'?"),
            ("id,label\na1,include\na1,exclude\n", "labels.csv:3: label: 'a1' has another label on line 2"),
            ("name,label\na1,include\n", "labels.csv:1: no column to find a record by"),
            ("id,label\n\"a1,include\n", "labels.csv:2: a quotation mark that is never closed"),
        ])
    func refused(_ text: String, _ message: String) async throws {
        let labels = try folder.write(text, to: "labels.csv")
        let result = try await check("--labels", labels)
        #expect(result.status == 65 && result.errors.contains(message), "\(result.errors)")
    }

    @Test("labels without records, and records without labels, are told apart")
    func halves() async throws {
        let labels = try folder.write(Self.labels, to: "labels.csv")
        let noRecords = try await BuiltTool.run(["check", folder.path("p"), "--labels", labels])
        #expect(noRecords.status == 64 && noRecords.errors.contains("--records"))
        let noLabels = try await check()
        #expect(noLabels.status == 66 && noLabels.errors.contains("labels.csv"), "\(noLabels.errors)")
        let gone = try await check("--labels", folder.path("nowhere.csv"))
        #expect(gone.status == 66 && gone.errors.contains("nowhere.csv"))
    }

    @Test("every run says how many known studies it found, and where and why each other was lost")
    func knownStudies() async throws {
        try folder.write(
            "pmid,doi,first_author,year\n11111111,,Alpha,2010\n22222222,,Beta,2011\n,10.1000/x4,Gamma,2012\n",
            to: "p/known-studies.csv")
        try folder.write(
            "id,pmid,doi,title,abstract\na1,11111111,,One,Intravenous ketamine.\na4,,10.1000/x4,Four,Oral ketamine.\n",
            to: "p/a.csv")
        let result = try await BuiltTool.run([
            "run", folder.path("p"), "--offline", "--workspace", folder.path("w"),
        ])
        #expect(result.errors.contains("Known studies: 1 of 3 found, 1 excluded"), "\(result.errors)")
        #expect(result.errors.contains("lost: Beta 2011 PMID 22222222: not found (no source lists it: A)"))
        #expect(result.errors.contains("lost: Gamma 2012 10.1000/x4: excluded (route), route.other \"Oral\""))
    }
}

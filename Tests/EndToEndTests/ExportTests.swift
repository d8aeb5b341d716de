import Extraction
import Foundation
import Interchange
import Pipeline
import Store
import TestSupport
import Testing

/// The shipped review, run once on its invented corpus, and every table of it in every form.
@Suite("Tables out of the shipped review")
struct ExportTests {
    private static let pipeline = Checkout.url("Pipelines/iv-ketamine-trd").path

    /// One run serves all tests here: they read, or work on a copy.
    private static let workspace = Task { () throws -> TemporaryFolder in
        let folder = try TemporaryFolder()
        let result = try await BuiltTool.run([
            "run", pipeline, "--workspace", folder.path("w"), "--replay", Checkout.url("Fixtures/iv-ketamine-trd").path,
        ])
        try #require(result.status == 0, "\(result.errors)")
        return folder
    }

    private func reading() async throws -> (ReviewReading, TemporaryFolder) {
        let folder = try await Self.workspace.value
        let reading = ReviewReading(
            store: try ReviewStore(reading: folder.path("w")), plan: try Plan.read(folder: Self.pipeline))
        return (reading, folder)
    }

    private func export(_ arguments: String...) async throws -> BuiltTool.Result {
        let folder = try await Self.workspace.value
        return try await BuiltTool.run(["export"] + arguments + ["--workspace", folder.path("w")])
    }

    @Test("every table comes in every form, twice the same bytes, or says why not")
    func everyCombination() async throws {
        let (reading, folder) = try await reading()
        let (again, _) = try await self.reading()
        defer { withExtendedLifetime(folder) {} }
        for table in ReviewTable.allCases {
            for format in TableFormat.allCases {
                if format.recordFormat != nil, table.recordColumn == nil {
                    #expect(throws: TableFormatError.noRecords(table: table, format: format)) {
                        try reading.bytes(of: table, as: format)
                    }
                    continue
                }
                let bytes = try reading.bytes(of: table, as: format)
                #expect(format == .ndjson || format == .nbib || !bytes.isEmpty, "\(table) \(format)")
                if format == .xlsx {
                    #expect(try again.bytes(of: table, as: format) == bytes, "\(table) is not the same twice")
                }
            }
        }
    }

    @Test("the command says which tables hold records, and takes the form from the file's ending")
    func formats() async throws {
        let refused = try await export("ledger", "--to", "ris")
        #expect(refused.status == 64 && refused.errors.contains("records, reports, included"))
        let folder = try TemporaryFolder()
        #expect(try await export("included", "-o", folder.path("i.xlsx")).status == 0)
        let bytes = try Data(contentsOf: URL(filePath: folder.path("i.xlsx")))
        #expect(bytes.starts(with: Data("PK".utf8)))
        let (reading, workspace) = try await reading()
        #expect(try reading.bytes(of: .included, as: .xlsx) == [UInt8](bytes))
        let written = try Data(contentsOf: URL(filePath: workspace.path("w/output/included.xlsx")))
        #expect(written == bytes, "a run writes the same workbook")
    }

    @Test("the dictionary names every column of every table, once, and says what it holds")
    func dictionary() async throws {
        let (reading, folder) = try await reading()
        defer { withExtendedLifetime(folder) {} }
        let dictionary = try reading.table(.dictionary)
        let named = dictionary.rows.map { "\($0[0].plainText) \($0[1].plainText)" }
        #expect(Set(named).count == named.count)
        for table in ReviewTable.allCases {
            for column in try reading.table(table).columns {
                #expect(named.contains("\(table.rawValue) \(column)"), "\(table.rawValue) \(column)")
            }
        }
        for row in dictionary.rows { #expect(row[6] != .empty && row[6] != .text(""), "\(row[0]) \(row[1])") }
        let fields = dictionary.rows.filter { $0[0] == .text("form") }.map { $0[1].plainText }
        #expect(fields == (try Plan.read(folder: Self.pipeline).extractionForm().fields.map(\.id)))
    }

    @Test("values exported, read back unedited and edited: nothing, then what was edited, in every table")
    func values() async throws {
        let source = try await Self.workspace.value
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: source.path("w"), toPath: folder.path("w"))
        func sluice(_ arguments: String...) async throws -> BuiltTool.Result {
            try await BuiltTool.run(arguments + ["--workspace", folder.path("w"), "--pipeline", Self.pipeline])
        }
        let csv = folder.path("values.csv")
        #expect(try await sluice("export", "values", "-o", csv).status == 0)
        let unedited = try await sluice("decide", "--values", csv, "--reviewer", "AB")
        #expect(unedited.status == 0 && unedited.errors.contains("Nothing new"), "\(unedited.errors)")

        var table = try DelimitedText(parsing: [UInt8](try Data(contentsOf: URL(filePath: csv))))
        func column(_ name: String) throws -> Int { try #require(table.column(name)) }
        let row = try #require(
            table.rows.firstIndex { $0.cells[(try? column("field")) ?? 0] == "sampleSize" })
        table.rows[row].cells[try column("value")] = "987654"
        table.rows[row].cells[try column("decision")] = "correct"
        let edited = Table(columns: table.header, rows: table.rows.map { $0.cells.map { .text($0) } })
        try Data(DelimitedWriter.text(edited)).write(to: URL(filePath: csv))
        let taken = try await sluice("decide", "--values", csv, "--reviewer", "AB")
        #expect(taken.status == 0 && taken.errors.contains("1 value recorded"), "\(taken.errors)")
        #expect(try await sluice("status").output.contains("counts the new decisions in"))
        let run = try await BuiltTool.run([
            "run", Self.pipeline, "--workspace", folder.path("w"), "--replay",
            Checkout.url("Fixtures/iv-ketamine-trd").path,
        ])
        #expect(run.status == 0, "\(run.errors)")
        let included = try String(contentsOf: URL(filePath: folder.path("w/output/included.csv")), encoding: .utf8)
        #expect(included.contains("987654"))
        let explained = try await sluice("explain", table.rows[row].cells[try column("report")])
        #expect(explained.output.contains("987654") && explained.output.contains("corrected by AB"))
    }

    @Test("a bad table of values is refused whole, with file, line, reason and status 65")
    func badValues() async throws {
        let folder = try TemporaryFolder()
        let csv = try folder.write("report,key,field,value,decision\nnobody,,dose,1,add\n", to: "v.csv")
        let source = try await Self.workspace.value
        let result = try await BuiltTool.run(
            ["decide", "--values", csv, "--reviewer", "AB", "--workspace", source.path("w")])
        #expect(result.status == 65 && result.errors.contains("line 2: the review holds no report 'nobody'"))
        let wrong = try await BuiltTool.run([
            "decide", "--values", try folder.write("a,b\n1,2\n", to: "w.csv"), "--workspace", source.path("w"),
        ])
        #expect(wrong.status == 65 && wrong.errors.contains("w.csv: the file lacks the columns"))
        let workbook = try await BuiltTool.run([
            "decide", "--values", source.path("w/output/included.xlsx"), "--workspace", source.path("w"),
        ])
        #expect(workbook.status == 65 && workbook.errors.contains("Save the sheet as CSV"))
    }

    @Test("the outcomes of one plan line go through synthesise as they are, to the run's own estimate")
    func metaforReady() async throws {
        let folder = try TemporaryFolder()
        let csv = folder.path("o.csv")
        #expect(try await export("outcomes", "--outcome", "response-24h", "-o", csv).status == 0)
        let pooled = try await BuiltTool.run(["synthesise", csv, "--measure", "OR", "--json"])
        #expect(pooled.status == 0, "\(pooled.errors)")
        let estimates = try DelimitedText(parsing: Array(try await export("estimates").output.utf8))
        let row = try #require(estimates.rows.first { $0.cells[0] == "response-24h" })
        let k = try #require(row.cell(estimates.column("k")))
        #expect(pooled.output.contains("\"k\":\(k),"))
        let unknown = try await export("outcomes", "--outcome", "mood")
        #expect(unknown.status == 64 && unknown.errors.contains("response-24h"))
    }
}

import Foundation
import Interchange
import TestSupport
import Testing

/// The shipped review against the reading of every record by hand (Fixtures/iv-ketamine-trd/expected/records.csv).
@Suite("The shipped review and the reading by hand")
struct HandReadingTests {
    private let pipeline = Checkout.url("Pipelines/iv-ketamine-trd").path
    private let fixture = Checkout.url("Fixtures/iv-ketamine-trd").path

    /// A row of the reading: one record of one source.
    private struct Reading {
        var source, id, trap, duplicateOf, decision, reason, study: String
    }

    private func readings() throws -> [Reading] {
        let table = try expected("records.csv")
        return table.rows.map { row in
            func cell(_ name: String) -> String { row.cell(table.column(name)) ?? "" }
            return Reading(
                source: cell("source"), id: cell("id"), trap: cell("trap"), duplicateOf: cell("duplicateOf"),
                decision: cell("decision"), reason: cell("reason"), study: cell("study"))
        }
    }

    private func expected(_ name: String) throws -> DelimitedText {
        try DelimitedText(parsing: [UInt8](try Data(contentsOf: URL(filePath: fixture + "/expected/" + name))))
    }

    /// Titles by accession number: a review names the records of a file by what is in them.
    private func titles() throws -> [String: String] {
        var titles: [String: String] = [:]
        var number: Substring?
        for line in try String(contentsOfFile: fixture + "/imports/psycinfo.ris", encoding: .utf8).split(
            separator: "\n")
        {
            if line.hasPrefix("AN  - ") { number = line.dropFirst(6) }
            if line.hasPrefix("T1  - "), let number { titles[String(number)] = Self.folded(line.dropFirst(6)) }
        }
        return titles
    }

    private static func folded(_ title: some StringProtocol) -> String {
        title.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    @Test("every report is decided as by hand, for the same reason; reports of a study stand together")
    func decisions() async throws {
        let folder = try TemporaryFolder()
        let run = try await BuiltTool.run(["run", pipeline, "--workspace", folder.path("w"), "--replay", fixture])
        #expect(run.status == 0, "\(run.errors)")
        func export(_ name: String) async throws -> DelimitedText {
            let result = try await BuiltTool.run([
                "export", name, "--workspace", folder.path("w"), "--pipeline", pipeline,
            ])
            return try DelimitedText(parsing: Array(result.output.utf8))
        }
        let reports = try await export("reports")
        var found: [String: (state: String, reason: String)] = [:]
        var byTitle: [String: String] = [:]
        for row in reports.rows {
            func cell(_ name: String) -> String { row.cell(reports.column(name)) ?? "" }
            found[cell("report")] = (cell("state"), cell("reason"))
            if cell("report").hasPrefix("psycinfo:") { byTitle[Self.folded(cell("title"))] = cell("report") }
        }

        let titles = try titles()
        let states = ["include": "advanced", "exclude": "removed", "unclear": "pending"]
        var names: [String: String] = [:]
        let readings = try readings().filter { $0.duplicateOf.isEmpty }
        #expect(readings.count == 204 && found.count == readings.count)
        for reading in readings {
            let name =
                switch reading.source {
                case "psycinfo": titles[reading.id].flatMap { byTitle[$0] } ?? reading.id
                // Keys of a second file stand behind their source.
                case "clinicaltrials-gov": "clinicaltrials-gov/\(reading.id)"
                default: reading.id
                }
            names[reading.id] = name
            let report = try #require(found[name], "\(reading.id) (\(reading.trap)) is no report of the review")
            #expect(report.state == states[reading.decision], "\(reading.id): \(reading.trap)")
            if reading.decision == "exclude" {
                #expect(report.reason == reading.reason, "\(reading.id): \(reading.trap)")
            }
        }

        let studies = try await export("studies")
        let linked = Set(
            studies.rows.map { row in
                Set((row.cell(studies.column("reportIDs")) ?? "").split { $0 == " " || $0 == ";" }.map(String.init))
            })
        let byHand = Dictionary(grouping: readings.filter { $0.decision == "include" }, by: \.study)
        #expect(linked == Set(byHand.values.map { Set($0.compactMap { names[$0.id] }) }))
    }

    @Test("the numbers counted by hand follow from the reading")
    func numbers() throws {
        let all = try readings()
        let screened = all.filter { $0.duplicateOf.isEmpty }
        func count(_ decision: String, _ reason: String? = nil) -> Int {
            screened.count { $0.decision == decision && (reason == nil || $0.reason == reason) }
        }
        var counts: [String: Int] = [
            "identified": all.count, "duplicates": all.count - screened.count, "screened": screened.count,
            "excluded": count("exclude"), "awaiting": count("unclear"), "included.reports": count("include"),
            "included.studies": Set(screened.filter { $0.decision == "include" }.map(\.study)).count,
        ]
        for source in ["pubmed", "psycinfo", "clinicaltrials-gov"] {
            counts["identified." + source] = all.count { $0.source == source }
            counts["duplicates." + source] = all.count { $0.source == source && !$0.duplicateOf.isEmpty }
        }
        for reason in ["intervention", "route", "dose", "age", "population", "design"] {
            counts["excluded." + reason] = count("exclude", reason)
        }
        let table = try expected("counts.csv")
        let printed = table.rows.map { ($0.cells[0], Int($0.cells[1])) }
        #expect(printed.count == counts.count)
        for (box, n) in printed { #expect(counts[box] == n, "\(box)") }

        let boxes = [
            "records_screened": "screened", "records_excluded": "excluded", "dbr_notretrieved_reports": "awaiting",
            "duplicates": "duplicates", "dbr_assessed": "included.reports", "new_reports": "included.reports",
            "new_studies": "included.studies", "register_results": "identified.clinicaltrials-gov",
        ]
        let flow = try expected("flow.csv")
        for row in flow.rows {
            if let box = boxes[row.cells[0]] { #expect(counts[box] == Int(row.cells[1]), "\(row.cells[0])") }
        }
    }
}

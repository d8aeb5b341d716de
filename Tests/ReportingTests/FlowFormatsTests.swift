import Bibliography
import Foundation
import Interchange
import Reporting
import Testing

@Suite("The flow in its formats")
struct FlowFormatsTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func cells(_ flow: PrismaFlow) throws -> [String: String] {
        let text = try DelimitedText(parsing: FlowCSV.render(flow))
        let number = try #require(text.column("n"))
        return Dictionary(
            text.rows.map { ($0.cells[0] == "NA" ? $0.cells[2] : $0.cells[0], $0.cells[number]) }
        ) { first, _ in first }
    }

    // MARK: flow.csv

    @Test("The CSV has the PRISMA2020 package's columns and its row keys in its order")
    func keys() throws {
        let text = try DelimitedText(parsing: FlowCSV.render(ExampleFlows.oneSource))
        #expect(text.header == ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"])
        let expected = """
            NA previous_studies previous_reports NA database_results database_specific_results register_results \
            register_specific_results NA website_results organisation_results citations_results duplicates \
            excluded_automatic excluded_other records_screened records_excluded dbr_sought_reports \
            dbr_notretrieved_reports other_sought_reports other_notretrieved_reports dbr_assessed dbr_excluded \
            other_assessed other_excluded new_studies new_reports total_studies total_reports identification \
            screening included
            """
        #expect(text.rows.map { $0.cells[0] }.joined(separator: " ") == expected)
        // The package builds its graph from these names: all 22 nodes, each once.
        let nodes = text.rows.map { $0.cells[1] }.filter { $0 != "NA" }
        #expect(Set(nodes) == Set((1...22).map { "node\($0)" }))
        #expect(nodes.count == 22)
    }

    @Test("Every count of the flow stands in its row")
    func counts() throws {
        let cells = try cells(ExampleFlows.everything)
        #expect(cells["database_results"] == "67")
        #expect(cells["register_results"] == "7")
        #expect(cells["register_specific_results"] == "ClinicalTrials.gov, 7")
        #expect(cells["duplicates"] == "38")
        #expect(cells["records_screened"] == "35")
        #expect(cells["records_excluded"] == "20")
        #expect(cells["citations_results"] == "12")
        #expect(cells["new_studies"] == "6")
        #expect(cells["total_reports"] == "24")
    }

    @Test("Reports that wait for a person count as not retrieved there, and the box text says so")
    func awaiting() throws {
        let flow = ExampleFlows.oneSource
        #expect(try cells(flow)["dbr_notretrieved_reports"] == "5")
        #expect(text(FlowCSV.render(flow)).contains("or awaiting a decision by a person (n = 4)"))
    }

    @Test("Commas and semicolons in a reason cannot cut the list: the package splits at both")
    func separators() throws {
        var flow = ExampleFlows.oneSource
        flow.reportsExcluded = FlowGroup([
            ExampleFlows.part("Oral, nasal; or other", ExampleFlows.box("a", 31...33))
        ])
        #expect(try cells(flow)["dbr_excluded"] == "Oral / nasal / or other, 3")
    }

    @Test("A first review has no previous studies (NA, so that the package draws no such column) and its own totals")
    func firstReview() throws {
        let cells = try cells(ExampleFlows.oneSource)
        #expect(cells["previous_studies"] == "NA")
        #expect(cells["total_studies"] == "5")
    }

    @Test("A name that a spreadsheet would run as a formula is made inert, and read back as it was")
    func inert() throws {
        var flow = ExampleFlows.oneSource
        flow.databases = FlowGroup([FlowPart(id: "x", label: "=cmd()", box: ExampleFlows.box("a", 1...40))])
        #expect(text(FlowCSV.render(flow)).contains("\"'=cmd(), 40\""))
        #expect(try FlowCSV.read(FlowCSV.render(flow)).databases.parts.first?.label == "=cmd()")
    }

    @Test("A flow read back has the same numbers, and writes the same file")
    func roundTrip() throws {
        var flow = ExampleFlows.everything
        flow.awaiting = .empty
        flow.otherAwaiting = .empty
        let first = FlowCSV.render(flow)
        let back = try FlowCSV.read(first)
        #expect(back.databases.parts.count == 10)
        #expect(back.screened == FlowBox(count: 35))
        #expect(text(FlowCSV.render(back)) == text(first))
    }

    @Test("The template of the package with its words in place of numbers is read and drawn")
    func template() throws {
        let file = """
            data,node,box,description,boxtext,tooltips,url,n
            NA,node6,newstud,any,Identificación de estudios nuevos,any,x,0
            database_results,node7,box2,any,Databases,any,x,0
            database_specific_results,NA,box2,any,Specific Databases,NA,x,"Database 1, xxx; Database 2, xxx"
            records_screened,node9,box4,any,Records screened,any,x,xxx
            dbr_excluded,node14,box9,any,Reports excluded,any,x,"Reason1, xxx; Reason2, 1,234; no number"
            """
        let flow = try FlowCSV.read(Array(file.utf8))
        #expect(flow.databases.parts.map(\.box.shown) == ["xxx", "xxx"])
        #expect(flow.reportsExcluded.parts.map(\.box) == [FlowBox(text: "xxx"), FlowBox(count: 1234), .notGiven])
        #expect(flow.imbalances() == [])
        let drawing = text(FlowSVG.render(flow))
        #expect(drawing.contains("Identificación de estudios nuevos"))
        #expect(drawing.contains("Database 2 (n\u{A0}=\u{A0}xxx)"))
        #expect(!drawing.contains("other methods"))
    }

    @Test("A reason may hold commas when a person writes the file")
    func commaInReason() throws {
        let file = "data,n\ndbr_excluded,\"Wrong route, oral, 12; Too few,3\"\n"
        let parts = try FlowCSV.read(Array(file.utf8)).reportsExcluded.parts
        #expect(parts.map(\.label) == ["Wrong route, oral", "Too few"])
        #expect(parts.map(\.box.n) == [12, 3])
    }

    @Test(
        "A file that is no flow is refused with what is wrong",
        arguments: [
            ("a,b\n1,2\n", FlowReadingError.missingColumn("data")),
            ("data,b\nduplicates,2\n", .missingColumn("n")),
            ("data,n\nsomething,2\n", .noKnownRow),
            ("data,n\nduplicates,2\nduplicates,3\n", .repeatedRow(key: "duplicates", line: 3)),
            ("data,n\nduplicates,\"2\n", .unclosedQuote(line: 2)),
            (
                "data,n\nduplicates,99999999999999999999\n",
                .numberTooLarge(key: "duplicates", line: 2, text: "99999999999999999999")
            ),
        ])
    func refused(file: String, error: FlowReadingError) {
        #expect(throws: error) { try FlowCSV.read(Array(file.utf8)) }
        #expect(error.description.count > 30)
    }

    @Test("Any bytes are read or refused, never a crash")
    func hostileBytes() {
        var state: UInt64 = 42
        let pieces = [
            "data", "n", ",", "\n", "\"", "duplicates", "dbr_excluded", ";", "1,234", "\u{0}", "xxx", "-1", " ",
        ]
        for _ in 0..<300 {
            var file = "data,n\n"
            for _ in 0..<20 {
                state = state &* 6_364_136_223_846_793_005 &+ 1
                file += pieces[Int(state >> 33) % pieces.count]
            }
            guard let flow = try? FlowCSV.read(Array(file.utf8)) else { continue }
            #expect(!FlowSVG.render(flow).isEmpty)
            #expect(!FlowText.render(flow).isEmpty)
        }
    }

    @Test("Names and texts of any length are cut in the figure, not in the file, and take no time")
    func longTexts() throws {
        let word = String(repeating: "x", count: 200_000)
        let file = "data,n\ndatabase_results,\(word)\ndbr_excluded,\"\(word), 3\"\n"
        let flow = try FlowCSV.read(Array(file.utf8))
        #expect(FlowSVG.render(flow).count < 20_000)
        #expect(FlowText.render(flow).split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(FlowCSV.render(flow).count > 400_000)
    }

    // MARK: flow.json

    @Test("The JSON has the CSV's numbers under the CSV's keys, with the ids behind them")
    func json() throws {
        let flow = ExampleFlows.everything
        let object = try JSONSerialization.jsonObject(with: Data(FlowJSON.render(flow)))
        let boxes = try #require(object as? [String: Any])
        for (key, number) in try cells(flow) {
            guard let count = Int(number), let box = boxes[key] as? [String: Any] else { continue }
            #expect(box["n"] as? Int == count, "\(key)")
            #expect((box["ids"] as? [String])?.count == count, "\(key)")
        }
        #expect(boxes["balanced"] as? Bool == true)
        let excluded = try #require(boxes["records_excluded"] as? [String: Any])
        #expect((excluded["parts"] as? [[String: Any]])?.first?["n"] as? Int == 15)
        let waiting = try #require(boxes["awaiting_reports"] as? [String: Any])
        #expect(waiting["ids"] as? [String] == ["a:27", "a:28", "a:29", "a:30"])
    }

    @Test("Where only a number is known the ids are null")
    func jsonWithoutIDs() throws {
        let flow = try FlowCSV.read(Array("data,n\nduplicates,2\nrecords_screened,xxx\n".utf8))
        let json = text(FlowJSON.render(flow))
        #expect(json.contains("\"duplicates\":{\"n\":2,\"ids\":null}"))
        #expect(json.contains("\"records_screened\":{\"n\":null,\"text\":\"xxx\",\"ids\":null}"))
    }

    // MARK: Text

    @Test("No line of the text flow is wider than 80 columns, and numbers end in the last one")
    func textWidth() {
        let lines = FlowText.render(ExampleFlows.everything).split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.filter { $0.contains(" ... ") || $0.contains("....") }.allSatisfy { $0.count == 80 })
        #expect(lines.contains { $0.contains("Reports awaiting a decision by a person") && $0.hasSuffix(" 4") })
    }

    @Test("The same flow gives the same bytes")
    func deterministic() {
        let a = ExampleFlows.everything
        let b = ExampleFlows.everything
        #expect(FlowSVG.render(a) == FlowSVG.render(b))
        #expect(FlowJSON.render(a) == FlowJSON.render(b))
        #expect(FlowCSV.render(a) == FlowCSV.render(b))
    }
}

import Foundation
import Interchange
import Spreadsheets
import Testing

@Suite("Workbooks")
struct WorkbookTests {
    private let sheet = Sheet(
        name: "Trials: a/b",
        table: Table(
            columns: ["study", "n", "dose"],
            rows: [[.text("Moor 2011"), .integer(24), .number(0.5)], [.text("=1+1"), .empty, .text("0.1; 0.5")]],
            notes: [.init(row: 0, column: 2): "\"0.5 mg/kg\""]), headers: ["Study", "People", "Dose (mg/kg)"],
        headerNotes: ["study\nLabel"], frozenColumns: 1)

    private func parts(_ bytes: [UInt8]) throws -> (String) throws -> String {
        let entries = try ZipReading.entries(bytes)
        return { try #require(entries[$0]) }
    }

    @Test("two runs give the same bytes, and no part of them is dated by the clock")
    func sameBytes() throws {
        let first = try Workbook.bytes(title: "A review", sheets: [sheet])
        let second = try Workbook.bytes(title: "A review", sheets: [sheet])
        #expect(first == second && first.starts(with: Array("PK".utf8)))
        // The dates of the zip's own entries: 1 January 1980 is 0x0021 in the format of DOS.
        let marks = first.indices.dropLast(14).filter { first[$0...].starts(with: [0x50, 0x4B, 0x03, 0x04]) }
        #expect(!marks.isEmpty)
        for mark in marks { #expect(Array(first[(mark + 12)..<(mark + 14)]) == [0x21, 0x00]) }
    }

    @Test("numbers are numbers, texts are texts, and what looks like a formula is inert")
    func typedCells() throws {
        let part = try parts(try Workbook.bytes(title: "", sheets: [sheet]))
        let cells = try part("xl/worksheets/sheet1.xml")
        #expect(cells.contains("<v>24</v>") && cells.contains("<v>0.5</v>") && !cells.contains("<f>"))
        let texts = try part("xl/sharedStrings.xml")
        #expect(texts.contains("<t>'=1+1</t>") && !texts.contains("<t>=1+1</t>"))
    }

    @Test("the header stays, filters, and tells what it means; evidence is a note on its cell")
    func furniture() throws {
        let part = try parts(try Workbook.bytes(title: "", sheets: [sheet]))
        let cells = try part("xl/worksheets/sheet1.xml")
        #expect(cells.contains("state=\"frozen\"") && cells.contains("topLeftCell=\"B2\""))
        #expect(cells.contains("<autoFilter ref=\"A1:C3\"/>"))
        let notes = try part("xl/comments1.xml")
        #expect(notes.contains("ref=\"C2\"") && notes.contains("0.5 mg/kg") && notes.contains("ref=\"A1\""))
    }

    @Test("a tab takes no character that Excel refuses, and no two are called the same")
    func tabs() throws {
        let part = try parts(try Workbook.bytes(title: "", sheets: [sheet, sheet]))
        let book = try part("xl/workbook.xml")
        #expect(book.contains("name=\"Trials  a b\"") && book.contains("name=\"Trials  a b 2\""))
    }

    @Test("a text longer than a cell holds is cut with a word that says so; controls that XML cannot hold go")
    func longText() throws {
        let long = String(repeating: "ä", count: 40_000)
        let table = Table(columns: ["a"], rows: [[.text(long)], [.text("x\u{1}y\u{0}z")]])
        let part = try parts(try Workbook.bytes(title: "", sheets: [Sheet(name: "t", table: table)]))
        let texts = try part("xl/sharedStrings.xml")
        #expect(texts.contains("[cut: a cell holds no more") && texts.contains("xyz"))
    }

    @Test("a table larger than a sheet is refused with a way out")
    func tooLarge() {
        let wide = Table(columns: (0...16_384).map { "c\($0)" })
        #expect(throws: SpreadsheetError.tooLarge(sheet: "t", rows: 0, columns: 16_385)) {
            try Workbook.bytes(title: "", sheets: [Sheet(name: "t", table: wide)])
        }
        #expect(SpreadsheetError.tooLarge(sheet: "t", rows: 0, columns: 16_385).description.contains("CSV or NDJSON"))
        #expect(SpreadsheetError.library(cause: "full").description.contains("TMPDIR"))
    }

    @Test("an empty table is a sheet with its header")
    func empty() throws {
        let bytes = try Workbook.bytes(title: "", sheets: [Sheet(name: "t", table: Table(columns: ["a"]))])
        #expect(try parts(bytes)("xl/sharedStrings.xml").contains("<t>a</t>"))
    }
}

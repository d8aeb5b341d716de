import Interchange
import TestSupport
import Testing

@Suite("Delimited text")
struct DelimitedTextTests {
    private static let pieces = [
        "a", "Ketamine", "é", "\u{1F642}", "\"", "'", "''", ",", ";", "\t", "\n", "\r", "\r\n", "=", "+", "-", "@", " ",
        "",
    ]

    private static func randomText(_ random: inout SeededRandom) -> String {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
    }

    @Test("Any text is protected and restored; what is protected is no formula")
    func inertCells() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<5000 {
            let text = Self.randomText(&random)
            let cell = InertCell.protected(text)
            #expect(InertCell.restored(cell) == text)
            if let first = cell.unicodeScalars.first { #expect(!"=+-@\t\r".unicodeScalars.contains(first), "\(text)") }
        }
    }

    @Test("Any table, written and read, is the same table", arguments: [UInt8(0x2C), 0x09, 0x3B])
    func roundTrip(separator: UInt8) throws {
        var random = SeededRandom(seed: UInt64(separator))
        for _ in 0..<400 {
            let width = Int.random(in: 2...4, using: &random)
            let rows = (0..<3).map { _ in (0..<width).map { _ in Self.randomText(&random) } }
            let columns = (0..<width).map { "column \($0)" }
            let table = Table(columns: columns, rows: rows.map { $0.map(TableCell.text) })
            let text = try DelimitedText(
                parsing: DelimitedWriter.text(table, separator: separator), separator: separator)
            #expect(text.header == columns)
            #expect(text.rows.map(\.cells) == rows)
        }
    }

    @Test("Rows know their line, whatever ends the lines and stands inside quotes")
    func lines() throws {
        let bytes = Array("\u{FEFF}a,b\r\n\"x\ny\",2\r\n\r\n3,4\r5,\"6\"".utf8)
        let text = try DelimitedText(parsing: bytes)
        #expect(text.header == ["a", "b"])
        #expect(text.rows.map(\.line) == [2, 5, 6])
        #expect(text.rows.map(\.cells) == [["x\ny", "2"], ["3", "4"], ["5", "6"]])
        #expect(text.column(" A ") == 0 && text.column("c") == nil)
    }

    @Test("A quote that is never closed is an error with its line")
    func unclosed() {
        #expect { try DelimitedText(parsing: Array("a\n\"b\nc".utf8)) } throws: {
            ($0 as? DelimitedText.UnclosedQuote)?.line == 2
        }
    }

    @Test("Numbers in tables stay numbers")
    func numbers() {
        let table = Table(
            columns: ["n"], rows: [[.integer(-3)], [.number(2)], [.number(0.5)], [.empty], [.number(.nan)]])
        #expect(String(decoding: DelimitedWriter.text(table), as: UTF8.self) == "n\n-3\n2\n0.5\n\n\n")
    }

    @Test("a table is read as spreadsheets of any country save it: comma, semicolon, tab; UTF-8 and UTF-16")
    func spreadsheets() throws {
        let cells = [["a", "décision"], ["1", "same"]]
        for separator in [",", ";", "\t"] {
            let text = cells.map { $0.joined(separator: separator) }.joined(separator: "\r\n")
            let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            let spellings: [[UInt8]] = [Array(text.utf8), little, big]
            for bytes in spellings {
                let table = try DelimitedText(savedFromSpreadsheet: bytes)
                #expect([table.header] + table.rows.map(\.cells) == cells)
            }
        }
        #expect(try DelimitedText(savedFromSpreadsheet: [0xFF, 0xFE, 0x41]).header == [])
        #expect(throws: DelimitedText.UnclosedQuote.self) { try DelimitedText(savedFromSpreadsheet: [0x22, 0x41]) }
    }
}

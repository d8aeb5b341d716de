internal import CLibXLSXWriter
import Foundation
import Interchange

/// Why a workbook cannot be made.
package enum SpreadsheetError: Error, Equatable, CustomStringConvertible {
    case tooLarge(sheet: String, rows: Int, columns: Int)
    case library(cause: String)

    package var description: String {
        switch self {
        case .tooLarge(let sheet, let rows, let columns):
            "The table '\(sheet)' has \(rows) rows and \(columns) columns; a sheet holds 1048575 and 16384. "
                + "Write it as CSV or NDJSON instead."
        case .library(let cause):
            "The workbook cannot be written (\(cause)). Make room in the folder for temporary files (TMPDIR), or "
                + "write CSV instead."
        }
    }
}

/// A workbook (.xlsx): one sheet a table, with typed cells, a header that stays, filters, widths that fit, and notes.
/// The same sheets give the same bytes: every date inside is fixed.
package enum Workbook {
    /// - Throws: `SpreadsheetError`.
    package static func bytes(title: String, sheets: [Sheet]) throws(SpreadsheetError) -> [UInt8] {
        for sheet in sheets where sheet.table.rows.count > 1_048_575 || sheet.table.columns.count > 16_384 {
            throw .tooLarge(sheet: sheet.name, rows: sheet.table.rows.count, columns: sheet.table.columns.count)
        }
        // The library writes to a file only.
        let file = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let workbook = try OpenWorkbook(path: file.path, title: title)
        var tabs = Set<String>()
        for sheet in sheets { try workbook.add(sheet, tab: freeTab(sheet.name, &tabs)) }
        try workbook.close()
        do {
            return [UInt8](try Data(contentsOf: file))
        } catch {
            throw .library(cause: error.localizedDescription)
        }
    }

    /// Excel takes no two tabs that differ only in case.
    private static func freeTab(_ name: String, _ taken: inout Set<String>) -> String {
        let wanted = Sheet.tabName(name)
        var tab = wanted
        var number = 1
        while !taken.insert(tab.lowercased()).inserted {
            number += 1
            tab = Sheet.tabName(String(wanted.prefix(27)) + " \(number)")
        }
        return tab
    }
}

/// Owns the library's workbook from its beginning to its end.
private final class OpenWorkbook {
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let header: UnsafeMutablePointer<lxw_format>
    private let wrapped: UnsafeMutablePointer<lxw_format>
    private let single: UnsafeMutablePointer<lxw_format>

    /// The first day that a zip file can name; the library dates the files inside by it too.
    private static let fixedDate: time_t = 315_532_800

    init(path: String, title: String) throws(SpreadsheetError) {
        guard let workbook = workbook_new(path), let header = workbook_add_format(workbook),
            let wrapped = workbook_add_format(workbook), let single = workbook_add_format(workbook)
        else { throw .library(cause: "out of memory") }
        self.workbook = workbook
        (self.header, self.wrapped, self.single) = (header, wrapped, single)
        format_set_bold(header)
        format_set_text_wrap(header)
        format_set_bg_color(header, lxw_color_t(0xE3EAF2))
        format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
        for format in [header, wrapped, single] { format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue)) }
        format_set_text_wrap(wrapped)
        title.withCString { text in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: text)
            properties.created = Self.fixedDate
            _ = workbook_set_properties(workbook, &properties)
        }
    }

    deinit { if let workbook { lxw_workbook_free(workbook) } }

    /// Writes the file. The library frees its workbook whatever comes of it.
    func close() throws(SpreadsheetError) {
        guard let workbook else { return }
        self.workbook = nil
        try check(workbook_close(workbook))
    }

    func add(_ sheet: Sheet, tab: String) throws(SpreadsheetError) {
        guard let worksheet = workbook_add_worksheet(workbook, tab) else { throw .library(cause: "the tab \(tab)") }
        let table = sheet.table
        let layout = SheetLayout(sheet)
        for column in table.columns.indices {
            let format = layout.wraps[column] ? wrapped : single
            let place = UInt16(column)
            try check(worksheet_set_column(worksheet, place, place, layout.widths[column], format))
            try check(worksheet_write_string(worksheet, 0, place, CellText.cell(sheet.headers[column]), header))
            if column < sheet.headerNotes.count, !sheet.headerNotes[column].isEmpty {
                try note(sheet.headerNotes[column], worksheet, 0, column)
            }
        }
        for (index, row) in table.rows.enumerated() {
            worksheet_set_row(worksheet, UInt32(index + 1), layout.height(of: row), nil)
            for (column, cell) in zip(table.columns.indices, row) {
                try write(cell, worksheet, index + 1, column, layout.wraps[column] ? wrapped : single)
            }
        }
        let places = table.notes.keys.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        for place in places where table.rows.indices.contains(place.row) {
            try note(table.notes[place] ?? "", worksheet, place.row + 1, place.column)
        }
        guard !table.columns.isEmpty else { return }
        worksheet_set_row(worksheet, 0, layout.headerHeight, header)
        worksheet_freeze_panes(worksheet, 1, UInt16(min(sheet.frozenColumns, table.columns.count - 1)))
        let lastRow = UInt32(table.rows.count)
        let lastColumn = UInt16(table.columns.count - 1)
        try check(worksheet_autofilter(worksheet, 0, 0, lastRow, lastColumn))
        // PMIDs and the like are names made of digits, and no mistake.
        let range = "A1:\(Self.columnName(Int(lastColumn)))\(lastRow + 1)"
        try check(worksheet_ignore_errors(worksheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range))
        worksheet_set_landscape(worksheet)
        try check(worksheet_repeat_rows(worksheet, 0, 0))
        if layout.fitsOnePage {
            worksheet_fit_to_pages(worksheet, 1, 0)
        } else if sheet.frozenColumns > 0 {
            try check(worksheet_repeat_columns(worksheet, 0, UInt16(sheet.frozenColumns - 1)))
        }
    }

    private func write(
        _ cell: TableCell, _ worksheet: UnsafeMutablePointer<lxw_worksheet>, _ row: Int, _ column: Int,
        _ format: UnsafeMutablePointer<lxw_format>
    ) throws(SpreadsheetError) {
        let (row, column) = (UInt32(row), UInt16(column))
        switch cell {
        case .text(let text) where text.isEmpty: return
        case .text(let text): try check(worksheet_write_string(worksheet, row, column, CellText.cell(text), format))
        case .integer(let value): try check(worksheet_write_number(worksheet, row, column, Double(value), format))
        case .number(let value) where value.isFinite:
            try check(worksheet_write_number(worksheet, row, column, value, format))
        case .number, .empty: return
        }
    }

    private func note(
        _ text: String, _ worksheet: UnsafeMutablePointer<lxw_worksheet>, _ row: Int, _ column: Int
    ) throws(SpreadsheetError) {
        let text = CellText.note(text)
        guard !text.isEmpty else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { $0 + 1 + $1.count / 55 }
        var options = lxw_comment_options()
        options.width = 340
        options.height = UInt16(min(24 + 17 * lines, 480))
        try check(worksheet_write_comment_opt(worksheet, UInt32(row), UInt16(column), text, &options))
    }

    private func check(_ code: lxw_error) throws(SpreadsheetError) {
        guard code == LXW_NO_ERROR else {
            throw .library(cause: lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
        }
    }

    /// 0 is A, 26 is AA.
    static func columnName(_ index: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(0x41 + index % 26)))
        return index < 26 ? letter : columnName(index / 26 - 1) + letter
    }
}

/// How wide columns are, and which of them break their lines.
struct SheetLayout {
    let widths: [Double]
    let wraps: [Bool]
    let headerHeight: Double

    /// Printed smaller than about half its size nobody could read it.
    var fitsOnePage: Bool { widths.reduce(0, +) <= 220 }

    /// A column that holds whole abstracts stays on one line: its rows would fill the screen.
    private static let longestWrapped = 400

    init(_ sheet: Sheet) {
        var widths: [Double] = []
        var wraps: [Bool] = []
        var headerLines = 1
        for (column, header) in sheet.headers.enumerated() {
            var widest = 0
            var longest = 0
            for row in sheet.table.rows where column < row.count {
                let text = row[column].plainText
                longest = max(longest, text.utf8.count)
                let line = text.split(separator: "\n", omittingEmptySubsequences: false).map(\.count).max() ?? 0
                widest = max(widest, line)
            }
            // A header of several words may break, into three lines or so; its filter's button needs room.
            let longestWord = header.split(separator: " ").map(\.count).max() ?? 0
            // What stays in sight must leave room for the rest.
            let widestAllowed = column < sheet.frozenColumns ? 28 : 48
            let width = min(max(widest + 1, longestWord + 4, header.count / 3 + 6, 9), widestAllowed)
            widths.append(Double(width))
            wraps.append(longest <= Self.longestWrapped)
            headerLines = max(headerLines, Self.lines(of: header, width: width - 3))
        }
        self.widths = widths
        self.wraps = wraps
        headerHeight = Double(15 * min(headerLines, 6) + 3)
    }

    /// In points: Excel finds the height of broken lines by itself, other programs do not.
    func height(of row: [TableCell]) -> Double {
        var lines = 1
        for (column, cell) in zip(widths.indices, row) where wraps[column] {
            guard case .text(let text) = cell, text.utf8.count >= Int(widths[column]) || text.contains("\n") else {
                continue
            }
            let own = text.split(separator: "\n", omittingEmptySubsequences: false)
                .reduce(0) { $0 + Self.lines(of: String($1), width: Int(widths[column]) - 1) }
            lines = max(lines, own)
        }
        return Double(15 * min(lines, Self.mostLines))
    }

    /// Of a row; what is longer is read in the cell itself.
    private static let mostLines = 14

    private static func lines(of text: String, width: Int) -> Int {
        var lines = 1
        var used = 0
        for word in text.split(separator: " ") {
            if used > 0, used + 1 + word.count > width {
                lines += 1
                used = 0
            }
            used += word.count + (used > 0 ? 1 : 0)
        }
        return lines
    }
}

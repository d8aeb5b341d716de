/// Comma- or tab-separated text after RFC 4180, with the liberties that spreadsheets take: any line ending, a byte
/// order mark, quotes inside unquoted cells, rows of unequal length. Reading keeps the line on which each row begins.
package struct DelimitedText: Sendable {
    package struct Row: Sendable, Hashable {
        /// 1-based line of the file on which the row begins.
        package var line: Int
        package var cells: [String]

        package init(line: Int, cells: [String]) {
            self.line = line
            self.cells = cells
        }
    }

    package var header: [String]
    package var rows: [Row]

    /// A quote that is never closed: the rest of the file would become one cell.
    package struct UnclosedQuote: Error, Equatable {
        package let line: Int
    }

    package init(header: [String], rows: [Row]) {
        self.header = header
        self.rows = rows
    }

    /// Reads a whole text; its first row that is not blank is the header. Blank lines are no rows. Cells that
    /// `DelimitedWriter` made inert come back as they were.
    ///
    /// - Throws: `UnclosedQuote`.
    package init(parsing bytes: some Collection<UInt8>, separator: UInt8 = 0x2C) throws(UnclosedQuote) {
        var scanner = DelimitedScanner(separator: separator)
        var all: [Row] = []
        for byte in bytes { if let row = scanner.consume(byte) { all.append(row) } }
        if let row = try scanner.finish() { all.append(row) }
        header = all.first?.cells ?? []
        rows = Array(all.dropFirst())
    }

    /// Reads a table that a person saved from a spreadsheet: comma, semicolon or tab, UTF-8 or UTF-16.
    ///
    /// - Throws: `UnclosedQuote`.
    package init(savedFromSpreadsheet bytes: [UInt8]) throws(UnclosedQuote) {
        var text = Self.utf8(bytes)
        // Excel's own word on the separator, on a line before the header; blank, it keeps the numbers of the lines.
        let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let mark = text[start...].prefix { $0 != 0x0A && $0 != 0x0D }
        if mark.count == 5, let separator = mark.last,
            String(decoding: mark, as: UTF8.self).lowercased().hasPrefix("sep=")
        {
            text.removeSubrange(mark.indices)
            try self.init(parsing: text, separator: separator)
            return
        }
        try self.init(parsing: text, separator: Self.separator(of: text))
    }

    /// UTF-16 is told by its byte order mark.
    package static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// Of the header line: whichever of comma, semicolon and tab stands in it most often.
    package static func separator(of bytes: [UInt8]) -> UInt8 {
        let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let counts = [0x2C, 0x3B, 0x09].map { separator in
            (separator: UInt8(separator), count: header.count { $0 == UInt8(separator) })
        }
        return counts.max { $0.count < $1.count }.flatMap { $0.count > 0 ? $0.separator : nil } ?? 0x2C
    }

    /// The position of a column, whatever its case and the white space around it.
    package func column(_ name: String) -> Int? {
        let wanted = Self.folded(name)
        return header.firstIndex { Self.folded($0) == wanted }
    }

    /// A name that stands over two columns, of which only one could be meant; nil where there is none. Columns without a
    /// name do not count.
    package var repeatedColumn: String? {
        var known = Set<String>()
        return header.first { name in
            let name = Self.folded(name)
            return !name.isEmpty && !known.insert(name).inserted
        }
    }

    private static func folded(_ name: String) -> String {
        String(name.lowercased().drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension DelimitedText.Row {
    /// The cell of a column, nil where the row is too short or the cell is empty.
    package func cell(_ column: Int?) -> String? {
        guard let column, column < cells.count, !cells[column].isEmpty else { return nil }
        return cells[column]
    }
}

/// Reads delimited text byte by byte, so that files of any size can be read in pieces.
package struct DelimitedScanner {
    private enum State { case cellStart, plain, quoted, quoteInQuoted }

    private let separator: UInt8
    private var state = State.cellStart
    private var cell: [UInt8] = []
    private var cells: [String] = []
    private var line = 1
    private var rowLine = 1
    private var quoteLine = 1
    private var previousWasCarriageReturn = false
    private var mark = 0

    package init(separator: UInt8) { self.separator = separator }

    /// Takes one byte; gives the row that it completes.
    package mutating func consume(_ byte: UInt8) -> DelimitedText.Row? {
        // A byte order mark at the very start is no text; what only begins like one is.
        if mark < 3 {
            let whole: [UInt8] = [0xEF, 0xBB, 0xBF]
            if byte == whole[mark] {
                mark += 1
                return nil
            }
            cell.append(contentsOf: whole[..<mark])
            if mark > 0 { state = .plain }
            mark = 3
        }
        if byte == 0x0A, previousWasCarriageReturn {
            previousWasCarriageReturn = false
            if state == .quoted { cell.append(byte) }
            return nil
        }
        previousWasCarriageReturn = byte == 0x0D
        let endsLine = byte == 0x0A || byte == 0x0D
        if endsLine { line += 1 }

        switch state {
        case .quoted:
            if byte == 0x22 { state = .quoteInQuoted } else { cell.append(byte) }
            return nil
        case .quoteInQuoted where byte == 0x22:
            cell.append(byte)
            state = .quoted
            return nil
        case .cellStart where byte == 0x22:
            quoteLine = line
            state = .quoted
            return nil
        case .cellStart, .plain, .quoteInQuoted:
            if byte == separator {
                endCell()
                return nil
            }
            if endsLine { return endRow() }
            cell.append(byte)
            state = .plain
            return nil
        }
    }

    /// Ends the text; gives the last row where no line end followed it.
    package mutating func finish() throws(DelimitedText.UnclosedQuote) -> DelimitedText.Row? {
        if state == .quoted { throw DelimitedText.UnclosedQuote(line: quoteLine) }
        return endRow()
    }

    private mutating func endCell() {
        cells.append(InertCell.restored(String(decoding: cell, as: UTF8.self)))
        cell.removeAll(keepingCapacity: true)
        state = .cellStart
    }

    private mutating func endRow() -> DelimitedText.Row? {
        defer {
            cells.removeAll(keepingCapacity: true)
            rowLine = line
        }
        if cells.isEmpty, cell.isEmpty, state == .cellStart { return nil }
        endCell()
        return DelimitedText.Row(line: rowLine, cells: cells)
    }
}

/// Spreadsheets run a cell that begins with one of a few characters as a formula. A leading apostrophe makes such
/// a text inert; one more apostrophe protects texts that already look protected, so that reading restores all.
package enum InertCell {
    package static func protected(_ text: String) -> String { isProtectable(text) ? "'" + text : text }

    package static func restored(_ text: String) -> String {
        text.utf8.first == 0x27 && isProtectable(text) ? String(text.dropFirst()) : text
    }

    /// Apostrophes (or none), then `=`, `+`, `-`, `@`, a tab or a carriage return.
    private static func isProtectable(_ text: String) -> Bool {
        guard let first = text.utf8.first(where: { $0 != 0x27 }) else { return false }
        return [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
    }
}

/// One cell of an exported table: numbers stay numbers, text is made inert.
package enum TableCell: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case empty

    package static func optional(_ text: String?) -> TableCell { text.map(TableCell.text) ?? .empty }
    package static func optional(_ integer: Int?) -> TableCell { integer.map(TableCell.integer) ?? .empty }
    package static func optional(_ number: Double?) -> TableCell { number.map(TableCell.number) ?? .empty }

    /// The cell as plain text, not made inert.
    package var plainText: String {
        switch self {
        case .text(let text): text
        case .integer(let value): String(value)
        case .number(let value) where !value.isFinite: ""
        case .number(let value) where value.description.hasSuffix(".0"): String(value.description.dropLast(2))
        case .number(let value): value.description
        case .empty: ""
        }
    }
}

/// A table as every exporter takes it: a header and rows of the same length.
package struct Table: Hashable, Sendable {
    package struct Place: Hashable, Sendable {
        package var row: Int
        package var column: Int

        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    package var columns: [String]
    package var rows: [[TableCell]]
    /// Remarks on cells, where a format can show them: the words that a value rests on.
    package var notes: [Place: String]

    package init(columns: [String], rows: [[TableCell]] = [], notes: [Place: String] = [:]) {
        self.columns = columns
        self.rows = rows
        self.notes = notes
    }
}

/// Writes tables as comma- or tab-separated UTF-8 text, lines ending in a line feed.
package struct DelimitedWriter {
    package private(set) var bytes: [UInt8] = []
    private let separator: UInt8

    package init(separator: UInt8 = 0x2C) { self.separator = separator }

    package static func text(_ table: Table, separator: UInt8 = 0x2C) -> [UInt8] {
        var writer = DelimitedWriter(separator: separator)
        writer.row(table.columns.map(TableCell.text))
        for row in table.rows { writer.row(row) }
        return writer.bytes
    }

    package mutating func row(_ cells: [TableCell]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(separator) }
            if case .text(let text) = cell { append(InertCell.protected(text)) } else { append(cell.plainText) }
        }
        bytes.append(0x0A)
    }

    private mutating func append(_ text: String) {
        let needsQuotes = text.utf8.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}

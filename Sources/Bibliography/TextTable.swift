/// A printed table, cell by cell, with the headers of every cell known.
///
///     let table = TextTable(label: "Table 2", caption: "...", rows: rows, footnotes: [])
///     table.columnHeaders(of: cell)   // ["Ketamine", "24 h"]
package struct TextTable: Hashable, Sendable {
    package enum Role: String, Hashable, Sendable, Codable {
        case columnHeader, rowHeader
        /// A line across the table that names the rows below it.
        case groupHeader
        case body
    }

    /// One cell and the rectangle of the grid that it covers.
    package struct Cell: Hashable, Sendable {
        package var text: String
        /// 0-based, of its first row and column.
        package var row: Int
        package var column: Int
        package var rowSpan: Int
        package var columnSpan: Int
        package var role: Role
        /// Byte ranges of `text` that are raised or refer to a footnote: `12` with a raised `a` is the number 12.
        package var marks: [Range<Int>]
        /// Indices into `cells` of the headers that stand over it and beside it, from the outermost inwards.
        package var columnHeaders: [Int]
        package var rowHeaders: [Int]

        var columns: Range<Int> { column..<(column + columnSpan) }
        var rows: Range<Int> { row..<(row + rowSpan) }
    }

    /// `Table 2`.
    package var label: String?
    package var caption: String?
    /// Row by row, from left to right.
    package var cells: [Cell]
    package var rowCount: Int
    package var columnCount: Int
    package var footnotes: [String]
    /// False where the table is too large or its spans are too wild to say which header belongs to which cell; the
    /// texts are all there.
    package var isResolved: Bool

    package func columnHeaders(of cell: Cell) -> [String] { cell.columnHeaders.map { cells[$0].text } }
    package func rowHeaders(of cell: Cell) -> [String] { cell.rowHeaders.map { cells[$0].text } }

    /// A cell as a source writes it, before its place is known.
    package struct SourceCell: Hashable, Sendable {
        package var text: String
        package var isHeader: Bool
        package var columnSpan: Int
        /// 0: down to the end of its part of the table, as in HTML.
        package var rowSpan: Int
        package var marks: [Range<Int>]
        /// The text is set in from the edge of its column.
        package var isIndented: Bool

        package init(
            text: String, isHeader: Bool = false, columnSpan: Int = 1, rowSpan: Int = 1, marks: [Range<Int>] = [],
            isIndented: Bool = false
        ) {
            self.text = text
            self.isHeader = isHeader
            self.columnSpan = columnSpan
            self.rowSpan = rowSpan
            self.marks = marks
            self.isIndented = isIndented
        }
    }

    /// A row as a source writes it. Rows of one part stand together; spans do not leave their part.
    package struct SourceRow: Hashable, Sendable {
        package enum Part: Hashable, Sendable { case head, body(Int), foot }

        package var part: Part
        package var cells: [SourceCell]

        package init(part: Part, cells: [SourceCell]) {
            self.part = part
            self.cells = cells
        }
    }

    /// Lays the rows out as a browser does and finds the headers of every cell.
    package init(label: String?, caption: String?, rows: [SourceRow], footnotes: [String]) {
        var grid = TableGrid(rows)
        grid.resolve()
        self.label = label
        self.caption = caption
        self.footnotes = footnotes
        cells = grid.cells
        rowCount = rows.count
        columnCount = grid.width
        isResolved = grid.isResolved
    }
}

/// Finds out where the cells of a table stand and which headers they have.
struct TableGrid {
    /// HTML's own bound on `colspan`; what is wider is no table that anybody reads.
    static let widest = 1000
    static let mostRows = 20_000
    /// Places that are looked at when headers are found, so that no table costs more than a moment.
    static let mostWork = 2_000_000
    /// Group lines above each other, and header cells in a row, that are taken for headers.
    static let deepest = 8

    private(set) var cells: [TextTable.Cell] = []
    private(set) var width = 0
    private(set) var isResolved = true
    private let rows: [TextTable.SourceRow]
    /// First cell of each row, and one past the last.
    private var starts: [Int] = []
    private var isIndented: [Bool] = []
    private var isHeader: [Bool] = []
    /// By row: whether a cell of a row above reaches into it.
    private var isReachedInto: [Bool] = []

    init(_ rows: [TextTable.SourceRow]) {
        self.rows = rows
        layOut()
    }

    // MARK: Places

    private mutating func layOut() {
        var ends = Array(repeating: rows.count, count: rows.count)
        for row in rows.indices.reversed().dropFirst() {
            ends[row] = rows[row].part == rows[row + 1].part ? ends[row + 1] : row + 1
        }
        // By column: how many more rows a cell above reaches down.
        var taken: [Int] = []
        for (number, row) in rows.enumerated() {
            if number > 0, row.part != rows[number - 1].part { taken.removeAll(keepingCapacity: true) }
            starts.append(cells.count)
            isReachedInto.append(taken.contains { $0 > 0 })
            var column = 0
            for cell in row.cells {
                while column < taken.count, taken[column] > 0 { column += 1 }
                let left = ends[number] - number
                let rowSpan = cell.rowSpan <= 0 ? left : min(cell.rowSpan, left)
                let columnSpan = min(max(1, cell.columnSpan), Self.widest)
                cells.append(
                    TextTable.Cell(
                        text: cell.text, row: number, column: column, rowSpan: rowSpan, columnSpan: columnSpan,
                        role: .body, marks: cell.marks, columnHeaders: [], rowHeaders: []))
                isIndented.append(cell.isIndented)
                isHeader.append(cell.isHeader)
                column += columnSpan
                guard column <= Self.widest else {
                    isResolved = false
                    continue
                }
                while taken.count < column { taken.append(0) }
                for place in (column - columnSpan)..<column { taken[place] = max(taken[place], rowSpan) }
            }
            width = max(width, column)
            for place in taken.indices where taken[place] > 0 { taken[place] -= 1 }
        }
        starts.append(cells.count)
        if rows.count > Self.mostRows { isResolved = false }
    }

    private func cellsOfRow(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    // MARK: Headers

    mutating func resolve() {
        guard isResolved, !cells.isEmpty else { return }
        let headRows = countHeadRows()
        let isHeadRow = headerRows(headRows)
        setColumnHeaders(isHeadRow)
        if isResolved {
            setRowHeaders(from: headRows, isHeadRow)
        } else {
            for index in cells.indices {
                cells[index].role = .body
                cells[index].columnHeaders = []
            }
        }
    }

    /// The rows of `thead`; where a table has none, leading rows of header cells only, or a first row of words.
    private func countHeadRows() -> Int {
        var count = rows.prefix { $0.part == .head }.count
        if count == 0 {
            count =
                rows.prefix { row in row.cells.count > 1 && row.cells.allSatisfy { $0.isHeader || $0.text.isEmpty } }
                .count
        }
        if count == 0, rows.count > 1, let first = rows.first, first.cells.count > 1 {
            let startsWithNumber = first.cells.dropFirst().contains { $0.text.first?.isNumber == true }
            let isNamed = first.cells.dropFirst().contains { !$0.text.isEmpty }
            if !startsWithNumber, isNamed { count = 1 }
        }
        return count
    }

    /// Which rows are headers: those at the top, and rows of header cells only that begin a new part further down.
    private func headerRows(_ headRows: Int) -> [Bool] {
        let below = rows.indices.dropFirst(headRows)
        let isHead = below.map { row in
            rows[row].cells.count > 1 && !isReachedInto[row]
                && rows[row].cells.allSatisfy { $0.isHeader || $0.text.isEmpty }
                && rows[row].cells.count { !$0.text.isEmpty } > 1
        }
        // A table of header cells throughout says nothing by them.
        guard isHead.contains(false) else { return rows.indices.map { $0 < headRows } }
        return Array(repeating: true, count: headRows) + isHead
    }

    /// The header cells over each cell, from above; a new header ends the one before.
    private mutating func setColumnHeaders(_ isHeadRow: [Bool]) {
        var over = Array(repeating: [Int](), count: width)
        var work = 0
        for row in rows.indices {
            if isHeadRow[row], row > 0, !isHeadRow[row - 1] { over = over.map { _ in [] } }
            for index in cellsOfRow(row) {
                var headers: [Int] = []
                for column in cells[index].columns {
                    work += 1 + over[column].count
                    for header in over[column] where headers.last != header && !headers.contains(header) {
                        headers.append(header)
                    }
                }
                guard work <= Self.mostWork else {
                    isResolved = false
                    return
                }
                cells[index].columnHeaders = headers.sorted()
            }
            guard isHeadRow[row] else { continue }
            for index in cellsOfRow(row) {
                cells[index].role = .columnHeader
                guard !cells[index].text.isEmpty else { continue }
                for column in cells[index].columns { over[column].append(index) }
            }
        }
    }

    /// What stands beside each cell, the names of its group of rows first.
    private mutating func setRowHeaders(from headRows: Int, _ isHeadRow: [Bool]) {
        guard width > 1 else { return }
        let labelColumns = countLabelColumns(isHeadRow)
        var groups: [Int] = []
        var groupIsIndented: Bool?
        var isAfterGroup = false
        /// By label column: the cell that covers the current row there.
        var labels = Array(repeating: -1, count: labelColumns)
        for row in headRows..<max(headRows, rows.count) {
            let range = cellsOfRow(row)
            if isHeadRow[row] {
                groups = []
                isAfterGroup = false
                labels = labels.map { _ in -1 }
                continue
            }
            if let group = groupHeader(in: range, row) {
                cells[group].role = .groupHeader
                groups = isAfterGroup && groups.count < Self.deepest ? groups + [group] : [group]
                cells[group].rowHeaders = Array(groups.dropLast())
                groupIsIndented = nil
                isAfterGroup = true
                labels = labels.map { _ in -1 }
                continue
            }
            isAfterGroup = false
            if let first = range.first, cells[first].column == 0, !groups.isEmpty {
                if let indented = groupIsIndented {
                    // A label that is no longer set in does not belong to the group.
                    if indented, !isIndented[first] { groups = [] }
                } else {
                    groupIsIndented = isIndented[first]
                }
            }
            var headers: [Int] = []
            for index in range {
                let isLabel = cells[index].column < labelColumns
                guard isLabel || isHeader[index] else { continue }
                cells[index].role = .rowHeader
                guard !cells[index].text.isEmpty || labelColumns == 1 else { continue }
                if isLabel {
                    for column in cells[index].columns where column < labelColumns { labels[column] = index }
                } else if headers.count < Self.deepest {
                    headers.append(index)
                }
            }
            // A label that is not repeated in the rows below still names them.
            for column in labels.indices where labels[column] >= 0 {
                let label = cells[labels[column]]
                if !label.rows.contains(row), labelColumns == 1 { labels[column] = -1 }
            }
            var own: [Int] = []
            for label in labels where label >= 0 && !own.contains(label) { own.append(label) }
            let all = groups + (own + headers).filter { !cells[$0].text.isEmpty }
            for index in range {
                cells[index].rowHeaders = all.filter { $0 != index && cells[$0].column <= cells[index].column }
            }
        }
    }

    /// The first column, and those after it that hold words only and divide what the one before names.
    private func countLabelColumns(_ isHeadRow: [Bool]) -> Int {
        var holdsDigit = Set<Int>()
        var divides = Set<Int>()
        for cell in cells where cell.columnSpan == 1 && !isHeadRow[cell.row] {
            if cell.text.contains(where: \.isNumber) { holdsDigit.insert(cell.column) }
            if cell.rowSpan > 1 { divides.insert(cell.column) }
        }
        var count = 1
        while count < width - 1, divides.contains(count - 1), !holdsDigit.contains(count) { count += 1 }
        return count
    }

    /// The cell that names the rows below: alone in its row, or the only one with words.
    private func groupHeader(in range: Range<Int>, _ row: Int) -> Int? {
        guard let first = range.first, cells[first].column == 0, cells[first].rowSpan == 1,
            !cells[first].text.isEmpty, !isReachedInto[row]
        else { return nil }
        return range.dropFirst().allSatisfy { cells[$0].text.isEmpty } ? first : nil
    }
}

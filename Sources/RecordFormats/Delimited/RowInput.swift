import Compression

/// The rows of comma-, semicolon- or tab-separated text, in pieces and in any encoding that `LineInput` reads.
///
/// Quotes follow RFC 4180, with the liberties of spreadsheets: a quote inside an unquoted cell is text. A quote that is
/// never closed would make one cell of the rest of the file; such a row ends with its own line instead, and says so.
package struct RowInput {
    package struct Row {
        package var cells: [[UInt8]]
        /// 1-based line on which the row begins, and its byte range.
        package var line: Int
        package var start: Int
        package var end: Int
        /// A quote that opens in this row is closed nowhere.
        package var isUnclosed = false
        package var isCut = false
    }

    private static let mostFailures = 16
    /// What a line that is kept costs beside its bytes: millions of short ones reach the limit too.
    private static let costOfLine = 128

    /// What one row may hold before an open quote counts as never closed.
    private let limit: Int
    private let lines: LineInput
    /// Lines that were read while looking for a closing quote and are read again.
    private var ahead: [LineInput.Line] = []
    private var aheadIndex = 0
    /// How many rows that begin in `ahead` were found unclosed; each of them was read to the end of it.
    private var failures = 0
    package var separator: UInt8 = 0x2C

    package init(_ lines: LineInput, limit: Int = 1 << 24) {
        self.lines = lines
        self.limit = limit
    }

    /// The next line without taking it.
    package mutating func peek() throws -> LineInput.Line? {
        if aheadIndex < ahead.count { return ahead[aheadIndex] }
        guard let line = try lines.next() else { return nil }
        ahead = [line]
        aheadIndex = 0
        failures = 0
        return line
    }

    package mutating func skipLine() throws { _ = try take() }

    /// The next row that is not blank.
    package mutating func next() throws -> Row? {
        while let line = try take() {
            if line.isBlank, !line.bytes.contains(separator) { continue }
            return try row(from: line)
        }
        return nil
    }

    private mutating func take() throws -> LineInput.Line? {
        if aheadIndex < ahead.count {
            aheadIndex += 1
            return ahead[aheadIndex - 1]
        }
        ahead = []
        aheadIndex = 0
        failures = 0
        return try lines.next()
    }

    private mutating func row(from first: LineInput.Line) throws -> Row {
        var parser = CellParser(separator: separator)
        parser.consume(first.bytes)
        var row = Row(cells: [], line: first.number, start: first.start, end: first.end, isCut: first.isCut)
        guard parser.isOpen else {
            row.cells = parser.finish()
            return row
        }
        // An open quote: take lines until it closes.
        var taken: [LineInput.Line] = []
        var size = first.bytes.count
        while failures < Self.mostFailures, parser.isOpen, size <= limit, let line = try take() {
            taken.append(line)
            size += line.bytes.count + Self.costOfLine
            parser.consume([0x0A])
            parser.consume(line.bytes)
        }
        // Text right after a closing quote shows that it was meant to open one: an earlier quote is the odd one.
        if !parser.isOpen, !parser.sawTextAfterQuote {
            row.end = taken.last?.end ?? row.end
            row.isCut = row.isCut || taken.contains(where: \.isCut)
            row.cells = parser.finish()
            return row
        }
        // Never closed. The row ends with its line and the others are read again; how often is limited, so that a file
        // of open quotes is not read over and over.
        let before = failures
        ahead = taken + ahead[min(aheadIndex, ahead.count)...]
        aheadIndex = 0
        failures = before + 1
        var alone = CellParser(separator: separator)
        alone.consume(first.bytes)
        row.cells = alone.finish()
        row.isUnclosed = true
        return row
    }
}

/// Cuts the bytes of a row into cells.
struct CellParser {
    private enum State { case cellStart, equals, plain, quoted, quoteInQuoted }

    private let separator: UInt8
    private var state = State.cellStart
    private var cell: [UInt8] = []
    private var cells: [[UInt8]] = []

    init(separator: UInt8) { self.separator = separator }

    private(set) var sawTextAfterQuote = false

    /// Whether a quote is open.
    var isOpen: Bool { state == .quoted }

    mutating func consume(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at < bytes.count {
                switch state {
                case .quoted: at = takeRun(bytes, from: at, upTo: 0x22, then: .quoteInQuoted)
                case .plain: at = takeRun(bytes, from: at, upTo: separator, then: .cellStart)
                case .cellStart, .equals, .quoteInQuoted:
                    take(bytes[at])
                    at += 1
                }
            }
        }
    }

    /// Inside a cell all bytes up to the one that ends it are the cell's, and are taken together.
    private mutating func takeRun(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, upTo stop: UInt8, then next: State
    ) -> Int {
        let end = ByteScan.first(stop, in: bytes, from: start)
        cell.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
        guard end < bytes.count else { return end }
        if next == .cellStart { endCell() }
        state = next
        return end + 1
    }

    /// A byte at the start of a cell, or right behind a quote inside a quoted one.
    private mutating func take(_ byte: UInt8) {
        if byte == 0x22 {
            if state == .quoteInQuoted { cell.append(byte) }
            state = .quoted
        } else if byte == separator {
            if state == .equals { cell.append(0x3D) }
            endCell()
            state = .cellStart
        } else if byte == 0x3D, state == .cellStart {
            // `="0012"` is Excel's way to say that digits are text; EBSCO writes so.
            state = .equals
        } else {
            if state == .equals { cell.append(0x3D) }
            if state == .quoteInQuoted, byte > 0x20 { sawTextAfterQuote = true }
            cell.append(byte)
            state = .plain
        }
    }

    private mutating func endCell() {
        cells.append(cell)
        cell.removeAll(keepingCapacity: true)
    }

    mutating func finish() -> [[UInt8]] {
        if state == .equals { cell.append(0x3D) }
        cells.append(cell)
        cell = []
        state = .cellStart
        return cells
    }
}

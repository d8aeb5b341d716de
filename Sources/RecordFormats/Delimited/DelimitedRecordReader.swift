import Bibliography
package import Compression
import Interchange

/// CSV and TSV with a header, as ASReview, Rayyan, Covidence, Zotero, PubMed, Embase, Scopus, ClinicalTrials.gov and this
/// program write them. The separator (comma, semicolon or tab) is the one under which most columns are known.
package enum DelimitedRecordReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var rows = RowInput(lines)
        var identity = EntryIdentity(file: name)
        func report(_ severity: ReadingIssue.Severity, _ code: String, _ line: Int?, _ message: String) throws {
            try emit(.issue(identity.issue(severity, code, line: line, message)))
        }

        guard let header = try readHeader(&rows) else {
            return try report(.error, "noEntries", nil, "the file is empty: not even a row with the names of columns")
        }
        let columns = Columns(header: header.cells.map { FieldText.plain($0) ?? "" })
        let separator = rows.separator
        guard columns.known > 0 else {
            return try report(
                .error, "unknownColumns", header.line,
                "none of the \(columns.count) columns has a known name (title, abstract, authors, year, doi, pmid ...); "
                    + "name them in the first row")
        }
        if header.isUnclosed {
            try report(.error, "unclosedQuote", header.line, "a quote in the names of the columns is never closed")
        }
        if let name = columns.repeated {
            try report(
                .warning, "repeatedColumn", header.line,
                "the column '\(name)' stands twice; where both cells of a row hold something, one may be left out")
        }
        var toldEncoding = false
        var toldEmpty = false
        let mapping = RowRecord(columns: columns, source: separator == 0x09 ? .tsv : .csv)
        while let row = try rows.next() {
            if !toldEncoding, let first = lines.firstRepairedLine {
                toldEncoding = true
                try report(
                    .warning, "notUTF8", first,
                    "the text is not UTF-8 from here on; bytes that are not are read as Windows-1252")
            }
            // A line of its own between rows, such as Abstrackr's headings, is no record.
            if row.cells.count == 1, columns.count > 3, FieldText.plain(row.cells[0])?.contains(" ") == true {
                try report(
                    .warning, "notARow", row.line, "a line without any separator stands here; it is no row and left out"
                )
                continue
            }
            if row.cells.count > 1, row.cells.allSatisfy({ cell in cell.allSatisfy { $0 <= 0x20 } }) {
                if !toldEmpty {
                    try report(.warning, "emptyRow", row.line, "rows without any text begin here; they are no records")
                }
                toldEmpty = true
                continue
            }
            var (record, key) = mapping.record(row.cells)
            let issues = identity.identify(&record, key: key, line: row.line)
            try emit(.record(record, RecordLocation(line: row.line, start: row.start, end: row.end)))
            for issue in issues { try emit(.issue(issue)) }
            // Of a line that was cut off nobody knows where its quotes close.
            if row.isUnclosed, !row.isCut {
                try report(
                    .error, "unclosedQuote", row.line,
                    "a quote that opens in this row is never closed; the row is read up to the end of its line")
            }
            if row.isCut {
                try report(
                    .error, "lineTooLong", row.line, "a line of this row is longer than 16 MiB; its end is left out")
            }
            if row.cells.count > columns.count,
                row.cells[columns.count...].contains(where: { FieldText.plain($0) != nil })
            {
                try report(
                    .warning, "extraCells", row.line,
                    "the row has \(row.cells.count) cells, the header \(columns.count); those without a name are left out"
                )
            }
        }
    }

    /// Finds the separator and reads the header; `sep=;`, as Excel writes it, may stand before it, and Embase puts the query
    /// there, with a rule below.
    private static func readHeader(_ rows: inout RowInput) throws -> RowInput.Row? {
        while let line = try rows.peek() {
            if line.bytes.count == 5, line.bytes.starts(with: Array("sep=".utf8)), let last = line.bytes.last {
                rows.separator = last
                try rows.skipLine()
                return try rows.next()
            }
            guard line.isBlank || isPreamble(line.bytes) else {
                rows.separator = separator(of: line.bytes)
                return try rows.next()
            }
            try rows.skipLine()
        }
        return nil
    }

    /// `"SEARCH QUERY","ketamine"`, and the hyphens under it.
    static func isPreamble(_ line: some Collection<UInt8>) -> Bool {
        let text = line.drop { $0 == 0x22 || $0 <= 0x20 }
        if text.starts(with: "SEARCH QUERY".utf8) { return true }
        // Saved again by Excel, the lines are filled up with separators.
        return !text.isEmpty && text.allSatisfy { $0 == 0x2D || $0 == 0x22 || $0 == 0x2C || $0 == 0x3B || $0 <= 0x20 }
    }

    /// The separator under which most columns of a header are known; then the one that makes most columns.
    package static func separator(of header: [UInt8]) -> UInt8 {
        let ranked = [0x2C, 0x3B, 0x09].map { (separator: UInt8) -> (separator: UInt8, known: Int, cells: Int) in
            var parser = CellParser(separator: separator)
            parser.consume(header)
            let cells = parser.finish()
            return (separator, Columns(header: cells.map { FieldText.plain($0) ?? "" }).known, cells.count)
        }
        let best = ranked.reduce(ranked[0]) { best, next in
            (next.known, next.cells) > (best.known, best.cells) ? next : best
        }
        return best.separator
    }
}

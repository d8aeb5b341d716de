import Bibliography
import Interchange
package import RecordFormats
import Reporting
import Spreadsheets

/// The forms in which a table of a review leaves it.
package enum TableFormat: String, CaseIterable, Sendable {
    case csv, tsv, ndjson, xlsx, md, html
    case ris, nbib, bibtex
    case cslJSON = "csl-json"

    /// By its name on the command line, or the ending of a file.
    package init?(name: String) {
        switch name.lowercased() {
        case "markdown": self = .md
        case "htm": self = .html
        case "bib": self = .bibtex
        case "jsonl": self = .ndjson
        case let name: self.init(rawValue: name)
        }
    }

    /// The forms of reference managers, which take records and nothing else.
    package var recordFormat: RecordFormat? {
        switch self {
        case .ris, .nbib, .bibtex, .cslJSON: RecordFormat(rawValue: rawValue)
        default: nil
        }
    }
}

extension ReviewTable {
    /// The column that names a record a row, for tables that a reference manager can read.
    package var recordColumn: String? {
        switch self {
        case .records: "id"
        case .reports, .included, .excluded, .waiting, .nearMisses: "report"
        default: nil
        }
    }

    /// Tables that go back into sluice: their columns keep their names wherever they stand.
    var isReadBack: Bool { [.waiting, .conflicts, .decisions, .values, .valueDecisions, .riskOfBias].contains(self) }

    /// Columns that stay in sight while the others scroll.
    var frozenColumns: Int { self == .dictionary ? 2 : 1 }
}

extension ReviewReading {
    /// A table in one of its forms. The same review gives the same bytes.
    ///
    /// - Throws: `TableFormatError` where the table holds no records and the form takes nothing else.
    package func bytes(of name: ReviewTable, as format: TableFormat) throws -> [UInt8] {
        switch format {
        case .csv where name == .metapsy: return try table(name).metapsyText()
        case .csv: return DelimitedWriter.text(try table(name))
        case .tsv: return DelimitedWriter.text(try table(name), separator: 0x09)
        case .ndjson where name == .records: return records(try records(), as: .ndjson)
        case .ndjson: return try table(name).ndjson()
        case .xlsx: return try workbook(of: name)
        case .md: return Array(try labelled(name).table.markdown().utf8)
        case .html: return ReviewPage.page(of: try labelled(name), title: plan.review.title, caption: name.help)
        case .ris, .nbib, .bibtex, .cslJSON:
            guard let recordFormat = format.recordFormat, name.recordColumn != nil else {
                throw TableFormatError.noRecords(table: name, format: format)
            }
            return records(try records(of: name), as: recordFormat)
        }
    }

    /// The records behind the rows of a table, in their order.
    private func records(of name: ReviewTable) throws -> [Record] {
        let all = try records()
        guard name != .records, let column = name.recordColumn else { return all }
        let table = try self.table(name)
        guard let index = table.columns.firstIndex(of: column) else { return [] }
        let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        return table.rows.compactMap { byID[RecordID($0[index].plainText)] }
    }

    private func records(_ records: [Record], as format: RecordFormat) -> [UInt8] {
        let writer = RecordWriter(format: format)
        return writer.header() + writer.bytes(of: records) + writer.footer()
    }

    /// A table with the headers that people read.
    func labelled(_ name: ReviewTable) throws -> ReviewPage.LabelledTable { try labelled(table(name), as: name) }

    /// - Parameter name: the table whose columns these are.
    func labelled(_ table: Table, as name: ReviewTable) throws -> ReviewPage.LabelledTable {
        var shown = table
        shown.columns = try columns(of: name, table).map(\.header)
        return ReviewPage.LabelledTable(shown, names: table.columns)
    }

    /// The table, what belongs beside it, and a sheet that says what each column holds.
    private func workbook(of name: ReviewTable) throws -> [UInt8] {
        var sheets: [Sheet] = []
        var dictionary = Self.emptyDictionary
        for name in name == .included ? [name, .outcomes, .adverseEvents, .values] : [name] {
            let table = try self.table(name)
            let columns = try columns(of: name, table)
            for column in columns { dictionary.append(column, of: name.rawValue) }
            sheets.append(
                Sheet(
                    name: name.sheetName, table: table,
                    headers: columns.map { name.isReadBack ? $0.name : $0.header },
                    headerNotes: columns.map { [$0.name, $0.meaning].filter { !$0.isEmpty }.joined(separator: "\n") },
                    frozenColumns: name.frozenColumns))
        }
        if name != .dictionary {
            let columns = try columns(of: .dictionary, dictionary)
            sheets.append(
                Sheet(
                    name: ReviewTable.dictionary.sheetName, table: dictionary, headers: columns.map(\.header),
                    frozenColumns: ReviewTable.dictionary.frozenColumns))
        }
        return try Workbook.bytes(title: plan.review.title, sheets: sheets)
    }
}

/// Why a table cannot be written in a form.
package enum TableFormatError: Error, Equatable, CustomStringConvertible {
    case noRecords(table: ReviewTable, format: TableFormat)

    package var description: String {
        switch self {
        case .noRecords(let table, let format):
            "\(format.rawValue) holds records, and the table \(table.rawValue) has none; it is for the tables "
                + ReviewTable.allCases.filter { $0.recordColumn != nil }.map(\.rawValue).joined(separator: ", ") + "."
        }
    }
}

extension Table {
    /// One object a row, its keys the columns.
    func ndjson() -> [UInt8] {
        var json = JSONWriter()
        for row in rows {
            json.object { json in
                for (column, cell) in zip(columns, row) {
                    switch cell {
                    case .text(let text): json.member(column, text)
                    case .integer(let value): json.member(column, value)
                    case .number(let value): json.member(column, value)
                    case .empty: json.member(column, String?.none)
                    }
                }
            }
            json.newline()
        }
        return json.bytes
    }
}

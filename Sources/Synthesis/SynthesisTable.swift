package import Interchange

/// A table of studies with metafor's columns, still as text: which columns are read depends on the measure.
package struct SynthesisTable: Sendable {
    struct Row: Sendable {
        var line: Int
        var slab: String
        var cells: DelimitedText.Row
    }

    let text: DelimitedText
    let rows: [Row]

    /// The columns that have a meaning here.
    private static let known = Set(Measure.allCases.flatMap { $0.columns.joined() } + ["yi", "vi", "slab"])

    /// - Throws: `SynthesisError.repeatedColumn`. Whether the columns suffice is known once a measure is chosen.
    package init(reading text: DelimitedText) throws(SynthesisError) {
        var seen: Set<String> = []
        for name in text.header.map({ Self.trimmed($0).lowercased() }) where Self.known.contains(name) {
            guard seen.insert(name).inserted else { throw .repeatedColumn(name) }
        }
        self.text = text
        let slab = text.column("slab")
        var rows: [Row] = []
        for (index, row) in text.rows.enumerated() {
            let name = row.cell(slab).map(Self.trimmed) ?? ""
            rows.append(Row(line: row.line, slab: name.isEmpty ? String(index + 1) : name, cells: row))
        }
        self.rows = rows
    }

    func has(_ columns: [String]) -> Bool { columns.allSatisfy { text.column($0) != nil } }

    /// A number of a row; nil where it is missing (an empty cell, `NA`, `NaN`, a lone point) or has no column.
    ///
    /// - Throws: `SynthesisError.notANumber`.
    func number(_ column: String, in row: Row) throws(SynthesisError) -> Double? {
        guard let index = text.column(column), let cell = row.cells.cell(index) else { return nil }
        let shown = Self.trimmed(cell)
        if ["", "NA", "na", "NaN", "nan", ".", "-"].contains(shown) { return nil }
        let isPlain = shown.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || [0x2E, 0x2B, 0x2D, 0x45, 0x65].contains(byte)
        }
        guard isPlain, let value = Double(shown), value.isFinite else {
            throw .notANumber(line: row.line, column: column, text: shown)
        }
        return value
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}

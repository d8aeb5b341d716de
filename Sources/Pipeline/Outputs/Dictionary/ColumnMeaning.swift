import Extraction
package import Interchange

/// What a column of a table holds: a row of the data dictionary, and the header that people read.
package struct ColumnMeaning: Hashable, Sendable {
    package enum Kind: String, Sendable { case text, number, integer }

    /// The column's name, the same in CSV, TSV and NDJSON.
    package var name: String
    /// What stands above the column where people read it.
    package var label: String
    package var kind: Kind
    package var unit: String?
    package var meaning: String
    /// The words that it may take; empty where the list is open.
    package var vocabulary: [String]

    /// `Infusion duration (min)`; a unit that the label names already is not said again.
    package var header: String {
        guard let unit, !label.lowercased().contains(unit.lowercased()) else { return label }
        return "\(label) (\(unit))"
    }
}

extension ReviewReading {
    /// The columns of a table, described.
    package func columns(of name: ReviewTable, _ table: Table) throws -> [ColumnMeaning] {
        let form = try plan.extractionForm()
        return table.columns.enumerated().map { index, column in
            if name == .included, let field = form.fields.first(where: { $0.id == column }) {
                return ColumnMeaning(field)
            }
            if name == .riskOfBias, !RiskOfBias.columns.contains(column) {
                return ColumnMeaning(
                    name: column, label: column, kind: table.kind(ofColumn: index),
                    meaning: "A column of the reviewers' own, kept as it is", vocabulary: [])
            }
            let words = ColumnWords.of(column, in: name)
            return ColumnMeaning(
                name: column, label: words.label, kind: table.kind(ofColumn: index), unit: words.unit,
                meaning: words.meaning, vocabulary: [])
        }
    }

    /// The data dictionary: every column of every table, and every field of the form.
    func dictionaryTable() throws -> Table {
        var dictionary = Self.emptyDictionary
        for field in try plan.extractionForm().fields { dictionary.append(ColumnMeaning(field), of: "form") }
        for name in ReviewTable.allCases where name != .dictionary {
            let table = try self.table(name)
            for column in try columns(of: name, table) { dictionary.append(column, of: name.rawValue) }
        }
        let own = ReviewTable.dictionary
        for column in try columns(of: own, dictionary) { dictionary.append(column, of: own.rawValue) }
        return dictionary
    }

    static var emptyDictionary: Table {
        Table(columns: ["table", "column", "label", "type", "unit", "words", "meaning"])
    }
}

extension Table {
    mutating func append(_ column: ColumnMeaning, of table: String) {
        rows.append([
            .text(table), .text(column.name), .text(column.label), .text(column.kind.rawValue),
            .optional(column.unit), .text(column.vocabulary.joined(separator: "; ")), .text(column.meaning),
        ])
    }

    /// What the cells of a column are; a column that is sometimes a number and sometimes several is text.
    func kind(ofColumn column: Int) -> ColumnMeaning.Kind {
        var kind: ColumnMeaning.Kind?
        for row in rows where column < row.count {
            switch row[column] {
            case .text: return .text
            case .number: kind = .number
            case .integer: kind = kind ?? .integer
            case .empty: continue
            }
        }
        return kind ?? .text
    }
}

extension ColumnMeaning {
    /// A field of the form, as it stands in the table of included reports.
    init(_ field: ExtractionForm.Field) {
        let kind: Kind =
            switch field.kind {
            case .number: .number
            case .integer: .integer
            case .text, .vocabulary: .text
            }
        let place =
            switch field.per {
            case .report: "of the report"
            case .arm: "one value an arm; the arm stands in brackets"
            case .outcome: "one value an arm, scale and time; these stand in brackets"
            }
        let isOpen = field.kind == .vocabulary && field.vocabulary.isEmpty
        let words = isOpen ? "; a word of the vocabulary of drugs, scales or the like" : ""
        self.init(
            name: field.id, label: field.label, kind: kind, unit: field.unit,
            meaning: "Field of the extraction form, \(place)\(words); several values are joined with a semicolon",
            vocabulary: field.vocabulary)
    }
}

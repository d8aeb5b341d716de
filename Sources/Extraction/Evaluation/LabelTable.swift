package import Interchange

/// What a person read in some records, field by field: the table that extraction is measured against.
///
///     record,field,arm,outcome,time,value,unit,demand,part
///     K0071,response,ketamine,,24,71,%,required,held-out
///
/// Every record of the table counts as read for every field of the table, so that a value where the person found none
/// is wrong. An empty `arm`, `outcome`, `time` or `unit` is not compared; `none` demands that there is none. Several
/// accepted values stand side by side as `saline|placebo`. An `optional` value is right if found and not missed if not.
/// A row with a record alone says that the record was read and states nothing.
package struct LabelTable: Sendable, Hashable {
    package struct Label: Sendable, Hashable {
        /// Whether a key is compared, and with what.
        package enum Key<Value: Sendable & Hashable>: Sendable, Hashable {
            case any, none
            case exactly(Value)
        }

        package var record: String
        package var field: String
        package var arm: Key<String> = .any
        package var outcome: Key<String> = .any
        /// Hours from the start of the infusion.
        package var time: Key<Double> = .any
        package var values: [ExtractedValue.Value]
        package var unit: String?
        package var isOptional = false
        /// 1-based line of the table.
        package var line: Int
    }

    /// In the order of the table, each once.
    package private(set) var records: [String] = []
    /// The fields that were read, in the order of the form.
    package private(set) var fields: [String] = []
    package private(set) var labels: [Label] = []

    /// Reads a table, or only those of its rows whose column `part` says `part`.
    ///
    /// - Throws: `LabelTableError` with everything that is wrong in it; a table is taken whole or not at all.
    package init(_ table: DelimitedText, part: String? = nil) throws(LabelTableError) {
        let columns = Columns(table)
        var problems: [LabelTableError.Problem] = columns.missing.map {
            .init(line: 1, message: "the column '\($0)' is missing; there are: \(table.header.joined(separator: ", "))")
        }
        if part != nil, columns.part == nil {
            problems.append(.init(line: 1, message: "the column 'part' is missing, by which rows were to be chosen"))
        }
        guard problems.isEmpty else { throw LabelTableError(problems: problems) }
        var seenRecords = Set<String>()
        var seenFields = Set<String>()
        var seen: [String: Int] = [:]
        for row in table.rows where part == nil || row.cell(columns.part) == part {
            do throws(RowProblem) {
                guard let record = row.cell(columns.record) else { throw RowProblem("the record's id is missing") }
                if seenRecords.insert(record).inserted { records.append(record) }
                guard let label = try Self.label(row, columns, record: record) else { continue }
                let key = row.cells.enumerated().filter { $0.offset != columns.part && $0.offset != columns.demand }
                    .map(\.element).joined(separator: "\u{1F}")
                if let first = seen.updateValue(row.line, forKey: key) {
                    throw RowProblem("the same value stands on line \(first); keep one of the two")
                }
                seenFields.insert(label.field)
                labels.append(label)
            } catch {
                problems.append(.init(line: row.line, message: error.message))
            }
        }
        if labels.isEmpty, problems.isEmpty {
            problems.append(
                .init(line: 1, message: part.map { "no row has '\($0)' in the column 'part'" } ?? "there are no values")
            )
        }
        guard problems.isEmpty else { throw LabelTableError(problems: problems) }
        fields = ExtractionForm.standardFields.map(\.id).filter(seenFields.contains)
    }

    private struct Columns {
        var record: Int?
        var field: Int?
        var value: Int?
        var arm: Int?
        var outcome: Int?
        var time: Int?
        var unit: Int?
        var demand: Int?
        var part: Int?

        init(_ table: DelimitedText) {
            record = table.column("record") ?? table.column("id")
            field = table.column("field")
            value = table.column("value")
            arm = table.column("arm")
            outcome = table.column("outcome")
            time = table.column("time")
            unit = table.column("unit")
            demand = table.column("demand")
            part = table.column("part")
        }

        var missing: [String] {
            [("record", record), ("field", field), ("value", value)].filter { $0.1 == nil }.map(\.0)
        }
    }

    private struct RowProblem: Error {
        var message: String
        init(_ message: String) { self.message = message }
    }

    private static func label(
        _ row: DelimitedText.Row, _ columns: Columns, record: String
    ) throws(RowProblem) -> Label? {
        guard let id = row.cell(columns.field) else {
            guard row.cell(columns.value) == nil else { throw RowProblem("the field of this value is missing") }
            return nil
        }
        guard let field = ExtractionForm.standardFields.first(where: { $0.id == id }) else {
            let known = ExtractionForm.standardFields.map(\.id).joined(separator: " ")
            throw RowProblem("unknown field '\(id)'; accepted are: \(known)")
        }
        guard let cell = row.cell(columns.value) else { throw RowProblem("the value of '\(id)' is missing") }
        var values: [ExtractedValue.Value] = []
        for word in cell.split(separator: "|", omittingEmptySubsequences: false) {
            values.append(try value(String(word), of: field))
        }
        let demand = row.cell(columns.demand) ?? "required"
        guard demand == "required" || demand == "optional" else {
            throw RowProblem("unknown demand '\(demand)'; accepted are: required optional")
        }
        return Label(
            record: record, field: id, arm: key(row.cell(columns.arm)), outcome: key(row.cell(columns.outcome)),
            time: try time(row.cell(columns.time)), values: values, unit: row.cell(columns.unit),
            isOptional: demand == "optional", line: row.line)
    }

    private static func value(
        _ word: String, of field: ExtractionForm.Field
    ) throws(RowProblem) -> ExtractedValue.Value {
        switch field.kind {
        case .number, .integer:
            guard let number = Double(word), number.isFinite else {
                throw RowProblem("'\(word)' is no number, and '\(field.id)' is one")
            }
            return .number(number)
        case .text, .vocabulary:
            guard !word.isEmpty else { throw RowProblem("an empty word in the value of '\(field.id)'") }
            guard field.vocabulary.isEmpty || field.vocabulary.contains(word) else {
                throw RowProblem(
                    "'\(word)' is no word of '\(field.id)'; accepted are: \(field.vocabulary.joined(separator: " "))")
            }
            return .text(word)
        }
    }

    private static func key(_ cell: String?) -> Label.Key<String> {
        guard let cell else { return .any }
        return cell == "none" ? .none : .exactly(cell)
    }

    private static func time(_ cell: String?) throws(RowProblem) -> Label.Key<Double> {
        guard let cell else { return .any }
        if cell == "none" { return .none }
        guard let hours = Double(cell), hours.isFinite, hours >= 0 else {
            throw RowProblem("'\(cell)' is no time; write hours from the start of the infusion, or none")
        }
        return .exactly(hours)
    }
}

/// Why a table of labels is refused: every line with what is wrong in it.
package struct LabelTableError: Error, Hashable {
    package struct Problem: Hashable, Sendable {
        package var line: Int
        package var message: String
    }

    package var problems: [Problem]
}

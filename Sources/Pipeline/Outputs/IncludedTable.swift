import Annotation
import Bibliography
import Extraction
import Interchange
import Store

extension ReviewReading {
    /// One row an included report, the reports of a study together: what it is, and one column a field of the form.
    ///
    /// A single number in the field's unit is a number. Where there are several values, or a value is of one arm, scale
    /// or time, the cell is a text that says so. The words that a cell rests on are its note.
    func includedTable() throws -> Table {
        let fields = try plan.extractionForm().fields
        let studies = try store.read { try $0.studies() }
        let values = Dictionary(
            try reviewedValues().map { ($0.report, $0.values.values) }, uniquingKeysWith: { a, _ in a })
        var studyOf: [RecordID: Study] = [:]
        for study in studies { for report in study.reports { studyOf[report] = study } }
        var table = Table(
            columns: ["studyLabel", "firstAuthor", "year", "title", "journal", "doi", "pmid", "study", "report"]
                + fields.map(\.id))
        let head = table.columns.count - fields.count
        let records = try includedRecords().sorted { a, b in
            func order(_ record: Record) -> (String, String, String) {
                let study = studyOf[record.id]
                return (study?.label ?? "", study?.id.rawValue ?? "", record.id.rawValue)
            }
            return order(a) < order(b)
        }
        for (row, record) in records.enumerated() {
            let study = studyOf[record.id]
            var cells: [TableCell] = [
                .optional(study?.label), .optional(record.authors.first?.displayName),
                .optional(record.published.year), .optional(record.title),
                .optional(record.journal.title ?? record.journal.abbreviation), .optional(record.doi?.text),
                .optional(record.pmid?.description), .optional(study?.id.rawValue), .text(record.id.rawValue),
            ]
            let own = (values[record.id] ?? []).filter(\.isApplied)
            for (column, field) in fields.enumerated() {
                let entries = own.filter { $0.value.field == field.id }
                cells.append(FieldCell(field, own.map(\.value)).cell)
                let note = entries.map(\.source).joined(separator: "\n")
                if !note.isEmpty { table.notes[.init(row: row, column: head + column)] = note }
            }
            table.rows.append(cells)
        }
        return table
    }
}

/// What stands in the table of included reports for one field.
private struct FieldCell {
    let field: ExtractionForm.Field
    let values: [ExtractedValue]
    /// Arm sizes, which turn events into fractions.
    let sizes: [ExtractedValue]

    init(_ field: ExtractionForm.Field, _ all: [ExtractedValue]) {
        self.field = field
        values = all.filter { $0.field == field.id }
        sizes = all.filter { $0.field == "armSize" }
    }

    var cell: TableCell {
        if values.count == 1, let only = values.first, only.number != nil, only.unit == field.unit,
            place(of: only).isEmpty
        {
            return only.value.cell
        }
        var texts: [String] = []
        for value in values {
            guard let shown = shown(value) else { continue }
            let place = self.place(of: value)
            let text = place.isEmpty ? shown : "\(place): \(shown)"
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.isEmpty ? .empty : .text(texts.joined(separator: "; "))
    }

    /// `13/21 (62 %)` for events with their number and share; nil for a share that stands with its events.
    private func shown(_ value: ExtractedValue) -> String? {
        let beside = values.filter { $0.place == value.place && $0.unit != value.unit }
        switch value.unit {
        case "%" where beside.contains { $0.unit == "events" }: return nil
        case "events":
            let size = sizes.first {
                $0.arm == value.arm && $0.dose == value.dose && $0.time == value.time && $0.outcome == value.sizeOutcome
            }
            let share = beside.first { $0.unit == "%" }.map { " (\($0.valueText))" } ?? ""
            return (size.map { "\(value.value.plainText)/\($0.value.plainText)" } ?? value.valueText) + share
        default: return value.unit == field.unit ? value.value.plainText : value.valueText
        }
    }

    /// `ketamine 0.5 mg/kg, MADRS, 24 h`.
    private func place(of value: ExtractedValue) -> String {
        let group =
            [value.arm, value.dose].compactMap(\.self).joined(separator: " ")
            + (value.comparator.map { " vs \($0)" } ?? "")
        // The outcome that an arm's size is the number for stands with that outcome.
        guard field.id != "armSize" else { return group }
        let hours = value.time.map { "\(ExtractedValue.Value.number($0).plainText) h" }
        return [group, value.outcome ?? "", hours ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension ReviewedValue {
    /// What it rests on: the quote with its place, or the person.
    fileprivate var source: String {
        let evidence = value.evidence
        var parts: [String] = []
        if !evidence.quote.isEmpty { parts.append("\"\(evidence.quote)\"") }
        if pointsIntoDocument {
            parts.append(evidence.field.rawValue + (evidence.section.map { "[\($0)]" } ?? ""))
        }
        return parts.joined(separator: " ") + standing + (note.map { ": \($0)" } ?? "")
    }
}

import Annotation
package import Bibliography
import Extraction
import Interchange
import Store

extension ReviewReading {
    /// The included reports' records, sorted by id.
    package func includedRecords() throws -> [Record] {
        try store.read { transaction in
            let included = Set(
                try transaction.ledger(stage: StageName.screen.rawValue).filter { $0.state == .advanced }.map(\.id))
            return try transaction.records().filter { included.contains($0.id) }.map { try $0.record }
        }
    }

    /// One row an included report: what it is, the study it belongs to, and one column a field of the form; several
    /// values of a field are joined with `; `.
    func includedTable() throws -> Table {
        let fields = try plan.extractionForm().fields
        let (extractions, studies) = try store.read { (try $0.extractions(), try $0.studies()) }
        let values = Dictionary(
            try extractions.map { ($0.report, try $0.values) }, uniquingKeysWith: { a, _ in a })
        var table = Table(
            columns: ["study", "studyLabel", "report", "firstAuthor", "year", "title", "journal", "doi", "pmid"]
                + fields.map(\.id))
        for record in try includedRecords() {
            let study = studies.first { $0.reports.contains(record.id) }
            var row: [TableCell] = [
                .optional(study?.id.rawValue), .optional(study?.label), .text(record.id.rawValue),
                .optional(record.authors.first?.displayName), .optional(record.published.year),
                .optional(record.title), .optional(record.journal.title ?? record.journal.abbreviation),
                .optional(record.doi?.text), .optional(record.pmid?.description),
            ]
            let own = values[record.id] ?? []
            for field in fields {
                var seen = Set<String>()
                let texts = own.filter { $0.field == field.id }.map(\.cellText).filter { seen.insert($0).inserted }
                row.append(texts.isEmpty ? .empty : .text(texts.joined(separator: "; ")))
            }
            table.rows.append(row)
        }
        return table
    }

    func studiesTable() throws -> Table {
        var table = Table(columns: ["study", "label", "reports", "reportIDs", "reasons"])
        for study in try store.read({ try $0.studies() }) {
            table.rows.append([
                .text(study.id.rawValue), .text(study.label), .integer(study.reports.count),
                .text(study.reports.map(\.rawValue).joined(separator: "; ")),
                .text(study.reasons.joined(separator: "; ")),
            ])
        }
        return table
    }

    func valuesTable() throws -> Table {
        var table = Table(columns: [
            "report", "field", "arm", "outcome", "time", "value", "unit", "text", "evidenceField", "section", "start",
            "end", "quote", "rule", "dose",
        ])
        for row in try store.read({ try $0.extractions() }) {
            for value in try row.values {
                let cell: TableCell =
                    switch value.value {
                    case .number(let number): .number(number)
                    case .text(let text): .text(text)
                    }
                table.rows.append([
                    .text(row.report.rawValue), .text(value.field), .optional(value.arm), .optional(value.outcome),
                    .optional(value.time), cell, .optional(value.unit), .text(value.text),
                    .text(value.evidence.field.rawValue), .optional(value.evidence.section),
                    .integer(value.evidence.start), .integer(value.evidence.end), .text(value.evidence.quote),
                    .text(value.evidence.rule), .optional(value.dose),
                ])
            }
        }
        return table
    }
}

extension ExtractedValue {
    /// The value as it stands in a cell: with unit, and with arm and time where it has them.
    fileprivate var cellText: String {
        let place = [arm, time.map { "\(TableCell.number($0).plainText) h" }].compactMap(\.self)
        return place.isEmpty ? valueText : "\(valueText) (\(place.joined(separator: ", ")))"
    }
}

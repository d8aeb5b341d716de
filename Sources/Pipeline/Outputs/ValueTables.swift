import Annotation
import Bibliography
import Extraction
import Interchange
import Store

extension ReviewReading {
    /// Every value as it stands, one a line, with the words it rests on. To be edited and handed to
    /// `sluice decide --values`: `key` names the value; decision, note and reviewer are the person's.
    func valuesTable() throws -> Table {
        var table = Table(columns: [
            "report", "studyLabel", "field", "arm", "dose", "comparator", "outcome", "time", "value", "unit", "text",
            "quote", "state", "by", "extracted", "decision", "note", "reviewer", "key", "evidenceField", "section",
            "start", "end", "rule", "place",
        ])
        let studies = try store.read { try $0.studies() }
        for (report, review) in try reviewedValues() {
            let label = studies.first { $0.reports.contains(report) }?.label
            for item in review.values {
                let value = item.value
                let evidence = item.pointsIntoDocument ? value.evidence : nil
                table.rows.append([
                    .text(report.rawValue), .optional(label), .text(value.field), .optional(value.arm),
                    .optional(value.dose), .optional(value.comparator), .optional(value.outcome), .optional(value.time),
                    value.value.cell,
                    .optional(value.unit), .text(value.text), .text(value.evidence.quote), .text(item.state.rawValue),
                    .text(item.by.joined(separator: "; ")), .optional(item.extracted?.valueText), .empty, .empty,
                    .empty, .text(item.key), .optional(evidence?.field.rawValue), .optional(evidence?.section),
                    .optional(evidence?.start), .optional(evidence?.end), .text(value.evidence.rule),
                    .optional(evidence?.place?.text),
                ])
            }
        }
        return table
    }

    /// What people say of values now, in columns that `sluice decide --values` takes in another workspace of the same
    /// review, with who, when and why; the lines of several people merge in git.
    func valueDecisionsTable() throws -> Table {
        var table = Table(columns: [
            "report", "field", "arm", "dose", "comparator", "outcome", "time", "value", "unit", "text", "quote",
            "extracted",
            "decision", "note", "reviewer", "consensus", "decidedAt", "key",
        ])
        let (rows, reports) = try store.read { (try $0.valueDecisions(), try $0.reports()) }
        let reportOf = Dictionary(
            reports.flatMap { report in report.records.map { ($0, report.id) } }, uniquingKeysWith: { a, _ in a })
        let byReport = Dictionary(grouping: rows) { reportOf[$0.record] ?? $0.record }
        for (report, rows) in byReport.sorted(by: { $0.key < $1.key }) {
            for row in ValueDecisionRow.standing(rows) {
                guard let statement = try ValueStatement(row), let value = statement.value ?? statement.extracted else {
                    continue
                }
                table.rows.append([
                    .text(report.rawValue), .text(value.field), .optional(value.arm), .optional(value.dose),
                    .optional(value.comparator), .optional(value.outcome), .optional(value.time), value.value.cell,
                    .optional(value.unit),
                    .text(value.text), .text(value.evidence.quote), .optional(statement.extracted?.valueText),
                    .text(statement.verdict.rawValue), .optional(row.note), .text(row.reviewer),
                    row.isConsensus ? .text("yes") : .empty, .text(row.decidedAt),
                    statement.verdict == .add ? .empty : .text(row.key),
                ])
            }
        }
        return table
    }

    /// Where a person's word and a later reading differ: what a person set, and what the rules read there now. Nothing
    /// of it is applied until a person takes it.
    func valueConflictsTable() throws -> Table {
        var table = Table(columns: [
            "report", "field", "arm", "dose", "comparator", "outcome", "time", "conflict", "value", "by", "note",
            "readNow", "quote",
            "key",
        ])
        for (report, review) in try reviewedValues() {
            for item in review.values {
                let conflict: String? =
                    switch item.state {
                    case .disputed: "reviewers differ"
                    case .later: "read later"
                    case .accepted, .corrected: item.isStillRead ? nil : "no longer read"
                    case .extracted, .added, .rejected: nil
                    }
                guard let conflict else { continue }
                let held = review.values.filter { $0.value.place == item.value.place && !$0.by.isEmpty }
                let own = item.state == .later ? held : [item]
                table.rows.append([
                    .text(report.rawValue), .text(item.value.field), .optional(item.value.arm),
                    .optional(item.value.dose), .optional(item.value.comparator), .optional(item.value.outcome),
                    .optional(item.value.time),
                    .text(conflict), .text((item.said.isEmpty ? own.map(\.held) : item.said).joined(separator: "; ")),
                    .text(Set(own.flatMap(\.by)).sorted().joined(separator: "; ")),
                    .optional(own.compactMap(\.note).last),
                    item.isStillRead ? .text((item.extracted ?? item.value).valueText) : .empty,
                    .text(item.value.evidence.quote), .text(item.key),
                ])
            }
        }
        return table
    }
}

/// What of the values waits for a person, in numbers.
struct ValuesOpen {
    let later: Int
    let disputed: Int
    let gone: Int

    init(_ reviews: [ValueReview]) {
        let values = reviews.flatMap(\.values)
        later = values.count { $0.state == .later }
        disputed = values.count { $0.state == .disputed }
        gone = values.count { [.accepted, .corrected].contains($0.state) && !$0.isStillRead }
    }

    var text: String? {
        let parts = [
            (later, "read after a person had spoken and not applied"), (disputed, "on which reviewers differ"),
            (gone, "set by a person and no longer read"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        guard !parts.isEmpty else { return nil }
        return "values: " + parts.joined(separator: ", ") + "; `sluice export value-conflicts` lists them"
    }
}

extension ReviewedValue {
    /// What a person holds of it.
    fileprivate var held: String { state == .rejected ? "rejected" : value.valueText }
}

extension ExtractedValue.Value {
    /// Typed: whole numbers stay whole.
    var cell: TableCell {
        switch self {
        case .text(let text): .text(text)
        case .number(let number):
            Int(exactly: number).map(TableCell.integer) ?? .number(number)
        }
    }
}

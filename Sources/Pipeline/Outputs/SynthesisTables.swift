package import Bibliography
import Interchange
import Store

extension ReviewReading {
    /// The included reports' records, sorted by id.
    package func includedRecords() throws -> [Record] {
        let screened = try store.read { try $0.ledger(stage: StageName.screen.rawValue) }
        let included = Set(screened.filter { $0.state == .advanced }.map(\.id))
        return try records().filter { included.contains($0.id) }
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
}

package import Bibliography
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

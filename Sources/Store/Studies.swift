package import Bibliography
import GRDB

extension StoreTransaction {
    /// Sorted by id; reports in the order in which they were written.
    package func studies() throws -> [Study] {
        var studies: [String: Study] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM study ORDER BY study, position") {
            let id: String = row["study"]
            let report = RecordID(row["report"] as String)
            if studies[id] == nil {
                studies[id] = Study(id: RecordID(id), label: row["label"], reports: [report], reasons: [])
            } else {
                studies[id]?.reports.append(report)
                studies[id]?.reasons.append(row["reason"] ?? "")
            }
        }
        return studies.values.sorted { $0.id < $1.id }
    }

    /// - Parameter links: why reports are, or may be, of one study; their kinds end in `Study`.
    package func replace(studies: [Study], links: [LinkRow]) throws {
        try db.execute(sql: "DELETE FROM study; DELETE FROM link WHERE kind LIKE '%Study'")
        try append(links: links)
        for study in studies {
            for (index, report) in study.reports.enumerated() {
                try db.execute(
                    sql: "INSERT INTO study (report, study, position, label, reason) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        report.rawValue, study.id.rawValue, index, study.label,
                        index > 0 && index - 1 < study.reasons.count ? study.reasons[index - 1] : nil,
                    ])
            }
        }
    }
}

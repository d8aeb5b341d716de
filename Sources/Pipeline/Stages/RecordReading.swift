package import Bibliography
import Foundation
import Retrieval
package import Store

extension StageContext {
    /// The records of these ids, in their order.
    ///
    /// - Throws: `RunError.damagedRow`.
    func records(_ ids: [RecordID]) throws -> [Record] {
        let rows = try store.read { try $0.records() }
        let byID = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        return try ids.map { id in
            guard let row = byID[id] else {
                throw RunError.damagedRow(table: "record", id: id.rawValue, cause: "it is not there")
            }
            return try row.record
        }
    }
}

extension StageContext {
    /// Reports with the ids that any of their records bears.
    func soughtReports(_ reports: [Report]) throws -> [SoughtReport] {
        let wanted = Set(reports.flatMap(\.records))
        let rows = try store.read { try $0.records() }.filter { wanted.contains($0.id) }
        let byID = Dictionary(try rows.map { ($0.id, try $0.record) }, uniquingKeysWith: { a, _ in a })
        return reports.map { report in SoughtReport(report.id, records: report.records.compactMap { byID[$0] }) }
    }

    /// The full texts that the stage `screen` found, from the archive.
    ///
    /// - Parameter reports: only of these; nil: of all.
    func fullTexts(of reports: Set<RecordID>? = nil) throws -> [RecordID: FoundText] {
        let used = try store.read { try $0.fullTexts() }.filter { row in
            guard row.state == .used, let report = row.report else { return false }
            return reports?.contains(report) ?? true
        }
        var texts: [RecordID: FoundText] = [:]
        for (answer, rows) in Dictionary(grouping: used, by: \.answer) {
            let articles = try FullTextArticle.all(in: archive.bytes(of: answer), answer: answer, name: rows[0].name)
            for row in rows {
                guard let report = row.report, row.position < articles.count else { continue }
                texts[report] = FoundText(text: articles[row.position].text, digest: row.digest)
            }
        }
        return texts
    }
}

extension RecordRow {
    /// The record that the row holds.
    package var record: Record {
        get throws {
            do {
                return try JSONDecoder().decode(Record.self, from: Data(json.utf8))
            } catch {
                throw RunError.damagedRow(table: "record", id: id.rawValue, cause: "\(error)")
            }
        }
    }
}

package import Bibliography
import Foundation
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

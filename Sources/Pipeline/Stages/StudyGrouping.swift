import Bibliography
import Deduplication

enum StudyGrouping {
    static func studies(of records: [Record], decisions: [String]) -> [Study] {
        records.map { Study(id: $0.id, label: $0.shortLabel, reports: [$0.id], reasons: []) }
    }
}

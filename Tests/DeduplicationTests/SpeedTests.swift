import Bibliography
import Deduplication
import Foundation
import Testing

/// The bar is 100,000 records in 10 seconds, on two cores in release; this runs a small part in any build and, with
/// `SLUICE_DEDUPLICATION_RECORDS=100000`, the whole.
@Suite("Speed", .serialized)
struct SpeedTests {
    @Test("synthetic records are joined as they were made, and the work grows with their number")
    func growth() {
        let wanted = ProcessInfo.processInfo.environment["SLUICE_DEDUPLICATION_RECORDS"].flatMap(Int.init) ?? 1200
        for size in [wanted / 10, wanted] {
            var source = SyntheticRecords()
            let (records, keys) = source.make(size)
            let clock = ContinuousClock()
            var result = DeduplicationResult()
            let time = clock.measure { result = Deduplicator().deduplicate(records) }
            print("\(size) records: \(time), \(result.reports.count) reports, \(result.review.count) for review")
            var keyOfReport: [Int: Int] = [:]
            var wrong = 0
            for (record, report) in result.reportOfRecord.enumerated() {
                if keyOfReport[report, default: keys[record]] != keys[record] { wrong += 1 }
                keyOfReport[report] = keys[record]
            }
            #expect(wrong == 0)
            #expect(result.reports.count <= Set(keys).count * 101 / 100)
        }
    }
}

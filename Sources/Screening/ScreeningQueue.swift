package import Annotation
package import Bibliography
import Dispatch
import Foundation
import Interchange
import Synchronization

/// What came of one record: enough to count it, and its line of NDJSON where it is to be printed.
package struct ScreenedRecord: Sendable {
    package var record: Record
    package var decision: Decision
    package var reason: String?
    /// With its line end; empty where the caller does not want it.
    package var line: [UInt8]
}

/// Judges records on all cores while more are being read, and hands the results over in the order of the records.
///
/// Reading is the work of one core. What has been read is judged by the others in batches, of which only a few are held
/// at a time, so that memory does not grow with the file.
package final class ScreeningQueue {
    private final class Batch: Sendable {
        let results = Mutex<[ScreenedRecord]>([])
        let isDone = DispatchSemaphore(value: 0)
    }

    private let work: @Sendable (Record) -> ScreenedRecord
    private let take: (ScreenedRecord) throws -> Void
    private let workers = DispatchQueue(label: "screening", attributes: .concurrent)
    private let mostBatches = ProcessInfo.processInfo.activeProcessorCount * 2
    private var reading: [Record] = []
    private var judging: [Batch] = []

    /// Large enough that handing out costs nothing, small enough that all cores end together.
    private static let batchSize = 128

    /// - Parameters:
    ///   - all: lines of excluded records are wanted too.
    ///   - take: gets each result, in the order of the records, on the caller's thread.
    package init(
        _ screener: Screener, _ annotator: Annotator, all: Bool, take: @escaping (ScreenedRecord) throws -> Void
    ) {
        work = { record in
            let document = Document(record)
            let judgement =
                all
                ? screener.judge(document, by: annotator)
                : screener.judgeUnlessExcluded(document, by: annotator)
            var json = JSONWriter()
            if all || judgement.decision != .exclude {
                judgement.writeJSON(id: record.id.rawValue, to: &json)
                json.newline()
            }
            return ScreenedRecord(
                record: record, decision: judgement.decision, reason: judgement.reason, line: json.bytes)
        }
        self.take = take
    }

    package func add(_ record: Record) throws {
        reading.append(record)
        if reading.count >= Self.batchSize { try handOut() }
    }

    /// Waits for what is still being judged.
    package func finish() throws {
        try handOut()
        while !judging.isEmpty { try takeFirst() }
    }

    private func handOut() throws {
        guard !reading.isEmpty else { return }
        let batch = Batch()
        let records = reading
        reading = []
        reading.reserveCapacity(Self.batchSize)
        judging.append(batch)
        workers.async { [work] in
            let results = records.map(work)
            batch.results.withLock { $0 = results }
            batch.isDone.signal()
        }
        while judging.count > mostBatches { try takeFirst() }
    }

    private func takeFirst() throws {
        let batch = judging.removeFirst()
        batch.isDone.wait()
        for result in batch.results.withLock({ $0 }) { try take(result) }
    }
}

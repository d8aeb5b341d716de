import Dispatch

/// A thread of its own for an actor whose work blocks: reading megabytes of XML, compressing, waiting for the disk.
/// The cooperative pool, which every other task shares, stays free of it.
final class BlockingExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "sluice.retrieval")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}

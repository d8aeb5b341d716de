import Foundation

/// Jobs done on every core; their results come in the order in which the jobs were given.
///
/// One thread gives jobs and takes results. Where it must wait for a result, it does a job meanwhile: a thread that sleeps
/// and is woken for every result leaves its core idle.
final class OrderedWork<Product: Sendable> {
    private let shared: Shared
    private let enough: Int

    /// - Parameter workers: threads besides the one that gives jobs and does some of them.
    init(workers: Int) {
        shared = Shared()
        enough = workers > 0 ? 4 * (workers + 1) : 0
        for _ in 0..<workers {
            let shared = shared
            let thread = Thread { shared.run() }
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    deinit { shared.close() }

    /// Jobs whose results were not taken yet.
    private(set) var count = 0

    /// Whether results should be taken before more jobs are given: so many keep every thread at work, and memory bounded.
    var isFull: Bool { count > enough }

    func add(_ job: @escaping @Sendable () -> Product) {
        count += 1
        shared.add(job)
    }

    /// The result of the oldest job; nil where no job is left.
    func next() -> Product? {
        guard count > 0 else { return nil }
        count -= 1
        return shared.takeNext()
    }

    /// What the threads share; every access is under the condition's lock.
    private final class Shared: @unchecked Sendable {
        private let condition = NSCondition()
        private var jobs: [(number: Int, job: @Sendable () -> Product)] = []
        private var results: [Int: Product] = [:]
        private var given = 0
        private var taken = 0
        private var isClosed = false

        func add(_ job: @escaping @Sendable () -> Product) {
            condition.lock()
            jobs.append((given, job))
            given += 1
            condition.broadcast()
            condition.unlock()
        }

        func takeNext() -> Product? {
            condition.lock()
            defer { condition.unlock() }
            while results[taken] == nil {
                if jobs.isEmpty { condition.wait() } else { doOne() }
            }
            taken += 1
            return results.removeValue(forKey: taken - 1)
        }

        func close() {
            condition.lock()
            isClosed = true
            jobs.removeAll()
            condition.broadcast()
            condition.unlock()
        }

        /// Does jobs as they come, until no more will.
        func run() {
            condition.lock()
            defer { condition.unlock() }
            while !isClosed {
                if jobs.isEmpty { condition.wait() } else { doOne() }
            }
        }

        /// Does the oldest job that waits. The lock is held before and after, and let go while the job is done.
        private func doOne() {
            let (number, job) = jobs.removeFirst()
            condition.unlock()
            let result = job()
            condition.lock()
            results[number] = result
            condition.broadcast()
        }
    }
}

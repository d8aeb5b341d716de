import Foundation

/// Jobs done on every core; their results come in the order in which the jobs were given.
///
/// One thread gives jobs and takes results; how many may wait between the two is its own affair.
final class OrderedWork<Product: Sendable> {
    private let shared: Shared
    private let hasWorkers: Bool

    /// - Parameter workers: threads besides the one that gives jobs; with none, that one does them too.
    init(workers: Int) {
        shared = Shared()
        hasWorkers = workers > 0
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

    func add(_ job: @escaping @Sendable () -> Product) {
        count += 1
        shared.add(job)
        if !hasWorkers { shared.runOne() }
    }

    /// The result of the oldest job, when it is there; nil where no job is left.
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
            while results[taken] == nil { condition.wait() }
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

        func run() {
            while runOne() {}
        }

        /// Does the next job when it is there; false where none will come.
        @discardableResult
        func runOne() -> Bool {
            guard let (number, job) = nextJob() else { return false }
            let result = job()
            condition.lock()
            results[number] = result
            condition.broadcast()
            condition.unlock()
            return true
        }

        private func nextJob() -> (number: Int, job: @Sendable () -> Product)? {
            condition.lock()
            defer { condition.unlock() }
            while jobs.isEmpty, !isClosed { condition.wait() }
            return isClosed ? nil : jobs.removeFirst()
        }
    }
}

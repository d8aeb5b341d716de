import Foundation

/// Several files read side by side, each on a thread of its own that inflates and cuts it; what comes of them is taken in
/// the order of the files, as if they were read one after the other.
///
/// A file whose turn has not come waits once enough of it was read, so that memory does not grow with it.
package struct FileLanes: Sendable {
    /// Threads that inflate are few beside those that read what was inflated.
    private static let mostLanes = 8
    /// Results that wait for their turn, over all files.
    private static let mostWaiting = 64

    private let readers: [@Sendable () -> RecordReader]
    private let lanes: Int
    /// Threads of each lane besides its own.
    private let workers: Int

    /// - Parameters:
    ///   - paths: in the order of the results; `-` is standard input.
    ///   - cores: to be kept at work.
    package init(paths: [String], format: RecordFormat? = nil, cores: Int) {
        readers = paths.map { path in { RecordReader(path: path, format: format) } }
        lanes = max(1, min(paths.count, cores, Self.mostLanes))
        workers = lanes == 1 ? cores - 1 : max(1, cores / lanes)
    }

    /// As `RecordReader.readBatches`, for all files.
    ///
    /// - Parameter emit: takes what was made, and the number of its file.
    /// - Throws: what opening a file throws, in that file's place, and what `emit` and `issue` throw.
    package func readBatches<Product: Sendable>(
        sieve: RecordSieve? = nil, work: @escaping @Sendable (RecordBatch) -> Product,
        emit: (Product, Int) throws -> Void, issue: (ReadingIssue) throws -> Void
    ) throws {
        if lanes == 1 {
            for (file, reader) in readers.enumerated() {
                try reader().readBatches(
                    workers: workers, sieve: sieve, work: work, emit: { try emit($0, file) }, issue: issue)
            }
            return
        }
        let table = LaneTable<Product>(files: readers.count, atMost: max(2, Self.mostWaiting / lanes))
        defer { table.giveUp() }
        for _ in 0..<lanes {
            let (readers, workers) = (readers, workers)
            let thread = Thread {
                while let file = table.takeFile() {
                    var failure: (any Error)?
                    do {
                        try readers[file]().readBatches(workers: workers, sieve: sieve, work: work) {
                            try table.add(.product($0), of: file)
                        } issue: {
                            try table.add(.issue($0), of: file)
                        }
                    } catch { failure = error }
                    table.end(file, failure)
                }
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        for file in readers.indices {
            while let event = try table.next(of: file) {
                switch event {
                case .product(let product): try emit(product, file)
                case .issue(let found): try issue(found)
                }
            }
        }
    }
}

/// What the lanes have read and nobody has taken yet; every access is under the condition's lock.
private final class LaneTable<Product: Sendable>: @unchecked Sendable {
    enum Event: Sendable {
        case product(Product)
        case issue(ReadingIssue)
    }

    /// Nobody takes the results any more.
    struct GivenUp: Error {}

    private struct File {
        var events: [Event] = []
        var hasEnded = false
        var failure: (any Error)?
    }

    private let condition = NSCondition()
    private var files: [File]
    private let atMost: Int
    private var filesTaken = 0
    private var hasGivenUp = false

    /// - Parameter atMost: events of one file that may wait.
    init(files: Int, atMost: Int) {
        self.files = Array(repeating: File(), count: files)
        self.atMost = atMost
    }

    // MARK: Lanes

    /// The next file that nobody reads yet; nil where there is none.
    func takeFile() -> Int? {
        condition.withLock {
            guard !hasGivenUp, filesTaken < files.count else { return nil }
            filesTaken += 1
            return filesTaken - 1
        }
    }

    /// Waits while too much of the file waits.
    func add(_ event: Event, of file: Int) throws {
        condition.lock()
        defer { condition.unlock() }
        while files[file].events.count >= atMost, !hasGivenUp { condition.wait() }
        if hasGivenUp { throw GivenUp() }
        files[file].events.append(event)
        condition.broadcast()
    }

    func end(_ file: Int, _ failure: (any Error)?) {
        condition.withLock {
            files[file].hasEnded = true
            files[file].failure = failure
            condition.broadcast()
        }
    }

    // MARK: The thread that takes

    /// The next event of a file; nil at its end.
    func next(of file: Int) throws -> Event? {
        condition.lock()
        defer { condition.unlock() }
        while files[file].events.isEmpty, !files[file].hasEnded { condition.wait() }
        guard files[file].events.isEmpty else {
            condition.broadcast()
            return files[file].events.removeFirst()
        }
        if let failure = files[file].failure { throw failure }
        return nil
    }

    func giveUp() {
        condition.withLock {
            hasGivenUp = true
            condition.broadcast()
        }
    }
}

import Dispatch

/// Work on every core whose result does not depend on how it was shared out.
enum Parallel {
    /// `body` of 0..<count, in order.
    static func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        guard count > 1 else { return (0..<max(0, count)).map(body) }
        let results = Results<Value>(count: count)
        DispatchQueue.concurrentPerform(iterations: count) { results.set($0, body($0)) }
        return results.take()
    }

    /// Every place is written once, by the one call that owns it, before anything is read.
    private final class Results<Value>: @unchecked Sendable {
        private let storage: UnsafeMutableBufferPointer<Value?>

        init(count: Int) {
            storage = .allocate(capacity: count)
            storage.initialize(repeating: nil)
        }

        deinit {
            storage.deinitialize()
            storage.deallocate()
        }

        func set(_ index: Int, _ value: Value) { storage[index] = value }
        func take() -> [Value] { storage.compactMap { $0 } }
    }
}

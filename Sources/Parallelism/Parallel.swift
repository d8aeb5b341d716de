import Dispatch
import Synchronization

/// Work on every core whose results do not depend on how it was shared out, nor on which core was quicker.
package enum Parallel {
    /// `transform` of every item, in the order of the items. For work that is the same for every item and knows of no
    /// other.
    package static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ transform: @Sendable (Item) -> Result
    ) -> [Result] {
        guard items.count > 2 * smallestPart else { return items.map(transform) }
        let size = max(smallestPart, items.count / partsAtMost)
        return map(items.count, by: size) { range in items[range].map(transform) }.flatMap(\.self)
    }

    /// `body` of consecutive ranges of `size` (the last may be shorter) that together are `0..<count`, in order. For
    /// work that keeps something from one place to the next.
    package static func map<Result: Sendable>(
        _ count: Int, by size: Int, _ body: @Sendable (Range<Int>) -> Result
    ) -> [Result] {
        let ranges = stride(from: 0, to: count, by: max(1, size)).map { $0..<min($0 + max(1, size), count) }
        guard ranges.count > 1 else { return ranges.map(body) }
        let done = Mutex<[Result?]>(Array(repeating: nil, count: ranges.count))
        DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
            let result = body(ranges[number])
            done.withLock { $0[number] = result }
        }
        return done.withLock { results in results.compactMap(\.self) }
    }

    /// Below this the handing out costs more than it gains.
    private static let smallestPart = 16
    /// Enough for any number of cores to end together.
    private static let partsAtMost = 64
}

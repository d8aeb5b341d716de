import Dispatch
import Synchronization

/// Work that is the same for every item and knows of no other, on all cores.
package enum Parallel {
    /// The results in the order of the items, whatever core was quicker.
    package static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ transform: @Sendable (Item) -> Result
    ) -> [Result] {
        guard items.count > 2 * smallestPart else { return items.map(transform) }
        let size = max(smallestPart, items.count / partsAtMost)
        let starts = Array(stride(from: 0, to: items.count, by: size))
        let done = Mutex<[Int: [Result]]>([:])
        DispatchQueue.concurrentPerform(iterations: starts.count) { number in
            let part = items[starts[number]..<min(starts[number] + size, items.count)].map(transform)
            done.withLock { $0[number] = part }
        }
        return done.withLock { parts in starts.indices.flatMap { parts[$0] ?? [] } }
    }

    /// Below this the handing out costs more than it gains.
    private static let smallestPart = 16
    /// Enough for any number of cores to end together.
    private static let partsAtMost = 64
}

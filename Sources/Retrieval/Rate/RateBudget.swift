/// When the next request may go out, given when the last ones did. A pure value: no clock, no file, no sleep.
///
/// The service counts arrivals, we count departures, and the way takes time: a request that was held up on its way and
/// three that were not can fall into one second there, though not here. So a request counts from when it has surely
/// arrived: when its answer began, less what even the quickest answer of late took beyond `ordinaryDelay`. With a
/// steady way the window is at most 1.10 s long, which keeps more than 90 % of the allowed rate.
package struct RateBudget: Hashable, Sendable {
    /// Requests in any one-second window: 3 without an API key, 10 with one (NCBI's usage guidelines).
    package var limit: Int
    /// Nanoseconds; one second for all but slow sources.
    package var window: UInt64
    package static let window: UInt64 = 1_000_000_000
    package static let margin: UInt64 = 20_000_000
    /// How much of the time that even the quickest answer takes may be the way there; the rest is the service's work.
    package static let ordinaryDelay: UInt64 = 80_000_000
    /// The most; what an answer takes beyond that, the service spent on it.
    package static let greatestDelay: UInt64 = 1_000_000_000
    /// A request without an answer may still be on its way: it counts as of now for this long, whatever holds it up (a
    /// connection to be made, a busy machine). After that the service has it, or its process is dead.
    package static let longestWay: UInt64 = 2_000_000_000

    package init(limit: Int, window: UInt64 = RateBudget.window) {
        self.limit = max(1, limit)
        self.window = min(window, 5 * Self.window)
    }

    package init(hasKey: Bool) { self.init(limit: hasKey ? 10 : 3) }

    /// From when a request counts whose answer has not begun.
    package static func countedFrom(bookedAt: UInt64, now: UInt64) -> UInt64 {
        max(bookedAt, min(now, bookedAt + longestWay))
    }

    /// Answers to look back on: of so many in a row hardly all were held up on their way.
    package static let remembered = 8

    /// What even the quickest of the last answers took; 0, the careful assumption, until there are enough of them. (Two
    /// held-up requests at the beginning once passed for a slow service, and counted too early.)
    package static func quickest(of latencies: [UInt64]) -> UInt64 {
        latencies.count < remembered ? 0 : latencies.suffix(remembered).min() ?? 0
    }

    /// The same once the answer has begun.
    ///
    /// - Parameter quickest: what even the quickest of the last answers took, by `quickest(of:)`.
    package static func countedFrom(sentAt: UInt64, answeredAt: UInt64, quickest: UInt64) -> UInt64 {
        guard answeredAt > sentAt else { return sentAt + ordinaryDelay }
        let work = quickest > ordinaryDelay ? quickest - ordinaryDelay : 0
        let took = answeredAt - sentAt
        return sentAt + min(took > work ? took - work : 0, greatestDelay)
    }

    package enum Decision: Hashable, Sendable {
        case go
        /// Nanoseconds to wait, then ask again.
        case wait(UInt64)
    }

    /// - Parameters:
    ///   - counted: when the last requests count from, in any order; those in a far future are from before a restart
    ///     of the machine and are ignored.
    ///   - notBefore: when a `Retry-After` ends; 0 for none.
    package func decision(counted: [UInt64], notBefore: UInt64, now: UInt64) -> Decision {
        if notBefore > now { return .wait(notBefore - now) }
        let length = window + Self.margin
        let recent = counted.filter { $0 <= now + length && $0 + length > now }.sorted()
        guard recent.count >= limit else { return .go }
        // The request that must leave the window before another may enter it.
        return .wait(recent[recent.count - limit] + length - now)
    }
}

/// Whether and when to ask again. A pure value: the service loop sleeps, this decides.
package struct RetryPolicy: Hashable, Sendable {
    /// Why the last try brought nothing.
    package enum Reason: Hashable, Sendable {
        /// No connection at all.
        case unreachable
        /// An answer that time may mend: 5xx, an outage page, a cut transfer, a backend error.
        case transient
        /// 429, with the service's `Retry-After` in seconds where it gave one.
        case limited(retryAfter: Int?)
    }

    package enum Decision: Hashable, Sendable {
        /// Nanoseconds to wait.
        case again(after: UInt64)
        case giveUp
        /// The service asks for more patience than we have: seconds.
        case tooLong(Int)
    }

    /// Tries of one request, the first included.
    package var tries = 5
    package var triesWithoutConnection = 4
    /// The longest `Retry-After` that is sat out, seconds.
    package var patience = 90

    package init() {}

    /// - Parameter failures: failed tries of this request so far, at least 1.
    package func decision(after reason: Reason, failures: Int) -> Decision {
        let tries = reason == .unreachable ? triesWithoutConnection : self.tries
        if case .limited(let retryAfter?) = reason, retryAfter > patience { return .tooLong(retryAfter) }
        guard failures < tries else { return .giveUp }
        let doublings = UInt64(1) << UInt64(min(max(failures - 1, 0), 4))
        switch reason {
        case .unreachable: return .again(after: 500_000_000 * doublings)
        case .transient: return .again(after: 500_000_000 * doublings)
        case .limited(let retryAfter):
            // Without a number: 1, 2, 4 ... s; the header says whole seconds, so a little more is on the safe side.
            guard let retryAfter else { return .again(after: 1_000_000_000 * doublings) }
            return .again(after: UInt64(max(0, retryAfter)) * 1_000_000_000 + 50_000_000)
        }
    }

    /// `Retry-After` in seconds: a number, or an HTTP date (RFC 9110, 10.2.3) compared with the answer's time.
    package static func seconds(retryAfter value: String?, now: Int) -> Int? {
        guard let value else { return nil }
        let text = value.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return min(Int(text) ?? 86_400, 86_400)
        }
        return httpDate(text).map { min(max(0, $0 - now), 86_400) }
    }

    /// Seconds since 1970 of an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"), nil for anything else.
    static func httpDate(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]), (1970...9999).contains(year)
        else { return nil }
        let parts = words[4].split(separator: ":").compactMap { Int($0) }
        guard parts.count == 3, parts.allSatisfy({ (0...60).contains($0) }) else { return nil }
        let days = CivilDate(year: year, month: month + 1, day: day).daysSince1970
        return days * 86_400 + parts[0] * 3600 + parts[1] * 60 + parts[2]
    }
}

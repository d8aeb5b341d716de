import Foundation
import Transfer

/// Time as retrieval sees it: injected, so that waiting is tested without waiting.
package struct RetrievalClock: Sendable {
    /// Nanoseconds of a clock that is common to all processes of this machine and is never set back.
    package var now: @Sendable () -> UInt64
    /// Seconds since 1970 (UTC): only ever printed and archived.
    package var wallSeconds: @Sendable () -> Int
    /// Suspends for that many nanoseconds; throws `CancellationError`.
    package var sleep: @Sendable (UInt64) async throws -> Void

    package init(
        now: @escaping @Sendable () -> UInt64, wallSeconds: @escaping @Sendable () -> Int,
        sleep: @escaping @Sendable (UInt64) async throws -> Void
    ) {
        self.now = now
        self.wallSeconds = wallSeconds
        self.sleep = sleep
    }

    package static let system = RetrievalClock(
        now: { monotonicNanoseconds() },
        wallSeconds: { Int(time(nil)) },
        sleep: { try await Task.sleep(nanoseconds: $0) })
}

/// `2026-11-01T09:30:00Z` from seconds since 1970. No calendar, time zone or locale of this machine has a say.
package func iso8601(_ seconds: Int) -> String {
    let days = floorDivide(seconds, 86_400)
    let second = seconds - days * 86_400
    let date = CivilDate(daysSince1970: days)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)-\(two(date.month))-\(two(date.day))T\(two(second / 3600)):\(two(second / 60 % 60))"
        + ":\(two(second % 60))Z"
}

/// A day of the Gregorian calendar.
struct CivilDate: Hashable {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Counts in years that begin on 1 March, where the leap day comes last: 400 of them have 146,097 days.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

private func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }

/// A day, month or year as written, `2019-01-04`; what is left out is left open.
package struct CalendarDate: Sendable, Hashable, Codable {
    package var year: Int
    package var month: Int?
    package var day: Int?

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let widths = [4, 2, 2]
        guard (1...3).contains(parts.count),
            zip(parts, widths).allSatisfy({ $0.utf8.count == $1 && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, (1500...2999).contains(numbers[0]) else { return nil }
        year = numbers[0]
        month = numbers.count > 1 ? numbers[1] : nil
        day = numbers.count > 2 ? numbers[2] : nil
        if let month {
            guard (1...12).contains(month) else { return nil }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            if let day, !(1...days).contains(day) { return nil }
        }
    }

    /// `2019-01-04`.
    package var text: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return ([String(year)] + [month, day].compactMap { $0.map(two) }).joined(separator: "-")
    }

    /// Whether even the first day of this date comes after the last day of the other.
    package func isAfter(_ other: CalendarDate) -> Bool {
        (year, month ?? 1, day ?? 1) > (other.year, other.month ?? 12, other.day ?? 31)
    }

    /// Whether a text is a date, or a time such as `2026-11-27T09:30:00Z`.
    package static func isDateOrTime(_ text: String) -> Bool { CalendarDate(text) != nil || isTime(text) }

    /// Whether a text is a time in UTC to the second, as ISO 8601 has it: `2026-11-27T09:30:00Z`.
    package static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(String(parts[0])), date.day != nil, parts[1].hasSuffix("Z")
        else { return false }
        let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        return clock.count == 3
            && zip(clock, [24, 60, 60]).allSatisfy { part, end in
                part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && (Int(part).map { $0 < end } ?? false)
            }
    }
}

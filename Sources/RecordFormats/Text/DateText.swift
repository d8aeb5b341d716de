package import Bibliography

/// Dates of publication in the spellings of reference formats.
package enum DateText {
    /// `2019/10/05/`, `2019-10`, `2019 Oct 5`, `Oct 2019`, `MAR 15`, `2000 Spring`, `2009 Nov-Dec`, `19 Oct`. The year
    /// is the first number of four digits; a range of months has no month.
    package static func parse(_ raw: String) -> PublicationDate {
        var date = PublicationDate(raw: FieldText.plain(raw))
        // What stands in brackets is another date: `2018 Sep (Epub 2018 Jun 11)`.
        let head = raw.prefix(200)
        let stated = head.hasPrefix("(") ? head : head.prefix { $0 != "(" }
        let words = stated.split { !$0.isLetter && !$0.isNumber }.flatMap { unglued($0) }
        let yearIndex = words.firstIndex { isYear($0) }
        date.year = yearIndex.flatMap { Int(words[$0].prefix(4)) }
        let season = words.compactMap { Self.season($0) }
        date.season = season.count == 1 ? season.first : nil
        let months = words.compactMap { Self.month($0) }
        if months.count == 1 {
            date.month = months.first
            let days = words.filter { dayNumber($0) != nil }
            // A range of days has no day: `4-8 Aug. 2020`.
            let isRange = days.count > 1 && raw.contains("\(days[0])-\(days[1])")
            date.day = isRange ? nil : days.first.flatMap { dayNumber($0) }
        } else if months.isEmpty, let yearIndex, words[yearIndex].utf8.count == 4 {
            let numbers = words[(yearIndex + 1)...].map { Int($0) }
            if yearIndex > 0 {
                (date.month, date.day) = beforeYear(words[..<yearIndex])
            } else if let first = numbers.first, let month = first, (1...12).contains(month),
                follows(words[1], words[0], in: raw), words[1].utf8.count <= 2
            {
                date.month = month
                if numbers.count > 1, let day = numbers[1], (1...31).contains(day), follows(words[2], words[1], in: raw)
                {
                    date.day = day
                }
            }
        } else if months.isEmpty, yearIndex == nil, words.count == 2, follows(words[1], words[0], in: raw) {
            // `03/30` beside a year of its own (RefWorks).
            (date.month, date.day) = beforeYear(words[...])
        } else if months.isEmpty, let yearIndex, words[yearIndex].utf8.count == 8 {
            date.month = Int(words[yearIndex].dropFirst(4).prefix(2)).flatMap { (1...12).contains($0) ? $0 : nil }
            date.day = Int(words[yearIndex].suffix(2)).flatMap { (1...31).contains($0) ? $0 : nil }
        }
        return date
    }

    /// Year, month and day of two values of one entry, the second telling what the first leaves out: `2014` and `Dec`.
    package static func merged(_ first: String?, _ second: String?) -> PublicationDate {
        guard let first, !first.isEmpty else { return second.map(parse) ?? PublicationDate() }
        var date = parse(first)
        guard let second, !second.isEmpty, first != second else { return date }
        let more = parse(second)
        if date.year == nil { return more.year == nil ? date : more }
        guard date.month == nil, date.season == nil, more.year == nil || more.year == date.year else { return date }
        date.month = more.month
        date.day = more.day
        date.season = more.season
        if more.year != nil {
            date.raw = more.raw
        } else if more.month != nil || more.season != nil || !second.isEmpty {
            date.raw = [date.raw, more.raw].compactMap { $0 }.joined(separator: " ")
        }
        return date
    }

    /// `20200102`, `2020/01/02 10:00`, `2020-01-02` as `2020-01-02`; nil where a part is missing.
    package static func isoDay(_ raw: String) -> String? {
        let digits = raw.utf8.prefix { $0 != 0x20 }.filter { (0x30...0x39).contains($0) }
        guard digits.count == 8 else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }

    /// 1...12 for an English month name of three letters or more.
    package static func month(_ word: some StringProtocol) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        let lowered = word.lowercased()
        return monthNames.firstIndex { $0.hasPrefix(lowered) || (lowered == "sept" && $0 == "september") }.map {
            $0 + 1
        }
    }

    package static let monthAbbreviations = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static let monthNames = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// `Jun2023` and `Spring2023` (EBSCO) in two words.
    private static func unglued(_ word: Substring) -> [Substring] {
        guard let digit = word.firstIndex(where: \.isNumber), digit > word.startIndex, isYear(word[digit...]),
            month(word[..<digit]) != nil || season(word[..<digit]) != nil
        else { return [word] }
        return [word[..<digit], word[digit...]]
    }

    /// Whether one separator stands between them: an empty place, as in `2018//10/`, is no month.
    private static func follows(_ word: Substring, _ before: Substring, in raw: String) -> Bool {
        let between = raw[before.endIndex..<word.startIndex]
        return between == "/" || between == "-" || between == "."
    }

    /// Month and day of `06/2006`, `6/15/2023` and `15.06.2023`; neither where day and month cannot be told apart.
    private static func beforeYear(_ words: ArraySlice<Substring>) -> (month: Int?, day: Int?) {
        let numbers = words.compactMap { $0.utf8.count <= 2 ? Int($0) : nil }
        guard numbers.count == words.count, let first = numbers.first else { return (nil, nil) }
        if numbers.count == 1 { return ((1...12).contains(first) ? first : nil, nil) }
        guard numbers.count == 2, let second = numbers.last, (1...31).contains(first), (1...31).contains(second) else {
            return (nil, nil)
        }
        if first == second, first <= 12 { return (first, second) }
        if first <= 12, second > 12 { return (first, second) }
        if first > 12, second <= 12 { return (second, first) }
        return (nil, nil)
    }

    private static func season(_ word: some StringProtocol) -> String? {
        ["spring", "summer", "autumn", "fall", "winter"].contains(word.lowercased()) ? String(word) : nil
    }

    private static func isYear(_ word: Substring) -> Bool {
        (word.utf8.count == 4 || word.utf8.count == 8) && word.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func dayNumber(_ word: Substring) -> Int? {
        guard word.utf8.count <= 2, let day = Int(word), (1...31).contains(day) else { return nil }
        return day
    }
}

/// Serial numbers.
package enum SerialNumber {
    /// The first ISSN of a text, with its hyphen: `22267190`, `0306-4530 (ISSN)`; nil for a text without one, such
    /// as an ISBN.
    package static func issn(_ text: String) -> String? {
        for written in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "-" }) {
            // ERIC writes which of them it is, and what it is: `E2196-7822`, `ISSN-2196-7822`.
            let isMarked = written.utf8.count > 8 && (written.hasPrefix("E") || written.hasPrefix("P"))
            let whole = written.hasPrefix("ISSN-") ? written.dropFirst(5) : isMarked ? written.dropFirst() : written
            // Several run together, as some exports print them: `0300-90841638-6183`.
            let isRow = whole.utf8.count > 9 && whole.utf8.count.isMultiple(of: 9) && whole.contains("-")
            let word = isRow ? whole.prefix(9) : whole
            let compact = word.utf8.filter { $0 != 0x2D }
            guard compact.count == 8, word.utf8.count == 8 || word.utf8.dropFirst(4).first == 0x2D,
                compact.dropLast().allSatisfy({ (0x30...0x39).contains($0) }),
                let check = compact.last, (0x30...0x39).contains(check) || check == 0x58 || check == 0x78
            else { continue }
            let digits = String(decoding: compact, as: UTF8.self).uppercased()
            return "\(digits.prefix(4))-\(digits.suffix(4))"
        }
        return nil
    }
}

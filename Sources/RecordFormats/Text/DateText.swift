package import Bibliography

/// Dates of publication in the spellings of reference formats.
package enum DateText {
    /// `2019/10/05/`, `2019-10`, `2019 Oct 5`, `Oct 2019`, `MAR 15`, `2000 Spring`, `2009 Nov-Dec`, `19 Oct`. The year
    /// is the first number of four digits; a range of months has no month.
    package static func parse(_ raw: String) -> PublicationDate {
        var date = PublicationDate(raw: FieldText.plain(raw))
        let words = raw.split { !$0.isLetter && !$0.isNumber }
        let yearIndex = words.firstIndex { isYear($0) }
        date.year = yearIndex.flatMap { Int(words[$0].prefix(4)) }
        let season = words.compactMap { Self.season($0) }
        date.season = season.count == 1 ? season.first : nil
        let months = words.compactMap { Self.month($0) }
        if months.count == 1 {
            date.month = months.first
            date.day = words.compactMap { dayNumber($0) }.first
        } else if months.isEmpty, let yearIndex, words[yearIndex].utf8.count == 4 {
            let numbers = words[(yearIndex + 1)...].map { Int($0) }
            let separators = raw.utf8.filter { $0 == 0x2F || $0 == 0x2D || $0 == 0x2E }.count
            if separators > 0, words[..<yearIndex].isEmpty, let first = numbers.first, let month = first,
                (1...12).contains(month), words[yearIndex + 1].utf8.count <= 2
            {
                date.month = month
                if numbers.count > 1, let day = numbers[1], (1...31).contains(day) { date.day = day }
            }
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
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "-" }) {
            // Several run together, as some exports print them: `0300-90841638-6183`.
            let isRow = word.utf8.count > 9 && word.utf8.count.isMultiple(of: 9) && word.contains("-")
            let word = isRow ? word.prefix(9) : word
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

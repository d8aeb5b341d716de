import Bibliography

/// The parts of a date as PubMed gives them, before they are understood.
struct PubMedDateParts {
    var year: String?
    var month: String?
    var day: String?
    var season: String?
    var medlineDate: String?

    /// `JournalIssue/PubDate` or `Book/PubDate`. `raw` keeps the source's wording.
    var publicationDate: PublicationDate {
        if let medlineDate, year == nil { return Self.reading(medlineDate) }
        var raw = ""
        func add(_ part: String?) {
            guard let part else { return }
            if !raw.isEmpty { raw += " " }
            raw += part
        }
        add(year)
        add(month)
        add(day)
        add(season)
        return PublicationDate(
            year: year.flatMap(Self.year), month: month.flatMap(Self.month), day: day.flatMap(Self.day),
            season: season, raw: raw.isEmpty ? medlineDate : raw)
    }

    /// A `MedlineDate` is free text: "2009 Nov-Dec", "1998 Dec-1999 Jan", "2000 Spring". Its year is the first number
    /// of four digits; month and day are read only where nothing else is said ("2015 Oct", "2015 Oct 7").
    static func reading(_ text: String) -> PublicationDate {
        var date = PublicationDate(year: firstYear(text), raw: text)
        let words = text.split(separator: " ")
        guard date.year != nil, words.count == 2 || words.count == 3, year(words[0]) != nil, let month = month(words[1])
        else { return date }
        if words.count == 3 {
            guard let day = day(words[2]) else { return date }
            date.day = day
        }
        date.month = month
        return date
    }

    private static func firstYear(_ text: String) -> Int? {
        var digits: [UInt8] = []
        for byte in Array(text.utf8) + [0x20] {
            if byte >= 0x30, byte <= 0x39 {
                digits.append(byte)
            } else {
                if digits.count == 4 { return Int(String(decoding: digits, as: UTF8.self)) }
                digits.removeAll()
            }
        }
        return nil
    }

    /// Four digits.
    static func year(_ text: some StringProtocol) -> Int? {
        text.utf8.count == 4 ? number(text, in: 1...9999) : nil
    }

    static func day(_ text: some StringProtocol) -> Int? { number(text, in: 1...31) }

    /// A number or an English name of which the first three letters are enough.
    static func month(_ text: some StringProtocol) -> Int? {
        if let number = number(text, in: 1...12) { return number }
        let word = text.lowercased()
        guard let index = shortMonths.firstIndex(of: String(word.prefix(3))),
            months[index].hasPrefix(word) || word == "sept"
        else { return nil }
        return index + 1
    }

    private static let shortMonths = months.map { String($0.prefix(3)) }
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// At most four digits.
    private static func number(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Int? {
        guard let number = digits(text.utf8), range.contains(number) else { return nil }
        return number
    }

    /// The number that at most four digits make; nil for anything else, 0 for nothing.
    static func digits(_ bytes: some Collection<UInt8>) -> Int? {
        guard bytes.count <= 4 else { return nil }
        var number = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = 10 * number + Int(byte - 0x30)
        }
        return number
    }
}

/// The day on which something happened to a record, as PubMed gives it. What is said twice counts the first time, even
/// where it is no date; that is kept as 0.
struct PubMedDay {
    private var year: Int?
    private var month: Int?
    private var day: Int?

    mutating func take(_ text: String, at place: PubMedPlace) {
        switch place {
        case .yearOfDay: year = year ?? PubMedDateParts.year(text) ?? 0
        case .monthOfDay: month = month ?? PubMedDateParts.month(text) ?? 0
        default: day = day ?? PubMedDateParts.day(text) ?? 0
        }
    }

    /// As nearly all are given: by digits alone. No text is made of them.
    ///
    /// - Returns: whether they are digits alone; else nothing was taken.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, at place: PubMedPlace) -> Bool {
        guard !bytes.isEmpty, let number = PubMedDateParts.digits(bytes) else { return false }
        switch place {
        case .yearOfDay: year = year ?? (bytes.count == 4 ? number : 0)
        case .monthOfDay: month = month ?? (number <= 12 ? number : 0)
        default: day = day ?? (number <= 31 ? number : 0)
        }
        return true
    }

    /// `YYYY-MM-DD`, shorter where month or day are missing; nil without a year.
    var text: String? {
        guard let year, year > 0 else { return nil }
        return String(unsafeUninitializedCapacity: 10) { bytes in
            func write(_ number: Int, from start: Int, to end: Int) {
                var rest = number
                for place in (start..<end).reversed() {
                    bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
            }
            write(year, from: 0, to: 4)
            guard let month, month > 0 else { return 4 }
            bytes[4] = UInt8(ascii: "-")
            write(month, from: 5, to: 7)
            guard let day, day > 0 else { return 7 }
            bytes[7] = UInt8(ascii: "-")
            write(day, from: 8, to: 10)
            return 10
        }
    }
}

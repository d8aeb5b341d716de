import Bibliography

/// Records with plain and with hostile texts, the same for the same seed.
struct GeneratedRecords {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func number(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(max(1, count)))
    }

    mutating func pick<T>(_ items: [T]) -> T { items[number(items.count)] }

    private static let words = [
        "ketamine", "a", "trial", "in", "adults", "and", "ER", "TY", "p < 0.05", "50%", "μg/kg", "Ångström", "naïve",
        "—", "--",
        "''", "``", "\"quoted\"", "it's", "=1+1", "-5", "+x", "@home", "'=x", "a;b", "a, b", "{braced", "un}braced",
        "\\alpha",
        "$5", "~x", "_low_", "^up", "#1", "&amp;", "<not a tag>", "TI  - x", "ER  -", "PMID- 1", "@article{x,",
        "Record #1", "[doi]",
        "漢字", "🧠", "e\u{301}", "x:y", "END.", "1.", "|", "\\", "\\'e", "%", "日本", "Ω", "…",
    ]

    mutating func text(_ most: Int) -> String {
        (0...number(most)).map { _ in pick(Self.words) }.joined(separator: " ")
    }

    mutating func author() -> Author {
        if number(6) == 0 {
            return Author(
                collective: pick(["UNESCO", "Study Group A", "Group, Phase 2", "Ward and Sons", "A; B Team", "Team X,"])
            )
        }
        let family = pick([
            "Doe", "van der Berg", "O'Neil", "Müller-Lüdenscheidt", "de la Cruz", "García", "Smith, Sons", "Li", "And",
        ])
        let given = pick(["Jane Q", "J", "Jean-Pierre", "李", "Åsa", nil, "Mary and Ann", "J. Q."])
        var author = Author(
            family: family, given: given, suffix: given == nil ? nil : pick([nil, nil, nil, "Jr", "3rd"]))
        author.initials = given == nil ? nil : "X"
        return author
    }

    mutating func record(_ index: Int) -> Record {
        var record = Record(id: RecordID("r\(index)"), kind: .article, source: "test")
        if number(5) > 0 { record.pmid = PMID(UInt32(1 + number(99_999_999))) }
        if let pmid = record.pmid, number(2) == 0 { record.id = pmid.recordID }
        if number(4) > 0 {
            record.doi = DOI(
                pick([
                    "10.1000/x\(index)", "10.1016/S0006-3223(99)00\(index)-9", "10.1/a_b<c>;2-#",
                    "10.1002/(sici)1%\(index)",
                ]))
        }
        if number(8) > 0 { record.title = text(8) }
        for _ in 0..<number(5) { record.authors.append(author()) }
        record.published.year = 1900 + number(130)
        record.published.month = pick([nil, 1, 5, 12])
        if record.published.month != nil { record.published.day = pick([nil, 1, 31]) }
        switch number(4) {
        case 0: break
        case 1: record.abstract = [AbstractSection(text: text(60))]
        default:
            for label in ["BACKGROUND", "METHODS AND MATERIALS", "RESULTS", "Conclusions"].dropLast(number(3)) {
                record.abstract.append(AbstractSection(label: label, text: text(30)))
            }
        }
        for _ in 0..<number(4) {
            record.keywords.append(pick(["ketamine", "depressive disorder", "IV", "p-value", "naïve"]))
        }
        record.journal = Journal(
            title: pick([nil, "Journal of Things", "日本医学"]), volume: pick([nil, "12"]), pages: pick([nil, "1-9"]))
        return record
    }
}

import Bibliography

/// What the fields of BibTeX and BibLaTeX mean.
enum BibTeXRecord {
    static func record(_ entry: BibTeXEntry) -> Record {
        var record = Record(id: RecordID(""), kind: kind(entry.type), source: RecordFormat.bibtex.rawValue)
        record.title = text(entry.first("title"))
        if let subtitle = text(entry.first("subtitle")), let title = record.title {
            record.title = "\(title): \(subtitle)"
        }
        record.vernacularTitle = text(entry.first("origtitle"))
        record.abstract = FieldText.abstract(
            Array(MarkedText.plain(TeXText.plain(entry.first("abstract") ?? [])).utf8))
        if let names = entry.first("author") {
            let parts = BibTeXNames.split(names)
            record.authors = parts.compactMap { BibTeXNames.author($0) }
            record.dropEtAl()
            if !record.authors.isEmpty { record.authors[0].affiliations = affiliations(entry) }
        }
        record.journal = Journal(
            title: text(entry.first("journal", "journaltitle", "booktitle")),
            abbreviation: text(
                entry.first("shortjournal", "journalabbr", "journal-abbrev", "abbrev_source_title", "journal-iso")),
            issn: text(entry.first("issn", "eissn")).flatMap { SerialNumber.issn($0) },
            volume: text(entry.first("volume")), issue: text(entry.first("number", "issue")),
            pages: pages(entry.first("pages", "article-number", "art_number", "articleno", "eid")))
        record.published = date(entry)
        record.languages = [text(entry.first("language", "langid"))].compactMap { $0 }
        // Scopus and Web of Science keep the terms of their own indexes apart.
        record.keywords = [["keywords", "keyword"], ["author_keywords"], ["keywords-plus"]]
            .flatMap { names in keywords(names.lazy.compactMap { entry.first($0) }.first) }
        record.publicationTypes =
            (text(entry.first("publicationtypes")).map { FieldText.list($0) } ?? databaseType(entry))
            .map { PublicationType(name: $0) }
        let links = [text(entry.first("url")), text(entry.first("eprint"))].compactMap { $0 }
        record.doi =
            text(entry.first("doi")).flatMap { DOI($0) }
            ?? links.lazy.filter { $0.contains("doi.org/10.") }.compactMap { DOI($0) }.first
        record.pmid =
            text(entry.first("pmid", "pubmed_id")).flatMap { IdentifierText.pmid($0, bare: true) } ?? eprint(entry)
            ?? [text(entry.first("note")), text(entry.first("annote")), entry.key].lazy.compactMap { $0 }
            .compactMap { IdentifierText.pmid($0) }.first
            ?? links.lazy.compactMap { IdentifierText.pmid(address: $0) }.first
        record.pmcid =
            text(entry.first("pmcid", "pmc")) ?? links.lazy.compactMap { IdentifierText.pmcid(address: $0) }.first
        return record
    }

    static func text(_ value: [UInt8]?) -> String? {
        value.flatMap { FieldText.plain(MarkedText.plain(TeXText.plain($0))) }
    }

    /// Scopus's `document_type`; its `type`, where the entry is Scopus's or Web of Science's. Elsewhere `type` is the kind of
    /// a thesis or a report.
    private static func databaseType(_ entry: BibTeXEntry) -> [String] {
        let isScopus = text(entry.first("source")) == "Scopus"
        let isWebOfScience = entry.first("unique-id") != nil
        guard
            let type = text(entry.first("document_type"))
                ?? (isScopus || isWebOfScience ? text(entry.first("type")) : nil)
        else { return [] }
        return FieldText.list(type)
    }

    private static func affiliations(_ entry: BibTeXEntry) -> [String] {
        text(entry.first("affiliation", "affiliations")).map { FieldText.list($0) } ?? []
    }

    private static func kind(_ type: String) -> Record.Kind {
        switch type {
        case "book", "inbook", "incollection", "booklet", "collection", "mvbook", "bookinbook", "suppbook", "reference",
            "inreference":
            .book
        case "online", "dataset", "software", "patent", "manual", "electronic": .other
        default: .article
        }
    }

    /// BibLaTeX: `eprint = {123}, eprinttype = {pubmed}`.
    private static func eprint(_ entry: BibTeXEntry) -> PMID? {
        guard text(entry.first("eprinttype", "archiveprefix"))?.lowercased() == "pubmed" else { return nil }
        return text(entry.first("eprint")).flatMap { PMID($0) }
    }

    private static func pages(_ value: [UInt8]?) -> String? {
        text(value)?.replacing("\u{2013}", with: "-").replacing("\u{2014}", with: "-")
    }

    private static func date(_ entry: BibTeXEntry) -> PublicationDate {
        let whole = text(entry.first("date"))
        guard let year = text(entry.first("year")) else { return whole.map { DateText.parse($0) } ?? PublicationDate() }
        var date = DateText.merged(year, text(entry.first("month")) ?? whole)
        if date.month == nil, let month = text(entry.first("month")).flatMap({ Int($0) }), (1...12).contains(month) {
            date.month = month
        }
        if date.month != nil, date.day == nil { date.day = text(entry.first("day")).flatMap { Int($0) } }
        if let day = date.day, !(1...31).contains(day) { date.day = nil }
        if date.season == nil { date.season = text(entry.first("season")) }
        return date
    }

    private static func keywords(_ value: [UInt8]?) -> [String] {
        guard let text = text(value) else { return [] }
        return FieldText.list(text, separator: text.utf8.contains(0x3B) ? 0x3B : 0x2C)
    }
}

/// Names of BibTeX: joined with `and`, as `von Last, Jr, First`, `von Last, First` or `First von Last`; in braces a group.
enum BibTeXNames {
    static func split(_ names: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var depth = 0
        var word: [UInt8] = []
        func isAnd() -> Bool {
            depth == 0 && word.count == 3 && String(decoding: word, as: UTF8.self).lowercased() == "and"
        }
        for byte in names + [0x20] {
            guard byte <= 0x20 else {
                if byte == 0x7B { depth += 1 }
                if byte == 0x7D { depth = max(0, depth - 1) }
                word.append(byte)
                continue
            }
            if isAnd() {
                parts.append([])
            } else if !word.isEmpty {
                parts[parts.count - 1] += word + [0x20]
            }
            word = []
        }
        return parts
    }

    static func author(_ name: [UInt8]) -> Author? {
        let bytes = trimmed(name)
        guard !bytes.isEmpty else { return nil }
        if isBraced(bytes) { return BibTeXRecord.text(bytes).map { Author(collective: $0) } }
        let parts = pieces(bytes, at: 0x2C)
        var author = Author()
        if parts.count > 1 {
            author.family = BibTeXRecord.text(parts[0])
            var others = parts[1...].map { BibTeXRecord.text($0) }
            // BibTeX wants `Doe, Jr, Jane`; many a database writes `Doe, Jane, Jr`.
            if others.count == 2, let last = others[1], PersonName.isSuffix(last),
                others[0].map(PersonName.isSuffix) != true
            {
                others.swapAt(0, 1)
            }
            author.given = others.count > 1 ? others[1] : others[0]
            if others.count > 1 { author.suffix = others[0] }
        } else {
            let words = pieces(bytes, at: 0x20).filter { !$0.isEmpty }
            // Small letters begin the family name: Ludwig van Beethoven.
            let particle = words.dropLast().firstIndex { ($0.first.map { (0x61...0x7A).contains($0) }) == true }
            let start = particle ?? words.count - 1
            author.family = BibTeXRecord.text(Array(words[start...].joined(separator: [0x20])))
            author.given = BibTeXRecord.text(Array(words[..<start].joined(separator: [0x20])))
        }
        guard author.family != nil || author.given != nil else { return nil }
        author.initials = author.given.flatMap { PersonName.initials(of: $0) }
        return author
    }

    /// The parts between a separator that stands outside braces.
    private static func pieces(_ bytes: [UInt8], at separator: UInt8) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var depth = 0
        for byte in bytes {
            if byte == 0x7B { depth += 1 }
            if byte == 0x7D { depth = max(0, depth - 1) }
            if byte == separator, depth == 0 { parts.append([]) } else { parts[parts.count - 1].append(byte) }
        }
        return parts.map(trimmed)
    }

    /// Whether one pair of braces holds the whole name, and more than one letter with its accent.
    private static func isBraced(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == 0x7B, bytes.count > 2 else { return false }
        var depth = 0
        for (index, byte) in bytes.enumerated() {
            if byte == 0x7B { depth += 1 }
            if byte == 0x7D { depth -= 1 }
            if depth == 0 { return index == bytes.count - 1 }
        }
        return false
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
    }
}

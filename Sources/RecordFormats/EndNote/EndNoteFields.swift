import Bibliography

/// The fields of one EndNote record, by path, and what they mean.
struct EndNoteFields {
    private var values: [String: [String]] = [:]

    var isEmpty: Bool { values.isEmpty }

    /// `text` as it stands; fields without text are not kept.
    mutating func add(_ path: String, _ text: String) {
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        values[path, default: []].append(text)
    }

    private func all(_ path: String) -> [String] { (values[path] ?? []).compactMap(PlainText.string) }
    private func first(_ paths: String...) -> String? {
        for path in paths { if let value = all(path).first { return value } }
        return nil
    }

    var record: Record {
        var record = Record(
            id: RecordID(first("rec-number") ?? ""), kind: kind, source: RecordFormat.endnoteXML.rawValue)
        record.title = first("titles/title")
        record.vernacularTitle = first("orig-pub", "titles/translated-title")
        record.doi = first("electronic-resource-num").flatMap { DOI($0) }
        record.pmid = pmid
        record.pmcid = all("custom2").first { $0.hasPrefix("PMC") && $0.dropFirst(3).allSatisfy(\.isNumber) }
        record.abstract = all("abstract").map { AbstractSection(text: $0) }
        record.authors = authors
        record.journal = Journal(
            title: first("periodical/full-title", "titles/secondary-title"),
            abbreviation: first("periodical/abbr-1", "titles/alt-title"), issn: issn, volume: first("volume"),
            issue: first("number"), pages: first("pages"))
        record.published = published
        record.languages = all("language")
        record.publicationTypes = all("work-type").map { PublicationType(name: $0) }
        record.keywords = all("keywords/keyword")
        return record
    }

    private var kind: Record.Kind {
        let name = first("ref-type-name")?.lowercased() ?? ""
        if name.contains("book") { return .book }
        let articles = ["article", "conference paper", "conference proceedings"]
        return articles.contains { name.hasSuffix($0) } || name.isEmpty ? .article : .other
    }

    /// The accession number is a PMID only where the record came from PubMed or MEDLINE.
    private var pmid: PMID? {
        let database = [first("remote-database-provider"), first("remote-database-name")].compactMap(\.self)
        let isPubMed = database.contains { name in
            ["nlm", "medline", "pubmed"].contains { name.lowercased().contains($0) }
        }
        return isPubMed ? first("accession-num").flatMap { PMID($0) } : nil
    }

    private var authors: [Author] {
        var authors = all("contributors/authors/author").map(Self.author)
        // EndNote keeps one address field for the whole record, one address a line.
        let addresses = (values["auth-address"] ?? []).flatMap { text in
            text.split(whereSeparator: \.isNewline).compactMap { PlainText.string(String($0)) }
        }
        if !authors.isEmpty { authors[0].affiliations = addresses }
        return authors
    }

    /// `Family, Given M., Jr.`; a name without comma, or that ends in one, is a group.
    private static func author(_ name: String) -> Author {
        let parts = name.split(separator: ",", omittingEmptySubsequences: false)
            .map { PlainText.string(String($0)) }
        guard parts.count > 1, let family = parts[0], let given = parts[1] else {
            return Author(collective: PlainText.string(name.hasSuffix(",") ? String(name.dropLast()) : name))
        }
        let initials = given.split { $0 == " " || $0 == "." || $0 == "-" }.compactMap(\.first).map(String.init).joined()
        return Author(
            family: family, given: given, initials: initials.isEmpty ? nil : initials,
            suffix: parts.count > 2 ? parts[2] : nil)
    }

    private var published: PublicationDate {
        let year = first("dates/year")
        let raw = [year, first("dates/pub-dates/date")].compactMap(\.self).joined(separator: " ")
        return raw.isEmpty ? PublicationDate() : PubMedDateParts.reading(raw)
    }

    /// The field holds ISBNs and ISSNs, several and with remarks: `2277-9175 (Print)`.
    private var issn: String? {
        (values["isbn"] ?? []).joined(separator: " ")
            .split { !($0.isNumber || $0 == "-" || $0 == "X" || $0 == "x") }.map(String.init)
            .first { word in
                let characters = Array(word.utf8)
                return characters.count == 9 && characters[4] == 0x2D
                    && characters.filter { $0 >= 0x30 && $0 <= 0x39 }.count >= 7
            }
    }
}

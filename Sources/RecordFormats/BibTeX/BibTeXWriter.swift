package import Bibliography

/// BibTeX in UTF-8, with the PMID in `pmid`, the PMCID in `pmcid` and one field a line.
package enum BibTeXWriter: RecordFormatWriter {
    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        var text = "@\(record.kind == .book ? "book" : record.kind == .other ? "misc" : "article"){\(key(record.id)),\n"
        func field(_ name: String, raw value: String?) {
            guard let value, !value.isEmpty else { return }
            text += "  \(name) = {\(value)},\n"
        }
        func field(_ name: String, _ value: String?) {
            field(name, raw: value.flatMap { FieldText.plain($0) }.map { escaped($0) })
        }
        field("title", record.title)
        field("origtitle", record.vernacularTitle)
        let names = record.authors.compactMap { name($0) } + (record.authorsComplete ? [] : ["others"])
        field("author", raw: names.joined(separator: " and "))
        field("journal", record.journal.title)
        field("shortjournal", record.journal.abbreviation)
        field("issn", record.journal.issn)
        field("volume", record.journal.volume)
        field("number", record.journal.issue)
        field("pages", record.journal.pages)
        field("year", record.published.year.map(String.init) ?? record.published.raw)
        field(
            "month",
            record.published.month.flatMap { (1...12).contains($0) ? DateText.monthAbbreviations[$0 - 1] : nil })
        field("day", record.published.day.map(String.init))
        field("season", record.published.season)
        field("doi", record.doi?.text)
        field("pmid", record.pmid?.description)
        field("pmcid", record.pmcid)
        field("language", record.languages.first)
        list("publicationtypes", record.publicationTypes.map(\.name))
        list("keywords", record.keywords)
        let abstract = FieldText.abstractLines(record.abstract).map { escaped($0) }
        field("abstract", raw: abstract.joined(separator: "\n"))
        text += "}\n\n"
        bytes.append(contentsOf: text.utf8)

        func list(_ name: String, _ items: [String]) {
            let joined = items.map { $0.replacing(";", with: ",") }.joined(separator: "; ")
            field(name, items.count == 1 && joined.contains(",") ? joined + ";" : joined)
        }
    }

    /// As TeX, and so that no entity of HTML is read where the text holds its letters.
    private static func escaped(_ text: String) -> String { TeXText.escaped(HTMLEntity.escaped(text)) }

    /// What ends a key, or TeX reads as something else, becomes a low line.
    private static func key(_ id: RecordID) -> String {
        let key = String(id.rawValue.map { $0.isWhitespace || ",{}()=\"#%\\~@'".contains($0) ? "_" : $0 })
        return key.isEmpty ? "_" : key
    }

    private static func name(_ author: Author) -> String? {
        if let group = author.collective.flatMap({ FieldText.plain($0) }) { return "{\(escaped(group))}" }
        let family = part(author.family)
        let given = part(author.given ?? author.initials)
        if let suffix = part(author.suffix) { return "\(family ?? ""), \(suffix), \(given ?? "")" }
        guard family != nil || given != nil else { return nil }
        return "\(family ?? ""), \(given ?? "")"
    }

    /// Part of a name, in braces where it holds a comma or the word `and`.
    private static func part(_ text: String?) -> String? {
        guard let text = text.flatMap({ FieldText.plain($0) }) else { return nil }
        let escaped = escaped(text)
        let isSafe = !text.contains(",") && !text.split(separator: " ").contains { $0.lowercased() == "and" }
        return isSafe ? escaped : "{\(escaped)}"
    }
}

package import Bibliography

/// RIS as EndNote and Zotero read it: one field a line, the PMID in `AN`, the PMCID in `C2`. An abstract in sections takes
/// a line a section, `LABEL: text`.
package enum RISWriter: RecordFormatWriter {
    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        field("TY", record.kind == .book ? "BOOK" : record.kind == .other ? "MISC" : "JOUR", &bytes)
        field("ID", record.id.rawValue, &bytes)
        field("TI", record.title, &bytes)
        field("TT", record.vernacularTitle, &bytes)
        for author in record.authors { field("AU", PersonName.text(author), &bytes) }
        for affiliation in record.authors.flatMap(\.affiliations).uniqued() { field("AD", affiliation, &bytes) }
        field("T2", record.journal.title, &bytes)
        field("J2", record.journal.abbreviation, &bytes)
        field("SN", record.journal.issn, &bytes)
        field("VL", record.journal.volume, &bytes)
        field("IS", record.journal.issue, &bytes)
        field("SP", record.journal.pages, &bytes)
        date(record.published, &bytes)
        field("DO", record.doi?.text, &bytes)
        field("AN", record.pmid?.description, &bytes)
        field("C2", record.pmcid, &bytes)
        for language in record.languages { field("LA", language, &bytes) }
        for type in record.publicationTypes { field("M3", type.name, &bytes) }
        for keyword in record.keywords { field("KW", keyword, &bytes) }
        for heading in record.mesh { field("KW", MeshText.text(heading), &bytes) }
        let sections = FieldText.abstractLines(record.abstract)
        field("AB", sections.first, &bytes)
        for section in sections.dropFirst() { line(HTMLEntity.escaped(section), &bytes) }
        line("ER  - ", &bytes)
        line("", &bytes)
    }

    private static func date(_ date: PublicationDate, _ bytes: inout [UInt8]) {
        guard let year = date.year else { return field("PY", date.raw, &bytes) }
        field("PY", year < 1000 ? String("000\(max(0, year))".suffix(4)) : String(year), &bytes)
        guard date.month != nil || date.season != nil else { return }
        let parts = [date.month, date.month == nil ? nil : date.day].map {
            $0.map { ($0 < 10 ? "0" : "") + String($0) } ?? ""
        }
        field("DA", "\(year)/\(parts[0])/\(parts[1])/\(date.season ?? "")", &bytes)
    }

    private static func field(_ tag: String, _ value: String?, _ bytes: inout [UInt8]) {
        guard let value = value.flatMap({ FieldText.plain($0) }) else { return }
        bytes.append(contentsOf: tag.utf8)
        bytes.append(contentsOf: "  - ".utf8)
        line(tag == "ID" ? value : HTMLEntity.escaped(value), &bytes)
    }

    private static func line(_ text: String, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0A)
    }
}

extension Sequence where Element: Hashable {
    /// The elements in their order, each once.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

package import Bibliography

/// PubMed's text format. An id that does not come from the PMID is kept in an `AID` of its own kind.
package enum NBIBWriter: RecordFormatWriter {
    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        bytes.append(0x0A)
        // An empty PMID still begins an entry.
        line("PMID- " + (record.pmid?.description ?? ""), &bytes)
        field("STAT", record.status, &bytes)
        field("DA", compact(record.dates.created), &bytes)
        field("DCOM", compact(record.dates.completed), &bytes)
        field("LR", compact(record.dates.revised), &bytes)
        field("IS", record.journal.issn, &bytes)
        field("VI", record.journal.volume, &bytes)
        field("IP", record.journal.issue, &bytes)
        field("DP", date(record.published), &bytes)
        field(record.kind == .book ? "BTI" : "TI", record.title, &bytes)
        field("PG", record.journal.pages, &bytes)
        field("LID", record.doi.map { $0.text + " [doi]" }, &bytes)
        let abstract = FieldText.abstractLines(record.abstract)
        field("AB", abstract.isEmpty ? nil : abstract.joined(separator: " "), &bytes)
        for other in record.otherAbstracts {
            let text = FieldText.abstractLines(other.sections).joined(separator: " ")
            field("OAB", other.type.map { "\($0): \(text)" } ?? text, &bytes)
            field("OABL", other.language, &bytes)
        }
        for author in record.authors { write(author, &bytes) }
        for language in record.languages { field("LA", language, &bytes) }
        for registration in record.registrations {
            field("SI", "\(registration.registry)/\(registration.number)", &bytes)
        }
        for grant in record.grants {
            field("GR", [grant.id, grant.agency, grant.country].map { $0 ?? "" }.joined(separator: "/"), &bytes)
        }
        for type in record.publicationTypes { field("PT", type.name, &bytes) }
        field("TT", record.vernacularTitle, &bytes)
        field("TA", record.journal.abbreviation, &bytes)
        field("JT", record.journal.title, &bytes)
        for chemical in record.chemicals {
            field("RN", "\(chemical.registryNumber ?? "0") (\(chemical.name))", &bytes)
        }
        for relation in record.relations { write(relation, &bytes) }
        for heading in record.mesh { field("MH", MeshText.text(heading), &bytes) }
        for keyword in record.keywords { field("OT", keyword, &bytes) }
        field("PMC", record.pmcid, &bytes)
        field("EDAT", slashed(record.dates.pubmed), &bytes)
        field("MHDA", slashed(record.dates.medline), &bytes)
        field("CRDT", slashed(record.dates.entrez), &bytes)
        if record.id != record.pmid?.recordID { field("AID", record.id.rawValue + NBIBRecord.keyMark, &bytes) }
        field("SO", record.journal.abbreviation ?? record.journal.title, &bytes)
    }

    private static func write(_ author: Author, _ bytes: inout [UInt8]) {
        if let group = author.collective {
            field("CN", group, &bytes)
        } else {
            let family = author.family ?? ""
            let suffix = author.suffix.map { " " + $0 } ?? ""
            if let given = author.given { field("FAU", "\(family), \(given)\(suffix)", &bytes) }
            let initials = author.initials ?? author.given.flatMap { PersonName.initials(of: $0) }
            field("AU", family + (initials.map { " " + $0 } ?? "") + suffix, &bytes)
        }
        field("AUID", author.orcid.map { "ORCID: " + $0 }, &bytes)
        for affiliation in author.affiliations { field("AD", affiliation, &bytes) }
    }

    private static func write(_ relation: Relation, _ bytes: inout [UInt8]) {
        guard let tag = NBIBRecord.relationTypes.filter({ $0.value == relation.type }).keys.min() else { return }
        let parts = [relation.citation, relation.pmid.map { "PMID: \($0)" }].compactMap { $0 }
        field(tag, parts.joined(separator: " "), &bytes)
    }

    private static func date(_ date: PublicationDate) -> String? {
        if let raw = date.raw { return raw }
        guard let year = date.year else { return nil }
        let month = date.month.flatMap { (1...12).contains($0) ? DateText.monthAbbreviations[$0 - 1] : nil }
        let day = month == nil ? nil : date.day.map(String.init)
        return [String(year), month ?? date.season, day].compactMap { $0 }.joined(separator: " ")
    }

    private static func compact(_ day: String?) -> String? { day.map { $0.replacing("-", with: "") } }
    private static func slashed(_ day: String?) -> String? { day.map { $0.replacing("-", with: "/") + " 00:00" } }

    /// One field, broken at blanks into lines of at most 88 characters where that is possible.
    private static func field(_ tag: String, _ value: String?, _ bytes: inout [UInt8]) {
        guard let value = value.flatMap({ FieldText.plain($0) }) else { return }
        var text = tag + String(repeating: " ", count: max(0, 4 - tag.utf8.count)) + "-"
        var length = text.utf8.count
        for word in value.split(separator: " ") {
            let count = word.utf8.count
            if length + count + 1 > 88, length > 6 {
                line(text, &bytes)
                text = "     "
                length = 5
            }
            text += " " + word
            length += count + 1
        }
        line(text, &bytes)
    }

    private static func line(_ text: String, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0A)
    }
}

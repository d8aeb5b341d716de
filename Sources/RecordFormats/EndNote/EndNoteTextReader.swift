import Bibliography
package import Compression

/// EndNote's tagged text (`.enw`, Refer): `%0 Journal Article`, `%A Doe, Jane`, `%T Title`; also what Google Scholar and many
/// publishers offer as an EndNote file. An entry ends at a blank line before the next tag, or at the next `%0`.
package enum EndNoteTextReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        try TaggedEntryReading(
            field: { field($0) },
            begins: { tag, afterBlank, entry in afterBlank || (tag == "0" && entry.first("0") != nil) },
            record: { entry, identity in
                var record = EndNoteTextRecord.record(entry)
                let issues = identity.identify(&record, key: entry.first("F"), line: entry.location.line)
                return (record, issues)
            },
            stray: "text outside any entry (no %0 before it) is left out",
            nothing: "no line begins with '%0 ' or '%T '"
        ).read(input, name: name, emit: emit)
    }

    /// Tag and value of a line such as `%A Doe, Jane`: a letter, a digit or one of EndNote's signs, then a blank or the end.
    static func field(_ line: some Collection<UInt8>) -> (tag: String, value: ArraySlice<UInt8>)? {
        let bytes = Array(line)
        guard bytes.count >= 2, bytes[0] == 0x25, bytes[1] > 0x20, bytes[1] < 0x7F, bytes[1] != 0x25,
            bytes.count == 2 || bytes[2] == 0x20 || bytes[2] == 0x09
        else { return nil }
        return (String(decoding: bytes[1...1], as: UTF8.self), bytes[min(3, bytes.count)...])
    }
}

/// What the tags mean (EndNote, "Tagged EndNote import format").
enum EndNoteTextRecord {
    static func record(_ raw: TaggedEntry) -> Record {
        var entry = raw
        entry.flatten(except: ["F", "U"])
        var record = Record(id: RecordID(""), kind: kind(entry), source: RecordFormat.endnoteText.rawValue)
        record.title = entry.first("T")
        record.vernacularTitle = entry.first("Q")
        record.abstract = FieldText.abstract(entry.joined("X"))
        record.authors = entry.allLines("A").compactMap { PersonName.parse($0) }
        record.dropEtAl()
        if !record.authors.isEmpty { record.authors[0].affiliations = entry.allLines("+") }
        record.journal = Journal(
            title: entry.first("J", "B"), issn: entry.allLines("@").lazy.compactMap { SerialNumber.issn($0) }.first,
            volume: entry.first("V"), issue: entry.first("N"), pages: entry.first("P"))
        record.published = DateText.merged(entry.first("D"), entry.first("8"))
        record.languages = entry.all("G")
        record.publicationTypes = entry.all("9").map { PublicationType(name: $0) }
        record.keywords = entry.allLines("K").flatMap { FieldText.list($0) }
        let addresses = entry.allLines("U")
        record.doi =
            entry.all("R").lazy.compactMap { DOI($0) }.first
            ?? addresses.lazy.filter { $0.contains("doi.org/10.") }.compactMap { DOI($0) }.first
        let isPubMed = entry.all("W", "~").contains { name in
            ["pubmed", "medline", "nlm"].contains { name.lowercased().contains($0) }
        }
        record.pmid =
            entry.all("M").lazy.compactMap { IdentifierText.pmid($0, bare: isPubMed) }.first
            ?? addresses.lazy.compactMap { IdentifierText.pmid(address: $0) }.first
        record.pmcid =
            entry.all("2", "M").lazy.compactMap { IdentifierText.pmcid($0) }.first
            ?? addresses.lazy.compactMap { IdentifierText.pmcid(address: $0) }.first
        return record
    }

    private static func kind(_ entry: TaggedEntry) -> Record.Kind {
        let type = (entry.first("0") ?? "").lowercased()
        if type.contains("book") { return .book }
        return ["patent", "web page", "dataset", "computer program", "film", "artwork"].contains { type.contains($0) }
            ? .other : .article
    }
}

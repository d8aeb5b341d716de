import Bibliography
package import Compression

/// Web of Science's tagged text (`.ciw`, `savedrecs.txt`): `FN` and `VR`, then entries from `PT` to `ER`, then `EF`.
/// Continuation lines are indented; in lists each of them is an item.
package enum WebOfScienceReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var identity = EntryIdentity(file: name)
        var oddities = LineOddities()
        var entry: TaggedEntry?
        var ended = false
        var lastLine = 0

        func warn(_ code: String, _ line: Int, _ message: String) throws {
            try emit(.issue(identity.issue(.warning, code, line: line, message)))
        }
        func finish() throws {
            guard let closed = entry else { return }
            entry = nil
            var record = WebOfScienceRecord.record(closed)
            let issues =
                identity.identify(&record, key: nil, line: closed.location.line)
                + identity.overflow(closed, id: record.id)
            try emit(.record(record, closed.location))
            for issue in issues { try emit(.issue(issue)) }
        }

        while let line = try lines.next() {
            for issue in oddities.issues(line, lines, identity) { try emit(.issue(issue)) }
            if line.isBlank { continue }
            lastLine = line.number
            guard let (tag, value) = field(line.bytes) else {
                if entry != nil {
                    _ = entry?.extend(line.bytes[...], line)
                    entry?.cover(line)
                }
                continue
            }
            switch tag {
            case "FN", "VR": if entry == nil { continue }
            case "EF" where value.allSatisfy({ $0 <= 0x20 }):
                ended = true
                continue
            case "ER" where value.allSatisfy({ $0 <= 0x20 }):
                if entry == nil { try warn("extraER", line.number, "ER without an entry that it could end") }
                entry?.cover(line)
                try finish()
                continue
            case "PT":
                if let open = entry {
                    try warn("missingER", line.number, "the entry that begins on line \(open.location.line) has no ER")
                    try finish()
                }
            default: break
            }
            if entry == nil { entry = TaggedEntry(line) }
            entry?.add(tag, value, line)
            entry?.cover(line)
        }
        if let open = entry {
            try warn("missingER", open.location.line, "the last entry, which begins here, has no ER")
            try finish()
        }
        if identity.entries == 0 {
            // An export without entries has its frame.
            guard !ended else { return }
            try emit(.issue(identity.noEntries("no line begins with 'PT '")))
        } else if !ended {
            try warn("missingEF", lastLine, "the file does not end in EF; it may be cut short")
        }
    }

    /// `TI Title`, `ER`: two capitals or a capital and a digit, then a blank or the end.
    static func field(_ line: [UInt8]) -> (tag: String, value: ArraySlice<UInt8>)? {
        guard line.count >= 2, (0x41...0x5A).contains(line[0]),
            (0x41...0x5A).contains(line[1]) || (0x30...0x39).contains(line[1]), line.count == 2 || line[2] == 0x20
        else { return nil }
        return (String(decoding: line[0..<2], as: UTF8.self), line[min(3, line.count)...])
    }
}

/// What the tags of Web of Science mean (Clarivate, "Web of Science Core Collection Field Tags").
enum WebOfScienceRecord {
    static func record(_ raw: TaggedEntry) -> Record {
        var entry = raw
        entry.flatten(except: ["CR"])
        let type = entry.first("PT")
        var record = Record(
            id: RecordID(""), kind: type == "B" ? .book : type == "P" ? .other : .article,
            source: RecordFormat.webOfScience.rawValue)
        record.title = entry.first("TI")
        record.vernacularTitle = entry.first("FT")
        record.abstract = FieldText.abstract(entry.joined("AB"))
        record.authors = authors(entry)
        record.pmid = entry.first("PM").flatMap { PMID($0) } ?? entry.first("UT").flatMap { pmid(of: $0) }
        record.doi = entry.all("DI", "D2").lazy.compactMap { DOI($0) }.first
        record.journal = Journal(
            title: entry.first("SO"), abbreviation: entry.first("JI", "J9"),
            issn: entry.all("SN", "EI").lazy.compactMap { SerialNumber.issn($0) }.first, volume: entry.first("VL"),
            issue: entry.first("IS"), pages: pages(entry))
        record.published = DateText.merged(entry.first("PY"), entry.first("PD"))
        record.languages = entry.all("LA")
        record.publicationTypes = entry.all("DT").flatMap { FieldText.list($0) }.map { PublicationType(name: $0) }
        record.keywords = (entry.all("DE") + entry.all("ID")).flatMap { FieldText.list($0) }
        return record
    }

    /// `MEDLINE:12345678`, the number of an entry of MEDLINE in Web of Science.
    static func pmid(of number: String) -> PMID? {
        number.hasPrefix("MEDLINE:") ? PMID(number.dropFirst(8)) : nil
    }

    private static func pages(_ entry: TaggedEntry) -> String? {
        switch (entry.first("BP"), entry.first("EP")) {
        case (let start?, let end?) where start != end: "\(start)-\(end)"
        // Other databases of Web of Science have one field for both.
        case (let start, let end): start ?? end ?? entry.first("PS", "AR")
        }
    }

    /// Full names (`AF`) where there are as many as short ones (`AU`), then groups (`CA`).
    private static func authors(_ entry: TaggedEntry) -> [Author] {
        let short = names(entry.allLines("AU"))
        let full = names(entry.allLines("AF"))
        var authors = (full.count >= short.count ? full : short).compactMap { PersonName.parse($0) }
        let orcids = entry.all("OI").flatMap { FieldText.list($0) }
        let known = NamedAuthors(authors) { PersonName.text($0) }
        for orcid in orcids {
            guard let slash = orcid.firstIndex(of: "/"), let number = NBIBAuthors.orcid("ORCID" + orcid[slash...])
            else {
                continue
            }
            // The first number of a name counts.
            for index in known.places(of: [String(orcid[..<slash])]) where authors[index].orcid == nil {
                authors[index].orcid = number
            }
        }
        addAddresses(entry, &authors)
        return authors + names(entry.allLines("CA")).map { Author(collective: $0) }
    }

    /// One name a line; the export of MEDLINE writes all on one, with semicolons.
    private static func names(_ lines: [String]) -> [String] {
        Array(lines.flatMap { FieldText.list($0) }.prefix(EntryIdentity.mostAuthors + 1))
    }

    private static func addAddresses(_ entry: TaggedEntry, _ authors: inout [Author]) {
        var addresses: [String] = []
        let lines = entry.allLines("C1")
        let isNamed = lines.contains { $0.hasPrefix("[") }
        // Long lines are wrapped. Without names only the full stop tells where an address ends.
        let haveStops = lines.last?.hasSuffix(".") == true
        for line in lines {
            if let last = addresses.indices.last,
                isNamed ? !line.hasPrefix("[") : haveStops && !addresses[last].hasSuffix(".")
            {
                addresses[last] += " " + line
            } else {
                addresses.append(line)
            }
        }
        NamedAuthors.add(addresses: addresses, to: &authors)
    }
}

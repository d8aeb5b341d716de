import Bibliography
package import Compression

/// The Cochrane Library's text export: entries that begin with `Record #1 of 12` or `ID: `, fields such as `TI: Title`.
package enum CochraneReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var identity = EntryIdentity(file: name)
        var oddities = LineOddities()
        var entry: TaggedEntry?
        var announced: Int?

        func finish() throws {
            guard let closed = entry else { return }
            entry = nil
            guard !closed.fields.isEmpty else {
                try emit(
                    .issue(
                        identity.issue(
                            .error, "emptyEntry", line: closed.location.line,
                            "a record is announced here, but it has no fields")))
                return
            }
            var record = CochraneRecord.record(closed)
            let issues =
                identity.identify(&record, key: closed.first("ID"), line: closed.location.line)
                + identity.overflow(closed, id: record.id)
            try emit(.record(record, closed.location))
            for issue in issues { try emit(.issue(issue)) }
        }

        while let line = try lines.next() {
            for issue in oddities.issues(line, lines, identity) { try emit(.issue(issue)) }
            if line.isBlank { continue }
            if let total = announcement(line.bytes) {
                try finish()
                announced = total ?? announced
                entry = TaggedEntry(line)
            } else if let (tag, value) = field(line.bytes) {
                if tag == "ID", entry?.fields.isEmpty == false { try finish() }
                if entry == nil {
                    guard CochraneRecord.tags.contains(tag) else { continue }
                    entry = TaggedEntry(line)
                }
                entry?.add(tag, value, line)
                entry?.cover(line)
            } else if entry != nil {
                _ = entry?.extend(line.bytes[...], line)
                entry?.cover(line)
            }
        }
        try finish()
        if identity.entries == 0 {
            try emit(.issue(identity.noEntries("no line begins with 'Record #' or 'ID: '")))
        } else if let announced, announced != identity.entries {
            try emit(
                .issue(
                    identity.issue(
                        .error, "wrongCount", line: nil,
                        "the file announces \(announced) records, but holds \(identity.entries); export it again")))
        }
    }

    /// The total of `Record #1 of 12`; an inner nil where it is not told.
    private static func announcement(_ line: [UInt8]) -> Int?? {
        guard line.starts(with: Array("Record #".utf8)), let text = FieldText.plain(line.prefix(100)) else {
            return nil
        }
        let words = text.split(separator: " ")
        guard words.count <= 4 else { return nil }
        return .some(words.count == 4 && words[2] == "of" ? Int(words[3]) : nil)
    }

    /// `TI: Title`, `DOI: 10.1000/xyz`; only tags that this format has.
    private static func field(_ line: [UInt8]) -> (tag: String, value: ArraySlice<UInt8>)? {
        guard let colon = line.prefix(4).firstIndex(of: 0x3A), colon >= 2,
            colon + 1 == line.count || line[colon + 1] == 0x20
        else { return nil }
        let tag = String(decoding: line[..<colon], as: UTF8.self)
        return CochraneRecord.tags.contains(tag) ? (tag, line[(colon + 1)...]) : nil
    }
}

enum CochraneRecord {
    static let tags: Set<String> = [
        "ID", "AU", "TI", "SO", "YR", "VL", "NO", "PG", "PM", "XR", "PT", "KY", "DOI", "AB", "US", "CC", "AD", "LA",
        "SN",
        "PB", "DE", "CN", "UR", "ED", "ST", "NT",
    ]

    static func record(_ raw: TaggedEntry) -> Record {
        var entry = raw
        entry.flatten(except: ["ID"])
        var record = Record(id: RecordID(""), kind: .article, source: RecordFormat.cochrane.rawValue)
        record.title = entry.first("TI")
        record.abstract = FieldText.abstract(entry.joined("AB"))
        record.authors = entry.allLines("AU").flatMap { FieldText.list($0) }.compactMap { author($0) }
        if !record.authors.isEmpty { record.authors[0].affiliations = entry.all("AD") }
        record.journal = Journal(
            title: entry.first("SO"), issn: entry.first("SN").flatMap { SerialNumber.issn($0) },
            volume: entry.first("VL"),
            issue: entry.first("NO"), pages: entry.first("PG"))
        record.published = entry.first("YR").map { DateText.parse($0) } ?? PublicationDate()
        record.languages = entry.all("LA")
        record.publicationTypes = entry.all("PT").flatMap { FieldText.list($0) }.map { PublicationType(name: $0) }
        record.keywords = entry.all("KY").flatMap { FieldText.list($0) }
        record.doi = entry.first("DOI").flatMap { DOI($0) }
        record.pmid = entry.all("PM", "XR").lazy.compactMap { IdentifierText.pmid($0, bare: true) }.first
        return record
    }

    /// `Doe, J`, `Doe J`, and the `Doe Jane Q` of Cochrane's own reviews.
    private static func author(_ name: String) -> Author? {
        let words = name.split(separator: " ")
        let isGroup = ["Group", "Collaboration", "Network", "Investigators", "Team"].contains { name.contains($0) }
        let haveInitials = words.last.map { PersonName.isInitials($0) && ($0.count > 1 || words.count == 2) } ?? false
        guard words.count > 1, !isGroup, !name.contains(","), !haveInitials else { return PersonName.parse(name) }
        return PersonName.familyFirst(name)
    }
}

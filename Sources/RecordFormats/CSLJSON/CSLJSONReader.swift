import Bibliography
package import Compression
import Foundation

/// CSL-JSON, as Zotero, citeproc and Crossref write it: an array of items, one item alone, or `{"items": [...]}`.
package enum CSLJSONReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input, limit: JSONItems.limit)
        var items = JSONItems(lines)
        var identity = EntryIdentity(file: name)
        var endsInItem = false

        func report(_ code: String, _ line: Int, _ message: String) throws {
            try emit(.issue(identity.issue(.error, code, line: line, message)))
        }
        func take(_ object: [String: Any], _ location: RecordLocation) throws {
            var record = CSLRecord.record(object)
            let issues = identity.identify(&record, key: CSLRecord.text(object["id"]), line: location.line)
            try emit(.record(record, location))
            for issue in issues { try emit(.issue(issue)) }
        }

        while let item = try items.next() {
            switch item.problem {
            case .notAnObject:
                let shown = String(String(decoding: item.bytes.prefix(40), as: UTF8.self))
                try report("notAnItem", item.line, "'\(shown)' stands where an item ({...}) is expected")
                continue
            case .unclosed:
                endsInItem = true
                try report("truncated", item.line, "the item that begins here does not end; the file may be cut short")
                continue
            case .tooLarge:
                try report("entryTooLarge", item.line, "the item that begins here holds more than 64 MiB")
                continue
            case nil: break
            }
            guard let value = try? JSONSerialization.jsonObject(with: Data(item.bytes)),
                let object = value as? [String: Any]
            else {
                try report("notWellFormed", item.line, "the item that begins here is not well-formed JSON")
                continue
            }
            let location = RecordLocation(line: item.line, start: item.start, end: item.end)
            if let list = object["items"] as? [Any], object["title"] == nil {
                for inner in list {
                    guard let inner = inner as? [String: Any] else {
                        try report("notAnItem", item.line, "an element of 'items' is no item ({...})")
                        continue
                    }
                    try take(inner, location)
                }
            } else if CSLRecord.isItem(object) {
                try take(object, location)
            } else {
                try report(
                    "notAnItem", item.line,
                    "the object that begins here has none of an item's keys (id, type, title ...)")
            }
        }
        if let line = lines.firstRepairedLine {
            try emit(
                .issue(
                    identity.issue(
                        .warning, "notUTF8", line: line,
                        "the text is not UTF-8 from here on; bytes that are not are read as Windows-1252")))
        }
        if items.openLists > 0, !endsInItem {
            try emit(
                .issue(
                    identity.issue(
                        .error, "truncated", line: nil, "the list of items does not end; the file may be cut short")))
        } else if !items.sawText {
            try emit(
                .issue(
                    identity.issue(.error, "noEntries", line: nil, "the file is empty: there is nothing to read")))
        }
    }
}

/// What the variables of a CSL item mean (Citation Style Language 1.0.2, appendix IV).
enum CSLRecord {
    static func isItem(_ object: [String: Any]) -> Bool {
        ["id", "type", "title", "author", "DOI", "PMID", "abstract", "issued", "authors"].contains { object[$0] != nil }
    }

    static func record(_ item: [String: Any]) -> Record {
        var record = Record(id: RecordID(""), kind: kind(text(item["type"])), source: RecordFormat.cslJSON.rawValue)
        record.title = markedText(item["title"])
        record.vernacularTitle = markedText(item["original-title"])
        record.abstract = FieldText.abstract(Array(MarkedText.plain(raw(item["abstract"]) ?? "").utf8))
        record.authors = list(item["author"] ?? item["authors"]).compactMap { author($0) }
        record.journal = Journal(
            title: markedText(item["container-title"]) ?? text(item["journal"]),
            abbreviation: text(item["container-title-short"]) ?? text(item["journalAbbreviation"]),
            issn: (text(item["ISSN"]) ?? text(item["isbn"])).flatMap { SerialNumber.issn($0) },
            volume: text(item["volume"]), issue: text(item["issue"]) ?? text(item["number"]),
            pages: text(item["page"]) ?? text(item["pages"]))
        record.published = date(item["issued"]) ?? text(item["year"]).map { DateText.parse($0) } ?? PublicationDate()
        record.languages = [text(item["language"])].compactMap { $0 }
        record.publicationTypes = [text(item["genre"])].compactMap { $0 }.flatMap { FieldText.list($0) }
            .map { PublicationType(name: $0) }
        record.keywords = keywords(item["keyword"] ?? item["keywords"])
        record.doi = (text(item["DOI"]) ?? text(item["doi"])).flatMap { DOI($0) }
        let notes = noted(raw(item["note"]) ?? "")
        record.pmid = (text(item["PMID"]) ?? text(item["pmid"]) ?? notes["pmid"]).flatMap { PMID($0) }
        record.pmcid = text(item["PMCID"]) ?? notes["pmcid"]
        return record
    }

    private static func kind(_ type: String?) -> Record.Kind {
        switch type ?? "" {
        case "book", "chapter", "entry-encyclopedia", "entry-dictionary", "classic": .book
        case "dataset", "software", "webpage", "post-weblog", "post", "patent", "legal_case", "legislation", "graphic",
            "motion_picture", "song", "map", "figure", "interview", "speech", "document":
            .other
        default: .article
        }
    }

    private static func author(_ value: Any) -> Author? {
        if let name = value as? String { return PersonName.parse(name) }
        guard let name = value as? [String: Any] else { return nil }
        if let literal = text(name["literal"]) { return Author(collective: literal) }
        let particles = [text(name["dropping-particle"]), text(name["non-dropping-particle"])].compactMap { $0 }
        let family = (particles + [text(name["family"])].compactMap { $0 }).joined(separator: " ")
        let given = text(name["given"])
        guard !family.isEmpty || given != nil else { return nil }
        return Author(
            family: family.isEmpty ? nil : family, given: given,
            initials: given.flatMap { PersonName.initials(of: $0) }, suffix: text(name["suffix"]),
            orcid: text(name["ORCID"]).flatMap { NBIBAuthors.orcid("ORCID " + $0) })
    }

    private static func date(_ value: Any?) -> PublicationDate? {
        guard let issued = value as? [String: Any] else { return text(value).map { DateText.parse($0) } }
        var date = PublicationDate()
        if let raw = text(issued["raw"]) ?? text(issued["literal"]) { date = DateText.parse(raw) }
        let parts = list(list(issued["date-parts"]).first).map { text($0).flatMap { Int($0) } }
        if let year = parts.first ?? nil { date.year = year }
        if parts.count > 1, let month = parts[1], (1...12).contains(month) { date.month = month }
        if parts.count > 2, let day = parts[2], (1...31).contains(day) { date.day = day }
        if let season = text(issued["season"]) {
            let names = ["1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"]
            date.season = names[season] ?? season
        }
        return date
    }

    private static func keywords(_ value: Any?) -> [String] {
        if let items = value as? [Any] { return items.compactMap { text($0) } }
        guard let text = text(value) else { return [] }
        return FieldText.list(text, separator: text.contains(";") ? 0x3B : 0x2C)
    }

    /// Zotero keeps what CSL had no variable for in lines of the note: `PMID: 12345678`.
    private static func noted(_ note: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in note.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = FieldText.plain(parts[0])?.lowercased() else { continue }
            values[name] = values[name] ?? FieldText.plain(parts[1])
        }
        return values
    }

    /// A string, or a number as a string.
    static func text(_ value: Any?) -> String? { raw(value).flatMap { FieldText.plain($0) } }

    private static func raw(_ value: Any?) -> String? {
        switch value {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        case let items as [Any]: items.first as? String
        default: nil
        }
    }

    private static func markedText(_ value: Any?) -> String? {
        raw(value).flatMap { FieldText.plain(MarkedText.plain($0)) }
    }

    private static func list(_ value: Any?) -> [Any] { value as? [Any] ?? [] }
}

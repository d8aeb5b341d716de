import Bibliography
import Foundation

/// What the tags of Ovid's tagged text mean (Ovid database field guides), where they differ from PubMed's.
enum OvidRecord {
    static func isOvid(_ entry: TaggedEntry) -> Bool { entry.first("VN")?.hasPrefix("Ovid") == true }

    static func record(_ entry: TaggedEntry) -> Record {
        var record = Record(id: RecordID(""), kind: .article, source: RecordFormat.nbib.rawValue)
        let isMEDLINE = entry.first("DB")?.lowercased().contains("medline") == true
        record.pmid =
            entry.all("PM", "PMID").lazy.compactMap { PMID($0.prefix { $0.isNumber }) }.first
            ?? (isMEDLINE ? entry.first("UI").flatMap { PMID($0) } : nil)
        record.doi = entry.all("DO", "DI").lazy.compactMap { DOI($0) }.first
        record.title = entry.first("TI")
        record.vernacularTitle = entry.first("TO", "OT", "FT")
        record.abstract = FieldText.abstract(entry.joined("AB"))
        record.authors = authors(entry)
        record.dropEtAl()
        record.journal = journal(entry)
        record.published = DateText.merged(entry.first("YR"), entry.first("DP"))
        record.languages = entry.allLines("LG", "LA")
        record.publicationTypes = entry.allLines("PT").map { PublicationType(name: $0) }
        let headings = entry.allLines("MH")
        if isMEDLINE { record.mesh = headings.compactMap { MeshText.parse($0) } }
        let terms = (isMEDLINE ? [] : headings) + entry.all("KW", "KF").flatMap { FieldText.list($0) }
        record.keywords = terms.compactMap { $0.hasPrefix("*") ? FieldText.plain($0.dropFirst()) : $0 }.uniqued()
        return record
    }

    /// `IN` names the authors of an address by their family names: `(Doe, Roe) Address`.
    private static func authors(_ entry: TaggedEntry) -> [Author] {
        var authors = entry.allLines("AU", "FA").compactMap { PersonName.parse($0) }
        guard !authors.isEmpty else { return [] }
        let known = NamedAuthors(authors) { $0.family }
        for line in entry.allLines("IN") {
            guard line.hasPrefix("("), let close = line.range(of: ") "),
                let place = FieldText.plain(line[close.upperBound...])
            else {
                authors[0].affiliations.append(line)
                continue
            }
            let names = FieldText.list(line[..<close.lowerBound].dropFirst(), separator: 0x2C)
            let named = known.places(of: names)
            for index in named.isEmpty ? [0] : named { authors[index].affiliations.append(place) }
        }
        return authors
    }

    /// The journal's own fields; else `SO`: `Journal of Trials. 75(10):1120-6, 2014 Oct.`
    private static func journal(_ entry: TaggedEntry) -> Journal {
        let source = entry.first("SO").flatMap { SourceLine($0) }
        return Journal(
            title: entry.first("JT", "JN", "NJ") ?? source?.title, abbreviation: entry.first("TA", "JA", "AS"),
            issn: entry.allLines("IS", "IL").lazy.compactMap { SerialNumber.issn($0) }.first,
            volume: entry.first("VI", "VO") ?? source?.volume, issue: entry.first("IP") ?? source?.issue,
            pages: entry.first("PG") ?? source?.pages)
    }
}

/// A citation in one line that says where an article stands: Ovid's `SO`, and the column `Citation` of PubMed's table
/// (`J Trials. 2014 Oct 3;75(10):1120-6. doi: 10.1000/x.`).
struct SourceLine {
    let title: String
    private(set) var date: String?
    private(set) var volume: String?
    private(set) var issue: String?
    private(set) var pages: String?

    init?(_ text: String) {
        guard let stop = text.range(of: ". "), let title = FieldText.plain(text[..<stop.lowerBound]) else { return nil }
        self.title = title
        let rest = text[stop.upperBound...]
        var numbers = rest.prefix { $0 != "," }
        let stated = rest.prefix { $0 != ";" && $0 != "." }
        let isDate = stated.prefix(4).count(where: \.isNumber) == 4
        if isDate, stated.endIndex < rest.endIndex, rest[stated.endIndex] == ";" {
            date = FieldText.plain(stated)
            numbers = rest[rest.index(after: stated.endIndex)...].prefix { $0 != " " }
        } else if isDate {
            date = FieldText.plain(stated)
            return
        }
        let volume = numbers.prefix { $0 != "(" && $0 != ":" && $0 != "." }
        // Words here are the name of a conference.
        guard volume.contains(where: \.isNumber), !volume.contains(" ") else { return }
        self.volume = FieldText.plain(volume)
        var tail = numbers[volume.endIndex...]
        if tail.hasPrefix("("), let close = tail.firstIndex(of: ")") {
            issue = FieldText.plain(tail[tail.index(after: tail.startIndex)..<close])
            tail = tail[tail.index(after: close)...]
        }
        guard tail.hasPrefix(":") else { return }
        pages = FieldText.plain(tail.dropFirst().prefix { $0 != "." })
    }
}

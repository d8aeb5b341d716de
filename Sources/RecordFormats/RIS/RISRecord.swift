import Bibliography
import Foundation

/// What the tags of RIS mean. Reference Manager's definition (ITS Thomson Research Soft) and EndNote's and Zotero's
/// newer one differ; where they do, both readings are tried, the newer first.
enum RISRecord {
    static func record(_ entry: TaggedEntry) -> Record {
        let type = entry.first("TY") ?? ""
        var record = Record(id: RecordID(""), kind: kind(type), source: RecordFormat.ris.rawValue)
        record.title = entry.first("TI", "T1", "CT") ?? entry.first("BT", "ST")
        record.vernacularTitle = entry.first("TT")
        record.abstract = FieldText.abstract(entry.joined("AB", "N2"))
        if !entry.joined("AB").isEmpty {
            let second = FieldText.abstract(entry.joined("N2"))
            if !second.isEmpty, second != record.abstract {
                record.otherAbstracts = [OtherAbstract(type: nil, language: nil, sections: second)]
            }
        }
        record.authors = authors(entry)
        record.dropEtAl()
        record.journal = journal(entry, isBook: record.kind == .book)
        record.published = date(entry)
        record.languages = entry.allLines("LA")
        record.publicationTypes = entry.all("M3").filter { DOI($0) == nil }.map { PublicationType(name: $0) }
        record.keywords = entry.allLines("KW")
        record.doi = doi(entry)
        record.pmid = pmid(entry)
        record.pmcid = entry.all("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "AN", "U1", "U2", "U5")
            .first { isPMCID($0) }
        return record
    }

    private static func kind(_ type: String) -> Record.Kind {
        switch type.uppercased() {
        case "BOOK", "CHAP", "EBOOK", "ECHAP", "EDBOOK", "CLSWK", "SER": .book
        case "", "JOUR", "JFULL", "EJOUR", "ABST", "INPR", "MGZN", "NEWS", "CONF", "CPAPER", "RPRT", "THES", "UNPB",
            "GEN", "JOURNAL ARTICLE":
            .article
        default: .other
        }
    }

    /// `AU` and `A1` are authors; `A2` to `A4` are editors and others. RIS ties no address to an author: all stand with
    /// the first.
    private static func authors(_ entry: TaggedEntry) -> [Author] {
        var authors = entry.allLines("AU", "A1").compactMap { PersonName.parse($0) }
        let addresses = entry.allLines("AD")
        if !authors.isEmpty { authors[0].affiliations = addresses }
        return authors
    }

    private static func journal(_ entry: TaggedEntry, isBook: Bool) -> Journal {
        var journal = Journal()
        let secondary = entry.first("T2", "BT")
        let full = entry.first("JF")
        journal.title = full ?? secondary ?? entry.first("JO")
        if isBook, journal.title == entry.first("TI", "T1", "CT") ?? entry.first("BT", "ST") { journal.title = nil }
        let short = entry.first("J2", "JA", "J1", "JO")
        if short != journal.title { journal.abbreviation = short }
        journal.issn = entry.allLines("SN").lazy.compactMap { SerialNumber.issn($0) }.first
        journal.volume = entry.first("VL", "VO")
        journal.issue = entry.first("IS", "CP")
        let start = entry.first("SP")
        let end = entry.first("EP")
        switch (start, end) {
        case (let start?, let end?) where start != end && !start.contains("-"): journal.pages = "\(start)-\(end)"
        default: journal.pages = start ?? end
        }
        return journal
    }

    private static func date(_ entry: TaggedEntry) -> PublicationDate {
        let stated = entry.all("PY", "Y1")
        return DateText.merged(stated.first { DateText.parse($0).year != nil } ?? stated.first, entry.first("DA"))
    }

    /// `DO`; else an old place for it (`M3`, `L3`); else a link that is a resolver address.
    private static func doi(_ entry: TaggedEntry) -> DOI? {
        if let doi = entry.all("DO", "DI").lazy.compactMap({ DOI($0) }).first { return doi }
        let old = entry.all("M3", "L3", "ID").lazy.filter { $0.hasPrefix("10.") || $0.lowercased().hasPrefix("doi") }
        if let doi = old.compactMap({ DOI($0) }).first { return doi }
        return entry.allLines("UR", "L2", "L1", "LK").lazy.filter {
            $0.contains("://doi.org/10.") || $0.contains("://dx.doi.org/10.")
        }
        .compactMap { DOI($0) }.first
    }

    /// `AN` is the PMID unless the entry names another database; elsewhere only a value that says it is one.
    private static func pmid(_ entry: TaggedEntry) -> PMID? {
        let database = (entry.first("DB") ?? entry.first("DP") ?? "").lowercased()
        let isPubMed = database.isEmpty || ["pubmed", "medline", "nlm", "cmedm"].contains { database.contains($0) }
        if isPubMed, let pmid = entry.all("AN").lazy.compactMap({ PMID($0) }).first { return pmid }
        if let pmid = entry.all("PM").lazy.compactMap({ PMID($0) }).first { return pmid }
        for field in entry.fields where placesOfPMID.contains(field.tag) && mentions("pmid", field.value) {
            if let pmid = FieldText.lines(field.value).lazy.compactMap({ labelledPMID($0) }).first { return pmid }
        }
        for field in entry.fields where ["UR", "L2"].contains(field.tag) && mentions("ncbi.nlm.nih.gov", field.value) {
            if let pmid = FieldText.lines(field.value).lazy.compactMap({ addressedPMID($0) }).first { return pmid }
        }
        return nil
    }

    private static let placesOfPMID: Set<String> = ["AN", "C1", "C2", "C3", "M1", "M2", "N1", "U1", "U2", "U5"]

    /// Whether the word stands in the value, in small letters or capitals: a look at the bytes before texts are made.
    private static func mentions(_ word: String, _ value: [UInt8]) -> Bool {
        let wanted = Array(word.utf8)
        guard let first = wanted.first, value.count >= wanted.count else { return false }
        return value.withUnsafeBufferPointer { bytes in
            for start in 0...(bytes.count - wanted.count) where bytes[start] | 0x20 == first {
                if wanted.indices.allSatisfy({
                    bytes[start + $0] == wanted[$0] || bytes[start + $0] | 0x20 == wanted[$0]
                }) {
                    return true
                }
            }
            return false
        }
    }

    /// `PMID: 12345678`, `12345678[pmid]`.
    private static func labelledPMID(_ value: String) -> PMID? {
        let lowered = value.lowercased()
        if lowered.hasSuffix("[pmid]") { return PMID(lowered.dropLast(6)) }
        guard lowered.hasPrefix("pmid") else { return nil }
        let rest = lowered.dropFirst(4).drop { $0 == ":" || $0 == " " }
        return PMID(rest.prefix { $0.isNumber })
    }

    private static func addressedPMID(_ value: String) -> PMID? {
        for address in ["ncbi.nlm.nih.gov/pubmed/", "pubmed.ncbi.nlm.nih.gov/"] {
            guard let range = value.range(of: address) else { continue }
            return PMID(value[range.upperBound...].prefix { $0.isNumber })
        }
        return nil
    }

    private static func isPMCID(_ value: String) -> Bool {
        value.hasPrefix("PMC") && value.utf8.count > 3
            && value.utf8.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) }
    }
}

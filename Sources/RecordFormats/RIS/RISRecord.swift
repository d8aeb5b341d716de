import Bibliography
import Foundation

/// What the tags of RIS mean. Reference Manager's definition (ITS Thomson Research Soft) and EndNote's and Zotero's
/// newer one differ; where they do, both readings are tried, the newer first.
enum RISRecord {
    static func record(_ raw: TaggedEntry) -> Record {
        let entry = cleaned(raw)
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
        record.authors = RISAuthors.authors(entry)
        record.dropEtAl()
        record.journal = journal(entry, isBook: record.kind == .book)
        record.published = date(entry)
        record.languages = entry.allLines("LA")
        record.publicationTypes = entry.all("M3", "PT").filter { DOI($0) == nil }.map { PublicationType(name: $0) }
        record.keywords = entry.allLines("KW")
        record.doi = doi(entry)
        record.pmid = pmid(entry)
        record.pmcid =
            entry.all("PMCID", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "AN", "U1", "U2", "U5").lazy
            .compactMap { IdentifierText.pmcid($0) }.first
            ?? addresses(entry).lazy.compactMap { IdentifierText.pmcid(address: $0) }.first
        return record
    }

    /// Without markup, and without the `NA` that R writes for nothing.
    private static func cleaned(_ entry: TaggedEntry) -> TaggedEntry {
        var entry = entry
        entry.fields.removeAll { $0.value.count < 8 && $0.tag != "KW" && FieldText.plain($0.value) == "NA" }
        entry.flatten(except: ["ID"])
        return entry
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

    private static func journal(_ entry: TaggedEntry, isBook: Bool) -> Journal {
        var journal = Journal()
        let secondary = entry.first("T2", "BT")
        let full = entry.first("JF")
        journal.title = full ?? secondary ?? entry.first("JO")
        if isBook, journal.title == entry.first("TI", "T1", "CT") ?? entry.first("BT", "ST") { journal.title = nil }
        let short = entry.first("J2", "JA", "J1", "JI", "J9", "JO")
        if short != journal.title { journal.abbreviation = short }
        journal.issn = entry.allLines("SN", "ISSN").lazy.compactMap { SerialNumber.issn($0) }.first
        journal.volume = entry.first("VL", "VO")
        journal.issue = entry.first("IS", "CP")
        let start = entry.first("SP")
        let end = entry.first("EP")
        switch (start, end) {
        case (let start?, let end?) where start != end && !start.contains("-"): journal.pages = "\(start)-\(end)"
        default: journal.pages = start ?? end ?? entry.first("C7")
        }
        return journal
    }

    /// The year that is stated first, with month and day out of any other value of the same year: IEEE prints `Mar. 2017`
    /// in `Y1` beside the `PY`, PubMed Central several `PY`.
    private static func date(_ entry: TaggedEntry) -> PublicationDate {
        let stated = entry.all("PY", "Y1")
        let first = stated.first { DateText.parse($0).year != nil } ?? stated.first
        let year = first.flatMap { DateText.parse($0).year }
        let others = stated.filter { value in
            value != first && !["received", "accepted", "revised"].contains { value.contains($0) }
        }
        let second = (others + entry.all("DA")).first { value in
            let date = DateText.parse(value)
            return (date.month != nil || date.season != nil) && (date.year == nil || date.year == year)
        }
        return DateText.merged(first, second ?? entry.first("DA"))
    }

    /// `DO`; else an old place for it (`M3`, `L3`); else a link that is a resolver address.
    private static func doi(_ entry: TaggedEntry) -> DOI? {
        if let doi = entry.all("DO", "DI", "DOI").lazy.compactMap({ DOI($0) }).first { return doi }
        let old = entry.all("M3", "L3", "ID").lazy.filter { $0.hasPrefix("10.") || $0.lowercased().hasPrefix("doi") }
        if let doi = old.compactMap({ DOI($0) }).first { return doi }
        return addresses(entry).lazy.filter {
            $0.contains("://doi.org/10.") || $0.contains("://dx.doi.org/10.")
        }
        .compactMap { DOI($0) }.first
    }

    private static func addresses(_ entry: TaggedEntry) -> [String] { entry.allLines("UR", "L2", "L1", "LK") }

    /// `AN` is the PMID unless the entry names another database; elsewhere only a value that says it is one.
    private static func pmid(_ entry: TaggedEntry) -> PMID? {
        let database = (entry.first("DB") ?? entry.first("DP") ?? "").lowercased()
        let isPubMed = database.isEmpty || ["pubmed", "medline", "nlm", "cmedm"].contains { database.contains($0) }
        if let pmid = entry.all("PMID", "PM").lazy.compactMap({ IdentifierText.pmid($0, bare: true) }).first {
            return pmid
        }
        // Numbers that are filled up with zeros (TRID) are no PMIDs.
        if isPubMed, let pmid = entry.all("AN").lazy.filter({ !$0.hasPrefix("0") }).compactMap({ PMID($0) }).first {
            return pmid
        }
        for field in entry.fields
        where placesOfPMID.contains(field.tag) && (mentions("pmid", field.value) || mentions("pubmed", field.value)) {
            if let pmid = FieldText.lines(field.value).lazy.compactMap({ IdentifierText.pmid($0) }).first {
                return pmid
            }
        }
        let addresses = addresses(entry)
        // Embase keeps the PMID of what MEDLINE has, too, in a field of its own.
        if addresses.contains(where: { $0.contains("embase.com") }),
            let pmid = entry.all("C5").lazy.compactMap({ PMID($0) }).first
        {
            return pmid
        }
        return addresses.lazy.compactMap { IdentifierText.pmid(address: $0) }.first
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
}

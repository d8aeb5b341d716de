import Bibliography
import Foundation

/// What the tags of PubMed's text format mean (NLM, "MEDLINE/PubMed Data Element (Field) Descriptions").
enum NBIBRecord {
    /// Ends the `AID` in which the writer keeps an id that is not made from the PMID.
    static let keyMark = " [record id]"

    static func record(_ entry: TaggedEntry) -> Record {
        let isBook = entry.first("BTI") != nil
        // ERIC exports in this format, too.
        let isForeign = entry.first("OWN") == "ERIC"
        var record = Record(
            id: RecordID(""), kind: isBook ? .book : .article,
            source: isForeign ? RecordFormat.nbib.rawValue : "pubmed")
        record.pmid = entry.first("PMID").flatMap { PMID($0) }
        record.pmcid = entry.first("PMC")
        record.doi = (typed("doi", entry) + addresses(entry)).lazy.compactMap { DOI($0) }.first
        record.title = entry.first("TI", "BTI")
        record.vernacularTitle = entry.first("TT")
        // Sections stand in one running text; where one ends is not marked, so none are made.
        record.abstract = entry.all("AB").map { AbstractSection(text: $0) }
        record.otherAbstracts = otherAbstracts(entry)
        record.authors = NBIBAuthors.authors(entry, haveCommas: isForeign)
        record.journal = Journal(
            title: entry.first("JT") ?? (entry.first("TI") == nil ? nil : entry.first("BTI")),
            abbreviation: entry.first("TA"), issn: issn(entry), volume: entry.first("VI"), issue: entry.first("IP"),
            pages: entry.first("PG"))
        record.published = entry.first("DP").map { DateText.parse($0) } ?? PublicationDate()
        record.languages = entry.all("LA")
        record.publicationTypes = entry.all("PT").map { PublicationType(name: $0) }
        record.mesh = entry.all("MH").compactMap { MeshText.parse($0) }
        record.keywords = entry.all("OT").compactMap { $0.hasPrefix("*") ? FieldText.plain($0.dropFirst()) : $0 }
        record.chemicals = entry.all("RN").map { chemical($0) }
        record.registrations = entry.all("SI").compactMap { registration($0) }
        record.grants = entry.all("GR").map { grant($0) }
        record.relations = relations(entry)
        record.status = entry.first("STAT")
        record.dates = dates(entry)
        return record
    }

    /// Identifiers of one kind: `10.1000/xyz [doi]` in `LID`, then in `AID`.
    private static func typed(_ kind: String, _ entry: TaggedEntry) -> [String] {
        let mark = " [\(kind)]"
        return (entry.all("LID") + entry.all("AID")).filter { $0.hasSuffix(mark) }.map {
            String($0.dropLast(mark.count))
        }
    }

    /// Addresses of a DOI resolver, where ERIC writes them.
    private static func addresses(_ entry: TaggedEntry) -> [String] {
        entry.all("AID", "LID").filter { $0.contains("doi.org/10.") }
    }

    /// The journal's own number before the linking one.
    private static func issn(_ entry: TaggedEntry) -> String? {
        let all = entry.all("IS", "ISSN")
        let own = all.first { !$0.hasSuffix("(Linking)") } ?? all.first
        return own.flatMap { SerialNumber.issn($0) }
    }

    private static func otherAbstracts(_ entry: TaggedEntry) -> [OtherAbstract] {
        var result: [OtherAbstract] = []
        for field in entry.fields {
            guard let text = FieldText.plain(field.value) else { continue }
            if field.tag == "OAB" {
                let parts = text.split(separator: ":", maxSplits: 1)
                let isTyped = parts.count == 2 && !(parts.first?.contains(" ") ?? true)
                result.append(
                    OtherAbstract(
                        type: isTyped ? parts.first.map(String.init) : nil, language: nil,
                        sections: [AbstractSection(text: isTyped ? FieldText.plain(parts[1]) ?? text : text)]))
            } else if field.tag == "OABL", let last = result.indices.last {
                result[last].language = text
            }
        }
        return result
    }

    /// `690G0D6V8H (Ketamine)`.
    private static func chemical(_ text: String) -> Chemical {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")"),
            let number = FieldText.plain(text[..<open]),
            let name = FieldText.plain(text[text.index(after: open)...].dropLast())
        else { return Chemical(name: text) }
        return Chemical(name: name, registryNumber: number)
    }

    /// `ClinicalTrials.gov/NCT01234567`.
    private static func registration(_ text: String) -> Registration? {
        guard let slash = text.firstIndex(of: "/") else { return Registration(registry: text, number: "") }
        guard let registry = FieldText.plain(text[..<slash]) else { return nil }
        return Registration(registry: registry, number: FieldText.plain(text[text.index(after: slash)...]) ?? "")
    }

    /// `R01 MH012345/MH/NIMH NIH HHS/United States`: number, letters of the institute (or none), agency, country. The
    /// number may hold slashes itself.
    private static func grant(_ text: String) -> Grant {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map { FieldText.plain($0) ?? "" }
        guard parts.count >= 3 else { return Grant(id: parts.first, agency: parts.count > 1 ? parts[1] : nil) }
        let country = parts.removeLast()
        let agency = parts.removeLast()
        if parts.count > 1, let letters = parts.last, letters.utf8.count <= 7,
            letters.allSatisfy({ $0.isUppercase || $0 == "_" || $0 == "-" })
        {
            parts.removeLast()
        }
        let id = parts.joined(separator: "/")
        return Grant(
            id: id.isEmpty ? nil : id, agency: agency.isEmpty ? nil : agency, country: country.isEmpty ? nil : country)
    }

    private static func relations(_ entry: TaggedEntry) -> [Relation] {
        entry.fields.compactMap { field in
            guard let type = relationTypes[field.tag], let text = FieldText.plain(field.value) else { return nil }
            guard let mark = text.range(of: "PMID: ", options: .backwards) else {
                return Relation(type: type, citation: text)
            }
            let digits = text[mark.upperBound...].prefix { $0.isNumber }
            return Relation(type: type, pmid: PMID(digits), citation: FieldText.plain(text[..<mark.lowerBound]))
        }
    }

    /// Tags and the words of the XML format for them (`CommentsCorrections@RefType`).
    static let relationTypes: [String: String] = [
        "CIN": "CommentIn", "CON": "CommentOn", "EIN": "ErratumIn", "EFR": "ErratumFor",
        "CRI":
            "CorrectedandRepublishedIn",
        "CRF": "CorrectedandRepublishedFrom", "ECI": "ExpressionOfConcernIn", "ECF": "ExpressionOfConcernFor",
        "RPI": "RepublishedIn", "RPF": "RepublishedFrom", "RRI": "RetractedandRepublishedIn",
        "RRF": "RetractedandRepublishedFrom", "RIN": "RetractionIn", "ROF": "RetractionOf", "UIN": "UpdateIn",
        "UOF": "UpdateOf", "SPIN": "SummaryForPatientsIn", "ORI": "OriginalReportIn", "PRIN": "PartialRetractionIn",
        "PROF": "PartialRetractionOf", "DDIN": "AssociatedDataset", "DRIN": "AssociatedPublication",
    ]

    private static func dates(_ entry: TaggedEntry) -> RecordDates {
        func history(_ status: String) -> String? {
            let mark = "[\(status)]"
            return entry.all("PHST").first { $0.hasSuffix(mark) }.flatMap { DateText.isoDay($0) }
        }
        func day(_ tag: String) -> String? { entry.first(tag).flatMap { DateText.isoDay($0) } }
        return RecordDates(
            created: day("DA"), completed: day("DCOM"), revised: day("LR"),
            entrez: history("entrez") ?? day("CRDT") ?? day("EDAT"), pubmed: history("pubmed") ?? day("EDAT"),
            medline: history("medline") ?? day("MHDA"))
    }
}

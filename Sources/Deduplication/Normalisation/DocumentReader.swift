import Bibliography

/// What the fields of a record say about the kind of document, beside its title.
enum DocumentReader {
    /// Publication types in PubMed's, Scopus's and Web of Science's words; notices are documents of their own, whatever their title.
    static func kind(of record: Record) -> DocumentKind {
        for type in record.publicationTypes {
            switch type.name {
            case "Published Erratum", "Erratum", "Correction", "Correction, Addition": return .erratum
            case "Retraction of Publication", "Retraction Notice", "Retraction": return .retraction
            case "Expression of Concern": return .concern
            default: continue
            }
        }
        for relation in record.relations {
            switch relation.type {
            case "ErratumFor": return .erratum
            case "RetractionOf": return .retraction
            case "ExpressionOfConcernFor": return .concern
            default: continue
            }
        }
        return noticeInTitle(record.title ?? "")
    }

    /// `Erratum: ...`, `Retraction notice to ...`, and as PsycINFO prints them `...: Erratum`. "RETRACTED: ..." is the
    /// article itself.
    private static func noticeInTitle(_ title: String) -> DocumentKind {
        var folded: [UInt8] = []
        TextFolder.fold(title, punctuation: .kept, limit: 1024, into: &folded)
        while folded.last == TextFolder.space { folded.removeLast() }
        if TitleReader.citedPlace(in: folded) != nil { return .erratum }
        for (words, kind) in notices {
            if folded.starts(with: words),
                folded.count == words.count || folded[words.count] == TextFolder.space || folded[words.count] == 0x3A
            {
                return kind
            }
            let before = folded.count - words.count
            if before > 2, folded[before...].elementsEqual(words),
                folded[before - 1] == 0x3A || folded[before - 2] == 0x3A
            {
                return kind
            }
        }
        return .ordinary
    }

    private static let notices: [([UInt8], DocumentKind)] = {
        let words: [(DocumentKind, [String])] = [
            (
                .erratum,
                [
                    "erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections", "author correction",
                    "publisher correction", "publisher s note", "addendum",
                ]
            ),
            (
                .retraction,
                [
                    "retraction", "notice of retraction", "retraction notice", "statement of retraction",
                    "withdrawal notice",
                ]
            ),
            (.concern, ["expression of concern", "editorial expression of concern"]),
        ]
        return words.flatMap { kind, all in all.map { (Array($0.utf8), kind) } }
    }()

    /// The number of a trial register's entry; nil for every other document. The article that a number stands in is no
    /// entry: one is told by its type, or by the register in the place of a journal.
    static func registration(of record: Record, isInRegister: Bool) -> String? {
        let isEntry =
            isInRegister
            || record.publicationTypes.contains {
                ["Trial Registration", "Trial registry record", "Clinical Trial Registration"].contains($0.name)
            }
        guard isEntry else { return nil }
        let places = [record.journal.title, record.journal.abbreviation].compactMap(\.self)
        let stated = record.registrations.map { $0.registry + " " + $0.number }
        for text in places + stated + [record.id.rawValue] + [record.title ?? ""] {
            if let number = RegistrationNumbers.find(in: EvidenceText(text)).first { return number }
        }
        return nil
    }

    static func isMeetingAbstract(_ record: Record) -> Bool {
        record.publicationTypes.contains { type in
            ["Meeting Abstract", "Conference Abstract", "Conference abstract", "Meeting abstract", "CPAPER"]
                .contains(type.name)
        }
    }

    /// By publication type, or by a prefix under which only preprint servers register DOIs. bioRxiv and medRxiv share
    /// 10.1101 with journals of Cold Spring Harbor and are told by the date or number that follows.
    static func isPreprint(_ record: Record) -> Bool {
        if record.publicationTypes.contains(where: { $0.name == "Preprint" }) { return true }
        guard let doi = record.doi?.text.lowercased() else { return false }
        if preprintPrefixes.contains(where: doi.hasPrefix) { return true }
        let marker = "10.1101/"
        guard doi.hasPrefix(marker) else { return false }
        let rest = doi.utf8.dropFirst(marker.utf8.count)
        return rest.prefix(4).count == 4 && rest.prefix(4).allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    private static let preprintPrefixes = [
        "10.21203/rs.", "10.2139/ssrn", "10.20944/preprints", "10.31234/osf.io", "10.31219/osf.io", "10.31235/osf.io",
        "10.48550/arxiv", "10.26434/chemrxiv", "10.22541/au.", "10.36227/techrxiv", "10.2196/preprints",
        "10.1590/scielopreprints", "10.64898/",
    ]

    /// DOIs without the version number that preprint servers append: versions of a preprint are one document.
    static func doiKey(_ doi: DOI) -> UInt64 {
        var bytes = Array(doi.text.utf8)
        for index in bytes.indices where bytes[index] >= 0x41 && bytes[index] <= 0x5A { bytes[index] |= 0x20 }
        let isVersioned =
            bytes.starts(with: "10.1101/".utf8) || bytes.starts(with: "10.21203/rs.".utf8)
            || bytes.starts(with: "10.20944/preprints".utf8) || bytes.starts(with: "10.64898/".utf8)
        if isVersioned, let v = bytes.lastIndex(of: 0x76), v + 1 < bytes.count,
            bytes[(v + 1)...].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), v > 8
        {
            bytes.removeSubrange(v...)
            if let last = bytes.last, last == 0x2F || last == 0x2E { bytes.removeLast() }
        }
        return max(1, StableHash.of(bytes))
    }
}

import Bibliography
import Foundation

/// PMIDs and PMCIDs in the words that exports put around them.
enum IdentifierText {
    /// `PMID: 12345678`, `PUBMED 12345678,EMBASE 2345`, `12345678 [PMID]`; a bare number only where `bare` says so.
    static func pmid(_ text: String, bare: Bool = false) -> PMID? {
        if bare, let pmid = PMID(text) { return pmid }
        let lowered = text.lowercased()
        if let mark = lowered.range(of: "[pmid]") { return PMID(lowered[..<mark.lowerBound]) }
        for label in ["pmid", "pubmed id", "pubmed"] where lowered.hasPrefix(label) {
            let rest = lowered.dropFirst(label.count).drop { $0 == ":" || $0 == " " }
            return PMID(rest.prefix { $0.isNumber })
        }
        return nil
    }

    /// The PMID in the address of a record at PubMed, at Europe PMC, or in one of Ovid's MEDLINE segments.
    static func pmid(address: String) -> PMID? {
        for place in [
            "ncbi.nlm.nih.gov/pubmed/", "pubmed.ncbi.nlm.nih.gov/", "europepmc.org/article/MED/",
            "europepmc.org/abstract/MED/",
        ] {
            guard let range = address.range(of: place) else { continue }
            return PMID(address[range.upperBound...].prefix { $0.isNumber })
        }
        guard address.contains("ovid.com/"), let query = address.split(separator: "?").dropFirst().first else {
            return nil
        }
        var values: [Substring: Substring] = [:]
        for pair in query.split(whereSeparator: { $0 == "&" || $0 == ";" }) {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        let segment = values["D"]?.lowercased() ?? ""
        guard ["med", "mes", "mez", "pmnm", "ppez", "prem", "prmz", "daed"].contains(where: segment.hasPrefix) else {
            return nil
        }
        return values["AN"].flatMap { PMID($0.prefix { $0.isNumber }) }
    }

    /// `PMC1234567`, `PMC1234567 [PMCID]`.
    static func pmcid(_ text: String) -> String? {
        let word = text.prefix { $0 != " " && $0 != "[" }
        return isPMCID(word) ? String(word) : nil
    }

    /// The PMCID in the address of an article at PubMed Central.
    static func pmcid(address: String) -> String? {
        guard
            let range = address.range(of: "/pmc/articles/PMC") ?? address.range(of: "pmc.ncbi.nlm.nih.gov/articles/PMC")
        else { return nil }
        let word = "PMC" + address[range.upperBound...].prefix { $0.isNumber }
        return isPMCID(word) ? word : nil
    }

    private static func isPMCID(_ word: some StringProtocol) -> Bool {
        word.hasPrefix("PMC") && (1...9).contains(word.utf8.count - 3)
            && word.utf8.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) }
    }
}

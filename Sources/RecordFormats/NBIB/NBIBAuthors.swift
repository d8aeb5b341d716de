import Bibliography
import Foundation

/// Authors of PubMed's text format: `FAU` (full name) and `AU` (family name and initials) of one person follow each other,
/// then what belongs to that person: `AUID` and `AD`. Investigators (`FIR`, `IR`) and editors are no authors.
enum NBIBAuthors {
    /// - Parameter haveCommas: whether `AU` holds what `FAU` holds elsewhere, as in ERIC's exports.
    static func authors(_ entry: TaggedEntry, haveCommas: Bool = false) -> [Author] {
        var authors: [Author] = []
        var fullName: String?
        var addressBeforeAuthors: [String] = []
        /// Whether what follows belongs to the last author.
        var isOpen = false

        func flush() {
            guard let name = fullName else { return }
            fullName = nil
            authors.append(full(name, short: nil))
        }
        for field in entry.fields {
            guard let text = FieldText.plain(field.value) else { continue }
            switch field.tag {
            case "FAU":
                flush()
                fullName = text
                isOpen = true
            case "AU":
                let name = fullName
                fullName = nil
                authors.append(name.map { full($0, short: text) } ?? short(text, hasComma: haveCommas))
                isOpen = true
            case "CN":
                flush()
                authors.append(Author(collective: text))
                isOpen = true
            case "AUID":
                flush()
                if isOpen, let last = authors.indices.last, let orcid = orcid(text) { authors[last].orcid = orcid }
            case "AD":
                flush()
                if let last = authors.indices.last {
                    if isOpen { authors[last].affiliations.append(text) }
                } else {
                    addressBeforeAuthors.append(text)
                }
            case "FIR", "IR", "FED", "ED":
                flush()
                isOpen = false
            default:
                continue
            }
        }
        flush()
        // Until 2013 there was one address, the first author's, and it stood before all names.
        if !authors.isEmpty { authors[0].affiliations = addressBeforeAuthors + authors[0].affiliations }
        return authors
    }

    /// `Doe, Jane Q` with `Doe JQ` telling where the family name ends, and the suffix.
    private static func full(_ name: String, short: String?) -> Author {
        let brief = short.flatMap { PersonName.familyAndInitials($0) }
        var family = name
        var given: String?
        if let known = brief?.family, name.hasPrefix(known + ", ") {
            family = known
            given = FieldText.plain(name.dropFirst(known.count + 2))
        } else if let comma = name.range(of: ", ") {
            family = String(name[..<comma.lowerBound])
            given = FieldText.plain(name[comma.upperBound...])
        }
        var author = Author(family: family, given: given, initials: brief?.initials, suffix: brief?.suffix)
        let words = (given ?? "").split(separator: " ")
        if words.count > 1, let last = words.last, author.suffix.map({ $0 == last }) ?? PersonName.isSuffix(last) {
            author.given = words.dropLast().joined(separator: " ")
            author.suffix = String(last)
        }
        if author.initials == nil { author.initials = author.given.flatMap { PersonName.initials(of: $0) } }
        return author
    }

    /// `Doe JQ`; ERIC prints `Doe, Jane Q.` here.
    private static func short(_ text: String, hasComma: Bool) -> Author {
        if hasComma, let author = PersonName.parse(text) { return author }
        return PersonName.familyAndInitials(text) ?? Author(family: text)
    }

    /// Sixteen characters in four groups out of `ORCID: 0000-0002-1825-0097` and its other spellings.
    static func orcid(_ text: String) -> String? {
        guard text.uppercased().hasPrefix("ORCID") || text.lowercased().contains("orcid.org") else { return nil }
        let characters = text.uppercased().drop { !$0.isNumber }.filter { $0.isNumber || $0 == "X" }
        guard characters.utf8.count == 16 else { return nil }
        return stride(from: 0, to: 16, by: 4).map { String(characters.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }
}

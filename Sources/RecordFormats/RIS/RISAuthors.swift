import Bibliography
import Foundation

/// Authors of RIS: `AU` and `A1`; `A2` to `A4` are editors and others.
enum RISAuthors {
    static func authors(_ entry: TaggedEntry) -> [Author] {
        var authors: [Author] = []
        var previous = ""
        for field in entry.fields {
            switch field.tag {
            case "AU", "A1":
                authors += FieldText.lines(field.value).compactMap { PersonName.parse($0) }
            case "C1" where ["AU", "A1", "C1"].contains(previous):
                // OpenAlex writes the addresses of each author after the name.
                if let last = authors.indices.last { authors[last].affiliations += FieldText.lines(field.value) }
            default: break
            }
            let isMore = field.tag == "C1" && !["AU", "A1", "C1"].contains(previous)
            previous = isMore ? "" : field.tag
        }
        guard !authors.isEmpty else { return [] }
        // RIS ties no address to an author: all stand with the first.
        authors[0].affiliations += entry.allLines("AD")
        addNamed(entry.allLines("M1"), to: &authors)
        addORCIDs(entry.allLines("AI"), to: &authors)
        return authors
    }

    /// Embase's `(Doe J.; Roe R., roe@example.org) Address` gives the address to those whom it names.
    private static func addNamed(_ lines: [String], to authors: inout [Author]) {
        let lines = lines.filter { $0.hasPrefix("(") }
        guard !lines.isEmpty else { return }
        let known = NamedAuthors(authors) { [$0.family, $0.given].compactMap { $0 }.joined(separator: " ") }
        for line in lines {
            guard let close = line.range(of: ") "), let place = FieldText.plain(line[close.upperBound...]) else {
                continue
            }
            let names = line[..<close.lowerBound].dropFirst().split(separator: ";")
                .compactMap { $0.split(separator: ",").first.flatMap { FieldText.plain($0) } }
            for index in known.places(of: names) { authors[index].affiliations.append(place) }
        }
    }

    /// Ovid's `Doe, Jane; ORCID: https://orcid.org/0000-0002-1825-0097`.
    private static func addORCIDs(_ lines: [String], to authors: inout [Author]) {
        guard !lines.isEmpty else { return }
        let known = NamedAuthors(authors) { PersonName.text($0) }
        for line in lines {
            let parts = line.split(separator: ";", maxSplits: 1).compactMap { FieldText.plain($0) }
            guard parts.count == 2, let orcid = NBIBAuthors.orcid(parts[1]) else { continue }
            if let index = known.places(of: [parts[0]]).first { authors[index].orcid = orcid }
        }
    }
}

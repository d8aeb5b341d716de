package import Bibliography
import Interchange

/// CSL-JSON: an array, one item a line.
package enum CSLJSONWriter: RecordFormatWriter {
    package static func header() -> [UInt8] { Array("[\n".utf8) }
    package static func separator() -> [UInt8] { Array(",\n".utf8) }
    package static func footer() -> [UInt8] { Array("\n]\n".utf8) }

    package static func write(_ record: Record, to bytes: inout [UInt8]) {
        var json = JSONWriter()
        json.object { json in
            json.member("id", record.id.rawValue)
            json.member("type", type(record))
            member("title", record.title.map { HTMLEntity.escaped($0) }, &json)
            member("original-title", record.vernacularTitle.map { HTMLEntity.escaped($0) }, &json)
            if !record.authors.isEmpty {
                json.member("author") { json in
                    json.array { json in for author in record.authors { write(author, &json) } }
                }
            }
            member("container-title", record.journal.title.map { HTMLEntity.escaped($0) }, &json)
            member("container-title-short", record.journal.abbreviation, &json)
            member("ISSN", record.journal.issn, &json)
            member("volume", record.journal.volume, &json)
            member("issue", record.journal.issue, &json)
            member("page", record.journal.pages, &json)
            write(record.published, &json)
            member("DOI", record.doi?.text, &json)
            member("PMID", record.pmid?.description, &json)
            member("PMCID", record.pmcid, &json)
            let abstract = FieldText.abstractLines(record.abstract)
            if !abstract.isEmpty { json.member("abstract", HTMLEntity.escaped(abstract.joined(separator: "\n"))) }
            member("language", record.languages.first, &json)
            let types = record.publicationTypes.map { $0.name.replacing(";", with: ",") }
            member("genre", types.joined(separator: "; "), &json)
            let keywords = record.keywords.map { $0.replacing(";", with: ",") }
            // One keyword with a comma would be read as two without the semicolon after it.
            let ending = keywords.count == 1 && keywords.contains { $0.contains(",") } ? ";" : ""
            if !keywords.isEmpty { json.member("keyword", keywords.joined(separator: "; ") + ending) }
        }
        bytes += json.bytes
    }

    private static func type(_ record: Record) -> String {
        switch record.kind {
        case .book: "book"
        case .other: "document"
        case .article, .deleted: "article-journal"
        }
    }

    private static func write(_ author: Author, _ json: inout JSONWriter) {
        json.object { json in
            if let group = author.collective { return member("literal", group, &json) }
            member("family", author.family, &json)
            member("given", author.given ?? author.initials, &json)
            member("suffix", author.suffix, &json)
            member("ORCID", author.orcid.map { "https://orcid.org/" + $0 }, &json)
        }
    }

    private static func write(_ date: PublicationDate, _ json: inout JSONWriter) {
        guard date.year != nil || date.raw != nil else { return }
        json.member("issued") { json in
            json.object { json in
                guard let year = date.year else { return json.member("raw", date.raw) }
                json.member("date-parts") { json in
                    json.array { json in
                        json.array { json in
                            json.integer(year)
                            guard let month = date.month else { return }
                            json.integer(month)
                            if let day = date.day { json.integer(day) }
                        }
                    }
                }
                member("season", date.season, &json)
            }
        }
    }

    private static func member(_ name: String, _ value: String?, _ json: inout JSONWriter) {
        if let value = value.flatMap({ FieldText.plain($0) }) { json.member(name, value) }
    }
}

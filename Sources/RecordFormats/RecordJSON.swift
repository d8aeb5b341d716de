package import Bibliography
package import Interchange

extension Record {
    /// One object with the keys of the contract, in its order; absent values are `null` or `[]`.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.rawValue)
            json.member("kind", kind.rawValue)
            json.member("source", source)
            json.member("pmid", pmid?.description)
            json.member("version", version)
            json.member("pmcid", pmcid)
            json.member("doi", doi?.text)
            json.member("title", title)
            json.member("vernacularTitle", vernacularTitle)
            json.list("abstract", abstract) { $1.write(to: &$0) }
            json.list("otherAbstracts", otherAbstracts) { $1.write(to: &$0) }
            json.list("authors", authors) { $1.write(to: &$0) }
            json.member("authorsComplete", authorsComplete)
            json.member("journal") { journal.write(to: &$0) }
            json.member("published") { published.write(to: &$0) }
            json.member("languages", languages)
            json.list("publicationTypes", publicationTypes) { json, type in
                json.object { json in
                    json.member("name", type.name)
                    json.member("ui", type.ui)
                }
            }
            json.list("mesh", mesh) { $1.write(to: &$0) }
            json.member("keywords", keywords)
            writeLists(to: &json)
            json.member("status", status)
            json.member("dates") { dates.write(to: &$0) }
        }
    }

    private func writeLists(to json: inout JSONWriter) {
        json.list("chemicals", chemicals) { json, chemical in
            json.object { json in
                json.member("name", chemical.name)
                json.member("ui", chemical.ui)
                json.member("registryNumber", chemical.registryNumber)
            }
        }
        json.list("registrations", registrations) { json, registration in
            json.object { json in
                json.member("registry", registration.registry)
                json.member("number", registration.number)
            }
        }
        json.list("grants", grants) { json, grant in
            json.object { json in
                json.member("id", grant.id)
                json.member("agency", grant.agency)
                json.member("country", grant.country)
            }
        }
        json.list("relations", relations) { json, relation in
            json.object { json in
                json.member("type", relation.type)
                json.member("pmid", relation.pmid?.description)
                json.member("citation", relation.citation)
            }
        }
    }
}

extension ReadingIssue {
    /// One object of `--issues`.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("file", file)
            json.member("line", line)
            json.member("id", id?.rawValue)
            json.member("severity", severity.rawValue)
            json.member("code", code)
            json.member("message", message)
        }
    }
}

extension JSONWriter {
    /// The items are written where they lie: an array gives out copies, which costs a count of every text in them.
    fileprivate mutating func list<T>(
        _ name: StaticString, _ items: [T], _ write: (inout JSONWriter, borrowing T) -> Void
    ) {
        member(name) { json in
            json.array { json in
                items.withUnsafeBufferPointer { items in
                    for index in items.indices { write(&json, items[index]) }
                }
            }
        }
    }
}

extension AbstractSection {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("label", label)
            json.member("category", category)
            json.member("text", text)
        }
    }
}

extension OtherAbstract {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("type", type)
            json.member("language", language)
            json.list("sections", sections) { $1.write(to: &$0) }
        }
    }
}

extension Author {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("family", family)
            json.member("given", given)
            json.member("initials", initials)
            json.member("suffix", suffix)
            json.member("collective", collective)
            json.member("orcid", orcid)
            json.member("affiliations", affiliations)
        }
    }
}

extension Journal {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("title", title)
            json.member("abbreviation", abbreviation)
            json.member("issn", issn)
            json.member("volume", volume)
            json.member("issue", issue)
            json.member("pages", pages)
        }
    }
}

extension PublicationDate {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("year", year)
            json.member("month", month)
            json.member("day", day)
            json.member("season", season)
            json.member("raw", raw)
        }
    }
}

extension MeshHeading {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            json.member("ui", ui)
            json.member("major", major)
            json.list("qualifiers", qualifiers) { json, qualifier in
                json.object { json in
                    json.member("name", qualifier.name)
                    json.member("ui", qualifier.ui)
                    json.member("major", qualifier.major)
                }
            }
        }
    }
}

extension RecordDates {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("created", created)
            json.member("completed", completed)
            json.member("revised", revised)
            json.member("entrez", entrez)
            json.member("pubmed", pubmed)
            json.member("medline", medline)
        }
    }
}

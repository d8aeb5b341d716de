/// An entry as one source indexes it (PRISMA 2020). Every text is plain: markup flattened, white space collapsed,
/// composed to NFC. What the source does not say is `nil` or empty; nothing is guessed.
package struct Record: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable {
        case article, book, deleted, other
    }

    package var id: RecordID
    package var kind: Kind
    /// Which kind of source the entry comes from (`pubmed`, `ris`, `nbib`, `csv` ...); in a review, the source's id.
    package var source: String
    package var pmid: PMID?
    /// `PMID@Version`; 1 where the source has none.
    package var version: Int
    package var pmcid: String?
    package var doi: DOI?
    package var title: String?
    package var vernacularTitle: String?
    package var abstract: [AbstractSection]
    package var otherAbstracts: [OtherAbstract]
    package var authors: [Author]
    package var authorsComplete: Bool
    package var journal: Journal
    package var published: PublicationDate
    /// ISO 639-2 codes or the source's own words, in the source's order.
    package var languages: [String]
    package var publicationTypes: [PublicationType]
    package var mesh: [MeshHeading]
    package var keywords: [String]
    package var chemicals: [Chemical]
    package var registrations: [Registration]
    package var grants: [Grant]
    package var relations: [Relation]
    /// `MedlineCitation@Status`.
    package var status: String?
    package var dates: RecordDates

    /// An empty record: every list empty, every optional absent.
    package init(id: RecordID, kind: Kind, source: String) {
        self.id = id
        self.kind = kind
        self.source = source
        version = 1
        abstract = []
        otherAbstracts = []
        authors = []
        authorsComplete = true
        journal = Journal()
        published = PublicationDate()
        languages = []
        publicationTypes = []
        mesh = []
        keywords = []
        chemicals = []
        registrations = []
        grants = []
        relations = []
        dates = RecordDates()
    }
}

/// One part of an abstract, with the source's own words for what it is.
package struct AbstractSection: Hashable, Sendable, Codable {
    /// The heading as printed (`METHODS`, `MAIN OUTCOME MEASURES`), nil for an unlabelled abstract.
    package var label: String?
    /// NLM's category (`METHODS`), nil where none is given.
    package var category: String?
    package var text: String

    package init(label: String? = nil, category: String? = nil, text: String) {
        self.label = label
        self.category = category
        self.text = text
    }
}

/// An abstract beside the main one: another language, a plain-language summary, a publisher's own.
package struct OtherAbstract: Hashable, Sendable, Codable {
    package var type: String?
    package var language: String?
    package var sections: [AbstractSection]

    package init(type: String?, language: String?, sections: [AbstractSection]) {
        self.type = type
        self.language = language
        self.sections = sections
    }
}

/// A person, or a group (`collective` and no family name).
package struct Author: Hashable, Sendable, Codable {
    package var family: String?
    package var given: String?
    package var initials: String?
    package var suffix: String?
    package var collective: String?
    /// Sixteen characters in four groups, without address: `0000-0002-1825-0097`.
    package var orcid: String?
    package var affiliations: [String]

    package init(
        family: String? = nil, given: String? = nil, initials: String? = nil, suffix: String? = nil,
        collective: String? = nil, orcid: String? = nil, affiliations: [String] = []
    ) {
        self.family = family
        self.given = given
        self.initials = initials
        self.suffix = suffix
        self.collective = collective
        self.orcid = orcid
        self.affiliations = affiliations
    }
}

/// Where a record was published.
package struct Journal: Hashable, Sendable, Codable {
    package var title: String?
    package var abbreviation: String?
    package var issn: String?
    package var volume: String?
    package var issue: String?
    package var pages: String?

    package init(
        title: String? = nil, abbreviation: String? = nil, issn: String? = nil, volume: String? = nil,
        issue: String? = nil, pages: String? = nil
    ) {
        self.title = title
        self.abbreviation = abbreviation
        self.issn = issn
        self.volume = volume
        self.issue = issue
        self.pages = pages
    }
}

/// A date of publication, as exact as its source: `raw` is the source's own wording.
package struct PublicationDate: Hashable, Sendable, Codable {
    package var year: Int?
    /// 1...12; nil for a range of months.
    package var month: Int?
    package var day: Int?
    package var season: String?
    package var raw: String?

    package init(year: Int? = nil, month: Int? = nil, day: Int? = nil, season: String? = nil, raw: String? = nil) {
        self.year = year
        self.month = month
        self.day = day
        self.season = season
        self.raw = raw
    }
}

package struct PublicationType: Hashable, Sendable, Codable {
    package var name: String
    /// NLM's descriptor, `D016428`.
    package var ui: String?

    package init(name: String, ui: String? = nil) {
        self.name = name
        self.ui = ui
    }
}

package struct MeshHeading: Hashable, Sendable, Codable {
    package var name: String
    package var ui: String?
    /// The descriptor's own mark; a major qualifier does not raise it.
    package var major: Bool
    package var qualifiers: [MeshQualifier]

    package init(name: String, ui: String? = nil, major: Bool = false, qualifiers: [MeshQualifier] = []) {
        self.name = name
        self.ui = ui
        self.major = major
        self.qualifiers = qualifiers
    }
}

package struct MeshQualifier: Hashable, Sendable, Codable {
    package var name: String
    package var ui: String?
    package var major: Bool

    package init(name: String, ui: String? = nil, major: Bool = false) {
        self.name = name
        self.ui = ui
        self.major = major
    }
}

package struct Chemical: Hashable, Sendable, Codable {
    package var name: String
    package var ui: String?
    /// A CAS number or a UNII; `0` where the source has none.
    package var registryNumber: String?

    package init(name: String, ui: String? = nil, registryNumber: String? = nil) {
        self.name = name
        self.ui = ui
        self.registryNumber = registryNumber
    }
}

/// A number in a data bank: a trial registration, a sequence.
package struct Registration: Hashable, Sendable, Codable {
    package var registry: String
    package var number: String

    package init(registry: String, number: String) {
        self.registry = registry
        self.number = number
    }
}

package struct Grant: Hashable, Sendable, Codable {
    package var id: String?
    package var agency: String?
    package var country: String?

    package init(id: String? = nil, agency: String? = nil, country: String? = nil) {
        self.id = id
        self.agency = agency
        self.country = country
    }
}

/// A tie to another record: `RetractionIn`, `ErratumFor`, `UpdateOf`, `CommentOn` ... in PubMed's words.
package struct Relation: Hashable, Sendable, Codable {
    package var type: String
    package var pmid: PMID?
    package var citation: String?

    package init(type: String, pmid: PMID? = nil, citation: String? = nil) {
        self.type = type
        self.pmid = pmid
        self.citation = citation
    }
}

/// When things happened to the record, as `YYYY-MM-DD`.
package struct RecordDates: Hashable, Sendable, Codable {
    package var created: String?
    package var completed: String?
    package var revised: String?
    package var entrez: String?
    package var pubmed: String?
    package var medline: String?

    package init(
        created: String? = nil, completed: String? = nil, revised: String? = nil, entrez: String? = nil,
        pubmed: String? = nil, medline: String? = nil
    ) {
        self.created = created
        self.completed = completed
        self.revised = revised
        self.entrez = entrez
        self.pubmed = pubmed
        self.medline = medline
    }
}

import Bibliography

/// Fills one record with what stands at the places of its document.
struct PubMedRecordBuilder: ~Copyable {
    private(set) var record: Record

    private var journalShortName: String?
    private var startPage: String?
    private var endPage: String?
    private var date = PubMedDateParts()
    private var day = PubMedDay()
    private var dateStatus: String?
    private var abstractLabel: String?
    private var abstractCategory: String?
    private var otherAbstract: OtherAbstract?
    private var author = Author()
    private var firstName: String?
    private var middleName: String?
    private var skipsAuthor = false
    private var skipsList = false
    private var isBookList = false
    private var firstAuthorAffiliation: String?
    private var dataBank: String?
    private var grant = Grant()
    private var chemicalNumber: String?
    private var chemical: Chemical?
    private var relation: Relation?
    private var heading: MeshHeading?
    private var attributes = TextAttributes()
    private var articleDOI: DOI?
    private var listDOI: DOI?
    private var bookDOI: DOI?
    private var bookTitle: String?
    private var bookAuthors: [Author] = []
    private var bookAuthorsComplete = true

    /// What the start tag of the text that is read now said.
    private struct TextAttributes {
        var ui: String?
        var isMajor = false
        var kind: String?
        var isValid = true
    }

    init(kind: Record.Kind) { record = Record(id: RecordID(""), kind: kind, source: "pubmed") }

    /// The finished record; `fallbackID` names it where it has no PMID.
    consuming func finish(fallbackID: RecordID) -> Record {
        record.id = record.pmid?.recordID ?? fallbackID
        record.doi = articleDOI ?? listDOI
        if record.kind == .book { finishBook() }
        if record.journal.abbreviation == nil { record.journal.abbreviation = journalShortName }
        if record.journal.pages == nil, let startPage {
            record.journal.pages = [startPage, endPage].compactMap(\.self).joined(separator: "-")
        }
        if let firstAuthorAffiliation, let first = record.authors.first, first.affiliations.isEmpty {
            record.authors[0].affiliations = [firstAuthorAffiliation]
        }
        // Moved out, as an author is.
        var finished = Record(id: record.id, kind: record.kind, source: record.source)
        swap(&finished, &record)
        return finished
    }

    /// A chapter has its own title and authors; a whole book has the book's.
    private mutating func finishBook() {
        if record.title != nil {
            record.journal.title = bookTitle
            return
        }
        record.title = bookTitle
        record.doi = bookDOI ?? record.doi
        if !bookAuthors.isEmpty {
            record.authors = bookAuthors
            record.authorsComplete = bookAuthorsComplete
        }
    }

    /// Whether anything of the record was read.
    var isEmpty: Bool {
        record == Record(id: record.id, kind: record.kind, source: record.source) && bookTitle == nil
    }

    // MARK: Start tags

    mutating func begin(_ place: PubMedPlace, _ tag: some PubMedTag) {
        switch place {
        case .citation: record.status = tag.plainText(.status)
        case .publicationDate: date = PubMedDateParts()
        case .createdDate, .completedDate, .revisedDate: day = PubMedDay()
        case .historyDate:
            day = PubMedDay()
            dateStatus = tag.string(.pubStatus)
        case .pmid:
            guard record.pmid == nil else { return }
            record.version = tag.string(.version).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 1
        case .abstractText:
            abstractLabel = tag.plainText(.label)
            abstractCategory = tag.plainText(.nlmCategory)
        case .otherAbstract:
            otherAbstract = OtherAbstract(
                type: tag.plainText(.type),
                language: tag.plainText(.language) ?? "eng", sections: [])
        case .authorList, .bookAuthorList:
            skipsList = tag.has(.type, "editors")
            isBookList = place == .bookAuthorList
            guard !skipsList, tag.has(.completeYN, "N") else { return }
            if isBookList { bookAuthorsComplete = false } else { record.authorsComplete = false }
        case .author:
            firstName = nil
            middleName = nil
            skipsAuthor = skipsList || tag.has(.validYN, "N")
        case .dataBank: dataBank = nil
        case .grant: grant = Grant()
        case .chemical:
            chemical = nil
            chemicalNumber = nil
        case .relation: relation = Relation(type: tag.plainText(.refType) ?? tag.name)
        case .meshHeading: heading = nil
        case .substance, .publicationType: attributes = TextAttributes(ui: tag.plainText(.ui))
        case .descriptor, .qualifier:
            attributes = TextAttributes(ui: tag.plainText(.ui), isMajor: tag.has(.majorTopicYN, "Y"))
        case .electronicLocation, .bookElectronicLocation:
            attributes = TextAttributes(
                kind: tag.string(.eIDType), isValid: !tag.has(.validYN, "N"))
        case .articleID: attributes = TextAttributes(kind: tag.string(.idType) ?? "pubmed")
        case .identifier: attributes = TextAttributes(kind: tag.string(.source))
        default: break
        }
    }

    // MARK: End tags

    /// Takes the text of a place. `text` is never empty.
    mutating func take(_ text: consuming String, at place: PubMedPlace) {
        switch place {
        case .pmid: if record.pmid == nil { record.pmid = PMID(text) }
        case .year: Self.keep(text, in: &date.year)
        case .month: Self.keep(text, in: &date.month)
        case .day: Self.keep(text, in: &date.day)
        case .season: Self.keep(text, in: &date.season)
        case .medlineDate: Self.keep(text, in: &date.medlineDate)
        case .yearOfDay, .monthOfDay, .dayOfDay: day.take(text, at: place)
        case .issn: Self.keep(text, in: &record.journal.issn)
        case .volume: Self.keep(text, in: &record.journal.volume)
        case .issue: Self.keep(text, in: &record.journal.issue)
        case .journalTitle: Self.keep(text, in: &record.journal.title)
        case .journalAbbreviation: Self.keep(text, in: &record.journal.abbreviation)
        case .journalShortName: Self.keep(text, in: &journalShortName)
        case .articleTitle: Self.keep(text, in: &record.title)
        case .vernacularTitle: Self.keep(text, in: &record.vernacularTitle)
        case .pages: Self.keep(text, in: &record.journal.pages)
        case .startPage: Self.keep(text, in: &startPage)
        case .endPage: Self.keep(text, in: &endPage)
        case .electronicLocation: if articleDOI == nil { articleDOI = doi(text) }
        case .bookElectronicLocation: if bookDOI == nil { bookDOI = doi(text) }
        case .articleID: takeArticleID(text)
        case .abstractText: takeAbstract(text)
        case .language: record.languages.append(text)
        case .dataBankName: dataBank = text
        case .accessionNumber:
            record.registrations.append(Registration(registry: dataBank ?? "", number: text))
        case .grantID: grant.id = text
        case .grantAgency: grant.agency = text
        case .grantCountry: grant.country = text
        case .publicationType: record.publicationTypes.append(PublicationType(name: text, ui: attributes.ui))
        case .registryNumber: chemicalNumber = text
        case .substance: chemical = Chemical(name: text, ui: attributes.ui)
        case .relationSource: relation?.citation = text
        case .relationPMID: if relation?.pmid == nil { relation?.pmid = PMID(text) }
        case .descriptor: heading = MeshHeading(name: text, ui: attributes.ui, major: attributes.isMajor)
        case .qualifier:
            heading?.qualifiers.append(MeshQualifier(name: text, ui: attributes.ui, major: attributes.isMajor))
        case .keyword: record.keywords.append(text)
        case .bookTitle: Self.keep(text, in: &bookTitle)
        case .firstAuthorAffiliation: Self.keep(text, in: &firstAuthorAffiliation)
        default: takeAuthorPart(text, at: place)
        }
    }

    /// Takes a part of a day without a text being made of it; false where it must be taken as one.
    mutating func take(partOfDay bytes: UnsafeBufferPointer<UInt8>, at place: PubMedPlace) -> Bool {
        day.take(bytes, at: place)
    }

    /// The first of several counts.
    private static func keep(_ text: consuming String, in field: inout String?) {
        if field == nil { field = text }
    }

    private mutating func takeAuthorPart(_ text: consuming String, at place: PubMedPlace) {
        switch place {
        case .familyName: author.family = text
        case .givenName: author.given = text
        case .firstName: firstName = text
        case .middleName: middleName = text
        case .initials: author.initials = text
        case .suffix: author.suffix = text
        case .collectiveName: author.collective = text
        case .affiliation: author.affiliations.append(text)
        case .identifier:
            guard author.orcid == nil, attributes.kind == "ORCID" else { return }
            author.orcid = ORCID.normalised(text)
        default: break
        }
    }

    /// Closes a place that holds others.
    mutating func end(_ place: PubMedPlace) {
        switch place {
        case .publicationDate: record.published = date.publicationDate
        case .createdDate: record.dates.created = day.text
        case .completedDate: record.dates.completed = day.text
        case .revisedDate: record.dates.revised = day.text
        case .historyDate: endHistoryDate()
        case .author:
            if author.given == nil, firstName != nil {
                author.given = [firstName, middleName].compactMap(\.self).joined(separator: " ")
            }
            // Moved out: a copy costs a count of every text in it.
            var finished = Author()
            swap(&finished, &author)
            guard !skipsAuthor, !finished.isEmpty else { return }
            if isBookList { bookAuthors.append(finished) } else { record.authors.append(finished) }
        case .grant: if grant != Grant() { record.grants.append(grant) }
        case .chemical:
            guard var chemical else { return }
            chemical.registryNumber = chemicalNumber
            record.chemicals.append(chemical)
        case .relation:
            if let relation { record.relations.append(relation) }
            relation = nil
        case .meshHeading: if let heading { record.mesh.append(heading) }
        case .otherAbstract:
            if let otherAbstract, !otherAbstract.sections.isEmpty { record.otherAbstracts.append(otherAbstract) }
            otherAbstract = nil
        default: break
        }
    }

    private mutating func endHistoryDate() {
        switch dateStatus {
        case "entrez": record.dates.entrez = record.dates.entrez ?? day.text
        case "pubmed": record.dates.pubmed = record.dates.pubmed ?? day.text
        case "medline": record.dates.medline = record.dates.medline ?? day.text
        default: break
        }
    }

    private mutating func takeAbstract(_ text: consuming String) {
        let section = AbstractSection(label: abstractLabel, category: abstractCategory, text: text)
        if otherAbstract != nil { otherAbstract?.sections.append(section) } else { record.abstract.append(section) }
    }

    private mutating func takeArticleID(_ text: String) {
        switch attributes.kind {
        case "doi": if listDOI == nil, articleDOI == nil { listDOI = DOI(text) }
        case "pmc": if record.pmcid == nil { record.pmcid = text.first?.isNumber == true ? "PMC" + text : text }
        default: break
        }
    }

    private func doi(_ text: String) -> DOI? {
        attributes.kind == "doi" && attributes.isValid ? DOI(text) : nil
    }
}

extension Author {
    fileprivate var isEmpty: Bool {
        family == nil && given == nil && initials == nil && suffix == nil && collective == nil && orcid == nil
            && affiliations.isEmpty
    }
}

import XMLReading

/// A place in a PubMed document that the reader knows: an element reached by child paths only, so that the `PMID` of a
/// correction is never taken for the record's own. Elements at other places are passed over with all they hold.
enum PubMedPlace: UInt8, CaseIterable {
    /// No known place; 0, so that an empty table entry means it.
    case unknown
    case document, set
    // Records.
    case pubmedArticle, pubmedBookArticle, citation, bookDocument, deletions
    // Structure without text of its own.
    case article, journal, journalIssue, pagination, abstract, otherAbstract, authorList, bookAuthorList, author
    case affiliationInfo, dataBankList, dataBank, accessionNumberList, grantList, grant, publicationTypeList
    case journalInfo, chemicalList, chemical, relationList, relation, meshHeadingList, meshHeading, keywordList
    case pubmedData, history, articleIDList, book
    case publicationDate, createdDate, completedDate, revisedDate, historyDate
    // Text; the order matters: everything from here on collects text.
    case pmid, deletedPMID, relationPMID, relationSource
    case year, month, day, season, medlineDate
    // Parts of a date that is a day.
    case yearOfDay, monthOfDay, dayOfDay
    case issn, volume, issue, journalTitle, journalAbbreviation, journalShortName
    case articleTitle, vernacularTitle, pages, startPage, endPage, electronicLocation, bookElectronicLocation
    case abstractText, familyName, givenName, firstName, middleName, initials, suffix, collectiveName, identifier
    case affiliation, firstAuthorAffiliation, language, dataBankName, accessionNumber
    case grantID, grantAgency, grantCountry, publicationType, registryNumber, substance
    case descriptor, qualifier, keyword, articleID, bookTitle

    var collectsText: Bool { rawValue >= PubMedPlace.pmid.rawValue }
    var isOfDay: Bool { rawValue >= PubMedPlace.yearOfDay.rawValue && rawValue <= PubMedPlace.dayOfDay.rawValue }
    /// Whether elements in it may lead to other places.
    var holdsPlaces: Bool { self != .unknown && !collectsText }
}

/// Which element leads from which place to which: PubMed's DTDs from 2001 to 2025 as far as a review needs them.
/// Sources: NLM's pubmed_250101.dtd and its predecessors (nlmmedlinecitationset, bookdoc), by their published element
/// descriptions.
struct PubMedGrammar: Sendable {
    static let shared = PubMedGrammar()

    let vocabulary: XMLVocabulary
    /// The name of each `PubMedAttribute`.
    let attributes: [XMLName]
    /// Row of a place, column of an element name's number.
    private let table: [PubMedPlace]
    private let width: Int

    /// Elements that hold records.
    static let setNames = ["PubmedArticleSet", "MedlineCitationSet", "PubmedBookArticleSet"]
    /// Elements that are records, alone or in a set.
    static let recordNames = [
        "PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument", "DeleteCitation", "DeleteDocument",
    ]
    /// Kinds of relation that the DTDs before 2009 wrote as elements of `CommentsCorrections`.
    static let relationNames = [
        "CommentOn", "CommentIn", "ErratumIn", "ErratumFor", "PartialRetractionIn", "PartialRetractionOf",
        "RepublishedFrom", "RepublishedIn", "RetractionOf", "RetractionIn", "UpdateIn", "UpdateOf",
        "SummaryForPatientsIn", "OriginalReportIn", "ReprintOf", "ReprintIn",
    ]

    init() {
        let rules = Self.rules()
        let attributeNames = PubMedAttribute.allCases.map(\.spelling.description)
        var names = Self.setNames + Self.recordNames + Self.relationNames + attributeNames
        for (_, element, _) in rules where !names.contains(element) { names.append(element) }
        let vocabulary = XMLVocabulary(names)
        self.vocabulary = vocabulary
        attributes = attributeNames.map { vocabulary[$0] }
        width = names.count + 1
        var table = [PubMedPlace](repeating: .unknown, count: PubMedPlace.allCases.count * width)
        for (from, element, to) in rules {
            table[Int(from.rawValue) * width + Int(vocabulary[element].number)] = to
        }
        self.table = table
    }

    func place(from place: PubMedPlace, element: XMLName) -> PubMedPlace {
        table[Int(place.rawValue) * width + Int(element.number)]
    }

    private typealias Rule = (PubMedPlace, String, PubMedPlace)

    private static func rules() -> [Rule] {
        var rules: [Rule] = []
        for name in setNames { rules.append((.document, name, .set)) }
        for holder in [PubMedPlace.document, .set] {
            rules += [
                (holder, "PubmedArticle", .pubmedArticle), (holder, "PubmedBookArticle", .pubmedBookArticle),
                (holder, "MedlineCitation", .citation), (holder, "BookDocument", .bookDocument),
                (holder, "DeleteCitation", .deletions), (holder, "DeleteDocument", .deletions),
            ]
        }
        rules += recordRules + articleRules + citationRules + bookRules
        for name in relationNames { rules.append((.relationList, name, .relation)) }
        let days: [PubMedPlace] = [.createdDate, .completedDate, .revisedDate, .historyDate]
        for day in days { rules += [(day, "Year", .yearOfDay), (day, "Month", .monthOfDay), (day, "Day", .dayOfDay)] }
        return rules
    }

    private static let recordRules: [Rule] = [
        (.pubmedArticle, "MedlineCitation", .citation), (.pubmedArticle, "PubmedData", .pubmedData),
        (.pubmedBookArticle, "BookDocument", .bookDocument), (.pubmedBookArticle, "PubmedBookData", .pubmedData),
        (.deletions, "PMID", .deletedPMID),
        (.pubmedData, "History", .history), (.history, "PubMedPubDate", .historyDate),
        (.pubmedData, "ArticleIdList", .articleIDList), (.articleIDList, "ArticleId", .articleID),
    ]

    private static let articleRules: [Rule] = [
        (.article, "Journal", .journal), (.journal, "ISSN", .issn), (.journal, "Title", .journalTitle),
        (.journal, "ISOAbbreviation", .journalAbbreviation), (.journal, "JournalIssue", .journalIssue),
        (.journalIssue, "Volume", .volume), (.journalIssue, "Issue", .issue),
        (.journalIssue, "PubDate", .publicationDate),
        (.publicationDate, "Year", .year), (.publicationDate, "Month", .month), (.publicationDate, "Day", .day),
        (.publicationDate, "Season", .season), (.publicationDate, "MedlineDate", .medlineDate),
        (.article, "ArticleTitle", .articleTitle), (.article, "VernacularTitle", .vernacularTitle),
        (.article, "Pagination", .pagination), (.pagination, "MedlinePgn", .pages),
        (.pagination, "StartPage", .startPage), (.pagination, "EndPage", .endPage),
        (.article, "ELocationID", .electronicLocation),
        (.article, "Abstract", .abstract), (.abstract, "AbstractText", .abstractText),
        (.article, "Affiliation", .firstAuthorAffiliation),
        (.article, "AuthorList", .authorList), (.authorList, "Author", .author),
        (.author, "LastName", .familyName), (.author, "ForeName", .givenName), (.author, "FirstName", .firstName),
        (.author, "MiddleName", .middleName), (.author, "Initials", .initials), (.author, "Suffix", .suffix),
        (.author, "CollectiveName", .collectiveName), (.author, "Identifier", .identifier),
        (.author, "Affiliation", .affiliation), (.author, "AffiliationInfo", .affiliationInfo),
        (.affiliationInfo, "Affiliation", .affiliation),
        (.article, "Language", .language),
        (.article, "DataBankList", .dataBankList), (.dataBankList, "DataBank", .dataBank),
        (.dataBank, "DataBankName", .dataBankName), (.dataBank, "AccessionNumberList", .accessionNumberList),
        (.accessionNumberList, "AccessionNumber", .accessionNumber),
        (.article, "GrantList", .grantList), (.grantList, "Grant", .grant), (.grant, "GrantID", .grantID),
        (.grant, "Agency", .grantAgency), (.grant, "Country", .grantCountry),
        (.article, "PublicationTypeList", .publicationTypeList),
        (.publicationTypeList, "PublicationType", .publicationType),
    ]

    private static let citationRules: [Rule] = [
        (.citation, "PMID", .pmid), (.citation, "Article", .article),
        (.citation, "DateCreated", .createdDate), (.citation, "DateCompleted", .completedDate),
        (.citation, "DateRevised", .revisedDate),
        (.citation, "MedlineJournalInfo", .journalInfo), (.journalInfo, "MedlineTA", .journalShortName),
        (.citation, "ChemicalList", .chemicalList), (.chemicalList, "Chemical", .chemical),
        (.chemical, "RegistryNumber", .registryNumber), (.chemical, "NameOfSubstance", .substance),
        (.citation, "CommentsCorrectionsList", .relationList), (.citation, "CommentsCorrections", .relationList),
        (.relationList, "CommentsCorrections", .relation),
        (.relation, "RefSource", .relationSource), (.relation, "PMID", .relationPMID),
        (.citation, "MeshHeadingList", .meshHeadingList), (.meshHeadingList, "MeshHeading", .meshHeading),
        (.meshHeading, "DescriptorName", .descriptor), (.meshHeading, "QualifierName", .qualifier),
        (.citation, "OtherAbstract", .otherAbstract), (.otherAbstract, "AbstractText", .abstractText),
        (.citation, "KeywordList", .keywordList), (.keywordList, "Keyword", .keyword),
    ]

    private static let bookRules: [Rule] = [
        (.bookDocument, "PMID", .pmid), (.bookDocument, "ArticleIdList", .articleIDList),
        (.bookDocument, "Book", .book), (.book, "BookTitle", .bookTitle), (.book, "PubDate", .publicationDate),
        (.book, "AuthorList", .bookAuthorList), (.bookAuthorList, "Author", .author), (.book, "Volume", .volume),
        (.book, "ELocationID", .bookElectronicLocation),
        (.bookDocument, "ArticleTitle", .articleTitle), (.bookDocument, "VernacularTitle", .vernacularTitle),
        (.bookDocument, "Pagination", .pagination), (.bookDocument, "Language", .language),
        (.bookDocument, "AuthorList", .authorList), (.bookDocument, "PublicationType", .publicationType),
        (.bookDocument, "Abstract", .abstract), (.bookDocument, "OtherAbstract", .otherAbstract),
        (.bookDocument, "DateRevised", .revisedDate), (.bookDocument, "KeywordList", .keywordList),
        (.bookDocument, "GrantList", .grantList),
    ]
}

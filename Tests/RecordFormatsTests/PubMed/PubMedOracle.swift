import Bibliography
import CLibXML2
import Foundation

/// What a PubMed document says, read with XPath over the whole tree: every field by its own path, with the rules of the
/// contract written down a second time.
struct PubMedOracle {
    private let tree: XPathTree
    private let file: String

    init?(_ bytes: [UInt8], file: String) {
        guard let tree = XPathTree(bytes) else { return nil }
        self.tree = tree
        self.file = file
    }

    func records() -> [Record] {
        let tops = tree.nodes(
            "/*[self::PubmedArticle or self::PubmedBookArticle or self::MedlineCitation]"
                + " | /*/PubmedArticle | /*/PubmedBookArticle | /MedlineCitationSet/MedlineCitation"
                + " | /*/DeleteCitation/PMID")
        return tops.enumerated().map { index, top in
            let fallback = RecordID("\(file)#\(index + 1)")
            switch XPathTree.name(top) {
            case "PMID": return deleted(top, fallback)
            case "PubmedBookArticle": return book(top, fallback)
            case "MedlineCitation": return article(top, data: nil, fallback)
            default:
                return article(
                    tree.nodes("MedlineCitation", in: top).first, data: tree.nodes("PubmedData", in: top).first,
                    fallback)
            }
        }
    }

    private func deleted(_ node: xmlNodePtr, _ fallback: RecordID) -> Record {
        let pmid = XPathTree.text(node).flatMap { PMID($0) }
        var record = Record(id: pmid?.recordID ?? fallback, kind: .deleted, source: "pubmed")
        record.pmid = pmid
        record.version = XPathTree.attribute("Version", node).flatMap { Int($0) } ?? 1
        return record
    }

    private func identify(_ record: inout Record, in node: xmlNodePtr, _ fallback: RecordID) {
        record.pmid = tree.text("PMID", in: node).flatMap { PMID($0) }
        record.id = record.pmid?.recordID ?? fallback
        record.version =
            tree.nodes("PMID", in: node).first.flatMap { XPathTree.attribute("Version", $0) }
            .flatMap { Int($0) } ?? 1
    }

    private func article(_ citation: xmlNodePtr?, data: xmlNodePtr?, _ fallback: RecordID) -> Record {
        var record = Record(id: fallback, kind: .article, source: "pubmed")
        if let citation {
            identify(&record, in: citation, fallback)
            readArticle(&record, in: citation)
            readCitation(&record, in: citation)
        }
        if let data { readData(&record, in: data) }
        return record
    }

    private func readArticle(_ record: inout Record, in citation: xmlNodePtr) {
        func text(_ path: String) -> String? { tree.text("Article/" + path, in: citation) }
        record.title = text("ArticleTitle")
        record.vernacularTitle = text("VernacularTitle")
        record.doi =
            tree.texts("Article/ELocationID[@EIdType='doi'][not(@ValidYN='N')]", in: citation)
            .compactMap { DOI($0) }.first
        record.abstract = sections("Article/Abstract/AbstractText", in: citation)
        record.authors = authors("Article/AuthorList[not(@Type='editors')]/Author", in: citation)
        record.authorsComplete = tree.nodes("Article/AuthorList[@CompleteYN='N']", in: citation).isEmpty
        if let affiliation = text("Affiliation"), record.authors.first?.affiliations == [] {
            record.authors[0].affiliations = [affiliation]
        }
        record.journal = Journal(
            title: text("Journal/Title"),
            abbreviation: text("Journal/ISOAbbreviation") ?? tree.text("MedlineJournalInfo/MedlineTA", in: citation),
            issn: text("Journal/ISSN"), volume: text("Journal/JournalIssue/Volume"),
            issue: text("Journal/JournalIssue/Issue"), pages: text("Pagination/MedlinePgn"))
        if record.journal.pages == nil, let start = text("Pagination/StartPage") {
            record.journal.pages = text("Pagination/EndPage").map { start + "-" + $0 } ?? start
        }
        record.published = date("Article/Journal/JournalIssue/PubDate", in: citation)
        record.languages = tree.texts("Article/Language", in: citation)
        record.publicationTypes = named("Article/PublicationTypeList/PublicationType", in: citation)
            .map { PublicationType(name: $0.name, ui: $0.ui) }
        for bank in tree.nodes("Article/DataBankList/DataBank", in: citation) {
            for number in tree.texts("AccessionNumberList/AccessionNumber", in: bank) {
                record.registrations.append(
                    Registration(registry: tree.text("DataBankName", in: bank) ?? "", number: number))
            }
        }
        record.grants = grants("Article/GrantList/Grant", in: citation)
    }

    private func readCitation(_ record: inout Record, in citation: xmlNodePtr) {
        record.status = XPathTree.attribute("Status", citation)
        record.mesh = tree.nodes("MeshHeadingList/MeshHeading", in: citation).compactMap { heading in
            guard let name = named("DescriptorName", in: heading).first else { return nil }
            let qualifiers = named("QualifierName", in: heading)
                .map { MeshQualifier(name: $0.name, ui: $0.ui, major: $0.major) }
            return MeshHeading(name: name.name, ui: name.ui, major: name.major, qualifiers: qualifiers)
        }
        record.chemicals = tree.nodes("ChemicalList/Chemical", in: citation).compactMap { chemical in
            guard let name = named("NameOfSubstance", in: chemical).first else { return nil }
            return Chemical(name: name.name, ui: name.ui, registryNumber: tree.text("RegistryNumber", in: chemical))
        }
        record.relations = tree.nodes("CommentsCorrectionsList/CommentsCorrections", in: citation).map { relation in
            Relation(
                type: XPathTree.attribute("RefType", relation) ?? "",
                pmid: tree.text("PMID", in: relation).flatMap { PMID($0) },
                citation: tree.text("RefSource", in: relation))
        }
        // Before 2009 the kind of a relation was an element of its own.
        record.relations += tree.nodes("CommentsCorrections/*", in: citation).map { relation in
            Relation(
                type: XPathTree.name(relation), pmid: tree.text("PMID", in: relation).flatMap { PMID($0) },
                citation: tree.text("RefSource", in: relation))
        }
        record.keywords = tree.texts("KeywordList/Keyword", in: citation)
        record.otherAbstracts = otherAbstracts(in: citation)
        record.dates.created = day("DateCreated", in: citation)
        record.dates.completed = day("DateCompleted", in: citation)
        record.dates.revised = day("DateRevised", in: citation)
    }

    private func readData(_ record: inout Record, in data: xmlNodePtr) {
        if record.doi == nil {
            record.doi = tree.texts("ArticleIdList/ArticleId[@IdType='doi']", in: data).compactMap { DOI($0) }.first
        }
        record.pmcid = record.pmcid ?? tree.text("ArticleIdList/ArticleId[@IdType='pmc']", in: data)
        record.dates.entrez = day("History/PubMedPubDate[@PubStatus='entrez']", in: data)
        record.dates.pubmed = day("History/PubMedPubDate[@PubStatus='pubmed']", in: data)
        record.dates.medline = day("History/PubMedPubDate[@PubStatus='medline']", in: data)
    }

    private func book(_ top: xmlNodePtr, _ fallback: RecordID) -> Record {
        var record = Record(id: fallback, kind: .book, source: "pubmed")
        guard let node = tree.nodes("BookDocument", in: top).first else { return record }
        identify(&record, in: node, fallback)
        let isChapter = tree.text("ArticleTitle", in: node) != nil
        record.title = tree.text(isChapter ? "ArticleTitle" : "Book/BookTitle", in: node)
        record.vernacularTitle = tree.text("VernacularTitle", in: node)
        let own = "AuthorList[not(@Type='editors')]"
        let whole = "Book/AuthorList[not(@Type='editors')]"
        let used = isChapter || tree.nodes(whole + "/Author", in: node).isEmpty ? own : whole
        record.authors = authors(used + "/Author", in: node)
        record.authorsComplete = tree.nodes(used + "[@CompleteYN='N']", in: node).isEmpty
        let bookDOI = tree.texts("Book/ELocationID[@EIdType='doi'][not(@ValidYN='N')]", in: node)
        let ownDOI = tree.texts(
            "ArticleIdList/ArticleId[@IdType='doi'] | ../PubmedBookData/ArticleIdList/ArticleId[@IdType='doi']",
            in: node)
        record.doi = ((isChapter ? [] : bookDOI) + ownDOI).compactMap { DOI($0) }.first
        record.pmcid = tree.text("ArticleIdList/ArticleId[@IdType='pmc']", in: node)
        record.abstract = sections("Abstract/AbstractText", in: node)
        record.otherAbstracts = otherAbstracts(in: node)
        record.journal.title = isChapter ? tree.text("Book/BookTitle", in: node) : nil
        record.journal.volume = tree.text("Book/Volume", in: node)
        record.journal.pages = tree.text("Pagination/MedlinePgn", in: node)
        record.published = date("Book/PubDate", in: node)
        record.languages = tree.texts("Language", in: node)
        record.publicationTypes = named("PublicationType", in: node).map { PublicationType(name: $0.name, ui: $0.ui) }
        record.keywords = tree.texts("KeywordList/Keyword", in: node)
        record.grants = grants("GrantList/Grant", in: node)
        record.dates.revised = day("DateRevised", in: node)
        if let data = tree.nodes("PubmedBookData", in: top).first { readData(&record, in: data) }
        return record
    }

    // MARK: Parts

    private func sections(_ path: String, in node: xmlNodePtr) -> [AbstractSection] {
        tree.nodes(path, in: node).compactMap { section in
            XPathTree.text(section).map {
                AbstractSection(
                    label: XPathTree.attribute("Label", section),
                    category: XPathTree.attribute("NlmCategory", section), text: $0)
            }
        }
    }

    private func otherAbstracts(in node: xmlNodePtr) -> [OtherAbstract] {
        tree.nodes("OtherAbstract[normalize-space(AbstractText)]", in: node).map { other in
            OtherAbstract(
                type: XPathTree.attribute("Type", other), language: XPathTree.attribute("Language", other) ?? "eng",
                sections: sections("AbstractText", in: other))
        }
    }

    private func authors(_ path: String, in node: xmlNodePtr) -> [Author] {
        tree.nodes(path + "[not(@ValidYN='N')]", in: node).map { author in
            let orcid = tree.text("Identifier[@Source='ORCID']", in: author)
            return Author(
                family: tree.text("LastName", in: author), given: tree.text("ForeName | FirstName", in: author),
                initials: tree.text("Initials", in: author), suffix: tree.text("Suffix", in: author),
                collective: tree.text("CollectiveName", in: author),
                orcid: orcid.flatMap(Self.orcid),
                affiliations: tree.texts("Affiliation | AffiliationInfo/Affiliation", in: author))
        }
    }

    private static func orcid(_ text: String) -> String? {
        let digits = text.uppercased().split(separator: "/").last?.filter { $0.isNumber || $0 == "X" } ?? ""
        guard digits.count == 16 else { return nil }
        return stride(from: 0, to: 16, by: 4).map { String(digits.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }

    private func grants(_ path: String, in node: xmlNodePtr) -> [Grant] {
        tree.nodes(path, in: node).map { grant in
            Grant(
                id: tree.text("GrantID", in: grant), agency: tree.text("Agency", in: grant),
                country: tree.text("Country", in: grant))
        }
    }

    private func named(_ path: String, in node: xmlNodePtr) -> [(name: String, ui: String?, major: Bool)] {
        tree.nodes(path, in: node).compactMap { item in
            XPathTree.text(item).map {
                ($0, XPathTree.attribute("UI", item), XPathTree.attribute("MajorTopicYN", item) == "Y")
            }
        }
    }

    private static let months = [
        "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10,
        "Nov": 11, "Dec": 12,
    ]

    private func date(_ path: String, in node: xmlNodePtr) -> PublicationDate {
        guard let date = tree.nodes(path, in: node).first else { return PublicationDate() }
        if let free = tree.text("MedlineDate", in: date) {
            let year = free.split { !$0.isNumber }.first { $0.count == 4 }.flatMap { Int($0) }
            return PublicationDate(year: year, raw: free)
        }
        let words = tree.texts("*", in: date)
        return PublicationDate(
            year: tree.text("Year", in: date).flatMap { Int($0) },
            month: tree.text("Month", in: date).flatMap { Self.months[$0] ?? Int($0) },
            day: tree.text("Day", in: date).flatMap { Int($0) }, season: tree.text("Season", in: date),
            raw: words.isEmpty ? nil : words.joined(separator: " "))
    }

    private func day(_ path: String, in node: xmlNodePtr) -> String? {
        guard let date = tree.nodes(path, in: node).first, let year = tree.text("Year", in: date) else { return nil }
        let rest = ["Month", "Day"].compactMap { tree.text($0, in: date) }
        return ([year] + rest.map { (Self.months[$0].map(String.init) ?? $0) }.map { $0.count == 1 ? "0" + $0 : $0 })
            .joined(separator: "-")
    }
}

import Bibliography

/// Reads an article's front matter into a record.
struct JATSFront {
    private let tree: JATSTree
    private var text: JATSText
    private var record = Record(id: RecordID(""), kind: .article, source: "jats")

    init(_ tree: JATSTree) {
        self.tree = tree
        text = JATSText(tree)
    }

    mutating func read(_ article: Int) -> Record {
        if let language = tree.attribute(article, .language), !language.isEmpty { record.languages = [language] }
        if let type = tree.attribute(article, .articleType), !type.isEmpty {
            record.publicationTypes = [PublicationType(name: Self.publicationTypes[type] ?? type)]
        }
        guard let front = tree.child(article, .front) else { return record }
        if let meta = tree.child(front, .journalMeta) { journal(meta) }
        if let meta = tree.child(front, .articleMeta) { self.article(meta) }
        return record
    }

    /// PubMed's names for JATS's suggested article types.
    private static let publicationTypes = [
        "research-article": "Journal Article", "review-article": "Review", "systematic-review": "Systematic Review",
        "case-report": "Case Reports", "editorial": "Editorial", "letter": "Letter",
        "correction": "Published Erratum", "retraction": "Retraction of Publication", "article-commentary": "Comment",
        "meta-analysis": "Meta-Analysis", "clinical-trial": "Clinical Trial",
    ]

    private mutating func journal(_ meta: Int) {
        let groups = tree.children(meta, .journalTitleGroup)
        let places = groups + [meta]
        record.journal.title = first(places.flatMap { tree.children($0, .journalTitle) })
        let ids = tree.children(meta, .journalID)
        func named(_ type: String) -> [Int] { ids.filter { tree.attribute($0, .journalIDType) == type } }
        record.journal.abbreviation = first(
            named("iso-abbrev") + places.flatMap { tree.children($0, .abbreviatedJournal) } + named("nlm-ta"))
        record.journal.issn = first(tree.children(meta, .issn))
    }

    private mutating func article(_ meta: Int) {
        for node in tree.children(meta, .articleID) { identifier(node) }
        if let group = tree.child(meta, .titleGroup), let node = tree.child(group, .articleTitle),
            let title = text.string(node, leaving: [.xref, .fn])
        {
            let subtitles = tree.children(group, .subtitle).compactMap { text.string($0) }
            record.title = ([title] + subtitles).joined(separator: ": ")
        }
        record.journal.volume = first(tree.children(meta, .volume))
        record.journal.issue = first(tree.children(meta, .issue))
        let from = first(tree.children(meta, .fpage))
        let to = first(tree.children(meta, .lpage))
        record.journal.pages =
            first(tree.children(meta, .pageRange))
            ?? from.map { from in to == nil || to == from ? from : "\(from)-\(to ?? "")" }
            ?? first(tree.children(meta, .elocationID))
        authors(meta)
        published(meta)
        abstracts(meta)
        for group in tree.children(meta, .kwdGroup) {
            if tree.attribute(group, .kwdGroupType)?.hasPrefix("abbrev") == true { continue }
            for node in tree.children(group) where [.kwd, .compoundKwd, .nestedKwd].contains(tree.name(node)) {
                if let word = text.string(node) { record.keywords.append(word) }
            }
        }
        for node in tree.path(meta, .fundingGroup, .awardGroup) {
            let agency = tree.children(node, .fundingSource).compactMap { text.string($0) }.joined(separator: "; ")
            let ids = tree.children(node, .awardID).compactMap { text.string($0) }
            for id in ids.isEmpty ? [nil] : ids.map(Optional.some) where id != nil || !agency.isEmpty {
                record.grants.append(Grant(id: id, agency: agency.isEmpty ? nil : agency))
            }
        }
        for node in tree.children(meta, .relatedArticle) {
            let target = tree.attribute(node, .href)
            let isPMID = ["pubmed", "pmid"].contains(tree.attribute(node, .extLinkType) ?? "")
            record.relations.append(
                Relation(
                    type: tree.attribute(node, .relatedArticleType) ?? "related-article",
                    pmid: isPMID ? target.flatMap { PMID($0) } : nil, citation: text.string(node) ?? target))
        }
    }

    private mutating func identifier(_ node: Int) {
        guard let value = text.string(node) else { return }
        switch tree.attribute(node, .idType) {
        case "pmid": record.pmid = record.pmid ?? PMID(value)
        case "doi": record.doi = record.doi ?? DOI(value)
        case "pmc", "pmcid":
            guard record.pmcid == nil else { return }
            let digits = value.uppercased().hasPrefix("PMC") ? String(value.dropFirst(3)) : value
            if !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { record.pmcid = "PMC" + digits }
        default: return
        }
    }

    private mutating func first(_ nodes: [Int]) -> String? {
        for node in nodes { if let words = text.string(node) { return words } }
        return nil
    }

    // MARK: Authors

    private mutating func authors(_ meta: Int) {
        var affiliations: [String: String] = [:]
        let groups = tree.children(meta, .contribGroup)
        for holder in [meta] + groups {
            let nodes = tree.children(holder, .aff) + tree.path(holder, .affAlternatives, .aff)
            for node in nodes {
                if let id = tree.attribute(node, .id) { affiliations[id] = affiliation(node) }
            }
        }
        for group in groups {
            // Affiliations of a group that name nobody are everybody's.
            let shared = tree.children(group, .aff).filter { tree.attribute($0, .id) == nil }.compactMap {
                affiliation($0)
            }
            for contrib in tree.children(group, .contrib) {
                guard ["author", "", "authors"].contains(tree.attribute(contrib, .contribType) ?? "") else { continue }
                guard var author = author(contrib) else { continue }
                for reference in tree.children(contrib, .xref) where tree.attribute(reference, .type) == "aff" {
                    // One reference may name several.
                    for id in (tree.attribute(reference, .rid) ?? "").split(separator: " ") {
                        if let words = affiliations[String(id)] { author.affiliations.append(words) }
                    }
                }
                author.affiliations += tree.children(contrib, .aff).compactMap { affiliation($0) }
                if author.affiliations.isEmpty { author.affiliations = shared }
                record.authors.append(author)
            }
        }
    }

    private mutating func affiliation(_ node: Int) -> String? { text.string(node, leaving: [.label, .sup]) }

    private mutating func author(_ contrib: Int) -> Author? {
        var author = Author()
        let holders =
            [contrib] + tree.children(contrib, .nameAlternatives) + tree.children(contrib, .collabAlternatives)
        let names = holders.flatMap { holder in
            tree.children(holder).filter { tree.name($0) == .name || tree.name($0) == .stringName }
        }
        if let name = names.first {
            author.family = first(tree.children(name, .surname))
            author.given = first(tree.children(name, .givenNames))
            author.initials = tree.child(name, .givenNames).flatMap { tree.attribute($0, .initials) }
            author.suffix = first(tree.children(name, .suffix))
            if author.family == nil, author.given == nil, let words = text.string(name) {
                author = PersonName.parse(words) ?? Author(collective: words)
            }
        } else if let group = holders.flatMap({ tree.children($0, .collab) }).first {
            author.collective = text.string(group, leaving: [.contribGroup, .xref, .aff])
        }
        guard author != Author() else { return nil }
        for node in tree.children(contrib, .contribID) where tree.attribute(node, .contribIDType) == "orcid" {
            author.orcid = author.orcid ?? text.string(node).flatMap { ORCID.normalised($0) }
        }
        return author
    }

    // MARK: Dates and abstracts

    /// The date of the issue, else of the collection, else of the first appearance; as PubMed chooses.
    private mutating func published(_ meta: Int) {
        var best: (rank: Int, date: PublicationDate)?
        for node in tree.children(meta, .pubDate) {
            let type = tree.attribute(node, .pubType) ?? ""
            let format = tree.attribute(node, .publicationFormat) ?? ""
            let dateType = tree.attribute(node, .dateType) ?? ""
            let rank =
                switch (type, dateType, format) {
                case ("ppub", _, _), (_, "pub", "print"), (_, "ppub", _), ("epub-ppub", _, _): 0
                case ("collection", _, _), (_, "collection", _): 1
                case ("epub", _, _), (_, "pub", _), (_, "epub", _): 2
                case ("", "", _): 3
                default: 4
                }
            // A repository's own dates say nothing of the publication.
            if type.hasPrefix("pmc-") || type == "nihms-submitted" { continue }
            var parts = PubMedDateParts()
            parts.year = first(tree.children(node, .year))
            parts.month = first(tree.children(node, .month))
            parts.day = first(tree.children(node, .day))
            parts.season = first(tree.children(node, .season))
            guard parts.year != nil, rank < best?.rank ?? .max else { continue }
            best = (rank, parts.publicationDate)
        }
        if let best { record.published = best.date }
    }

    private mutating func abstracts(_ meta: Int) {
        for node in tree.children(meta) where [.abstract, .transAbstract].contains(tree.name(node)) {
            let sections = self.sections(node)
            guard !sections.isEmpty else { continue }
            let type = tree.attribute(node, .abstractType)
            if tree.name(node) == .abstract, type == nil, record.abstract.isEmpty {
                record.abstract = sections
            } else {
                record.otherAbstracts.append(
                    OtherAbstract(
                        type: type ?? tree.name(node).rawValue, language: tree.attribute(node, .language),
                        sections: sections))
            }
        }
    }

    /// Sections with their titles as labels; paragraphs without a section are one.
    private mutating func sections(_ node: Int) -> [AbstractSection] {
        var sections: [AbstractSection] = []
        var loose: [Int] = []
        func text(_ nodes: [Int], _ text: inout JATSText) -> String? {
            let words = nodes.compactMap { text.string($0) }
            return words.isEmpty ? nil : words.joined(separator: " ")
        }
        for child in tree.children(node) {
            switch tree.name(child) {
            case .title, .label, .objectID: continue
            case .sec:
                if let words = text(loose, &self.text) { sections.append(AbstractSection(text: words)) }
                loose = []
                let inside = tree.children(child).filter { tree.name($0) != .title }
                let label = tree.child(child, .title).flatMap { self.text.string($0) }
                if let words = text(inside, &self.text) {
                    sections.append(AbstractSection(label: label.map(Self.label), text: words))
                }
            default: loose.append(child)
            }
        }
        if let words = text(loose, &self.text) { sections.append(AbstractSection(text: words)) }
        return sections
    }

    /// A heading without the colon or full stop that some journals print behind it.
    private static func label(_ title: String) -> String {
        var rest = Substring(title)
        while let last = rest.last, last == ":" || last == "." { rest.removeLast() }
        return rest.isEmpty ? title : String(rest)
    }
}

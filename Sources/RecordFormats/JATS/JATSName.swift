import XMLReading

/// The names of elements and attributes that reading an article depends on: JATS 1.0 to 1.4 and the NLM DTDs 2 and 3
/// before it, by their public element descriptions. Everything else is text or structure without a meaning of its own.
enum JATSName: String, CaseIterable {
    // Documents.
    case article, articleSet = "pmc-articleset"
    // Front matter.
    case front, journalMeta = "journal-meta", articleMeta = "article-meta", frontStub = "front-stub"
    case journalID = "journal-id", journalTitleGroup = "journal-title-group", journalTitle = "journal-title"
    case abbreviatedJournal = "abbrev-journal-title", issn, articleID = "article-id"
    case titleGroup = "title-group", articleTitle = "article-title", subtitle
    case contribGroup = "contrib-group", contrib, contribID = "contrib-id", name, stringName = "string-name"
    case nameAlternatives = "name-alternatives", surname, givenNames = "given-names", suffix, collab
    case collabAlternatives = "collab-alternatives", aff, affAlternatives = "aff-alternatives"
    case pubDate = "pub-date", day, month, year, season, volume, issue, fpage, lpage
    case elocationID = "elocation-id", pageRange = "page-range"
    case abstract, transAbstract = "trans-abstract", kwdGroup = "kwd-group", kwd
    case compoundKwd = "compound-kwd", nestedKwd = "nested-kwd"
    case fundingGroup = "funding-group", awardGroup = "award-group", awardID = "award-id"
    case fundingSource = "funding-source", fundingStatement = "funding-statement"
    case authorNotes = "author-notes", relatedArticle = "related-article"
    // Text.
    case body, back, floatsGroup = "floats-group", floatsWrap = "floats-wrap", sec, title, label, p
    case ack, notes, app, appGroup = "app-group", fnGroup = "fn-group", fn, glossary, bio
    case boxedText = "boxed-text", statement, quote = "disp-quote", supplementary = "supplementary-material"
    case list, listItem = "list-item", defList = "def-list", defItem = "def-item", term, def
    case formula = "disp-formula", formulaGroup = "disp-formula-group", preformat, verse = "verse-group"
    case verseLine = "verse-line", speech, attrib, lineBreak = "break", xref, sup
    case alternatives, texMath = "tex-math"
    // Tables and figures.
    case tableWrap = "table-wrap", tableWrapGroup = "table-wrap-group", tableWrapFoot = "table-wrap-foot"
    case caption, table, thead, tbody, tfoot, tr, th, td, array, fig, figGroup = "fig-group"
    // Tables of the OASIS exchange model, as some publishers set them.
    case tgroup, colspec, row, entry
    // Passed over.
    case refList = "ref-list", subArticle = "sub-article", response, objectID = "object-id", altText = "alt-text"
    case longDescription = "long-desc", indexTerm = "index-term", permissions
    // Attributes.
    case id, rid, type = "ref-type", colspan, rowspan, idType = "pub-id-type", contribType = "contrib-type"
    case abstractType = "abstract-type", articleType = "article-type", secType = "sec-type"
    case journalIDType = "journal-id-type", pubType = "pub-type", dateType = "date-type"
    case publicationFormat = "publication-format", contribIDType = "contrib-id-type"
    case kwdGroupType = "kwd-group-type", relatedArticleType = "related-article-type"
    case extLinkType = "ext-link-type", initials
    case colname, namest, nameend, morerows
    // With a namespace prefix, which the vocabulary cannot hold.
    case language = "xml:lang", href = "xlink:href"
    /// Any other element.
    case other = ""
    /// Not an element, but a piece of text.
    case text = "#text"

    static let vocabulary = XMLVocabulary(allCases.map(\.rawValue))

    /// The case for a name of the vocabulary.
    init(_ name: XMLName) {
        let index = Int(name.number) - 1
        self = index >= 0 && index < Self.all.count ? Self.all[index] : .other
    }

    /// An element of a table in the OASIS exchange model: `oasis:table` is a table.
    init?(oasis name: String) {
        guard name.hasPrefix("oasis:"), let known = JATSName(rawValue: String(name.dropFirst(6))) else { return nil }
        switch known {
        case .table, .tgroup, .colspec, .thead, .tbody, .tfoot, .row, .entry: self = known
        default: return nil
        }
    }

    var xml: XMLName { XMLName(number: (Self.numbers[self] ?? 0)) }

    private static let all = allCases
    private static let numbers = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, UInt16($0 + 1)) })

    /// Nothing below these is read.
    var isPassedOver: Bool {
        switch self {
        case .refList, .subArticle, .response, .objectID, .altText, .longDescription, .indexTerm: true
        default: false
        }
    }

    /// The attributes that are kept.
    var attributes: [JATSName] {
        switch self {
        case .th, .td: [.colspan, .rowspan]
        case .colspec: [.colname]
        case .entry: [.namest, .nameend, .morerows]
        case .xref: [.type, .rid]
        case .articleID: [.idType]
        case .contrib: [.contribType]
        case .contribID: [.contribIDType]
        case .givenNames, .name: [.initials]
        case .sec, .notes, .ack, .app: [.secType]
        case .abstract: [.abstractType, .language]
        case .transAbstract: [.abstractType, .language]
        case .article: [.articleType, .language]
        case .journalID: [.journalIDType]
        case .pubDate: [.pubType, .dateType, .publicationFormat]
        case .kwdGroup: [.kwdGroupType]
        case .relatedArticle: [.relatedArticleType, .extLinkType, .href]
        case .aff, .tableWrap, .tableWrapGroup, .fig: [.id]
        default: []
        }
    }

    /// Stands on lines of its own, so that a blank parts it from the words before and after.
    var isBlock: Bool {
        switch self {
        case .p, .list, .listItem, .defList, .defItem, .term, .def, .title, .quote, .formula, .formulaGroup,
            .preformat, .verse, .verseLine, .speech, .statement, .boxedText, .attrib, .fn, .caption, .label, .tr, .td,
            .th, .row, .entry, .table, .array, .sec, .supplementary, .lineBreak, .tableWrap, .fig:
            true
        default: false
        }
    }

    /// Holds paragraphs, tables or sections rather than words.
    var isBlockContent: Bool {
        switch self {
        case .p, .sec, .tableWrap, .tableWrapGroup, .fig, .figGroup, .list, .defList, .boxedText, .quote, .fn,
            .formula, .formulaGroup, .app, .statement, .supplementary, .verse, .preformat, .speech, .array:
            true
        default: false
        }
    }
}

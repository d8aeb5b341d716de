/// What the columns of a table hold, by the names that databases and screening tools give them.
package struct Columns {
    package enum Field: Int, CaseIterable {
        case id, otherID, key, pmid, pmcid, doi
        case title, vernacularTitle, abstract, summary, authors, otherAuthors, groups, affiliations, namedAffiliations
        case journal, abbreviation, issn
        case volume, issue, pages, startPage, endPage, articleNumber
        case year, month, day, season, date, source, languages
        case publicationTypes, mesh, keywords, chemicals, registrations, grants, status, kind, trial, conditions
        case interventions, studyType, firstPosted, citation, number, sentences
    }

    /// For each field, by its place among all of them: every row asks for most of them.
    private let positions: [[Int]]
    package let count: Int
    /// A known name that stands over two columns, in the spelling of the second.
    package let repeated: String?
    /// Whether this is the table that `CSVWriter` writes, whose lists have semicolons and nothing else between them.
    package let isOwn: Bool
    /// Whether `Source` names the journal, as the Cochrane Library has it: there is no other column for that, but columns for
    /// volume and issue or pages.
    package let sourceIsJournal: Bool

    /// - Parameter header: the cells of the first row.
    package init(header: [String]) {
        var positions: [[Int]] = Array(repeating: [], count: Field.allCases.count)
        let folded = header.map { Self.folded($0) }
        let isWebOfScience = ["pt", "so", "ut"].allSatisfy { folded.contains($0) }
        let names = isWebOfScience ? Self.webOfScience : Self.names
        var repeated: String?
        for (index, name) in folded.enumerated() {
            guard let field = names[name] else { continue }
            if repeated == nil, folded[..<index].contains(name) { repeated = header[index] }
            positions[field.rawValue].append(index)
        }
        func has(_ field: Field) -> Bool { !positions[field.rawValue].isEmpty }
        sourceIsJournal = has(.source) && !has(.journal) && has(.volume) && (has(.issue) || has(.pages))
        self.positions = positions
        self.repeated = repeated
        count = header.count
        isOwn = header == CSVWriter.columns
    }

    /// How many kinds of column are known.
    package var known: Int { positions.count { !$0.isEmpty } }
    package func has(_ field: Field) -> Bool { !positions[field.rawValue].isEmpty }
    package func positions(_ field: Field) -> [Int] { positions[field.rawValue] }

    /// Small letters and digits only: `Publication Year`, `publication_year` and `PublicationYear` are the same.
    package static func folded(_ name: String) -> String {
        String(
            decoding: name.lowercased().utf8.filter { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) },
            as: UTF8.self)
    }

    private static let names: [String: Field] = {
        var names: [String: Field] = [:]
        for (field, list) in spellings { for name in list { names[name] = field } }
        return names
    }()

    /// Web of Science's tab-delimited export has its tags for names; its `ID` holds keywords.
    private static let webOfScience: [String: Field] = [
        "af": .authors, "au": .otherAuthors, "ca": .groups, "c1": .affiliations, "ti": .title,
        "ft": .vernacularTitle, "so": .journal, "ji": .abbreviation, "j9": .abbreviation, "ab": .abstract, "py": .year,
        "pd": .date,
        "vl": .volume, "is": .issue, "bp": .startPage, "ep": .endPage, "sn": .issn, "ei": .issn, "ps": .pages,
        "di": .doi, "pm": .pmid,
        "ar": .articleNumber, "de": .keywords, "id": .keywords, "la": .languages, "dt": .publicationTypes,
        "ut": .number, "mh": .sentences,
    ]

    private static let spellings: [(Field, [String])] = [
        (.id, ["id"]),
        (
            .otherID,
            [
                "recordid", "recid", "recordnumber", "recnumber", "referenceid", "refid", "uniqueid", "uid", "uuid",
                "articleid", "documentid", "docid", "itemid", "entryid", "paperid", "internalid", "centralid",
                "cochranereviewid", "cochraneid",
            ]
        ),
        (.key, ["key", "citekey", "citationkey", "covidence", "rayyanid"]),
        (.pmid, ["pmid", "pubmedid", "medlineid", "medlinepmid", "pubmed", "pubmedpmid", "idspmid"]),
        (.pmcid, ["pmcid", "pmc", "idspmcid"]),
        (.doi, ["doi", "digitalobjectidentifier", "doilink", "dois", "itemdoi"]),
        (
            .title,
            [
                "title", "primarytitle", "articletitle", "documenttitle", "studytitle", "t1", "ti", "titles",
                "itemtitle", "titleprimary",
            ]
        ),
        (.vernacularTitle, ["originaltitle", "vernaculartitle", "originalforeigntitle"]),
        (.abstract, ["abstract", "abstractnote", "notesabstract", "ab", "abstracttext", "n2"]),
        (.summary, ["briefsummary", "summary"]),
        (
            .authors,
            [
                "authors", "author", "authornames", "firstauthors", "authorsfullnames", "authorfullnames", "au",
                "authorsprimary", "authorshipsrawauthorname",
            ]
        ),
        (.otherAuthors, ["authorshipsauthordisplayname"]),
        (
            .affiliations,
            [
                "addresses", "affiliations", "affiliation", "authoraffiliations", "authoraffiliation", "authoraddress",
                "authoraddresses", "authorsaffiliations",
            ]
        ),
        (.namedAffiliations, ["authorswithaffiliations"]),
        (
            .journal,
            [
                "journal", "journalbook", "publicationtitle", "sourcetitle", "journaltitle", "secondarytitle",
                "journalname", "publicationname", "t2", "containertitle", "containername", "venue", "booktitle",
                "anthologytitle", "conferencetitle", "proceedingstitle", "publication", "periodicalfull",
                "primarylocationsourcedisplayname",
            ]
        ),
        (
            .abbreviation,
            ["abbreviation", "abbreviatedsourcetitle", "journalabbreviation", "journalabbreviated", "periodicalabbrev"]
        ),
        // Reference managers put a journal's ISSN where a book's ISBN stands.
        (.issn, ["issn", "issnisbn", "isbnissn", "issns", "eissn", "isbn", "primarylocationsourceissnl"]),
        (.volume, ["volume", "vl", "vol", "journalvolume", "bibliovolume"]),
        (.issue, ["issue", "number", "issuenumber", "journalissue", "biblioissue"]),
        (.pages, ["pages", "page", "pagination", "pagerange", "pagenumbers"]),
        (.startPage, ["startpage", "pagestart", "firstpage", "bibliofirstpage"]),
        (.endPage, ["endpage", "pageend", "lastpage", "bibliolastpage", "otherpages"]),
        (.articleNumber, ["artno", "articlenumber"]),
        (.year, ["year", "publicationyear", "publishedyear", "pubyear", "yearpublished", "yearofpublication", "py"]),
        (.month, ["month", "publishedmonth"]),
        (.day, ["day"]),
        (.season, ["season"]),
        (.date, ["date", "publicationdate", "dateofpublication", "pubdate", "startdate", "pubdatefreefrom"]),
        (.source, ["source"]),
        (.languages, ["language", "languages", "languageoforiginaldocument", "articlelanguage"]),
        (.publicationTypes, ["publicationtype", "publicationtypes", "documenttype", "doctype", "contenttype"]),
        (.mesh, ["mesh", "meshterms", "meshheadings"]),
        (
            .keywords,
            [
                "keywords", "authorkeywords", "keyword", "manualtags", "automatictags", "indexkeywords",
                "emtreedrugindexterms", "emtreemedicalindexterms", "emtreedrugindextermsmajorfocus",
                "emtreemedicalindextermsmajorfocus", "subjects", "ieeeterms", "keywordsdisplayname",
            ]
        ),
        (.chemicals, ["chemicals", "chemicalscas", "casregistrynumbers"]),
        (.registrations, ["registrations", "clinicaltrialnumbers"]),
        (.grants, ["grants"]),
        (.status, ["status"]),
        (.kind, ["kind", "entrytype", "itemtype", "typeofreference", "referencetype"]),
        (.trial, ["nctnumber", "nctid"]),
        (.firstPosted, ["firstposted"]),
        (.conditions, ["conditions"]),
        (.interventions, ["interventions"]),
        (.studyType, ["studytype"]),
        (.citation, ["citation"]),
    ]
}

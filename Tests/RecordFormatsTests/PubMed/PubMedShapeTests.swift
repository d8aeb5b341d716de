import Bibliography
import RecordFormats
import Testing

@Suite("PubMed XML: shapes of documents")
struct PubMedShapeTests {
    private let chapter = """
        <PubmedBookArticle><BookDocument><PMID>11</PMID><ArticleIdList><ArticleId IdType="doi">10.1000/chapter</ArticleId>
        </ArticleIdList><Book><BookTitle>The book</BookTitle><PubDate><Year>2011</Year></PubDate><AuthorList Type="editors">
        <Author><LastName>Editor</LastName></Author></AuthorList><ELocationID EIdType="doi">10.1000/book</ELocationID></Book>
        <ArticleTitle>The chapter</ArticleTitle><Language>eng</Language><AuthorList Type="authors"><Author>
        <LastName>Writer</LastName></Author></AuthorList><PublicationType UI="D016454">Review</PublicationType></BookDocument>
        <PubmedBookData><History><PubMedPubDate PubStatus="pubmed"><Year>2012</Year><Month>3</Month><Day>4</Day>
        </PubMedPubDate></History></PubmedBookData></PubmedBookArticle>
        """
    private let whole = """
        <PubmedBookArticle><BookDocument><PMID>12</PMID><Book><BookTitle>A <i>whole</i> book</BookTitle>
        <AuthorList Type="authors" CompleteYN="N"><Author><LastName>Author</LastName></Author></AuthorList>
        <AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList>
        <ELocationID EIdType="doi">10.1000/book</ELocationID></Book></BookDocument></PubmedBookArticle>
        """

    @Test("A chapter has its own title, authors and DOI; a whole book has the book's; editors are no authors")
    func books() throws {
        let records = try Reading.pubMed(PubMedSample.set(chapter + whole)).records
        #expect(records.map(\.kind) == [.book, .book])
        #expect(records.map(\.title) == ["The chapter", "A whole book"])
        #expect(records.map { $0.authors.map(\.family) } == [["Writer"], ["Author"]])
        #expect(records.map { $0.doi?.text } == ["10.1000/chapter", "10.1000/book"])
        #expect(records.map(\.authorsComplete) == [true, false])
        #expect(records[0].published.year == 2011 && records[0].dates.pubmed == "2012-03-04")
        #expect(records[0].journal.title == "The book")
        #expect(records[0].publicationTypes.map(\.name) == ["Review"])
    }

    @Test("Each deleted PMID is a record of its own, with all else empty")
    func deletions() throws {
        let text = "<DeleteCitation><PMID Version=\"1\">21</PMID><PMID Version=\"2\">22</PMID></DeleteCitation>"
        let reading = try Reading.pubMed(PubMedSample.set(PubMedSample.article(20) + text))
        #expect(reading.ids == ["pubmed:20", "pubmed:21", "pubmed:22"])
        #expect(reading.records.map(\.kind) == [.article, .deleted, .deleted])
        #expect(reading.records.map(\.version) == [1, 1, 2])
        #expect(reading.issues.isEmpty)
    }

    @Test("A single record and the older sets may be the root")
    func roots() throws {
        let citation = "<MedlineCitation><PMID>31</PMID></MedlineCitation>"
        #expect(try Reading.pubMed(PubMedSample.article(30)).ids == ["pubmed:30"])
        #expect(try Reading.pubMed(citation).ids == ["pubmed:31"])
        #expect(try Reading.pubMed(chapter).ids == ["pubmed:11"])
        #expect(try Reading.pubMed("<MedlineCitationSet>\(citation)\(citation)</MedlineCitationSet>").ids.count == 2)
        #expect(try Reading.pubMed("<PubmedBookArticleSet>\(chapter)\(whole)</PubmedBookArticleSet>").ids.count == 2)
        #expect(try Reading.pubMed("<!-- note -->\n\(citation)<!-- end -->").issues.isEmpty)
    }

    @Test("An empty set holds no records and nothing is wrong with it", arguments: ["", "\n \n"])
    func emptySet(inside: String) throws {
        let reading = try Reading.pubMed("<PubmedArticleSet>\(inside)</PubmedArticleSet>")
        #expect(reading.records.isEmpty && reading.issues.isEmpty)
        let short = try Reading.pubMed("<?xml version=\"1.0\" ?><PubmedArticleSet/>")
        #expect(short.records.isEmpty && short.issues.isEmpty)
    }

    @Test("Another root is refused by its name, also through the one door")
    func wrongRoot() throws {
        let reading = try Reading.pubMed("<eFetchResult>\n<ERROR>ID list is empty</ERROR></eFetchResult>")
        #expect(reading.codes == ["wrongRoot"])
        #expect(reading.errors.first?.message.contains("<eFetchResult>") == true)
        let door = try Reading.any("<eFetchResult><ERROR>ID list is empty</ERROR></eFetchResult>")
        #expect(door.codes == ["unknownFormat"])
        #expect(door.errors.first?.message.contains("<eFetchResult>") == true)
    }

    @Test("An unknown element among the records is passed over, and said")
    func unknownElement() throws {
        let reading = try Reading.pubMed(PubMedSample.set("<Foo><PMID>1</PMID></Foo>" + PubMedSample.article(40)))
        #expect(reading.ids == ["pubmed:40"])
        #expect(reading.codes == ["unknownElement"])
        #expect(reading.issues.first?.message.contains("<Foo>") == true)
    }

    @Test("Several documents in one file are read one after the other, with a warning")
    func severalDocuments() throws {
        let one = PubMedSample.set(PubMedSample.articles(3))
        let other = PubMedSample.set(PubMedSample.article(50))
        for size in [1 << 16, 100, 3] {
            let reading = try Reading.pubMed(one + other + "<!-- x -->" + PubMedSample.article(51), pieceSize: size)
            #expect(reading.ids == ["pubmed:90000001", "pubmed:90000002", "pubmed:90000003", "pubmed:50", "pubmed:51"])
            #expect(reading.codes == ["severalDocuments"])
        }
        let refused = try Reading.pubMed(one + "<html></html>")
        #expect(refused.ids.count == 3)
        #expect(refused.codes == ["severalDocuments", "wrongRoot"])
    }

    @Test("A document in another encoding says the same, and its records lie where their locations say")
    func encodings() throws {
        let head = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<PubmedArticleSet>"
        var bytes = Array(head.utf8)
        for pmid in 60...80 {
            bytes += Array("<PubmedArticle><MedlineCitation><PMID>\(pmid)</PMID><Article><ArticleTitle>Caf".utf8)
            bytes += [0xE9]
            bytes += Array("</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n".utf8)
        }
        bytes += Array("</PubmedArticleSet>".utf8)
        let reading = try Reading.pubMed(bytes, pieceSize: 200)
        #expect(reading.records.count == 21 && reading.records.allSatisfy { $0.title == "Café" })
        for (index, location) in reading.locations.enumerated() {
            #expect(String(decoding: bytes[location.start..<location.start + 15], as: UTF8.self) == "<PubmedArticle>")
            #expect(String(decoding: bytes[location.end - 16..<location.end], as: UTF8.self) == "</PubmedArticle>")
            #expect(location.line == 2 + index)
        }
        let wide = PubMedSample.set(PubMedSample.article(81, title: "Ω and é")).replacing("UTF-8", with: "UTF-16")
        let utf16: [UInt8] = [0xFF, 0xFE] + wide.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] as [UInt8] }
        #expect(try Reading.any(utf16).records.first?.title == "Ω and é")
    }
}

import Bibliography
import Mutation
import Testing

@testable import RecordFormats

/// Records that only `PlainRecordReader` reads, against libxml2.
@Suite("PubMed XML: plain records")
struct PlainRecordReaderTests {
    /// Elements that lead somewhere, and some that lead nowhere; shorter and longer than eight bytes.
    private static let names = [
        "Article", "Journal", "JournalIssue", "PubDate", "Year", "Month", "Day", "ArticleTitle", "Abstract",
        "AbstractText", "AuthorList", "Author", "LastName", "ForeName", "Initials", "AffiliationInfo", "Affiliation",
        "Identifier", "MeshHeadingList", "MeshHeading", "DescriptorName", "QualifierName", "KeywordList", "Keyword",
        "CommentsCorrectionsList", "CommentsCorrections", "RefSource", "PMID", "OtherAbstract", "PubmedData", "History",
        "PubMedPubDate", "ArticleIdList", "ArticleId", "ELocationID", "ReferenceList", "Reference", "Citation", "i",
        "sup", "b2", "An-Unknown_Name-9-that-is-long", "ArticleTitl", "ArticleTitles",
    ]
    private static let attributes = [
        "Version=\"1\"", "UI=\"D000001\"", "MajorTopicYN=\"Y\"", "ValidYN=\"N\"", "EIdType=\"doi\"", "IdType=\"pmc\"",
        "Source=\"ORCID\"", "Label=\"AIM  S/x\"", "NlmCategory=\"\"", "PubStatus=\"entrez\"", "RefType=\"ErratumIn\"",
        "Type=\"a=b\"", "other=\"caf\u{E9} /\"", "x=\"=\"",
    ]
    private static let texts = [
        "", " ", "\n  \t", "2019", "Oct", "10.1000/xyz.", "12", "0000-0002-1825-0097", "two  blanks", "caf\u{E9}",
        "cafe\u{301}", "\u{2009}thin\u{3000}", "a &lt;b&gt; &amp;amp; &quot;&apos;", "&#107;&#x6B;&#x301;&#13;",
        "\u{3042}\u{3099}\u{3002}", "\u{1D4D0}", "a text that is longer than any small string \u{2013} by far",
    ]

    private static func element(_ name: String, depth: Int, _ random: inout Mutation) -> String {
        var tag = "<\(name)"
        for attribute in attributes where random.number(below: attributes.count) == 0 { tag += " \(attribute)" }
        if random.number(below: 9) == 0 { tag += " " }
        if random.number(below: 12) == 0 { return tag + "/>" }
        return tag + ">" + content(depth: depth + 1, &random) + "</\(name)>"
    }

    private static func content(depth: Int, _ random: inout Mutation) -> String {
        var text = ""
        for _ in 0..<random.number(below: depth < 6 ? 6 : 2) {
            text += texts[random.number(below: texts.count)]
            if depth < 12 { text += element(names[random.number(below: names.count)], depth: depth, &random) }
        }
        return text + texts[random.number(below: texts.count)]
    }

    @Test("records of any elements, attributes and texts are read as libxml2 reads them", arguments: 0..<4)
    func likeTheParser(part: Int) throws {
        for seed in part * 150..<part * 150 + 150 {
            var random = Mutation(seed: UInt64(seed))
            let record =
                "<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID>\(seed + 1)</PMID>"
                + Self.element("Article", depth: 3, &random) + Self.content(depth: 3, &random) + "</MedlineCitation>"
                + Self.content(depth: 2, &random) + "</PubmedArticle>"
            try #require(Self.isPlain(record), "seed \(seed)")
            let text = "<PubmedArticleSet>\n\(record)\n</PubmedArticleSet>"
            let found = try Reading.any(text)
            let expected = try Reading.pubMed(text)
            #expect(found.records == expected.records, "seed \(seed)")
            #expect(found.locations == expected.locations, "seed \(seed)")
            #expect(found.issues.isEmpty && expected.issues.isEmpty, "seed \(seed)")
        }
    }

    @Test("what is not well-formed, or longer than any real record, is not taken for plain")
    func notPlain() {
        let start = "<PubmedArticle><MedlineCitation><PMID>1</PMID>"
        let end = "</MedlineCitation></PubmedArticle>"
        #expect(Self.isPlain(start + end))
        for odd in [
            "<a>", "</a>", "<a></b>", "<a b=c></a>", "<a b=\"1\" b=\"2\"/>", "<a b=\"<\"/>", "<a b=\"&lt;\"/>",
            "<!-- -->",
            "<?x ?>", "<![CDATA[x]]>", "<p:a/>", "a &nbsp; b", "a & b", "&#0;", "&#xD800;", "]]>", "\u{1}", "\u{FFFE}",
            "<a/ >", "<a></a >", "<9/>", String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40),
            String(repeating: "x", count: 3 << 20),
        ] {
            // Bytes are looked at sixteen at a time: wherever it stands.
            for before in 0..<(odd.count < 100 ? 34 : 1) {
                let text = String(repeating: "x", count: before) + odd
                #expect(!Self.isPlain(start + text + end), "\(text.prefix(80))")
            }
        }
    }

    @Test(
        "a title surely says something where its first sign, in markup or not, is a letter, digit or mark",
        arguments: [
            ("Ketamine", true), ("[Ketamin]", true), ("<i>Mus</i> and men", true), ("<b><i>a</i></b>", true),
            ("\u{C4}pfel", true), ("\u{3B2}-blockers", true), ("", false), (" Ketamine", false), ("\n", false),
            ("<i> </i>", false), ("<i></i>a", false), ("\u{A0}", false), ("\u{2003}a", false), ("&#32;", false),
            ("\u{3000}", false),
        ])
    func title(text: String, saysSomething: Bool) {
        let record =
            "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>\(text)</ArticleTitle></Article>"
            + "</MedlineCitation></PubmedArticle>"
        Array(record.utf8).withUnsafeBufferPointer { bytes in
            var texts = PlainRecordTexts()
            #expect(PlainRecord().end(bytes, from: 0, &texts) == bytes.count)
            #expect(texts.hasTitle == saysSomething)
        }
    }

    @Test("what was seen of a record that is not plain gets into no other")
    func afterOneThatIsNot() throws {
        func record(_ pmid: String, _ odd: String) -> String {
            """
            <PubmedArticle><MedlineCitation Status="MEDLINE">\(pmid)<Article><ArticleTitle>One\(odd)</ArticleTitle>
            <AuthorList><Author><LastName>Doe</LastName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>
            """
        }
        let short = "<PubmedArticle><MedlineCitation><PMID>2</PMID></MedlineCitation></PubmedArticle>"
        // Given up in the middle, at its end, and in a text.
        for first in [
            record("<PMID>1</PMID>", "<!-- -->"), record("<PMID>x</PMID>", ""), record("<PMID>1</PMID>", "<a b='1'/>"),
            record("<PMID>1</PMID>", "<i>a &#233; <?x ?></i>"),
        ] {
            let text = "<PubmedArticleSet>\(first)\(short)\(first)\(short)</PubmedArticleSet>"
            let found = try Reading.any(text, name: "test.xml")
            #expect(found.records == (try Reading.pubMed(text)).records)
            #expect(found.records.count == 4 && found.records[1].authors.isEmpty && found.records[1].title == nil)
        }
    }

    @Test("a record that is cut off anywhere is not plain, and the reader survives every cut")
    func cut() {
        let record = Array(
            """
            <PubmedArticle><MedlineCitation><PMID Version="1">1</PMID><Article><ArticleTitle>caf\u{E9} <i>&lt;a&gt;</i>
            </ArticleTitle><Language>eng</Language></Article><x/></MedlineCitation><y z="1"><b>c</b></y></PubmedArticle>
            """.utf8)
        var reader = PlainRecordReader()
        for length in 0...record.count {
            // Memory of exactly this length: what reads on behind it is seen by an address sanitizer.
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: length)
            defer { bytes.deallocate() }
            _ = bytes.initialize(from: record.prefix(length))
            let end = PlainRecord().end(UnsafeBufferPointer(bytes), from: 0, &reader)
            #expect(end == (length == record.count ? length : nil))
        }
        let whole = reader.takeRecord()
        #expect(whole.title == "caf\u{E9} <a>" && whole.languages == ["eng"] && whole.id == "pubmed:1")
    }

    @Test("bytes beyond ASCII are plain exactly where they are UTF-8 and characters of XML")
    func utf8() throws {
        let start = Array("<PubmedArticle><MedlineCitation><PMID>1</PMID>".utf8)
        let end = Array("</MedlineCitation></PubmedArticle>".utf8)
        var record = start + [0, 0, 0, 0] + end
        func expectPlain(_ bytes: [UInt8]) {
            record.replaceSubrange(start.count..<start.count + 4, with: bytes)
            let isXML = String(validating: bytes, as: UTF8.self)?.unicodeScalars.contains {
                $0.value < 0x20 && ![0x09, 0x0A, 0x0D].contains($0.value) || $0.value == 0xFFFE || $0.value == 0xFFFF
            }
            let isPlain = record.withUnsafeBufferPointer { bytes in
                var texts = PlainRecordTexts()
                return PlainRecord().end(bytes, from: 0, &texts) == bytes.count
            }
            if isPlain != (isXML == false) { Issue.record("\(bytes)") }
        }
        // Every character of two or three bytes, everything that looks like one, and the ends of all ranges of four.
        let edges: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBE, 0xBF, 0xC0, 0xC2, 0xFF]
        for lead in UInt8(0x80)...0xFF {
            for second in UInt8(0x60)...0xFF {
                expectPlain([lead, second, 0x61, 0x61])
                let isFirstOfThree = lead >= 0xE0 && lead < 0xF0 && second >= 0x80 && second < 0xC0
                for third in isFirstOfThree ? Array(0x60...0xFF) : edges {
                    expectPlain([lead, second, third, 0x61])
                    guard lead >= 0xF0, second >= 0x80, second <= 0xC0 else { continue }
                    for fourth in edges { expectPlain([lead, second, third, fourth]) }
                }
            }
        }
    }

    @Test(
        "the parts of a day count the first time, and only where they are a date",
        arguments: [
            ("<Year>2019</Year><Month>02</Month><Day>3</Day>", "2019-02-03"),
            ("<Year> 2019 </Year><Month>\n2</Month><Day>&#51;1</Day>", "2019-02-31"),
            ("<Year>2019</Year><Month>Feb</Month><Day>28</Day>", "2019-02-28"),
            ("<Year>2019</Year><Month>13</Month><Day>3</Day>", "2019"),
            ("<Year>2019</Year><Month>00</Month><Month>4</Month><Day>3</Day>", "2019"),
            ("<Year>2019</Year><Month>4</Month><Day>32</Day>", "2019-04"),
            ("<Year>2019</Year><Month/><Month></Month><Month>4</Month>", "2019-04"),
            ("<Year>2019</Year><Year>2020</Year><Day>3</Day>", "2019"),
            ("<Year>19</Year><Year>2020</Year>", nil), ("<Year>20190</Year>", nil), ("<Year>0000</Year>", nil),
            ("<Month>4</Month><Day>3</Day>", nil),
        ])
    func days(parts: String, day: String?) throws {
        let record = """
            <PubmedArticle><MedlineCitation><PMID>1</PMID><DateRevised>\(parts)</DateRevised></MedlineCitation><PubmedData>
            <History><PubMedPubDate PubStatus="entrez">\(parts)</PubMedPubDate></History></PubmedData></PubmedArticle>
            """
        try #require(Self.isPlain(record))
        let text = "<PubmedArticleSet>\(record)</PubmedArticleSet>"
        for dates in try [Reading.any(text), Reading.pubMed(text)].map({ $0.records[0].dates }) {
            #expect(dates.revised == day && dates.entrez == day)
        }
    }

    @Test("the texts of a record are all of it but authors, journal, grants, relations and what follows the citation")
    func texts() {
        let record = """
            <PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><Title>no</Title></Journal><ArticleTitle>yes1
            </ArticleTitle><AuthorList><Author><LastName>no</LastName></Author></AuthorList><AuthorList/><Abstract>
            <AbstractText>yes2</AbstractText></Abstract><GrantList><Grant>no</Grant></GrantList><b><Journal>yes3</Journal></b>
            </Article><CommentsCorrectionsList><AuthorList>no</AuthorList></CommentsCorrectionsList><x><GrantList>yes4
            </GrantList></x></MedlineCitation><y><CommentsCorrectionsList>yes5</CommentsCorrectionsList></y><PubmedData>
            <Article>no</Article></PubmedData><z>yes6</z></PubmedArticle>
            """
        Array(record.utf8).withUnsafeBufferPointer { bytes in
            var texts = PlainRecordTexts()
            #expect(PlainRecord().end(bytes, from: 0, &texts) == bytes.count)
            let found = texts.texts.map { String(decoding: $0, as: UTF8.self) }.joined()
            #expect(!found.contains(">no<"))
            for number in 1...6 { #expect(found.contains("yes\(number)")) }
        }
    }

    private static func isPlain(_ record: String) -> Bool {
        Array(record.utf8).withUnsafeBufferPointer { bytes in
            var texts = PlainRecordTexts()
            return PlainRecord().end(bytes, from: 0, &texts) == bytes.count
        }
    }
}

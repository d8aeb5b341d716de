import Bibliography
import Testing

@testable import RecordFormats

@Suite("PubMed XML: what a record says")
struct PubMedFieldTests {
    private func one(_ text: String) throws -> Record {
        let reading = try Reading.pubMed(PubMedSample.set(text))
        #expect(reading.errors.isEmpty, "\(reading.errors)")
        return try #require(reading.records.first)
    }

    @Test("The record's PMID is its own, never that of a correction, a reference or an id list")
    func ownPMID() throws {
        let record = try one(
            PubMedSample.article(
                90_000_001,
                citation: """
                    <CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J. 2020</RefSource>
                    <PMID Version="1">90000777</PMID></CommentsCorrections><CommentsCorrections RefType="ErratumIn">
                    <RefSource>K. 2021</RefSource></CommentsCorrections></CommentsCorrectionsList>
                    """,
                data: """
                    <ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId><ArticleId>90000001</ArticleId>
                    <ArticleId IdType="pmc">PMC123</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>
                    <ArticleId IdType="doi">10.1000/other</ArticleId><ArticleId IdType="pmc">PMC9</ArticleId>
                    </ArticleIdList></Reference></ReferenceList>
                    """))
        #expect(record.id.rawValue == "pubmed:90000001")
        #expect(record.pmcid == "PMC123")
        #expect(record.doi == nil)
        #expect(record.relations.map(\.type) == ["RetractionIn", "ErratumIn"])
        #expect(record.relations.map { $0.pmid?.number } == [90_000_777, nil])
        #expect(record.relations.first?.citation == "J. 2020")
    }

    @Test("Inline markup, MathML, comments, CDATA and references are flattened without losing a character")
    func flattening() throws {
        let title = """
            Effect of 0.5 mg kg<sup>-1</sup> (<i>R</i>,<i>S</i>)&#x2010;ketamine<!-- not text --> &amp; \
            <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi><mml:mo>=</mml:mo></mml:math>1\
            <![CDATA[ <b> ]]>end&#x301;
            """
        let record = try one(PubMedSample.article(1, title: title))
        #expect(record.title == "Effect of 0.5 mg kg-1 (R,S)\u{2010}ketamine & x=1 <b> end\u{301}")
        #expect(try one(PubMedSample.article(1, title: "Caf<b>e</b>&#x301;")).title == "Café")
    }

    @Test("An entity that only the DTD could explain stays as it is written")
    func unknownEntity() throws {
        #expect(try one(PubMedSample.article(1, title: "A&nbsp;b &alpha;")).title == "A&nbsp;b &alpha;")
    }

    @Test("White space of every kind is one blank, at the ends nothing")
    func whiteSpace() throws {
        let record = try one(PubMedSample.article(1, title: "\n  a\t\tb &#xA0;&#x2009;c\u{3000}d&#x200B;e \u{2003}"))
        #expect(record.title == "a b c d\u{200B}e")
    }

    @Test("Sections of abstracts keep label and category; empty ones are left out; other abstracts stand apart")
    func abstracts() throws {
        let record = try one(
            PubMedSample.article(
                1,
                article: """
                    <Abstract><AbstractText Label="AIMS &amp; METHODS" NlmCategory="METHODS">We <b>did</b>.</AbstractText>
                    <AbstractText Label="RESULTS"> </AbstractText><AbstractText>Rest.</AbstractText>
                    <CopyrightInformation>Nobody</CopyrightInformation></Abstract>
                    """,
                citation: """
                    <OtherAbstract Type="Publisher" Language="spa"><AbstractText>Uno.</AbstractText></OtherAbstract>
                    <OtherAbstract Type="plain-language-summary"><AbstractText>Plain.</AbstractText></OtherAbstract>
                    <OtherAbstract Type="AAMC"><AbstractText/></OtherAbstract>
                    """))
        #expect(
            record.abstract == [
                AbstractSection(label: "AIMS & METHODS", category: "METHODS", text: "We did."),
                AbstractSection(text: "Rest."),
            ])
        #expect(
            record.otherAbstracts == [
                OtherAbstract(type: "Publisher", language: "spa", sections: [AbstractSection(text: "Uno.")]),
                OtherAbstract(
                    type: "plain-language-summary", language: "eng", sections: [AbstractSection(text: "Plain.")]),
            ])
    }

    @Test("Authors: superseded names are left out, groups have no family name, ORCID in every spelling")
    func authors() throws {
        let record = try one(
            PubMedSample.article(
                1,
                article: """
                    <AuthorList CompleteYN="N">
                    <Author><LastName>Doe</LastName><ForeName>Jane Q</ForeName><Initials>JQ</Initials><Suffix>Jr</Suffix>
                    <Identifier Source="GRID">1</Identifier><Identifier Source="ORCID">http://orcid.org/0000-0002-1825-009x\
                    </Identifier><AffiliationInfo><Affiliation>One</Affiliation></AffiliationInfo><AffiliationInfo>
                    <Affiliation>Two</Affiliation><Identifier Source="ORCID">x</Identifier></AffiliationInfo></Author>
                    <Author ValidYN="N"><LastName>Wrong</LastName></Author>
                    <Author ValidYN="Y"><CollectiveName>The Group</CollectiveName></Author><Author/>
                    <Author><LastName>Roe</LastName><Identifier Source="ORCID">0000000218250097</Identifier></Author>
                    <Author><LastName>Poe</LastName><Identifier Source="ORCID">0000-0002-1825</Identifier></Author>
                    </AuthorList>
                    """,
                citation: "<InvestigatorList><Investigator><LastName>No</LastName></Investigator></InvestigatorList>"))
        #expect(record.authors.map(\.family) == ["Doe", nil, "Roe", "Poe"])
        #expect(record.authors[1].collective == "The Group")
        #expect(record.authors.map(\.orcid) == ["0000-0002-1825-009X", nil, "0000-0002-1825-0097", nil])
        #expect(record.authors[0].affiliations == ["One", "Two"])
        #expect(record.authors[0].suffix == "Jr" && record.authors[0].given == "Jane Q")
        #expect(!record.authorsComplete)
    }

    @Test(
        "An ORCID iD is read out of every spelling, and out of nothing else",
        arguments: [
            ("0000-0002-1825-0097", true), ("https://orcid.org/0000-0002-1825-0097", true),
            ("http://www2.orcid.org:8080/0000-0002-1825-0097//", true), ("0000 0002 1825 0097", true),
            ("0000\u{2010}0002\u{2013}1825\u{2015}0097", true), ("0000.0002.1825.0097", true),
            ("0000-0002-1825-00971", false), ("0000-0002-1825-009", false), ("0000-0002-182X-0097", false),
            ("X000-0002-1825-0097", false), ("0000-0002-1825-0097?", false), ("orcid.org/", false), ("/", false),
            ("0000-0002-1825-0097XX", false),
        ])
    func orcid(text: String, isORCID: Bool) {
        #expect(ORCID.normalised(text) == (isORCID ? "0000-0002-1825-0097" : nil))
        let withX = text.replacing("0097", with: "009x")
        #expect(ORCID.normalised(withX) == (isORCID ? "0000-0002-1825-009X" : nil))
    }

    @Test("In the older DTDs the only affiliation is the first author's")
    func oldAffiliation() throws {
        let record = try one(
            PubMedSample.article(
                1,
                article: """
                    <Affiliation>Old place</Affiliation><AuthorList><Author><LastName>A</LastName></Author>
                    <Author><LastName>B</LastName></Author></AuthorList>
                    """))
        #expect(record.authors.map(\.affiliations) == [["Old place"], []])
        #expect(record.authorsComplete)
    }

    @Test(
        "The DOI is the article's own, in the order of the contract",
        arguments: [
            ("<ELocationID EIdType=\"doi\">10.1000/A</ELocationID>", "10.1000/b", "10.1000/A"),
            ("<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.1000/A</ELocationID>", "10.1000/b", "10.1000/b"),
            ("<ELocationID EIdType=\"pii\" ValidYN=\"Y\">10.1000/A</ELocationID>", "", nil),
            ("<ELocationID EIdType=\"doi\" ValidYN=\"Y\">https://doi.org/10.1000/A.</ELocationID>", "", "10.1000/A"),
        ])
    func doi(location: String, list: String, expected: String?) throws {
        let data = "<ArticleIdList><ArticleId IdType=\"doi\">\(list)</ArticleId></ArticleIdList>"
        let record = try one(PubMedSample.article(1, article: location, data: data))
        #expect(record.doi?.text == expected)
    }

    @Test(
        "Dates of publication as exact as the source",
        arguments: [
            (
                "<Year>2019</Year><Month>Oct</Month><Day>7</Day>",
                PublicationDate(year: 2019, month: 10, day: 7, raw: "2019 Oct 7")
            ),
            ("<Year>2019</Year><Month>02</Month>", PublicationDate(year: 2019, month: 2, raw: "2019 02")),
            (
                "<Year>2000</Year><Season>Spring</Season>",
                PublicationDate(year: 2000, season: "Spring", raw: "2000 Spring")
            ),
            ("<MedlineDate>2009 Nov-Dec</MedlineDate>", PublicationDate(year: 2009, raw: "2009 Nov-Dec")),
            ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", PublicationDate(year: 1998, raw: "1998 Dec-1999 Jan")),
            ("<MedlineDate>Winter 1976-1977</MedlineDate>", PublicationDate(year: 1976, raw: "Winter 1976-1977")),
            ("<MedlineDate>2015 Oct</MedlineDate>", PublicationDate(year: 2015, month: 10, raw: "2015 Oct")),
            ("<MedlineDate>no year</MedlineDate>", PublicationDate(raw: "no year")),
            ("", PublicationDate()),
        ])
    func published(date: String, expected: PublicationDate) throws {
        let journal = "<Journal><JournalIssue><PubDate>\(date)</PubDate></JournalIssue></Journal>"
        #expect(try one(PubMedSample.article(1, article: journal)).published == expected)
    }

    @Test("Dates of the record itself")
    func dates() throws {
        func date(_ name: String, _ rest: String = "") -> String {
            "<\(name)\(rest)><Year>2020</Year><Month>1</Month><Day>02</Day></\(name.prefix { $0 != " " })>"
        }
        let history = ["entrez", "pubmed", "medline", "received"]
            .map { date("PubMedPubDate", " PubStatus=\"\($0)\"") }.joined()
        let record = try one(
            PubMedSample.article(
                1,
                citation: date("DateCreated") + date("DateCompleted") + "<DateRevised><Year>2021</Year></DateRevised>",
                data: "<History>\(history)</History>"))
        #expect(
            record.dates
                == RecordDates(
                    created: "2020-01-02", completed: "2020-01-02", revised: "2021", entrez: "2020-01-02",
                    pubmed: "2020-01-02", medline: "2020-01-02"))
    }

    @Test("Headings, chemicals, registrations, grants, types and keywords in their order")
    func lists() throws {
        let record = try one(
            PubMedSample.article(
                1,
                article: """
                    <Pagination><StartPage>3</StartPage><EndPage>9</EndPage></Pagination><Language>eng</Language>
                    <Language>ger</Language><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
                    <AccessionNumberList><AccessionNumber>NCT01</AccessionNumber><AccessionNumber>NCT02</AccessionNumber>
                    </AccessionNumberList></DataBank><DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>
                    <AccessionNumber>X1</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
                    <GrantList><Grant><GrantID>G1</GrantID><Acronym>MH</Acronym><Agency>A</Agency><Country>C</Country></Grant>
                    <Grant><Agency>B</Agency></Grant><Grant/></GrantList><PublicationTypeList>
                    <PublicationType UI="D016428">Journal Article</PublicationType><PublicationType UI="">Other\
                    </PublicationType></PublicationTypeList>
                    """,
                citation: """
                    <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D1">K</NameOfSubstance>
                    </Chemical></ChemicalList><SupplMeshList><SupplMeshName UI="C1">no</SupplMeshName></SupplMeshList>
                    <MeshHeadingList><MeshHeading><DescriptorName UI="D007649" MajorTopicYN="N">Ketamine</DescriptorName>
                    <QualifierName UI="Q000008" MajorTopicYN="Y">administration &amp; dosage</QualifierName></MeshHeading>
                    <MeshHeading><DescriptorName MajorTopicYN="Y">Adult</DescriptorName></MeshHeading></MeshHeadingList>
                    <KeywordList Owner="NOTNLM"><Keyword>one</Keyword></KeywordList><KeywordList><Keyword>two</Keyword>
                    </KeywordList><MedlineJournalInfo><MedlineTA>J Short</MedlineTA></MedlineJournalInfo>
                    """))
        #expect(record.languages == ["eng", "ger"])
        #expect(record.registrations.map(\.number) == ["NCT01", "NCT02", "X1"])
        #expect(record.registrations.map(\.registry) == ["ClinicalTrials.gov", "ClinicalTrials.gov", "GENBANK"])
        #expect(record.grants == [Grant(id: "G1", agency: "A", country: "C"), Grant(agency: "B")])
        #expect(record.publicationTypes.map(\.ui) == ["D016428", nil])
        #expect(record.chemicals == [Chemical(name: "K", ui: "D1", registryNumber: "0")])
        #expect(record.mesh.map(\.major) == [false, true])
        #expect(record.mesh.first?.qualifiers.first?.major == true)
        #expect(record.mesh.first?.qualifiers.first?.name == "administration & dosage")
        #expect(record.keywords == ["one", "two"])
        #expect(record.journal.abbreviation == "J Short" && record.journal.pages == "3-9")
        #expect(record.status == "MEDLINE")
    }

    @Test("Two versions of a PMID are two records with the same id; without the attribute it is version 1")
    func versions() throws {
        let first = PubMedSample.article(7)
        let second = first.replacing("<PMID Version=\"1\">", with: "<PMID Version=\"2\">")
        let third = first.replacing("<PMID Version=\"1\">", with: "<PMID>")
        let reading = try Reading.pubMed(PubMedSample.set(first + second + third))
        #expect(reading.ids == ["pubmed:7", "pubmed:7", "pubmed:7"])
        #expect(reading.records.map(\.version) == [1, 2, 1])
    }

    @Test(
        "A record without a usable PMID is called after the file and its place, with a warning", arguments: ["", "x1"])
    func noPMID(pmid: String) throws {
        let bad = PubMedSample.article(1).replacing(">1</PMID>", with: ">\(pmid)</PMID>")
        let reading = try Reading.pubMed(PubMedSample.set(PubMedSample.article(5) + bad))
        #expect(reading.ids == ["pubmed:5", "test.xml#2"])
        #expect(reading.records.last?.pmid == nil)
        #expect(reading.codes == ["noPMID"])
        #expect(reading.issues.first?.severity == .warning)
        #expect(reading.issues.first?.message.contains("no usable PMID") == true)
    }
}

import Bibliography
import Testing

@testable import RecordFormats

/// Tables, BibTeX and Web of Science as databases and tools write them, each shown on invented records.
@Suite("Tables and bibliographies of databases and tools")
struct TableDialectTests {
    private func table(_ text: String) throws -> TextReading {
        try TextReading(DelimitedRecordReader.self, text, name: "a.csv")
    }
    private func bibtex(_ text: String) throws -> Record {
        try TextReading(BibTeXReader.self, text, name: "a.bib").first
    }
    private func webOfScience(_ text: String) throws -> Record {
        try TextReading(WebOfScienceReader.self, text, name: "a.txt").first
    }

    // MARK: Tables

    @Test("the Cochrane Library's table has its number, journal and PMID")
    func cochrane() throws {
        let record = try table(
            "CENTRAL ID,Author(s),Title,Source,Year,Abstract,Volume,Issue,Pages,PubMed ID,DOI\n"
                + "CN-1,\"Doe, J; Roe, R\",A title,Trials,2011,Text.,12,,39,PUBMED 33000001,10.1000/x\n"
        ).first
        #expect(record.id.rawValue == "CN-1" && record.pmid == PMID(33_000_001 as UInt32))
        #expect(record.journal == Journal(title: "Trials", volume: "12", pages: "39"))
        #expect(record.authors.map(\.family) == ["Doe", "Roe"])
    }

    /// The columns of Scopus, Web of Science and others; study linking reads institutions, and tables had none.
    @Test("affiliations come from tables, with each author's own where the table ties them")
    func affiliations() throws {
        func affiliations(_ text: String) throws -> [[String]] { try table(text).first.authors.map(\.affiliations) }
        #expect(
            try affiliations(
                "Authors,Title,Affiliations,Authors with affiliations\n"
                    + "Doe J.; Roe R.K.,A,\"Dept X, Univ A, Oslo; Clinic B, Bergen\","
                    + "\"Doe J., Dept X, Univ A, Oslo; Roe R.K., Clinic B, Bergen, UK\"\n")
                == [["Dept X, Univ A, Oslo"], ["Clinic B, Bergen, UK"]])
        // Scopus before 2023 has a comma behind the family name.
        #expect(
            try affiliations(
                "Authors,Title,Authors with affiliations\n\"Doe, J.; Roe, R.\",A,\"Doe, J., Univ A; Roe, R., Clinic B\"\n"
            )
                == [["Univ A"], ["Clinic B"]])
        // Where the list does not fit the authors, the column without names counts; nothing is guessed.
        #expect(
            try affiliations(
                "Authors,Title,Affiliations,Authors with affiliations\nDoe J.; Roe R.,A,Univ A; Clinic B,\"Roe R., Clinic B\"\n"
            )
                == [["Univ A", "Clinic B"], []])
        #expect(
            try affiliations(
                "Author Full Names\tArticle Title\tAddresses\n"
                    + "Doe, Jane; Roe, Richard\tA\t[Doe, Jane; Roe, Richard] Univ A; [Roe, Richard] Clinic B; Alone, City\n"
            )
                == [["Univ A", "Alone, City"], ["Univ A", "Clinic B"]])
        #expect(
            try affiliations(
                "PT\tAU\tTI\tSO\tC1\tUT\nJ\tDoe, J\tA\tJournal\t[Doe, J] Univ A, Oslo, Norway.\tWOS:1\n")
                == [["Univ A, Oslo, Norway."]])
    }

    @Test("a column Source that names a database is no journal")
    func sources() throws {
        let scopus = try table("Title,Source title,Volume,Issue,Source\nA,Journal,1,2,Scopus\n").first
        #expect(scopus.journal.title == "Journal")
        #expect(try table("Title,Source\nA,PubMed\n").first.journal.title == nil)
    }

    @Test("EBSCO's cells that say ='text' to Excel hold the text, commas and all")
    func excelText() throws {
        let reading = try table(
            "Article Title,Author,Journal Title,ISSN,Publication Date,Doctype,Subjects\n"
                + "A title,\"Doe, Jane\",Journal,=\"00123456\",=\"Jun2023\",Article,FEMUR; BONES\n"
                + "=,B,=c,=\"\",=\"6/15/2023\",=\"Article, other\",\n")
        #expect(reading.first.journal.issn == "0012-3456")
        #expect(reading.first.published.year == 2023 && reading.first.published.month == 6)
        #expect(reading.first.published.raw == "Jun2023")
        #expect(reading.first.keywords == ["FEMUR", "BONES"])
        let second = reading.records.last
        #expect(second?.title == "=" && second?.journal.title == "=c")
        #expect(second?.published.month == 6 && second?.published.day == 15)
        #expect(second?.publicationTypes.map(\.name) == ["Article, other"])
    }

    @Test("Embase's query before the names of the columns is passed over, and its article number is the page")
    func embaseQuery() throws {
        let text =
            "\"SEARCH QUERY\",\"ketamine:ti\"\n---------------\n\n\"Title\",\"Source\",\"Source title\",\"Publication Year\",\"Medline PMID\"\n"
            + "\"A title\",\"Journal (2024) 15:1 Article Number: 4063. Date of Publication: 1 Dec 2024\",\"Journal\",\"2024\",33000001\n"
        #expect(FormatDetection.format(of: Array(text.utf8)) == .format(.csv))
        let reading = try table(text)
        #expect(reading.records.count == 1 && reading.codes.isEmpty)
        #expect(reading.first.journal == Journal(title: "Journal", volume: "15", issue: "1", pages: "4063"))
        #expect(reading.first.pmid == PMID(33_000_001 as UInt32))
    }

    @Test("PubMed's citation gives volume, issue, pages and month")
    func pubmedCitation() throws {
        let record = try table(
            "PMID,Title,Authors,Citation,Journal/Book,Publication Year\n"
                + "1,A title,\"Doe J, Roe R.\",\"J Trials. 2022 Mar 4;53(2):334-347. doi: 10.1000/x. Epub 2021 Oct 12.\",J Trials,2022\n"
        ).first
        #expect(record.journal == Journal(title: "J Trials", volume: "53", issue: "2", pages: "334-347"))
        #expect(record.published.year == 2022 && record.published.month == 3 && record.published.day == 4)
    }

    @Test("Abstrackr's heading between rows is no record, and is reported")
    func heading() throws {
        let reading = try table(
            "(internal) id,pubmed id,title,journal,authors\n41,0,A title,J,\"Doe, J.\n and Roe, R.\n\"\n"
                + "citations that are not yet labeled by anyone\n42,0,Another,J,\n")
        #expect(reading.records.map(\.id.rawValue) == ["41", "42"])
        #expect(reading.first.authors.count == 2)
        #expect(reading.codes == ["notARow"] && reading.issues.first?.line == 5)
    }

    @Test("OpenAlex's table has names in reading order, journal, numbers and PMID")
    func openAlex() throws {
        let record = try table(
            "id,title,publication_year,primary_location.source.display_name,biblio.volume,biblio.first_page,biblio.last_page,ids.pmid,"
                + "authorships.raw_author_name,keywords.display_name\nhttps://openalex.org/W1,A,2024,Journal,154,1057,1057,"
                + "https://pubmed.ncbi.nlm.nih.gov/33000001,Jane Q. van Doe|Richard Roe,one|two\n"
        ).first
        #expect(record.authors.map(\.family) == ["van Doe", "Roe"])
        #expect(record.authors.map(\.given) == ["Jane Q.", "Richard"])
        #expect(record.journal == Journal(title: "Journal", volume: "154", pages: "1057"))
        #expect(record.pmid == PMID(33_000_001 as UInt32) && record.keywords == ["one", "two"])
    }

    @Test("the columns of RefWorks, Springer and Google Scholar are known")
    func otherColumns() throws {
        let refWorks = try table(
            "Reference Type\tReference Id\tAuthors, Primary\tTitle Primary\tPeriodical Full\tPub Year\tPub Date Free From\tStart Page\tOther Pages\n"
                + "Journal Article\t7\tde Doe,Jane;Roe, R.\tA\tJournal\t2020\t03/30\t69\t79\n"
        ).first
        #expect(refWorks.id.rawValue == "7" && refWorks.authors.map(\.family) == ["de Doe", "Roe"])
        #expect(refWorks.title == "A" && refWorks.journal == Journal(title: "Journal", pages: "69-79"))
        #expect(refWorks.published.month == 3 && refWorks.published.day == 30)
        let springer = try table(
            "Item Title,Publication Title,Journal Volume,Journal Issue,Item DOI,Content Type\nA,Journal,17,3,10.1000/x,Article\n"
        ).first
        #expect(springer.doi == DOI("10.1000/x") && springer.journal.volume == "17" && springer.journal.issue == "3")
        #expect(springer.publicationTypes.map(\.name) == ["Article"])
        let scholar = try table("Authors,Title,Publication,Volume,Number\n\"Doe, Roger BJ; \",A,Journal,76,3\n").first
        #expect(scholar.journal == Journal(title: "Journal", volume: "76", issue: "3"))
        #expect(scholar.authors == [Author(family: "Doe", given: "Roger BJ", initials: "RBJ")])
    }

    @Test("entities are read in tables of others, and left alone in this program's own")
    func entities() throws {
        #expect(try table("title,authors\nSolvers&#x0027; work &amp; play,\n").first.title == "Solvers' work & play")
        var record = Record(id: "k", kind: .article, source: "csv")
        record.title = "The entity &amp; its letters"
        var bytes = CSVWriter.header()
        CSVWriter.write(record, to: &bytes)
        #expect(try TextReading(DelimitedRecordReader.self, bytes: bytes).first.title == record.title)
    }

    @Test("what Excel makes of Embase's query is passed over; rows of separators are no records, and are reported")
    func savedAgain() throws {
        let text =
            "SEARCH QUERY;ketamine:ti;;\n-----;;;\n;;;\nTitle;Source title;Publication Year;DOI\nA;Journal;2024;10.1000/x\n;;;\n;;;\n"
        #expect(FormatDetection.format(of: Array(text.utf8)) == .format(.csv))
        let reading = try table(text)
        #expect(reading.records.map(\.title) == ["A"])
        #expect(reading.codes == ["noID", "emptyRow"] && reading.issues.last?.line == 6)
    }

    @Test("a cell of names without end is cut, and says so", arguments: [";", "|", " and "])
    func namesWithoutEnd(separator: String) throws {
        let names = repeatElement("Doe, J.", count: 60_000).joined(separator: separator)
        let reading = try table("id,title,authors\n7,A,\"\(names)\"\n8,B,\"Doe, J.\"\n")
        #expect(reading.first.authors.count == 50_000 && !reading.first.authorsComplete)
        #expect(reading.codes == ["tooManyAuthors"] && reading.issues.first?.line == 2)
        #expect(reading.records.last?.authorsComplete == true)
    }

    // MARK: Web of Science

    @Test("an entry of MEDLINE in Web of Science has its PMID and headings")
    func medlineInWebOfScience() throws {
        let record = try table(
            "PT\tTI\tAU\tSO\tPY\tPD\tMH\tUT\nJ\tA\tDoe, J\tJournal\t2018\t2018 Sep (Epub 2018 Jun 11)\t"
                + "Animals. *Birds / growth & development; physiology. Canada\tMEDLINE:33000001\n"
        ).first
        #expect(record.pmid == PMID(33_000_001 as UInt32))
        #expect(
            record.mesh.map(\.name) == ["Animals", "Birds", "Canada"]
                && record.mesh.map(\.major) == [false, true, false])
        #expect(record.mesh[1].qualifiers.map(\.name) == ["growth & development", "physiology"])
        #expect(record.published.year == 2018 && record.published.month == 9)
        #expect(
            try webOfScience("FN X\nVR 1.0\nPT J\nTI A\nUT MEDLINE:33000001\nER\nEF\n").pmid
                == PMID(33_000_001 as UInt32))
    }

    @Test("a table without full names has its short ones, and pages in one column")
    func webOfScienceTable() throws {
        let record = try table(
            "PT\tTI\tAU\tCA\tSO\tPS\tPY\tPD\tUT\tPM\nJ\tA\tDoe, J.; Roe, R.\tA Group\tJournal\t22-33\t2019\tOct 2019\tZ:1\t33000001\n"
        ).first
        #expect(record.authors.map { $0.family ?? $0.collective } == ["Doe", "Roe", "A Group"])
        #expect(record.journal.pages == "22-33" && record.published.month == 10)
    }

    @Test("several names on a line are several authors, pages may stand in one field, wrapped addresses are one")
    func webOfScienceText() throws {
        let record = try webOfScience(
            "FN ISI Export Format\nVR 1.0\nPT J\nAU Doe, Jane; Roe, Richard E\nTI A title\nSO Journal\nPS 2457-71\nPY 2006\nPD 07 2006\n"
                + "C1 First Hospital, A very long name of a\n   Town, Country.\n   Second Hospital, Town, Country.\nER\n\nEF\n"
        )
        #expect(record.authors.map(\.family) == ["Doe", "Roe"])
        #expect(record.journal.pages == "2457-71" && record.published.month == 7)
        #expect(
            record.authors.first?.affiliations == [
                "First Hospital, A very long name of a Town, Country.", "Second Hospital, Town, Country.",
            ])
    }

    // MARK: BibTeX

    @Test(
        "the PMID is read where publishers keep it",
        arguments: [
            "@article{PMID:33000001, title={A}}", "@article{k, title={A}, note={PMID: 33000001}}",
            "@article{k, title={A}, pubmed_id={33000001}}",
            "@article{k, title={A}, url={https://pubmed.ncbi.nlm.nih.gov/33000001/}}",
        ])
    func bibtexPMID(text: String) throws {
        #expect(try bibtex(text).pmid == PMID(33_000_001 as UInt32))
    }

    @Test("Scopus's and Web of Science's own fields are read")
    func bibtexDatabases() throws {
        let record = try bibtex(
            """
            @ARTICLE{Doe2022, author={Doe, J. and Roe, R., Jr.}, title={A title&apos;s <i>end</i>}, volume={9}, art_number={333444},
            url={https://doi.org/10.1000/scopus}, author_keywords={one; two}, keywords={Two; three}, document_type={Article},
            abbrev_source_title={J Tr}, affiliation={First; Second}, source={Scopus}}
            """)
        #expect(record.title == "A title's end" && record.journal.pages == "333444")
        #expect(record.doi == DOI("10.1000/scopus") && record.journal.abbreviation == "J Tr")
        #expect(record.keywords == ["Two", "three", "one", "two"])
        #expect(record.publicationTypes.map(\.name) == ["Article"])
        #expect(record.authors.first?.affiliations == ["First", "Second"])
        #expect(record.authors.last?.given == "R." && record.authors.last?.suffix == "Jr.")
        let wos = try bibtex(
            "@article{ WOS:1, Title = {A}, Type = {Review}, Keywords-Plus = {ONE; TWO}, Unique-ID = {WOS:1}, Article-Number = {67}}"
        )
        #expect(wos.keywords == ["ONE", "TWO"] && wos.journal.pages == "67")
        #expect(wos.publicationTypes.map(\.name) == ["Review"])
        #expect(try bibtex("@phdthesis{k, title={A}, type={Dissertation}}").publicationTypes.isEmpty)
    }

    @Test("what stands in a year for sorting only is no part of it")
    func sortingYear() throws {
        let record = try bibtex("@book{k, title={{\\noopsort{Aa}}A title}, year={{\\noopsort{1973b}}1981}}")
        #expect(record.published.year == 1981 && record.title == "A title")
    }

    // MARK: Dates

    @Test(
        "a date says no more than is written",
        arguments: [
            ("2018//10/2018- -29", 2018, nil, nil), ("2018/02/03", 2018, 2, 3), ("4/3/2024", 2024, nil, nil),
            ("6/15/2023", 2023, 6, 15), ("15.06.2023", 2023, 6, 15), ("06/2006", 2006, 6, nil),
            ("Spring2023", 2023, nil, nil),
            ("2019 Oct 5", 2019, 10, 5), ("13/2006", 2006, nil, nil),
        ] as [(String, Int, Int?, Int?)])
    func dates(text: String, year: Int, month: Int?, day: Int?) {
        let date = DateText.parse(text)
        #expect(date.year == year && date.month == month && date.day == day)
    }
}

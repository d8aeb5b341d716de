import Bibliography
import Testing

@testable import RecordFormats

@Suite("Reading CSV and TSV")
struct DelimitedRecordReaderTests {
    private func read(_ text: String) throws -> TextReading {
        try TextReading(DelimitedRecordReader.self, text, name: "t.csv")
    }

    @Test("PubMed's CSV export")
    func pubmed() throws {
        let reading = try read(
            "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
                + "\"12\",\"A title, long\",\"Doe JQ, van der Berg A, Roe R Jr, The Group.\",\"J. 2019\",\"Doe JQ\",\"J Things\",\"2019\",\"2019/10/01\",\"PMC5\",\"\",\"10.1000/x\"\n"
        )
        let record = reading.first
        #expect(reading.issues.isEmpty)
        #expect(record.id == RecordID("pubmed:12") && record.source == "csv")
        #expect(record.title == "A title, long")
        #expect(
            record.authors.prefix(2) == [
                Author(family: "Doe", initials: "JQ"), Author(family: "van der Berg", initials: "A"),
            ])
        #expect(record.authors.count == 4 && record.authors[2].suffix == "Jr")
        #expect(record.authors[3].collective == "The Group.")
        #expect(record.journal.title == "J Things")
        #expect(record.published.year == 2019)
        #expect(record.pmcid == "PMC5")
        #expect(record.doi == DOI("10.1000/x"))
    }

    @Test("a registry's CSV export gives records of kind other, named by their number")
    func trials() throws {
        let record = try read(
            "NCT Number,Study Title,Study URL,Study Status,Brief Summary,Study Results,Conditions,Interventions,Sponsor,Phases,Enrollment,Study Type,Start Date\n"
                + "NCT00000001,A trial,https://example.org,COMPLETED,\"We, too.\",NO,Depression|Mood,DRUG: Ketamine|DRUG: Saline,X,PHASE2,20,INTERVENTIONAL,2019-10\n"
        ).first
        #expect(record.kind == .other)
        #expect(record.id == RecordID("NCT00000001"))
        #expect(record.title == "A trial")
        #expect(record.registrations == [Registration(registry: "ClinicalTrials.gov", number: "NCT00000001")])
        #expect(record.publicationTypes == [PublicationType(name: "Trial Registration")])
        #expect(record.abstract == [AbstractSection(text: "We, too.")])
        #expect(record.keywords == ["Depression", "Mood", "DRUG: Ketamine", "DRUG: Saline"])
        #expect(record.published.year == 2019 && record.published.month == 10)
    }

    @Test("the columns of ASReview, Rayyan, Covidence, Zotero, Scopus and Embase are known")
    func tools() throws {
        let asreview = try read(
            "record_id,title,abstract,authors,keywords,included\n7,T,A,\"['Doe, Jane', \"\"O'Neil, Roe\"\"]\",\"['a', 'b']\",1\n"
        ).first
        #expect(
            asreview.id == RecordID("7") && asreview.authors.map(\.family) == ["Doe", "O'Neil"]
                && asreview.keywords == ["a", "b"])
        let rayyan = try read(
            "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,pubmed_id,pmc_id\nrayyan-1,T,2019,10,5,J,1234-5678,1,2,3-4,\"Doe, Jane and Roe, Richard\",u,eng,p,l,A,n,33,PMC4\n"
        ).first
        #expect(rayyan.id == RecordID("pubmed:33") && rayyan.pmcid == "PMC4" && rayyan.authors.count == 2)
        #expect(rayyan.published.month == 10 && rayyan.published.day == 5)
        let covidence = try read(
            "Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags\nT,\"Doe, J.; Roe, R.\",A,2019,,J,1,2,3,,10.1000/x,,#15,Doe 2019,,\n"
        ).first
        #expect(covidence.id == RecordID("#15") && covidence.authors.count == 2 && covidence.doi != nil)
        let zotero = try read(
            "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication Title\",\"ISSN\",\"DOI\",\"Abstract Note\",\"Manual Tags\"\n\"AB12\",\"journalArticle\",\"2019\",\"Doe, Jane; Roe, Richard\",\"T\",\"J\",\"1234-5678\",\"10.1000/x\",\"A\",\"a; b\"\n"
        ).first
        #expect(zotero.id == RecordID("AB12") && zotero.keywords == ["a", "b"] && zotero.abstract.count == 1)
        let scopus = try read(
            "Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,DOI,Abstract,Author Keywords,PubMed ID\n\"Doe J., Roe R.\",T,2019,J,1,2,3,9,10.1000/x,A,a; b,\n"
        ).first
        #expect(scopus.authors.map(\.family) == ["Doe", "Roe"] && scopus.journal.pages == "3-9")
        let embase = try read(
            "Title,Author Names,Source,Abstract,Emtree Medical Index Terms\nT,\"Doe J., Roe R.\",\"J (2019) 3:4 (5-6). Date of Publication: 1 Jan 2019\",A,\"a (b, c), d\"\n"
        ).first
        #expect(embase.journal == Journal(title: "J", volume: "3", issue: "4", pages: "5-6"))
        #expect(embase.published.year == 2019 && embase.keywords == ["a (b, c)", "d"])
    }

    @Test("an id column names the record, also when it has a PMID")
    func ids() throws {
        let reading = try read("id,pmid,title\nK1,5,A\n,6,B\n,,C\n")
        #expect(reading.records.map(\.id.rawValue) == ["K1", "pubmed:6", "t.csv#3"])
        #expect(reading.codes == ["noID"])
        #expect(reading.issues.first?.line == 4)
    }

    @Test("comma, semicolon and tab are found out, and Excel's sep= line is heeded")
    func separators() throws {
        for (separator, source) in [(",", "csv"), (";", "csv"), ("\t", "tsv")] {
            let reading = try read(
                "title\(separator)year\nA, a; a\(separator)2019\n".replacing("A, a; a", with: "\"A, a; a\""))
            #expect(reading.first.title == "A, a; a")
            #expect(reading.first.published.year == 2019)
            #expect(reading.first.source == source)
        }
        #expect(try read("sep=;\ntitle;year\nA;2019\n").first.published.year == 2019)
        #expect(try read("title\nOne column\n").first.title == "One column")
    }

    @Test("quotes may hold line ends, quotes and separators")
    func quotes() throws {
        let reading = try read("title,abstract\r\n\"A \"\"b\"\", c\",\"AIMS: One.\r\nRESULTS: Two.\"\r\nD,E\r\n")
        #expect(reading.first.title == "A \"b\", c")
        #expect(
            reading.first.abstract == [
                AbstractSection(label: "AIMS", text: "One."), AbstractSection(label: "RESULTS", text: "Two."),
            ])
        #expect(reading.records.count == 2)
        #expect(reading.locations.map(\.line) == [2, 4])
    }

    @Test("a quote that never closes costs its own line, not the rest of the file")
    func unclosedQuote() throws {
        let open = try read("title,year\nA,2001\n\"B,2002\nC,2003\nD,2004\n")
        #expect(open.records.map(\.title) == ["A", "B,2002", "C", "D"])
        #expect(open.errors.map(\.code) == ["unclosedQuote"])
        #expect(open.errors.first?.line == 3)
        // A later quote would close it, but words right after that quote show that it opens one itself.
        let later = try read("title,year\nA,2001\n\"B,2002\nC,2003\n\"D,\n d\",2004\nE,2005\n")
        #expect(later.records.map(\.title) == ["A", "B,2002", "C", "D, d", "E"])
        #expect(later.errors.map(\.line) == [3])
        // Many of them are not read over and over.
        let many = try read("title,year\n" + String(repeating: "A,\"b\"\n\"C,2002\nD,2003\"x\n", count: 300) + "\"\n")
        #expect(many.records.count >= 600)
    }

    @Test("rows that are too short or too long are read, the latter with a warning")
    func lengths() throws {
        let reading = try read("title,year,doi\nA\nB,2002,10.1000/x,more\nC,2003,,\n")
        #expect(reading.records.map(\.title) == ["A", "B", "C"])
        #expect(reading.codes.filter { $0 != "noID" } == ["extraCells"])
    }

    @Test("the columns of labelled sets and of further sources are known: ids, proceedings, ISSNs, article numbers")
    func labelledSets() throws {
        let set = try read(
            "\"ID\",\"ENTRYTYPE\",\"title\",\"author\",\"year\",\"journal\",\"booktitle\",\"volume\",\"number\",\"pages\",\"isbn\"\n"
                + "id_1,inproceedings,T,\"Doe, J. and Roe, R.\",2019,,Imaginary Congress,7,1,3-9,1234-56789876-5432\n"
        ).first
        #expect(set.id == RecordID("id_1") && set.authors.count == 2 && set.journal.title == "Imaginary Congress")
        #expect(set.journal.issue == "1" && set.journal.issn == "1234-5678")
        let other = try read(
            "record_id,pmid,author,title,journal,isbn,label\n5,33,\"Doe, J.\",T,J,978-3-16-148410-0,x\n"
        ).first
        #expect(other.id == RecordID("5") && other.pmid != nil && other.journal.issn == nil)
        #expect(try read("uid,ID,title\nx,7,T\n").first.id == RecordID("7"))
        let lens = try read(
            "Lens ID,Title,Publication Year,Source Title,ISSNs,Author/s,Volume,Issue Number,Start Page,End Page\n"
                + "1,T,2019,J,12345678; 87654321,Jane Doe; Richard Roe,1,2,3,9\n"
        ).first
        #expect(lens.journal.issue == "2" && lens.journal.issn == "1234-5678" && lens.authors.count == 2)
        let scopus = try read(
            "Authors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end\nDoe J.,T,2019,J,1,2,110234,,\n"
        ).first
        #expect(scopus.journal.pages == "110234")
        let dimensions = try read("Title,PubYear,Anthology title,Pagination\nT,2019,Book,3-9\n").first
        #expect(dimensions.journal.title == "Book" && dimensions.journal.pages == "3-9")
    }

    @Test("a table without known columns and an empty file are errors, a header alone is none")
    func nothing() throws {
        #expect(try read("foo,bar\n1,2\n").errors.map(\.code) == ["unknownColumns"])
        #expect(try read("").errors.map(\.code) == ["noEntries"])
        #expect(try read("title,year\n").codes.isEmpty)
    }

    @Test("Web of Science's tab-delimited export, whose ID holds keywords")
    func webOfScienceTable() throws {
        let record = try read(
            "PT\tAU\tAF\tTI\tSO\tDE\tID\tPY\tDI\tUT\tPM\nJ\tDoe, J; Roe, R\tDoe, Jane; Roe, Rick\tT\tJ\ta; b\tC\t2019\t10.1000/x\tWOS:1\t12.0\n"
        ).first
        #expect(record.id == RecordID("pubmed:12") && record.keywords == ["a", "b", "C"])
        #expect(record.authors.map(\.given) == ["Jane", "Rick"] && record.source == "tsv")
    }

    @Test("Latin-1 cells are read, with one warning")
    func latin1() throws {
        let bytes = Array("title,year\nK".utf8) + [0xE4] + Array("se,2019\n".utf8)
        let reading = try TextReading(DelimitedRecordReader.self, bytes: bytes)
        #expect(reading.first.title == "Käse")
        #expect(reading.codes.contains("notUTF8"))
    }
}

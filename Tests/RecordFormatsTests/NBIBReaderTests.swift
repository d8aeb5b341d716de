import Bibliography
import Testing

@testable import RecordFormats

@Suite("Reading NBIB")
struct NBIBReaderTests {
    private func read(_ text: String) throws -> TextReading { try TextReading(NBIBReader.self, text, name: "a.nbib") }

    @Test("each tag goes where PubMed's XML has it")
    func tags() throws {
        let record = try read(
            """

            PMID- 12
            OWN - NLM
            STAT- MEDLINE
            DCOM- 20200102
            LR  - 20200103
            IS  - 1111-2222 (Linking)
            IS  - 1234-5678 (Electronic)
            DP  - 2018 Nov-Dec
            TI  - A long title that goes
                  on.
            LID - e12 [pii]
            LID - 10.1000/x(1) [doi]
            AB  - AIM: Words.
            FAU - Doe, John Jr
            AU  - Doe J Jr
            AUID- ORCID: http://orcid.org/0000-0002-1825-0097
            AD  - First place.
            AD  - Second place.
            FAU - van der Berg, Anna-Maria
            AU  - van der Berg AM
            CN  - The Group
            FIR - Helper, Hans
            IR  - Helper H
            AD  - Not an author's place.
            LA  - eng
            SI  - ClinicalTrials.gov/NCT00000001
            GR  - BB/F005806/1/BB_/Biotechnology Council/United Kingdom
            PT  - Journal Article
            TT  - Ein Titel
            RN  - 690G0D6V8H (Ketamine)
            RN  - 0 (Drug (R))
            RIN - J Things. 2019;1(2):3. PMID: 99
            MH  - *Depressive Disorder/drug therapy/*psychology
            OT  - *mood
            PMC - PMC55
            EDAT- 2018/10/01 06:00
            MHDA- 2020/01/04 06:00
            CRDT- 2018/09/30 06:00
            PHST- 2018/10/02 00:00 [pubmed]
            """
        ).first
        #expect(record.id == RecordID("pubmed:12") && record.source == "pubmed")
        #expect(record.title == "A long title that goes on.")
        #expect(record.doi == DOI("10.1000/x(1)"))
        #expect(record.journal.issn == "1234-5678")
        #expect(record.published == PublicationDate(year: 2018, raw: "2018 Nov-Dec"))
        #expect(
            record.authors == [
                Author(
                    family: "Doe", given: "John", initials: "J", suffix: "Jr", orcid: "0000-0002-1825-0097",
                    affiliations: ["First place.", "Second place."]),
                Author(family: "van der Berg", given: "Anna-Maria", initials: "AM"), Author(collective: "The Group"),
            ])
        #expect(record.registrations == [Registration(registry: "ClinicalTrials.gov", number: "NCT00000001")])
        #expect(
            record.grants == [Grant(id: "BB/F005806/1", agency: "Biotechnology Council", country: "United Kingdom")])
        #expect(
            record.chemicals == [
                Chemical(name: "Ketamine", registryNumber: "690G0D6V8H"),
                Chemical(name: "Drug (R)", registryNumber: "0"),
            ])
        #expect(
            record.relations == [
                Relation(type: "RetractionIn", pmid: PMID(99 as UInt32), citation: "J Things. 2019;1(2):3.")
            ])
        #expect(
            record.mesh == [
                MeshHeading(
                    name: "Depressive Disorder", major: true,
                    qualifiers: [MeshQualifier(name: "drug therapy"), MeshQualifier(name: "psychology", major: true)])
            ])
        #expect(record.keywords == ["mood"])
        #expect(record.vernacularTitle == "Ein Titel")
        #expect(
            record.dates
                == RecordDates(
                    completed: "2020-01-02", revised: "2020-01-03", entrez: "2018-09-30", pubmed: "2018-10-02",
                    medline: "2020-01-04"))
    }

    @Test("an address before all names is the first author's, as until 2013")
    func oldAddress() throws {
        let record = try read("PMID- 1\nAD  - Place.\nFAU - Doe, J\nAU  - Doe J\nFAU - Roe, R\nAU  - Roe R\n").first
        #expect(record.authors.map(\.affiliations) == [["Place."], []])
    }

    @Test("full names and short names pair also where one of them is missing")
    func pairing() throws {
        let record = try read("PMID- 1\nAU  - Doe JA\nFAU - Roe, Richard\nFAU - Poe, Edgar\nAU  - Poe E\n").first
        #expect(record.authors.map(\.family) == ["Doe", "Roe", "Poe"])
        #expect(record.authors.map(\.given) == [nil, "Richard", "Edgar"])
        #expect(record.authors.map(\.initials) == ["JA", "R", "E"])
    }

    @Test("entries without blank lines between them, without a PMID or with a bad one are all read")
    func boundaries() throws {
        let reading = try read("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n\nPMID- x\nTI  - C\n\nOWN - NLM\nTI  - D\n")
        #expect(reading.records.map(\.title) == ["A", "B", "C", "D"])
        #expect(reading.records.map(\.id.rawValue) == ["pubmed:1", "pubmed:2", "a.nbib#3", "a.nbib#4"])
        #expect(reading.codes == ["noID", "badPMID", "noID"])
        #expect(reading.errors.isEmpty)
    }

    @Test("twenty thousand blank lines between tags take no longer than the tags")
    func manyBlanks() throws {
        let text = "TI  - A\n" + String(repeating: "\nOT  - x\n", count: 20_000)
        #expect(try read(text).records.map(\.keywords.count) == [20_000])
    }

    @Test("a book's title is BTI where it has no chapter")
    func books() throws {
        let book = try read("PMID- 1\nBTI - Whole\nDP  - 2006\n").first
        #expect(book.kind == .book && book.title == "Whole" && book.journal.title == nil)
        let chapter = try read("PMID- 1\nTI  - Part\nBTI - Whole\n").first
        #expect(chapter.title == "Part" && chapter.journal.title == "Whole")
    }

    @Test("a file without entries is an error")
    func nothing() throws {
        #expect(try read("").errors.map(\.code) == ["noEntries"])
        #expect(try read("<1>\nUnique Identifier\n  123\n").errors.first?.message.contains("PMID- ") == true)
    }
}

import Bibliography
import Testing

@testable import RecordFormats

/// What databases and tools make of the formats, each shown on invented records.
@Suite("Dialects of databases and tools")
struct DatabaseDialectTests {
    private func ris(_ lines: String...) throws -> TextReading {
        try TextReading(RISReader.self, lines.joined(separator: "\n") + "\n", name: "a.ris")
    }
    private func nbib(_ lines: String...) throws -> TextReading {
        try TextReading(NBIBReader.self, lines.joined(separator: "\n") + "\n", name: "a.nbib")
    }

    // MARK: RIS

    @Test("PsycNet's PMID, a tag of four letters, is a field and no part of the type")
    func longTag() throws {
        let record = try ris("TY  - JOUR", "PMID  - 33000001", "ID  - 2020-1", "T1  - A title", "ER  - ").first
        #expect(record.pmid == PMID(33_000_001 as UInt32))
        #expect(record.kind == .article && record.title == "A title")
    }

    @Test("a number that is filled up with zeros is no PMID")
    func zeros() throws {
        #expect(try ris("TY  - JOUR", "AN  - 01611111", "ER  - ").first.pmid == nil)
        #expect(try ris("TY  - JOUR", "AN  - 1611111", "ER  - ").first.pmid == PMID(1_611_111 as UInt32))
    }

    @Test(
        "the PMID is read where the database keeps it",
        arguments: [
            "C3  - PUBMED 33000001,EMBASE 64000001", "U1  - 33000001 [PMID]", "U1  - 33000001[pmid]",
            "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=medp&NEWS=N&AN=33000001",
            "UR  - https://europepmc.org/article/MED/33000001", "UR  - https://pubmed.ncbi.nlm.nih.gov/33000001/",
            "UR  - https://www.embase.com/search/results?id=L1\nC5  - 33000001", "N1  - PMID: 33000001",
        ])
    func placesOfPMID(line: String) throws {
        #expect(try ris("TY  - JOUR", line, "ER  - ").first.pmid == PMID(33_000_001 as UInt32))
    }

    @Test(
        "numbers of other databases are no PMIDs",
        arguments: [
            "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&D=emed20&AN=33000001", "C5  - 33000001",
            "M1  - Roe R. An older trial. https://pubmed.ncbi.nlm.nih.gov/33000001",
        ])
    func foreignNumbers(line: String) throws {
        #expect(try ris("TY  - JOUR", line, "ER  - ").first.pmid == nil)
    }

    @Test(
        "the PMCID is read with what stands behind it, and out of an address",
        arguments: [
            "U1  - PMC9000001 [PMCID]", "C2  - PMC9000001",
            "L2  - https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9000001/",
        ])
    func pmcid(line: String) throws {
        #expect(try ris("TY  - JOUR", line, "ER  - ").first.pmcid == "PMC9000001")
    }

    @Test("month and day come from whichever value has them")
    func datesOfRIS() throws {
        let ieee = try ris("TY  - JOUR", "PY  - 2017", "Y1  - Mar. 2017", "ER  - ").first.published
        #expect(ieee.year == 2017 && ieee.month == 3 && ieee.day == nil)
        let central = try ris(
            "TY  - JOUR", "Y1  - 2013", "PY  - 2013/02/15/received", "PY  - 2013/04/18", "ER  - "
        ).first.published
        #expect(central.year == 2013 && central.month == 4 && central.day == 18)
        let meeting = try ris("TY  - CONF", "PY  - 2020", "Y1  - 4-8 Aug. 2020", "ER  - ").first.published
        #expect(meeting.year == 2020 && meeting.month == 8 && meeting.day == nil)
    }

    @Test("R's NA for nothing is nothing, but a keyword stays")
    func nothing() throws {
        let record = try ris(
            "TY  - JOUR", "TI  - A title", "AB  - NA", "AU  - NA", "VL  - NA", "KW  - NA", "ER  - "
        ).first
        #expect(record.abstract.isEmpty && record.authors.isEmpty && record.journal.volume == nil)
        #expect(record.keywords == ["NA"])
    }

    @Test("markup and entities are read, comparisons stay")
    func markup() throws {
        let record = try ris(
            "TY  - JOUR", "TI  - H<inf>2</inf>O &amp; CO<SUB>2</SUB>: a &lt;b and c&gt; d",
            "AB  - <jats:title>Aim</jats:title><jats:p>p &lt; 0.05, x <b and y> z</jats:p>",
            "AU  - Mu&ntilde;oz, Jos&#233;",
            "ER  - "
        ).first
        #expect(record.title == "H2O & CO2: a <b and c> d")
        #expect(record.abstractText == "Aim p < 0.05, x <b and y> z")
        #expect(record.authors == [Author(family: "Muñoz", given: "José", initials: "J")])
    }

    @Test("names in reading order with initials are persons, initials may stand apart, groups stay groups")
    func names() throws {
        let record = try ris(
            "TY  - JOUR", "AU  - J. Q. van Doe", "AU  - Roe R S", "AU  - U.S. Geological Survey",
            "AU  - A. Centre for Trials", "ER  - "
        ).first
        #expect(record.authors.map(\.family) == ["van Doe", "Roe", nil, nil])
        #expect(record.authors.map(\.initials) == ["JQ", "RS", nil, nil])
        #expect(record.authors.map(\.collective) == [nil, nil, "U.S. Geological Survey", "A. Centre for Trials"])
    }

    @Test("addresses stand with those to whom the database ties them")
    func addresses() throws {
        let embase = try ris(
            "TY  - JOUR", "A1  - Doe, J.", "A1  - Roe, R.", "M1  - (Roe R., roe@example.org) Second Hospital", "ER  - "
        ).first
        #expect(embase.authors.map(\.affiliations) == [[], ["Second Hospital"]])
        let openAlex = try ris(
            "TY  - JOUR", "AU  - Doe, J.", "C1  - First", "C1  - Again", "AU  - Roe, R.", "C1  - Second", "AB  - Text.",
            "C1  - Full publication date: July 2016", "ER  - "
        ).first
        #expect(openAlex.authors.map(\.affiliations) == [["First", "Again"], ["Second"]])
        let ovid = try ris(
            "TY  - JOUR", "A1  - Doe, Jane", "AI  - Doe, Jane; ORCID: https://orcid.org/0000-0002-1825-0097", "ER  - "
        ).first
        #expect(ovid.authors.first?.orcid == "0000-0002-1825-0097")
    }

    @Test("thousands of authors and of addresses are tied in one go")
    func manyAuthors() throws {
        let names = (0..<20_000).map { "A1  - Doe\($0), J." }
        let places = (0..<20_000).map { "M1  - (Doe\($0) J.) Place \($0)" }
        let orcids = (0..<20_000).map { "AI  - Doe\($0), J.; ORCID: 0000-0002-1825-0097" }
        let record = try TextReading(
            RISReader.self, (["TY  - JOUR"] + names + places + orcids + ["ER  - "]).joined(separator: "\n")
        ).first
        #expect(record.authors.count == 20_000 && record.authors[12_345].affiliations == ["Place 12345"])
        #expect(record.authors.last?.orcid == "0000-0002-1825-0097")
    }

    @Test("a tag with one blank among tags with two begins a field, a hyphen in running text does not")
    func mixedBlanks() throws {
        let reading = try ris(
            "TY  - JOUR", "AB  - The drug", "CT - scans and", "KW - one", "KW  - two", "ER -", "TY  - JOUR", "ER  - ")
        #expect(reading.records.count == 2)
        #expect(reading.first.keywords == ["one", "two"])
        #expect(reading.first.abstractText == "The drug CT - scans and")
        #expect(!reading.codes.contains("missingER"))
    }

    // MARK: NBIB

    @Test("ERIC's entries have their authors, ISSN and DOI")
    func eric() throws {
        let reading = try nbib(
            "", "OWN - ERIC", "TI  - A title", "AU  - Doe, Jane Q.", "AU  - Roe, Richard",
            "AID - http://dx.doi.org/10.1000/eric", "AB  - An abstract.", "ISSN - ISSN-1234-5678", "LA  - English")
        let record = reading.first
        #expect(record.authors.map(\.family) == ["Doe", "Roe"] && record.authors.first?.given == "Jane Q.")
        #expect(record.doi == DOI("10.1000/eric") && record.journal.issn == "1234-5678")
        #expect(record.abstractText == "An abstract.")
        #expect(record.source == "nbib")
    }

    @Test("a blank that is missing behind the hyphen costs no entry, a word with a hyphen begins no field")
    func noBlank() throws {
        let reading = try nbib("PMID- 1", "TI  -One", "AB  - About", "SARS-CoV-2", "SO  - J", "", "PMID-2", "TI  - Two")
        #expect(reading.records.map(\.id.rawValue) == ["pubmed:1", "pubmed:2"])
        #expect(reading.first.title == "One" && reading.first.abstractText == "About SARS-CoV-2")
    }

    @Test("a second abstract of an entry is kept")
    func twoAbstracts() throws {
        let record = try nbib("PMID- 1", "AB  - One.", "AB  - Two.").first
        #expect(record.abstract.map(\.text) == ["One.", "Two."])
    }

    @Test("the star of a major keyword is no part of it; headings and qualifiers keep it as a mark")
    func stars() throws {
        let record = try nbib(
            "PMID- 1", "OT  - *Ketamine", "MH  - *Ketamine/therapeutic use", "MH  - Pain/*drug therapy"
        ).first
        #expect(record.keywords == ["Ketamine"])
        #expect(record.mesh.map(\.major) == [true, false])
        #expect(record.mesh.map { $0.qualifiers.map(\.major) } == [[false], [true]])
    }

    static let ovid = """
        <1. >
        VN  - Ovid Technologies
        DB  - Ovid MEDLINE(R)
        UI  - 33000001
        TI  - A title.
        SO  - Journal of Trials. 75(10):1120-6, 2014 Oct.
        AU  - Doe J.
        AU  - Roe R.S.
        IN  - (Doe) First Hospital
              (Doe, Roe) Second Hospital
        MH  - *Ketamine/tu [Therapeutic Use]
        AB  - Aim: To see.
        Method(s): We looked.
        DO  - https://dx.doi.org/10.1000/ovid
        LG  - English
        PT  - Journal Article
        YR  - 2014

        <2. >
        VN  - Ovid Technologies
        DB  - Embase
        UI  - 621000001
        TI  - Another title.
        SO  - Proceedings. Conference: A meeting. Spain. 12 (Supplement 3) (no pagination), 2018.
        MH  - *Kartagener syndrome
        YR  - 2018
        """

    @Test("Ovid's tagged text is found and read, of MEDLINE and of Embase")
    func ovidTagged() throws {
        #expect(FormatDetection.format(of: Array(Self.ovid.utf8)) == .format(.nbib))
        let reading = try TextReading(NBIBReader.self, Self.ovid)
        #expect(reading.records.map(\.id.rawValue) == ["pubmed:33000001", "621000001"])
        let record = reading.first
        #expect(record.authors.map(\.family) == ["Doe", "Roe"])
        #expect(record.authors.map(\.affiliations) == [["First Hospital", "Second Hospital"], ["Second Hospital"]])
        #expect(
            record.journal
                == Journal(title: "Journal of Trials", volume: "75", issue: "10", pages: "1120-6"))
        #expect(record.abstractText == "Aim: To see. Method(s): We looked.")
        #expect(record.doi == DOI("10.1000/ovid") && record.languages == ["English"])
        #expect(record.published.year == 2014)
        let second = reading.records.last
        #expect(second?.keywords == ["Kartagener syndrome"] && second?.journal.title == "Proceedings")
        #expect(second?.journal.volume == nil && second?.pmid == nil)
        #expect(reading.codes.isEmpty)
    }

    @Test("Ovid's labelled text is named, and what to do")
    func ovidLabelled() {
        let text = "<1>\nUnique Identifier\n  33000001\nTitle\n  A title.\n"
        guard case .unknown(let reason) = FormatDetection.format(of: Array(text.utf8)) else {
            Issue.record("taken for a format")
            return
        }
        #expect(reason.contains("Ovid") && reason.contains("RIS"))
    }

    // MARK: Cochrane Library

    @Test("names of Cochrane's own reviews, family name first and without a comma, are persons")
    func cochraneNames() throws {
        let record = try TextReading(
            CochraneReader.self,
            "Record #1 of 1\nID: CD1\nAU: Doe Jane Q\nAU: Van Roe Emer\nAU: Poe J\nAU: Moe, K\nAU: Diet Study Group\nTI: A\n"
        ).first
        #expect(record.authors.map(\.family) == ["Doe", "Van Roe", "Poe", "Moe", nil])
        #expect(record.authors.map(\.initials) == ["JQ", "E", "J", "K", nil])
        #expect(record.authors.last?.collective == "Diet Study Group")
    }

    // MARK: Detection

    @Test("a file whose first entry has lost its opening line is told by its other tags")
    func lostOpening() {
        #expect(
            FormatDetection.format(of: Array("\u{FEFF}\nJF  - Journal\nT1  - A title\nIS  - 3\nER  - \n".utf8))
                == .format(.ris))
        #expect(FormatDetection.format(of: Array("IS  - 1234-5678 (Print)\nVI  - 1\nTI  - A\n".utf8)) == .format(.nbib))
        #expect(
            FormatDetection.format(of: Array("title,abstract\nA,\"First line\nSP  - is no tag\"\n".utf8))
                == .format(.csv))
    }
}

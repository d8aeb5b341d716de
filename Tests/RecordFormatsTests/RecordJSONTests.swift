import Bibliography
import Interchange
import RecordFormats
import TestSupport
import Testing

@Suite("Records as NDJSON")
struct RecordJSONTests {
    static var full: Record {
        var record = Record(id: RecordID("pubmed:90000001"), kind: .article, source: "pubmed")
        record.pmid = PMID("90000001")
        record.pmcid = "PMC1"
        record.doi = DOI("10.1000/xyz")
        record.title = "A \"title\"\u{7F} with \\ and \u{1F642}"
        record.vernacularTitle = "Ein Titel"
        record.abstract = [
            AbstractSection(label: "METHODS", category: "METHODS", text: "0.5 mg/kg"), AbstractSection(text: "B"),
        ]
        record.otherAbstracts = [
            OtherAbstract(type: "Publisher", language: "spa", sections: [AbstractSection(text: "Uno")])
        ]
        record.authors = [
            Author(family: "Doe", given: "Jane", initials: "J", orcid: "0000-0002-1825-0097", affiliations: ["One"]),
            Author(collective: "Group"),
        ]
        record.authorsComplete = false
        record.journal = Journal(
            title: "J", abbreviation: "J", issn: "1234-5678", volume: "1", issue: "2", pages: "3-9")
        record.published = PublicationDate(year: 2019, month: 10, raw: "2019 Oct")
        record.languages = ["eng"]
        record.publicationTypes = [PublicationType(name: "Journal Article", ui: "D016428")]
        record.mesh = [
            MeshHeading(
                name: "Ketamine", ui: "D007649",
                qualifiers: [MeshQualifier(name: "administration & dosage", ui: "Q000008", major: true)])
        ]
        record.keywords = ["k"]
        record.chemicals = [Chemical(name: "Ketamine", ui: "D007649", registryNumber: "690G0D6V8H")]
        record.registrations = [Registration(registry: "ClinicalTrials.gov", number: "NCT01234567")]
        record.grants = [Grant(id: "g", agency: "a")]
        record.relations = [Relation(type: "RetractionIn", pmid: PMID("90000002"), citation: "c")]
        record.status = "MEDLINE"
        record.dates = RecordDates(completed: "2020-01-02", entrez: "2019-10-01")
        return record
    }

    static func line(_ record: Record) -> String {
        var json = JSONWriter()
        record.write(to: &json)
        return json.text
    }

    @Test("The keys of the contract, in its order")
    func keys() {
        let expected = """
            {"id":"pubmed:90000001","kind":"article","source":"pubmed","pmid":"90000001","version":1,"pmcid":"PMC1",\
            "doi":"10.1000/xyz","title":"A \\"title\\"\\u007f with \\\\ and \u{1F642}","vernacularTitle":"Ein Titel",\
            "abstract":[{"label":"METHODS","category":"METHODS","text":"0.5 mg/kg"},{"label":null,"category":null,\
            "text":"B"}],"otherAbstracts":[{"type":"Publisher","language":"spa","sections":[{"label":null,\
            "category":null,"text":"Uno"}]}],"authors":[{"family":"Doe","given":"Jane","initials":"J","suffix":null,\
            "collective":null,"orcid":"0000-0002-1825-0097","affiliations":["One"]},{"family":null,"given":null,\
            "initials":null,"suffix":null,"collective":"Group","orcid":null,"affiliations":[]}],\
            "authorsComplete":false,"journal":{"title":"J","abbreviation":"J","issn":"1234-5678","volume":"1",\
            "issue":"2","pages":"3-9"},"published":{"year":2019,"month":10,"day":null,"season":null,\
            "raw":"2019 Oct"},"languages":["eng"],"publicationTypes":[{"name":"Journal Article","ui":"D016428"}],\
            "mesh":[{"name":"Ketamine","ui":"D007649","major":false,"qualifiers":[{"name":\
            "administration & dosage","ui":"Q000008","major":true}]}],"keywords":["k"],"chemicals":[{"name":\
            "Ketamine","ui":"D007649","registryNumber":"690G0D6V8H"}],"registrations":[{"registry":\
            "ClinicalTrials.gov","number":"NCT01234567"}],"grants":[{"id":"g","agency":"a","country":null}],\
            "relations":[{"type":"RetractionIn","pmid":"90000002","citation":"c"}],"status":"MEDLINE",\
            "dates":{"created":null,"completed":"2020-01-02","revised":null,"entrez":"2019-10-01","pubmed":null,\
            "medline":null}}
            """
        #expect(Self.line(Self.full) == expected)
    }

    @Test("What is written reads back the same, and so does an empty record")
    func roundTrip() throws {
        let records = [Self.full, Record(id: RecordID("x#1"), kind: .deleted, source: "pubmed")]
        let text = records.map(Self.line).joined(separator: "\n") + "\n"
        let reading = try Reading.any(text)
        #expect(reading.records == records && reading.issues.isEmpty)
        #expect(reading.locations.map(\.line) == [1, 2])
        #expect(reading.locations.first?.start == 0 && reading.locations.last?.end == text.utf8.count)
    }

    @Test("Every real PubMed record survives NDJSON", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realRecords() throws {
        let records = try PubMedRealFilesTests.files.prefix(40).flatMap { try Reading.pubMed($0.bytes).records }
        let text = records.map(Self.line).joined(separator: "\n")
        #expect(try Reading.any(text).records == records)
    }

    @Test("A line that is no record is an issue; the others are read; keys may be missing")
    func badLines() throws {
        let text =
            "{\"id\":\"a\",\"kind\":\"article\"}\n\nnot json\n{\"kind\":\"article\"}\n{\"id\":\"b\",\"year\":1}\n"
        let reading = try Reading.any(text)
        #expect(reading.ids == ["a", "b"])
        #expect(reading.codes == ["badLine", "badLine"])
        #expect(reading.issues.map(\.line) == [3, 4])
        #expect(reading.issues.allSatisfy { $0.message.contains("was passed over") })
    }

    @Test("Issues have the keys of the contract")
    func issues() {
        var json = JSONWriter()
        ReadingIssue(
            file: "a.xml", line: 12, id: RecordID("pubmed:1"), severity: .error, code: "truncated", message: "cut"
        ).write(to: &json)
        json.newline()
        ReadingIssue(file: "b", line: nil, severity: .warning, code: "c", message: "m").write(to: &json)
        #expect(
            json.text == """
                {"file":"a.xml","line":12,"id":"pubmed:1","severity":"error","code":"truncated","message":"cut"}
                {"file":"b","line":null,"id":null,"severity":"warning","code":"c","message":"m"}
                """)
    }
}

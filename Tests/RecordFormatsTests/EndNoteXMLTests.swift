import Bibliography
import Foundation
import RecordFormats
import TestSupport
import Testing

@Suite("EndNote XML")
struct EndNoteXMLTests {
    private let document = """
        <?xml version="1.0" encoding="UTF-8" ?><xml><records>
        <record><database name="My.enl">My.enl</database><rec-number>12</rec-number>
        <ref-type name="Journal Article">17</ref-type><contributors><authors>
        <author><style face="normal" font="default">Doe, Jane Q.</style></author><author>Roe, R., Jr.</author>
        <author>The Group,</author></authors><secondary-authors><author>Editor, E.</author></secondary-authors>
        </contributors><auth-address><style>Place one&#xD;Place two</style></auth-address>
        <titles><title><style>A </style><style face="italic">title</style></title>
        <secondary-title>J Short</secondary-title></titles><periodical><full-title>The Journal</full-title>
        <abbr-1>J Short</abbr-1></periodical><pages>3-9</pages><volume>4</volume><number>2</number>
        <keywords><keyword>one</keyword><keyword>two</keyword></keywords>
        <dates><year><style>2018</style></year><pub-dates><date>Mar 7</date></pub-dates></dates>
        <isbn>1234-567X (Print)&#xD;2277-9175</isbn><accession-num>90000001</accession-num>
        <abstract>Some text.</abstract><electronic-resource-num>https://doi.org/10.1000/xyz</electronic-resource-num>
        <custom2>PMC77</custom2><remote-database-provider>NLM</remote-database-provider><language>eng</language></record>
        <record><ref-type name="Book">6</ref-type><titles><title>A book</title></titles>
        <accession-num>90000001</accession-num><remote-database-name>Embase</remote-database-name></record>
        </records></xml>
        """

    @Test("Fields come from their places, styles inside them are no text of their own")
    func fields() throws {
        let reading = try Reading.any(document)
        #expect(reading.ids == ["12", "test#2"])
        #expect(reading.codes == ["noID"])
        let record = try #require(reading.records.first)
        #expect(record.title == "A title" && record.pmid?.number == 90_000_001 && record.pmcid == "PMC77")
        #expect(record.doi?.text == "10.1000/xyz" && record.source == "endnote-xml" && record.kind == .article)
        #expect(
            record.authors == [
                Author(family: "Doe", given: "Jane Q.", initials: "JQ", affiliations: ["Place one", "Place two"]),
                Author(family: "Roe", given: "R.", initials: "R", suffix: "Jr."), Author(collective: "The Group"),
            ])
        #expect(
            record.journal
                == Journal(
                    title: "The Journal", abbreviation: "J Short", issn: "1234-567X", volume: "4", issue: "2",
                    pages: "3-9"))
        #expect(record.published == PublicationDate(year: 2018, month: 3, day: 7, raw: "2018 Mar 7"))
        #expect(record.keywords == ["one", "two"] && record.languages == ["eng"])
        #expect(record.abstract.map(\.text) == ["Some text."])
    }

    @Test("An accession number is a PMID only where the record came from PubMed or MEDLINE")
    func accession() throws {
        let record = try #require(try Reading.any(document).records.last)
        #expect(record.pmid == nil && record.kind == .book && record.title == "A book")
    }

    @Test("A cut library gives whole records, then what was read of the last, and says so")
    func truncation() throws {
        let reading = try Reading.any(String(document.prefix(document.count - 100)))
        #expect(reading.records.count == 2)
        #expect(reading.errors.map(\.code) == ["truncated"])
        #expect(reading.records.last?.title == "A book")
    }

    @Test("Another root is refused")
    func root() throws {
        let reading = try Reading.any(Array("<html></html>".utf8), format: .endnoteXML)
        #expect(reading.errors.map(\.code) == ["wrongRoot"])
        #expect(reading.errors.first?.message.contains("<html>") == true)
    }

    @Test("Real libraries are read whole", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() throws {
        for url in SharedData.files(under: "biblio/Reflib") where url.pathExtension == "xml" {
            let text = try String(contentsOf: url, encoding: .utf8)
            let reading = try Reading.file(url.path)
            #expect(reading.records.count == text.components(separatedBy: "</record>").count - 1)
            #expect(reading.issues.isEmpty)
            #expect(reading.records.allSatisfy { $0.title != nil && !$0.authors.isEmpty || $0.published.year != nil })
        }
    }
}

import Bibliography
import Foundation
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "A PMID is one to nine digits",
        arguments: [("12345678", "12345678"), (" 7\n", "7"), ("0012", "12"), ("999999999", "999999999")])
    func pmid(text: String, expected: String) {
        #expect(PMID(text)?.description == expected)
        #expect(PMID(text)?.recordID.rawValue == "pubmed:" + expected)
    }

    @Test(
        "Anything else is no PMID",
        arguments: ["", " ", "0", "-1", "+1", "1 2", "PMC12", "1234567890", "12.0", "１２", "99999999999999999999"])
    func noPMID(text: String) { #expect(PMID(text) == nil) }

    @Test("PMIDs go by number, record ids by bytes; both survive JSON as texts")
    func order() throws {
        let pmids = try ["100", "9"].map { try #require(PMID($0)) }
        #expect(pmids.sorted().map(\.number) == [9, 100])
        #expect(pmids.map(\.recordID).sorted().map(\.rawValue) == ["pubmed:100", "pubmed:9"])
        let data = try JSONEncoder().encode(pmids)
        #expect(String(decoding: data, as: UTF8.self) == "[\"100\",\"9\"]")
        #expect(try JSONDecoder().decode([PMID].self, from: data) == pmids)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PMID].self, from: Data("[\"x\"]".utf8)) }
    }

    @Test(
        "A DOI is read out of every usual spelling",
        arguments: [
            ("10.1000/xyz", "10.1000/xyz"), ("doi:10.1000/xyz", "10.1000/xyz"), ("DOI: 10.1000/xyz.", "10.1000/xyz"),
            ("https://doi.org/10.1000/xyz", "10.1000/xyz"), ("http://dx.doi.org/10.1000/XYZ;", "10.1000/XYZ"),
            ("10.1000/xyz [doi]", "10.1000/xyz"),
            ("S0006 10.1016/S0006-3223(99)00230-9 [pii]", "10.1016/S0006-3223(99)00230-9"),
            ("(10.1000/xyz)", "10.1000/xyz"),
            ("10.1002/(SICI)1097-0258<1::AID-X>3.0.CO;2-A", "10.1002/(SICI)1097-0258<1::AID-X>3.0.CO;2-A"),
        ])
    func doi(text: String, expected: String) { #expect(DOI(text)?.text == expected) }

    @Test("Anything else is no DOI", arguments: ["", "10.", "10.1000", "10.1000/", "S1-10", "v3.10.1000/x", "10.x/1"])
    func noDOI(text: String) { #expect(DOI(text) == nil) }

    @Test("DOIs that differ in case are the same (DOI Handbook, 3.8)")
    func sameDOI() throws {
        let (a, b) = (try #require(DOI("10.1000/ABC")), try #require(DOI("10.1000/abc")))
        #expect(a == b && a.hashValue == b.hashValue && a.text != b.text)
        #expect(DOI(a.text)?.text == a.text)
    }
}

import Bibliography
import Deduplication
import Interchange
import Testing

@Suite("Output of sluice deduplicate")
struct OutputTests {
    private let records = [
        article("b") { $0.doi = DOI("10.9999/x") }, article("a") { $0.doi = DOI("10.9999/X") },
        article("c") {
            $0.journal.pages = "512-520"; $0.doi = nil
        },
    ]

    @Test("one line a report, keys in the contract's order, pairs for review with both")
    func lines() {
        var json = JSONWriter()
        Deduplicator().deduplicate(records).writeJSONLines(to: &json)
        let review = #"{"a":"a","b":"c","reason":"title-author-other-pages","score":0.6,"review":true}"#
        let first = #"{"a":"a","b":"b","reason":"doi","score":1,"review":false}"#
        #expect(
            json.text == """
                {"report":"R1","records":["a","b"],"links":[\(first),\(review)],"review":true}
                {"report":"R2","records":["c"],"links":[\(review)],"review":true}

                """)
    }

    @Test("the table has a row for every record, in the order given")
    func table() {
        let table = Deduplicator().deduplicate(records).table(ids: records.map(\.id))
        #expect(String(decoding: DelimitedWriter.text(table), as: UTF8.self) == "record,report\nb,R1\na,R1\nc,R2\n")
    }
}

import Bibliography
import Deduplication
import Interchange
import Testing

@Suite("People's corrections")
struct CorrectionTests {
    private let known = Set(["a", "b", "c", "d"].map { RecordID($0) })

    private func read(_ rows: String, after earlier: Corrections = .none) throws -> Corrections {
        try Corrections(
            parsing: Array(("a,b,decision,who,when,why\n" + rows).utf8), file: "links.csv", known: known, after: earlier
        )
    }

    private func message(_ rows: String, after earlier: Corrections = .none) -> String {
        do {
            _ = try read(rows, after: earlier)
            return "no error"
        } catch {
            return String(describing: error)
        }
    }

    private var records: [Record] {
        [
            article("a"), article("b"),
            article("c") {
                $0.journal.pages = "700-709"; $0.journal.volume = "30"
            },
        ]
    }

    @Test("what a person says goes before the rules, both ways")
    func overrides() throws {
        let plain = Deduplicator().deduplicate(records)
        #expect(plain.reports.map(\.records.count) == [2, 1])
        let said = try read("a,b,different,kim,2026-11-23,two trials\nb,c,same,kim,2026-11-23,volume misprinted\n")
        let result = Deduplicator().deduplicate(records, corrections: said)
        #expect(result.reports.map { $0.records.map(\.rawValue) } == [["a"], ["b", "c"]])
        #expect(
            result.links == [
                DuplicateLink(a: RecordID("b"), b: RecordID("c"), reason: "person", score: 1, review: false)
            ])
        #expect(result.review.allSatisfy { !($0.a.rawValue == "a" && $0.b.rawValue == "b") })
    }

    @Test("an undo takes back what was said, and something else may then be said")
    func undo() throws {
        let said = try read(
            "a,b,different,kim,2026-11-23,\nb,a,undo,lee,2026-11-24,wrong pair\na,b,same,lee,2026-11-24,\n")
        #expect(Deduplicator().deduplicate(records, corrections: said).reports.count == 2)
        #expect(said.all.count == 3)
    }

    @Test("two people may say the same of a pair")
    func repeated() throws { #expect(try read("a,b,same,kim,2026,\nb,a,same,lee,2026,\n").all.count == 2) }

    @Test("corrections survive a new batch")
    func laterBatch() throws {
        let said = try read("a,b,different,kim,2026-11-23,two trials\n")
        let first = Deduplicator().deduplicate(Array(records[..<2]), corrections: said)
        let second = Deduplicator().deduplicate(records + [article("d")], corrections: said, earlier: first)
        #expect(second.reportOfRecord[0] != second.reportOfRecord[1])
    }

    @Test("corrections written as CSV come back as they were")
    func roundTrip() throws {
        let said = try read("a,b,different,\"Kim, A\",2026-11-23,\"=two \"\"trials\"\"\"\n")
        let again = try Corrections(parsing: said.csv, file: "again.csv", known: known)
        #expect(again == said)
    }

    @Test("every fault is refused with file, line and remedy")
    func faults() throws {
        let end = "; nothing of this file was applied"
        #expect(
            message("a,x,same,kim,2026,\n") == "links.csv:2: there is no record 'x'; correct the id or remove the row"
                + end)
        #expect(message("a,a,same,kim,2026,\n") == "links.csv:2: 'a' is paired with itself; name two records" + end)
        #expect(
            message("a,b,maybe,kim,2026,\n") == "links.csv:2: 'maybe' is no decision; write same, different or undo"
                + end)
        #expect(message("a,b,same,,2026,\n") == "links.csv:2: the cell 'who' is empty; fill it" + end)
        #expect(
            message("a,b,undo,kim,2026,\n")
                == "links.csv:2: nothing was said of 'a' and 'b' that could be undone; remove the row" + end)
        #expect(
            message("a,b,same,kim,2026,\nb,a,different,lee,2026,\n")
                == "links.csv:3: this contradicts line 2: 'b' and 'a' cannot be the same and different; undo one of the two"
                + end)
        #expect(
            message("a,b,same,kim,2026,\nb,c,same,kim,2026,\na,c,different,kim,2026,\n").hasPrefix(
                "links.csv:4: this contradicts line 3"))
        #expect(
            message("a,c,different,kim,2026,\na,b,same,kim,2026,\nb,c,same,kim,2026,\n").hasPrefix(
                "links.csv:4: this contradicts line 2"))
        #expect(
            message("a,b,same,kim,2026,\nb,c,same,kim,2026,\nc,a,same,kim,2026,\n").hasPrefix(
                "links.csv:4: 'c' and 'a' are the same already by the rows up to line 3"))
        #expect(message("\"a,b,same,kim,2026,\n").hasPrefix("links.csv:2: a quotation mark opens here"))
        let earlier = try read("a,b,same,kim,2026,\n")
        #expect(message("a,b,different,kim,2026,\n", after: earlier).contains("contradicts an earlier decision"))
        #expect(throws: CorrectionError.self) {
            try Corrections(parsing: Array("a,b,who\n".utf8), file: "x.csv", known: nil)
        }
    }
}

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
        let first = Deduplicator().deduplicate(Array(records[..<2]), corrections: said, earlier: Comparisons.none)
        let second = Deduplicator().deduplicate(
            records + [article("d")], corrections: said, earlier: first.comparisons)
        #expect(second.reportOfRecord[0] != second.reportOfRecord[1])
        // Both twins are looked at for themselves: the third joins one of them and goes to a person with the other.
        #expect(second.reports.map(\.records.count).sorted() == [1, 1, 2])
        #expect(second.review.contains { $0.reason == "conflict-in-cluster" })
    }

    @Test("corrections written as CSV come back as they were")
    func roundTrip() throws {
        let said = try read("a,b,different,\"Kim, A\",2026-11-23,\"=two \"\"trials\"\"\"\n")
        let again = try Corrections(parsing: said.csv, file: "again.csv", known: known)
        #expect(again == said)
    }

    @Test("rows without a decision wait, and columns for the reader are passed over")
    func waitingRows() throws {
        let table = "a;b;titleA;decision;who;when;why;score\na;b;One;;;;;0.6\nb;c;Two; Same ;kim;2026-11-23;;0.5\n"
        let said = try Corrections(parsing: Array(table.utf8), file: "links.csv", known: known)
        #expect(said.all.map(\.says) == [.same])
        #expect(said.all.map(\.a.rawValue) == ["b"])
    }

    @Test("rows that are held already are passed over, and missing names and dates filled in")
    func appended() throws {
        let kept = try read("a,b,same,kim,2026-11-23,\na,b,undo,kim,2026-11-24,\na,b,different,kim,2026-11-25,\n")
        let table = String(decoding: kept.csv, as: UTF8.self) + "c,d,same,,,\n"
        let all = try Corrections(
            parsing: Array(table.utf8), file: "links.csv", known: known, after: kept, who: "lee", when: "2026-12-01")
        #expect(all.all.count == 4)
        #expect(all.all.last?.who == "lee" && all.all.last?.when == "2026-12-01")
    }

    @Test("what is told apart as two studies is told apart as two documents, and saying otherwise is refused")
    func studiesTellApart() throws {
        let studies = try read("a,b,different,kim,2026-11-23,\nc,d,same,kim,2026-11-23,\n")
        let apart = studies.tellingApart
        #expect(apart.all.count == 1)
        #expect(Deduplicator().deduplicate(records, corrections: apart).reportOfRecord[0...1] == [0, 1])
        do {
            _ = try read("a,b,same,kim,2026-11-24,\n", after: apart)
            Issue.record("taken")
        } catch let error as CorrectionError {
            #expect(error.isAboutEarlier)
        }
    }

    @Test("a bare PMID names the record of that PMID, and where several do, the ids are asked for")
    func barePMIDs() throws {
        let records = Set(
            ["pubmed:11", "embase/pubmed:12", "pubmed:13", "embase/pubmed:13", "14", "pubmed:14"].map { RecordID($0) })
        func said(_ row: String) throws -> Corrections {
            try Corrections(
                parsing: Array("a,b,decision,who,when,why\n\(row),same,kim,2026-11-23,\n".utf8), file: "pairs.csv",
                known: records)
        }
        let pair = try #require(try said("11,12.0").all.first)
        #expect([pair.a.rawValue, pair.b.rawValue] == ["pubmed:11", "embase/pubmed:12"])
        #expect(try said("14,pubmed:14").all.map { [$0.a.rawValue, $0.b.rawValue] } == [["14", "pubmed:14"]])
        do {
            _ = try said("11,13")
            Issue.record("taken")
        } catch {
            #expect(
                String(describing: error)
                    == "pairs.csv:2: '13' may be pubmed:13 or embase/pubmed:13; write which of them; nothing of this file "
                    + "was applied")
        }
    }

    @Test("when something was said is a date, and not to come")
    func dates() throws {
        for date in ["2026", "2026-11", "2026-11-23", "2026-11-23T09:30:00Z"] {
            #expect(try read("a,b,same,kim,\(date),\n").all.count == 1, "\(date)")
        }
        for date in ["yesterday", "23/11/2026", "2026-13-01", "2026-11-23T25:00:00Z", "20261123"] {
            #expect(
                message("a,b,same,kim,\(date),\n").contains(
                    "'\(date)' in the column 'when' is no date such as 2026-11-23"))
        }
        #expect(throws: CorrectionError.self) {
            try Corrections(
                parsing: Array("a,b,decision,who,when,why\na,b,same,kim,2026-11-25,\n".utf8), file: "x.csv",
                known: known,
                latest: "2026-11-24")
        }
    }

    @Test("every fault is refused with file, line and remedy")
    func faults() throws {
        let end = "; nothing of this file was applied"
        #expect(
            message("a,x,same,kim,2026,\n")
                == "links.csv:2: there is no record 'x'; correct the id (sluice export records lists them) or remove the row"
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

import Bibliography
import Deduplication
import Testing

/// An invented article; every test changes what it is about.
func article(_ id: String, _ change: (inout Record) -> Void = { _ in }) -> Record {
    var record = Record(id: RecordID(id), kind: .article, source: "csv")
    record.title = "Evening light and recovery of sleep after coronary bypass grafting"
    record.authors = [
        Author(family: "Quillfeather", given: "Oswin"), Author(family: "Tamm", given: "Liisa"),
        Author(family: "Okonjo", given: "Ife"),
    ]
    record.published.year = 2014
    record.journal = Journal(title: "Annals of Imaginary Medicine", volume: "22", issue: "3", pages: "301-309")
    change(&record)
    return record
}

private func clusters(_ result: DeduplicationResult) -> [[String]] {
    result.reports.map { $0.records.map(\.rawValue) }
}

@Suite("Deduplicator")
struct DeduplicatorTests {
    @Test("no records give no reports")
    func empty() { #expect(Deduplicator().deduplicate([]).reports.isEmpty) }

    @Test("records without any field are kept, each as a report")
    func bare() {
        let records = (0..<40).map { Record(id: RecordID("b\($0)"), kind: .article, source: "csv") }
        #expect(Deduplicator().deduplicate(records).reports.count == 40)
    }

    @Test("the order of the records does not change the result")
    func order() {
        var source = SyntheticRecords(seed: 7)
        let records = source.make(400).records + RulePair.all.flatMap(\.records)
        let straight = Deduplicator().deduplicate(records)
        var shuffled = Array(records.enumerated())
        var state: UInt64 = 3
        for index in stride(from: shuffled.count - 1, to: 0, by: -1) {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            shuffled.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
        }
        let other = Deduplicator().deduplicate(shuffled.map(\.element))
        #expect(other.reports == straight.reports)
        #expect(other.links == straight.links)
        #expect(other.review == straight.review)
        #expect(other.relations == straight.relations)
        for (place, original) in shuffled.enumerated() {
            #expect(other.reportOfRecord[place] == straight.reportOfRecord[original.offset])
        }
    }

    @Test("PubMed's record stands for the report, else the fullest, else the first by id")
    func standing() {
        let pubmed = article("pubmed:90000001") {
            $0.pmid = PMID(90_000_001 as UInt32)
            $0.source = "pubmed"
        }
        let full = article("a2") { $0.abstract = [AbstractSection(text: "Light helps.")] }
        #expect(
            Deduplicator().deduplicate([article("a1"), full, pubmed]).reports.map(\.id.rawValue) == ["pubmed:90000001"])
        #expect(Deduplicator().deduplicate([article("a1"), full]).reports.map(\.id.rawValue) == ["a2"])
        #expect(Deduplicator().deduplicate([article("a3"), article("a1")]).reports.map(\.id.rawValue) == ["a1"])
    }

    @Test("two versions of a PMID are one report, whatever changed between them")
    func versions() {
        let first = article("pubmed:90000001") { $0.pmid = PMID(90_000_001 as UInt32) }
        let second = article("pubmed:90000001") {
            $0.pmid = PMID(90_000_001 as UInt32)
            $0.version = 2
            $0.title = "A wholly different wording of everything"
        }
        let result = Deduplicator().deduplicate([first, second])
        #expect(result.reports.count == 1)
        #expect(result.links.map(\.reason) == ["pmid-version"])
    }

    @Test("a deleted citation joins nothing")
    func deleted() {
        let live = article("pubmed:90000001") { $0.pmid = PMID(90_000_001 as UInt32) }
        var gone = Record(id: live.id, kind: .deleted, source: "pubmed")
        gone.pmid = live.pmid
        var other = gone
        other.id = RecordID("pubmed:90000002")
        #expect(Deduplicator().deduplicate([live, gone, other]).reports.count == 3)
    }

    @Test("two papers under one key of a file are two reports, and each keeps its row")
    func sameKey() {
        let other = article("smith2014") {
            $0.title = "Salt intake and arterial stiffness among night-shift nurses"
            $0.authors = [Author(family: "Pell", given: "Ruth")]
            $0.journal.pages = "12-20"
        }
        let result = Deduplicator().deduplicate([article("smith2014"), other])
        #expect(result.reports.count == 2)
        #expect(Set(result.reportOfRecord) == [0, 1])
    }

    @Test("a record without volume does not bridge two volumes of one title")
    func bridge() {
        let later = article("c") {
            $0.journal.volume = "23"
            $0.journal.pages = "40-52"
            $0.published.year = 2015
        }
        let poor = article("b") {
            $0.journal.volume = nil; $0.journal.issue = nil; $0.journal.pages = nil
        }
        let result = Deduplicator().deduplicate([article("a"), poor, later])
        #expect(clusters(result) == [["a", "b"], ["c"]])
    }

    @Test("a record without any place goes to a person where it could belong to two reports")
    func torn() {
        let talk = article("a") { $0.journal = Journal(title: "Stroke Fiction", volume: "41", pages: "440-449") }
        let poor = article("p") { $0.journal = Journal() }
        let result = Deduplicator().deduplicate([talk, article("b"), poor])
        #expect(clusters(result) == [["a"], ["b"], ["p"]])
        #expect(result.review.map(\.reason) == ["title-author-year", "title-author-year"])
        #expect(clusters(Deduplicator().deduplicate([article("b"), poor])) == [["b", "p"]])
    }

    @Test("a record without DOI does not bridge two DOIs")
    func bridgeDOI() {
        func version(_ id: String, _ doi: String?) -> Record {
            article(id) {
                $0.doi = doi.flatMap { DOI($0) }
                $0.journal.pages = nil
            }
        }
        let result = Deduplicator().deduplicate([
            version("a", "10.9999/1"), version("b", nil), version("c", "10.9999/2"),
        ])
        #expect(result.reports.count == 2)
        #expect(result.review.contains { $0.reason == "conflict-in-cluster" || $0.reason == "title-author-other-doi" })
    }

    @Test("many records under one title cost little and are told apart by their pages")
    func manyOfOneTitle() {
        let records = (0..<800).map { number in
            article("e\(number)") {
                $0.title = "Editorial"
                $0.journal.volume = String(1 + number / 40)
                $0.journal.pages = String(1 + number % 40)
                $0.authors = []
            }
        }
        #expect(Deduplicator().deduplicate(records).reports.count == 800)
        let twice =
            records
            + records.map { record in
                var copy = record
                copy.id = RecordID(record.id.rawValue + "x")
                return copy
            }
        #expect(Deduplicator().deduplicate(twice).reports.count == 800)
    }

    @Test("texts of hostile size and shape are read without harm")
    func hostile() {
        let texts = [
            String(repeating: "[", count: 5000), String(repeating: "(a)", count: 4000),
            "<" + String(repeating: "<i>", count: 3000),
            "&&&&;;;&#x0;", "\u{0}\u{FFFF}\u{10FFFF}", String(repeating: "e\u{301}", count: 5000), "Ã", "â€", "â", ":",
            "=", "[]", "()",
            String(repeating: "9", count: 4000),
        ]
        let records = texts.enumerated().flatMap { number, text in
            [0, 1].map { copy in
                article("h\(number)-\(copy)") {
                    $0.title = text
                    $0.vernacularTitle = text
                    $0.journal = Journal(
                        title: text, abbreviation: text, issn: text, volume: text, issue: text, pages: text)
                    $0.authors = [Author(family: text, given: text), Author(collective: text)]
                    $0.published.year = copy == 0 ? Int.max : Int.min
                    $0.abstract = [AbstractSection(text: text)]
                }
            }
        }
        let result = Deduplicator().deduplicate(records)
        #expect(Set(result.reports.flatMap(\.records)).count == records.count)
    }

    @Test("every link of a record can be asked for, with its reason")
    func explain() {
        let other = article("c") { $0.journal.pages = "512-520" }
        let result = Deduplicator().deduplicate([article("a") { $0.journal.issue = nil }, article("b"), other])
        #expect(
            result.explain(RecordID("b")).links == [
                DuplicateLink(
                    a: RecordID("a"), b: RecordID("b"), reason: "title-author-journal-pages", score: 0.99, review: false
                ),
                DuplicateLink(
                    a: RecordID("b"), b: RecordID("c"), reason: "title-author-other-pages", score: 0.6, review: true),
            ])
        #expect(result.explain(RecordID("x")).links.isEmpty)
    }

    // MARK: Batches

    @Test("a new batch gives what all records at once give, and compares only what is new")
    func batches() {
        var source = SyntheticRecords(seed: 11)
        let records = source.make(600).records + RulePair.all.flatMap(\.records)
        let whole = Deduplicator().deduplicate(records)
        let first = Deduplicator().deduplicate(Array(records[..<450]), corrections: .none, earlier: Comparisons.none)
        let second = Deduplicator().deduplicate(records, corrections: .none, earlier: first.comparisons)
        #expect(first.compared > 0)
        #expect(second.compared == whole.compared - first.compared)
        expectEqual(second, whole)
        let third = Deduplicator().deduplicate(records, corrections: .none, earlier: second.comparisons)
        #expect(third.compared == 0)
        #expect(third.comparedRecords == 0)
        expectEqual(third, whole)
    }

    @Test("records that go, change or come back between batches end where all at once end")
    func anyHistory() {
        var source = SyntheticRecords(seed: 5)
        let records = source.make(500).records + RulePair.all.flatMap(\.records)
        var comparisons = Comparisons.none
        var state: UInt64 = 9
        for round in 0..<6 {
            let some = records.filter { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                return (state >> 33) % 4 != 0
            }.map { record in
                var record = record
                if record.title?.utf8.count.isMultiple(of: 6 - round) == true { record.journal.volume = "\(round)" }
                return record
            }
            let result = Deduplicator().deduplicate(some, corrections: .none, earlier: comparisons)
            expectEqual(result, Deduplicator().deduplicate(some))
            comparisons = result.comparisons
        }
    }

    @Test("a record that changed between batches is compared again")
    func changed() {
        let poor = article("b") {
            $0.title = "Another title that says little of light"; $0.journal.pages = "5-9"
        }
        let first = Deduplicator().deduplicate([article("a"), poor], corrections: .none, earlier: Comparisons.none)
        #expect(first.reports.count == 2)
        let second = Deduplicator().deduplicate(
            [article("a"), article("b")], corrections: .none, earlier: first.comparisons)
        #expect(second.reports.count == 1)
    }

    @Test("comparisons come back from their bytes; other bytes are refused")
    func comparisonBytes() {
        let records = RulePair.all.flatMap(\.records)
        let result = Deduplicator().deduplicate(records, corrections: .none, earlier: Comparisons.none)
        let bytes = result.comparisons.bytes
        #expect(Comparisons(bytes: bytes) == result.comparisons)
        #expect(Comparisons(bytes: Array(bytes.dropLast())) == nil)
        #expect(Comparisons(bytes: [1, 2, 3]) == nil)
        #expect(Comparisons(bytes: Array(repeating: 0xFF, count: 21)) == nil)
        #expect(Comparisons(bytes: []) == Comparisons.none)
    }

    private func expectEqual(_ one: DeduplicationResult, _ other: DeduplicationResult) {
        #expect(one.reports == other.reports)
        #expect(one.links == other.links)
        #expect(one.review == other.review)
        #expect(one.relations == other.relations)
        #expect(one.reportOfRecord == other.reportOfRecord)
    }

    // MARK: Relations

    @Test("relations that PubMed states are kept, on whichever side they stand")
    func statedRelations() throws {
        let paper = article("pubmed:90000001") { $0.pmid = PMID(90_000_001 as UInt32) }
        let notice = article("pubmed:90000002") {
            $0.pmid = PMID(90_000_002 as UInt32)
            $0.title = "Correction."
            $0.journal.pages = "400"
            $0.relations = [Relation(type: "ErratumFor", pmid: PMID(90_000_001 as UInt32))]
        }
        let comment = article("pubmed:90000003") {
            $0.pmid = PMID(90_000_003 as UInt32)
            $0.title = "What light can do"
            $0.authors = []
        }
        var named = paper
        named.relations = [
            Relation(type: "CommentIn", pmid: PMID(90_000_003 as UInt32)), Relation(type: "CommentIn", pmid: nil),
        ]
        let result = Deduplicator().deduplicate([named, notice, comment])
        #expect(result.reports.count == 3)
        #expect(
            result.relations == [
                ReportRelation(kind: .erratumArticle, from: notice.id, to: paper.id, reason: "ErratumFor"),
                ReportRelation(kind: .commentArticle, from: comment.id, to: paper.id, reason: "CommentIn"),
            ])
    }
}

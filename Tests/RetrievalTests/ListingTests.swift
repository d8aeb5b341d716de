import Bibliography
import TestSupport
import Testing

@testable import Retrieval

@Suite("Listing a search")
struct ListingTests {
    @Test("above 9,999 hits the search is cut by PMID and the union is the count", arguments: [9999, 10_000, 21_000])
    func bisection(count: Int) async throws {
        var bench = try await Bench(.invented(count: count, from: 1_000_000, step: 7))
        bench.batchSize = 500
        let known = Set(pmids((0..<UInt32(count)).map { 1_000_000 + $0 * 7 }))
        let outcome = try await bench.retrieve(known: known)
        #expect(outcome.search.count == count)
        #expect(Set(outcome.listed) == known)
        #expect(outcome.listed == outcome.listed.sorted())
        #expect(outcome.requests <= (count <= 9999 ? 1 : 2 + 3 * (count / 9999 + 1)))
        #expect(try await bench.retrieve(offline: true, known: known).content == outcome.content)
    }

    @Test("ids crowded into few PMIDs end the halving too")
    func crowded() async throws {
        var entries = EutilsCorpus.invented(count: 12_000, from: 40_000_000).entries
        entries += EutilsCorpus.invented(count: 2, from: 5).entries
        let bench = try await Bench(EutilsCorpus(entries: entries))
        let known = Set(entries.compactMap { PMID($0.pmid) })
        #expect(try await bench.retrieve(known: known).listed.count == 12_002)
    }

    @Test("a service that lists less at a time is asked for the rest")
    func clamped() async throws {
        let bench = try await Bench(.invented(count: 250))
        bench.service.change { $0.listLimit = 100 }
        let outcome = try await bench.retrieve(known: Set(pmids(90_000_001...90_000_250)))
        #expect(outcome.listed.count == 250)
        #expect(bench.service.log.map { $0.parameters["retstart"] } == ["0", "100", "200"])
    }

    @Test("no hit at all is a result, and nothing more is asked")
    func empty() async throws {
        let bench = try await Bench(.invented(count: 5))
        bench.service.change { $0.finds = { _, _ in false } }
        let outcome = try await bench.retrieve()
        #expect(outcome.search.count == 0)
        #expect(outcome.listed.isEmpty && outcome.batches.isEmpty && outcome.missing.isEmpty)
        #expect(outcome.requests == 1)
    }

    @Test(
        "what PubMed did not find or ignored stops the search before a record is fetched",
        arguments: ["PhraseNotFound", "FieldNotFound", "PhraseIgnored", "QuotedPhraseNotFound", "OutputMessage"])
    func warnings(kind: String) async throws {
        let bench = try await Bench(.invented(count: 5))
        bench.service.change { $0.warnings = [(kind, "ketaminne[tiab]")] }
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == 2)
        #expect(
            error?.description == """
                pubmed: PubMed did not search what the query says:
                  \(kind): ketaminne[tiab]
                  PubMed's translation: "ketamine"[All Fields]
                Correct the query, or list the phrase under 'allow' of this source
                """)
        #expect(bench.service.log(of: "efetch").isEmpty)
        var request = Bench.query
        request.allow = ["ketaminne"]
        let outcome = try await bench.retrieve(request)
        #expect(outcome.search.acceptedWarnings == ["\(kind): ketaminne[tiab]"])
        #expect(outcome.delivered.count == 5)
    }

    @Test("an empty result with a phrase that was not found is a failed search, not an empty one")
    func emptyWithWarning() async throws {
        let bench = try await Bench(.invented(count: 5))
        bench.service.change {
            $0.finds = { _, _ in false }
            $0.warnings = [("PhraseNotFound", "abcxyz")]
        }
        #expect(await failure { try await bench.retrieve() }?.exitStatus == 2)
    }

    @Test("a truncated wildcard is accepted by the word that it cut short")
    func wildcard() {
        let warning = SearchWarning(
            kind: "OutputMessage", text: "Wildcard search for 'depress*' used only the first 600 variations.")
        #expect(warning.isAllowed(by: ["depress*"]))
        #expect(warning.isAllowed(by: ["wildcard search for 'DEPRESS*' used only the first 600 variations."]))
        #expect(!warning.isAllowed(by: ["press*", "depress", "", "\"\""]))
        #expect(
            SearchWarning(kind: "QuotedPhraseNotFound", text: "\"ketamin infusion\"[tiab]").isAllowed(by: [
                "ketamin infusion"
            ]))
        #expect(
            SearchWarning(kind: "QuotedPhraseNotFound", text: "\"ketamin infusion\"").isAllowed(by: [
                "\"ketamin infusion\""
            ]))
        #expect(!SearchWarning(kind: "PhraseNotFound", text: "ketamin infusion").isAllowed(by: ["ketamin"]))
    }

    @Test("the service's own words on a truncated wildcard stop the search, and its stem in `allow` lets it pass")
    func truncatedWildcard() async throws {
        let words =
            "Wildcard search for 'ketamin*' used only the first 600 variations. Lengthen the root word to search for all "
            + "endings."
        let bench = try await Bench(.invented(count: 5))
        bench.service.change { $0.warnings = [("OutputMessage", words)] }
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == 2)
        #expect(error?.description.contains("OutputMessage: \(words)\n  PubMed's translation: ") == true)
        var request = Bench.query
        request.allow = ["ketam*"]
        #expect(await failure { try await bench.retrieve(request) }?.exitStatus == 2, "another stem allows nothing")
        request.allow = ["ketamin*"]
        #expect(try await bench.retrieve(request).search.acceptedWarnings == ["OutputMessage: \(words)"])
    }

    @Test("a warning that only a later answer of a listing holds stops it too")
    func lateWarning() async throws {
        let plan = EutilsFaultPlan.none.then(.nothing, at: "esearch")
            .then(.warning(kind: "PhraseIgnored", text: "the"), at: "esearch")
        let bench = try await Bench(.invented(count: 150), faults: plan)
        bench.service.change { $0.listLimit = 100 }
        #expect(await failure { try await bench.retrieve() }?.exitStatus == 2)
        #expect(bench.service.log(of: "efetch").isEmpty)
    }

    @Test("the ids of a search above 9,999 hits are fixed once: a resumed fetch lists nothing again")
    func fixedOnce() async throws {
        let bench = try await Bench(.invented(count: 10_300, from: 1_000_000, step: 3))
        let known = Set(pmids((1..<10_300).map { 1_000_000 + UInt32($0) * 3 }))
        let first = try await bench.retrieve(known: known)
        bench.service.forgetLog()
        #expect(try await bench.retrieve(known: known).content == first.content)
        #expect(bench.service.log.isEmpty)
        #expect(first.delivered == pmids([1_000_000]))
    }

    @Test("a window of the day on which PubMed made the record is asked for as crdt")
    func created() async throws {
        let bench = try await Bench(.invented(count: 3))
        var request = Bench.query
        request.from = "2009-01-01"
        request.dates = .created
        let search = try await bench.retrieve(request).search
        #expect(search.dates == "crdt" && search.from == "2009/01/01")
        let asked = try #require(bench.service.log.first)
        #expect(asked.parameters["datetype"] == "crdt" && asked.parameters["mindate"] == "2009/01/01")
        var published = search
        published.dates = "pdat"
        #expect(!search.asksTheSame(as: published))
        #expect(search.changes(since: published) == ["the window was 2009/01/01 to 3000/12/31 (pdat)"])
    }

    @Test("the window is that of the publication date, inclusive; one open end is filled in")
    func window() throws {
        var request = SourceRequest(id: "pubmed", query: "x", to: "2019-01-04")
        #expect(try SearchQuery(request).window == .init(from: "1800/01/01", to: "2019/01/04"))
        request = SourceRequest(id: "pubmed", query: "x", from: "2009")
        #expect(try SearchQuery(request).window == .init(from: "2009", to: "3000/12/31"))
        #expect(try SearchQuery(SourceRequest(id: "pubmed", query: "x")).window == nil)
        #expect(throws: RetrievalError.usage("source 'pubmed': the query is empty")) {
            try SearchQuery(SourceRequest(id: "pubmed", query: " \n"))
        }
    }

    @Test("a long query goes by POST, a short one by GET")
    func method() throws {
        let short = EntrezRequest.search(SearchQuery(term: "ketamine", window: nil), start: 0, count: 9999)
        let long = EntrezRequest.search(
            SearchQuery(term: String(repeating: "ketamine OR ", count: 200), window: nil), start: 0, count: 9999)
        #expect(!short.isPost && long.isPost)
        #expect(EntrezRequest.fetch(["1"]).isPost)
    }

    @Test("the search record says what a later search of the same words found differently")
    func changes() async throws {
        var bench = try await Bench(.invented(count: 5))
        bench.service.change {
            $0.translation = { _ in "(\"ketamine\"[MeSH Terms] OR \"ketamine\"[All Fields]) AND x[tiab]" }
        }
        let first = try await bench.retrieve().search
        #expect(first.changes(since: first).isEmpty)
        bench.run = 2
        bench.service.change {
            $0.finds = { _, entry in entry.pmid != 90_000_001 }
            $0.translation = { _ in "(\"ketamine\"[MeSH Terms] OR \"ketamin\"[All Fields]) AND x[tiab]" }
        }
        let second = try await bench.retrieve().search
        #expect(
            second.changes(since: first) == [
                "PubMed now also searches: \"ketamin\"[All Fields]",
                "PubMed no longer searches: \"ketamine\"[All Fields]", "hits: 5 before, 4 now",
            ])
    }
}

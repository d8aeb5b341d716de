import Bibliography
import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("Retrieval from PubMed")
struct RetrieverTests {
    @Test("hits reported, ids listed and records archived are the same number")
    func allIsWell() async throws {
        let bench = try await Bench(.invented(count: 230))
        let outcome = try await bench.retrieve()
        #expect(outcome.search.count == 230)
        #expect(outcome.listed == pmids(90_000_001...90_000_230))
        #expect(outcome.delivered == outcome.listed)
        #expect(outcome.missing.isEmpty)
        #expect(outcome.requests == 4)
        #expect(bench.service.log(of: "efetch").map(\.ids.count) == [77, 77, 76])
        #expect(bench.service.log(of: "efetch").allSatisfy { $0.method == "POST" })
    }

    @Test("tool, email and key go with every request, and the query as it stands in the pipeline file")
    func whoAsks() async throws {
        var bench = try await Bench(.invented(count: 3))
        bench.key = "0123456789abcdef"
        var request = Bench.query
        request.query = "ketamine[tiab] AND (\"depressive disorder\"[MeSH] OR depress*) & more+less"
        request.from = "2009-01-01"
        request.to = "2019-01-04"
        _ = try await bench.retrieve(request)
        for entry in bench.service.log {
            #expect(entry.parameters["tool"] == "sluice")
            #expect(entry.parameters["email"] == "reviewer@example.org")
            #expect(entry.parameters["api_key"] == "0123456789abcdef")
        }
        let search = try #require(bench.service.log.first)
        #expect(search.parameters["term"] == request.query)
        #expect(search.parameters["datetype"] == "pdat")
        #expect(search.parameters["mindate"] == "2009/01/01")
        #expect(search.parameters["maxdate"] == "2019/01/04")
    }

    @Test("offline the archive gives the same outcome without a connection")
    func offline() async throws {
        let bench = try await Bench(.invented(count: 230))
        let online = try await bench.retrieve()
        bench.service.stop()
        bench.service.forgetLog()
        let offline = try await bench.retrieve(offline: true)
        #expect(offline.content == online.content)
        #expect(offline.requests == 0)
        #expect(bench.service.log.isEmpty)
    }

    @Test("a replayed archive is copied into the own one and gives the same outcome")
    func replay() async throws {
        var bench = try await Bench(.invented(count: 150))
        let online = try await bench.retrieve()
        bench.run = 7
        let own = try bench.archive("own")
        let fixture = try bench.archive(readOnly: true)
        let replaying = try Retriever(archive: own, settings: bench.settings(offline: true, replay: [fixture]))
        #expect(try await replaying.retrieve(Bench.query).content == online.content)
        let again = try Retriever(archive: bench.archive("own"), settings: bench.settings(offline: true))
        #expect(try await again.retrieve(Bench.query).content == online.content)
    }

    @Test("offline, what nobody has asked is status 66")
    func offlineWithoutArchive() async throws {
        let bench = try await Bench(.invented(count: 3))
        let error = await failure { try await bench.retrieve(offline: true) }
        #expect(error?.exitStatus == 66)
        #expect(
            error?.description.hasPrefix("esearch: no archived answer, and offline nothing is asked. Run once") == true)
    }

    @Test("offline from an archive of two runs: the newer listing, each record from where it came")
    func offlineOverRuns() async throws {
        var bench = try await Bench(.invented(count: 210))
        bench.service.change { $0.finds = { _, entry in entry.pmid <= 90_000_200 } }
        let first = try await bench.retrieve()
        bench.service.change { $0.finds = nil }
        bench.run = 2
        let second = try await bench.retrieve(known: Set(first.listed))
        #expect(second.delivered == pmids(90_000_201...90_000_210))
        let all = try await bench.retrieve(offline: true)
        #expect(all.listed.count == 210)
        #expect(all.delivered == all.listed)
        #expect(all.search == second.search)
    }

    @Test("a second fetch asks only for what is new")
    func refresh() async throws {
        var bench = try await Bench(.invented(count: 120))
        bench.service.change { $0.finds = { _, entry in entry.pmid != 90_000_050 } }
        let first = try await bench.retrieve()
        bench.service.change { $0.finds = nil }
        bench.service.forgetLog()
        bench.run = 2
        let second = try await bench.retrieve(known: Set(first.listed))
        #expect(second.listed.count == 120)
        #expect(second.delivered == pmids([90_000_050]))
        #expect(bench.service.log(of: "efetch").map(\.ids) == [[90_000_050]])
    }

    @Test("books are records")
    func books() async throws {
        let book = """
            <PubmedBookArticle><BookDocument><PMID Version="1">90000900</PMID><ArticleTitle>A chapter</ArticleTitle>\
            </BookDocument></PubmedBookArticle>
            """
        var entries = EutilsCorpus.invented(count: 4).entries
        entries += EutilsCorpus(xml: [Array(book.utf8)]).entries
        let bench = try await Bench(EutilsCorpus(entries: entries))
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered.count == 5)
        #expect(outcome.delivered.last == PMID(90_000_900))
    }

    @Test("a record that esummary does not know either is listed as gone; the source is whole without it")
    func gone() async throws {
        var behaviour = EutilsService.Behaviour()
        behaviour.gone = [90_000_007, 90_000_777]
        behaviour.merged = [90_000_778: 90_000_001]
        let bench = try await Bench(.invented(count: 20), behaviour: behaviour)
        let outcome = try await bench.retrieve()
        #expect(outcome.search.count == 21)
        #expect(outcome.delivered.count == 19)
        #expect(
            outcome.missing == [
                MissingRecord(pmid: try #require(PMID(90_000_007)), reason: .gone),
                MissingRecord(pmid: try #require(PMID(90_000_777)), reason: .gone),
            ])
        // Offline too.
        #expect(try await bench.retrieve(offline: true).content == outcome.content)
        #expect(bench.service.log(of: "efetch").count == 1)
    }

    @Test("a record that exists and does not come makes the source incomplete: status 2, by name")
    func lost() async throws {
        var behaviour = EutilsService.Behaviour()
        behaviour.lost = [90_000_003]
        let bench = try await Bench(.invented(count: 20), behaviour: behaviour)
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == 2)
        #expect(
            error?.description
                == "pubmed: 1 listed record was not delivered:\n  PMID 90000003: exists but was not delivered")
        // Once the service delivers it, the same run goes on.
        bench.service.change { $0.lost = [] }
        bench.service.forgetLog()
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered.count == 20)
        #expect(bench.service.log.map(\.ids) == [[90_000_003]])
    }

    @Test("more hits than allowed stop the fetch before a record is asked for")
    func maxRecords() async throws {
        let bench = try await Bench(.invented(count: 30))
        var request = Bench.query
        request.maxRecords = 29
        let error = await failure { try await bench.retrieve(request) }
        #expect(
            error?.description
                == "pubmed: the query has 30 hits, more than the 29 allowed; narrow it or raise --max-records")
        #expect(bench.service.log(of: "efetch").isEmpty)
    }

    @Test("without an email nothing is sent: status 64")
    func noEmail() async throws {
        let bench = try await Bench(.invented(count: 3))
        for email in [nil, "", "nobody"] {
            var settings = bench.settings()
            settings.email = email
            let error = await failure { try Retriever(archive: bench.archive(), settings: settings) }
            #expect(error?.exitStatus == 64)
            #expect(error?.description.contains("NCBI_EMAIL") == true)
        }
        #expect(bench.service.log.isEmpty)
    }

    @Test(
        "an endpoint that would carry a key in the clear is refused: status 64",
        arguments: [
            "http://eutils.ncbi.nlm.nih.gov/", "http://0.0.0.0:80/", "ftp://127.0.0.1/", "https://a:b@example.org/",
            "https://example.org/?x=", "https://example.org/#x",
        ])
    func endpoints(endpoint: String) async throws {
        let folder = TemporaryFolder()
        let settings = RetrievalSettings(endpoint: endpoint, email: "a@example.org", run: 1)
        let error = await failure { try Retriever(archive: Archive(folder: folder.path), settings: settings) }
        #expect(error?.exitStatus == 64)
    }

    @Test("dates that are none are refused before anything is sent", arguments: ["2019-02-30", "19", "2019-13", "x"])
    func dates(date: String) async throws {
        let bench = try await Bench(.invented(count: 3))
        var request = Bench.query
        request.from = date
        let error = await failure { try await bench.retrieve(request) }
        #expect(
            error?.description
                == "source 'pubmed': 'from' is '\(date)', which is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        request.from = "2020-01-01"
        request.to = "2019-12-31"
        #expect(await failure { try await bench.retrieve(request) }?.exitStatus == 64)
        #expect(bench.service.log.isEmpty)
    }

    @Test("the plan tells hits, translation, warnings and cost, and archives nothing")
    func plan() async throws {
        let bench = try await Bench(.invented(count: 250))
        bench.service.change { $0.warnings = [("PhraseNotFound", "ketmine")] }
        let archive = try bench.archive()
        let plan = try await Retriever(archive: archive, settings: bench.settings()).plan(Bench.query)
        #expect(plan.hits == 250)
        #expect(plan.translation == "\"ketamine\"[All Fields]")
        #expect(plan.unacceptedWarnings.map(\.text) == ["ketmine"])
        #expect(plan.requests == 4)
        #expect(archive.exchanges.isEmpty)
        #expect(bench.service.log.count == 1)
    }
}

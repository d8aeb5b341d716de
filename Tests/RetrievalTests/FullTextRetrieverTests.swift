import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("Full texts from PubMed Central")
struct FullTextRetrieverTests {
    private func article(_ id: Int, body: Bool = true) -> String {
        "<article>"
            + (body
                ? "" : "<!--The publisher of this article does not allow downloading of the full text in XML form.-->")
            + "<front><article-meta><article-id pub-id-type=\"pmc\">\(id)</article-id></article-meta></front>"
            + (body ? "<body><p>Ketamine 0.5 mg/kg, trial \(id).</p></body>" : "") + "</article>"
    }

    private func bench(
        _ change: (inout EutilsService.Behaviour) -> Void = { _ in }, faults: EutilsFaultPlan = .none
    ) async throws -> Bench {
        var behaviour = EutilsService.Behaviour()
        for id in 1...45 { behaviour.articles["\(id)"] = article(id) }
        change(&behaviour)
        return try await Bench(.invented(count: 3), behaviour: behaviour, faults: faults)
    }

    private func retriever(_ bench: Bench, run: Int = 1, offline: Bool = false) throws -> FullTextRetriever {
        var bench = bench
        bench.run = run
        return FullTextRetriever(archive: try bench.archive(), settings: bench.settings(offline: offline))
    }

    private func ids(_ range: ClosedRange<Int>) -> [String] { range.map { "PMC\($0)" } }

    @Test("Everything asked for is delivered in batches of at most twenty, by POST, and archived")
    func batches() async throws {
        let bench = try await bench()
        let outcome = try await retriever(bench).retrieve(ids(1...45))
        #expect(Set(outcome.answers.flatMap(\.delivered)) == Set(ids(1...45)) && outcome.missing.isEmpty)
        let log = bench.service.log(of: "efetch")
        #expect(log.count == 3 && log.allSatisfy { $0.method == "POST" && $0.parameters["db"] == "pmc" })
        #expect(outcome.requests == 3)
        for answer in outcome.answers { _ = try bench.archive().bytes(of: answer.hash) }
    }

    @Test("A later run asks only for what no run has asked, and offline nothing is asked")
    func resuming() async throws {
        let bench = try await bench()
        let first = try await retriever(bench).retrieve(ids(1...20))
        bench.service.forgetLog()
        let second = try await retriever(bench, run: 2).retrieve(ids(1...22))
        #expect(bench.service.log.map { $0.parameters["id"] ?? "" } == ["21,22"])
        #expect(second.answers.first == first.answers.first)
        bench.service.forgetLog()
        let offline = try await retriever(bench, run: 3, offline: true).retrieve(ids(1...23))
        #expect(offline.answers == second.answers && bench.service.log.isEmpty)
        #expect(offline.missing == [MissingFullText(pmcid: "PMC23", reason: .notAsked)])
    }

    @Test("What PMC does not have is named in its words; what it leaves out is asked for once more, alone")
    func missing() async throws {
        let bench = try await bench({
            $0.articles["7"] = nil
            $0.lostArticles = ["9"]
        })
        let outcome = try await retriever(bench).retrieve(ids(6...9))
        #expect(outcome.answers.flatMap(\.delivered) == ["PMC6", "PMC8"])
        #expect(outcome.missing.map(\.pmcid) == ["PMC7", "PMC9"])
        #expect(outcome.missing.map(\.description).joined().contains("not available"))
        #expect(outcome.missing.last?.reason == .lost)
        #expect(bench.service.log.map { $0.parameters["id"] ?? "" } == ["6,7,8,9", "9"])
        bench.service.forgetLog()
        #expect(try await retriever(bench, run: 2).retrieve(ids(6...9)).missing == outcome.missing)
        #expect(bench.service.log.isEmpty)
        // Asked to, it asks again for what was not there.
        let seven = article(7)
        bench.service.change { $0.articles["7"] = seven }
        let again = try await retriever(bench, run: 3).retrieve(ids(6...9), again: ["PMC7"])
        #expect(again.missing.map(\.pmcid) == ["PMC9"])
    }

    @Test("A web page, an error, a cut answer and an empty one are no full texts; they are asked for again")
    func faults() async throws {
        for fault in [EutilsFault.webPage, .truncated, .error("Search Backend failed: x"), .empty] {
            let bench = try await bench(faults: EutilsFaultPlan().then(fault, at: "efetch"))
            let outcome = try await retriever(bench).retrieve(ids(1...2))
            #expect(outcome.answers.flatMap(\.delivered).sorted() == ["PMC1", "PMC2"], "\(fault)")
            #expect(bench.service.log.count >= 2, "\(fault)")
        }
    }

    @Test("An article that nobody asked for makes the answer wrong")
    func uninvited() async throws {
        let four = article(4)
        let bench = try await bench({ $0.articles["3"] = four })
        await #expect(throws: RetrievalError.self) { try await retriever(bench).retrieve(["PMC3"]) }
    }

    @Test("Records and full texts whose numbers are the same are kept apart in the archive")
    func sameNumbers() async throws {
        let four = article(90_000_001)
        let bench = try await bench({ $0.articles["90000001"] = four })
        _ = try await retriever(bench).retrieve(["PMC90000001"])
        let records = try await bench.retrieve()
        #expect(records.missing.isEmpty && records.batches.flatMap(\.delivered).count == 3)
    }

    @Test("Without an email nothing is sent; with nothing to ask none is needed")
    func email() async throws {
        let bench = try await bench()
        var settings = bench.settings()
        settings.email = nil
        let retriever = FullTextRetriever(archive: try bench.archive(), settings: settings)
        #expect(try await retriever.retrieve([]).missing.isEmpty)
        await #expect(throws: RetrievalError.self) { try await retriever.retrieve(["PMC1"]) }
        #expect(bench.service.log.isEmpty)
    }
}

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
}

import Bibliography
import Foundation
import TestSupport
import Testing

@testable import Retrieval

/// Not run unless asked for: `SLUICE_BENCHMARK=1 swift test --filter RetrievalTests.BenchmarkTests`.
@Suite(
    "Requests and their rate, measured", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["SLUICE_BENCHMARK"] != nil, "set SLUICE_BENCHMARK to measure"))
struct BenchmarkTests {
    @Test("requests used against the fewest possible", arguments: [300, 10_000, 100_000])
    func requests(hits: Int) async throws {
        // PMIDs spread as PubMed's are: over 41 million, denser towards the new ones.
        var pmids: Set<UInt32> = []
        var random: UInt64 = 42
        while pmids.count < hits {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            pmids.insert(1 + UInt32(41_000_000 * (Double(random >> 11) / Double(1 << 53)).squareRoot()))
        }
        let entries = EutilsCorpus.invented(count: hits).entries.enumerated()
        let sorted = pmids.sorted()
        let corpus = EutilsCorpus(
            entries: entries.map { index, entry in
                var entry = entry
                let text = String(decoding: entry.xml, as: UTF8.self)
                entry.xml = Array(text.replacing(">\(entry.pmid)<", with: ">\(sorted[index])<").utf8)
                entry.pmid = sorted[index]
                return entry
            })
        var bench = try await Bench(corpus)
        bench.batchSize = 500
        let start = ContinuousClock.now
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered.count == hits)
        let minimum = (hits + 9998) / 9999 + (hits + 499) / 500
        let searches = bench.service.log(of: "esearch").count
        // What was waited on the bench's clock is what a fetch at the allowed rate would have waited.
        let waited = Double(bench.time.slept.reduce(0, +)) / 1e9
        print(
            "\(hits) hits: \(outcome.requests) requests (\(searches) esearch), the fewest possible \(minimum);",
            String(format: "%.1f s of work, %.1f s of waiting for the rate (3/s)", seconds(since: start), waited))
        #expect(outcome.requests <= minimum + minimum / 5 + 2)
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    @Test("rate reached, counted where requests arrive, over three askers", arguments: [3, 10])
    func rate(limit: Int) async throws {
        let service = try await EutilsService.start(.invented(count: 10))
        defer { service.stop() }
        let folder = TemporaryFolder()
        let count = limit * 10
        try await withThrowingTaskGroup(of: Void.self) { group in
            for asker in 0..<3 {
                let settings = RetrievalSettings(
                    endpoint: service.endpoint, email: "a@example.org", apiKey: limit == 10 ? "benchmark-key" : nil,
                    run: 1, rateLockPath: folder.path + "/rate")
                let entrez = try SourceService.entrez(settings, Archive(folder: "\(folder.path)/\(asker)"))
                group.addTask {
                    for _ in 0..<(count / 3) {
                        let query = SearchQuery(term: "ketamine", window: nil)
                        _ = try await entrez.look(EntrezRequest.search(query, start: 0, count: 0)) {
                            SearchAnswer.read($0, $1)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let times = service.log.map(\.time).sorted()
        let last = try #require(times.last)
        let first = try #require(times.first)
        let reached = Double(times.count - limit) / (Double(last - first) / 1e9)
        var most = 0
        for (index, time) in times.enumerated() {
            most = max(most, times[index...].prefix { $0 - time <= 1_000_000_000 }.count)
        }
        print(
            "limit \(limit)/s:",
            String(format: "%.2f/s reached (%.0f %%)", reached, 100 * reached / Double(limit)),
            "by three askers, at most \(most) in any one second, \(times.count) requests")
        #expect(most <= limit)
        #expect(reached >= 0.9 * Double(limit))
    }
}

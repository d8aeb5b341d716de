import Bibliography
import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("What goes wrong at the service")
struct FaultTests {
    static let passing: [(EutilsFault, String)] = [
        (.rateLimited(retryAfter: 2), "esearch"), (.rateLimited(retryAfter: nil), "efetch"),
        (.error("Search Backend failed: Exception: Database is not supported: pubmed"), "esearch"),
        (.error("NCBI C++ Exception: Error: TXCLIENT read failed"), "efetch"),
        (.error("Unable to obtain query #1"), "efetch"), (.error("Unable to obtain query #1", status: 400), "efetch"),
        (.error("Error: External viewer error: Empty Response. Status: Timeout", status: 400), "efetch"),
        (.empty, "esearch"), (.empty, "efetch"), (.webPage, "esearch"), (.webPage, "efetch"),
        (.truncated, "esearch"), (.truncated, "efetch"), (.cut, "esearch"), (.cut, "efetch"),
        (.answer(status: 500, type: "text/plain", body: "oops"), "esearch"),
        (.answer(status: 502, type: "text/html", body: "<html><title>502 Proxy Error</title></html>"), "efetch"),
        (.answer(status: 503, type: "text/plain", body: ""), "efetch"),
        (.answer(status: 504, type: "text/plain", body: ""), "efetch"),
        (.answer(status: 500, type: "text/plain", body: "Unable to route request! service name: x"), "esearch"),
        (
            .answer(
                status: 200, type: "application/json",
                body: "{\"esearchresult\":{\"ERROR\":\"Search\nBackend failed\"}}"), "esearch"
        ),
        (.answer(status: 200, type: "text/xml", body: "<ERROR>NCBI C++ Exception:\n  Error</ERROR>"), "efetch"),
        (.answer(status: 200, type: "text/xml", body: "<eSearchResult><Count>5</Count></eSearchResult>"), "esearch"),
        (.answer(status: 200, type: "text/xml", body: "<other/>"), "efetch"),
        (.omitted, "efetch"), (.doubled, "efetch"), (.uninvited, "efetch"), (.countTooHigh, "esearch"),
        (.shifted, "esearch"), (.error("Cannot process ID list"), "efetch"),
        (.error("Failed to understand id: 9"), "efetch"),
    ]

    @Test("a fault that passes changes nothing but the number of requests", arguments: passing.indices)
    func passes(index: Int) async throws {
        let (fault, endpoint) = Self.passing[index]
        let bench = try await Bench(.invented(count: 250), faults: .none.then(fault, at: endpoint))
        let outcome = try await bench.retrieve()
        #expect(outcome.listed == pmids(90_000_001...90_000_250), "\(fault)")
        #expect(outcome.delivered == outcome.listed, "\(fault)")
        #expect(outcome.missing.isEmpty)
        #expect(outcome.requests > 4)
        #expect(try await bench.retrieve(offline: true).content == outcome.content)
    }

    static let lasting: [(EutilsFault, String, Int32, String)] = [
        (.answer(status: 500, type: "text/plain", body: "oops"), "esearch", 2, "HTTP 500: oops"),
        (.error("Search Backend failed: bad query"), "esearch", 2, "Search Backend failed: bad query"),
        (.webPage, "efetch", 2, "web page instead of XML: NCBI - Server Error"),
        (.empty, "efetch", 2, "empty body"), (.truncated, "efetch", 2, "cut off"), (.cut, "efetch", 2, "cut short"),
        (.rateLimited(retryAfter: 1), "esearch", 75, "asks us to wait"),
        (.rateLimited(retryAfter: 3600), "esearch", 75, "asks us to wait 3600 s"),
        (.badKey, "esearch", 2, "API key invalid"), (.redirect(to: "https://example.org/"), "efetch", 2, "HTTP 302"),
        (.error("ID list is empty! Possibly it has no correct IDs.", status: 400), "efetch", 2, "ID list is empty"),
        (.error("Search Backend failed: 'retstart' cannot be larger than 9998."), "esearch", 2, "larger than 9998"),
        (.answer(status: 414, type: "text/plain", body: ""), "esearch", 2, "HTTP 414"),
        (.answer(status: 403, type: "text/plain", body: "no"), "esearch", 2, "HTTP 403: no"),
        (.countTooHigh, "esearch", 2, "reports 251 hits but lists 250"),
        (.uninvited, "efetch", 2, "without having been"),
        (.shifted, "esearch", 2, "reports 250 hits but lists 249"), (.doubled, "efetch", 2, "came twice"),
        (.omitted, "efetch", 0, ""),
    ]

    @Test(
        "a fault that lasts ends in its status and says what it is, and nothing is silently short",
        arguments: lasting.indices)
    func lasts(index: Int) async throws {
        let (fault, endpoint, status, words) = Self.lasting[index]
        let bench = try await Bench(.invented(count: 250), faults: .none.always(fault, at: endpoint))
        if status == 0 {
            // Another record is left out each time, so in the end all have come, or the missing are named.
            let error = await failure { try await bench.retrieve() }
            #expect(error?.exitStatus == 2)
            return
        }
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == status, "\(fault): \(String(describing: error))")
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        // When it is over, the same run goes on and is whole.
        bench.service.set(.none)
        let outcome = try await failureFree { try await bench.retrieve() }
        #expect(outcome?.delivered.count ?? 250 == 250)
    }

    /// A `Retry-After` of an hour lasts for the next call too; all else is over.
    private func failureFree(_ work: () async throws -> RetrievalOutcome) async throws -> RetrievalOutcome? {
        do {
            return try await work()
        } catch RetrievalError.askedToWait {
            return nil
        }
    }

    @Test("after a 429 nothing is sent before Retry-After is over")
    func retryAfter() async throws {
        let bench = try await Bench(.invented(count: 5), faults: .none.then(.rateLimited(retryAfter: 7), at: "esearch"))
        let start = bench.time.now
        _ = try await bench.retrieve()
        #expect(bench.time.now - start >= 7_000_000_000)
        #expect(bench.time.slept.contains { $0 >= 7_000_000_000 })
    }

    @Test("a bad key is repeated by the service and by nobody else")
    func keyIsRedacted() async throws {
        var bench = try await Bench(.invented(count: 5), faults: .none.always(.badKey))
        bench.key = "SECRET&key+0123"
        let error = await failure { try await bench.retrieve() }
        #expect(error?.description.contains("API key invalid") == true)
        #expect(error?.description.contains("SECRET") == false)
    }

    @Test("a good answer that holds the key is archived without it")
    func keyInAnswer() async throws {
        var bench = try await Bench(.invented(count: 5))
        bench.key = "SECRETkey0123"
        bench.service.change { $0.translation = { _ in "SECRETkey0123 was used" } }
        let outcome = try await bench.retrieve()
        #expect(outcome.search.translation == "[key] was used")
        let archive = try bench.archive()
        for exchange in archive.exchanges {
            #expect(!String(decoding: try archive.bytes(of: exchange.hash), as: UTF8.self).contains("SECRET"))
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: archive.folder) where name.hasSuffix(".json") {
            let text = try String(contentsOfFile: archive.folder + "/" + name, encoding: .utf8)
            #expect(!text.contains("SECRET") && !text.contains("reviewer@"))
        }
    }

    @Test("nobody there is status 75, after a few tries")
    func unreachable() async throws {
        let bench = try await Bench(.invented(count: 5))
        var settings = bench.settings()
        let port = try RefusingPort()
        settings.endpoint = "http://127.0.0.1:\(port.number)/"
        let retriever = try Retriever(archive: bench.archive(), settings: settings)
        let error = await failure { try await retriever.retrieve(Bench.query) }
        #expect(error?.exitStatus == 75)
        #expect(error?.description.hasPrefix("127.0.0.1 could not be reached:") == true)
        withExtendedLifetime(port) {}
    }

    @Test("batches shrink where answers are too much for the service, and grow back")
    func shrinking() async throws {
        var bench = try await Bench(.invented(count: 2000))
        bench.batchSize = 500
        bench.service.change { $0.fetchLimit = 200 }
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered.count == 2000)
        let sizes = bench.service.log(of: "efetch").map(\.ids.count)
        #expect(sizes.prefix(3) == [500, 250, 125])
        #expect(sizes.allSatisfy { $0 >= 100 })
    }

    @Test("one id that the service cannot read does not take its batch along")
    func unreadableID() async throws {
        let bench = try await Bench(.invented(count: 120))
        bench.service.change {
            $0.unreadable = 90_000_033
            $0.gone = [90_000_033]
        }
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered.count == 119)
        #expect(outcome.missing.map(\.reason) == [.gone])
    }

    @Test("seeded mixtures of faults: whole, or an error; never silently short", arguments: 1...12)
    func mixtures(seed: UInt64) async throws {
        let faults: [EutilsFault] = [
            .rateLimited(retryAfter: 1), .error("Search Backend failed: x"), .empty, .webPage, .truncated, .cut,
            .omitted,
            .doubled, .uninvited, .countTooHigh, .shifted, .answer(status: 502, type: "text/plain", body: ""),
            .error("Cannot process ID list"),
        ]
        let bench = try await Bench(.invented(count: 430), faults: .mixture(faults, percent: 45, seed: seed))
        let expected = pmids(90_000_001...90_000_430)
        for _ in 0..<40 {
            let result: RetrievalOutcome
            do {
                result = try await bench.retrieve()
            } catch let error as RetrievalError {
                #expect([2, 75].contains(error.exitStatus))
                continue
            }
            #expect(result.listed == expected)
            #expect(result.delivered == expected)
            #expect(try await bench.retrieve(offline: true).content == result.content)
            return
        }
        Issue.record("forty calls were not enough")
    }
}

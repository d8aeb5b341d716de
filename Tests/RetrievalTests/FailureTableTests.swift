import Bibliography
import Compression
import Foundation
import TestSupport
import Testing

@testable import Retrieval

/// The ways in which E-utilities fail, row by row: what comes back, what it means, what is done. A row that stands in
/// another suite names it.
///
///  1. no hit, no message: `ListingTests.empty`
///  2. an empty set of records: `emptySet`
///  3. fewer records than asked for: `MissingRecordTests`
///  4. books: `RetrieverTests.books`, `MissingRecordTests`
///  5. to 20. below
///  21. counts that differ between pages, 22. an id twice: below and `FaultTests`
///  23. `retstart` beyond 9,998 is clamped or refused: `ListingTests.bisection`, which never asks for it
@Suite("The failure table of E-utilities")
struct FailureTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var fault: EutilsFault
        var endpoint = "efetch"
        /// What the fetch ends with when the fault never ends.
        var status: Int32 = 2
        var words: String
        /// Whether the fault, met once, is survived.
        var passes = true

        var testDescription: String { name }
    }

    private static func page(_ title: String) -> String {
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\"><html><head><title>\(title)</title></head></html>"
    }

    private static func json(_ text: String, _ status: Int) -> EutilsFault {
        .answer(status: status, type: "application/json", body: text)
    }

    static let rows: [Row] = [
        Row(
            name: "5. 400 ID list is empty",
            fault: .error("ID list is empty! Possibly it has no correct IDs.", status: 400), words: "ID list is empty",
            passes: false),
        Row(name: "6. 400 API key invalid", fault: .badKey, words: "API key invalid", passes: false),
        Row(
            name: "7. 400 OUT OF RANGE (pubmedR#7)",
            fault: .error(
                "Cannot retrieve history data: OUT OF RANGE. Parameter retstart=600. Total amount of UIDs=585",
                status: 400), words: "OUT OF RANGE", passes: false),
        Row(name: "8. WebEnv lost", fault: .error("Unable to obtain query #1"), words: "Unable to obtain query #1"),
        Row(
            name: "8. WebEnv lost, in JSON", fault: json("{\"esummaryresult\": [\"Unable to obtain query #1\"]}", 200),
            words: "Unable to obtain query #1"),
        Row(
            name: "9. Search Backend failed", fault: .error("Search Backend failed: Exception: x"), endpoint: "esearch",
            words: "Search Backend failed"),
        Row(
            name: "9. Database is not supported (biopython#5025)",
            fault: .error("Search Backend failed: Database is not supported: pubmed"), endpoint: "esearch",
            words: "Database is not supported"),
        Row(
            name: "9. the same in JSON with a raw line break",
            fault: json("{\"esearchresult\":{\"ERROR\":\"Search Backend failed:\nException\"}}", 200),
            endpoint: "esearch", words: "Search Backend failed"),
        Row(
            name: "11. NCBI C++ Exception (clinvar#4)", fault: .error("NCBI C++ Exception: Error: TXCLIENT"),
            words: "NCBI C++ Exception"),
        Row(name: "12. Cannot process ID list", fault: .error("Cannot process ID list"), words: "not delivered"),
        Row(name: "12. Failed to understand id", fault: .error("Failed to understand id: 9"), words: "not delivered"),
        Row(name: "13. 200 with nothing (manubot#354)", fault: .empty, words: "empty body"),
        Row(
            name: "14. a web page behind a 200",
            fault: .answer(status: 200, type: "text/html", body: page("Server Error")),
            words: "web page instead of XML: Server Error"),
        Row(
            name: "14. WWW Error 500 Diagnostic",
            fault: .answer(
                status: 200, type: "text/html", body: page("NCBI/eutils211 - WWW Error 500 Diagnostic")),
            endpoint: "esearch", words: "WWW Error 500 Diagnostic"),
        Row(
            name: "14. down_bethesda",
            fault: .answer(status: 200, type: "text/html", body: "\n<html><body>down_bethesda.html</body></html>"),
            endpoint: "esearch", words: "web page instead of XML"),
        Row(name: "15. cut off behind the headers (rentrez#74)", fault: .truncated, words: "cut off"),
        Row(name: "16. the transfer ends early (biopython#3940)", fault: .cut, words: "cut short"),
        Row(
            name: "18. 429 with a Retry-After", fault: .rateLimited(retryAfter: 2), status: 75, words: "asks us to wait"
        ),
        Row(name: "18. 429 without", fault: .rateLimited(retryAfter: nil), status: 75, words: "asks us to wait"),
        Row(name: "19. 500", fault: .answer(status: 500, type: "text/plain", body: "x"), words: "HTTP 500: x"),
        Row(name: "19. 502", fault: .answer(status: 502, type: "text/plain", body: ""), words: "HTTP 502"),
        Row(name: "19. 503", fault: .answer(status: 503, type: "text/plain", body: ""), words: "HTTP 503"),
        Row(name: "19. 504", fault: .answer(status: 504, type: "text/plain", body: ""), words: "HTTP 504"),
        Row(
            name: "19. Unable to route request",
            fault: .answer(
                status: 500, type: "text/plain",
                body: "Unable to route request! service name: /http/service/ratecontrol"),
            words: "Unable to route request"),
        Row(name: "20. 414", fault: .answer(status: 414, type: "text/plain", body: ""), words: "HTTP 414"),
    ]

    @Test("a fault that is met once is survived, or ends the fetch where asking again cannot help", arguments: rows)
    func once(row: Row) async throws {
        let bench = try await Bench(.invented(count: 30), faults: .none.then(row.fault, at: row.endpoint))
        guard row.passes else {
            let error = await failure { try await bench.retrieve() }
            #expect(error?.exitStatus == row.status && error?.description.contains(row.words) == true)
            #expect(bench.service.log(of: row.endpoint).count == 1, "nothing is asked again in vain")
            return
        }
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered == pmids(90_000_001...90_000_030))
        #expect(outcome.missing.isEmpty)
    }

    @Test("a fault that lasts ends the fetch by its name, and nothing that came of it is archived", arguments: rows)
    func lasting(row: Row) async throws {
        let bench = try await Bench(.invented(count: 30), faults: .none.always(row.fault, at: row.endpoint))
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == row.status, "\(String(describing: error))")
        #expect(error?.description.contains(row.words) == true, "\(String(describing: error))")
        #expect(try bench.archive().exchanges.allSatisfy { !$0.key.endpoint.hasPrefix(row.endpoint) })
    }

    @Test("2. an empty set of records means that none of the ids exists: each is looked up and named")
    func emptySet() async throws {
        let gone: Set<UInt32> = [90_000_001, 90_000_002]
        let bench = try await Bench(.invented(count: 2))
        bench.service.change { $0.gone = gone }
        let outcome = try await bench.retrieve()
        #expect(outcome.delivered.isEmpty)
        #expect(outcome.missing.map(\.reason) == [.gone, .gone])
        #expect(bench.service.log(of: "esummary").map { Set($0.ids) } == [gone])
    }

    @Test("8. a search whose history the service forgets in the middle goes on by explicit ids")
    func historyExpires() async throws {
        let lost = EutilsFault.error("Unable to obtain query #1")
        let plan = EutilsFaultPlan.none.then(.nothing, at: "efetch").then(lost, at: "efetch").then(
            .nothing, at: "efetch"
        )
        .then(lost, at: "efetch", times: 2)
        let bench = try await Bench(.invented(count: 430), faults: plan)
        #expect(try await bench.retrieve().delivered.count == 430)
        // Nothing that we ask depends on what the service remembers.
        #expect(bench.service.log.allSatisfy { $0.parameters["WebEnv"] == nil && $0.parameters["query_key"] == nil })
        #expect(bench.service.log(of: "esearch").count == 1)
    }

    @Test("10. trouble in a comment of an otherwise fine summary is trouble, not an answer")
    func docSumBackend() async throws {
        let trouble = EutilsFault.answer(
            status: 200, type: "text/xml",
            body: "<eSummaryResult><!-- DocSum Backend failed --><DocumentSummarySet status=\"OK\"/></eSummaryResult>")
        let bench = try await Bench(.invented(count: 4), faults: .none.then(trouble, at: "esummary"))
        bench.service.change { $0.gone = [90_000_002] }
        #expect(try await bench.retrieve().missing.map(\.reason) == [.gone])
        #expect(bench.service.log(of: "esummary").count == 2)
        let always = try await Bench(.invented(count: 4), faults: .none.always(trouble, at: "esummary"))
        always.service.change { $0.gone = [90_000_002] }
        let error = await failure { try await always.retrieve() }
        #expect(error?.exitStatus == 2 && error?.description.contains("DocSum Backend failed") == true)
    }

    @Test("15. and 19. the batch shrinks by half where an answer is cut off, and grows back after two good ones")
    func shrinksAndGrows() async throws {
        let plan = EutilsFaultPlan.none.then(.truncated, at: "efetch")
            .then(.answer(status: 502, type: "text/plain", body: ""), at: "efetch")
        var bench = try await Bench(.invented(count: 3000), faults: plan)
        bench.batchSize = 500
        #expect(try await bench.retrieve().delivered.count == 3000)
        let sizes = bench.service.log(of: "efetch").map(\.ids.count)
        #expect(sizes.prefix(5) == [500, 250, 125, 125, 250])
        #expect(sizes.max() == 500 && sizes.suffix(2).allSatisfy { $0 > 400 })
    }

    @Test("17. a first connection that is reset or closed is made again, at the allowed rate")
    func firstConnection() async throws {
        func http(_ body: String) -> WireServer.Step {
            .say(Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
        }
        let list = http("<eSearchResult><Count>1</Count><IdList><Id>7</Id></IdList></eSearchResult>")
        let records = http(
            "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID></MedlineCitation></PubmedArticle>"
                + "</PubmedArticleSet>")
        for first in [[.reset], []] as [[WireServer.Step]] {
            let server = WireServer([first, [list, .listen, records]])
            defer { server.stop() }
            let bench = try await Bench(.invented(count: 1))
            var settings = bench.settings()
            settings.endpoint = server.address
            let outcome = try await Retriever(archive: bench.archive(), settings: settings).retrieve(Bench.query)
            #expect(outcome.delivered == pmids([7]))
            #expect(outcome.requests == 3 && server.connections == 2)
            #expect(bench.time.slept.contains { $0 >= 500_000_000 })
        }
    }

    @Test("18. a Retry-After that is a date is meant by the service's clock, whatever this machine's shows")
    func retryAfterDate() async throws {
        // The bench's clock shows September 2026.
        let limited = EutilsFault.answer(
            status: 429, type: "application/json", body: "{\"error\":\"API rate limit exceeded\"}",
            headers: ["Date": "Sun, 06 Nov 1994 08:49:30 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"])
        let bench = try await Bench(.invented(count: 3), faults: .none.then(limited, at: "efetch"))
        let start = bench.time.now
        #expect(try await bench.retrieve().delivered.count == 3)
        #expect(bench.time.now - start >= 7_000_000_000)
        #expect(bench.time.now - start < 12_000_000_000)
    }

    @Test(
        "18. an absurd Retry-After neither stops the clock nor is ignored",
        arguments: [
            ("99999999999999999999", "asks us to wait 86400 s"),
            ("Fri, 31 Dec 9999 23:59:59 GMT", "asks us to wait 86400 s"),
            ("-5", ""), ("1e9", ""), ("soon", ""), ("0", ""),
        ])
    func absurd(value: String, words: String) async throws {
        let limited = EutilsFault.answer(
            status: 429, type: "text/plain", body: "slow down", headers: ["Retry-After": value])
        let bench = try await Bench(.invented(count: 3), faults: .none.then(limited, at: "esearch"))
        guard !words.isEmpty else {
            #expect(try await bench.retrieve().delivered.count == 3)
            return
        }
        let error = await failure { try await bench.retrieve() }
        #expect(error?.exitStatus == 75 && error?.description.contains(words) == true)
        #expect(bench.service.log.count == 1)
    }

    @Test("21. an index that moves between two pages of a listing is listed again from the beginning")
    func movingIndex() async throws {
        let plan = EutilsFaultPlan.none.then(.nothing, at: "esearch").then(.countTooHigh, at: "esearch")
        let bench = try await Bench(.invented(count: 250), faults: plan)
        bench.service.change { $0.listLimit = 100 }
        #expect(try await bench.retrieve().listed.count == 250)
        #expect(bench.service.log(of: "esearch").map { $0.parameters["retstart"] } == ["0", "100", "0", "100", "200"])
    }

    @Test("the key is taken out of an answer that came compressed")
    func compressedEcho() async throws {
        let key = "0123456789abcdef0123"
        let body = "<eSearchResult><Count>0</Count><IdList/><QueryTranslation>\(key)</QueryTranslation></eSearchResult>"
        let bytes = try Gzip.compress(Array(body.utf8))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n\r\n"
        let server = WireServer([[.say(Array(head.utf8)), .say(bytes)]])
        defer { server.stop() }
        let bench = try await Bench(.invented(count: 1))
        var settings = bench.settings()
        settings.endpoint = server.address
        settings.apiKey = key
        let archive = try bench.archive()
        let outcome = try await Retriever(archive: archive, settings: settings).retrieve(Bench.query)
        #expect(outcome.search.translation == "[key]")
        let kept = try #require(archive.exchanges.first)
        #expect(kept.isRedacted)
        #expect(!String(decoding: try archive.bytes(of: kept.hash), as: UTF8.self).contains(key))
    }
}

import Bibliography
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Retrieval

@Suite("Going on after a kill")
struct ResumeTests {
    @Test("a fetch that stops after any answer goes on there and asks for nothing twice", arguments: 1...6)
    func everyPlace(answers: Int) async throws {
        let whole = try await Bench(.invented(count: 430))
        let uninterrupted = try await whole.retrieve()

        let bench = try await Bench(.invented(count: 430))
        let task = Mutex<Task<RetrievalOutcome, any Error>?>(nil)
        // Cancelled as soon as so many requests are out: the last answer may or may not have been archived.
        let retriever = try bench.retriever()
        let work = Task {
            try await retriever.retrieve(Bench.query) { progress in
                if progress.requests >= answers { task.withLock { $0?.cancel() } }
            }
        }
        task.withLock { $0 = work }
        _ = try? await work.value
        let resumed = try await bench.retrieve()
        #expect(resumed.content == uninterrupted.content)
        let asked = bench.service.log(of: "efetch").map(\.ids)
        // A cancelled request may be repeated, once; every other id is asked for once.
        let repeated = asked.flatMap { $0 }.count - 430
        #expect(repeated <= 86)
        #expect(bench.service.log(of: "esearch").count <= 2)
    }

    @Test("after a kill that lost nothing, nothing is asked at all")
    func complete() async throws {
        let bench = try await Bench(.invented(count: 430))
        let first = try await bench.retrieve()
        bench.service.forgetLog()
        let second = try await bench.retrieve()
        #expect(second.content == first.content)
        #expect(bench.service.log.isEmpty)
    }

    @Test("smaller batches before the kill do not matter after it")
    func shrunken() async throws {
        var bench = try await Bench(.invented(count: 900))
        bench.batchSize = 400
        bench.service.change { $0.fetchLimit = 200 }
        bench.service.set(.none.always(.redirect(to: "/x"), at: "esummary"))
        _ = try await bench.retrieve()
        bench.service.forgetLog()
        bench.service.change { $0.fetchLimit = nil }
        #expect(try await bench.retrieve().delivered.count == 900)
        #expect(bench.service.log.isEmpty)
    }

    @Test("an answer whose list of requests was not written is asked for again, and only it")
    func torn() async throws {
        let bench = try await Bench(.invented(count: 430))
        let outcome = try await bench.retrieve()
        let archive = try bench.archive()
        let last = try #require(archive.answers(endpoint: "efetch.fcgi", run: 1).first)
        try FileManager.default.removeItem(atPath: "\(archive.folder)/\(last.hash).json")
        try Data("half".utf8).write(to: URL(filePath: "\(archive.folder)/.\(last.hash).json.1.tmp"))
        bench.service.forgetLog()
        #expect(try await bench.retrieve().content == outcome.content)
        #expect(bench.service.log.count == 1)
        #expect(bench.service.log.first?.endpoint == "efetch")
        let names = try FileManager.default.contentsOfDirectory(atPath: archive.folder)
        #expect(!names.contains { $0.hasPrefix(".") })
    }

    @Test("another run asks anew")
    func anotherRun() async throws {
        var bench = try await Bench(.invented(count: 30))
        _ = try await bench.retrieve()
        bench.service.forgetLog()
        bench.run = 2
        _ = try await bench.retrieve()
        #expect(bench.service.log.map(\.endpoint) == ["esearch", "efetch"])
        // The same bytes are one file with two exchanges.
        let archive = try bench.archive()
        #expect(archive.exchanges.count == 4)
        #expect(Set(archive.exchanges.map(\.hash)).count == 2)
    }
}

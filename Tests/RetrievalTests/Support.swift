import Bibliography
import Foundation
import Synchronization
import TestSupport

@testable import Retrieval

/// A folder that is gone after the test; in memory where the machine offers that, so that syncing costs nothing.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        let memory = "/dev/shm"
        let base =
            FileManager.default.isWritableFile(atPath: memory)
            ? URL(filePath: memory) : FileManager.default.temporaryDirectory
        path = base.appending(path: "sluice-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Time that passes only by sleeping: nothing waits, and every wait is on record.
final class FakeTime: Sendable {
    private let state = Mutex((now: UInt64(1_000_000_000_000), slept: [UInt64]()))

    var slept: [UInt64] { state.withLock { $0.slept } }
    var now: UInt64 { state.withLock { $0.now } }

    var clock: RetrievalClock {
        RetrievalClock(
            now: { self.now }, wallSeconds: { 1_790_000_000 },
            sleep: { nanoseconds in
                try Task.checkCancellation()
                self.state.withLock {
                    $0.now += nanoseconds
                    $0.slept.append(nanoseconds)
                }
                await Task.yield()
            })
    }
}

/// One workspace's archive, a service and the settings to go with them.
struct Bench {
    let folder = TemporaryFolder()
    let time = FakeTime()
    let service: EutilsService
    var key: String?
    var run = 1
    var batchSize = 100

    init(
        _ corpus: EutilsCorpus, behaviour: EutilsService.Behaviour = .init(), faults: EutilsFaultPlan = .none
    ) async throws {
        service = try await EutilsService.start(corpus, behaviour: behaviour, faults: faults)
    }

    func settings(offline: Bool = false, replay: [Archive] = []) -> RetrievalSettings {
        RetrievalSettings(
            endpoint: service.endpoint, email: "reviewer@example.org", apiKey: key, run: run, offline: offline,
            replayArchives: replay, rateLockPath: folder.path + "/rate", batchSize: batchSize, clock: time.clock,
            software: "sluice test")
    }

    func archive(_ name: String = "archive", readOnly: Bool = false) throws -> Archive {
        try Archive(folder: folder.path + "/" + name, readOnly: readOnly)
    }

    func retriever(offline: Bool = false) throws -> Retriever {
        try Retriever(archive: archive(), settings: settings(offline: offline))
    }

    func retrieve(
        _ request: SourceRequest = query, offline: Bool = false, known: Set<PMID> = []
    ) async throws
        -> RetrievalOutcome
    {
        try await retriever(offline: offline).retrieve(request, known: known)
    }

    static let query = SourceRequest(id: "pubmed", query: "ketamine")
}

extension RetrievalOutcome {
    var delivered: [PMID] { batches.flatMap(\.delivered).sorted() }

    /// Everything but the number of requests.
    var content: RetrievalOutcome {
        var outcome = self
        outcome.requests = 0
        return outcome
    }
}

func pmids(_ numbers: some Sequence<UInt32>) -> [PMID] { numbers.compactMap { PMID($0) } }

/// The error that a piece of work ends with.
func failure(_ work: () async throws -> some Sendable) async -> RetrievalError? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error as? RetrievalError
    }
}

import Foundation
import Pipeline
import Retrieval
import TestSupport
import Testing

/// The archive that `make screen` replays is a recording: the retriever asked a service that holds the invented corpus.
///
/// After a change of the corpus or of the query, record it anew with `SLUICE_RECORD=1 swift test --filter FixtureArchive`;
/// recording fails once, so that nobody records by accident.
@Suite("The recorded archive")
struct FixtureArchiveTests {
    private let recorded = Checkout.url("Fixtures/iv-ketamine-trd/archive")

    @Test("is what the service's answers on the invented corpus record to, byte for byte")
    func recording() async throws {
        let corpus = try FileManager.default.contentsOfDirectory(
            at: Checkout.url("Fixtures/iv-ketamine-trd/corpus"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "xml" }.sorted { $0.path < $1.path }
        var behaviour = EutilsService.Behaviour()
        behaviour.finds = { _, _ in true }
        let service = try await EutilsService.start(
            EutilsCorpus(xml: try corpus.map { [UInt8](try Data(contentsOf: $0)) }), behaviour: behaviour)
        defer { service.stop() }

        let folder = try TemporaryFolder()
        let plan = try Plan.read(folder: Checkout.url("Pipelines/iv-ketamine-trd").path)
        let source = try #require(plan.sources.first { $0.kind == .pubmed })
        let settings = RetrievalSettings(
            endpoint: service.endpoint, email: "nobody@example.org", run: 1,
            rateLockPath: folder.path("rate"), clock: .recording)
        let outcome = try await Retriever(archive: Archive(folder: folder.path("archive")), settings: settings)
            .retrieve(source.request())
        #expect(outcome.listed.count == 171)

        if ProcessInfo.processInfo.environment["SLUICE_RECORD"] != nil {
            try? FileManager.default.removeItem(at: recorded)
            try FileManager.default.copyItem(at: URL(filePath: folder.path("archive")), to: recorded)
            Issue.record("recorded anew; run the test again without SLUICE_RECORD")
        }
        let fresh = try contents(URL(filePath: folder.path("archive")))
        let shipped = try contents(recorded)
        #expect(fresh.keys.sorted() == shipped.keys.sorted())
        for (name, bytes) in fresh { #expect(shipped[name] == bytes, "\(name)") }
    }

    private func contents(_ folder: URL) throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return Dictionary(
            try files.map { ($0.lastPathComponent, try Data(contentsOf: $0)) }, uniquingKeysWith: { a, _ in a })
    }
}

extension RetrievalClock {
    /// The moment that a recording bears: the first second of 2026.
    fileprivate static let recording = RetrievalClock(
        now: RetrievalClock.system.now, wallSeconds: { 1_767_225_600 }, sleep: RetrievalClock.system.sleep)
}

import Foundation
import Interchange
import TestSupport
import Testing

/// The built command against services on this machine: what a person with a network sees.
@Suite("A review on live services")
struct LiveReviewTests {
    let folder: TemporaryFolder
    let pipeline: String

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            review: {id: live, title: Live}
            sources:
              - {id: pubmed, kind: pubmed, query: "ketamine[tiab]"}
            """, to: "p/pipeline.yaml")
        pipeline = folder.path("p")
    }

    func sluice(
        _ arguments: String..., service: EutilsService, key: String? = nil
    ) async throws
        -> BuiltTool.Result
    {
        var environment = [
            "NCBI_EMAIL": "nobody@example.org", "SLUICE_EUTILS_URL": service.endpoint,
            "SLUICE_RATE_FOLDER": folder.path,
        ]
        environment["NCBI_API_KEY"] = key
        return try await BuiltTool.run(arguments, environment: environment)
    }

    func service(
        _ count: Int, finding: (@Sendable (EutilsCorpus.Entry) -> Bool)? = nil
    ) async throws
        -> EutilsService
    {
        var behaviour = EutilsService.Behaviour()
        behaviour.finds = { _, entry in finding?(entry) ?? true }
        return try await EutilsService.start(.invented(count: count), behaviour: behaviour)
    }

    private func ledger() async throws -> [DelimitedText.Row] {
        let result = try await BuiltTool.run(["export", "ledger", "--workspace", folder.path("w"), "-p", pipeline])
        return try DelimitedText(parsing: Array(result.output.utf8)).rows
    }

    @Test("a refresh asks efetch only for what the workspace does not hold")
    func refresh() async throws {
        let service = try await service(30, finding: { $0.pmid < 90_000_021 })
        defer { service.stop() }
        let first = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try await ledger().count { $0.cells[0] == "fetch" } == 20)

        service.forgetLog()
        service.change { $0.finds = { _, _ in true } }
        let second = try await sluice("refresh", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(second.status == 0, "\(second.errors)")
        #expect(service.log(of: "efetch").flatMap(\.ids).sorted() == Array(90_000_021...90_000_030))
        #expect(try await ledger().count { $0.cells[0] == "fetch" } == 30)
    }

    @Test("a record that the search no longer lists stays in the review, and the run says so")
    func dropped() async throws {
        let service = try await service(10)
        defer { service.stop() }
        _ = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        service.change { $0.finds = { _, entry in entry.pmid != 90_000_003 } }
        let second = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(second.errors.contains("no longer listed") && second.errors.contains("90000003"))
        #expect(try await ledger().contains { $0.cells[0] == "fetch" && $0.cells[1] == "pubmed:90000003" })
    }

    @Test("a record that is listed and not delivered: 2, the PMID, nothing kept; mended, the same run goes on")
    func lost() async throws {
        let service = try await service(12)
        defer { service.stop() }
        service.change { $0.lost = [90_000_005] }
        let first = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(first.status == 2 && first.errors.contains("90000005"))
        #expect(try await ledger().isEmpty)

        service.change { $0.lost = [] }
        let second = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try await ledger().count { $0.cells[0] == "fetch" } == 12)
        let runs = try await BuiltTool.run(["export", "runs", "--workspace", folder.path("w"), "-p", pipeline])
        #expect(try DelimitedText(parsing: Array(runs.output.utf8)).rows.count == 1)
    }

    @Test("a record that no longer exists is booked as removed, and the flow balances")
    func gone() async throws {
        let service = try await service(12)
        defer { service.stop() }
        service.change { $0.gone = [90_000_007] }
        let result = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(result.status == 0 && result.errors.contains("90000007"), "\(result.errors)")
        let row = try await ledger().first { $0.cells[0] == "fetch" && $0.cells[1] == "pubmed:90000007" }
        #expect(row?.cells[2...3] == ["removed", "notInSource"])
    }

    @Test("a phrase that PubMed did not find: 2 with the phrase, before any record is asked for")
    func phraseNotFound() async throws {
        let service = try await service(5)
        defer { service.stop() }
        service.change { $0.warnings = [("PhraseNotFound", "ketamnie")] }
        let result = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(result.status == 2 && result.errors.contains("ketamnie"))
        #expect(service.log(of: "efetch").isEmpty)
    }

    @Test("the key stands in no file and no message")
    func secret() async throws {
        let service = try await service(5)
        defer { service.stop() }
        let key = "0123456789abcdefsecret"
        service.set(.none.always(.badKey))
        let result = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service, key: key)
        #expect(result.status == 2)
        #expect(!result.errors.contains(key) && !result.output.contains(key))
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        #expect(!files.isEmpty)
        for file in files {
            guard let data = FileManager.default.contents(atPath: folder.path(file)) else { continue }
            #expect(data.range(of: Data(key.utf8)) == nil, "\(file)")
        }
    }

    @Test("a dry run tells hits, translation and requests, and keeps nothing")
    func dryRun() async throws {
        let service = try await service(5)
        defer { service.stop() }
        let result = try await sluice(
            "fetch", "--dry-run", "-p", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("5 hits") && result.output.contains("translation"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("w")))
    }
}

extension LiveReviewTests {
    @Test("a search that was refused once is asked again, and known records only when --refetch says so")
    func refusedAndRefetched() async throws {
        let service = try await service(8)
        defer { service.stop() }
        service.change { $0.warnings = [("PhraseIgnored", "the")] }
        #expect(try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service).status == 2)
        service.change { $0.warnings = [] }
        let second = try await sluice("run", pipeline, "--workspace", folder.path("w"), service: service)
        #expect(second.status == 0, "\(second.errors)")

        service.forgetLog()
        let third = try await sluice(
            "fetch", "--pipeline", pipeline, "--workspace", folder.path("w"), "--refetch", "known", service: service)
        #expect(third.status == 0, "\(third.errors)")
        #expect(service.log(of: "efetch").flatMap(\.ids).count == 8)
    }
}

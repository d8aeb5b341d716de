import Bibliography
import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("Retrieval from ClinicalTrials.gov")
struct TrialsTests {
    let folder = TemporaryFolder()
    let time = FakeTime()
    let query = SourceRequest(id: "trials", query: "ketamine AND depression")

    private func settings(_ service: TrialsService, offline: Bool = false) -> RetrievalSettings {
        RetrievalSettings(
            trialsEndpoint: service.endpoint, email: nil, run: 1, offline: offline,
            rateLockPath: folder.path + "/rate", clock: time.clock)
    }

    private func retrieve(
        _ service: TrialsService, _ request: SourceRequest? = nil, offline: Bool = false
    ) async throws
        -> TrialsOutcome
    {
        let archive = try Archive(folder: folder.path + "/archive")
        return try await TrialsRetriever(archive: archive, settings: settings(service, offline: offline))
            .retrieve(request ?? query)
    }

    @Test("as many studies as the service counts, over all pages; offline and after a kill the same")
    func pages() async throws {
        let service = try await TrialsService.start(studies: 250)
        var request = query
        request.from = "2009-01-01"
        let outcome = try await retrieve(service, request)
        #expect(outcome.listed.count == 250)
        #expect(outcome.listed.first == "NCT90000000")
        #expect(outcome.search.count == 250)
        #expect(outcome.batches.map(\.delivered.count) == [100, 100, 50])
        #expect(service.log.map { $0["pageToken"] } == [nil, "1-100", "1-200"])
        #expect(service.log[0]["query.term"] == "ketamine AND depression")
        #expect(service.log[0]["filter.advanced"] == "AREA[StudyFirstPostDate]RANGE[2009-01-01,MAX]")
        service.forgetLog()
        var again = try await retrieve(service, request)
        again.requests = outcome.requests
        #expect(again == outcome)
        again = try await retrieve(service, request, offline: true)
        again.requests = outcome.requests
        #expect(again == outcome)
        #expect(service.log.isEmpty)
    }

    @Test("the plan counts studies and requests, keeps nothing, and offline asks the archive")
    func plan() async throws {
        let service = try await TrialsService.start(studies: 250)
        let archive = try Archive(folder: folder.path + "/archive")
        let plan = try await TrialsRetriever(archive: archive, settings: settings(service)).plan(query)
        #expect(plan.hits == 250 && plan.requests == 3 && plan.expectedSeconds == 4)
        #expect(service.log.map { $0["pageSize"] } == ["1"])
        #expect(archive.exchanges.isEmpty)
        _ = try await retrieve(service)
        service.forgetLog()
        let again = try Archive(folder: folder.path + "/archive", readOnly: true)
        let offline = try TrialsRetriever(archive: again, settings: settings(service, offline: true))
        #expect(try await offline.plan(query) == plan)
        #expect(service.log.isEmpty)
    }

    @Test("faults that pass change nothing")
    func faults() async throws {
        let service = try await TrialsService.start(studies: 120)
        service.then(.status(500, "x"), .truncated, .countTooHigh, .shifted, .status(429, "slow down"))
        #expect(try await retrieve(service).listed.count == 120)
    }

    @Test("a token that ran out after a kill means listing again, not less")
    func expiredToken() async throws {
        let service = try await TrialsService.start(studies: 250)
        service.then(.truncated)
        _ = try await retrieve(service)
        let archive = try Archive(folder: folder.path + "/archive")
        let last = try #require(archive.answers(endpoint: "studies", run: 1).first)
        try FileManager.default.removeItem(atPath: "\(archive.folder)/\(last.hash).json")
        service.forgetTokens()
        service.add(studies: 3)
        #expect(try await retrieve(service).listed.count == 253)
    }

    @Test("a count that is never reached is status 2, a refusal says its words")
    func incomplete() async throws {
        let service = try await TrialsService.start(studies: 20)
        service.then(.countTooHigh, .countTooHigh, .countTooHigh)
        let error = await failure { try await retrieve(service) }
        #expect(error == .listing(source: "trials", reported: 21, listed: 20))
        service.then(.status(400, "`query.term` has a syntax error"))
        let other = await failure { try await retrieve(service, SourceRequest(id: "trials", query: "((")) }
        #expect(other?.description == "studies: HTTP 400: `query.term` has a syntax error")
        var request = query
        request.maxRecords = 19
        #expect(await failure { try await retrieve(service, request) }?.exitStatus == 2)
        #expect(
            await failure { try await retrieve(service, SourceRequest(id: "t", query: "x"), offline: true) }?.exitStatus
                == 66)
    }

    @Test("a study becomes a record of a register")
    func records() async throws {
        let service = try await TrialsService.start(studies: 2)
        let outcome = try await retrieve(service)
        let archive = try Archive(folder: folder.path + "/archive")
        let hash = try #require(outcome.batches.first?.hash)
        let records = try TrialRecords.records(in: archive.bytes(of: hash), source: "trials")
        #expect(records.map(\.id.rawValue) == ["clinicaltrials:NCT90000000", "clinicaltrials:NCT90000001"])
        let record = try #require(records.last)
        #expect(record.title == "Intravenous Ketamine Number 1")
        #expect(
            record.registrations == [
                Registration(registry: "ClinicalTrials.gov", number: "NCT90000001"),
                Registration(registry: "EUDRACT_NUMBER", number: "2012-001234-10"),
            ])
        #expect(
            record.abstract.map { "\($0.label ?? ""): \($0.text)" } == [
                "BRIEF SUMMARY: One infusion of 0.5 mg/kg.", "DESIGN: interventional; phase2; randomized; double",
                "ENROLMENT: 40 participants (actual)", "ARMS: Ketamine: once. Saline",
                "ELIGIBILITY: Minimum age: 18 Years.", "DATES: Start: 2012-03.",
            ])
        #expect(record.published == PublicationDate(year: 2011, month: 12, day: 24, raw: "2011-12-24"))
        #expect(record.keywords == ["Depression", "TRD"])
        #expect(record.authors == [Author(collective: "Invented University")])
        #expect(record.relations.map(\.type) == ["ReferenceResult"])
        #expect(throws: RetrievalError.wrongAnswer(request: "an archived answer of t", why: "it holds no studies")) {
            try TrialRecords.records(in: Array("{}".utf8), source: "t")
        }
    }
}

import Annotation
import Bibliography
import Extraction
import Foundation
import Interchange
import Pipeline
import Reporting
import Retrieval
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Full texts in a review")
struct FullTextReviewTests {
    /// The shipped review, assessed on full texts from a folder.
    private struct Assessed {
        let review: ReplayedRun
        let plan: Plan
        let folder: String

        init(assessedOn: String = "fullText") throws {
            review = try ReplayedRun()
            folder = review.folder.path("fulltext")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            plan = try Plan.read(
                text: review.plan.text.replacing("assessedOn: abstract", with: "assessedOn: \(assessedOn)")
                    + "\nfullTexts: {folder: \"\(folder)\"}\n", file: "pipeline.yaml")
        }

        func put(_ fixture: String, as name: String? = nil) throws {
            try FileManager.default.copyItem(
                atPath: Checkout.url("Fixtures/jats/\(fixture)").path, toPath: folder + "/" + (name ?? fixture))
        }

        /// - Parameter until: most of what is asked here is known after screening.
        func run(
            until: StageName = .screen, forced: Set<StageName> = []
        ) async throws -> (outcome: RunOutcome, progress: SilentProgress) {
            try await review.run(Runner.allStages.filter { $0.name <= until }, forced: forced, plan: plan)
        }

        func entry(_ id: RecordID) throws -> LedgerEntry? {
            try review.store().read { try $0.ledger(stage: "screen") }.first { $0.id == id }
        }

        func reading() throws -> ReviewReading { ReviewReading(store: try review.store(), plan: plan) }

        func decide(_ id: RecordID, _ decision: String, reason: String? = nil) throws {
            let draft = DecisionDraft(
                record: id.rawValue, decision: decision, reason: reason, reviewer: "AB", note: nil)
            #expect(
                try DecisionImport.append(
                    [draft], to: try ReviewStore(writingTo: review.workspace), reasons: plan.exclusionReasons,
                    reviewer: nil, now: "2026-01-02T00:00:00Z") == 1)
        }
    }

    private static let trial: RecordID = "pubmed:90000003"
    private static let other: RecordID = "pubmed:90000001"

    @Test("What has its full text is assessed on it; what lacks it waits; a person may say that it cannot be had")
    func flow() async throws {
        let review = try Assessed()
        try review.put("90000003.xml")
        let (_, progress) = try await review.run()
        #expect(try review.entry(Self.trial) == .advanced(Self.trial, by: .rules))
        #expect(try review.entry(Self.other) == .pending(Self.other, "noFullText"))
        var flow = try review.reading().flow()
        let sought = try #require(flow.sought.n)
        #expect(sought > 30 && flow.awaiting.n == sought - 1 && flow.assessed.n == 1 && flow.notRetrieved.n == 0)
        #expect(progress.notices.withLock { $0 }.allSatisfy { !$0.contains("full text") })

        // The person has the last word, in either direction.
        try review.decide(Self.other, "exclude", reason: "notRetrieved")
        try review.decide("pubmed:90000002", "include")
        try review.decide("pubmed:90000005", "exclude", reason: "population")
        _ = try await review.run()
        flow = try review.reading().flow()
        #expect(flow.sought.n == sought && flow.notRetrieved.ids == [Self.other])
        #expect(flow.assessed.n == 3 && flow.awaiting.n == sought - 4)
        #expect(flow.reportsExcluded.total.ids == ["pubmed:90000005"])
        #expect(flow.imbalances().isEmpty)
    }

    @Test("Values of an included report quote its full text, and the evidence survives the store")
    func values() async throws {
        let review = try Assessed(assessedOn: "abstract")
        try review.put("90000003.xml")
        _ = try await review.run(until: .extract)
        let values =
            try review.review.store().read { try $0.extractions() }.first { $0.report == Self.trial }?.values ?? []
        let score = try #require(values.first { $0.field == "endpoint" && $0.arm == "ketamine" })
        #expect(score.number == 15.3 && score.evidence.field == .body)
        #expect(score.evidence.place?.columnHeaders == ["Ketamine 0.5 mg/kg (n = 13)", "24 h"])
        // Reports without a full text have the values of their abstracts, byte for byte.
        let plain = try ReplayedRun()
        _ = try await plain.run(Runner.allStages.filter { $0.name <= .extract })
        let before = try plain.store().read { try $0.extractions() }.filter { $0.report != Self.trial }
        let after = try review.review.store().read { try $0.extractions() }.filter { $0.report != Self.trial }
        #expect(before.map(\.json) == after.map(\.json) && !before.isEmpty)
    }

    @Test("Every file of the folder is accounted for, used or not, and the run says which are not")
    func everyFile() async throws {
        let review = try Assessed()
        try review.put("90000003.xml", as: "a.xml")
        try review.put("90000003.xml", as: "b.xml")
        try review.put("set.xml")
        try review.put("SOURCE.md")
        try Data(
            "<article><front><article-meta><article-id pub-id-type=\"pmid\">1</article-id></article-meta></front><body><p>x</p></body></article>"
                .utf8
        )
        .write(to: URL(filePath: review.folder + "/stranger.xml"))
        let (_, progress) = try await review.run()
        let rows = try review.review.store().read { try $0.fullTexts() }
        #expect(
            rows.map { "\($0.name) \($0.position) \($0.state.rawValue)" } == [
                "SOURCE.md 0 noArticle", "a.xml 0 used", "b.xml 0 second", "set.xml 0 used", "set.xml 1 withheld",
                "stranger.xml 0 notSought",
            ])
        let told = progress.notices.withLock { $0 }.joined(separator: "\n")
        for name in ["SOURCE.md", "b.xml", "stranger.xml"] { #expect(told.contains(name)) }
        #expect(told.contains("does not allow downloading"))
        let table = try review.reading().table(.fullTexts)
        #expect(table.rows.contains { $0[0].plainText == "pubmed:90000001" && $0[1].plainText == "wanted" })
    }

    @Test("A new file is a reason to screen again; nothing new is none; the same folder gives the same bytes")
    func newFile() async throws {
        let review = try Assessed()
        _ = try await review.run()
        #expect(try await review.run().outcome.stagesRun.isEmpty)
        try review.put("90000003.xml")
        let (outcome, _) = try await review.run()
        #expect(outcome.stagesRun == [.screen])
        #expect(try review.entry(Self.trial) == .advanced(Self.trial, by: .rules))
        #expect(try await review.run().outcome.stagesRun.isEmpty)
        func output() throws -> String? { try review.review.store().read { try $0.lastStageRun("screen") }?.output }
        let before = try output()
        _ = try await review.run(forced: [.screen])
        #expect(try output() == before)
    }

    @Test("A damaged file refuses the folder, with its line; a folder that is gone is named")
    func damage() async throws {
        let review = try Assessed()
        try Data("<article><front><article-meta/></front><body><p>cut".utf8)
            .write(to: URL(filePath: review.folder + "/cut.xml"))
        let damaged = await #expect(throws: RunError.self) { try await review.run() }
        #expect(damaged?.description.contains("cut.xml:1:") == true)
        try FileManager.default.removeItem(atPath: review.folder)
        let missing = await #expect(throws: RunError.self) { try await review.run() }
        #expect(missing == .fullTexts(path: review.folder, problems: [], isMissing: true))
        #expect(missing?.description.contains("fullTexts: folder") == true)
    }

    @Test("A full text that would fail a criterion waits for a person, with the words")
    func failing() async throws {
        let review = try Assessed()
        let text = try String(contentsOf: Checkout.url("Fixtures/jats/90000003.xml"), encoding: .utf8)
            .replacing(
                "<p>All 26 patients completed",
                with:
                    "<p>Participants were 12 to 17 years old. Ketamine was given intranasally by nasal spray. All 26 patients completed"
            )
            .replacing("infused intravenously over", with: "given intranasally over")
        try Data(text.utf8).write(to: URL(filePath: review.folder + "/changed.xml"))
        _ = try await review.run()
        let entry = try #require(try review.entry(Self.trial))
        #expect(entry.state == .pending && entry.reason != "noFullText")
    }

    @Test("Plans that name no place for full texts are refused with their line")
    func plans() throws {
        func problems(_ text: String) -> String {
            do {
                _ = try Plan.read(
                    text: "review: {id: r, title: T}\nsources:\n  - {id: f, kind: file, path: x.ris, database: D}\n"
                        + text,
                    file: "pipeline.yaml")
                return ""
            } catch { return error.description }
        }
        #expect(problems("fullTexts: {pmc: no}").contains("pipeline.yaml:4"))
        #expect(problems("fullTexts: {pmc: maybe}").contains("maybe"))
        #expect(problems("fullTexts: {foldr: x}").contains("folder"))
        #expect(problems("fullTexts: {folder: x, pmc: yes}").isEmpty)
    }
}

@Suite("Full texts from PubMed Central in a review")
struct PMCReviewTests {
    private func article(_ id: String, pmid: String) -> String {
        """
        <article><front><article-meta><article-id pub-id-type="pmid">\(pmid)</article-id>\
        <article-id pub-id-type="pmc">\(id)</article-id></article-meta></front>\
        <body><sec sec-type="methods"><title>Methods</title><p>Ketamine 0.7 mg/kg was infused over 55 minutes.</p></sec></body></article>
        """
    }

    private struct Review {
        let folder: TemporaryFolder
        let plan: Plan

        init() throws {
            folder = try TemporaryFolder()
            try FileManager.default.copyItem(
                atPath: Checkout.url("Fixtures/iv-ketamine-trd/corpus/trials.xml").path,
                toPath: folder.path("trials.xml"))
            try folder.write(
                """
                review: {id: r, title: T}
                sources:
                  - {id: trials, kind: file, path: trials.xml, database: PubMed}
                fullTexts: {pmc: yes}
                extraction: {fields: [dose, infusionDuration]}
                """, to: "pipeline.yaml")
            plan = try Plan.read(folder: folder.path)
        }

        func run(_ endpoint: String?, offline: Bool = false, forced: Set<StageName> = []) async throws -> RunOutcome {
            let workspace = folder.path("w")
            let options = RunOptions(
                workspace: workspace, endpoint: endpoint, email: "a@example.org", offline: offline, forced: forced,
                softwareVersion: "test", now: { "2026-01-01T00:00:00Z" })
            let runner = Runner(
                plan: plan, store: try ReviewStore(writingTo: workspace),
                archive: try Archive(folder: workspace + "/archive"),
                options: options, progress: SilentProgress())
            return try await runner.run()
        }

        func rows() throws -> [String] {
            try ReviewStore(reading: folder.path("w")).read { try $0.fullTexts() }
                .map { "\($0.name) \($0.report?.rawValue ?? "-") \($0.state.rawValue)" }
        }
    }

    @Test("PMC is asked once for what is left in; what it has is read, what it lacks is named, offline it all holds")
    func asking() async throws {
        var behaviour = EutilsService.Behaviour()
        behaviour.articles["99000010"] = article("99000010", pmid: "90000010")
        let service = try await EutilsService.start(.invented(count: 1), behaviour: behaviour)
        defer { service.stop() }
        let review = try Review()

        _ = try await review.run(nil, offline: true)
        #expect(try review.rows() == ["PMC99000004 pubmed:90000004 notAsked", "PMC99000010 pubmed:90000010 notAsked"])
        #expect(service.log.isEmpty)

        let online = try await review.run(service.endpoint)
        #expect(online.stagesRun.first == .screen)
        #expect(
            service.log.map { "\($0.parameters["db"] ?? "") \($0.parameters["id"] ?? "")" } == ["pmc 99000004,99000010"]
        )
        let rows = ["PMC99000004 pubmed:90000004 notThere", "PMC99000010 pubmed:90000010 used"]
        #expect(try review.rows() == rows)

        // Nothing is asked twice, and what was found is found again offline.
        service.forgetLog()
        _ = try await review.run(service.endpoint)
        _ = try await review.run(nil, offline: true, forced: [.screen])
        #expect(service.log.isEmpty)
        #expect(try review.rows() == rows)

        let draft = DecisionDraft(
            record: "pubmed:90000010", decision: "include", reason: nil, reviewer: "AB", note: nil)
        _ = try DecisionImport.append(
            [draft], to: try ReviewStore(writingTo: review.folder.path("w")), reasons: review.plan.exclusionReasons,
            reviewer: nil, now: "2026-01-02T00:00:00Z")
        _ = try await review.run(nil, offline: true)
        let values =
            try ReviewStore(reading: review.folder.path("w")).read { try $0.extractions() }
            .first { $0.report == "pubmed:90000010" }?.values ?? []
        #expect(values.contains { $0.number == 0.7 && $0.evidence.field == .body })
        #expect(values.contains { $0.number == 55 && $0.evidence.place?.headings == ["Methods"] })
    }

    @Test("A service that fails leaves nothing of the stage behind, and the next run goes on")
    func failing() async throws {
        var behaviour = EutilsService.Behaviour()
        behaviour.articles["99000010"] = article("99000010", pmid: "90000010")
        let service = try await EutilsService.start(
            .invented(count: 1), behaviour: behaviour,
            faults: EutilsFaultPlan().then(.badKey, at: "efetch"))
        defer { service.stop() }
        let review = try Review()
        await #expect(throws: RetrievalError.self) { try await review.run(service.endpoint) }
        #expect(try ReviewStore(reading: review.folder.path("w")).read { try $0.lastStageRun("screen") } == nil)
        _ = try await review.run(service.endpoint)
        #expect(try review.rows().contains("PMC99000010 pubmed:90000010 used"))
    }
}

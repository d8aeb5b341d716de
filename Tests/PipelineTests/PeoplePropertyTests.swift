import Bibliography
import Foundation
import Pipeline
import Reporting
import Retrieval
import Store
import TestSupport
import Testing

/// Random histories of three reviewers, a fourth who settles, joint decisions, changed rules, and reports that are joined
/// and parted, run through the whole pipeline. What the store derives must be what a few plain rules derive, and the flow
/// must balance after every run (a run that does not throws).
@Suite("People's decisions, whatever happens")
struct PeoplePropertyTests {
    private static let words = ["alpha", "beta", "gamma", "delta", "none"]
    private static let people = ["Ada", "Bo", "Cy"]
    private static let count = 10

    /// A small review on disk, and what we believe of it.
    private final class Model {
        let folder: TemporaryFolder
        let needed: Int
        let fullText: Bool
        /// The word in each record's abstract.
        let texts: [String]
        /// The word that excludes.
        var bad = "beta"
        /// Which records are declared one document.
        var pairs: [(Int, Int)] = []
        var step = 0
        struct Said {
            var record: Int
            var full: Bool
            var person: String
            var role: DecisionRole
            var word: String
            var reason: String?

            /// The reviewers together are one voice.
            var voice: String { role == .consensus ? "=" : person }
        }

        var log: [Said] = []

        init(_ random: inout SeededRandom) throws {
            folder = try TemporaryFolder()
            needed = Int.random(in: 1...3, using: &random)
            fullText = Bool.random(using: &random)
            texts = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
            let rows = texts.enumerated().map { "r\($0),Paper number \(PeoplePropertyTests.name($0)),It says \($1)." }
            try folder.write("id,title,abstract\n" + rows.joined(separator: "\n") + "\n", to: "p/a.csv")
        }

        var plan: Plan {
            get throws {
                try folder.write(
                    """
                    review: {id: r, title: R}
                    sources: [{id: a, kind: file, path: a.csv, database: A}]
                    screening:
                      assessedOn: \(fullText ? "fullText" : "abstract")
                      reviewers: \(needed)
                      reasons: [{id: language, label: Another language}]
                    criteria:
                      - id: route
                        question: Right?
                        met: [{id: good, when: alpha}]
                        notMet: [{id: bad, when: \(bad)}]

                    """, to: "p/pipeline.yaml")
                return try Plan.read(folder: folder.path("p"))
            }
        }

        var time: String {
            let seconds = step % 60
            let minutes = step / 60
            return "2026-01-01T00:\(minutes < 10 ? "0" : "")\(minutes):\(seconds < 10 ? "0" : "")\(seconds)Z"
        }

        /// The reports, as sets of records.
        var clusters: [Set<Int>] {
            var of = Array(0..<count)
            for (a, b) in pairs {
                let (keep, gone) = (of[a], of[b])
                for i in of.indices where of[i] == gone { of[i] = keep }
            }
            return Set(of).map { name in Set(of.indices.filter { of[$0] == name }) }
        }

        /// State, reason, actor and whether at full text.
        func state(of cluster: Set<Int>, standing: Int) -> [String] {
            let full = at(cluster, full: true)
            if let full { return full + ["full"] }
            let people = at(cluster, full: false)
            var entry: [String]
            switch (people, texts[standing]) {
            case (let people?, _): entry = people
            case (nil, "alpha"): entry = ["advanced", "", "rules"]
            case (nil, bad): entry = ["removed", "route", "rules"]
            default: entry = ["pending", "unclear", ""]
            }
            if entry[0] == "advanced", fullText { return ["pending", "fullText", "", "full"] }
            return entry + [""]
        }

        /// What people make of a report at a stage; nil where they say nothing that holds.
        private func at(_ cluster: Set<Int>, full: Bool) -> [String]? {
            var word: [String: (String, String?)] = [:]
            var settled: [(voice: String, word: String, reason: String?)] = []
            for entry in log where cluster.contains(entry.record) && entry.full == full {
                if entry.role != .reviewer {
                    settled.removeAll { $0.voice == entry.voice }
                    if entry.word != "withdrawn" { settled.append((entry.voice, entry.word, entry.reason)) }
                } else {
                    word[entry.voice] = entry.word == "withdrawn" ? nil : (entry.word, entry.reason)
                }
            }
            func verdict(_ word: String, _ reason: String?) -> [String] {
                switch word {
                case "include": ["advanced", "", "people"]
                case "exclude": ["removed", reason ?? "", "people"]
                default: !full && fullText ? ["advanced", "", "people"] : ["pending", "unclear", ""]
                }
            }
            if let last = settled.last { return verdict(last.word, last.reason) }
            if word.isEmpty { return nil }
            if word.count < needed { return ["pending", "anotherReviewer", ""] }
            let said = Set(word.values.map(\.0))
            let reasons = word.values.compactMap(\.1)
            if said.count > 1 {
                return !full && fullText && !said.contains("exclude")
                    ? ["advanced", "", "people"] : ["pending", "reviewersDisagree", ""]
            }
            if full, Set(reasons).count > 1 { return ["pending", "reviewersDisagree", ""] }
            return verdict(said.first ?? "", ["route", "language", "notRetrieved"].first { reasons.contains($0) })
        }
    }

    /// `number one`: titles that nothing takes for duplicates.
    private static func name(_ number: Int) -> String {
        ["zinc", "quartz", "maple", "harbour", "violin", "lantern", "meadow", "copper", "orchid", "glacier"][number]
    }

    @Test("the store and a plain model agree, and the flow balances", arguments: UInt64(1)...UInt64(8))
    func history(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let model = try Model(&random)
        try await run(model)
        for _ in 0..<5 {
            for _ in 0..<Int.random(in: 1...14, using: &random) { try decide(model, &random) }
            if Int.random(in: 0..<3, using: &random) == 0 {
                model.bad = ["beta", "gamma", "delta"][Int.random(in: 0..<3, using: &random)]
            }
            if Int.random(in: 0..<2, using: &random) == 0 { try join(model, &random) }
            try await run(model)
            try compare(model)
        }
    }

    private func run(_ model: Model) async throws {
        let store = try ReviewStore(writingTo: model.folder.path("w"))
        let archive = try Archive(folder: model.folder.path("w/archive"))
        let options = RunOptions(
            workspace: model.folder.path("w"), offline: true, softwareVersion: "test",
            now: { "2026-01-01T00:00:00Z" })
        let runner = Runner(
            plan: try model.plan, store: store, archive: archive, options: options, progress: SilentProgress(),
            stages: Runner.allStages)
        _ = try await runner.run()
    }

    private func decide(_ model: Model, _ random: inout SeededRandom) throws {
        let record = Int.random(in: 0..<Self.count, using: &random)
        let full = model.fullText && Bool.random(using: &random)
        let word =
            ["include", "include", "exclude", "exclude", "unclear", "withdrawn"]
            .randomElement(using: &random) ?? "include"
        let reasons = full ? ["route", "language", "notRetrieved"] : ["route", "language"]
        let reason = word == "exclude" ? reasons.randomElement(using: &random) : nil
        let roles: [DecisionRole] = [.reviewer, .reviewer, .reviewer, .reviewer, .adjudicator, .consensus]
        let role = roles.randomElement(using: &random) ?? .reviewer
        let name = role == .adjudicator ? "Di" : Self.people.randomElement(using: &random) ?? "Ada"
        model.step += 1
        let draft = DecisionDraft(
            record: "r\(record)", decision: word, reason: reason, reviewer: name,
            stage: full ? "fullText" : "abstract", role: role.rawValue)
        do {
            _ = try DecisionImport.append(
                [draft], to: ReviewStore(writingTo: model.folder.path("w")), plan: model.plan,
                defaults: DecisionDefaults(), now: model.time)
        } catch is DecisionRefusal where role == .adjudicator {
            // There was nothing to settle.
            return
        }
        let last = model.log.last {
            $0.record == record && $0.full == full && $0.person == name && $0.role == role
        }
        // What repeats itself is not recorded again.
        if let last, last.word == word, last.reason == reason { return }
        model.log.append(
            Model.Said(record: record, full: full, person: name, role: role, word: word, reason: reason))
    }

    /// Declares two records one document, or takes the last such word back.
    private func join(_ model: Model, _ random: inout SeededRandom) throws {
        if !model.pairs.isEmpty, Bool.random(using: &random) {
            model.pairs.removeLast()
        } else {
            let a = Int.random(in: 0..<Self.count, using: &random)
            let b = (a + Int.random(in: 1..<Self.count, using: &random)) % Self.count
            model.pairs.append((a, b))
        }
        let rows = model.pairs.map { "r\($0.0),r\($0.1),same,Ada,2026-01-01,one paper\n" }
        try model.folder.write("a,b,decision,who,when,why\n" + rows.joined(), to: "p/duplicates.csv")
    }

    private func compare(_ model: Model) throws {
        let store = try ReviewStore(reading: model.folder.path("w"))
        let (reports, entries) = try store.read { (try $0.reports(), try $0.ledger(stage: "screen")) }
        func numbers(_ report: Report) -> Set<Int> {
            Set(report.records.compactMap { Int($0.rawValue.dropFirst()) })
        }
        #expect(Set(reports.map(numbers)) == Set(model.clusters))
        let byReport = Dictionary(reports.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        #expect(entries.count == reports.count)
        var boxes: [String: Set<RecordID>] = [:]
        for entry in entries {
            let report = try #require(byReport[entry.id])
            let standing = try #require(Int(entry.id.rawValue.dropFirst()))
            let expected = model.state(of: numbers(report), standing: standing)
            let found = [
                entry.state.rawValue, entry.reason ?? "", entry.actor?.rawValue ?? "",
                entry.assessedOn == .fullText ? "full" : "",
            ]
            #expect(found == expected, "\(entry.id), \(model.needed) needed, full text \(model.fullText): \(model.log)")
            let box =
                switch (expected[0], expected[3]) {
                case ("advanced", _): "included"
                case ("pending", _): "awaiting"
                case (_, "full"): expected[1] == "notRetrieved" ? "notRetrieved" : "excludedReports"
                default: expected[2] == "people" ? "byPeople" : "byRules"
                }
            boxes[box, default: []].insert(entry.id)
        }
        let flow = try ReviewReading(store: store, plan: try model.plan).flow()
        #expect(flow.imbalances().isEmpty)
        for (name, box) in [
            ("included", flow.newReports), ("awaiting", flow.awaiting), ("notRetrieved", flow.notRetrieved),
            ("excludedReports", flow.reportsExcluded.total), ("byPeople", flow.excludedByPeople),
            ("byRules", flow.excludedByAutomation),
        ] { #expect(Set(box.ids ?? []) == boxes[name] ?? [], "\(name)") }
        #expect(flow.screened.n == reports.count)

        // Nothing that was said is gone, and the log taken in again changes nothing.
        let log = try store.read { try $0.decisions() }
        #expect(log.count == model.log.count)
    }
}

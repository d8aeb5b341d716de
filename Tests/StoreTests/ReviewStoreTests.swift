import Bibliography
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("A review's database")
struct ReviewStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func storeError(_ body: () throws -> Void) -> StoreError? {
        #expect(throws: StoreError.self) { try body() }
        do { try body() } catch { return error as? StoreError }
        return nil
    }

    @Test("a second writer is refused while the first lives, and told who holds the workspace")
    func lock() throws {
        let first = try ReviewStore(writingTo: folder.path)
        let error = storeError { _ = try ReviewStore(writingTo: folder.path) }
        #expect(error == .locked(workspace: folder.path, holder: String(ProcessInfo.processInfo.processIdentifier)))
        #expect(error?.description.contains("Wait until it has finished") == true)
        withExtendedLifetime(first) {}
    }

    @Test("comparisons of pairs hold for the rules that made them, and for no other")
    func comparisons() throws {
        let store = try ReviewStore(writingTo: folder.path)
        #expect(try store.read { try $0.comparisons(rules: 2) } == nil)
        try store.write { try $0.replace(comparisons: [1, 2, 3], rules: 2) }
        #expect(try store.read { try $0.comparisons(rules: 2) } == [1, 2, 3])
        try store.write { try $0.replace(comparisons: [4], rules: 3) }
        #expect(try store.read { try $0.comparisons(rules: 2) } == nil)
        #expect(try store.read { try $0.comparisons(rules: 3) } == [4])
    }

    @Test("the lock goes with its holder")
    func lockIsReleased() throws {
        do { _ = try ReviewStore(writingTo: folder.path) }
        _ = try ReviewStore(writingTo: folder.path)
    }

    @Test("reading needs no lock, and finds nothing where no review was begun")
    func reading() throws {
        #expect(storeError { _ = try ReviewStore(reading: folder.path) } == .missing(workspace: folder.path))
        let writer = try ReviewStore(writingTo: folder.path)
        try writer.write { try $0.setFact("id", "a") }
        #expect(try ReviewStore(reading: folder.path).read { try $0.fact("id") } == "a")
    }

    @Test("a workspace written by a newer sluice is left alone")
    func newerVersion() throws {
        do { _ = try ReviewStore(writingTo: folder.path) }
        let queue = try DatabaseQueue(path: ReviewStore.path(in: folder.path))
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 of the future')") }
        try queue.close()
        let before = try Data(contentsOf: URL(filePath: ReviewStore.path(in: folder.path)))
        let expected = StoreError.newerVersion(workspace: folder.path)
        #expect(storeError { _ = try ReviewStore(writingTo: folder.path) } == expected)
        #expect(storeError { _ = try ReviewStore(reading: folder.path) } == expected)
        #expect(try Data(contentsOf: URL(filePath: ReviewStore.path(in: folder.path))) == before)
    }

    @Test("a file that is no database is named as such and left alone")
    func notADatabase() throws {
        try folder.write(String(repeating: "this is a letter, not a database. ", count: 40), to: "review.sqlite")
        guard case .unreadable(_, let cause) = storeError({ _ = try ReviewStore(writingTo: folder.path) }) else {
            Issue.record("expected .unreadable")
            return
        }
        #expect(cause.contains("not a database"))
    }

    @Test("a folder that cannot be made is told with its cause")
    func unwritable() throws {
        let file = try folder.write("x", to: "file")
        guard case .readOnly(let workspace, _) = storeError({ _ = try ReviewStore(writingTo: file + "/below") }) else {
            Issue.record("expected .readOnly")
            return
        }
        #expect(workspace == file + "/below")
    }

    /// A run on a full disk said `SQLite error 13: database or disk is full - while executing COMMIT`.
    @Test("a full disk is told with the workspace and what to do, and what stood before stands")
    func full() throws {
        let store = try ReviewStore(writingTo: folder.path)
        try store.write { try $0.setFact("id", "a") }
        try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        let error = storeError {
            try store.write { try $0.setFact("id", String(repeating: "x", count: 1 << 20)) }
        }
        #expect(error == .readOnly(workspace: folder.path, cause: "database or disk is full"))
        #expect(try store.read { try $0.fact("id") } == "a")
    }

    @Test("a stage's page is written whole or not at all")
    func transaction() throws {
        let store = try ReviewStore(writingTo: folder.path)
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try store.write { transaction in
                try transaction.write([.advanced("a")], stage: "parse", run: 1)
                throw Stop()
            }
        }
        #expect(try store.read { try $0.ledger(stage: "parse") }.isEmpty)
    }

    @Test("the newest run of a stage holds; a stage that was not run again keeps its page")
    func newestPage() throws {
        let store = try ReviewStore(writingTo: folder.path)
        try store.write { transaction in
            for run in 1...2 {
                try transaction.begin(run: run, at: "2026-01-01T00:00:00Z", softwareVersion: "t", plan: "p")
            }
            for (run, stage, id) in [(1, "fetch", "a"), (1, "parse", "a"), (2, "fetch", "b")] {
                try transaction.write([.removed(RecordID(id), "x", by: .rules)], stage: stage, run: run)
                try transaction.save(
                    StageRunRow(
                        run: run, stage: stage, reason: "forced", input: "", settings: "", code: 1, output: ""))
            }
        }
        let pages = try store.read { (try $0.ledger(stage: "fetch"), try $0.ledger(stage: "parse")) }
        #expect(pages.0 == [.removed("b", "x", by: .rules)])
        #expect(pages.1 == [.removed("a", "x", by: .rules)])
    }

    @Test("the ledger refuses an id twice, a removal without a reason, and a reason for what advanced")
    func ledgerRules() throws {
        let store = try ReviewStore(writingTo: folder.path)
        for entries: [LedgerEntry] in [
            [.advanced("a"), .advanced("a")], [LedgerEntry("a", .removed)], [LedgerEntry("a", .advanced, "why")],
        ] {
            let error = storeError { try store.write { try $0.write(entries, stage: "screen", run: 1) } }
            guard case .ledger(let stage, let problem) = error else {
                Issue.record("expected .ledger for \(entries)")
                continue
            }
            #expect(stage == "screen" && problem.hasPrefix("a "))
        }
    }

    @Test("what a person decided can be added to, never changed or taken out")
    func decisionsAreSacred() throws {
        let store = try ReviewStore(writingTo: folder.path)
        let row = DecisionRow(
            record: "a", decision: "exclude", reason: "route", reviewer: "AB", decidedAt: "2026-01-01T00:00:00Z",
            note: nil)
        try store.write { try $0.append(row) }
        let queue = try DatabaseQueue(path: ReviewStore.path(in: folder.path))
        let replacing = "INSERT OR REPLACE INTO decision (number, record, decision, reviewer, decidedAt) "
        for statement in [
            "UPDATE decision SET decision = 'include'", "DELETE FROM decision",
            replacing + "VALUES (1, 'a', 'include', 'x', 'y')",
        ] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: statement) } }
        }
        #expect(try store.read { try $0.decisions() }.map(\.decision) == ["exclude"])
    }

    @Test("what a person said of a value can be added to, never changed or taken out")
    func wordsOnValuesAreSacred() throws {
        let store = try ReviewStore(writingTo: folder.path)
        let row = ValueDecisionRow(
            record: "a", key: "k", verdict: "accept", extracted: "{}", value: "{}", seen: "k", reviewer: "AB",
            isConsensus: false, decidedAt: "2026-01-01T00:00:00Z", note: nil)
        try store.write { try $0.append(row) }
        let queue = try DatabaseQueue(path: ReviewStore.path(in: folder.path))
        let replacing = "INSERT OR REPLACE INTO valueDecision "
        for statement in [
            "UPDATE valueDecision SET verdict = 'reject'", "DELETE FROM valueDecision",
            replacing + "SELECT * FROM valueDecision",
        ] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: statement) } }
        }
        #expect(try store.read { try $0.valueDecisions() }.map(\.verdict) == ["accept"])
    }

    @Test("every error says what to do next")
    func errorTexts() {
        let errors: [StoreError] = [
            .locked(workspace: "w", holder: "12"), .readOnly(workspace: "w", cause: "c"), .newerVersion(workspace: "w"),
            .missing(workspace: "w"), .unreadable(workspace: "w", cause: "c"),
            .otherReview(workspace: "w", found: "a", wanted: "b"), .ledger(stage: "s", problem: "p"),
        ]
        for error in errors {
            #expect(error.description.split(separator: ". ").count >= 2, "\(error)")
        }
    }
}

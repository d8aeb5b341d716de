package import Bibliography
import GRDB

/// What became of one id at one stage. The ledger is the only source of the PRISMA flow.
package struct LedgerEntry: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable { case advanced, removed, pending }

    package var id: RecordID
    package var state: State
    /// Why it was removed or waits; nil when it advanced.
    package var reason: String?
    /// Who judged it, at the stages where rules and people both may.
    package var actor: Actor?
    /// `.fullText` where it was judged on the full text, or waits for that; nil for title and abstract.
    package var assessedOn: DecisionStage?

    package enum Actor: String, Sendable { case rules, people }

    package init(
        _ id: RecordID, _ state: State, _ reason: String? = nil, by actor: Actor? = nil, on stage: DecisionStage? = nil
    ) {
        self.id = id
        self.state = state
        self.reason = reason
        self.actor = actor
        assessedOn = stage
    }

    package static func advanced(
        _ id: RecordID, by actor: Actor? = nil, on stage: DecisionStage? = nil
    ) -> LedgerEntry {
        LedgerEntry(id, .advanced, by: actor, on: stage)
    }

    package static func removed(
        _ id: RecordID, _ reason: String, by actor: Actor? = nil, on stage: DecisionStage? = nil
    ) -> LedgerEntry {
        LedgerEntry(id, .removed, reason, by: actor, on: stage)
    }

    package static func pending(_ id: RecordID, _ why: String, on stage: DecisionStage? = nil) -> LedgerEntry {
        LedgerEntry(id, .pending, why, on: stage)
    }
}

extension StoreTransaction {
    /// Writes a stage's page of the ledger for a run, replacing what an earlier attempt of the same run wrote.
    package func write(_ entries: [LedgerEntry], stage: String, run: Int) throws {
        try db.execute(sql: "DELETE FROM ledger WHERE run = ? AND stage = ?", arguments: [run, stage])
        let insert = try db.makeStatement(
            sql: "INSERT INTO ledger (run, stage, id, state, reason, actor, assessedOn) VALUES (?, ?, ?, ?, ?, ?, ?)")
        for entry in entries {
            do {
                try insert.execute(arguments: [
                    run, stage, entry.id.rawValue, entry.state.rawValue, entry.reason, entry.actor?.rawValue,
                    entry.assessedOn?.rawValue,
                ])
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw StoreError.ledger(
                    stage: stage, problem: "\(entry.id) is entered twice, or its state and reason do not agree")
            }
        }
    }

    /// The page of a stage that holds now: that of the newest run that ran the stage. Sorted by id.
    package func ledger(stage: String) throws -> [LedgerEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, state, reason, actor, assessedOn FROM ledger
                WHERE stage = ?1 AND run = (SELECT MAX(run) FROM stageRun WHERE stage = ?1)
                ORDER BY id
                """,
            arguments: [stage]
        ).map(Self.entry)
    }

    /// Every id that any stage of any run was given.
    package func everIdentified() throws -> Set<RecordID> {
        Set(try String.fetchAll(db, sql: "SELECT DISTINCT id FROM ledger").map { RecordID($0) })
    }

    /// What became of one id at each stage, by the pages that hold now; in no particular order.
    package func ledger(of id: RecordID) throws -> [(stage: String, entry: LedgerEntry)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT stage, id, state, reason, actor, assessedOn FROM ledger l
                WHERE id = ? AND run = (SELECT MAX(run) FROM stageRun s WHERE s.stage = l.stage)
                """,
            arguments: [id.rawValue]
        ).map { ($0["stage"], Self.entry($0)) }
    }

    private static func entry(_ row: Row) -> LedgerEntry {
        LedgerEntry(
            RecordID(row["id"] as String), LedgerEntry.State(rawValue: row["state"]) ?? .pending, row["reason"],
            by: (row["actor"] as String?).flatMap(LedgerEntry.Actor.init),
            on: (row["assessedOn"] as String?).flatMap(DecisionStage.init))
    }
}

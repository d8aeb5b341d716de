import GRDB

/// One run of the pipeline on a workspace.
package struct RunRow: Hashable, Sendable {
    package enum State: String, Sendable { case running, finished, failed }

    package var number: Int
    package var state: State
    /// ISO 8601, UTC.
    package var startedAt: String
    package var finishedAt: String?
    package var softwareVersion: String
    /// Digest of the pipeline file.
    package var plan: String
    /// Why the run failed.
    package var message: String?
}

/// What a stage was last run on.
package struct StageRunRow: Hashable, Sendable {
    package var run: Int
    package var stage: String
    /// Why it was run: `inputChanged`, `settingsChanged` ...
    package var reason: String
    package var input: String
    package var settings: String
    package var code: Int
    package var output: String

    package init(
        run: Int, stage: String, reason: String, input: String, settings: String, code: Int, output: String
    ) {
        self.run = run
        self.stage = stage
        self.reason = reason
        self.input = input
        self.settings = settings
        self.code = code
        self.output = output
    }
}

extension StoreTransaction {
    package func runs() throws -> [RunRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY number").map(Self.run)
    }

    package func lastRun() throws -> RunRow? {
        try Row.fetchOne(db, sql: "SELECT * FROM run ORDER BY number DESC LIMIT 1").map(Self.run)
    }

    private static func run(_ row: Row) -> RunRow {
        RunRow(
            number: row["number"], state: RunRow.State(rawValue: row["state"]) ?? .failed, startedAt: row["startedAt"],
            finishedAt: row["finishedAt"], softwareVersion: row["softwareVersion"], plan: row["plan"],
            message: row["message"])
    }

    /// Begins a run, or takes one up again that was cut off or failed.
    package func begin(run: Int, at time: String, softwareVersion: String, plan: String) throws {
        try db.execute(
            sql: """
                INSERT INTO run (number, state, startedAt, softwareVersion, plan) VALUES (?, 'running', ?, ?, ?)
                ON CONFLICT (number) DO UPDATE SET state = 'running', finishedAt = NULL, message = NULL,
                    softwareVersion = excluded.softwareVersion, plan = excluded.plan
                """,
            arguments: [run, time, softwareVersion, plan])
    }

    package func end(run: Int, state: RunRow.State, at time: String, message: String?) throws {
        try db.execute(
            sql: "UPDATE run SET state = ?, finishedAt = ?, message = ? WHERE number = ?",
            arguments: [state.rawValue, time, message, run])
    }

    package func lastStageRun(_ stage: String) throws -> StageRunRow? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM stageRun WHERE stage = ? ORDER BY run DESC LIMIT 1", arguments: [stage]
        ).map {
            StageRunRow(
                run: $0["run"], stage: $0["stage"], reason: $0["reason"], input: $0["input"],
                settings: $0["settings"], code: $0["code"], output: $0["output"])
        }
    }

    package func save(_ row: StageRunRow) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO stageRun (run, stage, reason, input, settings, code, output)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [row.run, row.stage, row.reason, row.input, row.settings, row.code, row.output])
    }
}

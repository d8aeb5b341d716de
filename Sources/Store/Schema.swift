import GRDB

/// The tables of a review, as numbered migrations. A migration that has shipped is never edited; a change is a new one.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs and ledger") { db in
            try db.execute(
                sql: """
                    CREATE TABLE review (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

                    CREATE TABLE run (
                        number INTEGER PRIMARY KEY,
                        state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'failed')),
                        startedAt TEXT NOT NULL,
                        finishedAt TEXT,
                        softwareVersion TEXT NOT NULL,
                        plan TEXT NOT NULL,
                        message TEXT
                    );

                    -- What a stage was run on; the newest row of a stage is what holds now.
                    CREATE TABLE stageRun (
                        run INTEGER NOT NULL REFERENCES run(number),
                        stage TEXT NOT NULL,
                        reason TEXT NOT NULL,
                        input TEXT NOT NULL,
                        settings TEXT NOT NULL,
                        code INTEGER NOT NULL,
                        output TEXT NOT NULL,
                        PRIMARY KEY (run, stage)
                    ) WITHOUT ROWID;

                    -- Every id that a stage was given, and what became of it.
                    CREATE TABLE ledger (
                        run INTEGER NOT NULL,
                        stage TEXT NOT NULL,
                        id TEXT NOT NULL,
                        state TEXT NOT NULL CHECK (state IN ('advanced', 'removed', 'pending')),
                        reason TEXT,
                        -- Who removed it, at the stages where rules and people both may: 'rules' or 'people'.
                        actor TEXT,
                        PRIMARY KEY (run, stage, id),
                        CHECK ((state = 'advanced') = (reason IS NULL))
                    ) WITHOUT ROWID;
                    CREATE INDEX ledgerByID ON ledger(id);
                    """)
        }
        migrator.registerMigration("2 records and reports") { db in
            try db.execute(
                sql: """
                    -- What one source gave in the newest fetch: its search and its archived answers, in order.
                    CREATE TABLE source (
                        id TEXT PRIMARY KEY,
                        position INTEGER NOT NULL,
                        run INTEGER NOT NULL,
                        name TEXT NOT NULL,
                        section TEXT NOT NULL,
                        searched INTEGER NOT NULL,
                        search TEXT NOT NULL
                    ) WITHOUT ROWID;

                    CREATE TABLE answer (
                        source TEXT NOT NULL,
                        position INTEGER NOT NULL,
                        hash TEXT NOT NULL,
                        name TEXT NOT NULL,
                        PRIMARY KEY (source, position)
                    ) WITHOUT ROWID;

                    CREATE TABLE listing (
                        source TEXT NOT NULL,
                        id TEXT NOT NULL,
                        PRIMARY KEY (source, id)
                    ) WITHOUT ROWID;

                    CREATE TABLE searchLog (
                        run INTEGER NOT NULL,
                        source TEXT NOT NULL,
                        search TEXT NOT NULL,
                        PRIMARY KEY (run, source)
                    ) WITHOUT ROWID;

                    CREATE TABLE record (
                        id TEXT PRIMARY KEY,
                        source TEXT NOT NULL,
                        digest TEXT NOT NULL,
                        answer TEXT NOT NULL,
                        line INTEGER NOT NULL,
                        start INTEGER NOT NULL,
                        end INTEGER NOT NULL,
                        json TEXT NOT NULL
                    ) WITHOUT ROWID;

                    CREATE TABLE issue (
                        position INTEGER PRIMARY KEY,
                        source TEXT NOT NULL,
                        record TEXT,
                        line INTEGER,
                        severity TEXT NOT NULL,
                        code TEXT NOT NULL,
                        message TEXT NOT NULL
                    );

                    CREATE TABLE reportRecord (
                        record TEXT PRIMARY KEY,
                        report TEXT NOT NULL
                    ) WITHOUT ROWID;
                    CREATE INDEX reportRecordByReport ON reportRecord(report);

                    CREATE TABLE link (
                        a TEXT NOT NULL,
                        b TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        reason TEXT NOT NULL,
                        score REAL NOT NULL,
                        PRIMARY KEY (a, b, kind, reason)
                    ) WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("3 judgements, decisions, values") { db in
            try db.execute(
                sql: """
                    -- What the rules say of a report; `input` tells whether they need to be asked again.
                    CREATE TABLE judgement (
                        report TEXT PRIMARY KEY,
                        input TEXT NOT NULL,
                        decision TEXT NOT NULL,
                        reason TEXT,
                        json TEXT NOT NULL
                    ) WITHOUT ROWID;

                    -- What people decided. Rows are only ever added.
                    CREATE TABLE decision (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        record TEXT NOT NULL,
                        decision TEXT NOT NULL CHECK (decision IN ('include', 'exclude', 'unclear', 'withdrawn')),
                        reason TEXT,
                        reviewer TEXT NOT NULL,
                        decidedAt TEXT NOT NULL,
                        note TEXT
                    );
                    CREATE INDEX decisionByRecord ON decision(record);
                    CREATE TRIGGER decisionNeverChanges BEFORE UPDATE ON decision
                        BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
                    CREATE TRIGGER decisionNeverGoes BEFORE DELETE ON decision
                        BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
                    -- INSERT OR REPLACE would delete without asking the trigger above.
                    CREATE TRIGGER decisionIsNeverReplaced BEFORE INSERT ON decision
                        WHEN EXISTS (SELECT 1 FROM decision WHERE number = NEW.number)
                        BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;

                    CREATE TABLE extraction (
                        report TEXT PRIMARY KEY,
                        input TEXT NOT NULL,
                        json TEXT NOT NULL
                    ) WITHOUT ROWID;

                    CREATE TABLE study (
                        report TEXT PRIMARY KEY,
                        study TEXT NOT NULL,
                        position INTEGER NOT NULL,
                        label TEXT NOT NULL,
                        reason TEXT
                    ) WITHOUT ROWID;
                    """)
        }
        registerValueDecisions(&migrator)
        registerAmendments(&migrator)
        registerFullTexts(&migrator)
        registerDecisionsByStage(&migrator)
        registerComparisons(&migrator)
        registerReadings(&migrator)
        return migrator
    }
}

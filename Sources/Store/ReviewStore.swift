import Foundation
import GRDB

/// The database of one review: everything derived, and the append-only decisions of people.
///
/// A stage's rows, its ledger and its fingerprint are written in one transaction, so that a run that is killed leaves
/// each stage either done or untouched. Reading needs no lock; `ReviewStore(writingTo:)` takes the workspace's.
package final class ReviewStore {
    package let workspace: String
    let database: DatabaseQueue
    private let lock: WorkspaceLock?

    package static func path(in workspace: String) -> String { workspace + "/review.sqlite" }

    package static func isThere(in workspace: String) -> Bool {
        FileManager.default.fileExists(atPath: path(in: workspace))
    }

    /// Opens the review of a workspace for writing, making folder and database where they are missing.
    ///
    /// - Throws: `StoreError`: the folder is locked, cannot be written, or was written by a newer sluice.
    package init(writingTo workspace: String) throws(StoreError) {
        do {
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
        } catch {
            throw .readOnly(workspace: workspace, cause: Self.plain(error))
        }
        guard FileManager.default.isWritableFile(atPath: workspace) else {
            throw .readOnly(workspace: workspace, cause: "permission denied")
        }
        lock = try WorkspaceLock(workspace: workspace)
        self.workspace = workspace
        database = try Self.open(workspace, readOnly: false)
    }

    /// Opens an existing review for reading.
    ///
    /// - Throws: `StoreError`: there is no review, it is damaged, or it was written by a newer sluice.
    package init(reading workspace: String) throws(StoreError) {
        guard Self.isThere(in: workspace) else {
            throw .missing(workspace: workspace)
        }
        lock = nil
        self.workspace = workspace
        database = try Self.open(workspace, readOnly: true)
    }

    /// The folder of the pipeline file that a review was last run with, also where an older sluice wrote it: the run that
    /// brings it up to date begins with this.
    ///
    /// - Throws: `StoreError`: there is no review, it is damaged, or it was written by a newer sluice.
    package static func pipeline(of workspace: String) throws(StoreError) -> String? {
        guard isThere(in: workspace) else { throw .missing(workspace: workspace) }
        let queue = try open(workspace, readOnly: true, takesOlder: true)
        do {
            return try queue.read { try StoreTransaction(db: $0).fact("pipeline") }
        } catch {
            throw .unreadable(workspace: workspace, cause: plain(error))
        }
    }

    private static func open(
        _ workspace: String, readOnly: Bool, takesOlder: Bool = false
    ) throws(StoreError) -> DatabaseQueue {
        do {
            var configuration = Configuration()
            configuration.readonly = readOnly
            configuration.foreignKeysEnabled = true
            configuration.busyMode = .timeout(3)
            configuration.label = "review"
            let queue = try DatabaseQueue(path: path(in: workspace), configuration: configuration)
            let migrator = Schema.migrator
            if try queue.read({ try migrator.hasBeenSuperseded($0) }) {
                throw StoreError.newerVersion(workspace: workspace)
            }
            if !readOnly {
                try migrator.migrate(queue)
            } else if try !queue.read({ try migrator.hasCompletedMigrations($0) }) {
                guard try queue.read({ try !migrator.appliedIdentifiers($0).isEmpty }) else {
                    throw StoreError.missing(workspace: workspace)
                }
                if !takesOlder { throw StoreError.olderVersion(workspace: workspace) }
            }
            return queue
        } catch let error as StoreError {
            throw error
        } catch {
            throw (error as? DatabaseError).flatMap { known($0, workspace) }
                ?? .unreadable(workspace: workspace, cause: plain(error))
        }
    }

    /// What an error of SQLite means for the workspace; nil for a fault of the program.
    private static func known(_ error: DatabaseError, _ workspace: String) -> StoreError? {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(workspace: workspace, holder: nil)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_FULL:
            .readOnly(workspace: workspace, cause: plain(error))
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR: .unreadable(workspace: workspace, cause: plain(error))
        default: nil
        }
    }

    static func plain(_ error: any Error) -> String {
        if let error = error as? DatabaseError { return error.message ?? error.resultCode.description }
        return (error as NSError).localizedDescription
    }

    /// Everything in `body` is written, or nothing is.
    ///
    /// - Throws: `StoreError` where the disk is full, locked or damaged; what `body` throws.
    package func write<T>(_ body: (StoreTransaction) throws -> T) throws -> T {
        try named { try database.write { try body(StoreTransaction(db: $0)) } }
    }

    package func read<T>(_ body: (StoreTransaction) throws -> T) throws -> T {
        try named { try database.read { try body(StoreTransaction(db: $0)) } }
    }

    private func named<T>(_ work: () throws -> T) throws -> T {
        do { return try work() } catch let error as DatabaseError { throw Self.known(error, workspace) ?? error }
    }
}

/// The review's rows within one transaction. Extensions, one a table group, hold the statements.
package struct StoreTransaction {
    let db: Database

    /// A fact about the review: `id`, `pipeline` (the folder it was last run with).
    package func fact(_ key: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM review WHERE key = ?", arguments: [key])
    }

    package func setFact(_ key: String, _ value: String) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO review (key, value) VALUES (?, ?)", arguments: [key, value])
    }
}

extension ReviewStore {
    /// What SQLite finds wrong with the file; empty when it is whole.
    package func integrityProblems() throws -> [String] {
        try database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
    }
}

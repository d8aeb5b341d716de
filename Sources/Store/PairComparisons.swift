import Foundation
import GRDB

extension Schema {
    static func registerComparisons(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("7 comparisons of pairs") { db in
            try db.execute(
                sql: """
                    -- What comparing pairs of records came to, so that a later run compares only what is new. One row,
                    -- in the deduplicator's own form; it may be lost without harm.
                    CREATE TABLE comparisons (
                        rules INTEGER NOT NULL,
                        pairs BLOB NOT NULL
                    );
                    """)
        }
    }
}

extension StoreTransaction {
    /// The comparisons that these rules made; nil where there are none, or other rules made them.
    package func comparisons(rules: Int) throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT pairs FROM comparisons WHERE rules = ?", arguments: [rules])
            .map { [UInt8]($0) }
    }

    package func replace(comparisons: [UInt8], rules: Int) throws {
        try db.execute(sql: "DELETE FROM comparisons")
        try db.execute(
            sql: "INSERT INTO comparisons (rules, pairs) VALUES (?, ?)", arguments: [rules, Data(comparisons)])
    }
}

package import Bibliography
import Store

/// Holds a stage's page of the ledger against the ids it was given: each must be there, once, and no other.
package struct StageImbalance: Error, Hashable, Sendable, CustomStringConvertible {
    package var stage: StageName
    /// Given, and not accounted for.
    package var lost: [RecordID]
    /// Accounted for, and never given.
    package var unexpected: [RecordID]
    /// Accounted for more than once.
    package var repeated: [RecordID]

    package var description: String {
        var parts = ["The books do not balance at the stage \(stage.rawValue); nothing of it was kept."]
        for (what, ids) in [
            ("given to it and not accounted for", lost), ("accounted for but never given to it", unexpected),
            ("accounted for twice", repeated),
        ] where !ids.isEmpty {
            parts.append("\(ids.count) \(what): " + ids.map(\.rawValue).joined(separator: " "))
        }
        parts.append(
            "Every result before this stage stands. This is a fault in sluice: please report it with these ids.")
        return parts.joined(separator: "\n")
    }
}

enum BalanceGate {
    /// - Throws: `StageImbalance`, naming every id.
    static func check(_ stage: StageName, given: [RecordID], entries: [LedgerEntry]) throws(StageImbalance) {
        let givenSet = Set(given)
        var seen = Set<RecordID>()
        var repeated = Set<RecordID>()
        for entry in entries where !seen.insert(entry.id).inserted { repeated.insert(entry.id) }
        let lost = givenSet.subtracting(seen)
        let unexpected = seen.subtracting(givenSet)
        guard lost.isEmpty, unexpected.isEmpty, repeated.isEmpty, givenSet.count == given.count else {
            throw StageImbalance(
                stage: stage, lost: lost.sorted(), unexpected: unexpected.sorted(),
                repeated: repeated.union(Dictionary(grouping: given, by: { $0 }).filter { $1.count > 1 }.keys).sorted())
        }
    }
}

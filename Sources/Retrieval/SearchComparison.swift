/// How a search differs from the search before it of the same source, as a reviewer wants to know it.
package struct SearchComparison: Hashable, Sendable, Codable {
    /// The run that made the search before.
    package var earlierRun: Int
    /// What was asked otherwise, and what the engine made otherwise of the same words.
    package var changes: [String]
    /// Hits that the search before did not have, sorted.
    package var appeared: [String]
    /// Hits of the search before that are none now, sorted.
    package var vanished: [String]
    /// Everything that any earlier search of the same words found and this one does not list, sorted.
    package var unlisted: [String]

    package init(earlierRun: Int, changes: [String], appeared: [String], vanished: [String], unlisted: [String]) {
        self.earlierRun = earlierRun
        self.changes = changes
        self.appeared = appeared
        self.vanished = vanished
        self.unlisted = unlisted
    }

    /// One line a fact, at most `limit` ids named in each; empty when nothing differs.
    package func lines(naming limit: Int = 20) -> [String] {
        func hits(_ ids: [String], _ what: String) -> [String] {
            guard !ids.isEmpty else { return [] }
            let rest = ids.count > limit ? " and \(ids.count - limit) more" : ""
            let named = ids.prefix(limit).joined(separator: " ")
            return ["\(ids.count) \(ids.count == 1 ? "hit" : "hits") \(what): \(named)\(rest)"]
        }
        return changes + hits(appeared, "appeared") + hits(vanished, "vanished")
    }
}

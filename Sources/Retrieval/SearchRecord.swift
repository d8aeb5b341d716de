import Bibliography
import Hashing

/// What PRISMA-S wants to know of a search, and what a later search is compared with.
package struct SearchRecord: Hashable, Sendable, Codable {
    /// The source's id in the pipeline file.
    package var source: String
    package var database: String
    package var platform: String
    /// Exactly what was asked.
    package var query: String
    /// The window of dates, as sent, inclusive.
    package var from: String?
    package var to: String?
    /// The service's name for the dates of the window: `pdat`, `crdt`; nil without a window.
    package var dates: String?
    /// How PubMed read the query.
    package var translation: String
    package var translations: [Translation]
    /// What PubMed found wanting and the pipeline accepts.
    package var acceptedWarnings: [String]
    /// When the search was made, ISO 8601, UTC.
    package var time: String
    package var count: Int
    /// SHA-256 of the sorted PMIDs, one a line.
    package var listDigest: String
    package var software: String
    /// The archived answer that these facts come from.
    package var answer: String
    /// What differs from the search before; nil for the first search of a source.
    package var comparison: SearchComparison?

    package struct Translation: Hashable, Sendable, Codable {
        package var from: String
        package var to: String
    }

    /// Of sorted ids.
    static func digest(_ ids: [PMID]) -> String {
        SHA256Digest(of: ids.map { "\($0)\n" }.joined()).hex
    }

    /// What changed from an earlier search of the same source, in the order in which a reader wants it; empty when the
    /// engine read the query the same way and found the same records.
    package func changes(since earlier: SearchRecord) -> [String] {
        var changes: [String] = []
        if query != earlier.query { changes.append("the query was changed: was \(earlier.query)") }
        if from != earlier.from || to != earlier.to || dates != earlier.dates {
            let index = earlier.dates.map { " (\($0))" } ?? ""
            changes.append("the window was \(earlier.from ?? "open") to \(earlier.to ?? "open")\(index)")
        }
        let old = Self.clauses(earlier.translation)
        let new = Self.clauses(translation)
        changes += new.filter { !old.contains($0) }.map { "PubMed now also searches: \($0)" }
        changes += old.filter { !new.contains($0) }.map { "PubMed no longer searches: \($0)" }
        if translation != earlier.translation, Set(old) == Set(new) {
            changes.append("PubMed combines the same terms differently")
        }
        for warning in acceptedWarnings where !earlier.acceptedWarnings.contains(warning) {
            changes.append("new warning: \(warning)")
        }
        if listDigest != earlier.listDigest { changes.append("hits: \(earlier.count) before, \(count) now") }
        return changes
    }

    /// Whether the same was asked, whatever was answered.
    package func asksTheSame(as other: SearchRecord) -> Bool {
        query == other.query && from == other.from && to == other.to && dates == other.dates
    }

    /// The terms of a translation, in order, once each: what stands between AND, OR, NOT and brackets.
    private static func clauses(_ translation: String) -> [String] {
        var found: [String] = []
        var current: [Substring] = []
        func close() {
            let term = current.joined(separator: " ").trimmingBrackets()
            if !term.isEmpty, !found.contains(term) { found.append(term) }
            current = []
        }
        for word in translation.split(separator: " ") {
            if ["AND", "OR", "NOT"].contains(word) { close() } else { current.append(word) }
        }
        close()
        return found
    }
}

extension String {
    fileprivate func trimmingBrackets() -> String {
        var rest = Substring(self)
        while rest.first == "(" { rest.removeFirst() }
        while rest.last == ")", !rest.contains("(") { rest.removeLast() }
        return String(rest)
    }
}

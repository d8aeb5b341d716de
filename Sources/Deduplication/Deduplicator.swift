package import Bibliography

/// Joins the records of all sources into reports. Nothing is deleted: every join is a link with a reason and a score,
/// and what is too close to call is listed for a person.
///
///     let result = Deduplicator().deduplicate(records)
///     for report in result.reports where report.records.count > 1 { ... }
///
/// The order of the records never changes the result, nor does the number of cores.
package struct Deduplicator: Sendable {
    /// Raised whenever the rules would answer the same records differently: earlier comparisons then no longer hold.
    package static let rules = 2

    package init() {}

    package func deduplicate(_ records: [Record]) -> DeduplicationResult {
        deduplicate(records, corrections: .none, earlier: nil)
    }

    /// - Parameters:
    ///   - corrections: what people said of pairs; it overrides the rules. Ids that no record has are passed over
    ///     here: `Corrections.init(parsing:)` refuses them.
    ///   - earlier: comparisons of an earlier result, or none yet. A pair that was compared is not compared again while
    ///     both records say what they said; the result is the same as without. nil remembers nothing.
    package func deduplicate(
        _ records: [Record], corrections: Corrections, earlier: Comparisons? = nil
    ) -> DeduplicationResult {
        let order = Self.canonicalOrder(records)
        let sorted = order.map { records[$0] }
        let corpus = Corpus(sorted)
        let run = DeduplicationRun(records: sorted, corpus: corpus, corrections: corrections, earlier: earlier)
        return run.result(order: order)
    }

    /// By id, and where two records share one, by what they say.
    private static func canonicalOrder(_ records: [Record]) -> [Int] {
        var order = Array(records.indices)
        order.sort { a, b in
            if records[a].id != records[b].id { return records[a].id < records[b].id }
            return tieBreak(records[a], before: records[b], a, b)
        }
        return order
    }

    private static func tieBreak(_ a: Record, before b: Record, _ i: Int, _ j: Int) -> Bool {
        if a.version != b.version { return a.version < b.version }
        let (x, y) = (tieText(a), tieText(b))
        return x == y ? i < j : x.utf8.lexicographicallyPrecedes(y.utf8)
    }

    private static func tieText(_ record: Record) -> String {
        let journal = record.journal
        let parts: [String?] = [
            record.title, record.doi?.text, record.pmid?.description, journal.title, journal.volume, journal.issue,
            journal.pages, record.published.raw, record.published.year.map(String.init), record.source,
            record.authors.map { ($0.family ?? $0.collective ?? "") + "," + ($0.given ?? "") }.joined(separator: ";"),
            record.abstract.map(\.text).joined(separator: " "),
        ]
        return parts.map { text in text ?? "" }.joined(separator: "\u{1F}")
    }
}

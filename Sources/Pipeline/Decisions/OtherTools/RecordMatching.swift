package import Bibliography
import Deduplication

/// Finds the report of the review that an entry of another tool's export speaks of: by the review's own id, by PMID, by
/// DOI, then by title and year.
package struct RecordMatching {
    package enum Answer: Hashable, Sendable {
        case report(RecordID)
        /// Several reports fit, and nothing tells which is meant.
        case ambiguous([RecordID])
        case unknown
    }

    private var reports: [RecordID: RecordID] = [:]
    private var titles: [RecordID: [UInt8]] = [:]
    private var byPMID: [PMID: Set<RecordID>] = [:]
    private var byDOI: [DOI: Set<RecordID>] = [:]
    private var byTitle: [[UInt8]: [(report: RecordID, year: Int?)]] = [:]

    package init(_ records: [Record], reports: [Report]) {
        for report in reports { for record in report.records { self.reports[record] = report.id } }
        for record in records {
            // Before a first run a record is a report by itself.
            let report = self.reports[record.id] ?? record.id
            self.reports[record.id] = report
            if let pmid = record.pmid { byPMID[pmid, default: []].insert(report) }
            if let doi = record.doi { byDOI[doi, default: []].insert(report) }
            let title = Self.folded(record.title)
            guard !title.isEmpty else { continue }
            titles[record.id] = title
            byTitle[title, default: []].append((report, record.published.year))
        }
    }

    package func report(of entry: Record) -> Answer {
        let title = Self.folded(entry.title)
        // A number of another tool may look like an id of ours: the title must not speak against it.
        if entry.id != entry.pmid?.recordID, let report = reports[entry.id], title.isEmpty || titles[entry.id] == title
        {
            return .report(report)
        }
        let identified =
            (entry.pmid.flatMap { byPMID[$0] } ?? []).union(entry.doi.flatMap { byDOI[$0] } ?? [])
        if !identified.isEmpty { return answer(identified) }
        guard !title.isEmpty else { return .unknown }
        let fitting = (byTitle[title] ?? []).filter { candidate in
            guard let a = candidate.year, let b = entry.published.year else { return true }
            // Online first and in print may be in two years.
            return abs(a - b) <= 1
        }
        return answer(Set(fitting.map(\.report)))
    }

    private func answer(_ found: Set<RecordID>) -> Answer {
        guard let first = found.first else { return .unknown }
        return found.count == 1 ? .report(first) : .ambiguous(found.sorted())
    }

    private static func folded(_ title: String?) -> [UInt8] { title.map { TextFolder.folded($0) } ?? [] }
}

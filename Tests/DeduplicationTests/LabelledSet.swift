import Bibliography
import Deduplication
import Foundation
import Interchange
import RecordFormats
import TestSupport

/// A labelled set of the development data, and how a result does against it.
struct LabelledSet {
    let name: String
    let records: [Record]
    /// Pairs of the gold standard; it is closed: a cluster of three has three pairs.
    let gold: Set<[String]>

    init(_ name: String) throws {
        self.name = name
        let folder = SharedData.url("dedup/\(name)")
        // Through the reader that the command reads it with.
        var records: [Record] = []
        try RecordReader(path: folder.appending(path: "records.csv").path).read { event in
            if case .record(let record, _) = event { records.append(record) }
        }
        self.records = records
        let pairs = try DelimitedText(parsing: Array(Data(contentsOf: folder.appending(path: "gold_pairs.csv"))))
        gold = Set(pairs.rows.map { $0.cells.sorted() })
    }

    static func records(_ table: DelimitedText) -> [Record] {
        table.rows.map { row in
            func cell(_ name: String) -> String? { row.cell(table.column(name)) }
            var record = Record(id: RecordID(cell("ID") ?? ""), kind: .article, source: "csv")
            record.title = cell("title")
            record.authors = (cell("author") ?? "").components(separatedBy: " and ").filter { !$0.isEmpty }.map {
                name in
                let parts = name.split(separator: ",", maxSplits: 1)
                    .map { $0.trimmingCharacters(in: .whitespaces) }
                return Author(family: parts.first, given: parts.count > 1 ? parts[1] : nil)
            }
            record.published.year = cell("year").flatMap(Int.init)
            record.journal.title = cell("journal") ?? cell("booktitle")
            record.journal.volume = cell("volume")
            record.journal.issue = cell("number")
            record.journal.pages = cell("pages")
            record.journal.issn = cell("isbn")
            record.doi = cell("doi").flatMap { DOI($0) }
            if let abstract = cell("abstract") { record.abstract = [AbstractSection(text: abstract)] }
            return record
        }
    }

    struct Score {
        var truePositives = 0
        var falseMerges: [[String]] = []
        var missed: [[String]] = []
        var precision: Double { Double(truePositives) / Double(max(1, truePositives + falseMerges.count)) }
        var recall: Double { Double(truePositives) / Double(max(1, truePositives + missed.count)) }
        var f1: Double { 2 * precision * recall / max(1e-9, precision + recall) }
    }

    func score(_ result: DeduplicationResult) -> Score {
        var found = Set<[String]>()
        for report in result.reports {
            for (place, a) in report.records.enumerated() {
                for b in report.records[(place + 1)...] { found.insert([a.rawValue, b.rawValue].sorted()) }
            }
        }
        return Score(
            truePositives: found.intersection(gold).count,
            falseMerges: found.subtracting(gold).sorted { $0.lexicographicallyPrecedes($1) },
            missed: gold.subtracting(found).sorted { $0.lexicographicallyPrecedes($1) })
    }

    func describe(_ id: String) -> String {
        guard let record = records.first(where: { $0.id.rawValue == id }) else { return id }
        let journal = record.journal
        let authors = record.authors.prefix(3).map { ($0.family ?? "") + " " + ($0.given ?? "") }.joined(
            separator: "; ")
        let parts: [String?] = [
            id, record.title, authors, record.published.year.map(String.init), journal.title, journal.volume,
            journal.issue, journal.pages, record.doi?.text,
        ]
        return parts.map { part in part ?? "-" }.joined(separator: " | ")
    }
}

import Foundation
import Interchange
package import Retrieval
import Store

/// Searches as PRISMA-S asks for them: where, on which platform, what, how the engine read it, when, how many.
extension ReviewReading {
    /// Every search that was ever completed, each compared with the one before it.
    func searchesTable() throws -> Table {
        var table = Table(columns: ["run"] + LoggedSearch.columns + ["changes", "appeared", "vanished"])
        for entry in try store.read({ try $0.searchLog() }) {
            let search = LoggedSearch(json: entry.search)
            let comparison = search.comparison
            table.rows.append(
                [.integer(entry.run)] + search.cells(source: entry.source) + [
                    .optional(comparison.map { $0.changes.joined(separator: "; ") }),
                    .optional(comparison.map { $0.appeared.joined(separator: " ") }),
                    .optional(comparison.map { $0.vanished.joined(separator: " ") }),
                ])
        }
        return table
    }

    /// The search of each source that holds now. No word of runs: the same answers give the same table.
    func currentSearchesTable() throws -> Table {
        var table = Table(columns: LoggedSearch.columns)
        for source in try store.read({ try $0.sources() }) {
            table.rows.append(LoggedSearch(json: source.search).cells(source: source.id))
        }
        return table
    }

    /// The search of each source that holds now, for a person who asks how things stand.
    package func searchSummaries() throws -> [SearchSummary] {
        try store.read { try $0.sources() }.map { source in
            let search = LoggedSearch(json: source.search)
            return SearchSummary(
                source: source.id, run: source.run, searched: source.searched, time: search.time, count: search.count,
                comparison: search.comparison)
        }
    }
}

/// A search in a line.
package struct SearchSummary: Hashable, Sendable {
    package var source: String
    package var run: Int
    /// False for a source that could not be searched.
    package var searched: Bool
    /// ISO 8601; the day of the export for a file.
    package var time: String?
    package var count: Int?
    package var comparison: SearchComparison?
}

/// A search as the log keeps it: one that was asked over the network, or an export that a person made.
struct LoggedSearch: Decodable {
    var database: String?
    var platform: String?
    var query: String?
    var from: String?
    var to: String?
    var dates: String?
    var translation: String?
    var acceptedWarnings: [String]?
    var time: String?
    var count: Int?
    var listDigest: String?
    var software: String?
    var answer: String?
    var file: String?
    var comparison: SearchComparison?

    static let columns = [
        "source", "database", "platform", "query", "from", "to", "dates", "translation", "acceptedWarnings",
        "searchedAt", "hits", "listDigest", "software", "answer", "file",
    ]

    private enum CodingKeys: String, CodingKey {
        case database, platform, query, from, to, dates, translation, acceptedWarnings, time, retrieved, count
        case listDigest, software, answer, file, comparison
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? {
            (try? values.decodeIfPresent(String.self, forKey: key)).flatMap { $0 }
        }
        database = text(.database)
        platform = text(.platform)
        query = text(.query)
        from = text(.from)
        to = text(.to)
        dates = text(.dates)
        translation = text(.translation)
        acceptedWarnings = try? values.decodeIfPresent([String].self, forKey: .acceptedWarnings)
        time = text(.time) ?? text(.retrieved)
        count = try? values.decodeIfPresent(Int.self, forKey: .count)
        listDigest = text(.listDigest)
        software = text(.software)
        answer = text(.answer)
        file = text(.file)
        comparison = try? values.decodeIfPresent(SearchComparison.self, forKey: .comparison)
    }

    /// A text that is no search record (a source that was not searched) has nothing to tell.
    init(json: String) {
        self = (try? JSONDecoder().decode(LoggedSearch.self, from: Data(json.utf8))) ?? LoggedSearch()
    }

    private init() {}

    func cells(source: String) -> [TableCell] {
        [
            .text(source), .optional(database), .optional(platform), .optional(query), .optional(from), .optional(to),
            .optional(dates), .optional(translation), .optional(acceptedWarnings?.joined(separator: "; ")),
            .optional(time), .optional(count), .optional(listDigest), .optional(software), .optional(answer),
            .optional(file),
        ]
    }
}

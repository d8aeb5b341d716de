import Bibliography
import Interchange
import Store

extension ReviewReading {
    /// Every file and every answer that was looked at, and every report that still lacks its full text.
    func fullTextsTable() throws -> Table {
        var table = Table(columns: ["report", "state", "origin", "name", "article", "answer", "why"])
        let (rows, waiting) = try store.read { transaction in
            (
                try transaction.fullTexts(),
                try transaction.ledger(stage: StageName.screen.rawValue).filter { $0.reason == LedgerReason.noFullText }
            )
        }
        for row in rows {
            table.rows.append([
                .optional(row.report?.rawValue), .text(row.state.rawValue), .text(row.origin.rawValue),
                .text(row.name), .integer(row.position + 1), .text(row.answer), .optional(row.why),
            ])
        }
        let named = Set(rows.compactMap(\.report))
        for entry in waiting where !named.contains(entry.id) {
            table.rows.append([.text(entry.id.rawValue), .text("wanted"), .empty, .empty, .empty, .empty, .empty])
        }
        return table
    }
}

/// What a run tells of the full texts that it could not use.
enum FullTextNotice {
    private static let most = 20

    static func tell(_ rows: [FullTextRow], _ progress: any RunProgress) {
        let lines = rows.compactMap(line)
        for line in lines.prefix(most) { progress.notice(line) }
        if lines.count > most {
            progress.notice("\(lines.count - most) more full texts were not used; sluice export full-texts lists them")
        }
    }

    private static func line(_ row: FullTextRow) -> String? {
        let why = row.why.map { ": \($0)" } ?? ""
        switch row.state {
        case .used, .notAsked: return nil
        case .notThere: return row.why
        case .second:
            return "full text \(row.name): \(row.report?.rawValue ?? "") has another full text already; it is not used"
        case .withheld: return "full text \(row.name): only the front matter may be had\(why)"
        case .noBody: return "full text \(row.name): there is front matter only"
        case .notSought: return "full text \(row.name): no report that is left in has its ids\(why)"
        case .ambiguous: return "full text \(row.name): its ids are those of several reports\(why); it is not used"
        case .noArticle: return "full text \(row.name)\(why); it is not read"
        }
    }
}

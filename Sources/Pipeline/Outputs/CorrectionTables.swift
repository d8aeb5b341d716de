import Bibliography
import Deduplication
import Interchange
import Store

extension CorrectionFile {
    /// The kind of link that waits for a word in this file.
    var waitingKind: String {
        switch self {
        case .duplicates: LinkKind.possibleDuplicate
        case .studies: LinkKind.possibleStudy
        }
    }
}

extension ReviewReading {
    /// People's word on pairs as it stands in a file beside the pipeline, then the pairs that wait for it, without a
    /// decision: filled in, the table may take the place of the file.
    func correctionsTable(_ file: CorrectionFile) throws -> Table {
        let (known, links) = try store.read { (try $0.everIdentified(), try $0.links()) }
        var table = Table(columns: Corrections.columns + ["reason", "score", "titleA", "titleB"])
        for said in try file.read(plan, known: known).all {
            table.rows.append(
                [said.a.rawValue, said.b.rawValue, said.says.rawValue, said.who, said.when, said.why]
                    .map(TableCell.text) + [.empty, .empty] + (try titles(said.a, said.b)))
        }
        for link in links where link.kind == file.waitingKind {
            table.rows.append(
                [.text(link.a.rawValue), .text(link.b.rawValue), .empty, .empty, .empty, .empty]
                    + [.text(link.reason), .number(link.score)] + (try titles(link.a, link.b)))
        }
        return table
    }

    private func titles(_ a: RecordID, _ b: RecordID) throws -> [TableCell] {
        try [a, b].map { id in .optional(try store.read { try $0.record(id) }?.record.title) }
    }
}

import Bibliography
import Compression
package import Interchange
import RecordFormats

extension ForeignExport {
    /// Reads an export of Rayyan (CSV, RIS, BibTeX), ASReview (CSV, TSV, RIS) or Covidence (CSV, RIS), or any file of
    /// records that were all decided alike.
    ///
    /// - Parameters:
    ///   - table: the file as a table, nil where it is none (RIS, BibTeX).
    ///   - decision: what holds for every entry, where the file itself does not say.
    /// - Throws: `DecisionRefusal`: the file says of no entry what was decided, or cannot be read whole.
    package static func read(
        _ bytes: [UInt8], name: String, table: DelimitedText?, all decision: String?
    ) throws -> ForeignExport {
        var records: [(record: Record, location: RecordLocation)] = []
        var problems: [String] = []
        try RecordReader(input: MemoryInput(bytes), name: name).read { event in
            switch event {
            case .record(let record, let location): records.append((record, location))
            case .issue(let issue) where issue.severity == .error:
                problems.append(issue.line.map { "line \($0): \(issue.message)" } ?? issue.message)
            case .issue: break
            }
        }
        guard problems.isEmpty else { throw DecisionRefusal(problems: problems) }
        let rows = Dictionary(
            (table?.rows ?? []).map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let tool = tool(table, bytes)
        var entries: [ForeignEntry] = []
        for (record, location) in records {
            let row = rows[location.line]
            let range = location.start..<max(location.start, min(location.end, bytes.count))
            let text = table == nil ? String(decoding: bytes[range], as: UTF8.self) : ""
            do {
                let answers = try answers(tool, table, row, text, decision)
                entries.append(ForeignEntry(line: location.line, record: record, answers: answers))
            } catch {
                problems += error.problems.map { "line \(location.line): \($0)" }
            }
        }
        guard problems.isEmpty else { throw DecisionRefusal(problems: problems) }
        if let problem = complaint(tool, decision) { throw DecisionRefusal(problem) }
        return ForeignExport(tool: tool, entries: entries)
    }

    /// - Parameter text: the entry itself, where the file is no table.
    private static func answers(
        _ tool: ForeignTool, _ table: DelimitedText?, _ row: DelimitedText.Row?, _ text: String, _ decision: String?
    ) throws(DecisionRefusal) -> [ForeignEntry.Answer] {
        switch tool {
        case .rayyan:
            let notes = table == nil ? RayyanNotes.notes(ofEntry: text) : table?.cell("notes", of: row)
            return try RayyanNotes.answers(in: notes ?? "")
        case .asreview:
            guard let table else { return try ASReviewLabels.answers(in: text) }
            return try ASReviewLabels.answers(table, row)
        case .covidence: return CovidenceNotes.answers(table, row, decision)
        case .records: return decision.map { [ForeignEntry.Answer(decision: $0)] } ?? []
        }
    }

    private static func tool(_ table: DelimitedText?, _ bytes: [UInt8]) -> ForeignTool {
        if let table {
            if table.rows.contains(where: { table.cell("notes", of: $0)?.contains("RAYYAN-") == true }) {
                return .rayyan
            }
            if ASReviewLabels.column(of: table) != nil { return .asreview }
            return table.column("Covidence #") != nil ? .covidence : .records
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("RAYYAN-INCLUSION") { return .rayyan }
        if text.contains("ASReview_") { return .asreview }
        return text.contains("Covidence") ? .covidence : .records
    }

    private static func complaint(_ tool: ForeignTool, _ decision: String?) -> String? {
        switch tool {
        case .rayyan, .asreview:
            decision.map { "--as \($0): \(tool.rawValue) itself says what was decided of each entry; leave --as out" }
        case .covidence:
            decision == nil
                ? "Covidence writes one file for each decision (included, excluded, irrelevant ...): say with --as "
                    + "include or --as exclude which this is" : nil
        case .records:
            decision == nil
                ? "the file does not say what was decided. Accepted: a table with the columns `record` and `decision`; "
                    + "an export of Rayyan (notes with RAYYAN-INCLUSION) or ASReview (asreview_label, included, or "
                    + "ASReview_relevant in RIS); or any list of records with --as include or --as exclude" : nil
        }
    }
}

extension DelimitedText {
    func cell(_ name: String, of row: Row?) -> String? { row?.cell(column(name)) }
}

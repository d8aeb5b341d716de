import Interchange

/// ASReview's labels: `asreview_label` (version 2) or `included` beside `asreview_ranking` (version 1) in tables, with
/// 1 for relevant, 0 for irrelevant, and -1 or nothing for records that nobody has seen; `ASReview_relevant`,
/// `ASReview_irrelevant` and `ASReview_not_seen` in the notes of RIS.
enum ASReviewLabels {
    /// Names under which the label stands, the surest first. `label_included` is the convention of labelled data sets.
    private static let names = ["asreview_label", "included", "label_included"]

    static func column(of table: DelimitedText) -> Int? { names.lazy.compactMap { table.column($0) }.first }

    static func answers(
        _ table: DelimitedText, _ row: DelimitedText.Row?
    ) throws(DecisionRefusal)
        -> [ForeignEntry.Answer]
    {
        let label = (row?.cell(column(of: table)) ?? "").trimmed.lowercased()
        let decision: String
        switch label {
        // pandas makes 1.0 of 1 where other cells are empty.
        case "1", "1.0", "relevant", "true": decision = DecisionWord.include
        case "0", "0.0", "irrelevant", "false": decision = DecisionWord.exclude
        case "", "-1", "-1.0", "nan", "not_seen": return []
        default: throw DecisionRefusal("ASReview's label '\(label)' is none of 1, 0, -1 and nothing")
        }
        let note = [
            table.cell("asreview_time", of: row).map { "labelled \($0)" }, table.cell("asreview_note", of: row),
        ]
        .compactMap(\.self).joined(separator: "; ")
        return [
            ForeignEntry.Answer(
                reviewer: table.cell("asreview_user_name", of: row)?.trimmed, decision: decision,
                note: note.isEmpty ? nil : note)
        ]
    }

    static func answers(in entry: String) throws(DecisionRefusal) -> [ForeignEntry.Answer] {
        let words = Set(
            entry.split { !($0.isLetter || $0.isNumber || $0 == "_") }.filter { $0.hasPrefix("ASReview_") })
        switch (words.contains("ASReview_relevant"), words.contains("ASReview_irrelevant")) {
        case (true, true): throw DecisionRefusal("the entry is marked both ASReview_relevant and ASReview_irrelevant")
        case (true, false): return [ForeignEntry.Answer(decision: DecisionWord.include)]
        case (false, true): return [ForeignEntry.Answer(decision: DecisionWord.exclude)]
        case (false, false): return []
        }
    }
}

/// Covidence's exports hold no decisions: each file is the list of one decision. The columns `Notes` and `Tags` hold what
/// else is known: `Exclusion reason: Wrong study design;`.
enum CovidenceNotes {
    static func answers(
        _ table: DelimitedText?, _ row: DelimitedText.Row?, _ decision: String?
    )
        -> [ForeignEntry.Answer]
    {
        guard let decision else { return [] }
        let notes = table?.cell("Notes", of: row) ?? ""
        let tags = table?.cell("Tags", of: row)
        let reasons = notes.firstRange(of: "Exclusion reason:").map { range in
            [String(notes[range.upperBound...].prefix { $0 != ";" && $0 != "\n" }).trimmed].filter { !$0.isEmpty }
        }
        let note = [notes.isEmpty ? nil : notes.trimmed, tags.map { "tags: \($0)" }].compactMap(\.self)
            .joined(separator: "; ")
        return [
            ForeignEntry.Answer(
                decision: decision, reasons: decision == DecisionWord.exclude ? reasons ?? [] : [],
                note: note.isEmpty ? nil : note)
        ]
    }
}

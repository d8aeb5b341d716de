import Annotation
import Bibliography
import Deduplication
package import Interchange
import Screening
import Store

extension Explanation {
    /// One JSON object: `id`, `title`, `events` in order.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.rawValue)
            json.member("title", title)
            json.member("events") { json in
                json.array { json in for event in events { event.write(to: &json) } }
            }
        }
    }

    /// For a person at a terminal.
    package var text: String {
        var lines = [id.rawValue + (title.map { "  \($0)" } ?? ""), ""]
        for event in events { lines += event.lines }
        return lines.joined(separator: "\n")
    }
}

extension Explanation.Event {
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .answered(let source, let run, let hash, let line, let start, let end):
                json.member("event", "answer")
                json.member("source", source)
                json.member("run", run)
                json.member("archive", hash)
                json.member("line", line)
                json.member("start", start)
                json.member("end", end)
            case .issue(let issue):
                json.member("event", "issue")
                json.member("line", issue.line)
                json.member("severity", issue.severity)
                json.member("code", issue.code)
                json.member("message", issue.message)
            case .link(let link):
                json.member("event", "link")
                json.member("kind", link.kind)
                json.member("a", link.a.rawValue)
                json.member("b", link.b.rawValue)
                json.member("reason", link.reason)
                json.member("score", link.score)
            case .correction(let file, let said, let standing):
                json.member("event", "correction")
                json.member("file", file)
                json.member("a", said.a.rawValue)
                json.member("b", said.b.rawValue)
                json.member("decision", said.says.rawValue)
                json.member("who", said.who)
                json.member("when", said.when)
                json.member("why", said.why)
                json.member("standing", standing)
            case .ledger(let stage, let entry):
                json.member("event", "stage")
                json.member("stage", stage.rawValue)
                json.member("state", entry.state.rawValue)
                json.member("reason", entry.reason)
                json.member("by", entry.actor?.rawValue)
                if let stage = entry.assessedOn { json.member("assessedOn", stage.rawValue) }
            case .next(let entry):
                json.member("event", "next")
                json.member("stage", StageName.screen.rawValue)
                json.member("state", entry.state.rawValue)
                json.member("reason", entry.reason)
                json.member("by", entry.actor?.rawValue)
            case .report(let report):
                json.member("event", "report")
                json.member("report", report.id.rawValue)
                json.member("records", report.records.map(\.rawValue))
            case .fullText(let row):
                json.member("event", "fullText")
                json.member("origin", row.origin.rawValue)
                json.member("name", row.name)
                json.member("archive", row.answer)
                json.member("state", row.state.rawValue)
                json.member("why", row.why)
            case .judgement(let judgement, let read):
                json.member("event", "judgement")
                json.member("read", read.rawValue)
                json.member("decision", judgement.decision.rawValue)
                json.member("reason", judgement.reason)
                json.member("criteria") { json in
                    json.array { json in for criterion in judgement.criteria { criterion.writeJSON(to: &json) } }
                }
            case .decision(let row):
                json.member("event", "decision")
                json.member("decision", row.decision)
                json.member("stage", row.stage.rawValue)
                json.member("role", row.role.rawValue)
                json.member("reason", row.reason)
                json.member("reviewer", row.reviewer)
                json.member("decidedAt", row.decidedAt)
                json.member("note", row.note)
            case .hiddenDecision(let row):
                json.member("event", "hiddenDecision")
                json.member("stage", row.stage.rawValue)
                json.member("reviewer", row.reviewer)
            case .values(let report, _, let values):
                json.member("event", "values")
                json.member("report", report.rawValue)
                json.member("values") { json in
                    json.array { json in
                        for value in values {
                            json.object { json in
                                json.member("field", value.field)
                                json.member("value", value.value)
                                json.member("quote", value.quote)
                                if let place = value.place { json.member("place", place) }
                            }
                        }
                    }
                }
            case .study(let study):
                json.member("event", "study")
                json.member("study", study.id.rawValue)
                json.member("label", study.label)
                json.member("reports", study.reports.map(\.rawValue))
            case .boxes(let names):
                json.member("event", "flow")
                json.member("boxes", names)
            }
        }
    }

    var lines: [String] {
        switch self {
        case .answered(let source, let run, let hash, let line, let start, let end):
            return [
                "fetch        from \(source), run \(run): archive/\(hash).gz, line \(line), bytes \(start)-\(end)"
            ]
        case .issue(let issue):
            return ["parse        \(issue.severity): \(issue.message)"]
        case .link(let link):
            let meaning =
                switch link.kind {
                case LinkKind.duplicate: "same document"
                case LinkKind.possibleDuplicate: "may be the same document, waits for a person"
                case LinkKind.sameStudy: "same study"
                case LinkKind.possibleStudy: "may be the same study, waits for a person"
                case LinkKind.otherStudy: "told apart as two studies by a person"
                default: "related"
                }
            let stage = link.isOfStudies ? "synthesise   " : "deduplicate  "
            return [stage + "\(link.a) and \(link.b): \(meaning) (\(link.reason), \(link.score))"]
        case .correction(let file, let said, let standing):
            let stage = file == CorrectionFile.studies.rawValue ? "synthesise   " : "deduplicate  "
            let what = "\(said.a) and \(said.b) are \(said.says.meaning(in: file))"
            let why = said.why.isEmpty ? "" : ": \(said.why)"
            let end = standing || said.says == .undo ? "" : " (taken back)"
            return [stage + "\(said.who) said on \(said.when) that \(what)\(why)\(end)"]
        case .ledger(let stage, let entry):
            let name = stage.rawValue + String(repeating: " ", count: max(1, 13 - stage.rawValue.count))
            let reason = entry.reason.map { ": \($0)" } ?? ""
            return [name + entry.state.rawValue + reason + entry.circumstances]
        case .next(let entry):
            return [
                "screen       not counted in yet; the next run makes it: \(entry.state.rawValue)"
                    + (entry.reason.map { ": \($0)" } ?? "") + entry.circumstances
            ]
        case .report(let report):
            return ["deduplicate  report \(report.id): " + report.records.map(\.rawValue).joined(separator: ", ")]
        case .fullText(let row):
            return [
                "screen       full text \(row.name) (\(row.origin.rawValue)): \(row.state.rawValue)"
                    + (row.why.map { ": \($0)" } ?? "")
            ]
        case .judgement(let judgement, _):
            return judgement.criteria.flatMap { criterion in
                [
                    "screen       \(criterion.id): \(criterion.verdict.rawValue)"
                        + (criterion.presumed ? " (presumed)" : "")
                ]
                    + criterion.evidence.map { evidence in
                        let place = evidence.field.rawValue + (evidence.section.map { "[\($0)]" } ?? "")
                        let found = evidence.place.map { " (\($0.text))" } ?? ""
                        return "               \(place)\(found): \"\(evidence.quote)\"  (\(evidence.rule))"
                    }
            }
        case .decision(let row):
            return [
                "screen       \(row.reviewer) decided \(row.decision)\(row.circumstances)"
                    + (row.reason.map { " (\($0))" } ?? "")
                    + " on \(row.decidedAt)" + (row.note.map { ": \($0)" } ?? "")
            ]
        case .hiddenDecision(let row):
            return [
                "screen       \(row.reviewer) decided\(row.circumstances); shown when every reviewer has decided"
            ]
        case .values(_, let count, let values):
            return ["extract      \(count) values"]
                + values.map { value in
                    "               \(value.field) = \(value.value)  \"\(value.quote)\""
                        + (value.place.map { "  (\($0))" } ?? "")
                }
        case .study(let study):
            return ["synthesise   study \(study.label): " + study.reports.map(\.rawValue).joined(separator: ", ")]
        case .boxes(let names):
            return ["report       counted in: " + (names.isEmpty ? "no box" : names.joined(separator: "; "))]
        }
    }
}

extension LedgerEntry {
    /// ` (by people, on the full text)`.
    fileprivate var circumstances: String {
        let parts = [actor.map { "by \($0.rawValue)" }, assessedOn == .fullText ? "on the full text" : nil]
            .compactMap(\.self)
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }
}

extension DecisionRow {
    /// ` on the full text, as adjudicator`; nothing for a reviewer on title and abstract.
    fileprivate var circumstances: String {
        (stage == .fullText ? " on the full text" : "")
            + (role == .reviewer ? "" : role == .consensus ? ", by consensus" : ", as adjudicator")
    }
}

extension Correction.Word {
    fileprivate func meaning(in file: String) -> String {
        let what = file == CorrectionFile.studies.rawValue ? "study" : "document"
        return switch self {
        case .same: "one \(what)"
        case .different: "not one \(what)"
        case .undo: "to be judged by the rules again"
        }
    }
}

extension LinkRow {
    /// Whether it joins reports into a study, and not records into a report.
    var isOfStudies: Bool { kind.hasSuffix("Study") }
}

import Bibliography
package import Store

/// Decisions to be recorded, with an account of every entry of the file that they come from.
package struct DecisionBatch: Sendable {
    package var drafts: [DecisionDraft]
    /// For a person: what the file held and what became of it.
    package var account: [String]

    package init(drafts: [DecisionDraft], account: [String] = []) {
        self.drafts = drafts
        self.account = account
    }
}

/// Turns another tool's export into decisions on the review's reports.
package struct ForeignDecisions {
    private let plan: Plan
    private let matching: RecordMatching
    private let stage: DecisionStage
    /// The review's reason for each of the tool's, in small letters.
    private let reasons: [String: String]
    /// Leave out, and list, what cannot be matched, instead of refusing the file.
    private let skipsUnknown: Bool
    private static let listed = 20

    /// - Throws: `DecisionRefusal` where a reason is mapped to none of the review's.
    package init(
        plan: Plan, matching: RecordMatching, stage: DecisionStage, reasons map: [String: String], skipsUnknown: Bool
    ) throws(DecisionRefusal) {
        self.plan = plan
        self.matching = matching
        self.stage = stage
        self.skipsUnknown = skipsUnknown
        let known = plan.reasons(at: stage)
        var reasons: [String: String] = [:]
        for (id, label) in known.reversed() {
            reasons[label.lowercased()] = id
            reasons[id.lowercased()] = id
        }
        for (from, to) in map {
            guard known.contains(where: { $0.id == to }) else {
                throw DecisionRefusal(
                    "--map '\(from)=\(to)': '\(to)' is no reason of the review; accepted: "
                        + known.map(\.id).joined(separator: ", "))
            }
            reasons[from.trimmed.lowercased()] = to
        }
        self.reasons = reasons
    }

    /// - Throws: `DecisionRefusal`: an entry that was decided and is not the review's, or a reason that is not.
    package func batch(_ export: ForeignExport, file: String) throws(DecisionRefusal) -> DecisionBatch {
        var drafts: [DecisionDraft] = []
        var unmatched: [String] = []
        var unknownReasons: [String: [Int]] = [:]
        var matched = 0
        var undecided = 0
        for entry in export.entries {
            guard !entry.answers.isEmpty else {
                undecided += 1
                continue
            }
            let what =
                "line \(entry.line): \(entry.record.title.map { "\"\($0.prefix(80))\"" } ?? "without a title")"
                + (entry.record.published.year.map { " (\($0))" } ?? "")
            switch matching.report(of: entry.record) {
            case .unknown: unmatched.append(what + " is no record of this review")
            case .ambiguous(let ids):
                unmatched.append(what + " may be any of " + ids.map(\.rawValue).joined(separator: ", "))
            case .report(let id):
                matched += 1
                for answer in entry.answers {
                    for reason in answer.reasons where reasons[reason.lowercased()] == nil {
                        unknownReasons[reason, default: []].append(entry.line)
                    }
                    drafts.append(draft(answer, id, export.tool, entry.line))
                }
            }
        }
        let account = [
            "\(file): \(export.tool.rawValue), \(export.entries.count) entries: \(matched) decided and matched, "
                + "\(unmatched.count) decided and not matched, \(undecided) undecided"
        ]
        var problems = unknownReasons.sorted { $0.key < $1.key }.map { reason, lines in
            "the reason '\(reason)' (\(lines.count) entries, first on line \(lines.min() ?? 0)) is none of the review's: "
                + plan.reasons(at: stage).map(\.id).joined(separator: ", ")
                + ". Say which it is: --map '\(reason)=REASON'"
        }
        if !skipsUnknown, !unmatched.isEmpty {
            problems += unmatched
            problems.append("(--skip-unknown takes the other entries and lists these)")
        }
        guard problems.isEmpty else { throw DecisionRefusal(problems: account + problems) }
        var told = unmatched.prefix(Self.listed).map { "  left out: " + $0 }
        if unmatched.count > Self.listed { told.append("  ... and \(unmatched.count - Self.listed) more") }
        return DecisionBatch(drafts: drafts, account: account + told)
    }

    private func draft(
        _ answer: ForeignEntry.Answer, _ id: RecordID, _ tool: ForeignTool, _ line: Int
    ) -> DecisionDraft {
        // Of several reasons the first in the review's order of precedence.
        let given = Set(answer.reasons.compactMap { reasons[$0.lowercased()] })
        let reason = plan.reasons(at: stage).map(\.id).first(where: given.contains)
        let origin = tool == .records ? nil : "from \(tool.rawValue)"
        let note = [origin, answer.note].compactMap(\.self).joined(separator: ": ")
        return DecisionDraft(
            record: id.rawValue, decision: answer.decision, reason: reason, reviewer: answer.reviewer,
            note: note.isEmpty ? nil : note, stage: stage.rawValue, line: line)
    }
}

import Annotation
package import Bibliography
package import Interchange
import Screening
import Store

/// What a plan's rules would change in a review that was judged before, and nothing is changed by asking.
package struct RuleComparison: Sendable {
    package var changes: [RuleChange]
    /// By report.
    package var flips: [Flip]
    /// Decisions of people that the new rules contradict; they stand.
    package var overrulings: [Overruling]
    /// Reports that were judged before and are compared.
    package var compared: Int
    /// Reports that the rules have not judged as they are now: a run will.
    package var notJudged: Int
}

extension ReviewReading {
    /// Judges every report of the review by the plan's rules and tells what differs from what stands.
    ///
    /// - Throws: `RunError.missingPart` where the plan has no criteria; `StoreError`.
    package func compareRules(progress: (Int, Int) -> Void = { _, _ in }) throws -> RuleComparison {
        guard plan.screeningDeclaration != nil else {
            throw RunError.missingPart(stage: .screen, part: "criteria", pipeline: plan.path)
        }
        let book = RuleBook(plan, code: ScreenStage.version)
        let (kept, reports, known, rows, decisions) = try store.read { transaction in
            (
                try KeptRules(transaction), try transaction.reports(),
                Dictionary(try transaction.judgements().map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a }),
                Dictionary(try transaction.records().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a }),
                PeoplesDecisions(try transaction.decisions())
            )
        }
        var judged: [(report: Report, record: Record, before: Judgement)] = []
        var notJudged = 0
        for report in reports {
            guard let record = try rows[report.id]?.record, let row = known[report.id],
                kept.map({ row.input == ReportJudging.input(rules: $0.digest, record) }) ?? true
            else {
                notJudged += 1
                continue
            }
            judged.append((report, record, try row.judgement))
        }
        let after = ReportJudging.judge(judged.map(\.record), try plan.screening.screener(), plan) { done in
            progress(done, judged.count)
        }
        var comparison = RuleComparison(
            changes: kept?.changes(in: book) ?? [], flips: [], overrulings: [], compared: judged.count,
            notJudged: notJudged)
        for (item, after) in zip(judged, after) {
            let people = decisions.summary(of: item.report)
            if let flip = Flip(
                item.report.id, title: item.record.title, before: item.before, after: after, people: people)
            {
                comparison.flips.append(flip)
            }
            if let people, decisions.contradict(after, of: item.report) {
                comparison.overrulings.append(
                    Overruling(report: item.report.id, title: item.record.title, people: people, rules: after))
            }
        }
        return comparison
    }
}

extension RuleComparison {
    /// Flips that change what becomes of a report: nobody had decided it.
    package var movingFlips: [Flip] { flips.filter { $0.changesDecision && $0.people == nil } }

    /// For a person at a terminal.
    package var text: String {
        var lines: [String] = []
        lines.append(changes.isEmpty ? "No rule differs." : "What differs in the rules (\(changes.count))")
        for change in changes {
            lines.append("  \(change.path)")
            lines.append("    before: \(change.before ?? "not there")")
            lines.append("    after:  \(change.after ?? "not there")")
        }
        lines.append("")
        lines.append(
            "Of \(compared) reports: \(movingFlips.count) decisions would flip, "
                + "\(flips.count - movingFlips.count) more reports are judged differently and stay where they are.")
        if notJudged > 0 {
            lines.append("\(notJudged) reports have not been judged as they are now; a run judges them.")
        }
        for flip in flips.filter({ $0.changesDecision }) + flips.filter({ !$0.changesDecision }) {
            lines += [""] + flip.lines
        }
        if !overrulings.isEmpty {
            lines += ["", "People's decisions that these rules contradict; they stand (\(overrulings.count))"]
            for item in overrulings {
                lines.append("  \(item.report)  \(item.title ?? "")")
                lines.append("    people: \(item.people); rules: \(item.rules.decisionText)")
                if let words = item.rules.decidingWords { lines.append("    \(words.text)") }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// One JSON object: `compared`, `notJudged`, `changes`, `flips`, `overruled`.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("compared", compared)
            json.member("notJudged", notJudged)
            json.member("changes") { json in
                json.array { json in
                    for change in changes {
                        json.object { json in
                            json.member("path", change.path)
                            json.member("before", change.before)
                            json.member("after", change.after)
                        }
                    }
                }
            }
            json.member("flips") { json in json.array { json in for flip in flips { flip.write(to: &json) } } }
            json.member("overruled") { json in
                json.array { json in
                    for item in overrulings {
                        json.object { json in
                            json.member("report", item.report.rawValue)
                            json.member("people", item.people)
                            json.member("decision", item.rules.decision.rawValue)
                            json.member("reason", item.rules.reason)
                        }
                    }
                }
            }
        }
    }
}

extension Judgement {
    /// The words of the reason, or of the first criterion that is met.
    var decidingWords: Evidence? {
        let deciding = criteria.first { $0.id == reason } ?? criteria.first { !$0.evidence.isEmpty }
        return deciding?.evidence.first
    }
}

extension Flip {
    /// For a person: decision, criteria, and the words on either side.
    var lines: [String] {
        var lines = ["  \(report)  \(title ?? "")"]
        if changesDecision {
            lines.append("    decision: \(before.decisionText) -> \(after.decisionText)")
        } else {
            lines.append("    decision: \(after.decisionText), as before")
        }
        if let people { lines.append("    people decided: \(people); that stands") }
        for criterion in criteria {
            let old = criterion.before?.verdictText ?? "not asked"
            let new = criterion.after?.verdictText ?? "not asked"
            lines.append("    \(criterion.id): \(old) -> \(new)")
            lines += criterion.wordsBefore.map { "      before: \($0.text)" }
            lines += criterion.wordsAfter.map { "      after:  \($0.text)" }
        }
        return lines
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("report", report.rawValue)
            json.member("title", title)
            json.member("people", people)
            json.member("before") { json in before.writeJSON(id: report.rawValue, to: &json) }
            json.member("after") { json in after.writeJSON(id: report.rawValue, to: &json) }
        }
    }
}

import Annotation
import Bibliography
import Interchange
import Screening
import Store

extension ReviewReading {
    /// Every change of the rules after reports had been judged by them (PRISMA 2020, item 24c), one row a change.
    ///
    /// `appliedAt` is the start of the run that applied it; pages and files of `output/` leave it out.
    func amendmentsTable(dated: Bool = true) throws -> Table {
        let (amendments, runs) = try store.read { (try $0.amendments(), try $0.runs()) }
        let started = Dictionary(runs.map { ($0.number, $0.startedAt) }, uniquingKeysWith: { a, _ in a })
        var table = Table(
            columns: ["amendment", "run"] + (dated ? ["appliedAt"] : [])
                + ["change", "before", "after", "decisionsFlipped", "reportsJudgedDifferently"])
        for amendment in amendments {
            let flips = try amendment.flips.compactMap { try $0.flip(title: nil) }
            let decisions = flips.count { $0.changesDecision && $0.people == nil }
            for change in try amendment.ruleChanges {
                table.rows.append(
                    [.integer(amendment.number), .integer(amendment.run)]
                        + (dated ? [.optional(started[amendment.run])] : [])
                        + [
                            .text(change.path), .optional(change.before), .optional(change.after),
                            .integer(decisions), .integer(flips.count),
                        ])
            }
        }
        return table
    }

    /// What each amendment turned: one row a report and criterion, with the words on either side. A person's decision
    /// stands; the column `people` says which.
    func flipsTable() throws -> Table {
        var table = Table(columns: [
            "amendment", "report", "title", "decisionBefore", "decisionAfter", "people", "criterion", "verdictBefore",
            "verdictAfter", "quoteBefore", "ruleBefore", "quoteAfter", "ruleAfter", "readBefore", "readAfter",
        ])
        let (amendments, records) = try store.read { (try $0.amendments(), try $0.records()) }
        let rows = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        for amendment in amendments {
            for row in amendment.flips {
                guard let flip = try row.flip(title: try rows[row.report]?.record.title) else { continue }
                for criterion in flip.criteria {
                    table.rows.append([
                        .integer(amendment.number), .text(flip.report.rawValue), .optional(flip.title),
                        .text(flip.before.decisionText), .text(flip.after.decisionText), .optional(flip.people),
                        .text(criterion.id), .optional(criterion.before?.verdictText),
                        .optional(criterion.after?.verdictText), .optional(criterion.wordsBefore.first?.quote),
                        .optional(criterion.wordsBefore.first?.rule), .optional(criterion.wordsAfter.first?.quote),
                        .optional(criterion.wordsAfter.first?.rule), .text(flip.readBefore.rawValue),
                        .text(flip.readAfter.rawValue),
                    ])
                }
            }
        }
        return table
    }

    /// Reports that people decided against what the rules say: people's word stands, and here it can be looked at
    /// again after a change of the rules.
    func overruledTable() throws -> Table {
        var table = Table(columns: ["report", "title", "people", "rules", "reason", "quote", "field", "rule", "read"])
        let decisions = try store.read { PeoplesDecisions(try $0.decisions(), plan) }
        for item in try screenedReports()
        where decisions.contradict(item.judgement, on: item.row.read, of: item.report) {
            let words = item.judgement.decidingWords
            table.rows.append([
                .text(item.report.id.rawValue), .optional(item.record.title),
                .optional(decisions.summary(of: item.report)), .text(item.judgement.decision.rawValue),
                .optional(item.judgement.reason), .optional(words?.quote), .optional(words?.location),
                .optional(words?.rule), .text(item.row.read.rawValue),
            ])
        }
        return table
    }
}

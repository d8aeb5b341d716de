import Bibliography
import Screening
import Store

/// Which full text each report had when it was last screened, by what tells one text from another.
struct FullTextDigests {
    private let byReport: [RecordID: String]

    init(_ rows: [FullTextRow]) {
        let used = rows.filter { $0.state == .used }
        byReport = Dictionary(
            used.compactMap { row in row.report.map { ($0, row.digest) } }, uniquingKeysWith: { first, _ in first })
    }

    subscript(report: RecordID) -> String? { byReport[report] }
}

extension FullTextRow {
    /// Tells the article from every other.
    var digest: String { FoundText.digest(answer: answer, position: position) }
}

/// What rules say of reports that other rules judged before. The run that applies rules and the check that shows them
/// beforehand count by it alike.
struct RulesEffect {
    /// By report.
    private(set) var flips: [Flip] = []
    /// Decisions of people that the new rules contradict; they stand.
    private(set) var overrulings: [Overruling] = []
    /// Reports that were judged before as they are now, and how many of them on their full text.
    private(set) var compared = 0
    private(set) var comparedOnFullText = 0
    /// Reports that were not judged before, or whose record or full text is another by now: no matter of the rules.
    private(set) var notJudged = 0

    /// - Parameters:
    ///   - known: what the old rules said.
    ///   - kept: the old rules; nil where an older sluice kept none.
    ///   - texts: the full texts that reports had then.
    init(
        of judged: JudgedReports, on known: [RecordID: JudgementRow], kept: KeptRules?, texts: FullTextDigests,
        _ decisions: PeoplesDecisions
    ) throws {
        for (position, report) in judged.reports.enumerated() {
            let record = judged.records[position]
            let after = try judged.rows[position].judgement
            let readAfter = judged.reading(of: report.id)
            let people = decisions.summary(of: report)
            if let people, decisions.contradict(after, on: readAfter, of: report) {
                overrulings.append(
                    Overruling(
                        report: report.id, title: record.title, people: people, rules: after, read: readAfter))
            }
            guard let last = known[report.id],
                let readBefore = Self.reading(of: last, record, text: texts[report.id], kept)
            else {
                notJudged += 1
                continue
            }
            // A text that is gone is no matter of the rules either.
            if readBefore == .fullText, judged.words[position] == .missing {
                notJudged += 1
                continue
            }
            let before = try last.judgement
            if readAfter == .fullText, texts[report.id] != judged.read[report.id] {
                // A text that came or changed since would flip verdicts under the old rules too, unless those kept it
                // from being read.
                let title = try judged.titles[position].judgement
                guard readBefore == .abstract, before.decision == .exclude, title.decision != .exclude else {
                    notJudged += 1
                    continue
                }
            }
            compared += 1
            if readAfter == .fullText { comparedOnFullText += 1 }
            if let flip = Flip(
                report.id, title: record.title, before: before, on: readBefore, after: after, on: readAfter,
                people: people)
            {
                flips.append(flip)
            }
        }
    }

    /// What the old judgement rests on; nil where the record, or the text, is not what was read then.
    private static func reading(
        of last: JudgementRow, _ record: Record, text: String?, _ kept: KeptRules?
    ) -> DecisionStage? {
        guard let kept else { return last.read }
        if last.input == ReportJudging.input(rules: kept.digest, record) { return .abstract }
        if let text, last.input == ReportJudging.input(rules: kept.digest, record, text: text) { return .fullText }
        return nil
    }

    func tell(_ progress: some RunProgress) {
        let moved = flips.count { $0.changesDecision && $0.people == nil }
        progress.notice(
            "The rules changed: \(moved) \(moved == 1 ? "decision flips" : "decisions flip"). What changed and why each "
                + "one flips is recorded: sluice export amendments, sluice export flips.")
        let against = overrulings.count
        guard against > 0 else { return }
        progress.notice(
            "\(against) \(against == 1 ? "decision of people stands" : "decisions of people stand") against these rules: "
                + "sluice export overruled.")
    }
}

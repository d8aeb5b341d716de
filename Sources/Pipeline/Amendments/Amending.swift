import Annotation
import Bibliography
import Foundation
import Parallelism
import Screening
import Store

/// The rules by which the reports of a workspace were judged last.
struct KeptRules {
    /// nil where an older sluice kept them in a form that is no longer read.
    var book: RuleBook?
    /// As it stands in the input of every judgement.
    var digest: String

    /// nil where nothing has been judged yet.
    init?(_ transaction: StoreTransaction) throws {
        guard let digest = try transaction.fact(Self.digestFact), let text = try transaction.fact(Self.bookFact) else {
            return nil
        }
        self.digest = digest
        book = RuleBook(kept: text)
    }

    static func keep(_ book: RuleBook, digest: String, _ transaction: StoreTransaction) throws {
        try transaction.setFact(bookFact, book.text)
        try transaction.setFact(digestFact, digest)
    }

    /// What differs in new rules.
    func changes(in new: RuleBook) -> [RuleChange] {
        guard let book else {
            return [RuleChange(path: "criteria", before: "kept in a form that is no longer read", after: "rewritten")]
        }
        return new.changes(since: book)
    }

    private static let bookFact = "rules"
    private static let digestFact = "rulesDigest"
}

/// Judging the reports of a review, and telling what new rules make of reports that were judged before.
enum ReportJudging {
    /// What ties a judgement to the rules and the record that it rests on.
    static func rulesDigest(of plan: Plan, code: Int) -> String {
        digest(of: [plan.canonical(section: .annotation) + plan.canonical(section: .screening), String(code)])
    }

    /// - Parameter text: the digest of the full text, where it was judged on that.
    static func input(rules: String, _ record: Record, text: String? = nil) -> String {
        digest(of: [rules, record.jsonText] + (text.map { [$0] } ?? []))
    }

    /// The judgements of records, in their order.
    static func judge(_ records: [Record], _ screener: Screener, _ plan: Plan, done: (Int) -> Void) -> [Judgement] {
        let annotator = Annotator(interest: plan.annotation.drugs)
        var all: [Judgement] = []
        all.reserveCapacity(records.count)
        // In parts, so that a long list tells how far it is.
        for start in stride(from: 0, to: records.count, by: batchSize) {
            done(start)
            let part = Array(records[start..<min(start + batchSize, records.count)])
            all += Parallel.map(part) { screener.judge(Document($0), by: annotator) }
        }
        return all
    }

    private static let batchSize = 1024
}

/// What new rules changed in the judgements of a review.
struct RulesChange {
    /// nil where neither the rules nor what they say is another.
    let amendment: AmendmentRow?
    /// Reports whose decision is another, and that nobody decided.
    private let moved: Int
    /// Reports that people decided and that the rules now judge the other way.
    private let contradicted: Int

    /// - Parameters:
    ///   - records: of each report the record that stands for it.
    ///   - known: what the old rules said.
    ///   - judgements: what the new ones say, in the order of the reports.
    ///   - texts: digests of the full texts that reports were judged on.
    init(
        from kept: KeptRules, to book: RuleBook, run: Int, reports: [Report], records: [Record],
        known: [RecordID: JudgementRow], judgements: [JudgementRow], texts: [RecordID: String],
        decisions: PeoplesDecisions
    ) throws {
        var flips: [Flip] = []
        var contradicted = 0
        for ((report, record), row) in zip(zip(reports, records), judgements) {
            let after = try row.judgement
            if decisions.contradict(after, of: report) { contradicted += 1 }
            // A record or a full text that changed as well is no matter of the rules.
            guard let last = known[report.id],
                last.input == ReportJudging.input(rules: kept.digest, record, text: texts[report.id]),
                let flip = Flip(
                    report.id, title: nil, before: try last.judgement, after: after,
                    people: decisions.summary(of: report))
            else { continue }
            flips.append(flip)
        }
        amendment = AmendmentRow(run: run, kept.changes(in: book), flips)
        moved = flips.count { $0.changesDecision && $0.people == nil }
        self.contradicted = contradicted
    }

    func tell(_ progress: some RunProgress) {
        guard amendment != nil else { return }
        progress.notice(
            "The rules changed: \(moved) decisions flip. What changed and why each one flips is recorded: "
                + "sluice export amendments, sluice export flips.")
        if contradicted > 0 {
            progress.notice("\(contradicted) decisions of people stand against these rules: sluice export overruled.")
        }
    }
}

extension FlipRow {
    init(_ flip: Flip) {
        self.init(
            report: flip.report, before: JudgementRow(report: flip.report, input: "", flip.before).json,
            after: JudgementRow(report: flip.report, input: "", flip.after).json, people: flip.people)
    }

    /// The flip that the row holds.
    func flip(title: String?) throws -> Flip? {
        func judgement(_ json: String) throws -> Judgement {
            try JudgementRow(report: report, input: "", decision: "", reason: nil, json: json).judgement
        }
        return Flip(report, title: title, before: try judgement(before), after: try judgement(after), people: people)
    }
}

extension AmendmentRow {
    /// nil where neither the rules nor what they say is another.
    init?(run: Int, _ changes: [RuleChange], _ flips: [Flip]) {
        guard !changes.isEmpty || !flips.isEmpty else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts always encode.
        let json = (try? encoder.encode(changes)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        self.init(run: run, changes: json, flips: flips.map { FlipRow($0) })
    }

    var ruleChanges: [RuleChange] {
        get throws {
            do {
                return try JSONDecoder().decode([RuleChange].self, from: Data(changes.utf8))
            } catch {
                throw RunError.damagedRow(table: "amendment", id: String(number), cause: "\(error)")
            }
        }
    }
}

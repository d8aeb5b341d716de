import Annotation
import Bibliography
import Parallelism
import Screening
import Store

/// The reports of a review, judged by a plan's rules: each on title and abstract, and on its full text where the plan
/// assesses full texts, title and abstract leave it in, and the text is there.
struct JudgedReports {
    let reports: [Report]
    /// Of each report the record that stands for it.
    let records: [Record]
    /// What title and abstract come to, in the order of the reports.
    let titles: [JudgementRow]
    /// The last word: on the full text where it was read.
    let rows: [JudgementRow]
    /// What the full texts were judged to be, by position; nil where none is looked for.
    let words: [Int: FullTextWord]
    /// Digests of the full texts that reports were judged on.
    let read: [RecordID: String]
    /// Every file and answer that was looked at for a full text.
    let looked: [FullTextRow]

    func reading(of report: RecordID) -> DecisionStage { read[report] == nil ? .abstract : .fullText }
}

/// Judging the reports of a review. The stage `screen` and `check --against` go this one way, so that what a check
/// announces is what a run does.
struct ReportJudging {
    let plan: Plan
    /// `ScreenStage.version`, or whatever reads texts.
    let code: Int
    let decisions: PeoplesDecisions
    /// Judgements that hold where rules, record and full text are what they were.
    let known: [RecordID: JudgementRow]

    /// What ties a judgement to the rules and the record that it rests on.
    static func rulesDigest(of plan: Plan, code: Int) -> String {
        digest(of: [plan.canonical(section: .annotation) + plan.canonical(section: .screening), String(code)])
    }

    /// - Parameter text: the digest of the full text, where it was judged on that.
    static func input(rules: String, _ record: Record, text: String? = nil) -> String {
        digest(of: [rules, record.jsonText] + (text.map { [$0] } ?? []))
    }

    /// - Parameters:
    ///   - find: looks for full texts of reports; asked only where the plan has a place for them.
    ///   - advances: how many reports of how many are judged.
    func judge(
        _ reports: [Report], _ records: [Record], find: ([Report]) async throws -> FullTextsFound,
        advances: (Int, Int) -> Void
    ) async throws -> JudgedReports {
        // Without criteria nothing is decided by rules: every report waits for a person.
        let screener = try plan.screening.screener()
        let rules = Self.rulesDigest(of: plan, code: code)
        func isKnown(_ position: Int, _ input: String) -> Bool { known[reports[position].id]?.input == input }

        let inputs = records.map { Self.input(rules: rules, $0) }
        let fresh = reports.indices.filter { !isKnown($0, inputs[$0]) }
        let new = judge(fresh, screener) {
            Document(records[$0])
        } done: {
            advances($0, fresh.count)
        }
        let judged = Dictionary(uniqueKeysWithValues: zip(fresh, new))
        let titles = reports.indices.compactMap { position in
            judged[position].map { JudgementRow(report: reports[position].id, input: inputs[position], $0) }
                ?? known[reports[position].id]
        }

        // What title and abstract leave in is sought, and judged on its full text where there is one.
        let sought = reports.indices.filter { decisions.isSought(reports[$0], rules: RulesWord(titles[$0])) }
        let found = try await plan.fullTexts == nil ? nil : find(sought.map { reports[$0] })
        var rows = titles
        var words: [Int: FullTextWord] = [:]
        var read: [RecordID: String] = [:]
        if let found, plan.assessesFullText {
            for position in sought where found.texts[reports[position].id] == nil { words[position] = .missing }
            let there = sought.filter { found.texts[reports[$0].id] != nil }
            for position in there { read[reports[position].id] = found.texts[reports[position].id]?.digest }
            let inputs = Dictionary(
                uniqueKeysWithValues: there.map { position in
                    (position, Self.input(rules: rules, records[position], text: read[reports[position].id]))
                })
            let fresh = there.filter { !isKnown($0, inputs[$0] ?? "") }
            let new = judge(fresh, screener) { position in
                Document(records[position], fullText: found.texts[reports[position].id]?.text)
            } done: {
                advances($0, fresh.count)
            }
            let judged = Dictionary(uniqueKeysWithValues: zip(fresh, new))
            for position in there {
                let report = reports[position].id
                rows[position] =
                    judged[position].map { JudgementRow(report: report, input: inputs[position] ?? "", $0) }
                    ?? known[report] ?? rows[position]
                rows[position].titleDecision = titles[position].decision
                rows[position].titleReason = titles[position].reason
                words[position] = .read(RulesWord(rows[position]))
            }
        }
        return JudgedReports(
            reports: reports, records: records, titles: titles, rows: rows, words: words, read: read,
            looked: found?.rows ?? [])
    }

    /// The judgements of the documents at these positions, in their order.
    private func judge(
        _ positions: [Int], _ screener: Screener, document: @Sendable (Int) -> Document, done: (Int) -> Void
    ) -> [Judgement] {
        let annotator = plan.annotation.annotator
        var all: [Judgement] = []
        all.reserveCapacity(positions.count)
        // In parts, so that a long list tells how far it is.
        for start in stride(from: 0, to: positions.count, by: Self.batchSize) {
            done(start)
            let part = Array(positions[start..<min(start + Self.batchSize, positions.count)])
            all += Parallel.map(part) { screener.judge(document($0), by: annotator) }
        }
        return all
    }

    private static let batchSize = 1024
}

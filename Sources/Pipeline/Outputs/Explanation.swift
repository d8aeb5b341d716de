import Annotation
package import Bibliography
package import Deduplication
import Extraction
import Interchange
import Reporting
package import Screening
package import Store

/// One record's whole way through the review, event by event.
package struct Explanation: Sendable {
    package enum Event: Sendable {
        /// The archived answer that it stands in.
        case answered(source: String, run: Int, hash: String, line: Int, start: Int, end: Int)
        case issue(IssueRow)
        case link(LinkRow)
        /// What a person said of it and another record; `standing` until it is taken back.
        case correction(of: String, Correction, standing: Bool)
        /// What a stage made of it.
        case ledger(stage: StageName, LedgerEntry)
        /// Where the next run puts it, by what people decided since the last.
        case next(LedgerEntry)
        /// The report that it belongs to, with its other records.
        case report(Report)
        /// A file or an answer that was looked at for its full text, and what became of it.
        case fullText(FullTextRow)
        case judgement(Judgement, read: DecisionStage)
        case decision(DecisionRow)
        /// A decision that must not be seen before the other reviewers have decided.
        case hiddenDecision(DecisionRow)
        case study(Study)
        case values(report: RecordID, count: Int, [ExplainedValue])
        /// Where it stands in the flow, by the names of the boxes.
        case boxes([String])
    }

    /// An extracted value with its quote, as text.
    package struct ExplainedValue: Sendable {
        package var field: String
        package var value: String
        package var quote: String
        /// Where in a full text it stands, for a person; nil for title and abstract.
        package var place: String?
    }

    package var id: RecordID
    package var title: String?
    package var events: [Event]
}

extension ReviewReading {
    /// Everything that the review knows of a record, in the order in which it happened; nil for an id that it does
    /// not hold. A bare PMID is understood.
    package func explain(_ given: String) throws -> Explanation? {
        let flow = try? flow()
        return try store.read { transaction in
            let sources = try transaction.sources()
            let names = RecordNames(try transaction.recordIDs().union(try transaction.everIdentified()))
            for id in names.meant(by: given) {
                let row = try transaction.record(id)
                let pages = try transaction.ledger(of: id).compactMap { page in
                    StageName(rawValue: page.stage).map { ($0, page.entry) }
                }.sorted { $0.0 < $1.0 }
                guard row != nil || !pages.isEmpty else { continue }

                var events: [Explanation.Event] = []
                if let row {
                    let run = sources.first { $0.id == row.source }?.run ?? 0
                    events.append(
                        .answered(
                            source: row.source, run: run, hash: row.answer, line: row.line, start: row.start,
                            end: row.end))
                }
                func ledger(_ stages: StageName...) {
                    events += pages.filter { stages.contains($0.0) }.map { .ledger(stage: $0.0, $0.1) }
                }
                ledger(.fetch)
                events += try transaction.issues().filter { $0.record == id }.map { .issue($0) }
                ledger(.parse)
                let links = try transaction.links()
                events += links.filter { !$0.isOfStudies && ($0.a == id || $0.b == id) }.map { .link($0) }
                events += try corrections(.duplicates, of: [id], transaction)
                ledger(.deduplicate)

                let reportID = try transaction.report(of: id)
                let report = try transaction.reports().first { $0.id == reportID }
                let judgement = try transaction.judgements().first { $0.report == report?.id }
                if let report {
                    events.append(.report(report))
                    events += try transaction.fullTexts().filter { $0.report == report.id }.map { .fullText($0) }
                    if let judgement { events.append(.judgement(try judgement.judgement, read: judgement.read)) }
                    let log = try transaction.decisions()
                    let decisions = PeoplesDecisions(log, plan)
                    events += log.filter { report.records.contains($0.record) }.map { row in
                        decisions.standing(of: report, at: row.stage).isBlind ? .hiddenDecision(row) : .decision(row)
                    }
                }
                ledger(.screen)
                if let report {
                    let counted = try transaction.ledger(stage: StageName.screen.rawValue).first { $0.id == report.id }
                    if let judgement, let counted {
                        let next = PeoplesDecisions(try transaction.decisions(), plan)
                            .entry(for: report, rules: judgement.titleWord, text: judgement.textWord(counted))
                        if next != counted { events.append(.next(next)) }
                    }
                    events += try values(of: report, transaction)
                    events += links.filter { $0.isOfStudies && ($0.a == report.id || $0.b == report.id) }
                        .map { .link($0) }
                    events += try corrections(.studies, of: Set(report.records), transaction)
                    events += try transaction.studies().filter { $0.reports.contains(report.id) }.map { .study($0) }
                }
                ledger(.extract, .synthesise)
                if let flow, let reportID { events.append(.boxes(flow.boxes(holding: id, report: reportID))) }
                return Explanation(id: id, title: try row?.record.title, events: events)
            }
            return nil
        }
    }

    private func values(of report: Report, _ transaction: StoreTransaction) throws -> [Explanation.Event] {
        var events: [Explanation.Event] = []
        if let review = try transaction.reviewedValues().first(where: { $0.report == report.id })?.values {
            let values = review.values.map {
                Explanation.ExplainedValue(
                    field: $0.value.label, value: $0.value.valueText + $0.standing, quote: $0.value.evidence.quote,
                    place: $0.value.evidence.place?.text)
            }
            events.append(.values(report: report.id, count: values.count, values))
        }
        return events
    }

    /// A file that cannot be taken is for the next run to refuse, not for an explanation.
    private func corrections(
        _ file: CorrectionFile, of ids: Set<RecordID>, _ transaction: StoreTransaction
    ) throws -> [Explanation.Event] {
        guard let said = try? file.read(plan, known: try transaction.everIdentified()) else { return [] }
        let standing = Set(said.standing)
        return said.all.filter { ids.contains($0.a) || ids.contains($0.b) }.map { one in
            .correction(of: file.rawValue, one, standing: standing.contains(one))
        }
    }
}

extension ExtractedValue {
    /// `response ketamine 24 h`.
    package var label: String {
        let hours = time.map { "\(Value.number($0).plainText) h" }
        return ([field, arm, outcome, hours].compactMap(\.self)).joined(separator: " ")
    }

    package var valueText: String { unit.map { "\(value.plainText) \($0)" } ?? value.plainText }
}

extension ExtractedValue.Value {
    /// The number or the words, without a unit.
    var plainText: String {
        switch self {
        case .number(let number): TableCell.number(number).plainText
        case .text(let text): text
        }
    }
}

extension PrismaFlow {
    /// The names of the boxes that count a record, or the report that it belongs to.
    func boxes(holding id: RecordID, report: RecordID) -> [String] {
        func holds(_ box: FlowBox, _ wanted: RecordID) -> Bool { box.ids?.contains(wanted) ?? false }
        var names: [String] = []
        for part in databases.parts + registers.parts where holds(part.box, id) {
            names.append("identified: \(part.label)")
        }
        for (name, box) in [
            ("identified: websites", websites), ("identified: organisations", organisations),
            ("identified: citation searching", citations), ("duplicate records removed", duplicates),
        ] where holds(box, id) { names.append(name) }
        for part in excludedOther.parts + otherRemoved.parts where holds(part.box, id) {
            names.append("removed: \(part.label)")
        }
        if holds(screened, id) { names.append("records screened") }
        for part in excluded.parts where holds(part.box, id) { names.append("records excluded: \(part.label)") }
        if holds(awaiting, id) || holds(otherAwaiting, id) { names.append("awaiting a person's decision") }
        if holds(assessed, id) || holds(otherAssessed, id) { names.append("reports assessed") }
        for part in reportsExcluded.parts + otherExcluded.parts where holds(part.box, id) {
            names.append("reports excluded: \(part.label)")
        }
        if holds(newReports, report) { names.append(id == report ? "reports included" : "its report is included") }
        return names
    }
}

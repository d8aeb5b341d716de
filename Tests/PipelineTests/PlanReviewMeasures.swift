import Annotation
import Bibliography
import Foundation
import Interchange
import Pipeline
import Screening
import TestSupport
import Testing

/// A record of the development data with the label that people gave it.
struct LabelledRecord {
    var id: String
    var title: String
    var document: Document
    var label: String
    var reason: String

    static func all() throws -> [LabelledRecord] {
        func table(_ path: String, _ separator: UInt8) throws -> DelimitedText {
            try DelimitedText(parsing: Data(contentsOf: SharedData.url(path)), separator: separator)
        }
        let labels = try table("ketamine/labels.tsv", 0x09)
        var byID: [String: DelimitedText.Row] = [:]
        for row in labels.rows { byID[row.cell(labels.column("id")) ?? ""] = row }
        let records = try table("ketamine/records.csv", 0x2C)
        return records.rows.map { row in
            let id = row.cell(records.column("id")) ?? ""
            var record = Record(id: RecordID(id), kind: .article, source: "csv")
            record.title = row.cell(records.column("title"))
            if let abstract = row.cell(records.column("abstract")) {
                record.abstract = [AbstractSection(text: abstract)]
            }
            return LabelledRecord(
                id: id, title: record.title ?? "", document: Document(record),
                label: byID[id]?.cell(labels.column("label")) ?? "",
                reason: byID[id]?.cell(labels.column("reason")) ?? "")
        }
    }
}

extension LabelledRecord {
    /// Every record, read for the ketamine review; once for all tests.
    static let annotated: Result<[(LabelledRecord, Annotations)], any Error> = Result {
        let annotator = Annotator(interest: ["ketamine", "esketamine"])
        return try all().map { ($0, annotator.annotate($0.document)) }
    }
}

/// What came of the rules on labelled records.
struct ScreeningMeasures {
    private(set) var counts: [String: [Decision: Int]] = [:]
    private(set) var quotes = 0
    private(set) var wrongQuotes = 0
    private(set) var silentVerdicts = 0

    mutating func add(_ judgement: Judgement, _ record: LabelledRecord) {
        counts[record.label, default: [:]][judgement.decision, default: 0] += 1
        for criterion in judgement.criteria {
            if criterion.verdict != .unclear, !criterion.presumed, criterion.evidence.isEmpty { silentVerdicts += 1 }
            for item in criterion.evidence {
                quotes += 1
                let text = record.document.sections.first { $0.field == item.field && $0.index == item.section }?.text
                let slice = text.map { Array($0.utf8) } ?? []
                let isRight =
                    item.start < item.end && item.end <= slice.count
                    && Array(item.quote.utf8) == Array(slice[item.start..<item.end])
                if !isRight { wrongQuotes += 1 }
            }
        }
    }

    func share(_ decision: Decision, of label: String) -> Double {
        let row = counts[label] ?? [:]
        return Double(row[decision] ?? 0) / Double(max(1, row.values.reduce(0, +)))
    }

    var lines: [String] {
        counts.keys.sorted().map { label in
            let row = counts[label] ?? [:]
            let numbers = Decision.allCases.map { "\($0.rawValue) \(row[$0] ?? 0)" }
            return "\(label.isEmpty ? "no label" : label): \(numbers.joined(separator: ", "))"
        }
    }
}

@Suite("The review of intravenous ketamine")
struct PlanReviewMeasures {
    private func plan() throws -> Plan { try Plan.read(folder: Checkout.url("Pipelines/iv-ketamine-trd").path) }

    @Test(
        "every rule of the shipped reviews holds where its examples say so, and only there",
        arguments: ["iv-ketamine-trd", "psilocybin-depression", "exercise-back-pain"])
    func examples(_ review: String) throws {
        let plan = try Plan.read(folder: Checkout.url("Pipelines/" + review).path)
        let annotator = Annotator(interest: plan.annotation.drugs)
        let screener = try plan.screening.screener()
        let results = screener.checkExamples { annotator.annotate($0) }
        #expect(results.count > 20)
        for result in results { #expect(result.isRight, "\(result.description)") }
    }

    @Test("the criteria stand in the order of precedence that the protocol states")
    func order() throws {
        let plan = try plan()
        let ids = plan.screening.declaration.criteria.map(\.id.text)
        #expect(ids == ["intervention", "route", "dose", "age", "population", "design"])
        #expect(plan.sources.map(\.id) == ["pubmed", "psycinfo", "clinicaltrials-gov"])
        #expect(plan.knownStudies.count == 10)
    }

    @Test(
        "on real records nothing eligible is excluded, most is included, and most of the rest is excluded",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func bars() throws {
        let plan = try plan()
        #expect(plan.annotation.drugs == ["ketamine", "esketamine"])
        let screener = try plan.screening.screener()
        let isTalkative = ProcessInfo.processInfo.environment["SLUICE_SHOW_RECORDS"] != nil
        var measures = ScreeningMeasures()
        for (record, annotations) in try LabelledRecord.annotated.get() {
            let judgement = screener.judge(record.document, annotations)
            measures.add(judgement, record)
            if isTalkative { talk(record, judgement) }
        }
        for line in measures.lines { print(line) }
        print("quotes: \(measures.quotes), not their slice: \(measures.wrongQuotes)")
        #expect(measures.share(.exclude, of: "include") == 0)
        #expect(measures.share(.include, of: "include") >= 0.7)
        #expect(measures.share(.exclude, of: "unsure") <= 0.03)
        #expect(measures.share(.exclude, of: "exclude") >= 0.85)
        #expect(measures.quotes > 1000)
        #expect(measures.wrongQuotes == 0)
        #expect(measures.silentVerdicts == 0)
    }

    @Test(
        "every word that annotation finds in real records is one that a query can ask for",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func vocabulary() throws {
        var queries: Set<String> = []
        for (_, annotations) in try LabelledRecord.annotated.get() {
            for item in annotations.items {
                switch item.value {
                case .diagnosis(let diagnosis): queries.insert("diagnosis = " + diagnosis.name)
                case .design(let design): queries.insert("design = " + design.name)
                case .scale(let scale) where scale.isKnown: queries.insert("scale = " + scale.name)
                case .drug(let name): queries.insert("drug = " + name)
                case .route(let route): queries.insert("route = " + route.rawValue)
                default: break
                }
            }
        }
        #expect(queries.count > 50)
        let rules = queries.sorted().enumerated().map { index, query in
            RuleDeclaration(id: SourceText("r\(index)"), verdict: .met, when: SourceText(query))
        }
        _ = try Screener(criteria: [CriterionDeclaration(id: SourceText("all"), rules: rules)])
    }

    /// One line a record, tab-separated, for working on the rules (SLUICE_SHOW_RECORDS=1).
    private func talk(_ record: LabelledRecord, _ judgement: Judgement) {
        let verdicts = judgement.criteria.map { "\($0.id):\($0.verdict.rawValue)\($0.presumed ? "*" : "")" }
        let words = judgement.criteria.flatMap(\.evidence).map { $0.rule + "=" + $0.quote.prefix(40) }
        let cells = [
            "@@", record.label, judgement.decision.rawValue, judgement.reason ?? "-", record.id,
            String(record.title.prefix(150)), String(record.reason.prefix(60)), verdicts.joined(separator: " "),
            words.joined(separator: " | "),
        ]
        print(cells.joined(separator: "\t"))
    }
}

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
            if let abstract = row.cell(records.column("abstract")) { record.abstract = [AbstractSection(text: abstract)] }
            return LabelledRecord(
                id: id, title: record.title ?? "", document: Document(record),
                label: byID[id]?.cell(labels.column("label")) ?? "",
                reason: byID[id]?.cell(labels.column("reason")) ?? "")
        }
    }
}

@Suite("The review of intravenous ketamine on real records")
struct PlanReviewMeasures {
    private func annotate(_ document: Document) -> Annotations { annotator.annotate(document) }
    private let annotator = Annotator()

    @Test("the criteria keep what people keep and exclude most of what people exclude",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func bars() throws {
        let plan = try Plan.read(folder: Checkout.url("Pipelines/iv-ketamine-trd").path)
        let screener = try plan.screening.screener()
        let isTalkative = ProcessInfo.processInfo.environment["SLUICE_SHOW_RECORDS"] != nil
        var counts: [String: [Decision: Int]] = [:]
        for record in try LabelledRecord.all() {
            let judgement = screener.judge(record.document, annotate(record.document))
            counts[record.label, default: [:]][judgement.decision, default: 0] += 1
            if isTalkative { talk(record, judgement) }
        }
        for label in counts.keys.sorted() {
            let row = counts[label] ?? [:]
            print("\(label.isEmpty ? "(none)" : label): include \(row[.include] ?? 0), unclear \(row[.unclear] ?? 0), exclude \(row[.exclude] ?? 0)")
        }
    }

    private func talk(_ record: LabelledRecord, _ judgement: Judgement) {
        let verdicts = judgement.criteria.map { "\($0.id):\($0.verdict.rawValue)\($0.presumed ? "*" : "")" }
        print("@@\t\(record.label)\t\(judgement.decision.rawValue)\t\(judgement.reason ?? "-")\t\(record.id)\t\(record.title.prefix(150))\t\(record.reason.prefix(60))\t\(verdicts.joined(separator: " "))\t\(judgement.criteria.flatMap(\.evidence).map { $0.rule + "=" + $0.quote.prefix(40) }.joined(separator: " | "))")
    }
}

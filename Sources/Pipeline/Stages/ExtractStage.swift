import Annotation
import Bibliography
package import Extraction
import Foundation
import Interchange
package import Store

/// Reads the values that the form asks for out of every included report.
struct ExtractStage: Stage {
    let name = StageName.extract
    let codeVersion = 3

    func settings(_ context: StageContext) -> String {
        context.plan.canonical(section: .annotation) + context.plan.canonical(section: .extraction)
    }

    func input(_ context: StageContext) throws -> String { try context.store.read { try Self.input($0) } }

    /// The included reports, and what people said of their values.
    static func input(_ transaction: StoreTransaction) throws -> String {
        let screened = try transaction.lastStageRun(StageName.screen.rawValue)?.output ?? ""
        let decisions = try transaction.valueDecisions()
        return decisions.isEmpty ? screened : digest(of: [screened] + decisions.map { "\($0)" })
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let extractor = try Extractor(form: context.plan.extractionForm())
        let form = digest(of: [settings(context), String(codeVersion)])
        let given = try context.advanced(from: .screen)
        let records = try context.records(given)
        let texts = context.plan.fullTexts == nil ? [:] : try context.fullTexts()
        let known = Dictionary(
            try context.store.read { try $0.extractions() }.map { ($0.report, $0) }, uniquingKeysWith: { a, _ in a })

        var rows: [ExtractionRow] = []
        var reused = 0
        let annotator = context.plan.annotation.annotator
        for (position, record) in records.enumerated() {
            context.progress.stageAdvances(.extract, done: position, of: records.count, what: "reports")
            let text = texts[record.id]
            let input = digest(of: [form, record.jsonText] + (text.map { [$0.digest] } ?? []))
            if let last = known[record.id], last.input == input {
                rows.append(last)
                reused += 1
            } else {
                let document = Document(record, fullText: text?.text)
                let values = extractor.extract(document, annotator.annotate(document))
                rows.append(try ExtractionRow(report: record.id, input: input, values))
            }
        }
        let decisions = try context.store.read { try $0.valueDecisions() }
        return StageResult(
            entries: given.map { .advanced($0) },
            output: digest(of: rows.map { "\($0.report) \($0.json)" } + decisions.map { "\($0)" }),
            worked: records.count - reused, reused: reused
        ) { transaction in
            try transaction.replace(extractions: rows)
        }
    }
}

extension ExtractionRow {
    init(report: RecordID, input: String, _ values: [ExtractedValue]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(report: report, input: input, json: String(decoding: try encoder.encode(values), as: UTF8.self))
    }

    /// The values that the row holds.
    package var values: [ExtractedValue] {
        get throws {
            do {
                return try JSONDecoder().decode([ExtractedValue].self, from: Data(json.utf8))
            } catch {
                throw RunError.damagedRow(table: "extraction", id: report.rawValue, cause: "\(error)")
            }
        }
    }
}

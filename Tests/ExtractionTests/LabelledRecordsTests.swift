import Annotation
import Bibliography
import Extraction
import Foundation
import Interchange
import TestSupport
import Testing

/// The readers against one person's reading of 125 development records. What they promise of each field stands here;
/// Fixtures/extraction/SOURCE.md says what was measured on records that no rule had seen.
@Suite("Real abstracts, read by a person", .enabled(if: SharedData.isPresent, SharedData.notice))
struct LabelledRecordsTests {
    static let records: [Document] = {
        guard let bytes = try? Data(contentsOf: SharedData.url("ketamine/records.csv")),
            let table = try? DelimitedText(parsing: bytes), let id = table.column("id"),
            let title = table.column("title"), let abstract = table.column("abstract")
        else { return [] }
        return table.rows.map { row in
            var sections: [Document.Section] = []
            if let text = row.cell(title) { sections.append(.init(field: .title, index: nil, text: text)) }
            if let text = row.cell(abstract) { sections.append(.init(field: .abstract, index: 0, text: text)) }
            return Document(id: RecordID(row.cell(id) ?? ""), sections: sections)
        }
    }()

    static func evaluate(part: String?) throws -> Evaluation {
        let bytes = try Data(contentsOf: Checkout.url("Fixtures/extraction/labels.csv"))
        var evaluation = Evaluation(try LabelTable(DelimitedText(parsing: bytes), part: part))
        let extractor = try Extractor(form: .standard)
        let annotator = Annotator(interest: ["ketamine"])
        for document in records where evaluation.isLabelled(document.id.rawValue) {
            evaluation.add(extractor.extract(document, annotator.annotate(document)), of: document.id.rawValue)
        }
        return evaluation
    }

    private static let bars: [(fields: [String], precision: Double, recall: Double)] = [
        (
            ["dose", "route", "sampleSize", "design", "infusions", "comparator", "registration", "scale"], 0.95, 0.85
        ),
        (["response", "remission"], 0.90, 0.75),
    ]

    @Test("precision and recall of every field of the protocol hold on all 125")
    func bars() throws {
        let evaluation = try Self.evaluate(part: nil)
        #expect(evaluation.missing == [])
        for (fields, precision, recall) in Self.bars {
            for field in fields {
                let count = try #require(evaluation.counts.first { $0.field == field })
                #expect(count.precision ?? 0 >= precision, "\(field): \(count)")
                #expect(count.recall ?? 0 >= recall, "\(field): \(count)")
            }
        }
    }
}

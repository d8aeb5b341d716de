import Annotation
import Bibliography
import Foundation
import Interchange
import Pipeline
import Screening
import TestSupport
import Testing

/// Invented titles and abstracts, traps of the field (Fixtures/screening-traps), before the rules of the shipped reviews.
@Suite("Traps of screening on title and abstract")
struct TrapTests {
    struct Trap: CustomTestStringConvertible, Sendable {
        var id, name, title, abstract, expected, reason: String
        var mesh: [String]
        var testDescription: String { "\(id) \(name)" }
    }

    static func traps(_ file: String) throws -> [Trap] {
        let url = Checkout.url("Fixtures/screening-traps/\(file)")
        let table = try DelimitedText(parsing: Data(contentsOf: url))
        return table.rows.map { row in
            func cell(_ name: String) -> String { row.cell(table.column(name)) ?? "" }
            return Trap(
                id: cell("id"), name: cell("trap"), title: cell("title"), abstract: cell("abstract"),
                expected: cell("expected"), reason: cell("reason"),
                mesh: cell("mesh").split(separator: ";").map(String.init))
        }
    }

    @Test(
        "each is decided as a careful reader would, and what cannot be told is kept",
        arguments: [
            ("records.csv", "iv-ketamine-trd", 60), ("iv-ketamine-trd.csv", "iv-ketamine-trd", 200),
            ("psilocybin-depression.csv", "psilocybin-depression", 50),
            ("exercise-back-pain.csv", "exercise-back-pain", 40),
        ])
    func decisions(_ file: String, _ review: String, _ least: Int) throws {
        let plan = try Plan.read(folder: Checkout.url("Pipelines/\(review)").path)
        let screener = try plan.screening.screener()
        let annotator = Annotator(interest: plan.annotation.drugs)
        let traps = try Self.traps(file)
        #expect(traps.count >= least)
        for trap in traps {
            var record = Record(id: RecordID(trap.id), kind: .article, source: "test")
            record.title = trap.title
            if !trap.abstract.isEmpty { record.abstract = [AbstractSection(text: trap.abstract)] }
            record.mesh = trap.mesh.map { MeshHeading(name: $0) }
            let document = Document(record)
            let judgement = screener.judge(document, annotator.annotate(document, for: screener.findings))
            let words = judgement.criteria.map { criterion in
                "\(criterion.id) \(criterion.verdictText): "
                    + criterion.evidence.map { "\($0.rule) '\($0.quote)'" }.joined(separator: ", ")
            }
            let story = "\(trap.id), \(trap.name): \(judgement.decisionText); " + words.joined(separator: "; ")
            switch trap.expected {
            case "include": #expect(judgement.decision == .include, "\(story)")
            case "unclear": #expect(judgement.decision == .unclear, "\(story)")
            case "keep": #expect(judgement.decision != .exclude, "\(story)")
            case "notIncluded": #expect(judgement.decision != .include, "\(story)")
            default:
                #expect(judgement.decision == .exclude, "\(story)")
                if !trap.reason.isEmpty { #expect(judgement.reason == trap.reason, "\(story)") }
            }
        }
    }
}

import Annotation
import Foundation
import Pipeline
import Screening
import TestSupport
import Testing

/// Processor time, not wall time: the figure is the same on a machine that others use.
@Suite("The speed of screening")
struct PlanScreeningSpeed {
    @Test(
        "abstracts a second and core, annotation and rules apart",
        .enabled(
            if: SharedData.isPresent && ProcessInfo.processInfo.environment["SLUICE_MEASURE_SPEED"] != nil,
            "set SLUICE_MEASURE_SPEED=1 in a release build"))
    func speed() throws {
        let screener = try Plan.read(folder: Checkout.url("Pipelines/iv-ketamine-trd").path).screening.screener()
        let documents = try LabelledRecord.all().map(\.document)
        let annotator = Annotator()
        let kinds = screener.findings
        let annotated = documents.map { ($0, annotator.annotate($0, for: kinds)) }
        let rounds = 8
        let annotating = seconds {
            for _ in 0..<rounds { for document in documents { _ = annotator.annotate(document, for: kinds) } }
        }
        let annotatingAll = seconds {
            for _ in 0..<rounds { for document in documents { _ = annotator.annotate(document) } }
        }
        var excluded = 0
        let judging = seconds {
            for _ in 0..<rounds {
                for (document, annotations) in annotated
                where screener.judge(document, annotations).decision == .exclude {
                    excluded += 1
                }
            }
        }
        let count = Double(documents.count * rounds)
        print(
            "annotation \(Int(count / annotating)) (every kind \(Int(count / annotatingAll))), rules \(Int(count / judging)), both \(Int(count / (annotating + judging))) abstracts a second and core"
        )
        #expect(excluded > 0)
    }

    private func seconds(_ work: () -> Void) -> Double {
        let start = clock()
        work()
        return max(1e-6, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }
}

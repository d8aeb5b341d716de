import Bibliography
import Deduplication
import TestSupport
import Testing

/// The bars on the labelled sets: no false merge, F1 of 0.995 and more. Pairs are counted as bib-dedupe's benchmark
/// counts them: every pair inside a cluster, against the pairs of the closed gold standard.
@Suite("Labelled sets")
struct LabelledSetTests {
    @Test(
        "no false merge and F1 of at least 0.995 on each labelled set",
        .enabled(if: SharedData.isPresent, SharedData.notice),
        arguments: ["copper", "cytology_screening", "stroke"])
    func bars(_ name: String) throws {
        let set = try LabelledSet(name)
        let result = Deduplicator().deduplicate(set.records)
        let score = set.score(result)
        print(
            "\(name): precision \(score.precision), recall \(score.recall), F1 \(score.f1), "
                + "\(score.falseMerges.count) false, \(score.missed.count) missed, \(result.review.count) for review")
        for pair in score.falseMerges {
            print("false merge:\n  \(set.describe(pair[0]))\n  \(set.describe(pair[1]))")
            print(result.links.filter { [$0.a.rawValue, $0.b.rawValue] == pair }.map { "  " + $0.reason })
        }
        for pair in score.missed {
            print("missed:\n  \(set.describe(pair[0]))\n  \(set.describe(pair[1]))")
            print(result.review.filter { [$0.a.rawValue, $0.b.rawValue] == pair }.map { "  review: " + $0.reason })
        }
        #expect(score.falseMerges.isEmpty)
        #expect(score.f1 >= 0.995)
    }
}

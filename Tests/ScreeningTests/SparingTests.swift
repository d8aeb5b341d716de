import Annotation
import TestSupport
import Testing

@testable import Screening

/// What screening does not work out must not be missed: invented criteria of all kinds before invented abstracts.
@Suite("Screening that spares work")
struct SparingTests {
    private static let sentences = [
        "Twelve patients with treatment-resistant depression received intravenous ketamine 0.5 mg/kg.",
        "Adolescents aged 13 to 17 years were enrolled.", "Adults aged 18-65 years took part.",
        "Twenty healthy volunteers had an infusion over 40 minutes.", "This review is about intranasal esketamine.",
        "Rats were injected with ketamine 10 mg/kg.", "In a double-blind trial midazolam was the comparator.",
        "METHODS: We randomised 30 people. RESULTS: Scores fell.", "No patient had failed two treatments.",
    ]
    private static let queries = [
        "ketamine", "intranasal", "patients NEAR/5 received", "review[ti]", "\"healthy volunteers\"",
        "rats NOT patients", "route = intravenous", "route = intranasal", "dose(ketamine) <= 1 mg/kg",
        "every dose(ketamine) > 1 mg/kg",
        "age.minimum >= 18", "every age.maximum < 18 AND (adolescen* OR age.group = adolescent)",
        "design = randomised | doubleBlind", "diagnosis.resistant = depression OR resistant", "scores[results]",
        "part = results", "sampleSize >= 20 AND (patients OR people)", "Animals[mh] NOT Humans[mh]",
        "#two AND age.minimum > 1",
        "failedTreatments >= 2 OR rats",
    ]

    private func screener(_ random: inout SeededRandom) throws -> Screener {
        let criteria = (0..<4).map { number in
            var verdicts: [Verdict] = []
            let rules = (0..<random.below(5) + 1).map { rule in
                let verdict: Verdict = [.met, .notMet, .notMet, .unclear][random.below(4)]
                // Rules before this one that say otherwise; one that is beaten may itself beat another.
                let beatable = verdicts.indices.filter { verdicts[$0] != verdict }
                verdicts.append(verdict)
                let overrides: [String] =
                    switch random.below(5) {
                    case 0: ["all"]
                    case 1: beatable.filter { _ in random.below(2) == 0 }.map { "r\($0)" }
                    default: []
                    }
                return Invented.rule(
                    "r\(rule)", verdict, Self.queries[random.below(Self.queries.count)], overrides: overrides)
            }
            return CriterionDeclaration(
                id: SourceText("c\(number)"), question: "?", silence: random.below(2) == 0 ? .met : .unclear,
                needs: random.below(6) == 0 ? SourceText("ketamin* OR depression") : nil, rules: rules)
        }
        return try Screener(
            ScreeningDeclaration(
                concepts: [ConceptDeclaration(name: SourceText("two"), query: SourceText("patients OR people"))],
                criteria: criteria))
    }

    private func document(_ random: inout SeededRandom) -> Document {
        func sentence() -> String { Self.sentences[random.below(Self.sentences.count)] }
        return Invented.document(
            title: random.below(5) == 0 ? nil : sentence(),
            abstract: random.below(5) == 0 ? [] : (0..<random.below(3) + 1).map { _ in sentence() },
            labels: random.below(2) == 0 ? ["METHODS", "RESULTS"] : [], mesh: random.below(3) == 0 ? ["Animals"] : [])
    }

    @Test("decision, reason and printed words are those of judging in full", arguments: 1...60)
    func same(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let screener = try screener(&random)
        let annotator = Annotator(interest: ["ketamine"])
        for _ in 0..<12 {
            let document = document(&random)
            let annotations = annotator.annotate(document)
            let whole = screener.judge(document, annotations)
            #expect(whole == screener.judge(document, by: annotator))
            let named = screener.judgeUnlessExcluded(document, by: annotator)
            let any = screener.judgeUnlessExcluded(document, by: annotator, namesReason: false)
            #expect(named.decision == whole.decision)
            #expect(named.reason == whole.reason)
            #expect(any.decision == whole.decision)
            if whole.decision != .exclude {
                #expect(named == whole)
                #expect(any == whole)
            } else {
                let failed = whole.criteria.filter { $0.verdict == .notMet }.map(\.id)
                #expect(failed.contains(any.reason ?? ""))
            }
            try verdictsFollow(whole, screener.firing(document, annotations), screener)
        }
    }

    /// The verdict of a criterion from the rules that hold in the document, all asked: by the words of the language page.
    private func verdictsFollow(_ judgement: Judgement, _ firing: [String], _ screener: Screener) throws {
        for criterion in judgement.criteria where criterion.evidence.first?.rule.hasSuffix(".needs") != true {
            let heard = Set(criterion.evidence.map(\.rule))
            #expect(heard.isSubset(of: firing))
            if firing.allSatisfy({ !$0.hasPrefix(criterion.id + ".") }) { #expect(heard.isEmpty) }
        }
    }
}

extension Screener {
    /// Which rules hold in a document, each asked by itself, as `criterion.rule`.
    fileprivate func firing(_ document: Document, _ annotations: Annotations) -> [String] {
        var reading = Reading(document, .found(annotations), program: program)
        return criteria.flatMap { criterion in
            criterion.rules.filter { reading.holds($0.query) }.map { criterion.id + "." + $0.id }
        }
    }
}

import Annotation
import Interchange
import Screening
import Testing

@Suite("Verdicts and decisions")
struct JudgementTests {
    private let none = Annotations(items: [])

    private func judge(_ text: String, _ criteria: CriterionDeclaration...) throws -> Judgement {
        try Screener(criteria: criteria).judge(Invented.document(abstract: [text]), none)
    }

    private let route = Invented.criterion(
        "route", Invented.rule("iv", .met, "intravenous"), Invented.rule("nasal", .notMet, "nasal"))

    @Test("silence is unclear, unless the criterion declares that it counts as met, which is then presumed")
    func silence() throws {
        #expect(try judge("Nothing.", route).criteria == [CriterionJudgement(id: "route", verdict: .unclear)])
        let adults = Invented.criterion("age", silence: .met, Invented.rule("young", .notMet, "children"))
        let judgement = try judge("Nothing.", adults)
        #expect(judgement.criteria == [CriterionJudgement(id: "age", verdict: .met, presumed: true)])
        #expect(judgement.decision == .include)
        #expect(try judge("In children.", adults).decision == .exclude)
    }

    @Test("a record without abstract is not silent: nothing is presumed of it")
    func withoutAbstract() throws {
        let topic = Invented.criterion("topic", Invented.rule("t", .met, "ketamine"))
        let adults = Invented.criterion("age", silence: .met, Invented.rule("old", .met, "adults"))
        let screener = try Screener(criteria: [topic, adults])
        let title = screener.judge(Invented.document(title: "Ketamine", mesh: ["Humans"]), none)
        #expect(title.decision == .unclear)
        #expect(title.criteria[1] == CriterionJudgement(id: "age", verdict: .unclear))
        #expect(screener.judge(Invented.document(title: "Ketamine", abstract: ["It."]), none).decision == .include)
        #expect(screener.judge(Invented.document(title: "Ketamine", abstract: [""]), none).decision == .unclear)
    }

    @Test("words for and against are unclear, with both quoted")
    func contradiction() throws {
        let judgement = try judge("Nasal and intravenous.", route)
        #expect(judgement.criteria[0].verdict == .unclear)
        #expect(judgement.criteria[0].evidence.map(\.rule) == ["route.iv", "route.nasal"])
        #expect(judgement.decision == .unclear)
    }

    @Test("a rule that overrides strikes the others out, with their quotes")
    func overriding() throws {
        for overrides in [["iv"], ["all"]] {
            let stronger = Invented.criterion(
                "route", Invented.rule("iv", .met, "intravenous"),
                Invented.rule("nasal", .notMet, "nasal", overrides: overrides))
            let judgement = try judge("Nasal and intravenous.", stronger)
            #expect(judgement.criteria[0].verdict == .notMet)
            #expect(judgement.criteria[0].evidence.map(\.quote) == ["Nasal"])
        }
    }

    @Test("a rule that asks for a person is heard")
    func askingForAPerson() throws {
        let criterion = Invented.criterion(
            "drug", Invented.rule("ketamine", .met, "ketamine"), Invented.rule("mixture", .unclear, "lithium"))
        #expect(try judge("ketamine", criterion).decision == .include)
        #expect(try judge("ketamine and lithium", criterion).decision == .unclear)
        #expect(try judge("lithium", criterion).decision == .unclear)
    }

    @Test("the reason is the first criterion not met in the order of precedence")
    func precedence() throws {
        let first = Invented.criterion("first", Invented.rule("a", .notMet, "alpha"))
        let second = Invented.criterion("second", Invented.rule("b", .notMet, "beta"))
        #expect(try judge("beta alpha", first, second).reason == "first")
        #expect(try judge("beta", first, second).reason == "second")
        #expect(try judge("gamma", first, second).reason == nil)
    }

    @Test("no criterion decides nothing")
    func noCriteria() throws {
        #expect(try Screener(criteria: []).judge(Invented.document(title: "x"), none).decision == .unclear)
    }

    @Test("a switch puts rules in and out of force, and lends its value to a query")
    func switches() throws {
        let criteria = [
            Invented.criterion(
                "drug", Invented.rule("s", .met, "esketamine", onlyIf: ["es": "include"]),
                Invented.rule("no", .notMet, "esketamine", onlyIf: ["es": "exclude"]))
        ]
        let document = Invented.document(title: "Esketamine")
        for (value, decision) in [("include", Decision.include), ("exclude", .exclude), ("unclear", .unclear)] {
            #expect(
                try Screener(criteria: criteria, switches: ["es": value]).judge(document, none).decision == decision)
        }
        let series = Invented.document(abstract: ["Four patients."])
        let size = [try Invented.found("Four", in: series, .sampleSize(SampleSize(count: 4, role: .treated)))]
        #expect(try Invented.words("sampleSize < $n", in: series, size, switches: ["n": "5"]) == ["Four"])
        #expect(try Invented.words("sampleSize < $n", in: series, size, switches: ["n": "3"]) == nil)
    }

    @Test("the line of `sluice screen` has the contract's keys in the contract's order")
    func json() throws {
        let screener = try Screener(criteria: [route])
        let document = Invented.document(title: "Nasal ketamine", abstract: ["x"])
        var json = JSONWriter()
        screener.judge(document, none).writeJSON(id: "pubmed:1", to: &json)
        #expect(
            json.text == """
                {"id":"pubmed:1","decision":"exclude","reason":"route","criteria":[{"id":"route","verdict":"notMet",\
                "presumed":false,"evidence":[{"field":"title","section":null,"start":0,"end":5,"quote":"Nasal",\
                "rule":"route.nasal"}]}]}
                """)
    }

    @Test("an example that goes wrong is reported with the words")
    func examples() throws {
        let criterion = Invented.criterion(
            "route",
            Invented.rule(
                "iv", .met, "intravenous", passes: [ExampleText(abstract: "By vein.", line: 4)],
                fails: [ExampleText(title: "Intravenous lines", line: 5), ExampleText(abstract: "Oral.", line: 6)]))
        let results = try Screener(criteria: [criterion]).checkExamples { _ in none }
        #expect(results.map(\.isRight) == [false, false, true])
        #expect(
            results[0].description
                == "line 4: route.iv should hold but finds none of its words in \"By vein.\"")
        #expect(
            results[1].description
                == "line 5: route.iv should not hold but does, on 'Intravenous', in \"Intravenous lines\"")
    }
}

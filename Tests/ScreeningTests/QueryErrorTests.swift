import Screening
import Testing

@Suite("Queries that cannot be read")
struct QueryErrorTests {
    /// What is said of a query.
    private func complaint(_ query: String, switches: [String: String] = [:]) -> String {
        let criteria = [Invented.criterion("route", Invented.rule("iv", .met, query))]
        do {
            _ = try Screener(criteria: criteria, switches: switches)
            return ""
        } catch {
            return error.description
        }
    }

    @Test(
        "say what was found, where, and what is accepted",
        arguments: [
            ("", "the query is empty"),
            ("ketamine infusion", "two terms without an operator between them, found 'infusion' at character 10"),
            ("ketamine and nasal", "operators are written in capitals, found 'and' at character 10"),
            ("a1 OR b1 AND c1", "AND or NOT beside OR without parentheses"),
            ("(a1 OR b1", "a parenthesis that is never closed, found '(' at character 1"),
            ("a1 OR b1)", "a closing parenthesis without its opening one"),
            ("a1 OR", "the query ends where a term is expected"),
            ("\"ketamine", "a quotation mark that is never closed"),
            ("ketamine[tiba]", "not a field, found 'tiba'"),
            ("ketamine[tiba]", "did you mean 'tiab'?"),
            ("ketamine[ti", "a [ that is never closed"),
            ("ketamine ]", "a ] without its ["),
            ("ketamine: x", "a colon without a field"),
            ("k* AND x1", "too little stands before or after *"),
            ("\"...\"", "no letter or digit to search for"),
            ("#ketamin", "no concept of this name stands above"),
            ("# x", "the name of a concept is missing here"),
            ("\"Depresive Disorder\"[mh]", "is not in the shipped part of MeSH"),
            ("\"Depresive Disorder\"[mh]", "'Depressive Disorder'"),
            ("Reviews[pt]", "not a publication type of MEDLINE that is known here"),
            ("rout = oral", "not a measure, found 'rout'"),
            ("rout = oral", "did you mean 'route'?"),
            ("route = nosal", "not a value of route, found 'nosal'"),
            ("route < oral", "route is compared with words, found '<'"),
            ("route =", "a value for route is missing"),
            ("route = (x1)", "a value for route is expected"),
            ("dose < 1", "a dose needs a unit"),
            ("dose < high mg/kg", "a number for dose is expected, found 'high'"),
            ("dose <", "a number for dose is missing"),
            ("duration < 40", "duration needs a unit"),
            ("route(ketamine) = oral", "this measure is not of one drug"),
            ("route[+nonsense] = oral", "neither a field nor a context, found 'nonsense'"),
            ("dose(ketamin) < 1 mg/kg", "not the name of a drug that is known here, found 'ketamin'"),
            ("dose(metformin) < 1 mg/kg", "any other drug gets its words in annotation.drugNames"),
            ("diagnosis = depresion", "did you mean 'depression'?"),
            ("dose =! 1 mg/kg", "not a comparison, found '!'"),
            ("sampleSize < $smallest", "no switch of this name, found '$smallest'"),
            ("a1 NEAR/900 b1", "words cannot be that far apart"),
            ("a1 NEAR/3 (b1 AND c1)", "only words have a place to measure from"),
            ("NOT oral", "the rule can hold without any word to quote"),
            ("ketamine OR NOT oral", "the rule can hold without any word to quote"),
            ("\"a1 b1 c1\"[tiab:~3]", "PubMed's proximity is read for two words"),
            ("(a1) b1)", "two terms without an operator between them, found 'b1' at character 6"),
            ("a1 OR AND", "a term is expected here, found 'AND' at character 7"),
            ("a1 []", "a field is expected here"),
            ("sampleSize < $", "the name of a switch is missing here"),
            ("duration < high min", "a number for duration is expected, found 'high'"),
            ("a1 OR (b1 OR #)", "the name of a concept is missing here"),
        ])
    func messages(_ query: String, _ expected: String) {
        let complaint = complaint(query)
        #expect(complaint.contains("criteria.route.iv"))
        #expect(complaint.contains(expected), "\(query): \(complaint)")
    }

    @Test("nesting without end is refused, not followed")
    func nesting() {
        let query = String(repeating: "(", count: 5000) + "a1" + String(repeating: ")", count: 5000)
        #expect(complaint(query).contains("nested deeper"))
        #expect(complaint(String(repeating: "ab ", count: 30_000)).contains("longer than"))
    }

    @Test("several problems are told together, each with its line")
    func several() {
        let first = RuleDeclaration(id: SourceText("a", line: 3), verdict: .met, when: SourceText("x1 y1", line: 4))
        let second = RuleDeclaration(
            id: SourceText("b", line: 7), verdict: .notMet, when: SourceText("x1 OR\n y1 z1", line: 9),
            overrides: [SourceText("c", line: 8)])
        let criterion = CriterionDeclaration(id: SourceText("route", line: 1), rules: [first, second])
        do {
            _ = try Screener(criteria: [criterion])
            Issue.record("was accepted")
        } catch {
            #expect(error.problems.map(\.line) == [4, 10, 8])
            #expect(error.problems[2].sentence.contains("no rule of this criterion has this id, found 'c'"))
        }
    }

    @Test("an id or a name is given once")
    func twice() {
        let rule = Invented.rule("a", .met, "x1")
        do {
            _ = try Screener(criteria: [
                CriterionDeclaration(id: SourceText("c", line: 2), rules: [rule]),
                CriterionDeclaration(id: SourceText("c", line: 5), rules: [rule]),
            ])
            Issue.record("was accepted")
        } catch {
            #expect(
                error.description
                    == "line 5: criteria.c: two criteria have this id, found 'c'; accepted: an id of its own")
        }
    }

    @Test("a concept has a name of its own; the second is refused, with its line")
    func conceptTwice() {
        do {
            _ = try Screener(
                ScreeningDeclaration(
                    concepts: [
                        ConceptDeclaration(name: SourceText("drug", line: 2), query: SourceText("a1", line: 2)),
                        ConceptDeclaration(name: SourceText("drug", line: 7), query: SourceText("b1", line: 7)),
                    ],
                    criteria: [CriterionDeclaration(id: SourceText("c"), rules: [Invented.rule("a", .met, "#drug")])]))
            Issue.record("was accepted")
        } catch {
            #expect(
                error.description
                    == "line 7: concepts.drug: two concepts have this name, found 'drug'; accepted: a name of its own")
        }
    }

    @Test("rules that strike each other or their own side out are refused")
    func overrides() {
        func complaint(_ rules: RuleDeclaration...) -> String {
            let criterion = CriterionDeclaration(id: SourceText("c"), rules: rules)
            do {
                _ = try Screener(criteria: [criterion])
                return ""
            } catch { return error.description }
        }
        #expect(
            complaint(
                Invented.rule("a", .met, "x1", overrides: ["b"]), Invented.rule("b", .notMet, "y1", overrides: ["a"])
            ).contains("override each other"))
        #expect(
            complaint(Invented.rule("a", .met, "x1", overrides: ["b"]), Invented.rule("b", .met, "y1"))
                .contains("only rules that say otherwise"))
        #expect(complaint(Invented.rule("a", .met, "x1"), Invented.rule("a", .met, "y1")).contains("two rules"))
        #expect(complaint(Invented.rule("a", .met, "x1", onlyIf: ["s": "t"])).contains("no switch of this name"))
    }
}

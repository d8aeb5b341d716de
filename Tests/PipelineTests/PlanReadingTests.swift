import Annotation
import Bibliography
import Foundation
import Pipeline
import Screening
import TestSupport
import Testing

@Suite("The pipeline file")
struct PlanReadingTests {
    private let smallest = """
        review: {id: invented, title: An invented review}
        sources:
          - {id: pubmed, kind: pubmed, query: "ketamine[tiab]"}
        """

    private func complaint(_ text: String, switches: [String: String] = [:]) -> String {
        do {
            _ = try Plan.read(text: text, file: "p.yaml", switches: switches)
            return ""
        } catch { return error.description }
    }

    @Test("review and sources are enough")
    func smallestPlan() throws {
        let plan = try Plan.read(text: smallest, file: "p.yaml")
        #expect(plan.review.id == "invented")
        #expect(plan.sources[0].query == "ketamine[tiab]")
        #expect(plan.sources[0].database == "PubMed")
        #expect(plan.sources[0].section == .database)
        #expect(plan.sources[0].allow.isEmpty)
        #expect(plan.screening.declaration.criteria.isEmpty)
        #expect(plan.screening.assessedOn == .abstract)
        #expect(plan.outputs.isEmpty)
    }

    @Test("a criterion is called by its label, else its question; in an example a relation stands by PubMed's word")
    func labels() throws {
        let plan = try Plan.read(
            text: smallest + """

                criteria:
                  - id: design
                    question: Is it a trial?
                    label: Not a trial
                    notMet:
                      - id: retracted
                        when: relation = RetractionIn
                        passes: [{title: Ketamine, relations: [RetractionIn]}]
                        fails: [{title: Ketamine, relations: [CommentIn]}]
                  - {id: route, question: By vein?, met: [{id: iv, when: intravenous}]}
                """, file: "p.yaml")
        #expect(plan.criterionLabels.map(\.label) == ["Not a trial", "By vein?"])
        let results = try plan.screening.screener().checkExamples { _ in Annotations(items: []) }
        #expect(results.map(\.isRight) == [true, true])
        #expect(results[0].evidence.map(\.quote) == ["Ketamine"])
    }

    @Test("all keys of sources, with their defaults")
    func sources() throws {
        let plan = try Plan.read(
            text: """
                review: {id: a, title: b}
                sources:
                  - id: pubmed
                    kind: pubmed
                    query: x
                    from: 2009-01-01
                    to: 2019-01
                    allow: ["rare phrase"]
                    maxRecords: 500
                  - {id: psy, kind: file, path: imports/psy.ris, database: PsycINFO, retrieved: 2026-11-01}
                  - {id: who, kind: file, path: w.csv, database: ICTRP, section: register, whenMissing: notSearched}
                  - {id: ct, kind: clinicaltrials, query: ketamine}
                """, file: "p.yaml")
        #expect(plan.sources[0].from?.text == "2009-01-01")
        #expect(plan.sources[0].to?.text == "2019-01")
        #expect(plan.sources[0].allow == ["rare phrase"])
        #expect(plan.sources[0].maxRecords == 500)
        #expect(plan.sources[1].whenMissing == .stop)
        #expect(plan.sources[2].whenMissing == .notSearched)
        #expect(plan.sources[3].section == .register)
        #expect(plan.sources[3].database == "ClinicalTrials.gov")
    }

    @Test(
        "an error names file, line, key, what was found and what is accepted",
        arguments: [
            (
                "reveiw: {id: a, title: b}\nsources: []",
                "p.yaml:1: reveiw: unknown key, found 'reveiw'; accepted: review"
            ),
            ("reveiw: {id: a, title: b}\nsources: []", "(did you mean 'review'?)"),
            ("sources: []", "review: this key is missing"),
            ("review: {id: a, title: b}", "sources: at least one source is needed"),
            ("review: {id: 'a b', title: c}\nsources: []", "p.yaml:1: review.id: not usable as a name, found 'a b'"),
            ("review: {id: a}\nsources: []", "review.title: this key is missing"),
            ("review: yes\nsources: []", "review: keys and values are expected here, found 'yes'"),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmd, query: q}",
                "p.yaml:3: sources[0].kind: unknown word, found 'pubmd'"
            ),
            ("review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmed}", "sources[0].query: this key is missing"),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmed, query: q, path: f}",
                "sources[0].path: unknown key"
            ),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: file, database: d}",
                "sources[0].path: this key is missing"
            ),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: file, path: f, database: d, whenMissing: skip}",
                "unknown word, found 'skip'; accepted: stop, notSearched"
            ),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmed, query: q, from: 2019-02-30}",
                "not a date, found '2019-02-30'"
            ),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmed, query: q, from: 2019, to: 2018}",
                "the window ends before it begins"
            ),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmed, query: q, maxRecords: many}",
                "not a whole number"
            ),
            (
                "review: {id: a, title: b}\nsources:\n  - {id: x, kind: pubmed, query: q}\n  - {id: x, kind: pubmed, query: q}",
                "two sources have this id"
            ),
            ("review: {id: a, title: b}\nreview: {id: a, title: b}\nsources: []", "the same key twice, found 'review'"),
            ("review: {id: a, title: [\nsources", "not readable as YAML"),
            ("review: &r {id: a, title: b}\nsources: []", "p.yaml:1: anchors and aliases"),
            ("", "the file is empty"),
            ("review: {id: a, title: b}\n? [x]\n: y\nsources: []", "a key must be a word"),
        ])
    func messages(_ text: String, _ expected: String) {
        let complaint = complaint(text)
        #expect(complaint.contains(expected), "\(complaint)")
    }

    @Test(
        "the same for criteria, switches, extraction, synthesis and outputs",
        arguments: [
            ("outputs: [flow.swg]", "p.yaml:4: outputs: unknown word, found 'flow.swg'"),
            ("outputs: [flow.svg, flow.svg]", "the same word twice"),
            ("annotation: {drugs: [ketamin]}", "did you mean 'ketamine'?"),
            ("annotation: {drugs: [metformin]}", "any other drug gets its words in annotation.drugNames"),
            ("annotation: {drugNames: [a]}", "annotation.drugNames: names and their words are expected here"),
            ("annotation: {scaleNames: {BMI: []}}", "annotation.scaleNames.BMI: without words nothing is found"),
            ("annotation: {drugNames: {3a: [metformin]}}", "annotation.drugNames.3a: not usable as a name, found '3a'"),
            ("annotation: {drugNames: {a: [ketalar]}}", "it is the name of ketamine already, found 'ketalar'"),
            ("annotation: {scaleNames: {a: [ketalar]}}", "it is the name of ketamine already, found 'ketalar'"),
            (
                "annotation: {drugNames: {a: [double-blind]}}",
                "annotation.drugNames.a: this word cannot stand for it: it is read as something else already (doubleBlind)"
            ),
            ("annotation: {drugNames: {a: ['500']}}", "it is not made of letters"),
            ("annotation: {drugNames: {a: ['x|y']}}", "it is not made of letters"),
            (
                "annotation: {drugNames: {a: [Novel]}, scaleNames: {b: [novel]}}",
                "annotation.scaleNames.b: a has this word already"
            ),
            ("extraction: {fields: [dosis]}", "p.yaml:4: extraction.fields[0]: unknown field, found 'dosis'"),
            ("extraction: {fields: [dose, dose]}", "extraction.fields[1]: the same field twice, found 'dose'"),
            (
                "extraction:\n  fields:\n    - dose\n    - {label: Dose}",
                "p.yaml:7: extraction.fields[1].id: this key is"
            ),
            (
                "extraction:\n  fields:\n    - id: dose\n      unit: mg",
                "p.yaml:7: extraction.fields[0].unit: 'dose' cannot be converted to this unit, found 'mg'; accepted: mg/kg"
            ),
            (
                "extraction: {fields: [{id: route, vocabulary: [intravenus]}]}",
                "extraction.fields[0].vocabulary: 'route' knows no such word, found 'intravenus'; accepted: intravenous"
            ),
            ("extraction: {fields: [{id: route, vocabulary: [intravenus]}]}", "did you mean 'intravenous'?"),
            ("extraction: {fields: [{id: funding, unit: EUR}]}", "extraction.fields[0].unit: 'funding' has no unit"),
            ("extraction: {fields: [{id: dose, vocabulary: [low]}]}", "'dose' has no vocabulary, found 'low'"),
            (
                "extraction: {fields: [{id: design, per: arm}]}",
                "extraction.fields[0].per: 'design' is not read as finely as this, found 'arm'; accepted: report"
            ),
            (
                "extraction: {fields: [{id: dose, type: text}]}",
                "extraction.fields[0].type: 'dose' is of another type, found 'text'; accepted: number"
            ),
            ("extraction: {fields: [{id: dose, units: mg}]}", "extraction.fields[0].units: unknown key, found 'units'"),
            (
                "synthesis: {outcomes: [{id: r, outcome: response}]}",
                "synthesis.outcomes[0].measure: this key is missing"
            ),
            ("synthesis: {outcomes: [{id: r, outcome: response, measure: ODDS}]}", "unknown word, found 'ODDS'"),
            (
                "synthesis: {outcomes: [{id: r, outcome: response, measure: OR, time: 24, window: [1, 2]}]}",
                "the time does not lie in its window"
            ),
            ("synthesis: {outcomes: [{id: r, outcome: response, measure: OR, window: [2]}]}", "not a window of hours"),
            (
                "synthesis: {outcomes: [{id: r, outcome: response, measure: PLO, comparison: placebo}]}",
                "PLO is of one group"
            ),
            ("screening: {assessedOn: paper}", "unknown word, found 'paper'; accepted: abstract, fullText"),
            (
                "switches:\n  - {id: s, question: q, choices: [a, b], value: c}",
                "switches[0].value: not an accepted answer, found 'c'; accepted: a, b"
            ),
            ("switches:\n  - {id: s, question: q, value: c}", "the accepted answers are missing"),
            (
                "switches:\n  - {id: s, question: q, minimum: 1, maximum: 9, value: 12}",
                "not an accepted answer, found '12'"
            ),
            ("criteria:\n  - {id: c, question: q}", "a criterion without rules decides nothing"),
            (
                "criteria:\n  - {id: c, question: q, silence: yes, met: []}",
                "criteria[0].silence: unknown word, found 'yes'"
            ),
            ("criteria:\n  - {id: c, question: q, mets: []}", "criteria[0].mets: unknown key"),
            (
                "criteria:\n  - {id: c, question: q, met: [{id: r, then: x}]}",
                "criteria[0].met[0].then: unknown key, found 'then'"
            ),
            (
                "criteria:\n  - id: c\n    question: q\n    met:\n      - id: r\n        when: >-\n          a1 OR\n          b1 c1",
                "p.yaml:"
            ),
            (
                "criteria:\n  - id: c\n    question: q\n    met:\n      - id: r\n        when: |\n          a1 OR\n          b1 c1",
                "p.yaml:11: criteria.c.r: two terms without an operator between them, found 'c1'"
            ),
            (
                "criteria:\n  - {id: c, question: q, met: [{id: r, when: x1, onlyIf: {s: t}}]}",
                "no switch of this name, found 's'"
            ),
            ("concepts: {k: 'a1 b1'}", "concepts.k: two terms without an operator"),
            ("concepts: {k k: a1}", "concepts.k k: not usable as a name"),
            ("concepts: [a1]", "concepts: names and queries are expected here"),
            ("concepts: {k: [a1]}", "concepts.k: a query is expected here"),
            ("mesh: [Pain]", "mesh: headings and those below them are expected here"),
            (
                "switches:\n  - {id: s, question: q, choices: [a, b], value: a}\ncriteria:\n"
                    + "  - {id: c, question: q, met: [{id: r, when: x1, onlyIf: {s: d}}]}",
                "'s' never has this value, found 'd'; accepted: a, b"
            ),
            (
                "criteria:\n  - {id: c, question: q, met: [{id: r, when: x1, onlyIf: [s]}]}",
                "criteria[0].met[0].onlyIf: switches and values are expected here"
            ),
            (
                "criteria:\n  - {id: c, question: q, met: [{id: r, when: x1, onlyIf: {s: {t: u}}}]}",
                "a value or a list of values is expected here"
            ),
            (
                "criteria:\n  - {id: c, question: q, met: [{id: r, when: x1, passes: [[a, b]]}]}",
                "criteria[0].met[0].passes[0]: a text is expected here, found 'a list'"
            ),
            ("criteria:\n  - {id: c, met: [{id: r, when: x1}]}", "criteria[0].question: this key is missing"),
            ("criteria:\n  - {id: c, question: q, met: [{id: r}]}", "criteria[0].met[0].when: this key is missing"),
            ("annotation: {drugs: [ketamin]}", "annotation.drugs"),
            ("fullTexts: {pmc: no}", "fullTexts: no place that full texts come from"),
        ])
    func furtherMessages(_ part: String, _ expected: String) {
        let complaint = complaint(smallest + "\n" + part)
        #expect(complaint.contains(expected), "\(complaint)")
    }

    @Test("several errors are told together, in the order of the file, one a line")
    func several() {
        let lines = complaint("reviews: 1\nreview: {id: 1, titel: b}\nsources: []\noutput: x").split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.map { $0.prefix(9) }.sorted() == lines.map { $0.prefix(9) })
    }

    @Test(
        "known-studies.csv that cannot be read is refused, with its name, and an absent one is none",
        arguments: [
            (
                String(repeating: "pmid\n", count: 120_000),
                "known-studies.csv: the file cannot be read, or is too large"
            ),
            ("pmid,first_author\n\"1,Doe\n", "known-studies.csv:2: a quotation mark that is never closed"),
            (
                "title\nKetamine\n",
                "known-studies.csv:1: no column to find a report by, found 'title'; accepted: pmid, doi"
            ),
        ])
    func knownStudies(_ text: String, _ expected: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(smallest, to: "pipeline.yaml")
        #expect(try Plan.read(folder: folder.path).knownStudies.isEmpty)
        try folder.write(text, to: "known-studies.csv")
        do {
            _ = try Plan.read(folder: folder.path)
            Issue.record("was accepted")
        } catch { #expect(error.description.contains(expected), "\(error.description)") }
    }

    @Test("a folder's name with a slash behind it, as the shell completes it, is the same folder")
    func slash() throws {
        let folder = try TemporaryFolder()
        try folder.write(smallest, to: "pipeline.yaml")
        #expect(try Plan.read(folder: folder.path + "//").path == folder.path + "/pipeline.yaml")
    }

    @Test("a file that is too large, too deep or not there is refused")
    func hostile() {
        #expect(complaint(String(repeating: "a", count: 600_000)).contains("larger than"))
        #expect(complaint(String(repeating: "[", count: 4000)).contains("nested too deeply"))
        #expect(complaint(String(repeating: "- ", count: 4000) + "x").contains("nested too deeply"))
        #expect(
            complaint("a: " + String(repeating: "[", count: 60) + String(repeating: "]", count: 60)).contains("nested"))
        do {
            _ = try Plan.read(folder: "/nonexistent/review")
            Issue.record("was read")
        } catch {
            #expect(error.description.contains("/nonexistent/review/pipeline.yaml: there is no such file"))
        }
    }

    @Test("a damaged file is refused or read, never fatal")
    func damaged() {
        let whole = Array(withSwitch("include").utf8)
        var state: UInt64 = 5
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let odd = Array("[]{}:-#&*!|>'\"%@`\n\t ?,".utf8) + [0, 0xFF, 0xC3]
        for _ in 0..<120 {
            var bytes = whole
            for _ in 0...next(4) {
                let at = next(bytes.count)
                switch next(3) {
                case 0: bytes[at] = odd[next(odd.count)]
                case 1: bytes.insert(odd[next(odd.count)], at: at)
                default: bytes.removeSubrange(at..<min(bytes.count, at + next(40)))
                }
                if bytes.isEmpty { bytes = whole }
            }
            _ = complaint(String(decoding: bytes, as: UTF8.self))
        }
    }

    private func withSwitch(_ value: String) -> String {
        smallest + """

            switches:
              - {id: es, question: q, choices: [include, exclude], value: \(value)}
            criteria:
              - id: drug
                question: q
                met:
                  - {id: s, onlyIf: {es: include}, when: esketamine}
            """
    }

    @Test("a switch is answered in the file or, over it, by the caller")
    func switches() throws {
        let text = withSwitch("include")
        #expect(try Plan.read(text: text, file: "p").switches[0].value == "include")
        let other = try Plan.read(text: text, file: "p", switches: ["es": "exclude"])
        #expect(other.screening.declaration.switches == ["es": "exclude"])
        #expect(complaint(text, switches: ["es": "maybe"]).contains("not an accepted answer, found 'maybe'"))
        #expect(complaint(text, switches: ["et": "include"]).contains("no switch of this name, found 'et'"))
        #expect(
            complaint(text.replacing("onlyIf: {es: include}", with: "onlyIf: {es: never}"))
                .contains("'es' never has this value"))
    }

    @Test("a drug whose words the review gives is one like those that are known: of interest, in doses and as a drug")
    func ownDrugs() throws {
        let text =
            smallest + """

                annotation:
                  drugs: [metformin]
                  drugNames: {metformin: [metformin, MTF], ketamine: [Ketolar]}
                  scaleNames: {HbA1c: [HbA1c]}
                criteria:
                  - id: dose
                    question: Enough of it?
                    met: [{id: enough, when: dose(metformin) >= 500 mg}]
                    notMet: [{id: none, when: scale = HbA1c AND NOT drug = metformin}]
                """
        let plan = try Plan.read(text: text, file: "p.yaml")
        #expect(plan.annotation.drugs == ["metformin"])
        #expect(plan.annotation.names.drugs.map(\.words) == [["metformin", "MTF"], ["Ketolar"]])
        let other = try Plan.read(text: text.replacing(", MTF", with: ""), file: "p.yaml")
        #expect(plan.canonical(section: .annotation) != other.canonical(section: .annotation))
        #expect(
            complaint(text.replacing("dose(metformin)", with: "dose(metfornin)"))
                .contains("not the name of a drug that is known here, found 'metfornin' at"))
    }

    @Test(
        "a new pipeline file is good as it stands, and every part that it proposes is good once its marks are taken away"
    )
    func template() throws {
        let text = PlanTemplate.text(id: "new", title: "New")
        _ = try Plan.read(text: text, file: "p.yaml")
        var uncovered: [Substring] = []
        var parts = 0
        var isInPart = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let begins = line.wholeMatch(of: /# [a-z][A-Za-z]*:/) != nil
            isInPart = begins || isInPart && line.hasPrefix("#   ")
            parts += begins ? 1 : 0
            uncovered.append(isInPart ? line.dropFirst(2) : line)
        }
        let plan = try Plan.read(text: uncovered.joined(separator: "\n"), file: "p.yaml")
        #expect(parts == 5)
        #expect(!plan.screening.declaration.criteria.isEmpty && plan.annotation.drugs == ["metformin"])
        #expect(plan.screening.people.reviewersNeeded == 2 && plan.synthesis.treatment == ["metformin"])
    }

    @Test("the form gets what the outcomes are pooled from, after its own fields; without a form there is every field")
    func filledForm() throws {
        let outcomes = """

            synthesis:
              treatment: [ketamine]
              outcomes:
                - {id: r, outcome: response, measure: OR}
                - {id: p, outcome: remission, measure: PLO}
                - {id: m, outcome: endpoint, measure: SMD}
            """
        func fields(_ form: String) throws -> [String] {
            try Plan.read(text: smallest + form + outcomes, file: "p.yaml").extraction.fields.map(\.id)
        }
        #expect(
            try fields("\nextraction: {fields: [dose, remission]}") == [
                "dose", "remission", "response", "armSize", "sampleSize", "endpoint", "endpointSD", "numberAnalysed",
            ])
        #expect(try fields("").isEmpty)
    }

    @Test("the canonical text of a section changes with its meaning, not with its layout")
    func canonical() throws {
        let plan = try Plan.read(text: withSwitch("include"), file: "p")
        let commented = try Plan.read(text: "# A comment\n\n" + withSwitch("include"), file: "p")
        let other = try Plan.read(text: withSwitch("exclude"), file: "p")
        for section in Plan.Section.allCases {
            #expect(plan.canonical(section: section) == commented.canonical(section: section))
            #expect((plan.canonical(section: section) == other.canonical(section: section)) == (section != .screening))
        }
    }

    @Test("the page on criteria lists every drug whose name is read, and no other")
    func drugsOfThePage() throws {
        let page = try String(contentsOf: Checkout.url("Pipelines/README.md"), encoding: .utf8)
        let section = try #require(page.split(separator: "### Drugs").last?.split(separator: "\n\n").dropFirst().first)
        let names = section.split(whereSeparator: { " \n`".contains($0) }).map(String.init)
        #expect(names == MeasureWords.drugs)
    }
}

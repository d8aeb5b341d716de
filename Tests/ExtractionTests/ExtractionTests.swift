import Annotation
import Bibliography
import Extraction
import Interchange
import Testing

func extract(_ text: String, title: String? = nil, form: ExtractionForm = .standard) throws -> [ExtractedValue] {
    var sections: [Document.Section] = []
    if let title { sections.append(.init(field: .title, index: nil, text: title)) }
    sections.append(.init(field: .abstract, index: 0, text: text))
    let document = Document(id: RecordID("test:1"), sections: sections)
    return try Extractor(form: form).extract(document, Annotator().annotate(document))
}

/// One line a value: `field arm outcome time value unit`.
func lines(_ values: [ExtractedValue], _ fields: String...) -> [String] {
    values.filter { fields.isEmpty || fields.contains($0.field) }.map { value in
        let shown =
            switch value.value {
            case .number(let number): TableCell.number(number).plainText
            case .text(let text): text
            }
        let parts = [
            value.field, value.arm, value.outcome, value.time.map { TableCell.number($0).plainText }, shown, value.unit,
        ]
        return parts.map { $0 ?? "-" }.joined(separator: " ")
    }
}

@Suite("Forms")
struct ExtractionFormTests {
    @Test("a form picks fields by name and keeps their order")
    func pick() throws {
        let form = try ExtractionForm(ids: ["route", "dose"])
        #expect(form.fields.map(\.id) == ["route", "dose"])
        let values = try extract("Ketamine 0.5 mg/kg was given intravenously.", form: form)
        #expect(values.map(\.field) == ["route", "dose"])
    }

    @Test("an unknown field is refused with the names that are known")
    func unknown() {
        let error = #expect(throws: ExtractionFormError.self) { try ExtractionForm(ids: ["doze"]) }
        #expect(error?.description.hasPrefix("unknown extraction field 'doze'; accepted are: design blinding") == true)
        #expect(throws: ExtractionFormError.self) {
            try Extractor(form: ExtractionForm(fields: [.init(id: "doze", label: "Doze", kind: .text)]))
        }
    }

    @Test("a field twice and an empty form are refused")
    func repeated() {
        let twice = #expect(throws: ExtractionFormError.self) { try ExtractionForm(ids: ["dose", "dose"]) }
        #expect(twice?.description == "extraction field 'dose' is listed twice; list it once")
        let empty = #expect(throws: ExtractionFormError.self) { try Extractor(form: ExtractionForm(fields: [])) }
        #expect(empty?.description == "the extraction form has no fields; list at least one")
    }

    @Test("the shipped form has every field of the contract")
    func standard() {
        let names =
            "design blinding comparator comparatorDose dose enantiomer route infusionDuration infusions schedule sampleSize "
            + "armSize resistanceDefinition failedTreatments diagnosis ageMean ageSD ageRange femaleShare scale baseline "
            + "baselineSD endpoint endpointSD change changeSD response remission relapse adverseEvent dropout country "
            + "registration funding"
        #expect(ExtractionForm.standardFields.map(\.id).joined(separator: " ").hasPrefix(names))
    }
}

@Suite("Values of a report")
struct ExtractorTests {
    private static let trial =
        "METHODS: In this randomised, double-blind trial, 68 adults (18-65 years) who had failed at least two "
        + "antidepressant trials were randomised to ketamine (0.5 mg/kg over 40 min, n = 34) or midazolam (0.045 mg/kg, "
        + "n = 34), given as six intravenous infusions thrice weekly. The MADRS was rated at 24 h. "
        + "RESULTS: At 24 hours response rates were 64.7% for ketamine and 29.4% for midazolam. "
        + "TRIAL REGISTRATION: NCT01234567."

    @Test("a trial's treatment, arms and outcomes")
    func trial() throws {
        let values = try extract(Self.trial, title: "Ketamine for treatment-resistant depression")
        #expect(
            lines(values, "dose", "comparatorDose") == [
                "comparatorDose midazolam - - 0.045 mg/kg", "dose ketamine - - 0.5 mg/kg",
            ])
        #expect(
            lines(values, "design", "blinding", "comparator") == [
                "design - - - randomised -", "blinding - - - doubleBlind -", "comparator - - - midazolam -",
            ])
        #expect(
            lines(values, "infusionDuration", "infusions", "schedule", "route") == [
                "route ketamine - - intravenous -", "infusionDuration ketamine - - 40 min",
                "infusions - - - 6 infusions",
                "schedule - - - thrice weekly -",
            ])
        #expect(
            lines(values, "sampleSize", "armSize") == [
                "sampleSize - - - 68 participants", "armSize ketamine - - 34 participants",
                "armSize midazolam - - 34 participants",
            ])
        #expect(
            lines(values, "failedTreatments", "ageRange", "registration") == [
                "failedTreatments - - - 2 treatments", "ageRange - - - 18 years", "ageRange - - - 65 years",
                "registration - - - NCT01234567 -",
            ])
        #expect(lines(values, "response") == ["response ketamine - 24 64.7 %", "response midazolam - 24 29.4 %"])
        #expect(
            OutcomeTable.rows(from: values) == [
                .init(field: "response", arm: "ketamine", time: 24, outcome: nil, events: 22, n: 34),
                .init(field: "response", arm: "midazolam", time: 24, outcome: nil, events: 10, n: 34),
            ])
    }

    @Test("every quote is its slice, and the text is the quote")
    func evidence() throws {
        for value in try extract(Self.trial) {
            let bytes = Array(Self.trial.utf8)[value.evidence.start..<value.evidence.end]
            #expect(String(decoding: bytes, as: UTF8.self) == value.evidence.quote)
            #expect(value.text == value.evidence.quote)
            #expect(value.evidence.rule == "extract." + value.field)
        }
    }

    @Test("doses are normalised, ranges give their ends, lists one value each")
    func doses() throws {
        #expect(lines(try extract("Ketamine 500 µg/kg was infused."), "dose") == ["dose ketamine - - 0.5 mg/kg"])
        #expect(
            lines(try extract("Ketamine 0.5-1.0 mg/kg was infused."), "dose") == [
                "dose ketamine - - 0.5 mg/kg", "dose ketamine - - 1 mg/kg",
            ])
        #expect(lines(try extract("Ketamine at 0.1, 0.2 or 0.3 mg/kg was infused."), "dose").count == 3)
        #expect(lines(try extract("Ketamine was infused; its level was 150 ng/mL."), "dose") == [])
    }

    @Test("an arm's size is read, never derived from a ratio")
    func ratio() throws {
        let values = try extract("METHODS: 99 patients were randomised 2:1 to ketamine or placebo.")
        #expect(lines(values, "sampleSize", "armSize") == ["sampleSize - - - 99 participants"])
    }

    @Test("groups side by side are not the whole sample")
    func groups() throws {
        let values = try extract("METHODS: We compared 17 patients with a history of ECT and 23 patients without.")
        #expect(lines(values, "sampleSize") == [])
    }

    @Test("counts come as events with their number; a percentage that contradicts them stands alone")
    func counts() throws {
        let values = try extract("RESULTS: At 24 h, 18 of 25 patients (72%) responded to ketamine.")
        #expect(
            lines(values, "response", "armSize") == [
                "armSize ketamine response 24 25 participants", "response ketamine - 24 18 events",
                "response ketamine - 24 72 %",
            ])
        #expect(
            OutcomeTable.rows(from: values) == [
                .init(field: "response", arm: "ketamine", time: 24, outcome: nil, events: 18, n: 25)
            ])
        let wrong = try extract("RESULTS: 18 of 25 patients (52%) responded to ketamine.")
        #expect(lines(wrong, "response") == ["response ketamine - - 52 %"])
    }

    @Test("responding at some point is no rate at 24 hours")
    func somePoint() throws {
        let values = try extract("RESULTS: 60% responded to ketamine at some point before 24 h after infusion.")
        #expect(values.filter { $0.field == "response" }.allSatisfy { $0.time == nil })
    }

    @Test("two shares whose arms are not told apart are said of no arm where they stand side by side, and not counted")
    func ambiguous() throws {
        let values = try extract("RESULTS: Remission was more frequent in older people (13/20, 65% vs 11/20, 55%).")
        #expect(values.filter { $0.field == "remission" }.map(\.arm) == [nil, nil, nil, nil])
        #expect(OutcomeTable.rows(from: values) == [])
        let apart = try extract("RESULTS: 65% of the older people came into remission while only 55% of the young did.")
        #expect(lines(apart, "remission") == [])
    }

    @Test("response and remission, respectively")
    func respectively() throws {
        let values = try extract("RESULTS: Response and remission rates at day 7 were 60% and 40%, respectively.")
        #expect(lines(values, "response", "remission") == ["response - - 168 60 %", "remission - - 168 40 %"])
    }

    @Test("a percentage becomes events only where one whole number rounds to it")
    func rounding() throws {
        func rows(_ share: String, _ size: Int) throws -> [Int] {
            let values = try extract(
                "METHODS: Patients were randomised to ketamine (n = \(size)) or saline (n = \(size)). "
                    + "RESULTS: At 24 h the response rate was \(share)% for ketamine and 10% for saline.")
            return OutcomeTable.rows(from: values).filter { $0.arm == "ketamine" }.map(\.events)
        }
        #expect(try rows("64", 25) == [16])
        // No whole number of 25 people is 65 %; several of 400 are 64 %.
        #expect(try rows("65", 25) == [])
        #expect(try rows("64", 400) == [])
    }

    @Test("scores with their deviation, per arm")
    func scores() throws {
        let values = try extract(
            "RESULTS: The mean change in MADRS score at day 15 was -18.4 (SD 12.0) for ketamine and -5.7 (SD 10.2) for placebo. "
                + "The MADRS fell from 30.6 ± 6.1 to 20.3 ± 11.5.")
        #expect(
            lines(values, "baseline", "endpoint", "change") == [
                "baseline - MADRS 0 30.6 points", "endpoint - MADRS - 20.3 points",
                "change ketamine MADRS 360 -18.4 points",
                "change placebo MADRS 360 -5.7 points",
            ])
        // The deviation is of the same arm, scale and time as its mean.
        #expect(
            lines(values, "changeSD") == [
                "changeSD ketamine MADRS 360 12 points", "changeSD placebo MADRS 360 10.2 points",
            ])
    }

    @Test("what others did in the past is not this study's")
    func background() throws {
        let values = try extract(
            "BACKGROUND: In previous trials ketamine 0.3 mg/kg was used. METHODS: Ten patients had ketamine 0.5 mg/kg.")
        #expect(lines(values, "dose") == ["dose ketamine - - 0.5 mg/kg"])
    }

    @Test("the line of a value has the contract's keys in their order")
    func json() throws {
        let values = try extract("Ketamine 0.5 mg/kg was infused.", form: ExtractionForm(ids: ["dose"]))
        var json = JSONWriter()
        try #require(values.first).write(to: &json, id: RecordID("pubmed:1"))
        #expect(
            json.text
                == #"{"id":"pubmed:1","field":"dose","arm":"ketamine","outcome":null,"time":null,"value":0.5,"unit":"mg/kg","#
                + #""text":"0.5 mg/kg","evidence":{"field":"abstract","section":0,"start":9,"end":18,"quote":"0.5 mg/kg","#
                + #""rule":"extract.dose"},"dose":null}"#)
    }

    @Test("remission of something else than the depression is not its remission")
    func otherRemission() throws {
        let values = try extract("RESULTS: After ketamine 88% achieved remission of suicidal ideation.")
        #expect(lines(values, "remission") == [])
    }

    @Test("the whole stands before, within or behind the share")
    func wholes() throws {
        func rows(_ text: String) throws -> [String] {
            OutcomeTable.rows(from: try extract("RESULTS: " + text)).map { "\($0.field) \($0.events)/\($0.n)" }
        }
        #expect(
            try rows("Of the 12 enrollees, 5 (41.7%) remitted and 7 (58.3%) responded.") == [
                "response 7/12", "remission 5/12",
            ])
        #expect(try rows("Eight of ten patients responded.") == ["response 8/10"])
        #expect(try rows("152 (80.4%) of 189 patients responded.") == ["response 152/189"])
        #expect(try rows("The response rate was 72% (18/25).") == ["response 18/25"])
    }

    @Test("another drug's dose and a cap are no dose of the study's drug")
    func noDose() throws {
        let values = try extract(
            "Ketamine 0.5 mg/kg (maximum 50 mg) was added to escitalopram 10 mg.", title: "Ketamine")
        #expect(lines(values, "dose", "comparatorDose") == ["dose ketamine - - 0.5 mg/kg"])
    }

    @Test("who paid is what follows the heading or the verb, and no more")
    func funding() throws {
        let values = try extract(
            "CONCLUSIONS: It worked. FUNDING: Example Trust (Grant No. 12). Ketamine is an old drug that many know.")
        #expect(lines(values, "funding") == ["funding - - - Example Trust (Grant No. 12) -"])
    }

    @Test("a registry's country is not the study's")
    func country() throws {
        #expect(lines(try extract("METHODS: Ten patients in Taiwan came."), "country") == ["country - - - Taiwan -"])
        #expect(lines(try extract("METHODS: Registered in the Japan Registry of Trials."), "country") == [])
    }

    @Test("planned drop-out is none")
    func planned() throws {
        #expect(lines(try extract("METHODS: With 20% dropout 240 patients will be enrolled."), "dropout") == [])
    }
}

import Annotation
import Bibliography
import Testing

@Suite("Who was studied (domain reference 3.4 to 3.6)")
struct PopulationTests {
    @Test(
        "limits of age",
        arguments: [
            ("adults aged 18-65 years", 18.0, 65.0), ("18 to 70 years old", 18, 70), ("ages 21–80", 21, 80),
            ("between 18 and 65 years of age", 18, 65), ("12-18 years of age", 12, 18),
        ])
    func range(_ text: String, _ low: Double, _ high: Double) {
        #expect(ages("We enrolled \(text) with depression.") == [Age(minimum: low, maximum: high)])
    }

    @Test(
        "only a lower limit",
        arguments: [
            "aged ≥ 60 years", "60 years and older", "aged 60 or older", "at least 60 years old", "age >= 60 years",
        ])
    func minimum(_ text: String) {
        #expect(ages("Patients \(text) took part.") == [Age(minimum: 60)])
    }

    @Test(
        "means with deviations",
        arguments: ["mean age 46.9 (SD 12.8)", "mean [SD] age, 46.9 [12.8] years", "mean age was 46.9 ± 12.8 years"])
    func mean(_ text: String) {
        #expect(ages("The sample (\(text)) was mixed.") == [Age(mean: 46.9, sd: 12.8)])
    }

    @Test("follow-up, onset and episodes are no ages")
    func noAge() {
        #expect(ages("They were followed for 2-5 years.") == [])
        #expect(ages("The mean age of onset was 17.7 ± 4.4 years.") == [])
        #expect(ages("In 20-30% of patients it failed.") == [])
    }

    @Test("check tags are ages by their whole heading only")
    func mesh() {
        let document = Document(
            id: .init("test:1"),
            sections: [
                .init(field: .mesh, index: 0, text: "Adolescent"), .init(field: .mesh, index: 1, text: "Adult"),
                .init(field: .mesh, index: 2, text: "Adult Children"), .init(field: .mesh, index: 3, text: "Aged"),
            ])
        let groups = Annotator().annotate(document).items.compactMap { item -> Age.Group? in
            if case .age(let age) = item.value { age.group } else { nil }
        }
        #expect(groups == [.adolescent, .adult, .older])
    }

    func failed(_ text: String) -> [FailedTreatments] {
        found(text) { if case .failedTreatments(let count) = $0 { count } else { nil } }
    }

    @Test("the word that makes a response a failure does not deny the failure")
    func deniedResponse() {
        let text = "Patients had not responded to two antidepressants."
        let items = Annotator().annotate(abstract(text)).items.filter {
            if case .failedTreatments = $0.value { true } else { false }
        }
        #expect(items.map(\.context) == [[]])
        #expect(quotes(text).contains("not responded to two antidepressants"))
    }

    @Test(
        "counts of failed treatments",
        arguments: [
            ("had failed at least two adequate antidepressant trials", 2),
            ("did not respond to ≥ 2 antidepressants", 2),
            ("inadequate response to three or more antidepressants", 3),
            ("were resistant to at least 2 antidepressants", 2),
            ("had not responded to two adequate antidepressants", 2), ("who did not respond to one antidepressant", 1),
            ("with no response to at least three antidepressants", 3),
            ("nonresponse to more than one antidepressant", 2), ("with two failed antidepressant trials", 2),
            ("failure to reach a good response (e.g., less than 50% better) to at least two treatment courses", 2),
        ])
    func failures(_ text: String, _ minimum: Int) {
        #expect(failed("Patients \(text) took part.") == [FailedTreatments(minimum: minimum)])
    }

    @Test("trials that are studies, and adjectives, are not counted")
    func noFailures() {
        #expect(failed("In treatment-resistant depression two randomised trials are known.") == [])
        #expect(failed("We enrolled adults (18-60) with treatment-resistant depression.") == [])
        #expect(failed("Two studies failed to show a benefit.") == [])
    }

    func diagnoses(_ text: String) -> [Diagnosis] {
        found(text) { if case .diagnosis(let diagnosis) = $0 { diagnosis } else { nil } }
    }

    @Test("resistance is said of the condition that it stands with")
    func resistance() {
        #expect(
            diagnoses("Adults with treatment-resistant depression took part.")
                == [Diagnosis(name: "treatmentResistantDepression", isTreatmentResistant: true)])
        #expect(
            diagnoses("Refractory unipolar and bipolar depression was treated.").map(\.isTreatmentResistant) == [
                true, true,
            ])
        #expect(diagnoses("Major depression (treatment resistant) was treated.").map(\.isTreatmentResistant) == [true])
        #expect(
            diagnoses("Depression and refractory epilepsy are linked.").map(\.isTreatmentResistant) == [false, true])
        #expect(diagnoses("Respiratory depression was rare.") == [])
        #expect(diagnoses("The Montgomery-Åsberg Depression Rating Scale was used.") == [])
    }

    func sizes(_ text: String) -> [SampleSize] {
        found(text) { if case .sampleSize(let size) = $0 { size } else { nil } }
    }

    @Test("sizes and what was done with the people")
    func samples() {
        #expect(sizes("Of 68 randomized patients, some left.") == [SampleSize(count: 68, role: .randomised)])
        #expect(sizes("Twenty-six subjects were enrolled.") == [SampleSize(count: 26, role: .enrolled)])
        #expect(
            sizes("They were randomised to ketamine (n = 31) or midazolam (n=33).")
                == [
                    SampleSize(count: 31, role: .randomised, arm: "ketamine"),
                    SampleSize(count: 33, role: .randomised, arm: "midazolam"),
                ])
        #expect(sizes("In phase 2 patients improved within 24 hours.") == [])
    }
}

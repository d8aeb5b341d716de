import Annotation
import Testing

@Suite("Designs, headings, scales, times and registrations (domain reference 3.7 and 3.10)")
struct StudyTests {
    func designs(_ text: String, title: String? = nil) -> [String] {
        found(text, title: title) { if case .design(let design) = $0 { design.name } else { nil } }
    }

    @Test("designs by their words")
    func words() {
        #expect(
            designs("This was a randomised, double-blind, placebo-controlled crossover trial.")
                == ["randomised", "doubleBlind", "placeboControlled", "crossover"])
        #expect(designs("A retrospective chart review was done.").contains("retrospective"))
        #expect(designs("Rats were given ketamine before the forced swim test.") == ["animalStudy", "animalStudy"])
    }

    @Test("patients assigned, allotted or divided at random are randomised; Mendelian randomisation allots nobody")
    func atRandom() {
        #expect(designs("Forty adults were assigned at random to ketamine or saline.") == ["randomised"])
        #expect(designs("Patients were divided at random in two groups.") == ["randomised"])
        #expect(designs("Records were selected at random.") == [])
        #expect(designs("Genes stood in for ketamine in this Mendelian randomisation.") == [])
    }

    @Test("non-randomised is a denial")
    func negated() {
        let items = Annotator().annotate(abstract("This was a non-randomised study.")).items
        let contexts = items.compactMap { if case .design = $0.value { $0.context.contains(.negated) } else { nil } }
        #expect(contexts == [true])
    }

    @Test("headings inside flattened text part it")
    func headings() {
        let found = found("BACKGROUND: Known. METHODS: Ten patients came. Results All were better. CONCLUSIONS: Good.")
        {
            if case .heading(let name) = $0 { name } else { nil }
        }
        #expect(found == ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"])
    }

    @Test("what is told of the field or of earlier studies says so")
    func contexts() {
        let items = Annotator().annotate(
            abstract(
                "BACKGROUND: Ketamine 0.5 mg/kg works. METHODS: Ten had ketamine 0.8 mg/kg. "
                    + "RESULTS: Good, as in previous studies with ketamine 0.3 mg/kg. "
                    + "CONCLUSIONS: Further studies should try ketamine 1 mg/kg.")
        ).items
        let contexts = items.compactMap { if case .dose = $0.value { $0.context } else { nil } }
        #expect(contexts == [.background, [], .priorStudy, .hypothetical])
    }

    @Test("what the authors did before is an earlier study; what patients had before is not")
    func ownEarlierStudy() {
        let items = Annotator().annotate(
            abstract(
                "BACKGROUND: We previously completed a small double-blind trial of intramuscular ketamine. "
                    + "METHODS: Patients who had previously taken oral ketamine received it intravenously.")
        ).items
        let routes = items.compactMap { if case .route(let route) = $0.value { (route, $0.context) } else { nil } }
        let earlier = routes.filter { $0.1.contains(.priorStudy) }.map(\.0)
        #expect(earlier == [.intramuscular])
    }

    @Test("scales by name and version")
    func scales() {
        let names = found(
            "The MADRS, the 17-item Hamilton Depression Rating Scale, HAM-D (21 items), the BDI-II and the QIDS-SR were used."
        ) { if case .scale(let scale) = $0 { scale.name } else { nil } }
        #expect(names == ["MADRS", "HDRS-17", "HDRS-21", "BDI-II", "QIDS-SR16"])
    }

    func hours(_ text: String) -> [Double] { found(text) { if case .time(let time) = $0 { time.hours } else { nil } } }

    @Test("times in hours; 230 and 240 minutes are both four hours")
    func times() {
        #expect(
            hours("They were rated at baseline, 40, 80 and 230 min after it.")
                == [40.0 / 60, 80.0 / 60, 4].map {
                    ($0 * 1e6).rounded() / 1e6
                })
        #expect(hours("Scores fell at 240 minutes.") == [4])
        #expect(hours("Response at 24 h and on days 3 and 7 was rated.") == [24, 72, 168])
        #expect(hours("They were treated for 4 weeks, twice per week.") == [])
    }

    @Test("durations of infusions")
    func durations() {
        func minutes(_ text: String) -> [InfusionDuration] {
            found(text) { if case .duration(let duration) = $0 { duration } else { nil } }
        }
        #expect(minutes("Ketamine 0.5 mg/kg over 40 minutes was given.") == [InfusionDuration(low: 40, high: 40)])
        #expect(minutes("A 96-h infusion of ketamine was run.") == [InfusionDuration(low: 5760, high: 5760)])
        #expect(minutes("Ketamine was infused over 40-60 min.") == [InfusionDuration(low: 40, high: 60)])
        #expect(minutes("Ratings fell 40 min after the ketamine infusion.") == [])
        #expect(minutes("Mood improved over 24 hours.") == [])
    }

    @Test("registration numbers of the registries")
    func registrations() {
        let numbers = found(
            "NCT01234567; ISRCTN12345678; EudraCT 2014-001234-56; UMIN000012345; ChiCTR2000012345; jRCTs012345678; NCT123"
        ) { if case .registration(_, let number) = $0 { number } else { nil } }
        #expect(
            numbers == [
                "NCT01234567", "ISRCTN12345678", "2014-001234-56", "UMIN000012345", "ChiCTR2000012345",
                "jRCTs012345678",
            ])
    }

    @Test("percentages with the counts beside them; levels of confidence are none")
    func percentages() {
        let shares = found("12 of 25 patients (48%) and 30% (6/20) did; the 95% CI was wide; eight (29%) left.") {
            if case .percentage(let percentage) = $0 { percentage } else { nil }
        }
        #expect(
            shares == [
                Percentage(value: 48, numerator: 12, denominator: 25),
                Percentage(value: 30, numerator: 6, denominator: 20),
                Percentage(value: 29, numerator: 8),
            ])
    }
}

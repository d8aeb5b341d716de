import Annotation
import Extraction
import Testing

@Suite("Fields, read from sentences as abstracts print them")
struct FieldReadingTests {
    // MARK: effects

    @Test(
        "an effect comes with its measure, its interval and its p",
        arguments: [
            (
                "Response was more likely with ketamine (OR = 2.31, 95% CI 1.10-4.85, p = .03).",
                [
                    "effect - response - 2.31 OR", "effectLower - response - 1.1 OR",
                    "effectUpper - response - 4.85 OR", "pValue - response - 0.03 -",
                ]
            ),
            (
                "The odds ratio of remission was 1.09 (95% CI = 1.03 to 1.17; P = 0.004).",
                [
                    "effect - remission - 1.09 OR", "effectLower - remission - 1.03 OR",
                    "effectUpper - remission - 1.17 OR", "pValue - remission - 0.004 -",
                ]
            ),
            (
                "The effect size on the MADRS was large (d = 1.46 [95% confidence interval, 0.91-2.01]) after 24 hours.",
                ["effect - MADRS 24 1.46 SMD", "effectLower - MADRS 24 0.91 SMD", "effectUpper - MADRS 24 2.01 SMD"]
            ),
            (
                "The mean difference in MADRS scores was -3.1 (95% CI, -5.6 to -0.7; p < .05).",
                [
                    "effect - MADRS - -3.1 MD", "effectLower - MADRS - -5.6 MD", "effectUpper - MADRS - -0.7 MD",
                    "pValue - MADRS - 0.05 -",
                ]
            ),
            (
                "Relapse was delayed (hazard ratio [HR], 0.49; 95% CI, 0.29-0.84).",
                ["effect - relapse - 0.49 HR", "effectLower - relapse - 0.29 HR", "effectUpper - relapse - 0.84 HR"]
            ),
            ("Scores fell (Cohen's d of 0.68).", ["effect - - - 0.68 SMD"]),
        ])
    func effects(_ sentence: String, _ expected: [String]) throws {
        let values = try extract("METHODS: Patients received ketamine. RESULTS: " + sentence)
        #expect(lines(values, "effect", "effectLower", "effectUpper", "pValue") == expected)
    }

    @Test(
        "numbers without a measure, of plans, of others and outside an interval are no effects",
        arguments: [
            "RESULTS: Scores were related to GABA (r = 0.41, p = .01; beta = 1.35, 95% CI 0.41-2.30).",
            "METHODS: A sample of 40 gave 80% power to detect an effect size of d = 0.8.",
            "BACKGROUND: Earlier trials found OR = 2.3 (95% CI 1.1-4.9).",
            "RESULTS: HR rose by 12 beats; either ketamine or 3 other drugs were given; day 7 OR day 9.",
        ])
    func noEffects(_ text: String) throws {
        #expect(lines(try extract(text), "effect", "effectLower", "effectUpper", "pValue") == [])
    }

    @Test("an interval that does not hold its estimate is not taken for its interval")
    func foreignInterval() throws {
        let values = try extract("RESULTS: Response was likelier (OR = 2.3, 95% CI 4.1-5.0).")
        #expect(lines(values, "effect", "effectLower") == ["effect - response - 2.3 OR"])
    }

    @Test("every number of an effect quotes its own words, and the measure stays with the number")
    func effectLine() throws {
        let values = try extract("RESULTS: Response was likelier with ketamine (OR = 2.31, 95% CI 1.10-4.85, p = .03).")
        #expect(
            values.filter { $0.field.hasPrefix("effect") }.map(\.text) == [
                "OR = 2.31", "95% CI 1.10-4.85", "95% CI 1.10-4.85",
            ])
        #expect(values.first { $0.field == "effect" }?.printed.unit == "OR")
    }

    // MARK: courses

    @Test(
        "the infusions of a course are counted however they are called",
        arguments: [
            ("undergoing 7 i.v. ketamine infusions", 7), ("received 6 IV ketamine treatments or 9 ECT sessions", 6),
            ("a course of six ketamine 0.5 mg/kg infusions", 6),
            ("received four sub-anesthetic doses of IV ketamine", 4),
            ("a short 4-treatment, 2-week course of intravenous ketamine", 4), ("a six-infusion ketamine protocol", 6),
            ("given a single open-label infusion of ketamine", 1), ("received eight IV infusions of ketamine", 8),
        ])
    func courses(_ words: String, _ count: Double) throws {
        let values = try extract("METHODS: Patients were studied \(words).")
        #expect(values.filter { $0.field == "infusions" }.map(\.number) == [count])
    }

    @Test(
        "sessions of a psychotherapy, levels of a dose and courses of another treatment are none",
        arguments: [
            "METHODS: Ketamine was joined with a 12-session course of CBT.",
            "METHODS: Three fixed doses of esketamine (28, 56 and 84 mg) were compared with placebo.",
            "METHODS: After ketamine, patients had nine ECT sessions.",
        ])
    func noCourses(_ text: String) throws {
        #expect(lines(try extract(text), "infusions") == [])
    }

    @Test(
        "an infusion's duration is read behind its dose, before its injection and over its course, in minutes",
        arguments: [
            ("Patients had IV ketamine infusions (0.5 mg/kg; 30 minutes).", 30),
            ("Patients had a single rapid 1-minute intravenous injection of ketamine.", 1),
            ("Ketamine was given at a constant rate (60 ml/h) over the course of 40 minutes.", 40),
            ("A 96-h infusion of ketamine was given.", 5760),
        ])
    func durations(_ sentence: String, _ minutes: Double) throws {
        let values = try extract("METHODS: " + sentence)
        #expect(values.filter { $0.field == "infusionDuration" }.map(\.number) == [minutes])
    }

    // MARK: designs and comparators

    @Test("open-label treatment of all is a single arm; a comparison, chance or a look back is not")
    func singleArm() throws {
        func designs(_ text: String) throws -> [String] { lines(try extract(text), "design") }
        #expect(
            try designs("METHODS: In this open-label trial, 20 patients got ketamine.") == ["design - - - singleArm -"])
        #expect(try designs("METHODS: In this open-label trial, ketamine was compared with ECT.") == [])
        #expect(
            try designs("METHODS: In this open-label study patients were randomly assigned to ketamine.")
                == ["design - - - randomised -"])
        #expect(
            try designs("METHODS: This retrospective open-label study looked at ketamine.")
                == ["design - - - retrospective -"])
        #expect(try designs("METHODS: Open-label studies of ketamine are few.") == [])
    }

    @Test("what authors own up to in their limits is their design; what they miss or call for is not")
    func limits() throws {
        let owned = try extract(
            "CONCLUSIONS: The findings are limited by the observational, open-label design of this retrospective analysis."
        )
        #expect(
            lines(owned, "design", "blinding") == [
                "design - - - observational -", "design - - - retrospective -", "blinding - - - openLabel -",
            ])
        let missed = try extract(
            "CONCLUSIONS: Limitations are the lack of an open-label phase. Retrospective studies are needed.")
        #expect(lines(missed, "design", "blinding") == [])
    }

    @Test(
        "words that only look like a design are none",
        arguments: [
            "METHODS: The pump was filled by two unblinded staff members.",
            "METHODS: We surveyed randomly selected visitors.",
            "BACKGROUND: Ketamine works in animal models. METHODS: Ninety adults with depression got ketamine.",
            "METHODS: Ketamine was given to 20 patients. Clinical Trial Code: NCT01234567.",
        ])
    func noDesign(_ text: String) throws {
        #expect(lines(try extract(text), "design", "blinding") == [])
    }

    @Test(
        "a treatment on the other side of a comparison is the comparator",
        arguments: [
            "We compared the cognitive effects of intravenous ketamine and ECT in 365 patients.",
            "Patients were treated with either ECT or IV ketamine.",
            "Ketamine versus electroconvulsive therapy was studied in 40 patients.",
        ])
    func ect(_ sentence: String) throws {
        #expect(lines(try extract("METHODS: " + sentence), "comparator") == ["comparator - - - ect -"])
    }

    @Test("`compared with B, A had 80% vs. 70%` gives A the first share")
    func compared() throws {
        let values = try extract(
            "RESULTS: Compared with propofol, esketamine had a higher response rate (80% vs. 70%; p = .06).")
        #expect(lines(values, "response") == ["response esketamine - - 80 %", "response propofol - - 70 %"])
    }

    // MARK: people

    @Test("counts of people without a whole are events where the event clings to them")
    func bareCounts() throws {
        let some = try extract("RESULTS: The response criterion was met by nine patients after ketamine.")
        #expect(lines(some, "response").map { $0.hasSuffix("9 events") } == [true])
        #expect(lines(try extract("RESULTS: Three patients achieved remission."), "remission").count == 1)
        let earlier = try extract("METHODS: Twenty patients who had been responders to ketamine were studied.")
        #expect(lines(earlier, "response") == [])
    }

    @Test("numbers randomised, treated and analysed are kept apart, per arm where the words say so")
    func numbers() throws {
        let values = try extract(
            "METHODS: Patients were randomly assigned to ketamine (n = 31) or midazolam (n = 33). "
                + "RESULTS: Sixty patients were analysed.")
        #expect(
            lines(values, "numberRandomised", "numberAnalysed") == [
                "numberRandomised ketamine - - 31 participants", "numberRandomised midazolam - - 33 participants",
                "numberAnalysed - - - 60 participants",
            ])
    }

    @Test("the size of each of several groups is not the sample's")
    func perGroup() throws {
        #expect(
            lines(try extract("METHODS: Each cohort will consist of 8 participants given ketamine."), "sampleSize")
                == [])
    }

    // MARK: the rest of the form

    @Test("time to relapse comes in days, whatever it is printed in")
    func relapseTime() throws {
        func days(_ sentence: String) throws -> [Double?] {
            try extract("RESULTS: " + sentence).filter { $0.field == "relapseTime" }.map(\.number)
        }
        #expect(try days("Responders had a median time to relapse of 20 days.") == [20])
        #expect(try days("The mean time to relapse was 12 weeks after ketamine.") == [84])
        #expect(try days("Eight of nine patients relapsed, on average, 19 days after the sixth infusion.") == [19])
        #expect(try days("All responders relapsed within one month.") == [])
        let weeks = try #require(
            try extract("RESULTS: The mean time to relapse was 12 weeks.").first { $0.field == "relapseTime" })
        #expect(weeks.printed.unit == "weeks")
        #expect(weeks.printed.value == .number(12))
    }

    @Test("setting, conflicts, salt and the version of a scale")
    func rest() throws {
        let values = try extract(
            "METHODS: At a community-based clinic, ketamine hydrochloride (0.5 mg/kg) was given on an outpatient basis. "
                + "Depression was rated by the 17-item Hamilton Depression Rating Scale. "
                + "CONFLICTS OF INTEREST: Dr Doe advises Example Inc.")
        #expect(
            lines(values, "setting", "doseBasis", "scaleVersion", "conflicts") == [
                "doseBasis ketamine - - hydrochloride -", "scaleVersion - HDRS - 17 -", "setting - - - community -",
                "setting - - - outpatient -", "conflicts - - - Dr Doe advises Example Inc -",
            ])
    }

    @Test(
        "scales have one name, with their version where one is printed",
        arguments: [
            ("HAM-D17", "HDRS-17"), ("HDRS-17", "HDRS-17"), ("17-item Hamilton Rating Scale for Depression", "HDRS-17"),
            ("Montgomery–Åsberg Depression Rating Scale", "MADRS"),
            ("Quick Inventory for Depressive Symptomatology-Self-Report 16", "QIDS-SR16"), ("BDI-II", "BDI-II"),
            ("Generalized Anxiety Disorder-7 Scale", "GAD-7"), ("PTSD Checklist for DSM-5", "PCL-5"),
        ])
    func scales(_ printed: String, _ name: String) throws {
        let values = try extract("METHODS: Patients given ketamine were rated by the \(printed).")
        #expect(lines(values, "scale") == ["scale - - - \(name) -"])
    }

    @Test("relative risks are no ruminative responses")
    func risks() throws {
        #expect(lines(try extract("RESULTS: Relative risks (RRs) for ketamine were pooled."), "scale") == [])
    }

    // MARK: hostile texts

    @Test("every quote is its slice and every text its quote, whatever stands in the text")
    func hostile() throws {
        let pieces = [
            "ketamine ", "0.5 mg/kg", "0·5\u{202F}mg/kg", "µg", "😀", "e\u{301}", "\u{0}", "\u{FEFF}", "(n = 12)",
            "95% CI ",
            "OR = 2.3", "−1.2–5.1", "p < .05", "response rate ", "% ", "of ", "RESULTS: ", "9 patients ", "days ",
            "\u{2028}",
            "HAM-D17 ", "conflict of interest: ", "relapse ", "median ", "👩‍👩‍👧‍👦", "ﬁ", "infusions ", "six ", ".", ";", "\n",
            "Ǻ", "mg kg⁻¹ ", "over 40 min ", "versus ", "placebo ", "Cohen's d ", "\u{200D}", "[", "]",
        ]
        var state: UInt64 = 0x9E37_79B9
        var found = 0
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            for value in try extract(text, title: text) {
                let bytes = Array(text.utf8)
                let evidence = value.evidence
                try #require(evidence.start >= 0 && evidence.start < evidence.end && evidence.end <= bytes.count)
                #expect(Array(evidence.quote.utf8) == Array(bytes[evidence.start..<evidence.end]))
                #expect(value.text == evidence.quote)
                found += 1
            }
        }
        #expect(found > 1000)
    }
}

import Extraction
import Testing

/// Sizes, designs and courses in wordings that a second set of real abstracts showed to be missed or misread. Every
/// sentence here is invented.
@Suite("Samples and designs in unseen wordings")
struct SampleAndDesignWordingTests {
    private func facts(_ text: String, _ fields: String...) throws -> [String] {
        let values = try KetamineTrial.values(text, title: "Ketamine in depression")
        return values.filter { fields.contains($0.field) }.map { value in
            switch value.value {
            case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
            case .text(let text): text
            }
        }
    }

    @Test(
        "the size of the sample, and not of a group, a sex, a class of patients or a number of infusions",
        arguments: [
            ("Results: A sample of 820 completed ketamine treatment. Three patient subgroups emerged.", ["820"]),
            ("Fifty CRPS-1 patients (41 females) received ketamine.", ["50"]),
            ("Results: A total of 21 subjects were enrolled, and 16 were randomized to ketamine or propofol.", ["16"]),
            ("Results: 61 participants were in the 0.5-mg/kg group and 60 in the 1-mg/kg group.", []),
            ("Twenty patients were treated with ketamine and 17 with propofol.", []),
            (
                "A total of 41 patients were assigned to ketamine 0.5 mg/kg, 40 to ketamine 1 mg/kg and 39 to saline.",
                []
            ),
            ("Thirty patients received ketamine and 12 with pain left.", ["30"]),
            (
                "Results: In all, 310 individuals were screened for eligibility, and 150 responders were randomized to ketamine.",
                ["150"]
            ),
            ("Results: Of 402 patients screened, 210 underwent randomization to ketamine or saline.", ["210"]),
            (
                "Results: 610 patients were screened for eligibility, of whom 77 were randomly assigned to ketamine or saline.",
                ["77"]
            ),
            ("Thirty adults received ketamine. Drowsiness was common (40% of infusions; n = 61).", ["30"]),
        ] as [(String, [String])])
    func sizes(_ text: String, _ expected: [String]) throws { #expect(try facts(text, "sampleSize") == expected) }

    @Test(
        "a part of a trial and another trial lend this one neither design nor blinding",
        arguments: [
            (
                "After a 1-week single-blind placebo lead-in, patients were randomized to 4 weeks of double-blind ketamine.",
                ["randomised", "doubleBlind"]
            ),
            (
                "Patients were followed in a naturalistic follow-up after open-label ketamine.",
                ["openLabel", "singleArm"]
            ),
            (
                "An open-label study of ketamine was done in six patients. We pooled it with our previous randomized double-blind "
                    + "study of ketamine.", ["openLabel", "singleArm"]
            ),
            ("We gave ketamine to 20 adults. An exploratory analysis revealed that sleep improved.", []),
            ("This exploratory analysis of a ketamine trial looked at sleep.", ["secondaryAnalysis"]),
            ("We present a series of 5 subjects treated with ketamine.", ["caseSeries"]),
        ] as [(String, [String])])
    func designs(_ text: String, _ expected: [String]) throws {
        #expect(try Set(facts(text, "design", "blinding")) == Set(expected))
    }

    @Test(
        "what befell one person, the women of a sample and what nobody has are no facts of the sample",
        arguments: [
            (
                "Methods: Forty adults with depression were given ketamine. Results: One subject receiving ketamine became manic.",
                ["40", "depression"]
            ),
            (
                "Methods: Forty adults with depression (57% female [n = 23]) were given ketamine.",
                ["40", "depression"]
            ),
            (
                "Methods: Forty adults with depression and no history of head injury or substance abuse were given ketamine.",
                ["40", "depression"]
            ),
            (
                "Methods: Forty adults with depression and a history of substance abuse were given ketamine.",
                ["40", "substanceUse"]
            ),
        ] as [(String, [String])])
    func people(_ text: String, _ expected: [String]) throws {
        #expect(try Set(facts(text, "numberTreated", "diagnosis")) == Set(expected))
    }

    @Test("the time of an effect is not that of what comes behind its clause")
    func effects() throws {
        let text =
            "Results: At day 1 ketamine was better than placebo (d = 0.9; 95% CI 0.6 to 1.2); this held through day 3."
        let values = try KetamineTrial.values(text, title: "Ketamine in depression")
        #expect(Set(values.filter { $0.field == "effect" }.map(\.time)) == [24])
    }

    @Test(
        "a list of doses is whole, and the route of others or of nobody is not this study's",
        arguments: [
            ("Patients took ketamine tablets of 30, 60, 120, or 180 mg.", ["30", "60", "120", "180", "oral"]),
            ("In 12 patients, 60 or 120 mg of ketamine was given by mouth.", ["60", "120", "oral"]),
            ("Ketamine was taken by mouth. The response is consistent with IV ketamine trials.", ["oral"]),
            ("Ketamine was given by mouth without need for intravenous access.", ["oral"]),
        ] as [(String, [String])])
    func treatments(_ text: String, _ expected: [String]) throws {
        #expect(try Set(facts(text, "dose", "route")) == Set(expected))
    }

    @Test(
        "how often is not how many; an infusion may last days, or be given in two units of time",
        arguments: [
            ("Each patient received one infusion of ketamine every 35 days.", []),
            ("Each patient received one infusion of ketamine.", ["1"]),
            ("Patients received a 4.5-day intravenous infusion of ketamine.", ["6480"]),
            ("Ketamine was started at 0.5 mg/kg/40 minutes.", ["40"]),
            ("Patients completed a comparison of single infusions of ketamine and midazolam.", ["1"]),
            ("Ketamine was infused over 30 min to one hour.", ["30", "60"]),
        ] as [(String, [String])])
    func courses(_ text: String, _ expected: [String]) throws {
        #expect(try facts(text, "infusions", "infusionDuration") == expected)
    }
}

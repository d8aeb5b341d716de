import Annotation
import Bibliography
import Extraction
import Testing

/// Shapes in which abstracts of psychiatric trials tell who responded, remitted, relapsed or left. Every sentence is
/// invented; those of one test are one class of wording.
@Suite("Wordings of outcomes")
struct OutcomeWordingTests {
    /// `arm value unit @hours`, of one field.
    private func facts(_ text: String, _ field: String) throws -> [String] {
        return try KetamineTrial.values(text).filter { $0.field == field }.map { value in
            let number = value.number.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? ""
            let arm = [value.arm, value.dose].compactMap(\.self).joined(separator: " ")
            let reason = field == "dropout" ? value.outcome.map { " for \($0)" } ?? "" : ""
            return (arm.isEmpty ? "-" : arm) + " \(number) \(value.unit ?? "")" + reason
                + (value.time.map { " @\(Int($0))" } ?? "")
        }
    }

    @Test(
        "the arm stands inside the number, hangs on it with a hyphen, or stands in brackets behind it",
        arguments: [
            (
                "At 24 hours, 15 of the 22 allocated to ketamine (68%) and 5 of the 21 allocated to midazolam (24%) were "
                    + "responders.",
                ["ketamine 15 events @24", "ketamine 68 % @24", "midazolam 5 events @24", "midazolam 24 % @24"]
            ),
            (
                "At 24 h, 14/20 ketamine-treated and 4/19 midazolam-treated patients responded.",
                ["ketamine 14 events @24", "midazolam 4 events @24"]
            ),
            (
                "The 24-h response rates were 71% (ketamine) and 0% (placebo).",
                ["ketamine 71 % @24", "placebo 0 % @24"]
            ),
            ("Responders: 11/20 (ketamine), 3/20 (saline).", ["ketamine 11 events", "saline 3 events"]),
            (
                "Response was attained by 8/24 on ketamine and 2/23 on placebo.",
                ["ketamine 8 events", "placebo 2 events"]
            ),
            (
                "The number of responders was 10 in the ketamine group and 2 in the saline group.",
                ["ketamine 10 events", "saline 2 events"]
            ),
        ] as [(String, [String])])
    func arms(_ text: String, _ expected: [String]) throws { #expect(try facts(text, "response") == expected) }

    @Test("doses of one drug have their numbers in turn, and what they are held against its own")
    func doses() throws {
        let text =
            "Response rates for the 0.1, 0.2, 0.5 and 1.0 mg/kg doses were 31%, 21%, 59% and 53%, respectively, versus 11% "
            + "for midazolam on day 1."
        #expect(
            try facts(text, "response") == [
                "ketamine 0.1 mg/kg 31 % @24", "ketamine 0.2 mg/kg 21 % @24", "ketamine 0.5 mg/kg 59 % @24",
                "ketamine 1.0 mg/kg 53 % @24", "midazolam 11 % @24",
            ])
    }

    @Test(
        "two events of two arms: the events anew for each arm, or the arms anew for each event",
        arguments: [
            "After 2 weeks, response and remission rates in the esketamine group were 69.3% and 52.5%, compared with 52.0% and "
                + "31.0% in the placebo group.",
            "After 2 weeks, response and remission rates on esketamine versus placebo were 69.3% versus 52.0% and 52.5% versus "
                + "31.0%.",
        ])
    func perArm(_ text: String) throws {
        #expect(try facts(text, "response") == ["esketamine 69.3 % @336", "placebo 52 % @336"])
        #expect(try facts(text, "remission") == ["esketamine 52.5 % @336", "placebo 31 % @336"])
    }

    @Test(
        "a response in the words of its definition",
        arguments: [
            (
                "At least a 50% drop in HAM-D score was shown by 14 of 20 patients (70%).",
                ["- 14 events", "- 70 %"]
            ),
            (
                "The percentage achieving a 50% or greater improvement on the MADRS was 52% after ketamine and 12% after "
                    + "placebo.",
                ["ketamine 52 %", "placebo 12 %"]
            ),
            ("MADRS scores decreased by 50% or more in 12 patients (48%).", ["- 12 events", "- 48 %"]),
            ("A 50% reduction in pain was reported by 40% of patients.", []),
            ("Opioid consumption fell by at least 50% in 18 of 30 patients with depression.", []),
            ("MADRS declined by more than 50% on average.", []),
            ("Response was defined as at least a 50% reduction in MADRS; 30 of 41 patients were men.", []),
        ] as [(String, [String])])
    func halved(_ text: String, _ expected: [String]) throws { #expect(try facts(text, "response") == expected) }

    @Test(
        "a whole that stands before, counts after an equals sign, people who were infused",
        arguments: [
            ("Of 18 completers, 11 were responders.", ["- 11 events"]),
            ("In total, 30 patients (n = 30/41; 73.2%) met response criteria.", ["- 30 events", "- 73.2 %"]),
            ("Ketamine led to response in 12 of 24 (50.0%).", ["ketamine 12 events", "ketamine 50 %"]),
            ("Eleven of 14 infused patients (79%) responded.", ["- 11 events", "- 79 %"]),
        ] as [(String, [String])])
    func counts(_ text: String, _ expected: [String]) throws { #expect(try facts(text, "response") == expected) }

    @Test("who relapses had responded: the responders are the whole, and no response is counted again")
    func relapse() throws {
        let text = "Relapse within four weeks occurred in 10 of 14 responders (71%)."
        #expect(try facts(text, "relapse") == ["- 10 events", "- 71 %"])
        #expect(try facts(text, "response").isEmpty)
        #expect(try facts("Six of the eight remitters had relapsed by day 14.", "relapse") == ["- 6 events @336"])
    }

    @Test(
        "who left, in other words, and why",
        arguments: [
            ("Three patients discontinued because of adverse events.", ["- 3 events for adverse event"]),
            (
                "Treatment discontinuation due to adverse events occurred in 5% of ketamine and 1% of placebo recipients.",
                ["ketamine 5 % for adverse event", "placebo 1 % for adverse event"]
            ),
            (
                "Two of 22 ketamine patients and one of 20 midazolam patients did not complete the study.",
                ["ketamine 2 events", "midazolam 1 events"]
            ),
            ("Attrition was 12% in the ketamine group and 10% in the saline group.", ["ketamine 12 %", "saline 10 %"]),
            ("Four patients (two per arm) dropped out.", ["- 4 events"]),
        ] as [(String, [String])])
    func leaving(_ text: String, _ expected: [String]) throws { #expect(try facts(text, "dropout") == expected) }

    @Test(
        "people whom something befell are not the sample",
        arguments: [
            ("RESULTS: Dissociation occurred in 5 patients (20%).", []),
            (
                "In an open-label study 25 adults received ketamine. Seven patients (28%) responded.",
                ["- 25 participants"]
            ),
            ("We enrolled 40 patients (65% female).", ["- 40 participants"]),
        ] as [(String, [String])])
    func samples(_ text: String, _ expected: [String]) throws { #expect(try facts(text, "sampleSize") == expected) }

    @Test("days of infusion are as many infusions")
    func days() throws {
        #expect(try facts("Ketamine was infused on days 1, 3, 5, 8, 10 and 12.", "infusions") == ["- 6 infusions"])
        #expect(try facts("MADRS was rated on days 1, 3 and 7 after a ketamine infusion.", "infusions").isEmpty)
    }
}

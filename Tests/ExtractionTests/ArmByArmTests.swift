import Extraction
import Testing

/// Responses and remissions arm by arm, in the wordings in which a second set of real abstracts, read after the rules were
/// written, told them; and beside each the misreading that lies near. Every sentence here is invented.
@Suite("Responses arm by arm")
struct ArmByArmTests {
    private func outcomes(_ text: String) throws -> [String] {
        let values = try KetamineTrial.values(text, title: "Ketamine in depression")
        return values.filter { ["response", "remission"].contains($0.field) }.map { value in
            guard case .number(let number) = value.value else { return "?" }
            let shown = number == number.rounded() ? "\(Int(number))" : "\(number)"
            let time = value.time.map { "at \(Int($0)) h" }
            return [value.field, value.arm, shown + (value.unit == "%" ? "%" : ""), time].compactMap(\.self)
                .joined(separator: " ")
        }.sorted()
    }

    @Test(
        "counts and shares whose arms stand behind them",
        arguments: [
            (
                "Two patients in the ketamine group and one in the placebo group met criteria for remission.",
                ["remission ketamine 2", "remission placebo 1"]
            ),
            (
                "A response was seen in six patients given ketamine and two given midazolam.",
                ["response ketamine 6", "response midazolam 2"]
            ),
            (
                "Response rates were 24.1% and 29.4% for ketamine and esketamine, respectively.",
                ["response esketamine 29.4%", "response ketamine 24.1%"]
            ),
            (
                "Response criteria were met by 9 of 20 patients (45%) 24 hours after ketamine compared with 2 of 20 (10%) after "
                    + "placebo.",
                [
                    "response ketamine 45% at 24 h", "response ketamine 9 at 24 h", "response placebo 10% at 24 h",
                    "response placebo 2 at 24 h",
                ]
            ),
            (
                "More responded on the LSAS (40% response ketamine vs 10% response placebo).",
                ["response ketamine 40%", "response placebo 10%"]
            ),
            (
                "64.3% of patients on esketamine responded versus 39.1% on placebo; 31% versus 14% remitted.",
                [
                    "remission esketamine 31%", "remission placebo 14%", "response esketamine 64.3%",
                    "response placebo 39.1%",
                ]
            ),
            (
                "Response was 71% vs 28% at 24 h and 50% vs 20% at day 7 for ketamine and midazolam.",
                [
                    "response ketamine 50% at 168 h", "response ketamine 71% at 24 h",
                    "response midazolam 20% at 168 h",
                    "response midazolam 28% at 24 h",
                ]
            ),
            (
                "The number of responders at week 4 was 15 in the ketamine arm and 6 in the saline arm.",
                ["response ketamine 15 at 672 h", "response saline 6 at 672 h"]
            ),
        ] as [(String, [String])])
    func behind(_ text: String, _ expected: [String]) throws { #expect(try outcomes("Results: " + text) == expected) }

    @Test(
        "groups called by letters have the drug that the report says they got, and without one no arm",
        arguments: [
            (
                "Methods: Group A received ketamine 0.5 mg/kg and group B received saline. Results: The response rate was 45% in "
                    + "group A and 15% in group B.",
                ["response ketamine 45%", "response saline 15%"]
            ),
            ("Results: The response rate was 45% in group A and 15% in group B.", ["response 15%", "response 45%"]),
            (
                "Methods: Group A received ketamine by vein and group B received ketamine by mouth. Results: The response rate was "
                    + "45% in group A and 15% in group B.",
                ["response 15%", "response 45%"]
            ),
        ] as [(String, [String])])
    func letters(_ text: String, _ expected: [String]) throws { #expect(try outcomes(text) == expected) }

    @Test(
        "two events in turn, and what stands behind the word that compares",
        arguments: [
            (
                "After the first infusion, 9 (18%) and 5 (10%) patients responded and remitted, respectively; after six infusions, "
                    + "33 (66%) patients responded and 20 (40%) remitted.",
                [
                    "remission 10%", "remission 20", "remission 40%", "remission 5", "response 18%", "response 33",
                    "response 66%", "response 9",
                ]
            ),
            (
                "Five patients (25%) had a response and three patients (15%) had a full remission after ketamine compared with one "
                    + "patient (5%) and none after placebo.",
                [
                    "remission ketamine 15%", "remission ketamine 3", "remission placebo 0", "response ketamine 25%",
                    "response ketamine 5", "response placebo 1", "response placebo 5%",
                ]
            ),
            (
                "Patients on esketamine had a higher probability of response (49%) and remission (33%) vs. patients in routine care "
                    + "(26% and 18%, respectively).",
                ["remission 18%", "remission esketamine 33%", "response 26%", "response esketamine 49%"]
            ),
        ] as [(String, [String])])
    func events(_ text: String, _ expected: [String]) throws { #expect(try outcomes("Results: " + text) == expected) }

    @Test(
        "a number with a verb of its own is of no event near it",
        arguments: [
            (
                "Overall, 33% achieved clinical response, 12% met criteria for remission, and 44% experienced a useful change.",
                ["remission 12%", "response 33%"]
            ),
            (
                "After four infusions, 25% (n = 7) responded, 60% (n = 18) experienced a useful improvement, and 12% (n = 4) met "
                    + "remission criteria.",
                ["remission 12%", "remission 4", "response 25%", "response 7"]
            ),
            ("In all, 40% responded and 55% reported nausea.", ["response 40%"]),
        ] as [(String, [String])])
    func verbs(_ text: String, _ expected: [String]) throws { #expect(try outcomes("Results: " + text) == expected) }

    @Test(
        "scales tell apart what would be two shares of one group, and keep numbers of their own",
        arguments: [
            (
                "Remission rates were 30.1 % for PHQ-9 and 28.3 % for GAD-7.", ["remission 28.3%", "remission 30.1%"]
            ),
            (
                "In all, 61.2 % reported a 50 % or greater improvement on the PHQ-9.", ["response 61.2%"]
            ),
            (
                "Ketamine was superior to saline in MADRS response (35% vs. 12%) and CGI-I (41% vs. 20%).",
                ["response ketamine 35%", "response saline 12%"]
            ),
        ] as [(String, [String])])
    func scales(_ text: String, _ expected: [String]) throws { #expect(try outcomes("Results: " + text) == expected) }

    @Test(
        "forecasts, what others found and those who stayed to the end are no rates of this study",
        arguments: [
            (
                "Results: Positive predictive values for response and remission with ketamine were 75% and 45%, respectively.",
                []
            ),
            (
                "Stimulation has response and remission rates in open-label studies as high as 61% and 41%. We found a 26% remission "
                    + "rate with ketamine in 50 patients.", ["remission ketamine 26%"]
            ),
            (
                "Results: Remission was achieved in 70% of the intention-to-treat population and 95% of treatment completers.",
                ["remission 70%"]
            ),
            (
                "Results: Response rates were similar between groups (55% versus 45% on day 1) and comparable to previous trials.",
                ["response 45% at 24 h", "response 55% at 24 h"]
            ),
            ("Results: Previous trials of ketamine found a response rate of 55%.", []),
        ] as [(String, [String])])
    func others(_ text: String, _ expected: [String]) throws { #expect(try outcomes(text) == expected) }
}

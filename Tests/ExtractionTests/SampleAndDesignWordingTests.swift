import Annotation
import Bibliography
import Extraction
import Foundation
import Testing

/// Sizes, designs and courses in wordings that a second set of real abstracts showed to be missed or misread. Every
/// sentence here is invented.
@Suite("Samples and designs in unseen wordings")
struct SampleAndDesignWordingTests {
    private func facts(_ text: String, _ fields: String...) throws -> [String] {
        let document = Document(
            id: RecordID("test:1"),
            sections: [
                .init(field: .title, index: nil, text: "Ketamine in depression"),
                .init(field: .abstract, index: 0, text: text),
            ])
        let values = try Extractor(form: .standard).extract(
            document, Annotator(interest: ["ketamine"]).annotate(document))
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
            ("We present a series of 5 subjects treated with ketamine.", ["caseSeries"]),
        ] as [(String, [String])])
    func designs(_ text: String, _ expected: [String]) throws {
        #expect(try Set(facts(text, "design", "blinding")) == Set(expected))
    }

    @Test(
        "how often is not how many; an infusion may last days, or be given in two units of time",
        arguments: [
            ("Each patient received one infusion of ketamine every 35 days.", []),
            ("Each patient received one infusion of ketamine.", ["1"]),
            ("Patients received a 4.5-day intravenous infusion of ketamine.", ["6480"]),
            ("Ketamine was infused over 30 min to one hour.", ["30", "60"]),
        ] as [(String, [String])])
    func courses(_ text: String, _ expected: [String]) throws {
        #expect(try facts(text, "infusions", "infusionDuration") == expected)
    }
}

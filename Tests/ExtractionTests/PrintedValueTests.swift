import Annotation
import Extraction
import Testing

@Suite("Values as they are printed")
struct PrintedValueTests {
    private func value(_ field: String, _ number: Double, _ unit: String?, _ text: String) -> ExtractedValue {
        ExtractedValue(
            field: field, value: .number(number), unit: unit, text: text,
            evidence: Evidence(field: .abstract, section: 0, start: 0, end: 1, quote: "x", rule: field))
    }

    @Test(
        "value and unit follow the text; what is not printed is no unit",
        arguments: [
            ("dose", 0.5, "mg/kg", "0.5 mg/kg", 0.5, "mg/kg"), ("dose", 0.5, "mg/kg", "500 μg/kg", 500, "μg/kg"),
            ("dose", 0.5, "mg/kg", "0.5 mg kg(-1)", 0.5, "mg kg(-1)"),
            ("dose", 1, "mg/kg", "1 mg\u{B7}kg\u{2212}1", 1, "mg\u{B7}kg\u{2212}1"),
            ("dose", 0.084, "mg/kg/h", "1.4 microg kg(-1) min(-1)", 1.4, "microg kg(-1) min(-1)"),
            ("dose", 0.03, "mg/kg", "30\u{B5}g/kg", 30, "\u{B5}g/kg"),
            ("infusionDuration", 60, "min", "1-hour", 1, "hour"), ("infusionDuration", 1440, "min", "24 h", 24, "h"),
            ("infusionDuration", 40, "min", "40 min", 40, "min"),
            ("sampleSize", 5, "participants", "5 subjects", 5, nil),
            ("ageMean", 45, "years", "mean age 45", 45, nil),
        ] as [(String, Double, String, String, Double, String?)])
    func printed(field: String, number: Double, unit: String, text: String, shown: Double, shownUnit: String?) {
        let printed = value(field, number, unit, text).printed
        #expect(printed.value == .number(shown))
        #expect(printed.unit == shownUnit)
    }
}

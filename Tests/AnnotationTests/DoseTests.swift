import Bibliography
import Testing

@testable import Annotation

/// A document of one abstract, as most tests need it.
func abstract(_ text: String, title: String? = nil) -> Document {
    var sections: [Document.Section] = []
    if let title { sections.append(.init(field: .title, index: nil, text: title)) }
    sections.append(.init(field: .abstract, index: 0, text: text))
    return Document(id: RecordID("test:1"), sections: sections)
}

func doses(_ text: String) -> [Dose] {
    Annotator().annotate(abstract(text)).items.compactMap { if case .dose(let dose) = $0.value { dose } else { nil } }
}

@Suite("Doses in all their printed forms (domain reference 3.2)")
struct DoseTests {
    @Test(
        "half a milligram per kilogram is read however it is printed",
        arguments: [
            "0.5 mg/kg", ".5 mg/kg", "0.5mg/kg", "0·5 mg/kg", "0,5 mg/kg", "0.5 mg kg-1", "0.5 mg kg⁻¹",
            "0.5 mg kg(-1)",
            "0.5 mg/kg of body weight", "0.5 mg per kg", "500 µg/kg", "500 μg/kg", "500 mcg/kg", "500 ug/kg",
            "0.5-mg/kg",
            "0.5\u{A0}mg/kg", "0.5 mg.kg-1", "0.5 milligrams per kilogram", "0.50 mg/kg over 40 min",
            "0.5 mg/kg per 40 min",
        ])
    func forms(_ form: String) {
        let found = doses("Twelve patients received ketamine (\(form)) by infusion.")
        #expect(found == [Dose(low: 0.5, high: 0.5, unit: .milligramsPerKilogram, drug: "ketamine")])
    }
}

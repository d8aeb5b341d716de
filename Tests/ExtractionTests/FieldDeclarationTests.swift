import Extraction
import Testing

@Suite("What a review declares of a field")
struct FieldDeclarationTests {
    private func form(_ declarations: FieldDeclaration...) throws -> ExtractionForm {
        try ExtractionForm(declarations: declarations)
    }

    private static let text =
        "METHODS: Patients received intravenous ketamine 0.5 mg/kg over 40 min or oral ketamine 1 mg/kg. "
        + "RESULTS: At 24 h the response rate was 60%."

    @Test("values come in the declared unit, their words unchanged")
    func units() throws {
        let values = try extract(
            Self.text, form: form(.init(id: "dose", unit: "ug/kg"), .init(id: "infusionDuration", unit: "h")))
        #expect(lines(values, "dose") == ["dose ketamine - - 500 ug/kg", "dose ketamine - - 1000 ug/kg"])
        #expect(values.first?.text == "0.5 mg/kg")
        #expect(values.last?.number.map { ($0 * 3).rounded() } == 2)
    }

    @Test("a unit that is printed otherwise stays as it is")
    func otherQuantity() throws {
        let values = try extract("Ketamine 50 mg was given.", form: form(.init(id: "dose", unit: "ug/kg")))
        #expect(lines(values) == ["dose ketamine - - 50 mg"])
    }

    @Test("a vocabulary leaves out other words")
    func vocabulary() throws {
        let values = try extract(Self.text, form: form(.init(id: "route", vocabulary: ["oral"])))
        #expect(Set(values.map(\.value)) == [.text("oral")])
    }

    @Test("a coarser division drops arm, scale and time and joins what is then the same")
    func division() throws {
        let values = try extract(
            Self.text, form: form(.init(id: "dose", per: "report"), .init(id: "response", per: "arm")))
        #expect(lines(values, "dose") == ["dose - - - 0.5 mg/kg", "dose - - - 1 mg/kg"])
        #expect(values.filter { $0.field == "response" }.allSatisfy { $0.time == nil && $0.outcome == nil })
    }

    @Test("labels are the review's own")
    func label() throws {
        #expect(try form(.init(id: "dose", label: "Dosis")).fields.first?.label == "Dosis")
    }

    @Test(
        "what a reader cannot keep is refused with what it can",
        arguments: [
            (
                FieldDeclaration(id: "dose", unit: "furlong"),
                "extraction field 'dose' cannot have the unit 'furlong'; accepted: mg/kg ug/kg mcg/kg"
            ),
            (
                FieldDeclaration(id: "route", vocabulary: ["oral", "by post"]),
                "extraction field 'route' cannot have the vocabulary 'by post'; accepted: intravenous"
            ),
            (
                FieldDeclaration(id: "country", per: "arm"),
                "extraction field 'country' cannot have the per 'arm'; accepted: report"
            ),
            (
                FieldDeclaration(id: "funding", unit: "EUR"),
                "extraction field 'funding' cannot have the unit 'EUR'; accepted: no unit"
            ),
            (
                FieldDeclaration(id: "sampleSize", type: "text"),
                "extraction field 'sampleSize' cannot have the type 'text'; accepted: integer number"
            ),
            (FieldDeclaration(id: "doze"), "unknown extraction field 'doze'"),
        ])
    func refused(_ declaration: FieldDeclaration, _ message: String) {
        let error = #expect(throws: ExtractionFormError.self) { try ExtractionForm(declarations: [declaration]) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test("a field is declared once")
    func twice() {
        #expect(throws: ExtractionFormError.repeatedField("dose")) { try form(.init(id: "dose"), .init(id: "dose")) }
    }
}

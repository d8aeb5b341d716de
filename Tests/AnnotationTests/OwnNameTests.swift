import Annotation
import Testing

@Suite("Names whose words a review gives")
struct OwnNameTests {
    private let annotator = Annotator(
        interest: ["metformin"],
        names: OwnNames(
            drugs: [
                OwnName(name: "metformin", words: ["metformin", "Glucophage", "MTF", "metformin XR"]),
                OwnName(name: "myoInositol", words: ["myo-inositol"]),
                OwnName(name: "exercise", words: ["exercise training"]), OwnName(name: "ketamine", words: ["Ketólar"]),
                OwnName(name: "fluorouracil", words: ["5-FU"]),
            ], scales: [OwnName(name: "HbA1c", words: ["HbA1c", "glycated haemoglobin"])]))

    private func drugs(_ text: String) -> [String] {
        annotator.annotate(abstract(text)).items.compactMap {
            if case .drug(let name) = $0.value { name } else { nil }
        }
    }

    @Test(
        "are found by each of their words, hyphens read as blanks, in any case",
        arguments: [
            ("Women took Metformin.", ["metformin"]), ("GLUCOPHAGE was given.", ["metformin"]),
            ("Metformin XR is one drug.", ["metformin"]),
            ("Myo inositol and myo-inositol.", ["myoInositol", "myoInositol"]),
            ("Ketólar, ketamine and KETÓLAR.", ["ketamine", "ketamine", "ketamine"]),
            ("5-FU, 5 FU and 5-fu.", ["fluorouracil", "fluorouracil", "fluorouracil"]),
            ("Exercise training against placebo.", ["exercise", "placebo"]), ("Exercise alone, inositol alone.", []),
        ])
    func words(_ text: String, _ names: [String]) { #expect(drugs(text) == names, "\(text)") }

    @Test("an abbreviation counts in capitals only")
    func abbreviation() {
        #expect(drugs("MTF or mtf or Mtf.") == ["metformin"])
    }

    @Test("each dose goes to its own drug, and what is not of interest is marked so")
    func doses() throws {
        let items = annotator.annotate(
            abstract("Women received metformin 850 mg or myo-inositol 2 g for six months.")
        ).items
        var found: [String: Bool] = [:]
        for item in items {
            if case .dose(let dose) = item.value, let drug = dose.drug {
                found[drug] = item.context.contains(.otherDrug)
            }
        }
        #expect(found == ["metformin": false, "myoInositol": true])
    }

    @Test("a scale is found by its words")
    func scales() {
        let items = annotator.annotate(abstract("HbA1c (glycated haemoglobin) and the MADRS were measured.")).items
        #expect(
            items.compactMap { if case .scale(let scale) = $0.value { scale.name } else { nil } }
                == ["HbA1c", "HbA1c", "MADRS"])
    }

    @Test("a review that gives no words reads as before")
    func others() {
        let text = "Patients received ketamine 0.5 mg/kg, metformin or placebo."
        let document = abstract(text, title: "Ketamine")
        #expect(
            Annotator(interest: ["ketamine"]).annotate(document).items
                == Annotator(interest: ["ketamine"], names: OwnNames()).annotate(document).items)
        #expect(Annotator().annotate(document).items.allSatisfy { $0.value != .drug(name: "metformin") })
    }
}

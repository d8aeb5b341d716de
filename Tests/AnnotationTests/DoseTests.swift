import Annotation
import Testing

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
            "0.5 mg x kg(-1)", "0.5 mg·kg−1", "0.5 MG/KG",
        ])
    func forms(_ form: String) {
        let found = doses("Twelve patients received ketamine (\(form)) by infusion.")
        #expect(found == [Dose(low: 0.5, high: 0.5, unit: .milligramsPerKilogram, drug: "ketamine")])
    }

    @Test("a list that shares its unit gives one dose an amount, each quoting itself and the unit")
    func list() {
        let text = "Ketamine was given at 0.1, 0.2, 0.5 or 1.0 mg/kg."
        #expect(doses(text).map(\.low) == [0.1, 0.2, 0.5, 1.0])
        let quoted = quotes(text)
        #expect(quoted.contains("0.1, 0.2, 0.5 or 1.0 mg/kg"))
        #expect(quoted.contains("0.5 or 1.0 mg/kg"))
    }

    @Test(
        "a range keeps both ends",
        arguments: [
            "0.1-0.5 mg/kg", "0.1–0.5 mg/kg", "0.1 to 0.5 mg/kg", "between 0.1 and 0.5 mg/kg", "0.1- to 0.5-mg/kg",
        ])
    func range(_ form: String) {
        let found = doses("Patients received ketamine \(form) by vein.")
        #expect(found == [Dose(low: 0.1, high: 0.5, unit: .milligramsPerKilogram, drug: "ketamine")])
    }

    @Test(
        "a rate is not a dose",
        arguments: [
            ("0.15 mg/kg/h", 0.15), ("0.15 mg/kg per hour", 0.15), ("0.15 mg kg-1 h-1", 0.15), ("2.5 µg/kg/min", 0.15),
            ("0.15 mg/kg/hr", 0.15),
        ])
    func rate(_ form: String, _ value: Double) {
        let found = doses("Ketamine ran at \(form) for two days.")
        #expect(found.map(\.unit) == [.milligramsPerKilogramHour])
        #expect(found.map(\.low) == [value])
    }

    @Test("a concentration is not a dose")
    func concentration() {
        #expect(doses("Plasma ketamine reached 150 ng/mL.").map(\.unit) == [.nanogramsPerMillilitre])
    }

    @Test("a dose per day or course is a total")
    func total() {
        #expect(doses("Lithium 900 mg/day was continued.").map(\.isTotal) == [true])
        #expect(doses("A cumulative dose of 3 mg/kg ketamine was reached.").map(\.isTotal) == [true])
    }

    @Test("each drug keeps its own dose")
    func attribution() {
        let found = doses("Participants had ketamine (0.5 mg/kg) or midazolam (0.045 mg/kg) once.")
        #expect(found.map(\.drug) == ["ketamine", "midazolam"])
        let reversed = doses("They received 0.5 mg/kg of ketamine or 0.02 mg/kg of midazolam.")
        #expect(reversed.map(\.drug) == ["ketamine", "midazolam"])
        // Placebo has no milligrams: the number is the drug's.
        #expect(doses("An infusion of ketamine or placebo (0.5 mg/kg) was given.").map(\.drug) == ["ketamine"])
    }

    @Test("the comparator's dose says that it is one")
    func comparator() {
        let items = Annotator().annotate(
            abstract("Ketamine 0.5 mg/kg or midazolam 0.045 mg/kg was infused.", title: "Ketamine in depression")
        ).items
        let contexts = items.compactMap { if case .dose = $0.value { $0.context } else { nil } }
        #expect(contexts == [[], [.otherDrug, .comparator]])
    }

    @Test("numbers of other kinds do not join a list of doses")
    func noList() {
        #expect(doses("Patients (n = 10, 0.5 mg/kg ketamine) improved.").count == 1)
        #expect(doses("On day 1, 0.5 mg/kg ketamine was given.").count == 1)
    }

    @Test(
        "esketamine is known by all its spellings",
        arguments: [
            "esketamine", "S-ketamine", "(S)-ketamine", "S(+)-ketamine", "Spravato", "Esketamine", "S-Ketamine",
        ])
    func esketamine(_ name: String) {
        #expect(doses("Each received 0.25 mg/kg \(name) once.").map(\.drug) == ["esketamine"])
    }

    @Test("a maker's code is not given another drug's name")
    func code() {
        #expect(doses("After ketamine, a dose of AB-1234 (0.35 mg) was swallowed.").map(\.drug) == [nil])
    }

    @Test("a unit divided by a bracket is a rate, and a Persian slash a decimal point")
    func odd() {
        #expect(doses("Esketamine ran at 0.25 mg/(kg·h).").map(\.unit) == [.milligramsPerKilogramHour])
        #expect(doses("Ketamine 0/5 mg per kg was given.").map(\.low) == [0.5])
    }

    @Test("a review's own drug is never another's comparator")
    func interest() {
        let document = abstract(
            "Propofol and propofol again, 1 mg/kg, or ketamine 0.5 mg/kg.", title: "Propofol, propofol")
        let items = Annotator(interest: ["ketamine"]).annotate(document).items
        let contexts = items.compactMap { if case .dose = $0.value { $0.context } else { nil } }
        #expect(contexts == [.otherDrug, []])
    }
}

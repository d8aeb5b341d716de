import Annotation
import Testing

@Suite("Routes and what only looks like one (domain reference 3.1)")
struct RouteTests {
    @Test(
        "given by vein",
        arguments: [
            "Intravenous ketamine was given.", "Ketamine was infused over 40 min.", "An IV ketamine infusion followed.",
            "Ketamine 0.5 mg/kg i.v. was given.", "A ketamine infusion followed.", "ketamine (0.5 mg/kg iv) was used",
            "A ketamine bolus was given.",
        ])
    func vein(_ text: String) { #expect(Set(routes(text)) == [.intravenous]) }

    @Test(
        "a numeral is no route",
        arguments: [
            "Patients with DSM-IV depression had ketamine.", "A phase IV study of ketamine.",
            "Stage IV disease and ketamine.",
            "Resistance of stages II to IV and ketamine.", "DSM-IV-TR criteria; ketamine helped.", "Part IV: ketamine",
            "Axis IV and ketamine", "types I, II, III and IV and ketamine",
        ])
    func numeral(_ text: String) { #expect(routes(text) == []) }

    @Test("short names of routes need capitals and a neighbour")
    func capitals() {
        #expect(routes("Ketamine IN 50 mg was sprayed.") == [.intranasal])
        #expect(routes("Ketamine in depression was studied.") == [])
        #expect(routes("KETAMINE IN DEPRESSION") == [])
        #expect(routes("Ketamine IM (0.5 mg/kg) was injected.") == [.intramuscular])
        #expect(routes("The patients said: im better after ketamine.") == [])
    }

    @Test("an infusion under the skin is not one by vein")
    func subcutaneous() {
        #expect(routes("A subcutaneous ketamine infusion was used.") == [.subcutaneous])
        #expect(routes("An epidural infusion of ketamine was used.") == [.epidural])
    }

    @Test("an intranasal arm beside an intravenous one gives both, each with its drug")
    func twoArms() {
        let items = Annotator().annotate(abstract("Intravenous ketamine was compared with intranasal esketamine."))
            .items
        let found = items.compactMap { item -> String? in
            guard case .route(let route) = item.value else { return nil }
            return "\(route.rawValue) \(item.drug ?? "-")"
        }
        #expect(found == ["intravenous ketamine", "intranasal esketamine"])
    }

    @Test("the route of another drug says so")
    func otherDrug() {
        let items = Annotator().annotate(
            abstract("Ketamine was infused. All went on with oral lithium and an oral antidepressant.")
        ).items
        let contexts = items.compactMap {
            if case .route(.oral) = $0.value { $0.context.contains(.otherDrug) } else { nil }
        }
        #expect(contexts == [true, true])
    }

    @Test("words of routes that name something else are left alone")
    func decoys() {
        #expect(routes("Ketamine mouthwash eased oral mucositis.") == [])
        #expect(routes("Ketamine relaxed cells in vivo.") == [])
    }

    @Test("where infusions go under the skin, a plain infusion does too")
    func elsewhere() {
        #expect(routes("Subcutaneous esketamine was given. After each infusion mood rose.") == [.subcutaneous])
    }

    @Test("a route behind a dose belongs to the dose's drug")
    func behindDose() {
        let items = Annotator().annotate(abstract("Ketamine at 0.5 mg/kg IV in addition to propofol was tried.")).items
        #expect(items.contains { $0.value == .route(.intravenous) && $0.drug == "ketamine" && $0.context.isEmpty })
    }

    @Test("what an infusion holds is its drug, however near another one stands before")
    func infusionOf() {
        func drugs(_ text: String) -> [String] {
            Annotator(interest: ["ketamine"]).annotate(abstract(text)).items.compactMap { item in
                guard case .route(.intravenous) = item.value else { return nil }
                return "\(item.drug ?? "-")\(item.context.contains(.otherDrug) ? " (other)" : "")"
            }
        }
        #expect(
            drugs("Subjects on valproate received an intravenous infusion of either ketamine hydrochloride or placebo.")
                .allSatisfy { $0 == "ketamine" })
        #expect(
            drugs("Patients on lithium had an intravenous infusion of a single dose of racemic ketamine.")
                .allSatisfy { $0 == "ketamine" })
        // The comparator's own infusion stays its own.
        #expect(
            drugs("After ketamine all received an intravenous infusion of scopolamine.").contains("scopolamine (other)")
        )
    }
}

import Annotation
import Bibliography
import Screening
import Testing

@Suite("Measures over annotations")
struct MeasureTests {
    private let document = Invented.document(
        title: "Ketamine 0.5 mg/kg", abstract: ["0.1 to 1.5 mg/kg of ketamine, 0.045 mg/kg of midazolam, 20 ug."])

    private func dose(
        _ text: String, _ low: Double, _ high: Double, _ drug: String?, _ context: Annotation.Context = []
    )
        throws -> Annotation
    {
        try Invented.found(
            text, in: document, .dose(Dose(low: low, high: high, unit: .milligramsPerKilogram, drug: drug)), context)
    }

    @Test("a dose is compared with both ends of its range, for one drug, in one unit")
    func doses() throws {
        let range = [try dose("0.1 to 1.5 mg/kg", 0.1, 1.5, "ketamine")]
        #expect(try Invented.words("dose(ketamine) <= 1 mg/kg", in: document, range) == nil)
        #expect(try Invented.words("dose(ketamine) >= 0.1 mg/kg", in: document, range) == ["0.1 to 1.5 mg/kg"])
        #expect(try Invented.words("dose(ketamine) = 0.5 mg/kg", in: document, range) != nil)
        #expect(try Invented.words("dose(midazolam) = 0.5 mg/kg", in: document, range) == nil)
        #expect(try Invented.words("dose = 0.5 mg", in: document, range) == nil)
        let sum = [try dose("0.5 mg/kg", 0.1 + 0.2, 0.1 + 0.2, nil)]
        #expect(try Invented.words("dose(ketamine) <= 0.3 mg/kg", in: document, sum) != nil)
    }

    @Test("`every` asks all findings, and at least one")
    func every() throws {
        let both = [try dose("0.5 mg/kg", 0.5, 0.5, "ketamine"), try dose("0.1 to 1.5 mg/kg", 2, 2, "ketamine")]
        #expect(try Invented.words("dose(ketamine) > 1 mg/kg", in: document, both) != nil)
        #expect(try Invented.words("every dose(ketamine) > 1 mg/kg", in: document, both) == nil)
        #expect(try Invented.words("every dose(ketamine) > 1 mg/kg", in: document, [both[1]]) != nil)
        #expect(try Invented.words("every dose(ketamine) > 1 mg/kg", in: document, []) == nil)
    }

    @Test("what is denied, supposed, told of the field, of animals or of another drug does not count unless asked for")
    func contexts() throws {
        for context in [
            Annotation.Context.negated, .hypothetical, .background, .otherDrug, .priorStudy, .animal, .comparator,
        ] {
            let item = [try dose("0.5 mg/kg", 0.5, 0.5, "ketamine", context)]
            #expect(try Invented.words("dose < 1 mg/kg", in: document, item) == nil)
            #expect(try Invented.words("dose[any] < 1 mg/kg", in: document, item) != nil)
        }
        let item = [try dose("0.5 mg/kg", 0.5, 0.5, "ketamine", [.background, .comparator])]
        #expect(try Invented.words("dose[+background] < 1 mg/kg", in: document, item) == nil)
        #expect(try Invented.words("dose[+background,+comparator] < 1 mg/kg", in: document, item) != nil)
    }

    @Test("a measure can be asked of the title alone")
    func scopes() throws {
        let title = [try dose("0.5 mg/kg", 0.5, 0.5, "ketamine")]
        let abstract = [try dose("0.045 mg/kg", 0.045, 0.045, "ketamine")]
        #expect(try Invented.words("dose[ti] < 1 mg/kg", in: document, title) != nil)
        #expect(try Invented.words("dose[ti] < 1 mg/kg", in: document, abstract) == nil)
    }

    @Test("words, ages, failed treatments, times and durations")
    func others() throws {
        func holds(_ query: String, _ value: Annotation.Value) throws -> Bool {
            try Invented.words(query, in: document, [Invented.found("Ketamine", in: document, value)]) != nil
        }
        #expect(try holds("route = oral | intravenous", .route(.intravenous)))
        #expect(try !holds("route != intravenous", .route(.intravenous)))
        #expect(try holds("age.minimum >= 18", .age(Age(minimum: 18, maximum: 65))))
        #expect(try !holds("age.maximum < 18 years", .age(Age(minimum: 18))))
        #expect(try holds("age.group = older", .age(Age(group: .older))))
        #expect(try holds("failedTreatments >= 2", .failedTreatments(FailedTreatments(minimum: 2))))
        #expect(try !holds("failedTreatments <= 2", .failedTreatments(FailedTreatments(minimum: 2))))
        #expect(try holds("failedTreatments <= 2", .failedTreatments(FailedTreatments(minimum: 1, maximum: 2))))
        #expect(try holds("time = 1 days", .time(TimePoint(hours: 24))))
        #expect(try holds("duration <= 1 h", .duration(InfusionDuration(low: 40, high: 60))))
        #expect(
            try holds(
                "diagnosis.resistant = depression",
                .diagnosis(Diagnosis(name: "depression", isTreatmentResistant: true))))
        #expect(try !holds("diagnosis.resistant = depression", .diagnosis(Diagnosis(name: "depression"))))
        #expect(try holds("design = protocol", .design(Design(name: "protocol"))))
        #expect(try holds("percentage >= 50 %", .percentage(Percentage(value: 50))))
    }

    @Test("a relation to another record is asked by PubMed's word for it; the title is the quote")
    func relations() throws {
        var retracted = Invented.document(title: "Ketamine helps", abstract: ["It did."])
        retracted.relations = [Relation(type: "CommentIn"), Relation(type: "RetractionIn")]
        #expect(try Invented.words("relation = RetractionIn", in: retracted) == ["Ketamine helps"])
        #expect(try Invented.words("relation = RetractionIn | UpdateIn AND ketamine", in: retracted) != nil)
        #expect(try Invented.words("relation = ExpressionOfConcernIn", in: retracted) == nil)
        #expect(try Invented.words("relation = RetractionIn", in: document) == nil)
        retracted.sections.removeFirst()
        #expect(try Invented.words("relation = RetractionIn", in: retracted) == ["It did."])
        retracted.sections = []
        #expect(try Invented.words("relation = RetractionIn", in: retracted) == nil, "nothing to quote, nothing said")
    }

    @Test("a relation that PubMed does not have is refused with the nearest one")
    func unknownRelation() {
        #expect {
            _ = try Invented.words("relation = RetractedIn", in: document)
        } throws: { error in
            "\(error)".contains("RetractedIn") && "\(error)".contains("not a value of relation")
                && "\(error)".contains("RetractionIn")
        }
    }

    @Test("a word that is a measure's name is a term where nothing is compared")
    func termsNamedLikeMeasures() throws {
        let document = Invented.document(abstract: ["The route and the dose."])
        #expect(try Invented.words("route AND dose", in: document) == ["route", "dose"])
    }
}

package import Annotation
import Bibliography

/// A condition on what was found in a document: `dose(ketamine) <= 1 mg/kg`, `route = intravenous | parenteral`.
package struct MeasureCondition: Sendable, Hashable {
    package var measure: Measure
    /// `dose(ketamine)`: only findings of this drug or arm, and those that name none.
    package var of: String?
    package var comparison: Comparison
    /// For measures of words: any of these.
    package var words: [String]
    /// For measures of numbers, in the unit in which the measure counts.
    package var number: Double
    package var unit: Dose.Unit?
    /// `every`: at least one finding, and all of them fit.
    package var every: Bool
    /// Findings in these contexts count too. By default only what is plainly said of the study at hand counts.
    package var admitting: Annotation.Context
    /// nil: anywhere.
    package var scope: FieldScope?

    package enum Comparison: String, Sendable, Hashable {
        case less = "<", atMost = "<=", equal = "=", notEqual = "!=", atLeast = ">=", more = ">"

        func holds(_ a: Double, _ b: Double) -> Bool {
            // Doses are printed with a few digits; 0.3 is 0.1 + 0.2.
            let slack = 1e-9 * max(1, abs(b))
            return switch self {
            case .less: a < b - slack
            case .atMost: a <= b + slack
            case .equal: abs(a - b) <= slack
            case .notEqual: abs(a - b) > slack
            case .atLeast: a >= b - slack
            case .more: a > b + slack
            }
        }
    }
}

/// The measures by their names in a query.
package enum Measure: String, Sendable, Hashable, CaseIterable {
    case dose, route, duration
    case ageMinimum = "age.minimum"
    case ageMaximum = "age.maximum"
    case ageMean = "age.mean"
    case ageGroup = "age.group"
    case sampleSize
    case failedTreatments, diagnosis
    case resistantDiagnosis = "diagnosis.resistant"
    case design, scale, drug, time, percentage, registration
    /// A part of a structured abstract: `part = results` where there is one.
    case part
    /// What PubMed says ties the record to another: `relation = RetractionIn`. No text shows it, so the words it rests
    /// on are the whole title.
    case relation

    /// Whether it is compared with words (`=`, `!=`), and otherwise with a number.
    var isOfWords: Bool {
        switch self {
        case .route, .ageGroup, .diagnosis, .resistantDiagnosis, .design, .scale, .drug, .registration, .part,
            .relation:
            true
        case .dose, .duration, .ageMinimum, .ageMaximum, .ageMean, .sampleSize, .failedTreatments, .time, .percentage:
            false
        }
    }

    /// Whether `measure(name)` narrows it to a drug or arm.
    var takesName: Bool { self == .dose || self == .sampleSize }

    /// What a number may be followed by: the factor into the unit in which the measure counts.
    var units: [String: Double] {
        switch self {
        case .duration: ["min": 1, "minutes": 1, "h": 60, "hours": 60]
        case .time: ["h": 1, "hours": 1, "min": 1.0 / 60, "minutes": 1.0 / 60, "d": 24, "days": 24, "weeks": 168]
        case .ageMinimum, .ageMaximum, .ageMean: ["years": 1]
        case .percentage: ["%": 1]
        default: [:]
        }
    }

    /// What annotation has to find for it.
    var finding: FindingKinds {
        switch self {
        case .dose: .dose
        case .route: .route
        case .duration: .duration
        case .ageMinimum, .ageMaximum, .ageMean, .ageGroup: .age
        case .sampleSize: .sampleSize
        case .failedTreatments: .failedTreatments
        case .diagnosis, .resistantDiagnosis: .diagnosis
        case .design: .design
        case .scale: .scale
        case .drug: .drug
        case .time: .time
        case .percentage: .percentage
        case .registration: .registration
        case .part: .heading
        case .relation: []
        }
    }

    static let names = allCases.map(\.rawValue)
}

extension MeasureCondition {
    static let contexts: [String: Annotation.Context] = [
        "negated": .negated, "hypothetical": .hypothetical, "background": .background, "comparator": .comparator,
        "otherDrug": .otherDrug, "priorStudy": .priorStudy, "animal": .animal,
        "any": [.negated, .hypothetical, .background, .comparator, .otherDrug, .priorStudy, .animal],
    ]

    /// Whether a finding is one that this condition is about; its value is not looked at.
    func concerns(_ annotation: Annotation) -> Bool {
        guard annotation.context.subtracting(admitting).isEmpty else { return false }
        return switch (annotation.value, measure) {
        case (.dose(let dose), .dose):
            !dose.isTotal && (of == nil || dose.drug == nil || dose.drug == of) && dose.unit == unit
        case (.sampleSize(let size), .sampleSize): of == nil ? size.arm == nil : size.arm == of
        case (.age(let age), .ageMinimum): age.minimum != nil
        case (.age(let age), .ageMaximum): age.maximum != nil
        case (.age(let age), .ageMean): age.mean != nil
        case (.age(let age), .ageGroup): age.group != nil
        case (.diagnosis(let diagnosis), .resistantDiagnosis): diagnosis.isTreatmentResistant
        case (.route, .route), (.duration, .duration), (.failedTreatments, .failedTreatments),
            (.diagnosis, .diagnosis), (.design, .design), (.scale, .scale), (.drug, .drug), (.time, .time),
            (.percentage, .percentage), (.registration, .registration), (.heading, .part):
            true
        default: false
        }
    }

    /// Whether a finding that this condition is about fits it.
    func fits(_ value: Annotation.Value) -> Bool {
        switch value {
        case .dose(let dose): fits(dose.low, dose.high)
        case .duration(let duration): fits(duration.low, duration.high)
        case .sampleSize(let size): fits(Double(size.count), Double(size.count))
        case .failedTreatments(let failed): fits(Double(failed.minimum), failed.maximum.map(Double.init) ?? .infinity)
        case .time(let time): fits(time.hours, time.hours)
        case .percentage(let percentage): fits(percentage.value, percentage.value)
        case .age(let age):
            switch measure {
            case .ageMinimum: age.minimum.map { fits($0, $0) } ?? false
            case .ageMaximum: age.maximum.map { fits($0, $0) } ?? false
            case .ageMean: age.mean.map { fits($0, $0) } ?? false
            default: fits(age.group?.rawValue ?? "")
            }
        case .route(let route): fits(route.rawValue)
        case .diagnosis(let diagnosis): fits(diagnosis.name)
        case .design(let design): fits(design.name)
        case .scale(let scale): fits(scale.name)
        case .drug(let name): fits(name)
        case .registration(let registry, _): fits(registry)
        case .heading(let heading): fits(AbstractPart(heading: heading)?.rawValue ?? "")
        // What is found for extraction alone is no measure.
        default: false
        }
    }

    /// Whether a labelled section is one that this condition asks for.
    func fits(_ part: AbstractPart?) -> Bool { measure == .part && part.map { fits($0.rawValue) } ?? false }

    /// Whether a record's relation is one that this condition asks for.
    func fits(_ relation: Relation) -> Bool { measure == .relation && fits(relation.type) }

    private func fits(_ word: String) -> Bool { words.contains(word) == (comparison == .equal) }

    /// A range fits when all of it does; `=` when the number lies in it.
    private func fits(_ low: Double, _ high: Double) -> Bool {
        switch comparison {
        case .less, .atMost: comparison.holds(high, number)
        case .atLeast, .more: comparison.holds(low, number)
        case .equal: Comparison.atMost.holds(low, number) && Comparison.atLeast.holds(high, number)
        case .notEqual: !(Comparison.atMost.holds(low, number) && Comparison.atLeast.holds(high, number))
        }
    }
}

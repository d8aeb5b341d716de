/// Everything found in a document by reading it once. Screening and extraction both read from here, so that a dose
/// is understood in one place.
package struct Annotations: Sendable, Hashable {
    /// In the order of the document.
    package var items: [Annotation]

    package init(items: [Annotation]) { self.items = items }
}

/// One thing found, where it stands, and what is said about it around it.
package struct Annotation: Sendable, Hashable {
    package var span: TextSpan
    package var value: Value
    /// What the surrounding words make of it; empty when it is plainly asserted of the study at hand.
    package var context: Context
    /// The drug that the words attach it to (a route's, an infusion's), by its canonical name.
    package var drug: String?

    package init(span: TextSpan, value: Value, context: Context = [], drug: String? = nil) {
        self.span = span
        self.value = value
        self.context = context
        self.drug = drug
    }

    /// How a finding is meant.
    package struct Context: OptionSet, Sendable, Hashable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// `without`, `not`, `no`, `excluded`.
        package static let negated = Context(rawValue: 1 << 0)
        /// `may`, `could`, `further studies should`.
        package static let hypothetical = Context(rawValue: 1 << 1)
        /// Told of the field, not of this study (background and introduction).
        package static let background = Context(rawValue: 1 << 2)
        /// Belongs to the comparator arm.
        package static let comparator = Context(rawValue: 1 << 3)
        /// Belongs to a drug other than the one nearest in the review's interest.
        package static let otherDrug = Context(rawValue: 1 << 4)
        /// Of an earlier study.
        package static let priorStudy = Context(rawValue: 1 << 5)
        /// Of animals.
        package static let animal = Context(rawValue: 1 << 6)
    }

    package enum Value: Sendable, Hashable {
        case dose(Dose)
        case route(Route)
        case duration(InfusionDuration)
        case age(Age)
        case sampleSize(SampleSize)
        case failedTreatments(FailedTreatments)
        case diagnosis(Diagnosis)
        case design(Design)
        case scale(Scale)
        case time(TimePoint)
        case registration(registry: String, number: String)
        case percentage(Percentage)
        case outcome(Outcome)
        case score(Score)
        /// A number of infusions (or other administrations) in a course.
        case infusions(Int)
        /// How often, in plain words: `twice weekly`.
        case schedule(String)
        case women(Percentage)
        case adverseEvent(String)
        case country(String)
        /// Who paid, as printed.
        case funding(String)
        /// One number of an effect estimate: `OR 2.31`, a limit of its interval, its p.
        case effect(Effect)
        /// How long it took to relapse, on average.
        case relapseTime(days: Double)
        /// Where people were treated: `inpatient`, `outpatient`, `community`, `emergency`, `multicentre`, `singleCentre`.
        case setting(String)
        /// What authors declare, as printed.
        case conflicts(String)
        /// A drug by its canonical name: `ketamine`, `esketamine`, `midazolam`, `propofol`.
        case drug(name: String)
        /// A printed or inferred heading inside flattened text: `METHODS`.
        case heading(String)
    }
}

/// An amount of a drug. A list ("0.1, 0.2 or 0.5 mg/kg") gives one annotation an amount.
package struct Dose: Sendable, Hashable {
    /// Both ends of a range, equal for one number; in `unit`.
    package var low: Double
    package var high: Double
    /// Canonical: `mg/kg`, `mg`, `mg/kg/h`, `ug/kg/min`, `ng/mL` ...
    package var unit: Unit
    /// The drug it is of, when the words say so: `ketamine`, `esketamine`, `midazolam`.
    package var drug: String?
    /// A total over a course or day, not one administration.
    package var isTotal: Bool

    package enum Unit: String, Sendable, Hashable {
        case milligramsPerKilogram = "mg/kg"
        case milligrams = "mg"
        case milligramsPerKilogramHour = "mg/kg/h"
        case milligramsPerHour = "mg/h"
        case nanogramsPerMillilitre = "ng/mL"
        case milligramsPerMillilitre = "mg/mL"
        case millimolesPerLitre = "mmol/L"
    }

    package init(low: Double, high: Double, unit: Unit, drug: String?, isTotal: Bool = false) {
        self.low = low
        self.high = high
        self.unit = unit
        self.drug = drug
        self.isTotal = isTotal
    }
}

package enum Route: String, Sendable, Hashable, CaseIterable {
    case intravenous, intranasal, oral, sublingual, intramuscular, subcutaneous, rectal, transdermal, inhaled
    case epidural, intrathecal, intraperitoneal, parenteral
}

/// How long an infusion lasts, in minutes.
package struct InfusionDuration: Sendable, Hashable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}

/// An age in years. `minimum`/`maximum` of eligibility or of the sample, `mean` with `sd`, or only an age word.
package struct Age: Sendable, Hashable {
    package enum Group: String, Sendable, Hashable { case child, adolescent, adult, older }

    package var minimum: Double?
    package var maximum: Double?
    package var mean: Double?
    package var sd: Double?
    package var group: Group?

    package init(
        minimum: Double? = nil, maximum: Double? = nil, mean: Double? = nil, sd: Double? = nil, group: Group? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.mean = mean
        self.sd = sd
        self.group = group
    }
}

package struct SampleSize: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable {
        case randomised, enrolled, treated, completed, analysed, unspecified
    }

    package var count: Int
    package var role: Role
    /// The drug of the arm, when it is one arm's size.
    package var arm: String?
    /// What tells the arm from another of the same drug; nil where nothing has to.
    package var dose: String?

    package init(count: Int, role: Role, arm: String? = nil, dose: String? = nil) {
        self.count = count
        self.role = role
        self.arm = arm
        self.dose = dose
    }
}

/// "failed at least two adequate antidepressant trials": 2...nil.
package struct FailedTreatments: Sendable, Hashable {
    package var minimum: Int
    package var maximum: Int?

    package init(minimum: Int, maximum: Int? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// A condition by its canonical name: `majorDepression`, `bipolarDepression`, `treatmentResistantDepression`,
/// `depression`, `ptsd`, `ocd`, `pain` ...; `isTreatmentResistant` when resistance is said of it.
package struct Diagnosis: Sendable, Hashable {
    package var name: String
    package var isTreatmentResistant: Bool

    package init(name: String, isTreatmentResistant: Bool = false) {
        self.name = name
        self.isTreatmentResistant = isTreatmentResistant
    }
}

/// A design by its canonical name: `randomised`, `crossover`, `doubleBlind`, `singleBlind`, `openLabel`, `singleArm`,
/// `retrospective`, `caseReport`, `caseSeries`, `protocol`, `review`, `metaAnalysis`, `secondaryAnalysis`,
/// `animalStudy`, `healthyVolunteers`, `healthyControls`, `placeboControlled`, `activeControlled`, `observational`,
/// `pilot`, `clinicalTrial`, `usualCare`; of publications also `editorial`, `letter`, `erratum`, `retraction`, `preprint`, `guideline`.
package struct Design: Sendable, Hashable {
    package var name: String

    package init(name: String) { self.name = name }
}

/// A rating scale by its canonical name and version: `MADRS`, `HDRS-17`, `HDRS`, `BDI-II`, `QIDS-SR16`, `CADSS`.
package struct Scale: Sendable, Hashable {
    package var name: String
    /// One that the vocabulary knows; others go by the short name that their text gives them.
    package var isKnown: Bool

    package init(name: String, isKnown: Bool = true) {
        self.name = name
        self.isKnown = isKnown
    }
}

/// Hours from the start of the infusion (or of treatment). 230 and 240 minutes are both 4.
package struct TimePoint: Sendable, Hashable {
    package var hours: Double

    package init(hours: Double) { self.hours = hours }
}

package struct Percentage: Sendable, Hashable {
    /// 0...100.
    package var value: Double
    package var numerator: Int?
    package var denominator: Int?

    package init(value: Double, numerator: Int? = nil, denominator: Int? = nil) {
        self.value = value
        self.numerator = numerator
        self.denominator = denominator
    }
}

/// How many people an event befell: `18 of 25 responded (72%)`, `nausea in 4 of 22`.
package struct Outcome: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case response, remission, relapse, dropout
        case adverseEvent = "adverseEventCount"

        /// Counted for harm, not for benefit.
        package var isHarm: Bool { self == .adverseEvent || self == .dropout }
    }

    package var kind: Kind
    package var percentage: Double?
    package var events: Int?
    package var total: Int?
    /// The drug of the arm, when the words say so.
    package var arm: String?
    /// What tells the arm from another of the same drug, `0.1 mg/kg` or `twice weekly`; nil where nothing has to.
    package var dose: String?
    /// Hours from the start of the infusion; nil where no point in time is named ("responded at some point").
    package var hours: Double?
    package var scale: String?
    /// Of an adverse event: what happened, as printed. Of a drop-out: why, nil for any reason.
    package var name: String?

    package init(
        kind: Kind, percentage: Double? = nil, events: Int? = nil, total: Int? = nil, arm: String? = nil,
        dose: String? = nil, hours: Double? = nil, scale: String? = nil, name: String? = nil
    ) {
        self.kind = kind
        self.percentage = percentage
        self.events = events
        self.total = total
        self.arm = arm
        self.dose = dose
        self.hours = hours
        self.scale = scale
        self.name = name
    }
}

/// A mean score or a mean change of a rating scale.
package struct Score: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case baseline, endpoint, change }

    package var kind: Kind
    package var mean: Double
    package var sd: Double?
    package var scale: String?
    package var arm: String?
    /// What tells the arm from another of the same drug; nil where nothing has to.
    package var dose: String?
    package var hours: Double?

    package init(
        kind: Kind, mean: Double, sd: Double? = nil, scale: String? = nil, arm: String? = nil, dose: String? = nil,
        hours: Double? = nil
    ) {
        self.kind = kind
        self.mean = mean
        self.sd = sd
        self.scale = scale
        self.arm = arm
        self.dose = dose
        self.hours = hours
    }
}

/// One number of an effect estimate, each with words of its own.
package struct Effect: Sendable, Hashable {
    /// `SMD` stands for Cohen's d and Hedges' g, too.
    package enum Measure: String, Sendable, Hashable { case OR, RR, HR, RD, MD, SMD }
    package enum Part: String, Sendable, Hashable { case estimate, lower, upper, p }

    package var measure: Measure
    package var part: Part
    package var value: Double
    /// The event or the scale it is of, where the sentence names just one.
    package var outcome: String?
    package var hours: Double?
    /// The arm that is held against another, where the words name it, and what tells it from another of its drug.
    package var arm: String?
    package var dose: String?
    /// What it is held against; nil where the words name nothing.
    package var comparator: String?

    package init(
        measure: Measure, part: Part, value: Double, outcome: String? = nil, hours: Double? = nil, arm: String? = nil,
        dose: String? = nil, comparator: String? = nil
    ) {
        self.measure = measure
        self.part = part
        self.value = value
        self.outcome = outcome
        self.hours = hours
        self.arm = arm
        self.dose = dose
        self.comparator = comparator
    }
}

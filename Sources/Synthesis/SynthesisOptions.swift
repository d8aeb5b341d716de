/// What is computed from the rows of a table, by metafor's names.
package enum Measure: String, CaseIterable, Sendable {
    /// Log odds ratio.
    case oddsRatio = "OR"
    /// Log risk ratio.
    case riskRatio = "RR"
    case riskDifference = "RD"
    /// Log odds ratio by Peto's method (Yusuf 1985).
    case peto = "PETO"
    case meanDifference = "MD"
    /// Hedges' g with the exact correction.
    case standardizedMeanDifference = "SMD"
    case proportion = "PR"
    case logitProportion = "PLO"
    /// Freeman and Tukey's double arcsine (1950), halved as metafor does.
    case doubleArcsineProportion = "PFT"
    /// Estimates and variances as given.
    case general = "GEN"

    /// What a reader sees: the measure after back-transformation.
    package var label: String {
        switch self {
        case .oddsRatio: "Odds ratio"
        case .riskRatio: "Risk ratio"
        case .riskDifference: "Risk difference"
        case .peto: "Peto odds ratio"
        case .meanDifference: "Mean difference"
        case .standardizedMeanDifference: "Standardised mean difference"
        case .proportion, .logitProportion, .doubleArcsineProportion: "Proportion"
        case .general: "Estimate"
        }
    }

    /// What the numbers of the analysis are.
    package var analysisLabel: String {
        switch self {
        case .oddsRatio: "log odds ratio"
        case .riskRatio: "log risk ratio"
        case .peto: "log odds ratio (Peto)"
        case .logitProportion: "logit of the proportion"
        case .doubleArcsineProportion: "double arcsine of the proportion"
        default: label.lowercased()
        }
    }

    /// Whether the analysis is on the scale of natural logarithms.
    package var isLogarithmic: Bool { self == .oddsRatio || self == .riskRatio || self == .peto }

    /// The columns it is computed from; either of two sets where there are two.
    var columns: [[String]] {
        switch self {
        case .oddsRatio, .riskRatio, .riskDifference, .peto: [["ai", "bi", "ci", "di"], ["ai", "n1i", "ci", "n2i"]]
        case .meanDifference, .standardizedMeanDifference: [["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"]]
        case .proportion, .logitProportion, .doubleArcsineProportion: [["xi", "ni"]]
        case .general: [["yi", "vi"]]
        }
    }
}

/// How the effects are pooled, by metafor's names.
package enum PoolingMethod: String, CaseIterable, Sendable {
    /// Equal (common, fixed) effects.
    case equalEffects = "EE"
    case derSimonianLaird = "DL"
    case hedges = "HE"
    case hunterSchmidt = "HS"
    case sidikJonkman = "SJ"
    case maximumLikelihood = "ML"
    case restrictedMaximumLikelihood = "REML"
    case empiricalBayes = "EB"
    case pauleMandel = "PM"
    /// Mantel and Haenszel's method, for OR, RR and RD.
    case mantelHaenszel = "MH"

    /// By its name, `FE` being the older word for `EE`.
    package init?(name: String) {
        let upper = name.uppercased()
        self.init(rawValue: upper == "FE" ? "EE" : upper)
    }

    /// Whether the method estimates a variance between studies.
    package var isRandomEffects: Bool { self != .equalEffects && self != .mantelHaenszel }
}

/// The reference distribution of the pooled estimate.
package enum EstimateTest: String, CaseIterable, Sendable {
    case z
    case t
    /// Hartung and Knapp (2001), Sidik and Jonkman (2002), without truncation.
    case knha
}

package struct SynthesisOptions: Hashable, Sendable {
    package var measure: Measure
    package var method: PoolingMethod
    package var test: EstimateTest
    /// Of the intervals, in per cent.
    package var level: Double

    package init(
        measure: Measure, method: PoolingMethod = .restrictedMaximumLikelihood, test: EstimateTest = .z,
        level: Double = 95
    ) {
        self.measure = measure
        self.method = method
        self.test = test
        self.level = level
    }
}

/// Why nothing can be pooled.
package enum SynthesisError: Error, Hashable, CustomStringConvertible {
    case missingColumns(measure: String, wanted: String, found: String)
    case repeatedColumn(String)
    case notANumber(line: Int, column: String, text: String)
    case impossible(line: Int, what: String)
    case methodNotForMeasure(method: String, measure: String)
    case testNotForMethod(test: String, method: String)
    case levelOutOfRange(Double)

    package var description: String {
        switch self {
        case .missingColumns(let measure, let wanted, let found):
            "measure \(measure) needs the columns \(wanted), or yi and vi; the table has \(found)"
        case .repeatedColumn(let name):
            "the column \(name) stands twice; keep one of them"
        case .notANumber(let line, let column, let text):
            "line \(line), column \(column): '\(text)' is not a number; write digits with a decimal point, or leave "
                + "the cell empty where the number is not known"
        case .impossible(let line, let what):
            "line \(line): \(what); correct the row or leave the cells empty"
        case .methodNotForMeasure(let method, let measure):
            "method \(method) does not pool \(measure); it pools OR, RR and RD"
        case .testNotForMethod(let test, let method):
            "test \(test) does not go with method \(method); use test z"
        case .levelOutOfRange(let level):
            "a level of \(level) per cent is not possible; give one above 0 and below 100, usually 95"
        }
    }
}

import Foundation
import Interchange
import Synthesis
import Testing

/// How closely results must agree with published or reference numbers. Relative to the reference, except close to
/// zero, where the absolute bound holds.
enum Tolerance {
    /// References with 15 digits, closed formulas.
    static let closed = 1e-12
    /// References with 15 digits, iterated to 1e-13 there.
    static let iterated = 1e-8
    static let absolute = 1e-13

    static func agree(_ value: Double?, _ reference: Double?, _ relative: Double) -> Bool {
        guard let value, let reference else { return value == nil && reference == nil }
        return abs(value - reference) <= max(relative * abs(reference), absolute)
    }
}

func table(_ text: String) throws -> SynthesisTable {
    try SynthesisTable(reading: DelimitedText(parsing: Array(text.utf8)))
}

func run(
    _ text: String, _ measure: Measure, _ method: PoolingMethod = .restrictedMaximumLikelihood,
    _ test: EstimateTest = .z, level: Double = 95
) throws -> SynthesisResult {
    try Synthesis.run(table(text), SynthesisOptions(measure: measure, method: method, test: test, level: level))
}

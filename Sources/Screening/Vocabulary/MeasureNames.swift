import Annotation

/// Canonical names of a review's own, which measures may take beside those that are known here.
package struct MeasureNames: Sendable, Hashable, Codable {
    package var drugs: [String]
    package var scales: [String]

    package init(drugs: [String] = [], scales: [String] = []) {
        self.drugs = drugs
        self.scales = scales
    }

    /// The words that a measure can take, where these are a closed list.
    func accepted(by measure: Measure) -> [String]? {
        switch measure {
        case .route: Route.allCases.map(\.rawValue)
        case .part: AbstractPart.allCases.map(\.rawValue)
        case .ageGroup: ["child", "adolescent", "adult", "older"]
        case .design: MeasureWords.designs
        case .diagnosis, .resistantDiagnosis: MeasureWords.diagnoses
        case .scale: MeasureWords.scales + scales
        case .drug: MeasureWords.drugs + drugs
        case .relation: MeasureWords.relations
        case .dose, .duration, .ageMinimum, .ageMaximum, .ageMean, .sampleSize, .failedTreatments, .time, .percentage,
            .registration:
            nil
        }
    }
}

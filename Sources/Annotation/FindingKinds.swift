/// Kinds of findings, to ask for some only: a criterion that asks for doses need not wait for countries and funding.
package struct FindingKinds: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let heading = FindingKinds(rawValue: 1 << 0)
    package static let drug = FindingKinds(rawValue: 1 << 1)
    package static let route = FindingKinds(rawValue: 1 << 2)
    package static let diagnosis = FindingKinds(rawValue: 1 << 3)
    package static let design = FindingKinds(rawValue: 1 << 4)
    package static let age = FindingKinds(rawValue: 1 << 5)
    package static let dose = FindingKinds(rawValue: 1 << 6)
    package static let duration = FindingKinds(rawValue: 1 << 7)
    package static let time = FindingKinds(rawValue: 1 << 8)
    package static let sampleSize = FindingKinds(rawValue: 1 << 9)
    package static let percentage = FindingKinds(rawValue: 1 << 10)
    package static let registration = FindingKinds(rawValue: 1 << 11)
    package static let failedTreatments = FindingKinds(rawValue: 1 << 12)
    package static let scale = FindingKinds(rawValue: 1 << 13)
    /// What extraction alone works with: outcomes, scores, courses, women, places, funding, adverse events. They are
    /// read with the help of the others, so that asking for them is asking for all.
    package static let extracted = FindingKinds(rawValue: 1 << 14)

    package static let all = FindingKinds(rawValue: (1 << 15) - 1)
}

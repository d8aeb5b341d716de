/// The way a change of a score goes, by its word. Falls are printed with and without a minus; as numbers they have one, so
/// that studies can be pooled.
enum ScoreChange {
    case fall, rise, improvement
    /// `change`: the number says itself.
    case any

    /// The change as a number.
    func signed(_ printed: Double, on scale: String) -> Double {
        let isFall =
            switch self {
            case .fall: true
            case .improvement: Self.known.contains(scale) && !Self.higherIsBetter.contains(scale)
            case .rise, .any: false
            }
        return isFall ? -abs(printed) : printed
    }

    /// The scales of the vocabulary. What a review measures besides may have units, and nobody knows which way is better.
    static let known = Set(Concept.scales.map(\.name))

    private static let higherIsBetter: Set<String> = [
        "EQ-5D", "FACIT-F", "GAF", "GSE-My", "MMSE", "MoCA", "Q-LES-Q", "QoR-15", "QoR-40", "RSES", "SF-12", "SF-36",
        "SOFAS", "SWLS",
    ]

    // MARK: Words

    static func noun(_ reading: Reading, _ at: Int) -> ScoreChange? {
        if reading.isWord(at, of: ["reduction", "reductions", "decrease", "decreases", "decline", "drop", "fall"]) {
            return .fall
        }
        if reading.isWord(at, of: ["increase", "increases", "rise", "gain", "worsening"]) { return .rise }
        if reading.isWord(at, of: ["improvement", "improvements"]) { return .improvement }
        return reading.isWord(at, of: ["change", "changes"]) ? .any : nil
    }

    /// What scores do: by how much stands behind `by`, or at once.
    static func verb(_ reading: Reading, _ at: Int) -> ScoreChange? {
        if reading.isWord(
            at, of: ["reduced", "decreased", "declined", "dropped", "fell", "fallen", "lowered", "diminished"])
        {
            return .fall
        }
        if reading.isWord(at, of: ["increased", "rose", "gained", "worsened"]) { return .rise }
        if reading.isWord(at, of: ["improved", "improve"]) { return .improvement }
        return reading.isWord(at, "changed") ? .any : nil
    }
}

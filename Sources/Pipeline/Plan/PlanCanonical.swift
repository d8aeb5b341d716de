import Foundation

extension Plan {
    /// The parts of a plan that a stage depends on.
    package enum Section: String, Sendable, Hashable, CaseIterable {
        case review, sources, annotation, screening, fullTexts, extraction, synthesis, outputs
    }

    /// One section with everything resolved (defaults, switches) as one text: the same for two files that mean the same,
    /// whatever their comments, layout and lines. Fingerprints of stages are made from it.
    package func canonical(section: Section) -> String {
        switch section {
        case .review: Self.json(review)
        case .sources: Self.json(sources)
        case .annotation: Self.json(annotation)
        case .screening: Self.json(screening)
        case .fullTexts: Self.json(fullTexts)
        case .extraction: Self.json(extraction)
        case .synthesis: Self.json(synthesis)
        case .outputs: Self.json(outputs)
        }
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Plans hold only texts, finite numbers and lists of them, which always encode.
        guard let data = try? encoder.encode(value) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}

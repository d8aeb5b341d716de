package import Annotation

/// A query as it is understood: the tree that the parser makes of the text in a pipeline file.
package indirect enum Query: Sendable, Hashable {
    /// Consecutive words, each possibly with `*` or `?`.
    case term([String], FieldScope)
    /// An indexed heading or publication type, by the folded names and identifiers that count.
    case heading(HeadingSet)
    case measure(MeasureCondition)
    case and([Query])
    case or([Query])
    case not(Query)
    /// Both within `distance` words of each other (1: next to each other); `ordered`: the first one first.
    case near(Query, Query, distance: Int, ordered: Bool)

    /// Whether every way in which this can hold rests on words that can be quoted. `NOT x` alone does not.
    package var restsOnWords: Bool {
        switch self {
        case .term, .heading, .measure, .near: true
        case .and(let parts): parts.contains(where: \.restsOnWords)
        case .or(let parts): parts.allSatisfy(\.restsOnWords)
        case .not: false
        }
    }

    /// Whether more than words has to be found to answer it: measures, and the parts of an abstract.
    var asksForFindings: Bool {
        switch self {
        case .term(_, let scope): !scope.parts.isEmpty
        case .heading: false
        case .measure: true
        case .and(let parts), .or(let parts): parts.contains(where: \.asksForFindings)
        case .not(let part): part.asksForFindings
        case .near(let a, let b, _, _): a.asksForFindings || b.asksForFindings
        }
    }

    /// Whether it stands for places in a text, so that `NEAR` can measure between them.
    package var hasPlaces: Bool {
        switch self {
        case .term, .near: true
        case .or(let parts): parts.allSatisfy(\.hasPlaces)
        case .heading, .measure, .and, .not: false
        }
    }
}

/// The headings or publication types that a `[mh]` or `[pt]` term stands for.
package struct HeadingSet: Sendable, Hashable {
    /// `mesh` or `publicationTypes`.
    package var field: Document.Field
    /// Lower case.
    package var names: Set<String>
    package var identifiers: Set<String>
}

/// Where in a document a term may stand.
package struct FieldScope: Sendable, Hashable {
    package var fields: Set<Document.Field>
    /// Only these parts of a structured (or flattened) abstract; empty: the whole of it.
    package var parts: Set<AbstractPart>

    package init(fields: Set<Document.Field>, parts: Set<AbstractPart> = []) {
        self.fields = fields
        self.parts = parts
    }

    /// Without a field: title, abstract, keywords and, where there is one, the full text.
    package static let all = FieldScope(fields: [.title, .abstract, .keywords, .body])

    /// The field tags and what each covers. `tiab` covers author keywords as PubMed's does.
    static func named(_ tag: String) -> FieldScope? {
        switch tag {
        case "ti", "title": FieldScope(fields: [.title])
        case "ab", "abstract": FieldScope(fields: [.abstract])
        case "tiab", "title/abstract", "tw": FieldScope(fields: [.title, .abstract, .keywords])
        case "ot", "kw": FieldScope(fields: [.keywords])
        case "body": FieldScope(fields: [.body])
        case "all": all
        default: AbstractPart(rawValue: tag).map { FieldScope(fields: [.abstract, .body], parts: [$0]) }
        }
    }

    static let names =
        ["ti", "ab", "tiab", "tw", "ot", "kw", "body", "all", "mh", "mh:noexp", "pt"]
        + AbstractPart.allCases.map(\.rawValue)

    mutating func formUnion(_ other: FieldScope) {
        fields.formUnion(other.fields)
        // A scope without parts is the whole abstract, which holds every part.
        let hasWhole =
            (parts.isEmpty && fields.contains(.abstract)) || (other.parts.isEmpty && other.fields.contains(.abstract))
        parts = hasWhole ? [] : parts.union(other.parts)
    }
}

/// The parts of an abstract, by what their headings say.
package enum AbstractPart: String, Sendable, Hashable, CaseIterable {
    case background, objective, methods, results, conclusions

    /// The part that a printed heading or NLM category names, nil for one that is none of them.
    package init?(heading: String) {
        let letters = heading.utf8.map { $0 | 0x20 }
        for (part, stems) in Self.stems where stems.contains(where: { Self.holds(letters, $0) }) {
            self = part
            return
        }
        return nil
    }

    /// Whether the letters of a stem stand somewhere in a heading; both in lower case.
    private static func holds(_ letters: [UInt8], _ stem: [UInt8]) -> Bool {
        guard letters.count >= stem.count else { return false }
        for start in 0...letters.count - stem.count where letters[start...].starts(with: stem) { return true }
        return false
    }

    /// In this order: `BACKGROUND AND AIMS` is background, `DESIGN AND RESULTS` is methods.
    private static let stems: [(AbstractPart, [[UInt8]])] = words.map { ($0, $1.map { Array($0.utf8) }) }

    private static let words: [(AbstractPart, [String])] = [
        (.background, ["background", "introduction", "context", "rationale", "importance"]),
        (.objective, ["objective", "aim", "purpose", "hypothes", "question"]),
        (
            .methods,
            [
                "method", "design", "setting", "patient", "participant", "subject", "intervention", "procedure",
                "measure", "material", "population", "sample", "analys",
            ]
        ),
        (.results, ["result", "finding", "outcome", "observation"]),
        (
            .conclusions,
            ["conclusion", "discussion", "interpretation", "implication", "limitation", "significance", "relevance"]
        ),
    ]
}

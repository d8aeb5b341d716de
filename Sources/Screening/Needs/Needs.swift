import Annotation

/// What a record must name to be about the question at all: the `needs` of a criterion.
struct Needs: Sendable {
    /// The step of the program that answers it.
    let query: Int32
    /// nil where the words are too short to be looked for in bytes.
    let search: TraceSearch?
}

extension Query {
    /// The words of each term, where the query is nothing but terms in any field joined by OR; nil for all others.
    var plainTerms: [[String]]? {
        switch self {
        case .term(let words, .all): return [words]
        case .or(let parts):
            var terms: [[String]] = []
            for part in parts {
                guard let words = part.plainTerms else { return nil }
                terms += words
            }
            return terms
        case .term, .heading, .measure, .and, .not, .near: return nil
        }
    }
}

extension Screener {
    /// Finds out from the bytes of a record whether it may be anything but excluded by the first criterion; nil where
    /// the criteria do not say what a record must name.
    ///
    /// A record with a title in which the search finds nothing is excluded, with the first criterion as the reason:
    /// `judge` says the same.
    package var firstNeed: TraceSearch? { criteria.first?.needs?.search }

    /// The id of the first criterion.
    package var firstCriterion: String? { criteria.first?.id }
}

extension Reading {
    /// Whether the document names what a criterion needs, anywhere: rules look in title, abstract, keywords and full
    /// text; here headings, types and the texts that no rule reads count too.
    mutating func names(_ needs: Needs) -> Bool {
        if holds(needs.query) { return true }
        let headings = document.sections.filter { $0.field == .mesh || $0.field == .publicationTypes }
        let texts = headings.map(\.text) + document.otherTexts
        guard !texts.isEmpty else { return false }
        let sections = texts.enumerated().map { Document.Section(field: .abstract, index: $0, text: $1) }
        var elsewhere = Reading(
            Document(id: document.id, sections: sections), Annotations(items: []), program: program)
        return elsewhere.holds(needs.query)
    }
}

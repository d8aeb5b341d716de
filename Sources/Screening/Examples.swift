package import Annotation
import Bibliography

/// What came of trying a rule on one of its examples.
package struct ExampleResult: Sendable, Hashable {
    package var criterion: String
    package var rule: String
    /// The example is one in which the rule must hold (`passes`), or must not (`fails`).
    package var mustHold: Bool
    package var holds: Bool
    /// The text tried, shortened, and its line in the pipeline file.
    package var text: String
    package var line: Int
    /// The words on which the rule held.
    package var evidence: [Evidence]

    package var isRight: Bool { mustHold == holds }

    /// A sentence for a person: which rule did what on which words.
    package var description: String {
        let place = "line \(line): \(criterion).\(rule)"
        let words = evidence.map { "'\($0.quote)'" }.joined(separator: ", ")
        return switch (mustHold, holds) {
        case (true, true): "\(place) holds, as it should, on \(words)"
        case (false, false): "\(place) does not hold, as it should, in \"\(text)\""
        case (true, false): "\(place) should hold but finds none of its words in \"\(text)\""
        case (false, true): "\(place) should not hold but does, on \(words), in \"\(text)\""
        }
    }
}

extension ExampleText {
    /// The invented record.
    package var document: Document {
        var sections: [Document.Section] = []
        if let title { sections.append(.init(field: .title, index: nil, text: title)) }
        if let abstract { sections.append(.init(field: .abstract, index: 0, text: abstract)) }
        for (index, word) in keywords.enumerated() {
            sections.append(.init(field: .keywords, index: index, text: word))
        }
        for (index, name) in mesh.enumerated() { sections.append(.init(field: .mesh, index: index, text: name)) }
        for (index, name) in publicationTypes.enumerated() {
            sections.append(.init(field: .publicationTypes, index: index, text: name))
        }
        return Document(
            id: RecordID("example"), sections: sections, relations: relations.map { Relation(type: $0) })
    }

    var shortened: String {
        let whole = [title, abstract].compactMap { $0 }.joined(separator: " / ")
        return whole.count <= 160 ? whole : whole.prefix(157) + "..."
    }
}

extension Screener {
    /// Tries every rule in force on its own examples.
    package func checkExamples(annotate: (Document) -> Annotations) -> [ExampleResult] {
        var results: [ExampleResult] = []
        for criterion in criteria {
            for rule in criterion.rules {
                let tried = rule.declaration.passes.map { ($0, true) } + rule.declaration.fails.map { ($0, false) }
                for (example, mustHold) in tried {
                    let document = example.document
                    var reading = Reading(document, .found(annotate(document)), program: program)
                    let holds = reading.holds(rule.query)
                    let spans = holds ? reading.spans(rule.query) : []
                    let name = criterion.id + "." + rule.id
                    results.append(
                        ExampleResult(
                            criterion: criterion.id, rule: rule.id, mustHold: mustHold, holds: holds,
                            text: example.shortened, line: example.line,
                            evidence: spans.map { Evidence($0, in: document, rule: name) }))
                }
            }
        }
        return results
    }
}

import Annotation
import Bibliography
import Screening
import TestSupport

/// Invented documents and one-rule criteria, so that a test says only what it is about.
enum Invented {
    static func document(
        title: String? = nil, abstract: [String] = [], labels: [String?] = [], mesh: [String] = [],
        types: [String] = [], keywords: [String] = []
    ) -> Document {
        var sections: [Document.Section] = []
        if let title { sections.append(.init(field: .title, index: nil, text: title)) }
        for (index, text) in abstract.enumerated() {
            let label = index < labels.count ? labels[index] : nil
            sections.append(.init(field: .abstract, index: index, label: label, text: text))
        }
        for (index, text) in mesh.enumerated() { sections.append(.init(field: .mesh, index: index, text: text)) }
        for (index, text) in keywords.enumerated() {
            sections.append(.init(field: .keywords, index: index, text: text))
        }
        for (index, text) in types.enumerated() {
            sections.append(.init(field: .publicationTypes, index: index, text: text))
        }
        return Document(id: RecordID("test"), sections: sections)
    }

    static func rule(
        _ id: String, _ verdict: Verdict, _ when: String, overrides: [String] = [], onlyIf: [String: String] = [:],
        passes: [ExampleText] = [], fails: [ExampleText] = []
    ) -> RuleDeclaration {
        RuleDeclaration(
            id: SourceText(id), verdict: verdict, when: SourceText(when), overrides: overrides.map { SourceText($0) },
            onlyIf: onlyIf.map { SwitchCondition(name: SourceText($0.key), values: [$0.value]) }, passes: passes,
            fails: fails)
    }

    static func criterion(
        _ id: String, silence: CriterionDeclaration.Silence = .unclear, _ rules: RuleDeclaration...
    ) -> CriterionDeclaration {
        CriterionDeclaration(id: SourceText(id), question: "?", silence: silence, rules: rules)
    }

    /// The words on which a query holds in a document; nil where it does not.
    static func words(
        _ query: String, in document: Document, _ annotations: [Annotation] = [], concepts: [String: String] = [:],
        switches: [String: String] = [:]
    ) throws -> [String]? {
        let declaration = ScreeningDeclaration(
            concepts: concepts.sorted { $0.key < $1.key }.map {
                ConceptDeclaration(name: SourceText($0.key), query: SourceText($0.value))
            },
            criteria: [criterion("c", rule("r", .met, query))], switches: switches)
        let judgement = try Screener(declaration).judge(document, Annotations(items: annotations))
        guard judgement.decision == .include else { return nil }
        return judgement.criteria[0].evidence.map(\.quote)
    }

    /// The words on which a query holds in an abstract.
    static func words(_ query: String, _ abstract: String) throws -> [String]? {
        try words(query, in: document(abstract: [abstract]))
    }

    /// An annotation over the first occurrence of a text in a section.
    static func found(
        _ text: String, in document: Document, _ value: Annotation.Value, _ context: Annotation.Context = []
    ) throws -> Annotation {
        for (index, section) in document.sections.enumerated() {
            guard let range = section.text.range(of: text) else { continue }
            let start = section.text.utf8.distance(from: section.text.startIndex, to: range.lowerBound)
            return Annotation(
                span: TextSpan(section: index, start: start, end: start + text.utf8.count), value: value,
                context: context)
        }
        throw Missing()
    }

    struct Missing: Error {}
}

extension String {
    fileprivate func range(of part: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            formIndex(after: &start)
        }
        return nil
    }
}

extension SeededRandom {
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

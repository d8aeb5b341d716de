import Annotation
import Bibliography

/// A document of one abstract, as most tests need it.
func abstract(_ text: String, title: String? = nil) -> Document {
    var sections: [Document.Section] = []
    if let title { sections.append(.init(field: .title, index: nil, text: title)) }
    sections.append(.init(field: .abstract, index: 0, text: text))
    return Document(id: RecordID("test:1"), sections: sections)
}

/// What is found in a text, of one kind.
func found<T>(_ text: String, title: String? = nil, _ pick: (Annotation.Value) -> T?) -> [T] {
    Annotator().annotate(abstract(text, title: title)).items.compactMap { pick($0.value) }
}

func doses(_ text: String) -> [Dose] { found(text) { if case .dose(let dose) = $0 { dose } else { nil } } }

func routes(_ text: String) -> [Route] { found(text) { if case .route(let route) = $0 { route } else { nil } } }

func ages(_ text: String) -> [Age] {
    found(text) { if case .age(let age) = $0, age.group == nil { age } else { nil } }
}

/// Every finding with its printed words, `kind: words`.
func quotes(_ text: String) -> [String] {
    let document = abstract(text)
    return Annotator().annotate(document).items.map { Evidence($0.span, in: document, rule: "").quote }
}

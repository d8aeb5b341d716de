import Annotation
import Bibliography

@testable import Extraction

/// An invented randomised trial of ketamine, of whose abstract a test writes one sentence.
enum KetamineTrial {
    static func values(
        _ text: String, title: String = "Ketamine for depression: a randomised trial"
    ) throws -> [ExtractedValue] {
        let document = Document(
            id: RecordID("test:1"),
            sections: [
                .init(field: .title, index: nil, text: title),
                .init(field: .abstract, index: 0, text: text),
            ])
        return try Extractor(form: .standard).extract(document, Annotator(interest: ["ketamine"]).annotate(document))
    }
}

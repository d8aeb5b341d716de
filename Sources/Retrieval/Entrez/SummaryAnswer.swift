import Bibliography
import Transfer
import XMLReading

/// What esummary says of ids that efetch left out.
struct SummaryAnswer: Hashable {
    enum Finding: Hashable {
        /// "cannot get document summary".
        case unknown
        case exists(isBook: Bool)
        case merged(into: PMID)
    }

    /// Only ids that the answer speaks of.
    var findings: [PMID: Finding]

    static func read(_ answer: HTTPAnswer, requested: [PMID], _ screening: AnswerScreening) -> Meaning<SummaryAnswer> {
        if let failure = screening.failure(in: answer, SummaryAnswer.self) { return failure }
        // The service reports its own trouble in a comment of an otherwise fine document.
        if contains("Backend failed", answer.body) { return .transient("esummary: DocSum Backend failed") }
        let root: XMLElement
        do {
            root = try XMLElement.parse(answer.body)
        } catch {
            return .transient("the summaries are cut off or not well-formed XML: \(error)")
        }
        guard root.name == "eSummaryResult" else {
            return screening.failure(root: root, expected: "eSummaryResult", status: answer.status)
        }
        var findings: [PMID: Finding] = [:]
        for element in root.child("DocumentSummarySet")?.children("DocumentSummary") ?? [] {
            guard let pmid = element.attribute("uid").flatMap({ PMID($0) }) else { continue }
            findings[pmid] = finding(of: element, pmid)
        }
        // The older shape of the answer, `version` 1.
        for element in root.children("DocSum") {
            if let pmid = element.child("Id").flatMap({ PMID($0.text) }) { findings[pmid] = .exists(isBook: false) }
        }
        let errors = root.children("ERROR").map(\.trimmedText)
        let denied = errors.filter { isDenial($0) }
        for pmid in requested where findings[pmid] == nil && denied.contains(where: { speaks($0, of: pmid) }) {
            findings[pmid] = .unknown
        }
        if findings.isEmpty, !errors.isEmpty {
            return ErrorText.meaning(screening.redaction(errors.joined(separator: "; ")))
        }
        return .result(SummaryAnswer(findings: findings))
    }

    private static func finding(of element: XMLElement, _ pmid: PMID) -> Finding {
        if let error = element.child("error") ?? element.child("ERROR"), isDenial(error.text) { return .unknown }
        let ids = element.child("ArticleIds")?.children("ArticleId") ?? []
        let own = ids.first { ["pubmed", "pmid"].contains($0.child("IdType")?.trimmedText.lowercased() ?? "") }
        if let other = own?.child("Value").flatMap({ PMID($0.text) }), other != pmid { return .merged(into: other) }
        let kind = element.child("DocType")?.trimmedText.lowercased() ?? ""
        return .exists(isBook: ["book", "chapter"].contains(kind))
    }

    private static func isDenial(_ text: String) -> Bool {
        let lower = text.lowercased()
        return lower.contains("cannot get document summary") || lower.contains("invalid uid")
    }

    /// Whether the PMID stands in the text as a number of its own.
    private static func speaks(_ text: String, of pmid: PMID) -> Bool {
        text.split { !$0.isNumber }.contains { $0 == pmid.description }
    }

    private static func contains(_ needle: String, _ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).range(ofASCII: needle) != nil
    }
}

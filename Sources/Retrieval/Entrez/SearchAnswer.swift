import Bibliography
import Transfer
import XMLReading

/// What esearch says, once it is sure that it says it.
struct SearchAnswer: Hashable {
    var count: Int
    var start: Int
    var ids: [PMID]
    var translation: String
    var translations: [SearchRecord.Translation]
    /// Everything that PubMed found wanting, `No items found.` of an empty result left out.
    var warnings: [SearchWarning]

    static func read(_ answer: HTTPAnswer, _ screening: AnswerScreening) -> Meaning<SearchAnswer> {
        if let failure = screening.failure(in: answer, SearchAnswer.self) { return failure }
        let root: XMLElement
        do {
            root = try XMLElement.parse(answer.body)
        } catch let error as XMLError where error.kind == .truncated || error.kind == .empty {
            return .transient("the list of ids is cut off: \(error)")
        } catch {
            return .transient("the list of ids is not well-formed XML: \(error)")
        }
        guard root.name == "eSearchResult" else {
            return screening.failure(root: root, expected: "eSearchResult", status: answer.status)
        }
        let errors = root.children("ERROR").map(\.trimmedText)
        guard errors.isEmpty else { return ErrorText.meaning(screening.redaction(errors.joined(separator: "; "))) }
        guard let count = root.child("Count").flatMap({ Int($0.trimmedText) }), count >= 0,
            let list = root.child("IdList")
        else {
            return .transient("the answer to esearch has no count or no list of ids")
        }
        var ids: [PMID] = []
        for element in list.children {
            guard element.name == "Id", let id = PMID(element.text) else {
                return .transient("the list of ids holds '\(ErrorText.shortened(element.text))', which is no PMID")
            }
            ids.append(id)
        }
        guard ids.count <= count else { return .transient("\(ids.count) ids are listed, but \(count) reported") }
        return .result(
            SearchAnswer(
                count: count, start: root.child("RetStart").flatMap { Int($0.trimmedText) } ?? 0, ids: ids,
                translation: root.child("QueryTranslation")?.trimmedText ?? "",
                translations: translations(root), warnings: warnings(root, count: count)))
    }

    private static func translations(_ root: XMLElement) -> [SearchRecord.Translation] {
        (root.child("TranslationSet")?.children("Translation") ?? []).map {
            .init(from: $0.child("From")?.trimmedText ?? "", to: $0.child("To")?.trimmedText ?? "")
        }
    }

    private static func warnings(_ root: XMLElement, count: Int) -> [SearchWarning] {
        ["ErrorList", "WarningList"].flatMap { root.child($0)?.children ?? [] }
            .map { SearchWarning(kind: $0.name, text: ErrorText.shortened($0.text)) }
            .filter { !(count == 0 && $0.kind == "OutputMessage" && isNothingFound($0.text)) }
            .filter { !$0.text.isEmpty }
    }

    private static func isNothingFound(_ text: String) -> Bool {
        ["no items found", "no items found."].contains(text.lowercased())
    }
}

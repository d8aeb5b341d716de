import Transfer
import XMLReading

/// Which full texts an efetch answer of `db=pmc` holds.
struct PMCAnswer: Hashable {
    /// Numbers without `PMC`, in the order of the document, once each.
    var delivered: [String]
    /// What the service says it does not have, in its words.
    var denied: [String: String]

    /// - Parameter requested: what was asked for; an article beside it makes the answer wrong.
    static func read(
        _ answer: HTTPAnswer, requested: Set<String>, _ screening: AnswerScreening
    ) -> Meaning<PMCAnswer> {
        let reader = ArticleSetReader()
        if let failure = screening.failure(
            reading: answer, with: reader, root: "pmc-articleset", of: "full texts", PMCAnswer.self)
        {
            return failure
        }
        var delivered: [String] = []
        for id in reader.articles {
            guard let id else { return .transient("an article of the answer has no PMC id") }
            guard requested.contains(id) else { return .transient("PMC\(id) came without having been asked for") }
            guard !delivered.contains(id) else { return .transient("PMC\(id) came twice") }
            delivered.append(id)
        }
        let denied = reader.denials.filter { requested.contains($0.key) && !delivered.contains($0.key) }
        return .result(PMCAnswer(delivered: delivered, denied: denied.mapValues { screening.redaction($0) }))
    }
}

/// Reads a `pmc-articleset` to its end and keeps the PMC ids of its articles.
private final class ArticleSetReader: EntrezSetReader {
    private(set) var rootName = ""
    /// One an article; nil where it has no PMC id.
    private(set) var articles: [String?] = []
    private(set) var denials: [String: String] = [:]
    private(set) var errors = ""
    private var path: [XMLName] = []
    private var collects = Collecting.nothing
    private var words: [UInt8] = []
    private var deniedID: String?

    private enum Collecting { case nothing, id, error, denial }

    static let vocabulary = XMLVocabulary([
        "article", "front", "article-meta", "article-id", "pub-id-type", "ERROR",
    ])
    private static let article = vocabulary["article"]
    private static let front = vocabulary["front"]
    private static let meta = vocabulary["article-meta"]
    private static let articleID = vocabulary["article-id"]
    private static let idType = vocabulary["pub-id-type"]
    private static let error = vocabulary["ERROR"]

    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
        if path.isEmpty { rootName = tag.name }
        path.append(name)
        switch path.count {
        case 2 where name == Self.article: articles.append(nil)
        case 2 where name == Self.error: begin(.error)
        case 2:
            // What stands where an article should names an id and says why it has none.
            let attributes = tag.attributes
            func value(_ wanted: String) -> String? { attributes.first { $0.name.lowercased() == wanted }?.value }
            deniedID = value("id").flatMap { Self.number($0) }
            begin(.denial)
            if let why = value("error") { words = Array(why.utf8) }
        case 5 where name == Self.articleID:
            guard path[1] == Self.article, path[2] == Self.front, path[3] == Self.meta,
                tag.has(Self.idType, "pmc") || tag.has(Self.idType, "pmcid")
            else { return }
            begin(.id)
        default: break
        }
    }

    private func begin(_ what: Collecting) {
        collects = what
        words.removeAll()
    }

    func endElement(_ name: XMLName) throws {
        let depth = path.count
        _ = path.popLast()
        let text = String(decoding: words, as: UTF8.self)
        switch collects {
        case .id where depth == 5:
            if let id = Self.number(text), let last = articles.last, last == nil { articles[articles.count - 1] = id }
            collects = .nothing
        case .error where depth == 2:
            errors = ErrorText.shortened(errors.isEmpty ? text : errors + "; " + text)
            collects = .nothing
        case .denial where depth == 2:
            let why = ErrorText.shortened(text)
            if let id = deniedID ?? Self.number(why) { denials[id] = why.isEmpty ? "no article" : why }
            collects = .nothing
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard collects != .nothing, words.count < 4096 else { return }
        words.append(contentsOf: bytes)
    }

    /// The only number of a text, `PMC` before it or not.
    private static func number(_ text: String) -> String? {
        let numbers = text.split { !$0.isASCII || !$0.isNumber }
        return numbers.count == 1 ? numbers.first.map(String.init) : nil
    }
}

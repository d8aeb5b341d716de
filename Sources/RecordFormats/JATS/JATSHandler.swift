import Bibliography
import XMLReading

/// Takes the articles of a document apart, one after the other.
final class JATSHandler: XMLDocumentHandler {
    /// Of one article, in bytes of text and nodes: the largest real ones have some megabytes.
    static let largestArticle = 64 << 20

    private let file: String
    private let tree = JATSTree()
    private var identity: EntryIdentity
    private var events: [DocumentEvent] = []
    private var isInSet = false
    private var start = (line: 1, offset: 0)
    private var refusal: String?
    private var leftOut: Set<String> = []
    private var unknown = 0
    unowned var parser: XMLPushParser?

    init(file: String) {
        self.file = file
        identity = EntryIdentity(file: file)
    }

    func takeEvents() -> [DocumentEvent] {
        defer { events.removeAll() }
        return events
    }

    // MARK: Elements

    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
        var name = JATSName(name)
        if name == .other, let table = JATSName(oasis: tag.name) { name = table }
        guard !tree.isEmpty else { return try begin(name, tag) }
        if tree.isOpen {
            guard !name.isPassedOver else {
                if name == .subArticle || name == .response { leftOut.insert(name.rawValue) }
                parser?.skipElement()
                return
            }
            tree.begin(name, tag)
            try checkCost()
        }
    }

    private func begin(_ name: JATSName, _ tag: XMLStartTag) throws {
        switch name {
        case .article:
            start = parser?.startOfTag ?? (1, 0)
            refusal = nil
            leftOut = []
            tree.begin(name, tag)
        case .articleSet where !isInSet: isInSet = true
        default:
            guard isInSet else { throw WrongXMLRoot(name: tag.name) }
            parser?.skipElement()
            unknown += 1
            guard unknown <= 100 else { return }
            let says = tag.attributes.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: " ")
            report(
                .error, "noArticle", line: start.line,
                "<\(tag.name)\(says.isEmpty ? "" : " " + says)> stands where an article should; "
                    + "the source has no article there")
        }
    }

    func endElement(_ name: XMLName) throws {
        guard tree.isOpen else { return }
        tree.end()
        if !tree.isOpen { endArticle() }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard tree.isOpen else { return }
        tree.add(bytes)
        try checkCost()
    }

    func comment(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard tree.isOpen, refusal == nil, bytes.count < 4096 else { return }
        let words = String(decoding: bytes, as: UTF8.self)
        let lowered = words.lowercased()
        guard lowered.contains("does not allow") || lowered.contains("not available"), lowered.contains("full text")
        else { return }
        refusal = PlainText.string(words)
    }

    private func checkCost() throws {
        guard tree.cost > Self.largestArticle else { return }
        throw XMLError(
            kind: .limit, line: parser?.line ?? 1, offset: parser?.offset ?? 0,
            message: "the article holds more than \(Self.largestArticle >> 20) MiB")
    }

    // MARK: Articles

    private func endArticle() {
        var front = JATSFront(tree)
        var record = front.read(0)
        var body = JATSBody(tree)
        let (parts, hasBody) = body.read(0)
        tree.removeAll()
        let issues = identity.identify(
            &record, key: record.pmid == nil ? record.pmcid ?? record.doi?.text : nil, line: start.line)
        let state: FullText.Body = hasBody ? .given : refusal.map { .withheld($0) } ?? .absent
        let end = parser?.offset ?? start.offset
        events.append(
            .record(
                record, FullText(body: state, parts: parts),
                RecordLocation(line: start.line, start: start.offset, end: max(start.offset, end))))
        events += issues.map { .issue($0) }
        switch state {
        case .given: break
        case .withheld(let words):
            report(
                .warning, "fullTextWithheld", line: start.line, id: record.id,
                "the full text of \(record.id) is not in the file (\(words)); only its front matter was read")
        case .absent:
            report(
                .warning, "noBody", line: start.line, id: record.id,
                "\(record.id) has no body; only its front matter was read")
        }
        if !leftOut.isEmpty {
            report(
                .warning, "subArticle", line: start.line, id: record.id,
                "\(record.id) holds other articles (\(leftOut.sorted().joined(separator: ", "))), which were left out")
        }
        for case .table(let table) in parts.map(\.content) where !table.isResolved {
            report(
                .warning, "tableTooLarge", line: start.line, id: record.id,
                "\(table.label ?? "a table") of \(record.id) is too large to tell which header belongs to which cell; "
                    + "its cells were read without headers")
        }
    }

    /// Gives out what was read of an open article.
    func abandon() {
        guard tree.isOpen else { return }
        while tree.isOpen { tree.end() }
        endArticle()
    }

    func report(
        _ severity: ReadingIssue.Severity, _ code: String, line: Int, id: RecordID? = nil, _ message: String
    ) {
        events.append(
            .issue(ReadingIssue(file: file, line: line, id: id, severity: severity, code: code, message: message)))
    }
}

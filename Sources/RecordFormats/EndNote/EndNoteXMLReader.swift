import Bibliography
package import Compression
import XMLReading

/// EndNote's XML export: `xml/records/record`, texts wrapped in `style` elements.
package enum EndNoteXMLReader: RecordFormatReader {
    package static func read(
        _ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void
    ) throws {
        try EndNoteHandler(file: name).read(
            input, vocabulary: EndNoteHandler.vocabulary, again: "export the library again",
            wanted: "an EndNote library; export it as XML from EndNote", emit: emit)
    }
}

enum EndNoteGrammar {
    static let rootNames = ["xml", "records"]
}

/// Collects the fields of each `record` by their paths below it: `titles/secondary-title`.
final class EndNoteHandler: XMLDocumentHandler {
    static let vocabulary = XMLVocabulary(["record", "style", "ref-type", "name"])
    private static let record = vocabulary["record"]
    private static let style = vocabulary["style"]
    private static let refType = vocabulary["ref-type"]
    private static let name = vocabulary["name"]
    private static let maxRecordText = 32 << 20

    private let file: String
    private var open = 0
    /// Names of the elements below the record, `style` left out, each with the text that is its own.
    private var path: [(name: String, text: [UInt8])] = []
    private var fields: EndNoteFields?
    private var cost = 0
    private var count = 0
    private var start = (line: 1, offset: 0)
    private var events: [ReadingEvent] = []
    unowned var parser: XMLPushParser?

    init(file: String) { self.file = file }

    func takeEvents() -> [ReadingEvent] {
        defer { events.removeAll() }
        return events
    }

    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
        open += 1
        if open == 1, !EndNoteGrammar.rootNames.contains(tag.name), name != Self.record {
            throw WrongXMLRoot(name: tag.name)
        }
        guard fields != nil else {
            guard name == Self.record else { return }
            fields = EndNoteFields()
            cost = 0
            if let parser { start = parser.startOfTag }
            return
        }
        guard name != Self.style else { return }
        if name == Self.refType { fields?.add("ref-type-name", tag.string(Self.name) ?? "") }
        path.append((tag.name, []))
    }

    func endElement(_ name: XMLName) throws {
        open -= 1
        guard fields != nil, name != Self.style else { return }
        if path.isEmpty { return endRecord() }
        takeField()
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard fields != nil, !path.isEmpty else { return }
        cost += bytes.count
        guard cost <= Self.maxRecordText else {
            throw XMLError(
                kind: .limit, line: parser?.line ?? 1, offset: parser?.offset ?? 0,
                message: "the record holds more than \(Self.maxRecordText >> 20) MiB of text")
        }
        path[path.count - 1].text.append(contentsOf: bytes)
    }

    private func takeField() {
        let name = path.map(\.name).joined(separator: "/")
        guard let last = path.popLast() else { return }
        cost += 64
        fields?.add(name, String(decoding: last.text, as: UTF8.self))
    }

    private func endRecord() {
        guard let fields else { return }
        self.fields = nil
        count += 1
        var record = fields.record
        if record.id.rawValue.isEmpty { record.id = record.pmid?.recordID ?? RecordID("\(file)#\(count)") }
        let end = parser?.offset ?? start.offset
        events.append(.record(record, RecordLocation(line: start.line, start: start.offset, end: end)))
        guard record.id.rawValue == "\(file)#\(count)" else { return }
        report(
            .warning, "noID", line: start.line, id: record.id,
            "the record has neither a number nor a PMID; it is called \(record.id) after its place in the file")
    }

    /// Gives out what was read of an open record.
    func abandon() {
        guard fields != nil else { return }
        while !path.isEmpty { takeField() }
        if fields?.isEmpty == false { endRecord() }
    }

    func report(
        _ severity: ReadingIssue.Severity, _ code: String, line: Int, id: RecordID? = nil, _ message: String
    ) {
        events.append(
            .issue(ReadingIssue(file: file, line: line, id: id, severity: severity, code: code, message: message)))
    }
}

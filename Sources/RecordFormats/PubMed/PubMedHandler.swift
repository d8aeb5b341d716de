import Bibliography
import XMLReading

/// A document that holds no PubMed records.
struct PubMedWrongRoot: Error {
    let name: String
}

/// Turns the elements of one PubMed document into records. What it has is taken out with `takeEvents`.
final class PubMedHandler: XMLHandler {
    /// Text of one record, in bytes, before reading gives up on it: real records have less than one megabyte.
    static let maxRecordText = 32 << 20
    /// What every text costs beside its bytes, so that a million empty or tiny elements reach the limit too.
    private static let costOfText = 64

    /// A point in the file.
    struct Point {
        var line: Int
        var offset: Int
    }

    private let file: String
    private let grammar = PubMedGrammar.shared

    // Touched for every element, by one thread, never during a change: checks of exclusive access would cost more than
    // the work itself.
    @exclusivity(unchecked) private var places: [PubMedPlace] = []
    @exclusivity(unchecked) private var place = PubMedPlace.document
    /// Depth inside markup within a text.
    @exclusivity(unchecked) private var inline = 0
    @exclusivity(unchecked) private var text: [UInt8] = []
    @exclusivity(unchecked) private var scratch: [UInt8] = []
    @exclusivity(unchecked) private var cost = 0
    @exclusivity(unchecked) private var builder: PubMedRecordBuilder?
    private var builderDepth = 0
    private var events: [ReadingEvent] = []
    private var unknownElements: Set<String> = []

    /// Records so far, over all documents of the file.
    private(set) var count: Int
    /// Start of the record that is read now.
    private(set) var openRecord: Point?
    /// End of the last whole record, or where the document began.
    var boundary: Point
    private(set) var rootName: String?
    private(set) var rootHasEnded = false

    /// Where the parser's first byte after the prologue stands in the file.
    let origin: Point
    /// Bytes that the parser was given before that.
    private let prologue: Int
    /// Who calls; it lives as long as it does so. (A weak reference would make every retain of it slow.)
    unowned var parser: XMLPushParser?

    init(file: String, count: Int, origin: Point, prologue: Int) {
        self.file = file
        self.count = count
        self.origin = origin
        self.prologue = prologue
        boundary = origin
    }

    func takeEvents() -> [ReadingEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    /// A point that the parser names, in the file's terms. Its lines are the file's: it was told where it begins.
    func inFile(line: Int, offset: Int) -> Point {
        Point(line: line, offset: max(origin.offset, origin.offset + offset - prologue))
    }

    /// Whether the parser stands in a set with no record open, nor any element that is passed over.
    var isBetweenRecords: Bool {
        place == .set && places.count == 1 && builder == nil && !rootHasEnded && parser?.isSkipping != true
    }

    // MARK: Elements

    func startElement(_ name: XMLName, _ tag: XMLStartTag) throws {
        guard !place.collectsText else {
            inline += 1
            return
        }
        let next = grammar.place(from: place, element: name)
        guard next != .unknown else { return try skip(tag) }
        if places.isEmpty {
            rootName = tag.name
            boundary = currentPoint
        }
        places.append(place)
        place = next
        switch next {
        case .pubmedArticle, .citation, .pubmedBookArticle, .bookDocument:
            if builder == nil { beginRecord(next == .pubmedArticle || next == .citation ? .article : .book) }
        case .deletedPMID: beginRecord(.deleted)
        default: break
        }
        builder?.begin(next == .deletedPMID ? .pmid : next, tag)
        if next.collectsText { text.removeAll(keepingCapacity: true) }
    }

    func endElement(_ name: XMLName) throws {
        guard inline == 0 else {
            inline -= 1
            return
        }
        try close()
        if places.isEmpty {
            rootHasEnded = true
            boundary = currentPoint
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard place.collectsText else { return }
        try charge(bytes.count)
        text.append(contentsOf: bytes)
    }

    private func skip(_ tag: XMLStartTag) throws {
        guard !places.isEmpty else { throw PubMedWrongRoot(name: tag.name) }
        parser?.skipElement()
        guard place == .set, unknownElements.count < 100, unknownElements.insert(tag.name).inserted else { return }
        report(
            .warning, "unknownElement", line: currentPoint.line,
            "<\(tag.name)> is no kind of PubMed record that is known; it was passed over")
    }

    /// Ends the innermost place.
    private func close() throws {
        if place.collectsText {
            try charge(Self.costOfText)
            let plain = text.withUnsafeBufferPointer { PlainText.string($0, scratch: &scratch) }
            if let plain { builder?.take(plain, at: place == .deletedPMID ? .pmid : place) }
        } else {
            builder?.end(place)
        }
        place = places.popLast() ?? .document
        if builder != nil, places.count == builderDepth { endRecord() }
    }

    private func charge(_ bytes: Int) throws {
        guard builder != nil else { return }
        cost += bytes
        guard cost > Self.maxRecordText else { return }
        throw XMLError(
            kind: .limit, line: parser?.line ?? 1, offset: parser?.offset ?? 0,
            message: "the record holds more than \(Self.maxRecordText >> 20) MiB of text")
    }

    // MARK: Records

    private var currentPoint: Point {
        guard let parser else { return origin }
        return inFile(line: parser.line, offset: parser.offset)
    }

    private func beginRecord(_ kind: Record.Kind) {
        builder = PubMedRecordBuilder(kind: kind)
        builderDepth = places.count - 1
        cost = 0
        guard let start = parser?.startOfTag else { return }
        openRecord = inFile(line: start.line, offset: start.offset)
    }

    private func endRecord() {
        guard let builder = builder.take() else { return }
        let end = currentPoint
        let start = openRecord ?? end
        openRecord = nil
        boundary = end
        count += 1
        let record = builder.finish(fallbackID: RecordID("\(file)#\(count)"))
        events.append(
            .record(record, RecordLocation(line: start.line, start: start.offset, end: max(start.offset, end.offset))))
        guard record.pmid == nil else { return }
        report(
            .warning, "noPMID", line: start.line, id: record.id,
            "the record has no usable PMID; it is called \(record.id) after its place in the file")
    }

    /// Gives up the document where it stands: a record that is open becomes an event with what was read of it.
    ///
    /// - Returns: the id of that record, and whether there is one at all.
    func abandon() -> RecordID? {
        inline = 0
        guard builder != nil else { return nil }
        while builder != nil, !places.isEmpty {
            if places.count == builderDepth + 1, builder?.isEmpty == true, !(place.collectsText && !text.isEmpty) {
                builder = nil
                openRecord = nil
                return nil
            }
            // What was too much is not taken either.
            if cost > Self.maxRecordText { text.removeAll() }
            cost = 0
            do { try close() } catch { break }
        }
        guard case .record(let record, _)? = events.last(where: { if case .record = $0 { true } else { false } })
        else { return nil }
        return record.id
    }

    private func report(
        _ severity: ReadingIssue.Severity, _ code: String, line: Int, id: RecordID? = nil, _ message: String
    ) {
        events.append(
            .issue(
                ReadingIssue(file: file, line: line, id: id, severity: severity, code: code, message: message)))
    }
}

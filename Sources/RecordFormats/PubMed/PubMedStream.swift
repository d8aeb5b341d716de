import Bibliography
import Compression
import XMLReading

/// One file, which may hold several documents or damage, as one stream of events.
final class PubMedStream {
    /// Bytes kept since the start of the open record, to look through again after damage.
    private static let maxKept = 64 << 20
    /// Bytes that may be read a second time after damage, so that a hostile file costs no more than a bad one.
    private static let maxReread = 256 << 20
    private static let maxFaults = 10_000

    private let file: String
    private var handler: PubMedHandler
    private var parser: XMLPushParser?
    private var events: [ReadingEvent] = []
    private var kept = KeptBytes()
    private var mode = Mode.reading(fed: 0)
    /// How much the parser gets at a time: little after damage, in case there is more of it.
    private var portion = 1 << 16
    /// No search begins before this, so that every one gets further.
    private var searchFloor = 0
    private var reread = 0
    private var faults = 0
    /// What stands for the root of a document after damage.
    private var standIn: StandIn?
    private var hasSaidSeveral = false
    private(set) var hasGivenUp = false

    private enum Mode {
        /// The parser has everything before this offset of the file.
        case reading(fed: Int)
        /// The next record is looked for from an offset on; the line of the anchor before it is known.
        case searching(from: Int, anchor: PubMedHandler.Point)
    }

    private struct StandIn {
        var setName: String
        var isSet: Bool
        var encoding: String?
    }

    init(file: String) {
        self.file = file
        handler = PubMedHandler(file: file, count: 0, origin: .init(line: 1, offset: 0), prologue: 0)
    }

    /// Reads on in the middle of a file, after whole records.
    ///
    /// - Parameters:
    ///   - point: where the next byte stands.
    ///   - count: how many records came before.
    ///   - head: what stands before the first record of the file, which explains the rest.
    convenience init(file: String, at point: PubMedHandler.Point, count: Int, head: [UInt8]) throws {
        self.init(file: file)
        kept = KeptBytes(end: point.offset)
        handler = PubMedHandler(file: file, count: count, origin: point, prologue: head.count)
        mode = .reading(fed: point.offset)
        let parser = try currentParser()
        parser.countLines(from: 1)
        try parser.feed(head)
        // White space at the end of the head waits for what follows it; its lines are still to be counted.
        let waiting = head.dropFirst(parser.offset).count { $0 == 0x0A }
        parser.countLines(from: point.line - waiting)
        handler.boundary = point
    }

    /// Where reading stands, while all is well: after whole records, in the first document, with nothing damaged.
    var cleanPoint: PubMedHandler.Point? {
        guard case .reading(let fed) = mode, fed == kept.end, let parser, standIn == nil, !hasSaidSeveral, !hasGivenUp,
            handler.isBetweenRecords, handler.inFile(line: parser.line, offset: parser.offset).offset == fed
        else { return nil }
        return .init(line: parser.line, offset: fed)
    }

    /// Records so far.
    var count: Int { handler.count }

    func takeEvents() -> [ReadingEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    func take(_ piece: [UInt8]) throws {
        kept.append(piece)
        try pump(isLast: false)
        forget()
    }

    /// Ends the file; `inputError` is what ended it early.
    func finish(inputError: (any Error)?) throws {
        guard !hasGivenUp else { return }
        if let inputError {
            guard inputError is GzipError else { throw inputError }
            report(.error, "damagedGzip", line: handler.boundary.line, "\(inputError)")
        }
        if kept.end == 0 {
            if inputError == nil { report(.error, "empty", line: 1, "the file is empty; there is nothing to read") }
            return
        }
        var isKnown = inputError != nil
        while !hasGivenUp {
            try pump(isLast: true)
            guard !hasGivenUp, case .reading = mode else { return }
            do {
                try currentParser().finish()
                return collect()
            } catch is PubMedWrongRoot {
                // The name of the root is cut off.
                collect()
                report(.error, "truncated", line: 1, "the file ends before the XML does; fetch or copy it again")
                return
            } catch let error as XMLError {
                // A stand-in for the end of a set that never was one is not missed.
                if let standIn, !standIn.isSet, handler.openRecord == nil, error.kind == .truncated {
                    return collect()
                }
                recover(from: error, isKnown: isKnown)
                isKnown = false
            }
        }
    }

    // MARK: Reading

    private func collect() { events += handler.takeEvents() }

    private func currentParser() throws -> XMLPushParser {
        if let parser { return parser }
        let parser = try XMLPushParser(vocabulary: PubMedGrammar.shared.vocabulary, handler: handler)
        handler.parser = parser
        parser.countLines(from: handler.origin.line)
        self.parser = parser
        return parser
    }

    private func pump(isLast: Bool) throws {
        while !hasGivenUp {
            switch mode {
            case .reading(let fed):
                guard fed < kept.end else { return }
                do {
                    let parser = try currentParser()
                    let count = try kept.withBytes(from: fed, atMost: portion) { bytes in
                        try parser.feed(bytes)
                        return bytes.count
                    }
                    guard count > 0 else { return }
                    collect()
                    mode = .reading(fed: fed + count)
                    portion = min(portion * 2, 1 << 16)
                } catch let error as XMLError {
                    recover(from: error, isKnown: false)
                } catch let error as PubMedWrongRoot {
                    refuse(error)
                }
            case .searching(let from, let anchor):
                guard try search(from: from, anchor: anchor, isLast: isLast) else { return }
            }
        }
    }

    private func refuse(_ error: PubMedWrongRoot) {
        collect()
        let line = parser.map { handler.inFile(line: $0.line, offset: $0.offset).line } ?? 1
        report(
            .error, "wrongRoot", line: line,
            "the document is <\(error.name)>, not a set of PubMed records (PubmedArticleSet, MedlineCitationSet, "
                + "PubmedBookArticleSet) or a single one; export or fetch the records as PubMed XML")
        hasGivenUp = true
    }

    /// Drops the bytes that no search can need any more.
    private func forget() {
        if case .searching(_, let anchor) = mode { return kept.forget(before: anchor.offset) }
        if handler.openRecord == nil, let parser, kept.end - handler.boundary.offset > Self.maxKept / 2 {
            handler.boundary = handler.inFile(line: parser.line, offset: parser.offset)
        }
        let needed = handler.openRecord?.offset ?? handler.boundary.offset
        kept.forget(before: max(needed, kept.end - Self.maxKept))
    }

    // MARK: Damage

    /// Says what is wrong, gives out what was read, and decides where to look on.
    private func recover(from error: XMLError, isKnown: Bool) {
        let place = handler.inFile(line: error.line, offset: error.offset)
        if handler.rootHasEnded, beginNextDocument() { return }
        let wasOpen = handler.openRecord
        var anchor = wasOpen ?? handler.boundary
        let id = handler.abandon()
        collect()
        if !isKnown {
            let line = error.kind == .truncated ? lineOfEnd(after: anchor) : place.line
            report(.error, error.kind.code, line: line, id: id, message(error, id))
        }
        prepareStandIn()
        faults += 1
        reread += max(0, place.offset - anchor.offset)
        guard faults <= Self.maxFaults, reread <= Self.maxReread else {
            report(
                .error, "tooManyFaults", line: place.line,
                "the file is damaged in too many places; the rest was not read; fetch or copy it again")
            hasGivenUp = true
            return
        }
        var from = wasOpen.map { $0.offset + 1 } ?? anchor.offset
        // After a limit, the record's own bytes hold nothing worth a second look.
        if error.kind == .limit || anchor.offset < kept.start {
            anchor = place
            from = place.offset
        }
        mode = .searching(from: max(from, searchFloor), anchor: anchor)
        handler.parser = nil
        parser = nil
    }

    /// The line of the last text of the file. How much of the white space behind it the parser has taken depends on the
    /// pieces it got.
    private func lineOfEnd(after anchor: PubMedHandler.Point) -> Int {
        let last = kept.lastTextOffset(from: anchor.offset) ?? anchor.offset
        return anchor.line + kept.countLineFeeds(from: anchor.offset, to: last)
    }

    private func message(_ error: XMLError, _ id: RecordID?) -> String {
        let record = id.map { "; \($0) was read as far as here" } ?? ""
        switch error.kind {
        case .empty: return "the file holds no XML document"
        case .truncated: return "the file ends before the XML does (\(error.message))\(record); fetch or copy it again"
        case .notWellFormed, .encoding: return "the XML is damaged: \(error.message)\(record)"
        case .entity, .limit: return "\(error.message)\(record)"
        }
    }

    private func prepareStandIn() {
        guard standIn == nil else { return }
        var standIn = StandIn(setName: handler.rootName ?? "", isSet: true, encoding: parser?.encoding)
        if !PubMedGrammar.setNames.contains(standIn.setName) {
            standIn.isSet = false
            standIn.setName = standIn.setName == "MedlineCitation" ? "MedlineCitationSet" : "PubmedArticleSet"
        }
        self.standIn = standIn
    }

    /// Looks for the start of a record; true where one was found and reading goes on there.
    private func search(from: Int, anchor: PubMedHandler.Point, isLast: Bool) throws -> Bool {
        guard let standIn else { return false }
        let names =
            standIn.setName == "MedlineCitationSet"
            ? ["MedlineCitation", "DeleteCitation"] : ["PubmedArticle", "PubmedBookArticle", "DeleteCitation"]
        guard let found = kept.findStartTag(of: names, from: from) else {
            // A name may be cut at the end of what is there.
            let next = max(from, kept.end - 32)
            guard !isLast, next > anchor.offset else { return false }
            let line = anchor.line + kept.countLineFeeds(from: anchor.offset, to: next)
            mode = .searching(from: next, anchor: .init(line: line, offset: next))
            return false
        }
        let line = anchor.line + kept.countLineFeeds(from: anchor.offset, to: found)
        var prologue = standIn.encoding.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
        // With a DTD named (never loaded), unknown entities are as harmless as they were before.
        prologue += "<!DOCTYPE \(standIn.setName) SYSTEM \"none\"><\(standIn.setName)>"
        begin(at: .init(line: line, offset: found), prologue: prologue.utf8.count)
        let parser = try currentParser()
        try parser.feed(Array(prologue.utf8))
        parser.countLines(from: line)
        return true
    }

    private func begin(at point: PubMedHandler.Point, prologue: Int) {
        handler.parser = nil
        parser = nil
        handler = PubMedHandler(file: file, count: handler.count, origin: point, prologue: prologue)
        mode = .reading(fed: point.offset)
        portion = 1 << 11
        searchFloor = point.offset + 1
    }

    /// After the end of one document: true where another begins, as when answers were joined into one file.
    private func beginNextDocument() -> Bool {
        guard let start = kept.startOfMarkup(from: handler.boundary.offset), start >= searchFloor else { return false }
        collect()
        let line = handler.boundary.line + kept.countLineFeeds(from: handler.boundary.offset, to: start)
        if !hasSaidSeveral {
            hasSaidSeveral = true
            report(
                .warning, "severalDocuments", line: line,
                "another XML document begins in the same file; all of them were read")
        }
        standIn = nil
        begin(at: .init(line: line, offset: start), prologue: 0)
        return true
    }

    private func report(
        _ severity: ReadingIssue.Severity, _ code: String, line: Int, id: RecordID? = nil, _ message: String
    ) {
        events.append(
            .issue(ReadingIssue(file: file, line: line, id: id, severity: severity, code: code, message: message)))
    }
}

extension XMLError.Kind {
    /// The stable word of an issue.
    var code: String {
        switch self {
        case .empty: "empty"
        case .truncated: "truncated"
        case .notWellFormed: "notWellFormed"
        case .encoding: "encoding"
        case .entity: "entity"
        case .limit: "limit"
        }
    }
}

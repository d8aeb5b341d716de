import Bibliography
import Compression
import XMLReading

/// Reads one file of PubMed records on every core: the calling thread inflates and cuts, others parse and work.
///
/// Each block is read as if the file began with it. Where that gives anything but whole records without a complaint,
/// the block is read again in its place by `PubMedStream`, which knows what came before; where even then something is
/// wrong with it, so is all that follows.
struct PubMedBatchReading<Product: Sendable> {
    private let file: String
    private let head: PubMedHead
    private let sieve: RecordSieve?
    private let work: @Sendable (RecordBatch) -> Product
    private let order: OrderedWork<Answer>
    /// Blocks that are read or wait to be written; each is some hundred kilobytes.
    private let maxWaiting: Int
    /// Where the blocks that are done end, and how many records that were.
    private var point: PubMedHandler.Point
    private var count = 0
    /// Reads what cannot be read in blocks.
    private var stream: PubMedStream?

    /// What came of a block; no product where it must be read again in its place.
    private struct Answer: Sendable {
        var block: RecordBlock
        var product: Product?
        var records = 0
        var lineFeeds = 0
    }

    init(
        file: String, head: PubMedHead, workers: Int, sieve: RecordSieve?,
        work: @escaping @Sendable (RecordBatch) -> Product
    ) {
        self.file = file
        self.head = head
        self.sieve = sieve
        self.work = work
        order = OrderedWork(workers: workers)
        maxWaiting = 2 * workers + 2
        point = .init(line: 1 + head.bytes.count { $0 == 0x0A }, offset: head.bytes.count)
    }

    mutating func read(
        _ input: any ByteInput, emit: (Product) throws -> Void, issue: (ReadingIssue) throws -> Void
    ) throws {
        var cutter = RecordCutter(recordName: head.recordName, offset: head.bytes.count)
        var headLeft = head.bytes.count
        while var piece = try input.next(), stream?.hasGivenUp != true {
            if headLeft > 0 {
                let part = min(headLeft, piece.count)
                piece.removeFirst(part)
                headLeft -= part
            }
            if let block = cutter.take(piece) { give(block) }
            while order.count > maxWaiting { try settle(emit, issue) }
            guard cutter.isTooLong || stream != nil else { continue }
            // From here on one stream reads everything.
            while order.count > 0 { try settle(emit, issue) }
            if stream == nil, !cutter.isTooLong { continue }
            return try readOn(cutter.rest, input, emit, issue)
        }
        while order.count > 0 { try settle(emit, issue) }
        try readOn(cutter.rest, input, emit, issue)
    }

    private func give(_ block: RecordBlock) {
        let (head, sieve, work) = (head, sieve, work)
        order.add { Self.answer(block, head, sieve, work) }
    }

    // MARK: In place

    /// Takes the oldest answer.
    private mutating func settle(_ emit: (Product) throws -> Void, _ issue: (ReadingIssue) throws -> Void) throws {
        guard let answer = order.next() else { return }
        if stream == nil, let product = answer.product {
            count += answer.records
            point = .init(line: point.line + answer.lineFeeds, offset: point.offset + answer.block.count)
            return try emit(product)
        }
        let stream = try openStream()
        for bytes in [answer.block.lead, Array(answer.block.body[answer.block.range])] { try stream.take(bytes) }
        try flush(stream, emit, issue)
        guard let clean = stream.cleanPoint else { return }
        point = clean
        count = stream.count
        self.stream = nil
    }

    private mutating func openStream() throws -> PubMedStream {
        if let stream { return stream }
        let stream = try PubMedStream(file: file, at: point, count: count, head: head.bytes)
        self.stream = stream
        return stream
    }

    private mutating func readOn(
        _ rest: [UInt8], _ input: any ByteInput, _ emit: (Product) throws -> Void,
        _ issue: (ReadingIssue) throws -> Void
    ) throws {
        let stream = try openStream()
        try stream.take(rest)
        try flush(stream, emit, issue)
        while !stream.hasGivenUp, let piece = try input.next() {
            try stream.take(piece)
            try flush(stream, emit, issue)
        }
        try stream.finish(inputError: nil)
        try flush(stream, emit, issue)
    }

    private func flush(
        _ stream: PubMedStream, _ emit: (Product) throws -> Void, _ issue: (ReadingIssue) throws -> Void
    ) throws {
        var records: [Record] = []
        for event in stream.takeEvents() {
            switch event {
            case .record(let record, _): records.append(record)
            case .issue(let found): try issue(found)
            }
        }
        if !records.isEmpty { try emit(work(RecordBatch(records: records))) }
    }

    // MARK: By itself

    /// Reads a block as if the file began with it.
    private static func answer(
        _ block: RecordBlock, _ head: PubMedHead, _ sieve: RecordSieve?, _ work: (RecordBatch) -> Product
    ) -> Answer {
        guard let batch = plain(block, head, sieve) ?? whole(block, head) else { return Answer(block: block) }
        return Answer(
            block: block, product: work(batch), records: batch.records.count + batch.passedOver,
            lineFeeds: block.lineFeeds)
    }

    /// Nil where there is anything but whole records without a complaint.
    private static func whole(_ block: RecordBlock, _ head: PubMedHead) -> RecordBatch? {
        let parsing = BlockParsing(head)
        do { try block.forEachPart { try parsing.feed($0) } } catch { return nil }
        return parsing.records.map { RecordBatch(records: $0) }
    }

    /// The same, plain records by the quick way, and without those that are passed over. After every part that is not
    /// plain the parser must stand between records: else what seemed to be a record may be part of another one, or of a
    /// comment.
    private static func plain(_ block: RecordBlock, _ head: PubMedHead, _ sieve: RecordSieve?) -> RecordBatch? {
        guard head.recordName == "PubmedArticle" else { return nil }
        var batch = RecordBatch(records: [])
        var quick: PlainParsing?
        let other = BlockParsing(head)
        do {
            try block.forEachPart { bytes in
                var parts = BlockParts(bytes)
                while let part = parts.next() {
                    switch part {
                    case .plain(let record, let texts):
                        if let sieve, !texts.contains(where: sieve) {
                            batch.passedOver += 1
                        } else {
                            let reader = quick ?? PlainParsing()
                            quick = reader
                            batch.records.append(try reader.read(record))
                        }
                    case .other(let record):
                        try other.feed(record)
                        guard let records = other.records else { throw Doubt() }
                        batch.records += records
                    }
                }
            }
        } catch { return nil }
        return batch
    }

    private struct Doubt: Error {}
}

/// Reads plain records, one by one.
private final class PlainParsing {
    private let reader = XMLPlainReader(vocabulary: PubMedGrammar.shared.vocabulary)
    private let handler = PubMedHandler(file: "", count: 0, origin: .init(line: 1, offset: 0), prologue: 0)

    struct NoRecord: Error {}

    init() {
        handler.beginInSet("PubmedArticleSet")
        handler.plainReader = reader
    }

    func read(_ record: UnsafeBufferPointer<UInt8>) throws -> Record {
        try reader.read(record, handler: handler)
        let events = handler.takeEvents()
        guard events.count == 1, case .record(let record, _) = events[0] else { throw NoRecord() }
        return record
    }
}

/// Parses parts of a file after its head. The parser is made when the first of them comes.
private final class BlockParsing {
    private let head: PubMedHead
    private let handler: PubMedHandler
    private var parser: XMLPushParser?
    private var fed = 0

    init(_ head: PubMedHead) {
        self.head = head
        handler = PubMedHandler(file: "", count: 0, origin: .init(line: 1, offset: 0), prologue: 0)
    }

    func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        if parser == nil {
            let parser = try XMLPushParser(vocabulary: PubMedGrammar.shared.vocabulary, handler: handler)
            handler.parser = parser
            self.parser = parser
            try parser.feed(head.bytes)
            fed = head.bytes.count
        }
        try parser?.feed(bytes)
        fed += bytes.count
    }

    /// Whether everything was read and no record is open.
    var isBetweenRecords: Bool {
        guard let parser else { return true }
        return handler.isBetweenRecords && parser.offset == fed
    }

    /// Takes the records so far; nil where there is anything but whole records.
    var records: [Record]? {
        guard isBetweenRecords else { return nil }
        var records: [Record] = []
        for event in handler.takeEvents() {
            guard case .record(let record, _) = event else { return nil }
            records.append(record)
        }
        return records
    }
}

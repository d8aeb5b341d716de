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
    private let blockSize: Int
    /// What was cut and is no whole block yet.
    private var cut: RecordBlock?
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
        file: String, head: PubMedHead, workers: Int, blockSize: Int, sieve: RecordSieve?,
        work: @escaping @Sendable (RecordBatch) -> Product
    ) {
        self.file = file
        self.head = head
        self.blockSize = blockSize
        self.sieve = sieve
        self.work = work
        order = OrderedWork(workers: workers)
        point = .init(line: 1 + head.bytes.count { $0 == 0x0A }, offset: head.bytes.count)
    }

    /// - Parameter emit: takes a product and how many lines stand before its batch.
    mutating func read(
        _ input: any ByteInput, emit: (Product, Int) throws -> Void, issue: (ReadingIssue) throws -> Void
    ) throws {
        var cutter = RecordCutter(recordName: head.recordName, offset: head.bytes.count)
        var headLeft = head.bytes.count
        while var piece = try input.next(), stream?.hasGivenUp != true {
            if headLeft > 0 {
                let part = min(headLeft, piece.count)
                piece.removeFirst(part)
                headLeft -= part
            }
            if let block = cutter.take(piece) { gather(block) }
            while order.isFull { try settle(emit, issue) }
            guard cutter.isTooLong || stream != nil else { continue }
            // From here on one stream reads everything.
            give()
            while order.count > 0 { try settle(emit, issue) }
            if stream == nil, !cutter.isTooLong { continue }
            return try readOn(cutter.rest, input, emit, issue)
        }
        give()
        while order.count > 0 { try settle(emit, issue) }
        try readOn(cutter.rest, input, emit, issue)
    }

    private mutating func gather(_ block: RecordBlock) {
        if cut == nil { cut = block } else { cut?.append(block) }
        if let cut, cut.count >= blockSize { give() }
    }

    /// Has what was cut read.
    private mutating func give() {
        guard let block = cut else { return }
        cut = nil
        let (head, sieve, work) = (head, sieve, work)
        order.add { Self.answer(block, head, sieve, work) }
    }

    // MARK: In place

    /// Takes the oldest answer.
    private mutating func settle(_ emit: (Product, Int) throws -> Void, _ issue: (ReadingIssue) throws -> Void) throws {
        guard let answer = order.next() else { return }
        if stream == nil, let product = answer.product {
            let linesBefore = point.line - 1
            count += answer.records
            point = .init(line: point.line + answer.lineFeeds, offset: point.offset + answer.block.count)
            return try emit(product, linesBefore)
        }
        let stream = try openStream()
        try answer.block.forEachPart { bytes, _ in try stream.take(Array(bytes)) }
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
        _ rest: [UInt8], _ input: any ByteInput, _ emit: (Product, Int) throws -> Void,
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
        _ stream: PubMedStream, _ emit: (Product, Int) throws -> Void, _ issue: (ReadingIssue) throws -> Void
    ) throws {
        var batch = RecordBatch()
        func send() throws {
            if !batch.records.isEmpty { try emit(work(batch), 0) }
            batch = RecordBatch()
        }
        for event in stream.takeEvents() {
            switch event {
            case .record(let record, let location): batch.append(record, location)
            case .issue(let found):
                try send()
                try issue(found)
            }
        }
        try send()
    }

    // MARK: By itself

    /// Reads a block as if the file began with it.
    private static func answer(
        _ block: RecordBlock, _ head: PubMedHead, _ sieve: RecordSieve?, _ work: (RecordBatch) -> Product
    ) -> Answer {
        var reading = BlockReading(head: head, sieve: sieve, start: block.start)
        do { try block.forEachPart { try reading.read($0, at: $1) } } catch { return Answer(block: block) }
        return Answer(
            block: block, product: work(reading.batch), records: reading.batch.records.count + reading.batch.passedOver,
            lineFeeds: reading.lineFeeds)
    }
}

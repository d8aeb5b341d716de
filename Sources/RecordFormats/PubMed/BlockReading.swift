import Bibliography
import XMLReading

/// Reads a block of records as if the file began with it: plain records by the quick way, and without those that are
/// passed over; all others by libxml2.
///
/// After every part that is not plain the parser must stand between records: else what seemed to be a record may be part
/// of another one, or of a comment.
struct BlockReading: ~Copyable {
    private(set) var batch = RecordBatch()
    private(set) var lineFeeds = 0

    private let sieve: RecordSieve?
    /// Offset of the block in the file.
    private let start: Int
    private var texts = PlainRecordTexts()
    private var plain = PlainRecordReader()
    private let other: BlockParsing

    /// There is something else in the block than whole records without a complaint.
    struct Doubt: Error {}

    init(head: PubMedHead, sieve: RecordSieve?, start: Int) {
        self.sieve = sieve
        self.start = start
        other = BlockParsing(head)
    }

    /// - Parameters:
    ///   - bytes: the next part of the block.
    ///   - offset: where that stands in the block.
    /// - Throws: `Doubt`, or what the parser threw; then nothing of the block is to be used.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) throws {
        var parts = BlockParts(bytes)
        var counted = 0
        /// Where something in these bytes stands in the file, its line counted from 1 in the block. Places must be asked
        /// for in their order.
        func location(_ range: Range<Int>) -> RecordLocation {
            lineFeeds += bytes.countLineFeeds(from: counted, to: range.lowerBound)
            counted = range.lowerBound
            let first = start + offset
            return RecordLocation(line: lineFeeds + 1, start: first + range.lowerBound, end: first + range.upperBound)
        }
        while parts.skipSpace() {
            if let sieve, let record = parts.plainRecord(&texts), texts.hasTitle, !texts.texts.contains(where: sieve) {
                batch.passedOver += 1
                parts.pass(record)
            } else if let record = parts.plainRecord(&plain) {
                batch.append(plain.takeRecord(), location(record))
                parts.pass(record)
            } else {
                let part = parts.otherPart()
                for (record, range) in try other.records(in: UnsafeBufferPointer(rebasing: bytes[part])) {
                    let start = part.lowerBound
                    batch.append(record, location(start + range.lowerBound..<start + range.upperBound))
                }
                parts.pass(part)
            }
        }
        lineFeeds += bytes.countLineFeeds(from: counted, to: bytes.count)
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

    /// The records that a part holds, and where in it.
    ///
    /// - Throws: `BlockReading.Doubt` where there is anything but whole records, and what the parser throws.
    func records(in part: UnsafeBufferPointer<UInt8>) throws -> [(Record, Range<Int>)] {
        let parser = try openParser()
        let before = fed
        try parser.feed(part)
        fed += part.count
        // Everything was read and no record is open.
        guard handler.isBetweenRecords, parser.offset == fed else { throw BlockReading.Doubt() }
        return try handler.takeEvents().map { event in
            guard case .record(let record, let location) = event else { throw BlockReading.Doubt() }
            return (record, location.start - before..<location.end - before)
        }
    }

    private func openParser() throws -> XMLPushParser {
        if let parser { return parser }
        let parser = try XMLPushParser(vocabulary: PubMedGrammar.shared.vocabulary, handler: handler)
        handler.parser = parser
        self.parser = parser
        try parser.feed(head.bytes)
        fed = head.bytes.count
        return parser
    }
}

package import Bibliography

/// Some records of a file, in its order.
package struct RecordBatch: Sendable {
    package private(set) var records: [Record] = []
    /// Where each of them stands; lines are counted from some line before the first of them.
    private(set) var locations: [RecordLocation] = []
    /// Records that stand among them and were passed over before they were parsed.
    package internal(set) var passedOver = 0

    mutating func append(_ record: consuming Record, _ location: RecordLocation) {
        records.append(record)
        locations.append(location)
    }
}

/// Looks at the bytes of a record, tags and all, and says whether it must be parsed. It is asked piece by piece; what
/// stands between two of them (authors, journal, grants, relations, dates and ids, the list of references) holds no text
/// that a judgement reads, and no text lies across two pieces. Where it always says no, the caller needs to know nothing
/// but that the record is there; records that are in any way unusual are parsed unasked.
package typealias RecordSieve = @Sendable (UnsafeBufferPointer<UInt8>) -> Bool

extension RecordReader {
    /// Records that wait for each other while other formats are read.
    private static let batchSize = 256

    /// Reads like `read`, with the work on the records, and for PubMed XML the parsing too, on every core.
    ///
    /// Results and issues come on the calling thread, each in the order of the file, and are the same however many
    /// cores there are.
    ///
    /// - Parameters:
    ///   - workers: threads besides the calling one.
    ///   - sieve: nil to parse every record. Only PubMed XML is sieved.
    ///   - work: what to make of some records.
    ///   - emit: takes what was made.
    package func readBatches<Product: Sendable>(
        workers: Int, sieve: RecordSieve? = nil, work: @escaping @Sendable (RecordBatch) -> Product,
        emit: (Product) throws -> Void, issue: (ReadingIssue) throws -> Void
    ) throws {
        try open { format, start, input, account in
            if format == .pubmedXML, let head = PubMedHead(start) {
                var reading = PubMedBatchReading(
                    file: name, head: head, workers: workers, blockSize: blockSize, sieve: sieve
                ) { batch in
                    account.add(records: batch.records.count + batch.passedOver)
                    return work(batch)
                }
                return try reading.read(input) { product, _ in
                    try emit(product)
                } issue: {
                    account.add($0)
                    try issue(renamed($0))
                }
            }
            let order = OrderedWork<Product>(workers: workers)
            var batch = RecordBatch()
            func send() throws {
                let full = batch
                batch = RecordBatch()
                order.add { work(full) }
                while order.isFull, let product = order.next() { try emit(product) }
            }
            try format.readDocuments(input, name: name) { event in
                switch event {
                case .record(let record, _, let location):
                    account.add(records: 1)
                    batch.append(record, location)
                    if batch.records.count == Self.batchSize { try send() }
                case .issue(let found):
                    account.add(found)
                    try issue(renamed(found))
                }
            }
            try send()
            while let product = order.next() { try emit(product) }
        } issue: {
            try issue($0)
        }
    }
}

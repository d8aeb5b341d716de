package import Compression

/// The one door to records: finds out the format from the content and reads whatever it is.
///
///     try RecordReader(path: "export.ris").read { event in ... }
///
/// Whatever is wrong with the content comes as an issue among the events; nothing is thrown for it.
package struct RecordReader {
    let path: String
    let name: String
    private let format: RecordFormat?
    private let makeInput: () throws -> any ByteInput
    /// Bytes of PubMed XML that are read together, about: enough that handing them to another thread costs little beside
    /// reading them.
    var blockSize = 1 << 18

    /// - Parameters:
    ///   - path: `-` is standard input, called `stdin`.
    ///   - name: what the file is called in the ids of records without one of their own; by default its base name.
    ///   - format: nil to find it out.
    package init(path: String, name: String? = nil, format: RecordFormat? = nil) {
        self.path = path == "-" ? "stdin" : path
        let base = path.split(separator: "/").last.map(String.init) ?? path
        self.name = name ?? (path == "-" ? "stdin" : base)
        self.format = format
        makeInput = { try FileInput(path: path) }
    }

    /// Reads other bytes, inflated where they are gzip. The input is used up by one `read`.
    package init(input: any ByteInput, name: String, format: RecordFormat? = nil) {
        path = name
        self.name = name
        self.format = format
        makeInput = { InflatingInput(input) }
    }

    /// Gives every record and every issue in the order of the file.
    ///
    /// - Throws: `FileInputError` where there is no such file, and what `emit` throws.
    package func read(_ emit: (ReadingEvent) throws -> Void) throws {
        try readDocuments { event in
            switch event {
            case .record(let record, _, let location): try emit(.record(record, location))
            case .issue(let issue): try emit(.issue(issue))
            }
        }
    }

    /// As `read`; records of a format that holds full texts come with theirs.
    package func readDocuments(_ emit: (DocumentEvent) throws -> Void) throws {
        try open { format, start, input in
            if format == .pubmedXML, let head = PubMedHead(start) { return try readBlocks(input, head, emit) }
            try format.readDocuments(input, name: name) { event in
                guard case .issue(let issue) = event else { return try emit(event) }
                try emit(.issue(renamed(issue)))
            }
        } issue: {
            try emit(.issue($0))
        }
    }

    /// Reads PubMed XML in blocks, which is quicker on one core too.
    private func readBlocks(
        _ input: any ByteInput, _ head: PubMedHead, _ emit: (DocumentEvent) throws -> Void
    ) throws {
        var reading = PubMedBatchReading(
            file: name, head: head, workers: 0, blockSize: blockSize, sieve: nil
        ) { $0 }
        try reading.read(input) { batch, linesBefore in
            for (record, var location) in zip(batch.records, batch.locations) {
                location.line += linesBefore
                try emit(.record(record, nil, location))
            }
        } issue: {
            try emit(.issue(renamed($0)))
        }
    }

    /// Opens the file, finds out its format and has it read; says what is wrong with the file as a whole.
    ///
    /// - Parameter body: gets the format, the first bytes and all of them.
    func open(
        _ body: (RecordFormat, [UInt8], any ByteInput) throws -> Void, issue: (ReadingIssue) throws -> Void
    ) throws {
        let whole: EndingInput
        do { whole = EndingInput(try makeInput()) } catch let error as FileInputError where !error.isMissing {
            return try issue(fault("unreadable", error.cause, line: nil))
        }
        let input = PeekingInput(whole)
        let head = try input.peek(FormatDetection.lengthOfHead)
        switch format.map(FormatDetection.Answer.format) ?? FormatDetection.format(of: head) {
        case .format(let format): try body(format, head, input)
        case .unknown(let reason):
            // Where the file cannot be read, that is the better answer.
            if whole.error == nil { try issue(fault(head.isEmpty ? "empty" : "unknownFormat", reason)) }
        }
        if let error = whole.error {
            let cause = (error as? FileInputError)?.cause ?? "\(error)"
            try issue(fault(error is GzipError ? "damagedGzip" : "unreadable", cause))
        }
    }

    /// Issues name the path; readers know only the name that stands in ids.
    func renamed(_ issue: ReadingIssue) -> ReadingIssue {
        guard issue.file == name else { return issue }
        var renamed = issue
        renamed.file = path
        return renamed
    }

    private func fault(_ code: String, _ message: String, line: Int? = 1) -> ReadingIssue {
        ReadingIssue(file: path, line: line, severity: .error, code: code, message: message)
    }
}

/// Ends where its source fails, and keeps the error: what came before is read as if the file ended there.
private final class EndingInput: ByteInput {
    private let source: any ByteInput
    private(set) var error: (any Error)?

    init(_ source: any ByteInput) { self.source = source }

    func next() -> [UInt8]? {
        guard error == nil else { return nil }
        do { return try source.next() } catch {
            self.error = error
            return nil
        }
    }
}

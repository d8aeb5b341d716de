package import Compression
import Synchronization

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
        try open { format, start, input, account in
            func counted(_ event: DocumentEvent) throws {
                switch event {
                case .record: account.add(records: 1)
                case .issue(let issue): account.add(issue)
                }
                try emit(event)
            }
            if format == .pubmedXML, let head = PubMedHead(start) { return try readBlocks(input, head, counted) }
            try format.readDocuments(input, name: name) { event in
                guard case .issue(let issue) = event else { return try counted(event) }
                try counted(.issue(renamed(issue)))
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
    /// - Parameter body: gets the format, the first bytes and all of them, and keeps the account of what it reads.
    func open(
        _ body: (RecordFormat, [UInt8], any ByteInput, FileAccount) throws -> Void,
        issue: (ReadingIssue) throws -> Void
    ) throws {
        let account = FileAccount()
        let whole: EndingInput
        do { whole = EndingInput(try makeInput()) } catch let error as FileInputError where !error.isMissing {
            return try issue(fault("unreadable", error.cause, line: nil))
        }
        let input = PeekingInput(whole)
        let head = try input.peek(FormatDetection.lengthOfHead)
        switch format.map(FormatDetection.Answer.format) ?? FormatDetection.format(of: head) {
        case .format(let format): try body(format, head, input, account)
        case .unknown(let reason):
            // Where the file cannot be read, that is the better answer.
            if whole.error == nil {
                let fault = fault(head.isEmpty ? "empty" : "unknownFormat", reason)
                account.add(fault)
                try issue(fault)
            }
        }
        if let error = whole.error {
            let cause = (error as? FileInputError)?.cause ?? "\(error)"
            try issue(fault(error is GzipError ? "damagedGzip" : "unreadable", cause))
        }
        guard whole.error == nil, account.records == 0 else { return }
        if let remark = remarkOnNothing(head: head, hasErrors: account.hasErrors) { try issue(remark) }
    }

    /// A file without a record is no failure, but nobody should take it for a search without hits unseen; and who named the
    /// wrong format is told so.
    private func remarkOnNothing(head: [UInt8], hasErrors: Bool) -> ReadingIssue? {
        guard hasErrors || head.contains(where: { !FormatDetection.isSpace($0) }) else {
            return fault("empty", "the file is empty; there is nothing to read")
        }
        guard hasErrors else {
            return ReadingIssue(
                file: path, line: nil, severity: .warning, code: "noEntries",
                message: "the file is whole, and holds no record; if the search had hits, export them again")
        }
        guard let format, !head.isEmpty, FormatDetection.format(of: head) != .format(format) else { return nil }
        let remedy =
            switch FormatDetection.format(of: head) {
            case .format(let other): "it looks like \(other.rawValue): leave out --from"
            case .unknown: "export the records again in a format that sluice parse --help lists"
            }
        return ReadingIssue(
            file: path, line: nil, severity: .warning, code: "wrongFormat",
            message:
                "the file was read as \(format.rawValue), as --from says, and holds no such record; \(remedy)")
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

/// How much was read of a file, on whatever thread; to be asked when all threads are through.
final class FileAccount: Sendable {
    private let recordCount = Atomic<Int>(0)
    private let errorCount = Atomic<Int>(0)

    func add(records: Int) { recordCount.add(records, ordering: .relaxed) }

    func add(_ issue: ReadingIssue) { if issue.severity == .error { errorCount.add(1, ordering: .relaxed) } }

    var records: Int { recordCount.load(ordering: .acquiring) }
    var hasErrors: Bool { errorCount.load(ordering: .acquiring) > 0 }
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

import ArgumentParser
import Bibliography
import Foundation
import Interchange
import RecordFormats
import Synchronization

/// Reads record files for the verbs that work on files, and keeps count of what was odd in them.
struct FileReading {
    private(set) var errors = 0
    private(set) var warnings = 0
    private var told = 0
    /// Where every issue goes, one JSON object a line.
    private let issues: FileHandle?
    private let issuesName: String
    /// How many errors are told one by one before the rest are only counted.
    private static let toldAtMost = 20

    /// - Parameter issues: a file to write every issue to as it is found (`--issues`).
    init(issues file: OutputFile? = nil) throws {
        issues = try file?.open()
        issuesName = file?.path ?? ""
    }

    /// Reads files in order. Before the first is read, all must be there (status 66).
    mutating func read(
        _ files: [String], format: RecordFormat?, record: (Record, RecordLocation) throws -> Void
    ) throws {
        try readDocuments(files, format: format) { value, _, location in try record(value, location) }
    }

    /// As `read`, each record with its full text where the file holds one.
    mutating func readDocuments(
        _ files: [String], format: RecordFormat?, document: (Record, FullText?, RecordLocation) throws -> Void
    ) throws {
        try Self.requireFiles(files)
        let progress = FileProgress(files)
        for (number, file) in files.enumerated() {
            try RecordReader(path: file, format: format).readDocuments { event in
                switch event {
                case .record(let value, let text, let location):
                    progress.add(1)
                    progress.show(number)
                    try document(value, text, location)
                case .issue(let issue): try note(issue)
                }
            }
        }
        StandardError.endProgress()
        tellRest()
    }

    /// Reads files side by side, with the work on their records on every core; what comes of it is taken in the order of
    /// the files.
    mutating func readBatches<Product: Sendable>(
        _ files: [String], format: RecordFormat?, sieve: RecordSieve? = nil,
        work: @escaping @Sendable (RecordBatch) -> Product, emit: (Product) throws -> Void
    ) throws {
        try Self.requireFiles(files)
        let lanes = FileLanes(paths: files, format: format, cores: ProcessInfo.processInfo.activeProcessorCount)
        let progress = FileProgress(files)
        try lanes.readBatches(sieve: sieve) { batch in
            progress.add(batch.records.count + batch.passedOver)
            return work(batch)
        } emit: { product, file in
            progress.show(file)
            try emit(product)
        } issue: {
            try note($0)
        }
        StandardError.endProgress()
        tellRest()
    }

    /// - Throws: where a file is not there, is a folder, or would be read twice though it can be read once.
    static func requireFiles(_ files: [String]) throws {
        for (number, file) in files.enumerated() where files[..<number].contains(file) {
            var status = stat()
            guard file == "-" || stat(file, &status) == 0 && status.st_mode & S_IFMT != S_IFREG else { continue }
            throw CommandError.usage(
                "\(file == "-" ? "- (standard input)" : file) can be read once only. Name it once.")
        }
        for file in files where file != "-" {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
                throw CommandError.noSuchFile(file)
            }
            if isFolder.boolValue {
                throw CommandError.folder(file)
            }
        }
    }

    private func tellRest() {
        if told < errors {
            StandardError.write("sluice: \(errors - told) more errors; sluice parse --issues FILE lists them all\n")
        }
    }

    private mutating func note(_ issue: ReadingIssue) throws {
        if let issues {
            var json = JSONWriter()
            issue.write(to: &json)
            json.newline()
            try OutputFile.write(json.bytes, to: issues, named: issuesName)
        }
        guard issue.severity == .error else {
            warnings += 1
            // Of all warnings those that nobody may miss: a failed export looks like this.
            if ["noEntries", "wrongFormat"].contains(issue.code) {
                StandardError.write("note: \(issue.file): \(issue.message)\n")
            }
            return
        }
        errors += 1
        guard told < Self.toldAtMost else { return }
        told += 1
        StandardError.write("\(issue.file)\(issue.line.map { ":\($0)" } ?? ""): \(issue.message)\n")
    }

    /// Ends the command with status 65 when anything could not be read.
    func finish() throws {
        if errors > 0 { throw ExitCode(ExitStatus.badInput) }
    }
}

/// How far the reading of files is, told to a person at a terminal that shows nothing else.
private final class FileProgress: Sendable {
    private let files: [String]
    private let records = Atomic<Int>(0)
    private let isWanted = isatty(STDOUT_FILENO) == 0

    init(_ files: [String]) { self.files = files }

    func add(_ count: Int) { records.add(count, ordering: .relaxed) }

    /// - Parameter file: the number of the file from which something came just now.
    func show(_ file: Int) {
        guard isWanted else { return }
        StandardError.showProgress(
            "\(records.load(ordering: .relaxed)) records read"
                + (files.count > 1 ? ", file \(file + 1) of \(files.count)" : ""))
    }
}

extension RecordFormat: ExpressibleByArgument {}

/// A format to write. The help names those that are written; others are known, and refused with these names.
struct WrittenFormat: ExpressibleByArgument {
    let format: RecordFormat

    static var allValueStrings: [String] { RecordWriter.formats.map(\.rawValue) }

    init(_ format: RecordFormat) { self.format = format }

    init?(argument: String) {
        guard let format = RecordFormat(argument: argument) else { return nil }
        self.init(format)
    }

    var defaultValueDescription: String { format.rawValue }
}

package import Bibliography

/// What reading a file yields, in the order of the file.
package enum ReadingEvent: Sendable {
    case record(Record, RecordLocation)
    case issue(ReadingIssue)
}

/// What reading a file yields where full texts are wanted with their records.
package enum DocumentEvent: Sendable {
    case record(Record, FullText?, RecordLocation)
    case issue(ReadingIssue)
}

/// Where a record stands in its file, once that is inflated.
package struct RecordLocation: Hashable, Sendable, Codable {
    /// 1-based line on which the record begins.
    package var line: Int
    /// Byte range, end exclusive.
    package var start: Int
    package var end: Int

    package init(line: Int, start: Int, end: Int) {
        self.line = line
        self.start = start
        self.end = end
    }
}

/// Something odd in a file. An `error` means that something of the file could not be read and ends in status 65;
/// a `warning` means that everything was read, but a person may want to look.
package struct ReadingIssue: Hashable, Sendable {
    package enum Severity: String, Sendable { case error, warning }

    package var file: String
    package var line: Int?
    package var id: RecordID?
    package var severity: Severity
    /// A stable word for scripts: `truncated`, `notWellFormed`, `noPMID`, `unknownFormat` ...
    package var code: String
    /// What is wrong, on which thing, why, and what to do next.
    package var message: String

    package init(
        file: String, line: Int?, id: RecordID? = nil, severity: Severity, code: String, message: String
    ) {
        self.file = file
        self.line = line
        self.id = id
        self.severity = severity
        self.code = code
        self.message = message
    }
}

package import Bibliography

/// Gives the entries of one file their ids, in the order of the file.
///
/// An entry keeps the key that its file gives it; else its PMID names it; else the file and its place in it do.
package struct EntryIdentity {
    /// The largest collaborations have some ten thousand authors; a cell of millions would fill the memory.
    static let mostAuthors = 50_000

    private let file: String
    private let base: String
    private var count = 0
    /// Hashes, not the ids: eight bytes an entry however long the keys are.
    private var seen: Set<UInt64> = []

    /// - Parameter file: the file as issues should call it.
    package init(file: String) {
        self.file = file
        base = file.split(separator: "/").last.map(String.init) ?? file
    }

    /// Sets `record.id` and says what is odd about it.
    package mutating func identify(_ record: inout Record, key: String?, line: Int) -> [ReadingIssue] {
        let issues = named(&record, key: key, line: line)
        guard record.authors.count > Self.mostAuthors else { return issues }
        record.authors.removeSubrange(Self.mostAuthors...)
        record.authorsComplete = false
        return issues + [
            issue(
                .error, "tooManyAuthors", line: line, id: record.id,
                "the entry names more than \(Self.mostAuthors) authors; those after that are left out")
        ]
    }

    private mutating func named(_ record: inout Record, key: String?, line: Int) -> [ReadingIssue] {
        count += 1
        if let key = key.flatMap({ FieldText.plain($0) }) {
            record.id = RecordID(key)
        } else if let pmid = record.pmid {
            record.id = pmid.recordID
        } else {
            record.id = RecordID("\(base)#\(count)")
            return [
                issue(
                    .warning, "noID", line: line, id: record.id,
                    "the entry has neither a key nor a PMID; it is called \(record.id) after its place in the file")
            ]
        }
        guard !seen.insert(Self.hash(record.id.rawValue)).inserted else { return [] }
        return [
            issue(
                .warning, "duplicateID", line: line, id: record.id,
                "another entry of this file has the id '\(record.id)' too; both are kept")
        ]
    }

    /// The error for an entry whose last lines did not fit; empty where all did.
    func overflow(_ entry: TaggedEntry, id: RecordID) -> [ReadingIssue] {
        guard let line = entry.overflowLine else { return [] }
        return [
            issue(
                .error, "entryTooLarge", line: line, id: id,
                "the entry holds more than 32 MiB; its lines from here on are left out")
        ]
    }

    /// The error for a file with text, but without anything that begins an entry.
    func noEntries(_ lack: String) -> ReadingIssue {
        issue(.error, "noEntries", line: nil, "no entry in this file: \(lack); export the records again")
    }

    /// FNV-1a, the same in every run.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    package func issue(
        _ severity: ReadingIssue.Severity, _ code: String, line: Int?, id: RecordID? = nil, _ message: String
    ) -> ReadingIssue {
        ReadingIssue(file: file, line: line, id: id, severity: severity, code: code, message: message)
    }

    /// How many entries there were so far.
    package var entries: Int { count }
}

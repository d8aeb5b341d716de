import Bibliography
import Compression
import Hashing
import Interchange
import RecordFormats
import Retrieval
import Store

/// The records of one source as the archive holds them.
struct SourceReading {
    struct Entry {
        var record: Record
        var location: RecordLocation
        /// Digest that names the archived answer.
        var answer: String
    }

    /// One a record id, sorted by id; of several versions the highest, of equal versions the one answered last.
    var entries: [Entry]
    var issues: [IssueRow]
    /// Issues that mean something of the answers was not read.
    var errors: [String]
}

enum SourceReader {
    /// Reads every archived answer of a source.
    ///
    /// - Parameter naming: gives records the names they bear in the review.
    static func read(
        source: String, kind: SourcePlan.Kind, answers: [SourceRow.Answer], archive: Archive, naming: RecordNaming
    ) throws -> SourceReading {
        var byID: [RecordID: SourceReading.Entry] = [:]
        var issues: [IssueRow] = []
        var errors: [String] = []
        for answer in answers {
            let bytes = try archive.bytes(of: answer.hash)
            var entries: [SourceReading.Entry] = []
            try events(in: bytes, of: kind, source: source, name: answer.name) { event in
                switch event {
                case .record(let record, let location):
                    entries.append(.init(record: record, location: location, answer: answer.hash))
                case .issue(let issue):
                    issues.append(
                        IssueRow(
                            source: source, record: issue.id, line: issue.line, severity: issue.severity.rawValue,
                            code: issue.code, message: issue.message))
                    if issue.severity == .error {
                        errors.append(
                            "\(issue.file)\(issue.line.map { ":\($0)" } ?? ""): \(issue.message)")
                    }
                }
            }
            for var entry in naming.named(entries) {
                entry.record.source = source
                if let known = byID[entry.record.id], known.record.version > entry.record.version { continue }
                byID[entry.record.id] = entry
            }
        }
        return SourceReading(
            entries: byID.values.sorted { $0.record.id < $1.record.id }, issues: issues, errors: errors)
    }
}

extension SourceReader {
    /// What an answer holds: a register's own pages, or any format that is read from files.
    private static func events(
        in bytes: [UInt8], of kind: SourcePlan.Kind, source: String, name: String, _ emit: (ReadingEvent) throws -> Void
    ) throws {
        guard kind == .clinicaltrials else {
            return try RecordReader(input: MemoryInput(bytes), name: name, format: nil).read(emit)
        }
        // A page is one line of JSON: a study's place is the page.
        let place = RecordLocation(line: 1, start: 0, end: bytes.count)
        for record in try TrialRecords.records(in: bytes, source: source) { try emit(.record(record, place)) }
    }
}

/// How the records of a source are named in a review, so that no two records share a name and a record keeps its
/// name when its file is exported again with more in it.
///
/// - The first `pubmed` source: `pubmed:PMID`.
/// - A file: the key that the file itself gives (`ID`), or `SOURCE:` and a digest of the record's title, year, first
///   author, pages and DOI where the file gives none.
/// - A name that another source of the plan may give as well: behind the source's id and a slash.
struct RecordNaming {
    enum Rule {
        /// Names stand as they were read.
        case asRead
        /// Every name is put behind the source's id and a slash.
        case prefixed
        /// A name that only counts the entries of a file gives way to a digest.
        case file(prefixPubMed: Bool)
    }

    var source: String
    var rule: Rule

    func named(_ entries: [SourceReading.Entry]) -> [SourceReading.Entry] {
        var taken: [RecordID: Int] = [:]
        return entries.map { entry in
            var entry = entry
            let name = name(of: entry.record)
            // Entries of one file with the same name are all kept; versions of a PMID are one record.
            if case .file = rule {
                let count = taken[name, default: 0] + 1
                taken[name] = count
                entry.record.id = count == 1 ? name : RecordID("\(name)-\(count)")
            } else {
                entry.record.id = name
            }
            return entry
        }
    }

    /// The name of a record that a service lists under an id of its own.
    func name(ofListed id: RecordID) -> RecordID {
        if case .asRead = rule { id } else { RecordID("\(source)/\(id)") }
    }

    /// The PMID that a name of this source holds.
    func pmid(of name: RecordID) -> PMID? { name.rawValue.split(separator: ":").last.flatMap { PMID($0) } }

    private func name(of record: Record) -> RecordID {
        switch rule {
        case .asRead: record.id
        case .prefixed: RecordID("\(source)/\(record.id)")
        case .file(let prefixPubMed):
            if record.id.rawValue.contains("#") {
                RecordID("\(source):\(Self.digest(of: record))")
            } else if prefixPubMed, record.id.rawValue.hasPrefix("pubmed:") {
                RecordID("\(source)/\(record.id)")
            } else {
                record.id
            }
        }
    }

    private static func digest(of record: Record) -> String {
        let author = record.authors.first
        let parts = [
            record.title ?? "", record.published.year.map(String.init) ?? "",
            author?.family ?? author?.collective ?? "", record.journal.pages ?? "", record.doi?.folded ?? "",
        ]
        return String(SHA256Digest(of: parts.joined(separator: "\u{1F}")).hex.prefix(12))
    }
}

extension Record {
    /// The record as `parse` writes it, without a line end.
    var jsonText: String {
        var json = JSONWriter()
        write(to: &json)
        return json.text
    }
}

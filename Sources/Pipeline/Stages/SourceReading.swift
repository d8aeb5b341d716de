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
    /// Issues that mean something of an answer was not read.
    var errors: [Fault]

    struct Fault {
        /// Digest that names the archived answer.
        var answer: String
        /// File, line and what is wrong.
        var text: String
    }
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
        var errors: [SourceReading.Fault] = []
        for answer in answers {
            let bytes = try archive.bytes(of: answer.hash)
            var entries: [SourceReading.Entry] = []
            var found: [ReadingIssue] = []
            try events(in: bytes, of: kind, source: source, name: answer.name) { event in
                switch event {
                case .record(let record, let location):
                    entries.append(.init(record: record, location: location, answer: answer.hash))
                case .issue(let issue): found.append(issue)
                }
            }
            let named = naming.named(entries)
            for var entry in named {
                entry.record.source = source
                if let known = byID[entry.record.id], known.record.version > entry.record.version { continue }
                byID[entry.record.id] = entry
            }
            // An issue speaks of a record by the name that its file gave it.
            let names = Dictionary(
                zip(entries.map(\.record.id), named.map(\.record.id)), uniquingKeysWith: { first, _ in first })
            for issue in found {
                issues.append(
                    IssueRow(
                        source: source, record: issue.id.map { names[$0] ?? $0 }, line: issue.line,
                        severity: issue.severity.rawValue, code: issue.code, message: issue.message))
                guard issue.severity == .error else { continue }
                let place = issue.file + (issue.line.map { ":\($0)" } ?? "")
                errors.append(.init(answer: answer.hash, text: "\(place): \(issue.message)"))
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
/// - A key that several entries of one file bear says nothing: a digest stands behind it, so that the order of the file
///   does not decide who is who.
/// - A name that an earlier source of the plan may give as well stands behind the source's id and a slash, whether or
///   not two clash today: a source that is added later renames nothing.
struct RecordNaming {
    enum Rule {
        /// Names stand as they were read.
        case asRead
        /// Every name is put behind the source's id and a slash.
        case prefixed
        /// A name that only counts the entries of a file gives way to a digest.
        case file(prefixPubMed: Bool, prefixKeys: Bool)
    }

    var source: String
    var rule: Rule

    func named(_ entries: [SourceReading.Entry]) -> [SourceReading.Entry] {
        var names = entries.map { name(of: $0.record) }
        if case .file = rule {
            let times = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            names = zip(entries, names).map { entry, name in
                times[name, default: 1] > 1 && !Self.isCounted(entry.record.id)
                    ? RecordID("\(name):\(Self.digest(of: entry.record))") : name
            }
        }
        var used = Set<RecordID>()
        var count: [RecordID: Int] = [:]
        let natural = Set(names)
        return zip(entries, names).map { entry, name in
            var entry = entry
            var free = name
            // Entries of one file with the same name are all kept; versions of a PMID are one record.
            if case .file = rule {
                while !used.insert(free).inserted || (free != name && natural.contains(free)) {
                    count[name, default: 1] += 1
                    free = RecordID("\(name)-\(count[name, default: 1])")
                }
            }
            entry.record.id = free
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
        case .file(let prefixPubMed, let prefixKeys):
            if Self.isCounted(record.id) {
                RecordID("\(source):\(Self.digest(of: record))")
            } else if record.id.rawValue.hasPrefix("pubmed:") ? prefixPubMed : prefixKeys {
                RecordID("\(source)/\(record.id)")
            } else {
                record.id
            }
        }
    }

    /// `FILE#n`, as readers name what has no key of its own.
    private static func isCounted(_ id: RecordID) -> Bool {
        guard let mark = id.rawValue.lastIndex(of: "#") else { return false }
        let digits = id.rawValue[id.rawValue.index(after: mark)...]
        return !digits.isEmpty && digits.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
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

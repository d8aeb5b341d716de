import Bibliography
import Compression

/// Entries of tagged lines with blank lines between them, as NBIB and EndNote's tagged text have them: a line without a tag
/// goes on with the one before it.
struct TaggedEntryReading {
    /// Tag and value of a line; nil where it begins with no tag.
    let field: ([UInt8]) -> (tag: String, value: ArraySlice<UInt8>)?
    /// Whether a tag begins the next entry, by what was read of this one and whether a blank line stands before it.
    let begins: (_ tag: String, _ afterBlank: Bool, _ entry: TaggedEntry) -> Bool
    /// Whether a line parts entries and belongs to none.
    var parts: ([UInt8]) -> Bool = { _ in false }
    /// The record of an entry, with its id, and what is odd about it.
    let record: (TaggedEntry, inout EntryIdentity) -> (Record, [ReadingIssue])
    /// What is said of text before the first entry.
    let stray: String
    /// What a file without any lacks.
    let nothing: String

    func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var identity = EntryIdentity(file: name)
        var oddities = LineOddities()
        var entry: TaggedEntry?
        var afterBlank = false
        var toldStray = false

        func finish() throws {
            guard let closed = entry else { return }
            entry = nil
            let (record, issues) = record(closed, &identity)
            try emit(.record(record, closed.location))
            for issue in issues + identity.overflow(closed, id: record.id) { try emit(.issue(issue)) }
        }

        while let line = try lines.next() {
            for issue in oddities.issues(line, lines, identity) { try emit(.issue(issue)) }
            if line.isBlank {
                afterBlank = true
                continue
            }
            if parts(line.bytes) {
                try finish()
                continue
            }
            if let (tag, value) = field(line.bytes) {
                if let open = entry, begins(tag, afterBlank, open) { try finish() }
                if entry == nil { entry = TaggedEntry(line) }
                entry?.add(tag, value, line)
                entry?.cover(line)
            } else if entry != nil {
                _ = entry?.extend(line.bytes[...], line)
                entry?.cover(line)
            } else if !toldStray {
                toldStray = true
                try emit(.issue(identity.issue(.warning, "textOutsideEntry", line: line.number, stray)))
            }
            afterBlank = false
        }
        try finish()
        if identity.entries == 0 { try emit(.issue(identity.noEntries(nothing))) }
    }
}

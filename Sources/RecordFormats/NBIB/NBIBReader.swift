import Bibliography
package import Compression

/// PubMed's text format (NBIB, MEDLINE): tags of up to four letters before `- `, continuation lines indented. Ovid writes
/// what it calls EndNote and Citavi files in the same manner, with tags of its own and a number before each entry.
///
/// An entry begins with `PMID-`, or with any tag after a blank line once the entry before is plainly complete (it has a
/// `PMID` or ends in `SO`).
package enum NBIBReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        try TaggedEntryReading(
            field: { field($0) },
            begins: { tag, afterBlank, entry in tag == "PMID" || (afterBlank && isComplete(entry)) },
            parts: { isOvidNumber($0) },
            record: { identified($0, &$1) },
            stray: "text outside any entry (no PMID before it) is left out",
            nothing: "no line begins with 'PMID- '"
        ).read(input, name: name, emit: emit)
    }

    private static func identified(
        _ entry: TaggedEntry, _ identity: inout EntryIdentity
    ) -> (Record, [ReadingIssue]) {
        let isOvid = OvidRecord.isOvid(entry)
        var record = isOvid ? OvidRecord.record(entry) : NBIBRecord.record(entry)
        var key = entry.all("AID").first { $0.hasSuffix(NBIBRecord.keyMark) }
            .map { String($0.dropLast(NBIBRecord.keyMark.count)) }
        if isOvid, record.pmid == nil { key = entry.first("UI") }
        let line = entry.location.line
        var issues = identity.identify(&record, key: key, line: line)
        if record.pmid == nil, let text = entry.first("PMID") {
            issues.append(identity.issue(.warning, "badPMID", line: line, id: record.id, "'\(text)' is not a PMID"))
        }
        return (record, issues)
    }

    /// A `PMID` always begins an entry, so it can only stand first.
    private static func isComplete(_ entry: TaggedEntry) -> Bool {
        entry.fields.first?.tag == "PMID" || entry.fields.last?.tag == "SO"
    }

    /// Tag and value of a line such as `PMID- 1`, `TI  - Title`, `OABL- spa`, and of ERIC's `ISSN - 1234-5678`.
    static func field(_ line: [UInt8]) -> (tag: String, value: ArraySlice<UInt8>)? {
        guard line.count >= 5, isCapital(line[0]) else { return nil }
        var length = 1
        while length < 4, isCapital(line[length]) || isDigit(line[length]) { length += 1 }
        guard length >= 2, line[length..<4].allSatisfy({ $0 == 0x20 }) else { return nil }
        let tag = String(decoding: line[0..<length], as: UTF8.self)
        if length == 4, line.count > 6, line[4] == 0x20, line[5] == 0x2D, line[6] == 0x20 { return (tag, line[6...]) }
        guard line[4] == 0x2D else { return nil }
        // Without the blank after it, a hyphen behind four letters may stand inside a word: `SARS-CoV`.
        let isSure = line.count == 5 || line[5] == 0x20 || length < 4 || (tag == "PMID" && isDigit(line[5]))
        return isSure ? (tag, line[5...]) : nil
    }

    /// `<12. >`: Ovid's number before an entry.
    static func isOvidNumber(_ line: [UInt8]) -> Bool {
        guard line.first == 0x3C, let end = line.lastIndex(where: { $0 > 0x20 }), line[end] == 0x3E else {
            return false
        }
        let inner = line[1..<end]
        return inner.contains(where: isDigit) && inner.allSatisfy { isDigit($0) || $0 == 0x2E || $0 == 0x20 }
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

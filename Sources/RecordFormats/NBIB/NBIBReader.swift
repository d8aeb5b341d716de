import Bibliography
package import Compression

/// PubMed's text format (NBIB, MEDLINE): tags of up to four letters before `- `, continuation lines indented.
///
/// An entry begins with `PMID-`, or with any tag after a blank line once the entry before is plainly complete (it has a
/// `PMID` or ends in `SO`).
package enum NBIBReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var identity = EntryIdentity(file: name)
        var oddities = LineOddities()
        var entry: TaggedEntry?
        var afterBlank = false
        var toldStray = false

        func finish() throws {
            guard let closed = entry else { return }
            entry = nil
            var record = NBIBRecord.record(closed)
            let key = closed.all("AID").first { $0.hasSuffix(NBIBRecord.keyMark) }
                .map { String($0.dropLast(NBIBRecord.keyMark.count)) }
            var issues = identity.identify(&record, key: key, line: closed.location.line)
            if record.pmid == nil, let text = closed.first("PMID") {
                issues.append(
                    identity.issue(
                        .warning, "badPMID", line: closed.location.line, id: record.id, "'\(text)' is not a PMID"))
            }
            issues += identity.overflow(closed, id: record.id)
            try emit(.record(record, closed.location))
            for issue in issues { try emit(.issue(issue)) }
        }

        while let line = try lines.next() {
            for issue in oddities.issues(line, lines, identity) { try emit(.issue(issue)) }
            if line.isBlank {
                afterBlank = true
                continue
            }
            if let (tag, value) = field(line.bytes) {
                if tag == "PMID" || (afterBlank && entry.map(isComplete) == true) { try finish() }
                if entry == nil { entry = TaggedEntry(line) }
                entry?.add(tag, value, line)
                entry?.cover(line)
            } else if entry != nil {
                _ = entry?.extend(line.bytes[...], line)
                entry?.cover(line)
            } else if !toldStray {
                toldStray = true
                try emit(
                    .issue(
                        identity.issue(
                            .warning, "textOutsideEntry", line: line.number,
                            "text outside any entry (no PMID before it) is left out")))
            }
            afterBlank = false
        }
        try finish()
        if identity.entries == 0 {
            try emit(
                .issue(
                    identity.issue(
                        .error, "noEntries", line: nil, "no entry in this file: no line begins with 'PMID- '")))
        }
    }

    /// A `PMID` always begins an entry, so it can only stand first.
    private static func isComplete(_ entry: TaggedEntry) -> Bool {
        entry.fields.first?.tag == "PMID" || entry.fields.last?.tag == "SO"
    }

    /// Tag and value of a line such as `PMID- 1`, `TI  - Title`, `OABL- spa`.
    static func field(_ line: [UInt8]) -> (tag: String, value: ArraySlice<UInt8>)? {
        guard line.count >= 5, line[4] == 0x2D, line.count == 5 || line[5] == 0x20 else { return nil }
        var length = 0
        while length < 4, (0x41...0x5A).contains(line[length]) || (0x30...0x39).contains(line[length]) { length += 1 }
        guard length >= 2, (0x41...0x5A).contains(line[0]), line[length..<4].allSatisfy({ $0 == 0x20 }) else {
            return nil
        }
        return (String(decoding: line[0..<length], as: UTF8.self), line[5...])
    }
}

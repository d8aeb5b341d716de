import Bibliography
package import Compression

/// RIS, in the dialects of Ovid, Embase, PsycINFO, ProQuest, Scopus, Web of Science, Zotero, EndNote and Rayyan.
///
/// A line is a field when it begins with a tag (`TY  - `, or `TY<tab>- ` as some write it); any other line goes on with the
/// field before. An entry begins with `TY` and ends with an empty `ER`, with the next `TY`, or with the file. `ER` with
/// words after it is text. What stands between entries (numbers, headings of a provider) belongs to none.
package enum RISReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var identity = EntryIdentity(file: name)
        var oddities = LineOddities()
        var entry: TaggedEntry?
        var oneSpace = false
        var toldStray = false

        func finish(_ closed: TaggedEntry?) throws {
            guard let closed else { return }
            var record = RISRecord.record(closed)
            let issues =
                identity.identify(&record, key: closed.first("ID"), line: closed.location.line)
                + identity.overflow(closed, id: record.id)
            try emit(.record(record, closed.location))
            for issue in issues { try emit(.issue(issue)) }
        }
        func warn(_ code: String, _ line: Int, _ message: String) throws {
            try emit(.issue(identity.issue(.warning, code, line: line, message)))
        }

        while let line = try lines.next() {
            for issue in oddities.issues(line, lines, identity) { try emit(.issue(issue)) }
            guard let (tag, value) = RISLine.field(line.bytes, oneSpace: oneSpace || entry == nil) else {
                if entry != nil {
                    if !line.isBlank { _ = entry?.extend(line.bytes[...], line) }
                    entry?.cover(line)
                } else if !toldStray, !RISLine.isHeading(line.bytes) {
                    toldStray = true
                    try warn("textOutsideEntry", line.number, "text outside any entry (no TY before it) is left out")
                }
                continue
            }
            let isEmpty = value.allSatisfy { $0 <= 0x20 }
            switch tag {
            case "TY":
                if let open = entry {
                    try warn("missingER", line.number, "the entry that begins on line \(open.location.line) has no ER")
                }
                try finish(entry)
                entry = TaggedEntry(line)
                entry?.add(tag, value, line)
                oneSpace = RISLine.isOneSpaced(line.bytes)
            case "ER" where isEmpty:
                if entry == nil { try warn("extraER", line.number, "ER without an entry that it could end") }
                entry?.cover(line)
                try finish(entry)
                entry = nil
            case "ER":
                if entry?.extend(line.bytes[...], line) != true {
                    try warn("extraER", line.number, "ER without an entry that it could end")
                }
                entry?.cover(line)
            default:
                if entry == nil {
                    // Between entries, a word and a hyphen are no field.
                    guard RISLine.knownTags.contains(tag), oneSpace || !RISLine.isOneSpaced(line.bytes) else {
                        continue
                    }
                    try warn("missingTY", line.number, "the entry that begins here has no TY")
                    entry = TaggedEntry(line)
                }
                entry?.add(tag, value, line)
                entry?.cover(line)
            }
        }
        if let open = entry {
            try warn("missingER", open.location.line, "the last entry, which begins here, has no ER")
        }
        try finish(entry)
        if identity.entries == 0 {
            try emit(.issue(identity.noEntries("no line begins with 'TY  - '")))
        }
    }
}

/// The syntax of one line of RIS.
enum RISLine {
    /// Tag and value of a line that begins a field.
    static func field(_ line: [UInt8], oneSpace: Bool) -> (tag: String, value: ArraySlice<UInt8>)? {
        if let long = longField(line) { return long }
        guard line.count >= 4, isCapital(line[0]), isCapital(line[1]) || isDigit(line[1]) else { return nil }
        var index = 2
        while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
        guard index <= 6, index < line.count, line[index] == 0x2D else { return nil }
        let tag = String(decoding: line[0..<2], as: UTF8.self)
        let isEnd = tag == "ER" && line[(index + 1)...].allSatisfy { $0 <= 0x20 }
        guard index == 4 || line[2] == 0x09 || (index == 3 && (oneSpace || unmistakable.contains(tag))) || isEnd else {
            return nil
        }
        // With one space only it is too easily a word and a hyphen of running text.
        if index == 3, line[2] != 0x09, !knownTags.contains(tag) { return nil }
        return (tag, line[(index + 1)...])
    }

    /// `PMID  - 12345678`: longer names that some databases put among the tags of two letters (PsycNet).
    private static func longField(_ line: [UInt8]) -> (tag: String, value: ArraySlice<UInt8>)? {
        guard line.count > 5, isCapital(line[0]), isCapital(line[2]) || isCapital(line[3]) else { return nil }
        let name = line.prefix { isCapital($0) }
        guard name.count >= 3, name.count <= 5 else { return nil }
        let rest = line[name.count...].drop { $0 == 0x20 }
        guard rest.startIndex > name.count, rest.startIndex <= name.count + 2, rest.first == 0x2D else { return nil }
        let tag = String(decoding: name, as: UTF8.self)
        return longTags.contains(tag) ? (tag, rest.dropFirst()) : nil
    }

    private static let longTags: Set<String> = ["PMID", "PMCID", "DOI", "ISSN", "ISBN"]

    /// Tags that are no words or abbreviations of running text: they begin a field with one blank before the hyphen, too.
    private static let unmistakable: Set<String> = [
        "TY", "A1", "AU", "T1", "T2", "JF", "JO", "KW", "N2", "PY", "Y1", "UR", "VL",
    ]

    static func isOneSpaced(_ line: [UInt8]) -> Bool { line.count > 3 && line[2] == 0x20 && line[3] == 0x2D }

    /// Numbers of entries and the headings that EBSCO and others put before each: `1.`, `Record #1 of 2`.
    static func isHeading(_ line: [UInt8]) -> Bool {
        guard let text = FieldText.plain(line) else { return true }
        if text.utf8.allSatisfy({ isDigit($0) || $0 == 0x2E }) { return true }
        return ["Record #", "Provider:", "Content:", "Database:", "Link to the Ovid"].contains { text.hasPrefix($0) }
    }

    /// Tags that may begin an entry whose TY is missing.
    static let knownTags: Set<String> = [
        "TY", "ER", "A1", "A2", "A3", "A4", "AB", "AD", "AN", "AU", "BT", "CT", "CY", "DA", "DB", "DO", "DP", "EP",
        "ET",
        "ID", "IS", "J1", "J2", "JA", "JF", "JO", "KW", "L1", "L2", "L3", "L4", "LA", "M1", "M2", "M3", "N1", "N2",
        "PB",
        "PY", "SN", "SP", "ST", "T1", "T2", "T3", "TI", "TT", "UR", "VL", "VO", "Y1", "Y2",
    ]

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// Finds out what a file holds from its first bytes, never from its name: exports are called `.txt` as often as not.
package enum FormatDetection {
    package enum Answer: Hashable, Sendable {
        case format(RecordFormat)
        /// What was found instead, and what to do.
        case unknown(reason: String)
    }

    /// How many bytes are looked at.
    static let lengthOfHead = 1 << 16
    private static let remedy =
        "known are PubMed XML, NBIB, RIS, BibTeX, EndNote XML and text, JATS XML, Web of Science text, Cochrane Library text, "
        + "CSV, TSV, CSL-JSON and NDJSON; export the records again in one of them, or name the format: sluice parse --from"

    /// - Parameter head: the first bytes of the file, inflated, or all of them.
    package static func format(of head: some Collection<UInt8>) -> Answer {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF]) {
            return .unknown(reason: "the text is UTF-32, which is not read; save it as UTF-8")
        }
        let text = plain(Array(head.prefix(lengthOfHead)))
        guard let first = text.first(where: { !isSpace($0) }) else {
            return .unknown(reason: "the file is empty; there is nothing to read")
        }
        switch first {
        case 0x3C where isOvid(text): return ovid(text)
        case 0x3C: if let answer = markup(text) { return answer }
        case 0x7B, 0x5B: return json(text)
        default: break
        }
        if let format = taggedText(text) ?? table(text) { return .format(format) }
        return .unknown(reason: "the format of the file is not known; \(remedy)")
    }

    /// Without byte order mark; UTF-16 is thinned to its ASCII part, which is enough to tell formats apart.
    private static func plain(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        return bytes.dropFirst(2).filter { $0 != 0 && $0 < 0x80 }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    // MARK: Ovid

    /// Whether the text begins with the number that Ovid puts before each entry: `<1. >`, or `<1>` in its labelled text.
    private static func isOvid(_ text: [UInt8]) -> Bool {
        let line = text.drop(while: isSpace).prefix { $0 != 0x0A && $0 != 0x0D }
        return NBIBReader.isOvidNumber(Array(line))
    }

    private static func ovid(_ text: [UInt8]) -> Answer {
        let lines = text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).dropFirst().prefix(50)
        if lines.contains(where: { NBIBReader.field(Array($0)) != nil }) { return .format(.nbib) }
        return .unknown(
            reason:
                "the file is Ovid's labelled text, which is not read; export the records again as RIS or for EndNote")
    }

    // MARK: XML

    private static func markup(_ text: [UInt8]) -> Answer? {
        guard let root = rootName(text) else { return nil }
        if (PubMedGrammar.setNames + PubMedGrammar.recordNames).contains(root) { return .format(.pubmedXML) }
        let head = String(decoding: text, as: UTF8.self)
        if root == JATSName.articleSet.rawValue { return .format(.jats) }
        // Other vocabularies have an <article>, too.
        if root == JATSName.article.rawValue,
            ["<front", "<article-meta", "<journal-meta", "article-type=", "//NLM//DTD"].contains(where: head.contains)
        {
            return .format(.jats)
        }
        if EndNoteGrammar.rootNames.contains(root), isEmptyLibrary(text) { return .format(.endnoteXML) }
        if EndNoteGrammar.rootNames.contains(root), head.contains("<record"),
            head.contains("<ref-type") || head.contains("<contributors") || head.contains("<titles")
                || head.contains("<rec-number")
        {
            return .format(.endnoteXML)
        }
        return .unknown(
            reason: "the file is XML or HTML with the root <\(root)>, which holds no records that are known; \(remedy)")
    }

    /// What EndNote exports of a library, or a group, without references.
    private static func isEmptyLibrary(_ text: [UInt8]) -> Bool {
        let end = String(decoding: text.suffix(200).filter { !isSpace($0) }, as: UTF8.self)
        return ["<records></records></xml>", "<records/></xml>"].contains(where: end.hasSuffix)
    }

    /// The first start tag after declarations, comments and a DTD.
    private static func rootName(_ text: [UInt8]) -> String? {
        var index = 0
        while let open = text[index...].firstIndex(of: 0x3C) {
            let rest = text[(open + 1)...]
            if rest.starts(with: Array("!--".utf8)) {
                guard let end = firstIndex(of: Array("-->".utf8), in: text, from: open + 4) else { return nil }
                index = end
                continue
            }
            guard let next = rest.first else { return nil }
            if next == 0x21 || next == 0x3F {
                // A DTD's internal part stands in brackets and may hold `>`.
                var depth = 0
                guard
                    let end = text[open...].firstIndex(where: { byte in
                        if byte == 0x5B { depth += 1 }
                        if byte == 0x5D { depth -= 1 }
                        return byte == 0x3E && depth <= 0
                    })
                else { return nil }
                index = end
                continue
            }
            let name = rest.prefix { !isSpace($0) && $0 != 0x3E && $0 != 0x2F && $0 != 0x3C }.prefix(64)
            return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        }
        return nil
    }

    private static func firstIndex(of wanted: [UInt8], in text: [UInt8], from: Int) -> Int? {
        guard from < text.count else { return nil }
        return text.indices[from...].first { text[$0...].starts(with: wanted) }
    }

    // MARK: JSON

    private static func json(_ text: [UInt8]) -> Answer {
        let line = String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
        let isOurs = line.hasPrefix("{") && line.contains("\"id\":") && line.contains("\"kind\":")
        return .format(isOurs ? .ndjson : .cslJSON)
    }

    // MARK: Tagged text

    /// Tells by the first line that only one format can have.
    private static func taggedText(_ text: [UInt8]) -> RecordFormat? {
        var sawCochrane = false
        var hint: RecordFormat?
        var isFirst = true
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(2000) {
            let line = line.drop(while: isSpace)
            if isBibTeX(line) { return .bibtex }
            guard line.count >= 4 else { continue }
            let mayHint = hint != nil || isFirst
            if isFirst, isEndNoteText(line) { hint = .endnoteText }
            isFirst = false
            let start = String(decoding: line.prefix(24), as: UTF8.self)
            if start.hasPrefix("FN ") || start.hasPrefix("PT J") || start.hasPrefix("PT B") || start.hasPrefix("PT S")
                || start.hasPrefix("PT C") || start.hasPrefix("PT P")
            {
                if !start.contains("- ") { return .webOfScience }
            }
            if start.hasPrefix("Record #") { sawCochrane = true }
            if sawCochrane, start.hasPrefix("ID: ") || start.hasPrefix("AU: ") || start.hasPrefix("TI: ") {
                return .cochrane
            }
            switch tag(of: line) {
            case "TY": return .ris
            case "PMID" where line.dropFirst(4).first != 0x20: return .nbib
            case "OWN", "STAT", "DCOM", "NLM", "BTI", "FAU": return .nbib
            // Without the line that opens an entry, a first line like these still tells the two apart.
            case "T1", "A1", "JF", "JO", "PY", "Y1", "SP", "N2", "KW", "UR", "AU", "TI":
                if mayHint { hint = hint ?? .ris }
            case "IS", "DP", "VI", "IP", "JT", "LID", "AID", "MH", "OT": if mayHint { hint = hint ?? .nbib }
            default: continue
            }
        }
        return hint
    }

    /// The tag of a line in the manner of RIS and MEDLINE: one to four capitals or digits, blanks, a hyphen.
    private static func tag(of line: ArraySlice<UInt8>) -> String? {
        let name = line.prefix { ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) }
        guard name.count >= 2, name.count <= 4 else { return nil }
        let rest = line.dropFirst(name.count).drop { $0 == 0x20 }
        guard rest.first == 0x2D, rest.startIndex - line.startIndex <= 6 else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// `%0 Journal Article`, or another of the tags that come first: `%T`, `%A`, `%J`, `%D`, `%B`.
    private static func isEndNoteText(_ line: ArraySlice<UInt8>) -> Bool {
        EndNoteTextReader.field(line).map { "0TAJDB".contains($0.tag) && !$0.value.isEmpty } ?? false
    }

    /// `@article{` or `@ARTICLE(`.
    private static func isBibTeX(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first == 0x40 else { return false }
        let name = line.dropFirst().prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        let next = line.dropFirst(1 + name.count).drop(while: isSpace).first
        return !name.isEmpty && (next == 0x7B || next == 0x28)
    }

    // MARK: Tables

    /// A first row with at least one column that a table of records has.
    private static func table(_ text: [UInt8]) -> RecordFormat? {
        let lines = text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).filter {
            !$0.allSatisfy(isSpace) && !DelimitedRecordReader.isPreamble($0)
        }
        guard var header = lines.first.map(Array.init) else { return nil }
        var separator = DelimitedRecordReader.separator(of: header)
        // Excel may write the separator into a line of its own: `sep=;`.
        if header.count == 5, header.starts(with: Array("sep=".utf8)), let last = header.last, lines.count > 1 {
            separator = last
            header = Array(lines[1])
        }
        let cells = header.split(separator: separator, omittingEmptySubsequences: false).map { cell in
            String(decoding: cell.filter { $0 != 0x22 }, as: UTF8.self)
        }
        guard Columns(header: cells).known > 0 else { return nil }
        return separator == 0x09 ? .tsv : .csv
    }
}

import Bibliography
package import Compression

/// BibTeX and BibLaTeX. Entries with the same key are all kept; `@string` abbreviations are put in, and so are the fields that
/// `crossref` and `xdata` refer to; text outside entries is comment, as in BibTeX itself. An entry whose braces never close
/// ends where a line begins the next one.
package enum BibTeXReader: RecordFormatReader {
    package static func read(_ input: any ByteInput, name: String, emit: (ReadingEvent) throws -> Void) throws {
        let lines = LineInput(input)
        var identity = EntryIdentity(file: name)
        var oddities = LineOddities()
        var collector = BibTeXCollector()
        var strings = BibTeXEntry.months
        var queue = BibTeXQueue()
        var isFramed = false

        func give(_ entry: BibTeXEntry, _ block: BibTeXCollector.Block) throws {
            func report(_ severity: ReadingIssue.Severity, _ code: String, _ id: RecordID?, _ message: String) throws {
                try emit(.issue(identity.issue(severity, code, line: block.location.line, id: id, message)))
            }
            let (whole, problems) = queue.inheritance.resolved(entry)
            var record = BibTeXRecord.record(whole)
            let issues = identity.identify(&record, key: entry.key, line: block.location.line)
            try emit(.record(record, block.location))
            for issue in issues { try emit(.issue(issue)) }
            if block.isCut {
                try report(
                    .error, "entryTooLarge", record.id,
                    "the entry holds more than 32 MiB; what comes after that is left out")
            } else if !block.isClosed {
                try report(
                    .error, "unclosedEntry", record.id,
                    "the braces of the entry that begins here do not close; it is read up to the next line that begins an entry"
                )
            }
            if let problem = entry.problem {
                try report(.error, "badField", record.id, "a part of the entry cannot be read: \(problem)")
            }
            for problem in problems { try report(.warning, problem.code, record.id, problem.text) }
        }

        func take(_ block: BibTeXCollector.Block) throws {
            let entry = BibTeXEntry(block.bytes, strings: strings)
            switch entry.type {
            case "comment", "preamble": isFramed = true
            case "string":
                isFramed = true
                for field in entry.fields where strings.count < 100_000 { strings[field.name] = field.value }
            case "xdata":
                isFramed = true
                queue.inheritance.remember(entry)
            default: queue.add(entry, block)
            }
            while let next = queue.next() { try give(next.entry, next.block) }
        }

        while let line = try lines.next() {
            for issue in oddities.issues(line, lines, identity) { try emit(.issue(issue)) }
            for block in collector.consume(line) { try take(block) }
        }
        if let block = collector.finish() { try take(block) }
        while let next = queue.next(isEnd: true) { try give(next.entry, next.block) }
        // A library without entries may still have its abbreviations and its manager's notes.
        if identity.entries == 0, !isFramed { try emit(.issue(identity.noEntries("nothing like '@article{key,'"))) }
    }
}

/// Cuts a file into the blocks that begin with `@type{` and end where its brace closes.
struct BibTeXCollector {
    struct Block {
        var bytes: [UInt8]
        var location: RecordLocation
        var isClosed = false
        var isCut = false
    }

    private var block: Block?
    private var depth = 0
    private var closesWithParenthesis = false
    private var isEscaped = false

    /// The blocks that end on this line.
    mutating func consume(_ line: LineInput.Line) -> [Block] {
        var ended: [Block] = []
        if block != nil, let first = line.bytes.firstIndex(where: { $0 > 0x20 }), opening(line.bytes, at: first) != nil
        {
            if let unclosed = finish() { ended.append(unclosed) }
        }
        var index = 0
        let bytes = line.bytes
        while index < bytes.count {
            guard block != nil else {
                guard let at = bytes[index...].firstIndex(of: 0x40) else { break }
                guard let brace = opening(bytes, at: at) else {
                    index = at + 1
                    continue
                }
                block = Block(
                    bytes: Array(bytes[at...brace]),
                    location: RecordLocation(line: line.number, start: line.start + at, end: line.end))
                closesWithParenthesis = bytes[brace] == 0x28
                depth = closesWithParenthesis ? 0 : 1
                isEscaped = false
                index = brace + 1
                continue
            }
            index = scan(bytes, from: index)
            if block?.isClosed == true, var closed = block {
                closed.location.end = min(line.start + index, line.end)
                ended.append(closed)
                block = nil
            }
        }
        if block != nil {
            append(0x0A)
            isEscaped = false
            block?.location.end = line.end
        }
        return ended
    }

    /// The block that the file leaves open.
    mutating func finish() -> Block? {
        defer { block = nil }
        return block
    }

    /// Takes bytes up to the one that closes the block.
    private mutating func scan(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            append(byte)
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case 0x5C: isEscaped = true
            case 0x7B: depth += 1
            case 0x7D:
                depth -= 1
                if depth <= 0, !closesWithParenthesis {
                    block?.isClosed = true
                    return index
                }
            case 0x29 where closesWithParenthesis && depth <= 0:
                block?.isClosed = true
                return index
            default: break
            }
        }
        return index
    }

    private mutating func append(_ byte: UInt8) {
        guard let count = block?.bytes.count else { return }
        if count < TaggedEntry.limit { block?.bytes.append(byte) } else { block?.isCut = true }
    }

    /// Where the brace or parenthesis of `@type {` stands.
    private func opening(_ bytes: [UInt8], at: Int) -> Int? {
        guard bytes[at] == 0x40 else { return nil }
        var index = at + 1
        while index < bytes.count, index - at < 40, isLetter(bytes[index]) { index += 1 }
        guard index > at + 1 else { return nil }
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        guard index < bytes.count, bytes[index] == 0x7B || bytes[index] == 0x28 else { return nil }
        return index
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}

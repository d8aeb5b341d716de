/// One entry of a format whose lines carry tags, before anything is made of it.
package struct TaggedEntry {
    package struct Field {
        package var tag: String
        /// The value, its continuation lines after line feeds.
        package var value: [UInt8]
        package var line: Int
    }

    /// What one entry may hold; lines beyond it are left out with an error.
    package static let limit = 1 << 25
    /// What a field and a line cost beside their bytes: millions of tiny ones reach the limit too, before what is made
    /// of them fills the memory.
    private static let costOfField = 128
    private static let costOfLine = 32

    package var fields: [Field] = []
    package private(set) var location: RecordLocation
    package private(set) var byteCount = 0
    package private(set) var overflowLine: Int?

    package init(_ line: LineInput.Line) {
        location = RecordLocation(line: line.number, start: line.start, end: line.end)
    }

    package mutating func add(_ tag: String, _ value: ArraySlice<UInt8>, _ line: LineInput.Line) {
        guard grow(value.count + Self.costOfField, line) else { return }
        fields.append(Field(tag: tag, value: Array(value), line: line.number))
    }

    /// Adds a continuation line to the last field; false where there is none.
    package mutating func extend(_ value: ArraySlice<UInt8>, _ line: LineInput.Line) -> Bool {
        guard let last = fields.indices.last else { return false }
        guard grow(value.count + Self.costOfLine, line) else { return true }
        fields[last].value.append(0x0A)
        fields[last].value.append(contentsOf: value)
        return true
    }

    /// Takes the line into the entry's range.
    package mutating func cover(_ line: LineInput.Line) { location.end = max(location.end, line.end) }

    private mutating func grow(_ count: Int, _ line: LineInput.Line) -> Bool {
        guard byteCount + count <= Self.limit else {
            if overflowLine == nil { overflowLine = line.number }
            return false
        }
        byteCount += count
        return true
    }

    /// Reads what markup and entities the values hold, but for tags whose values are names of the entry.
    package mutating func flatten(except tags: Set<String> = []) {
        for index in fields.indices where !tags.contains(fields[index].tag) {
            if let plain = MarkedText.plain(fields[index].value) { fields[index].value = plain }
        }
    }

    // MARK: Values

    /// The first value of the first of these tags that has one.
    package func first(_ tags: String...) -> String? {
        for tag in tags {
            for field in fields where field.tag == tag {
                if let text = FieldText.plain(field.value) { return text }
            }
        }
        return nil
    }

    /// Every value of these tags in the order of the file.
    package func all(_ tags: String...) -> [String] {
        fields.compactMap { tags.contains($0.tag) ? FieldText.plain($0.value) : nil }
    }

    /// Every line of every value of these tags in the order of the file.
    package func allLines(_ tags: String...) -> [String] {
        fields.flatMap { tags.contains($0.tag) ? FieldText.lines($0.value) : [] }
    }

    /// All values of the first of these tags that has one, on lines of their own.
    package func joined(_ tags: String...) -> [UInt8] {
        for tag in tags {
            let values = fields.filter { $0.tag == tag && $0.value.contains { $0 > 0x20 } }.map(\.value)
            if !values.isEmpty { return Array(values.joined(separator: [0x0A])) }
        }
        return []
    }
}

/// The oddities of lines that every line-based reader reports.
package struct LineOddities {
    private var toldEncoding = false

    package init() {}

    package mutating func issues(
        _ line: LineInput.Line, _ input: LineInput, _ identity: EntryIdentity
    )
        -> [ReadingIssue]
    {
        var issues: [ReadingIssue] = []
        if line.isCut {
            issues.append(
                identity.issue(
                    .error, "lineTooLong", line: line.number,
                    "the line is longer than 16 MiB; what follows on it is left out"))
        }
        if !toldEncoding, let first = input.firstRepairedLine {
            toldEncoding = true
            issues.append(
                identity.issue(
                    .warning, "notUTF8", line: first,
                    "the text is not UTF-8 from here on; bytes that are not are read as Windows-1252"))
        }
        return issues
    }
}

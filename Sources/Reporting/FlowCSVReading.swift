import Interchange

/// Why a file is no flow.
package enum FlowReadingError: Error, Hashable, CustomStringConvertible {
    case missingColumn(String)
    case noKnownRow
    case repeatedRow(key: String, line: Int)
    case unclosedQuote(line: Int)
    case numberTooLarge(key: String, line: Int, text: String)

    package var description: String {
        switch self {
        case .missingColumn(let name):
            "this is no PRISMA flow: the column '\(name)' is missing; the PRISMA2020 format has "
                + FlowCSV.columns.joined(separator: ", ")
        case .noKnownRow:
            "this is no PRISMA flow: no row has a known key in column 'data' (database_results, records_screened ...)"
        case .repeatedRow(let key, let line):
            "line \(line): the row '\(key)' stands twice; keep one of them"
        case .unclosedQuote(let line):
            "line \(line): a quoted cell begins here and never ends; close the quote"
        case .numberTooLarge(let key, let line, let text):
            "line \(line): '\(text)' is too large a number for '\(key)'; write a plain count"
        }
    }
}

extension FlowCSV {
    /// Reads a file of the format: ours, the package's template with its `xxx`, or one that people filled in by hand.
    /// Rows may be missing or stand in any order; unknown rows are passed over; of the box texts those are kept that
    /// differ from ours.
    package static func read(_ bytes: some Collection<UInt8>) throws(FlowReadingError) -> PrismaFlow {
        let text: DelimitedText
        do { text = try DelimitedText(parsing: bytes) } catch { throw .unclosedQuote(line: error.line) }
        guard let data = text.column("data") else { throw .missingColumn("data") }
        guard let number = text.column("n") else { throw .missingColumn("n") }
        let boxText = text.column("boxtext")
        let boxName = text.column("box")

        var cells: [FlowKey: (text: String?, line: Int)] = [:]
        var flow = PrismaFlow()
        for row in text.rows {
            let name = row.cell(data).map(trimmed) ?? "NA"
            guard let key = FlowKey(rawValue: name == "NA" ? trimmed(row.cell(boxName) ?? "") : name) else { continue }
            guard cells[key] == nil else { throw .repeatedRow(key: key.rawValue, line: row.line) }
            cells[key] = (row.cell(number).map(trimmed), row.line)
            if let caption = row.cell(boxText).map(trimmed), caption != "NA", !caption.isEmpty, caption != key.text {
                flow.captions[key.rawValue] = caption
            }
        }
        guard cells.keys.contains(where: { !$0.isLabel }) else { throw .noKnownRow }
        try fill(&flow, cells)
        return flow
    }

    private static func fill(
        _ flow: inout PrismaFlow, _ cells: [FlowKey: (text: String?, line: Int)]
    ) throws(FlowReadingError) {
        func box(_ key: FlowKey) throws(FlowReadingError) -> FlowBox {
            guard let cell = cells[key], let text = cell.text else { return .notGiven }
            return try value(text, key, cell.line)
        }
        func parts(_ key: FlowKey) throws(FlowReadingError) -> [FlowPart] {
            guard let cell = cells[key], let text = cell.text else { return [] }
            return try list(text, key, cell.line)
        }
        // The format has no rows for these.
        flow.awaiting = .notGiven
        flow.otherAwaiting = .notGiven
        flow.otherRemoved = FlowGroup(total: .notGiven)
        flow.previousStudies = try box(.previousStudies)
        flow.previousReports = try box(.previousReports)
        flow.databases = try FlowGroup(total: box(.databaseResults), parts: parts(.databaseSpecificResults))
        flow.registers = try FlowGroup(total: box(.registerResults), parts: parts(.registerSpecificResults))
        flow.websites = try box(.websiteResults)
        flow.organisations = try box(.organisationResults)
        flow.citations = try box(.citationsResults)
        flow.duplicates = try box(.duplicates)
        flow.excludedAutomatic = try box(.excludedAutomatic)
        flow.excludedOther = try FlowGroup(total: box(.excludedOther))
        flow.screened = try box(.recordsScreened)
        flow.excluded = try FlowGroup(total: box(.recordsExcluded))
        flow.sought = try box(.soughtReports)
        flow.notRetrieved = try box(.notRetrievedReports)
        flow.assessed = try box(.assessed)
        flow.reportsExcluded = try group(parts(.excluded))
        flow.otherSought = try box(.otherSoughtReports)
        flow.otherNotRetrieved = try box(.otherNotRetrievedReports)
        flow.otherAssessed = try box(.otherAssessed)
        flow.otherExcluded = try group(parts(.otherExcluded))
        flow.newStudies = try box(.newStudies)
        flow.newReports = try box(.newReports)
        flow.totalStudies = try box(.totalStudies)
        flow.totalReports = try box(.totalReports)
    }

    /// Reports excluded have no total of their own in the file. A lone number without a name is the total.
    private static func group(_ parts: [FlowPart]) -> FlowGroup {
        if parts.isEmpty { return FlowGroup(total: .notGiven) }
        if parts.count == 1, let only = parts.first, only.label.isEmpty { return FlowGroup(total: only.box) }
        return FlowGroup(parts)
    }

    /// `Reason, 12; Other reason, 3`. What stands after the last comma is the number, so that a name may hold commas.
    private static func list(_ text: String, _ key: FlowKey, _ line: Int) throws(FlowReadingError) -> [FlowPart] {
        guard text != "NA", text != "0" else { return [] }
        var parts: [FlowPart] = []
        for entry in text.split(separator: ";") {
            let item = trimmed(String(entry))
            guard !item.isEmpty else { continue }
            guard let (label, number) = split(item) else {
                let whole = try value(item, key, line)
                let isNumber = whole.n != nil
                let box = isNumber ? whole : .notGiven
                parts.append(FlowPart(id: "", label: isNumber ? "" : item, box: box))
                continue
            }
            parts.append(FlowPart(id: label, label: label, box: try value(number, key, line)))
        }
        return parts
    }

    /// At the last comma that does not merely group thousands (`Reason, 1,234`).
    private static func split(_ item: String) -> (label: String, number: String)? {
        var head = Substring(item)
        var tail = ""
        while let comma = head.lastIndex(of: ",") {
            let after = head[head.index(after: comma)...]
            tail = tail.isEmpty ? String(after) : "\(after),\(tail)"
            head = head[..<comma]
            let groupsThousands = after.utf8.count == 3 && after.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let digitBefore = head.utf8.last.map { (0x30...0x39).contains($0) } ?? false
            if !(groupsThousands && digitBefore && head.contains(",")) {
                return (trimmed(String(head)), trimmed(tail))
            }
        }
        return nil
    }

    private static func value(_ text: String, _ key: FlowKey, _ line: Int) throws(FlowReadingError) -> FlowBox {
        if text.isEmpty || text == "NA" { return .notGiven }
        let digits = text.utf8.filter { $0 != 0x2C }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }), !digits.isEmpty else { return FlowBox(text: text) }
        guard digits.count <= 15, let count = Int(String(decoding: digits, as: UTF8.self)) else {
            throw .numberTooLarge(key: key.rawValue, line: line, text: text)
        }
        return FlowBox(count: count)
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}

import Extraction
package import Interchange

/// A row of a table of values as a person saved it, before anything of it is believed.
package struct ValueRow: Hashable, Sendable {
    /// 1-based line of the file.
    package var line: Int
    var report: String
    var key: String
    var field: String
    var arm: String?
    var dose: String?
    var comparator: String?
    /// False for tables that were exported before effects had comparators.
    var hasComparator = true
    var outcome: String?
    var time: String?
    var value: String?
    var unit: String?
    var text: String?
    var quote: String?
    var decision: String
    var reviewer: String?
    var note: String?
    /// `yes` for what several reviewers agreed on.
    var consensus: String?
    /// When it was decided, where a table brings it from another workspace.
    var decidedAt: String?

    /// Reads `values.csv` as `sluice export values` writes it, in any order of columns. The columns `report`, `key`,
    /// `field`, `value` and `decision` must be there.
    ///
    /// - Throws: `ValueRefusal` naming the columns that are missing.
    package static func read(_ table: DelimitedText) throws(ValueRefusal) -> [ValueRow] {
        let missing = ["report", "key", "field", "value", "decision"].filter { table.column($0) == nil }
        guard missing.isEmpty else {
            throw ValueRefusal(problems: [
                "the file lacks the columns \(missing.joined(separator: ", ")); it has: "
                    + table.header.joined(separator: ", ") + ". Start from: sluice export values -o values.csv"
            ])
        }
        return table.rows.compactMap { row in
            func cell(_ name: String) -> String? {
                row.cell(table.column(name)).map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
            }
            // A line of separators, as spreadsheets leave them below a table.
            guard row.cells.contains(where: { !$0.trimmed.isEmpty }) else { return nil }
            return ValueRow(
                line: row.line, report: cell("report") ?? "", key: cell("key") ?? "", field: cell("field") ?? "",
                arm: cell("arm"), dose: cell("dose"), comparator: cell("comparator"),
                hasComparator: table.column("comparator") != nil,
                outcome: cell("outcome"), time: cell("time"),
                value: cell("value"), unit: cell("unit"), text: cell("text"), quote: cell("quote"),
                decision: cell("decision")?.lowercased() ?? "", reviewer: cell("reviewer"), note: cell("note"),
                consensus: cell("consensus")?.lowercased(), decidedAt: cell("decidedAt"))
        }
    }

    /// Whether the row shows a value as it stands.
    func shows(_ value: ExtractedValue) -> Bool {
        guard field == value.field, arm == value.arm?.trimmed, dose == value.dose?.trimmed,
            !hasComparator || comparator == value.comparator?.trimmed,
            outcome == value.outcome?.trimmed, unit == value.unit?.trimmed
        else { return false }
        switch (time, value.time) {
        case (nil, nil): break
        case (let written?, let hours?): guard Self.isSame(written, hours) else { return false }
        default: return false
        }
        switch value.value {
        case .text(let text): return self.value == text.trimmed
        case .number(let number): return self.value.map { Self.isSame($0, number) } ?? false
        }
    }

    /// Spreadsheets cut the last digits of a number.
    private static func isSame(_ text: String, _ number: Double) -> Bool {
        WrittenNumber.read(text).map { abs($0 - number) <= 1e-9 * max(1, abs(number)) } ?? false
    }
}

/// Why a table of values was refused. Nothing of it was kept.
package struct ValueRefusal: Error, Equatable, CustomStringConvertible {
    package var problems: [String]

    package var description: String {
        (["no value was recorded:"] + problems.map { "  " + $0 }).joined(separator: "\n")
    }
}

/// A number as a person writes it.
enum WrittenNumber {
    /// `0.5`, `-3`, and with a decimal comma `0,5`; nil for anything else, `1,200` included, which may be either.
    static func read(_ text: String) -> Double? {
        var plain = text.trimmed.replacing("\u{2212}", with: "-")
        let parts = plain.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2 {
            let whole = parts[0].drop { $0 == "-" }
            guard parts[1].count != 3 || whole == "0" else { return nil }
            plain = parts.joined(separator: ".")
        }
        let marks: Set<UInt8> = [0x2E, 0x2D, 0x2B, 0x45, 0x65]
        let isPlain = plain.utf8.allSatisfy { (0x30...0x39).contains($0) || marks.contains($0) }
        guard isPlain, let number = Double(plain), number.isFinite else { return nil }
        return number
    }

    /// A number with a unit behind it, as in `7 d`; nil where there is no number before the unit.
    static func readWithUnit(_ text: String) -> (number: Double, unit: String?)? {
        let text = text.trimmed
        if let number = read(text) { return (number, nil) }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || ".,-+".contains($0)) }
        guard let number = read(String(digits)) else { return nil }
        let unit = String(text.dropFirst(digits.count)).trimmed
        return (number, unit.isEmpty ? nil : unit)
    }
}

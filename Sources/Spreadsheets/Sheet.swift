package import Interchange

/// A table as a sheet of a workbook.
package struct Sheet: Sendable {
    /// On the tab; what Excel does not take there is left out.
    package var name: String
    package var table: Table
    /// What stands above the columns, where it is not the names of the table.
    package var headers: [String]
    /// Shown when the pointer rests on a header: what the column holds.
    package var headerNotes: [String]
    /// Columns that stay in sight when the sheet scrolls to the right.
    package var frozenColumns: Int

    package init(
        name: String, table: Table, headers: [String]? = nil, headerNotes: [String] = [], frozenColumns: Int = 0
    ) {
        self.name = name
        self.table = table
        self.headers = headers ?? table.columns
        self.headerNotes = headerNotes
        self.frozenColumns = frozenColumns
    }
}

extension Sheet {
    /// At most 31 characters, none of `[ ] : * ? / \`, no apostrophe at an end.
    static func tabName(_ name: String) -> String {
        let kept = name.map { "[]:*?/\\".contains($0) ? " " : $0 }
        var text = String(String(kept).unicodeScalars.filter { $0.value >= 0x20 }.map(Character.init))
        while text.utf16.count > 31 { text.removeLast() }
        while text.hasPrefix("'") { text.removeFirst() }
        while text.hasSuffix("'") { text.removeLast() }
        return text.isEmpty ? "Table" : text
    }
}

/// A text as a cell takes it.
enum CellText {
    /// Excel's limit, in UTF-16 units.
    static let longest = 32_767
    private static let cut = " [cut: a cell holds no more; the CSV has the whole text]"

    /// Without characters that XML cannot hold, inert, and within Excel's limit.
    static func cell(_ text: String) -> String { shortened(InertCell.protected(printable(text))) }

    static func note(_ text: String) -> String { shortened(printable(text)) }

    private static func printable(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { isAllowed($0) }
        guard !isPlain else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(isAllowed)))
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 ? scalar.value != 0xFFFE && scalar.value != 0xFFFF : scalar == "\n" || scalar == "\t"
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf16.count > longest else { return text }
        var kept = ""
        var left = longest - cut.utf16.count
        for character in text {
            left -= character.utf16.count
            if left < 0 { break }
            kept.append(character)
        }
        return kept + cut
    }
}

package import Interchange

extension Table {
    /// The table as HTML: a header row, numbers to the right, a caption where given, everything escaped.
    ///
    /// - Parameter links: for a cell of a column, the address it points to; only `https` and `http` addresses become
    ///   links.
    package func html(caption: String? = nil, links: (_ row: Int, _ column: Int) -> String? = { _, _ in nil }) -> String
    {
        var text = "<table>\n"
        if let caption { text += "<caption>\(SVGCanvas.escaped(caption))</caption>\n" }
        let numeric = columns.indices.map(isNumeric)
        text += "<thead>\n<tr>"
        for (index, column) in columns.enumerated() {
            text += "<th scope=\"col\"\(numeric[index] ? " class=\"number\"" : "")>\(SVGCanvas.escaped(column))</th>"
        }
        text += "</tr>\n</thead>\n<tbody>\n"
        for (rowIndex, row) in rows.enumerated() {
            text += "<tr>"
            for index in columns.indices {
                let cell = index < row.count ? row[index] : .empty
                var content = SVGCanvas.escaped(cell.plainText)
                if let address = links(rowIndex, index), Self.isWebAddress(address) {
                    content = "<a href=\"\(SVGCanvas.escaped(address))\">\(content)</a>"
                }
                let note = notes[Place(row: rowIndex, column: index)]
                let title = note.map { " title=\"\(SVGCanvas.escaped($0))\"" } ?? ""
                text += "<td\(numeric[index] ? " class=\"number\"" : "")\(title)>\(content)</td>"
            }
            text += "</tr>\n"
        }
        return text + "</tbody>\n</table>\n"
    }

    /// The table in Markdown (the pipe tables of GitHub): cells padded to equal width where that stays readable.
    package func markdown() -> String {
        let numeric = columns.indices.map(isNumeric)
        let head = columns.map(Self.markdownCell)
        let body = rows.map { row in
            columns.indices.map { $0 < row.count ? Self.markdownCell(row[$0].plainText) : "" }
        }
        let widths = columns.indices.map { column in
            let longest = ([head] + body).map { TextWrapping.columnWidth($0[column]) }.max() ?? 0
            return min(max(longest, 3), 60)
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { index, cell in
                let space = String(repeating: " ", count: max(0, widths[index] - TextWrapping.columnWidth(cell)))
                return numeric[index] ? space + cell : cell + space
            }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        let rule = columns.indices.map { index in
            let dashes = String(repeating: "-", count: widths[index] - 1)
            return numeric[index] ? dashes + ":" : dashes + "-"
        }
        return line(head) + line(rule) + body.map(line).joined()
    }

    /// Whether every cell of a column that has something is a number, and at least one is.
    private func isNumeric(_ column: Int) -> Bool {
        var found = false
        for row in rows where column < row.count {
            switch row[column] {
            case .integer, .number: found = true
            case .text: return false
            case .empty: continue
            }
        }
        return found
    }

    private static func isWebAddress(_ address: String) -> Bool {
        address.hasPrefix("https://") || address.hasPrefix("http://")
    }

    /// One line; the characters that Markdown or HTML inside Markdown would act on are escaped.
    private static func markdownCell(_ text: String) -> String {
        var cell = ""
        for character in text {
            switch character {
            case "|", "\\", "*", "_", "`", "[", "]", "#", "~": cell += "\\\(character)"
            case "<": cell += "&lt;"
            case ">": cell += "&gt;"
            case "&": cell += "&amp;"
            case _ where character.isWhitespace: cell += " "
            default: cell.append(character)
            }
        }
        return cell
    }
}

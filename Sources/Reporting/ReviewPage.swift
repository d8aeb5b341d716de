import Foundation
package import Interchange

/// A review as one page that needs no other file and runs no script: what was asked, the flow, what was pooled, and the
/// tables behind it.
package struct ReviewPage: Sendable {
    package enum Block: Sendable {
        case text(String)
        /// A figure as SVG, with what it shows in words.
        case figure([UInt8], description: String)
        case table(LabelledTable)
        /// A long table, folded away behind its title.
        case folded(title: String, LabelledTable)
    }

    /// A table with the headers that people read over its columns.
    package struct LabelledTable: Sendable {
        package var table: Table
        /// What the columns are called where machines read them: they say which cells lead somewhere.
        package var names: [String]

        package init(_ table: Table, names: [String]) {
            self.table = table
            self.names = names
        }
    }

    package struct Section: Sendable {
        package var heading: String
        package var blocks: [Block]

        package init(_ heading: String, _ blocks: [Block]) {
            self.heading = heading
            self.blocks = blocks
        }
    }

    package var title: String
    package var question: String?
    package var sections: [Section]

    package init(title: String, question: String?, sections: [Section]) {
        self.title = title
        self.question = question
        self.sections = sections
    }

    /// The page as UTF-8.
    package func html() -> [UInt8] {
        var page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(SVGCanvas.escaped(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <h1>\(SVGCanvas.escaped(title))</h1>

            """
        if let question { page += "<p class=\"question\">\(SVGCanvas.escaped(question))</p>\n" }
        for section in sections {
            page += "<section>\n<h2>\(SVGCanvas.escaped(section.heading))</h2>\n"
            page += section.blocks.map(Self.html).joined()
            page += "</section>\n"
        }
        return Array((page + "</body>\n</html>\n").utf8)
    }

    /// One table as a page of its own: it says its encoding, and its columns are as wide as reading asks for.
    ///
    package static func page(of table: LabelledTable, title: String, caption: String) -> [UInt8] {
        let html = table.table.html(caption: caption) { address(table, $0, $1) }
        return Array(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>\(SVGCanvas.escaped(title)): \(SVGCanvas.escaped(caption))</title>
            <style>\(style)
            body { max-width: none } table { width: max-content }</style>
            </head>
            <body>
            \(html)</body>
            </html>

            """.utf8)
    }

    private static func html(_ block: Block) -> String {
        switch block {
        case .text(let text): return "<p>\(SVGCanvas.escaped(text))</p>\n"
        case .figure(let svg, let description):
            // As an image, a figure can neither run anything nor share ids with another.
            let data = Data(svg).base64EncodedString()
            return "<figure><img alt=\"\(SVGCanvas.escaped(description))\" "
                + "src=\"data:image/svg+xml;base64,\(data)\"></figure>\n"
        case .table(let table): return scrolling(table)
        case .folded(let title, let table):
            return "<details><summary>\(SVGCanvas.escaped(title)) (\(table.table.rows.count))</summary>\n"
                + scrolling(table) + "</details>\n"
        }
    }

    private static func scrolling(_ table: LabelledTable) -> String {
        "<div class=\"wide\">\(table.table.html { address(table, $0, $1) })</div>\n"
    }

    /// Identifiers become links to where they lead.
    private static func address(_ table: LabelledTable, _ row: Int, _ column: Int) -> String? {
        let (names, rows) = (table.names, table.table.rows)
        guard row < rows.count, column < rows[row].count, column < names.count else { return nil }
        let text = rows[row][column].plainText
        guard !text.isEmpty else { return nil }
        let code = text.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
        return switch names[column] {
        case "doi": "https://doi.org/\(code)"
        case "pmid": "https://pubmed.ncbi.nlm.nih.gov/\(code)/"
        default: nil
        }
    }

    private static let style = """
        body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.7rem; line-height: 1.2 } h2 { margin-top: 2.5rem; border-bottom: 1px solid #bbb }
        .question { font-size: 1.1rem; color: #444 } figure { margin: 1rem 0 } img { max-width: 100%; height: auto }
        .wide { overflow-x: auto; max-height: 40rem; overflow-y: auto }
        table { border-collapse: collapse; font-size: .85rem } caption { text-align: left; font-weight: bold }
        th, td { border: 1px solid #ddd; padding: .3rem .5rem; text-align: left; vertical-align: top; max-width: 30rem }
        th { background: #f3f3f3; position: sticky; top: 0 } .number { text-align: right; white-space: nowrap }
        details { margin: 1rem 0 } summary { cursor: pointer; font-weight: bold }
        """
}

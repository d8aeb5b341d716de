import Bibliography
import CLibXML2
import Foundation

/// What an article in JATS says, read with XPath over libxml2's tree and the rules of the reader written down a second
/// time: the grid of a table is laid out place by place, and every place knows its cell.
struct JATSOracle {
    private let tree: XPathTree

    init?(_ bytes: [UInt8]) {
        guard let tree = XPathTree(bytes) else { return nil }
        self.tree = tree
    }

    var articles: [xmlNodePtr] { tree.nodes("/article | /pmc-articleset/article") }

    /// Letters, digits and signs without any white space, so that only what is printed counts.
    static func bare(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
            .precomposedStringWithCanonicalMapping
    }

    private func bare(_ node: xmlNodePtr, without: String = "") -> String {
        let skip =
            "ref-list or ancestor::object-id or ancestor::alt-text or ancestor::long-desc or ancestor::index-term"
        let inside = without.isEmpty ? "" : "[not(\(without))]"
        let texts = tree.nodes(
            ".//text()[not(ancestor::\(skip) or ancestor::permissions)]"
                + "[not(ancestor::tex-math[../mml:math or ../graphic or ../inline-graphic])]\(inside)", in: node)
        return Self.bare(texts.map { Self.content($0) }.joined())
    }

    private static func content(_ node: xmlNodePtr) -> String {
        guard let content = xmlNodeGetContent(node) else { return "" }
        defer { free(content) }
        return String(cString: content)
    }

    /// How often each character stands in body, floats and back matter, the headings of sections left out.
    func characters(of article: xmlNodePtr) -> [Character: Int] {
        let section =
            "parent::sec or parent::app or parent::ack or parent::notes or parent::fn-group or parent::glossary"
            + " or parent::bio or parent::boxed-text or parent::back"
        let heading = "ancestor::title[\(section)] or ancestor::label[\(section)]"
        let nodes = tree.nodes("body | floats-group | floats-wrap | back", in: article)
        let front = tree.nodes(
            "front/article-meta/funding-group/funding-statement | front/article-meta/author-notes/fn"
                + " | front/article-meta/author-notes/p", in: article)
        return Dictionary(
            (nodes + front).flatMap { bare($0, without: heading) }.map { ($0, 1) }, uniquingKeysWith: +)
    }

    /// Every paragraph of a section of the body, floats taken out, in order; and the titles above each.
    func paragraphs(of article: xmlNodePtr) -> [(text: String, headings: [String])] {
        let floats = "self::table-wrap or self::table-wrap-group or self::fig or self::fig-group or self::boxed-text"
        let nodes = tree.nodes(
            "body//p[parent::body or parent::sec][not(ancestor::*[\(floats)])]", in: article)
        return nodes.map { node in
            let text = bare(node, without: "ancestor::*[(\(floats)) and ancestor::p]")
            let titles = tree.nodes("ancestor::sec", in: node).map { section in
                tree.nodes("label | title", in: section).map { bare($0) }.joined()
            }
            return (text, titles.filter { !$0.isEmpty })
        }.filter { !$0.text.isEmpty }
    }

    struct Table: Equatable {
        var label: String
        var caption: String
        var cells: [Cell]
        var footnotes: [String]
    }

    struct Cell: Equatable, CustomStringConvertible {
        var text: String
        var place: [Int]
        var over: [String]
        var beside: [String]

        var description: String { "'\(text)' at \(place), over \(over), beside \(beside)" }
    }

    func tables(of article: xmlNodePtr) -> [Table] {
        tree.nodes(".//table-wrap", in: article).flatMap { wrap -> [Table] in
            let tables = tree.nodes("table | alternatives/table", in: wrap)
            let notes = tree.nodes("table-wrap-foot/*[not(self::fn-group)] | table-wrap-foot/fn-group/*", in: wrap)
                .map { bare($0) }.filter { !$0.isEmpty }
            return tables.enumerated().map { index, table in
                Table(
                    label: tree.nodes("label", in: wrap).map { bare($0) }.joined(),
                    caption: tree.nodes("caption", in: wrap).map { bare($0) }.joined(),
                    cells: cells(of: table), footnotes: index == tables.count - 1 ? notes : [])
            }
        }
    }

    private final class Placed {
        let node: xmlNodePtr
        let text: String
        let row: Int
        let column: Int
        let height: Int
        let width: Int

        init(_ node: xmlNodePtr, _ text: String, _ row: Int, _ column: Int, _ height: Int, _ width: Int) {
            self.node = node
            self.text = text
            self.row = row
            self.column = column
            self.height = height
            self.width = width
        }
    }

    private struct Place: Hashable {
        var row: Int
        var column: Int
    }

    private func cells(of table: xmlNodePtr) -> [Cell] {
        let rows = tree.nodes("thead/tr | tbody/tr | tfoot/tr | tr", in: table)
        var grid: [Place: Placed] = [:]
        var all: [Placed] = []
        for (number, row) in rows.enumerated() {
            let siblings = tree.nodes("following-sibling::tr", in: row).count + 1
            var column = 0
            for node in tree.nodes("*", in: row) {
                while grid[Place(row: number, column: column)] != nil { column += 1 }
                let width = XPathTree.attribute("colspan", node).flatMap { Int($0) } ?? 1
                let asked = XPathTree.attribute("rowspan", node).flatMap { Int($0) } ?? 1
                let height = asked == 0 ? siblings : min(asked, siblings)
                let cell = Placed(node, bare(node), number, column, height, width)
                all.append(cell)
                for r in number..<(number + height) {
                    for c in column..<(column + width) { grid[Place(row: r, column: c)] = cell }
                }
                column += width
            }
        }
        let width = (grid.keys.map(\.column).max() ?? -1) + 1
        let head = rows.filter { $0.pointee.parent.map { XPathTree.name($0) } == "thead" }.count
        let heads = (0..<rows.count).filter { row in
            if row < head { return true }
            let own = tree.nodes("*", in: rows[row])
            let named = own.filter { !bare($0).isEmpty }
            return own.count > 1 && named.count > 1 && named.allSatisfy { XPathTree.name($0) == "th" }
                && !all.contains { $0.row < row && $0.row + $0.height > row }
        }
        let groups = groups(rows.count, head, heads, width, grid)
        return all.map { cell in
            var over: [String] = []
            var seen = Set<ObjectIdentifier>()
            // The nearest rows of headers above, without a gap between them.
            let isHead = heads.contains(cell.row)
            var nearest: [Int] = []
            for row in heads.filter({ $0 < cell.row }).reversed() {
                if let last = nearest.first {
                    if row != last - 1 { break }
                } else if isHead, row != cell.row - 1 {
                    break
                }
                nearest.insert(row, at: 0)
            }
            for row in nearest {
                for column in cell.column..<(cell.column + cell.width) {
                    guard let header = grid[Place(row: row, column: column)], !header.text.isEmpty,
                        seen.insert(ObjectIdentifier(header)).inserted, header !== cell
                    else { continue }
                    over.append(header.text)
                }
            }
            var beside: [String] = []
            let isNaming = groups[cell.row, default: []].contains { $0.row == cell.row }
            let isName = groups.values.contains { $0.contains { $0 === cell } }
            if !isHead, width > 1, !isNaming || isName {
                beside = groups[cell.row, default: []].filter { $0 !== cell }.map(\.text)
                if !isName,
                    let first = grid[Place(row: cell.row, column: 0)], first !== cell, !first.text.isEmpty
                {
                    beside.append(first.text)
                }
            }
            return Cell(
                text: cell.text, place: [cell.row, cell.column, cell.height, cell.width], over: over, beside: beside)
        }
    }

    /// By row: the lines across the table that name it, looked up from below. For a naming line, those above it.
    private func groups(
        _ rows: Int, _ head: Int, _ heads: [Int], _ width: Int, _ grid: [Place: Placed]
    ) -> [Int: [Placed]] {
        func name(_ row: Int) -> Placed? {
            guard width > 1, row >= head, let first = grid[Place(row: row, column: 0)], first.row == row,
                first.height == 1, !first.text.isEmpty
            else { return nil }
            let others = (0..<width).compactMap { grid[Place(row: row, column: $0)] }.filter { $0 !== first }
            return others.allSatisfy { $0.text.isEmpty && $0.row == row } ? first : nil
        }
        func isIndented(_ row: Int) -> Bool {
            guard let first = grid[Place(row: row, column: 0)] else { return false }
            let text = Self.content(first.node).drop { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
            return text.first.map { $0.isWhitespace } == true && !first.text.isEmpty
        }
        var found: [Int: [Placed]] = [:]
        for row in head..<max(head, rows) {
            var above = row
            while above >= head, name(above) == nil { above -= 1 }
            // A new header ends the group above it.
            guard above >= head, !heads.contains(where: { $0 > above && $0 <= row }) else { continue }
            var names: [Placed] = []
            var line = above
            while line >= head, let placed = name(line) {
                names.insert(placed, at: 0)
                line -= 1
            }
            let isLeft =
                row > above + 1 && isIndented(above + 1)
                && ((above + 1)...row).contains { grid[Place(row: $0, column: 0)]?.row == $0 && !isIndented($0) }
            found[row] = isLeft ? [] : names
        }
        return found
    }
}

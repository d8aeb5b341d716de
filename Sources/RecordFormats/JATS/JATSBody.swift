import Bibliography

/// Reads what is printed below the abstract: sections with their headings, paragraphs, tables, captions.
struct JATSBody {
    private let tree: JATSTree
    private var text: JATSText
    private var parts: [FullText.Part] = []
    /// Where a float is first referred to: floats of a group at the end belong there.
    private var firstReference: [String: Place] = [:]

    private struct Place {
        var headings: [String] = []
        var kind: String?
    }

    /// Taken out of the paragraph they stand in, and placed after it.
    private static let floats: Set<JATSName> = [.tableWrap, .tableWrapGroup, .fig, .figGroup, .boxedText]

    init(_ tree: JATSTree) {
        self.tree = tree
        text = JATSText(tree)
    }

    /// The parts of an article, and whether its body holds any.
    mutating func read(_ article: Int) -> (parts: [FullText.Part], hasBody: Bool) {
        for body in tree.children(article, .body) { walk(body, Place()) }
        let hasBody = !parts.isEmpty
        for group in tree.children(article) where [.floatsGroup, .floatsWrap].contains(tree.name(group)) {
            for float in tree.children(group) {
                let place = tree.attribute(float, .id).flatMap { firstReference[$0] } ?? Place()
                block(float, place)
            }
        }
        for back in tree.children(article, .back) { walk(back, Place()) }
        // Money and interests are often told in front matter only.
        for name in [JATSName.fundingGroup, .authorNotes] {
            for node in tree.path(article, .front, .articleMeta, name) {
                let statements =
                    name == .fundingGroup
                    ? tree.children(node, .fundingStatement)
                    : tree.children(node).filter { tree.name($0) == .fn || tree.name($0) == .p }
                for statement in statements {
                    paragraph(statement, Place(kind: name.rawValue))
                }
            }
        }
        return (parts, hasBody)
    }

    // MARK: Sections

    private mutating func walk(_ node: Int, _ place: Place) {
        var running: [Int] = []
        for child in tree.children(node) {
            switch tree.name(child) {
            case .title where isSection(node), .label where isSection(node): continue
            case let name where isInline(child, name): running.append(child)
            default:
                flush(&running, place)
                block(child, place)
            }
        }
        flush(&running, place)
    }

    private mutating func flush(_ running: inout [Int], _ place: Place) {
        if !running.isEmpty, let words = text.string(of: running) { add(.paragraph(words), place) }
        running.removeAll()
    }

    private func isInline(_ node: Int, _ name: JATSName) -> Bool {
        name == .text || (!name.isBlock && !name.isBlockContent && !isContainer(node, name))
    }

    /// A section as such: its title and label are its heading.
    private func isSection(_ node: Int) -> Bool {
        switch tree.name(node) {
        case .sec, .app, .ack, .notes, .fnGroup, .glossary, .boxedText, .bio, .appGroup, .statement, .back, .defList:
            true
        default: false
        }
    }

    /// What is no section of the article proper is told by its element where nothing else tells it.
    private static func backMatter(_ name: JATSName) -> String? {
        switch name {
        case .ack, .fnGroup, .bio, .glossary, .notes: name.rawValue
        default: nil
        }
    }

    private func isContainer(_ node: Int, _ name: JATSName) -> Bool {
        isSection(node) || name == .supplementary || name == .quote
            || (name != .p && tree.children(node).contains { tree.name($0).isBlockContent })
    }

    private mutating func block(_ node: Int, _ place: Place) {
        switch tree.name(node) {
        case .text: return
        case .tableWrap: table(node, place, caption: nil)
        case .tableWrapGroup:
            let caption = captionText(node)
            for child in tree.children(node) {
                switch tree.name(child) {
                case .tableWrap: table(child, place, caption: caption)
                case .label, .caption: continue
                default: block(child, place)
                }
            }
        case .fig: figure(node, place)
        case .figGroup:
            figure(node, place)
            for child in tree.children(node, .fig) { figure(child, place) }
        case .list, .fn, .listItem, .defItem: paragraph(node, place)
        case let name where isContainer(node, name):
            var inner = place
            if isSection(node) {
                let words = [JATSName.label, .title].compactMap { tree.child(node, $0) }
                    .compactMap { text.string($0) }
                if !words.isEmpty { inner.headings.append(words.joined(separator: " ")) }
                inner.kind = place.kind ?? tree.attribute(node, .secType) ?? Self.backMatter(tree.name(node))
            }
            walk(node, inner)
        default: paragraph(node, place)
        }
    }

    private mutating func paragraph(_ node: Int, _ place: Place) {
        var floats: [Int] = []
        scan(node, place, &floats)
        if let words = text.string(node, leaving: Self.floats) { add(.paragraph(words), place) }
        for float in floats { block(float, place) }
    }

    /// Finds the floats inside a paragraph, and what it refers to.
    private mutating func scan(_ node: Int, _ place: Place, _ floats: inout [Int]) {
        for child in tree.children(node) where tree.name(child) != .text {
            if Self.floats.contains(tree.name(child)) {
                floats.append(child)
            } else {
                if tree.name(child) == .xref, let target = tree.attribute(child, .rid), firstReference[target] == nil {
                    firstReference[target] = place
                }
                scan(child, place, &floats)
            }
        }
    }

    private mutating func add(_ content: FullText.Content, _ place: Place) {
        parts.append(FullText.Part(headings: place.headings, kind: place.kind, content: content))
    }

    // MARK: Floats

    private mutating func captionText(_ node: Int) -> String? {
        tree.child(node, .caption).flatMap { text.string($0) }
    }

    private mutating func label(_ node: Int) -> String? { tree.child(node, .label).flatMap { text.string($0) } }

    private mutating func figure(_ node: Int, _ place: Place) {
        let label = label(node)
        let caption = captionText(node)
        let rest = tree.children(node).filter {
            ![.label, .caption, .fig, .text, .permissions].contains(tree.name($0))
        }
        let words = ([caption] + rest.map { text.string($0) }).compactMap(\.self).joined(separator: " ")
        guard label != nil || !words.isEmpty else { return }
        add(.figure(label: label, caption: words), place)
    }

    private mutating func table(_ node: Int, _ place: Place, caption outer: String?) {
        let label = label(node)
        let caption = [outer, captionText(node)].compactMap(\.self).joined(separator: " ")
        var footnotes: [String] = []
        var tables: [Int] = []
        var others: [Int] = []
        for child in tree.children(node) {
            switch tree.name(child) {
            case .table: tables.append(child)
            case .alternatives: tables += tree.children(child, .table)
            case .tableWrapFoot: footnotes += self.footnotes(child)
            case .label, .caption, .text, .permissions: continue
            default: others.append(child)
            }
        }
        let sets = tables.isEmpty ? [[]] : tables.map { rows(of: $0) }
        for (index, rows) in sets.enumerated() {
            add(
                .table(
                    TextTable(
                        label: label, caption: caption.isEmpty ? nil : caption, rows: rows,
                        footnotes: index == sets.count - 1 ? footnotes : [])), place)
        }
        for other in others {
            if let words = text.string(other) { add(.paragraph(words), place) }
        }
    }

    /// Each note by itself.
    private mutating func footnotes(_ node: Int) -> [String] {
        var notes: [String] = []
        for child in tree.children(node) {
            switch tree.name(child) {
            case .text, .permissions: continue
            case .fnGroup: notes += footnotes(child)
            default: if let words = text.string(child) { notes.append(words) }
            }
        }
        return notes
    }

    private mutating func rows(of table: Int) -> [TextTable.SourceRow] {
        var rows: [TextTable.SourceRow] = []
        var bodies = 0
        for child in tree.children(table) {
            switch tree.name(child) {
            case .thead: add(lines(of: child), .head, to: &rows)
            case .tfoot: add(lines(of: child), .foot, to: &rows)
            case .tbody:
                bodies += 1
                add(lines(of: child), .body(bodies), to: &rows)
            case .tr: add([child], .body(bodies), to: &rows)
            case .tgroup: rows += self.rows(of: child)
            default: continue
            }
        }
        return rows
    }

    private func lines(of part: Int) -> [Int] {
        tree.children(part).filter { tree.name($0) == .tr || tree.name($0) == .row }
    }

    /// The places of an OASIS table's columns by their names: a cell spans from one name to another.
    private func columns(of row: Int) -> [String: Int] {
        let part = Int(tree.nodes[row].parent)
        let group = part >= 0 ? Int(tree.nodes[part].parent) : -1
        guard group >= 0 else { return [:] }
        var places: [String: Int] = [:]
        for (place, column) in tree.children(group, .colspec).enumerated() {
            if let name = tree.attribute(column, .colname) { places[name] = place }
        }
        return places
    }

    private mutating func add(
        _ nodes: [Int], _ part: TextTable.SourceRow.Part, to rows: inout [TextTable.SourceRow]
    ) {
        for row in nodes {
            var cells: [TextTable.SourceCell] = []
            let columns = tree.name(row) == .row ? columns(of: row) : [:]
            for node in tree.children(row) where tree.name(node) != .text {
                let cell = text.cell(node)
                let isEntry = tree.name(node) == .entry
                cells.append(
                    TextTable.SourceCell(
                        text: cell.text, isHeader: tree.name(node) == .th,
                        columnSpan: isEntry ? span(node, in: columns) : span(node, .colspan),
                        rowSpan: isEntry ? rowSpan(node) : span(node, .rowspan), marks: cell.marks,
                        isIndented: cell.isIndented))
            }
            rows.append(TextTable.SourceRow(part: part, cells: cells))
        }
    }

    private func span(_ entry: Int, in columns: [String: Int]) -> Int {
        guard let first = tree.attribute(entry, .namest).flatMap({ columns[$0] }),
            let last = tree.attribute(entry, .nameend).flatMap({ columns[$0] }), last >= first
        else { return 1 }
        return last - first + 1
    }

    /// `morerows` counts the rows below the first.
    private func rowSpan(_ entry: Int) -> Int {
        let more = tree.attribute(entry, .morerows).flatMap { Int($0) } ?? 0
        return min(max(more, 0), 999_999) + 1
    }

    /// 1 where the attribute is absent or no number; far too much is cut when the table is laid out.
    private func span(_ node: Int, _ name: JATSName) -> Int {
        guard let value = tree.attribute(node, name), let number = Int(value), number >= 0 else { return 1 }
        return min(number, 1_000_000)
    }
}

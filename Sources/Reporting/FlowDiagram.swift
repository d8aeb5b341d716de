/// Where every box, line of text and arrow of the flow diagram stands. A grid: columns for previous studies, the main
/// stream, what leaves it, and the same two for other methods; rows as tall as their tallest box.
struct FlowDiagram {
    static let fontSize = 12.0
    static let lineHeight = 16.0
    static let padding = 9.0
    private static let margin = 14.0
    private static let sideWidth = 28.0
    private static let boxWidth = 276.0
    private static let previousWidth = 190.0
    private static let columnGap = 34.0
    private static let streamGap = 44.0
    private static let rowGap = 26.0

    enum Style { case plain, grey, awaiting, title, greyTitle, side }

    struct Line: Equatable {
        var text: String
        var indent = 0.0
        var bold = false
    }

    struct Frame: Equatable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double
        var midX: Double { x + width / 2 }
        var midY: Double { y + height / 2 }
        var maxX: Double { x + width }
        var maxY: Double { y + height }
    }

    struct Box: Equatable {
        var frame: Frame
        var lines: [Line]
        var style: Style
    }

    /// Columns from left to right.
    enum Column: Int, Hashable { case previous, main, side, other, otherSide }

    /// Rows from top to bottom.
    enum Row: Int, CaseIterable, Hashable {
        case titles, identified, screened, sought, awaiting, assessed, included, total
    }

    typealias Point = (x: Double, y: Double)

    private(set) var boxes: [Box] = []
    private(set) var arrows: [[Point]] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    private var placed: [Row: [Column: Frame]] = [:]

    init(_ flow: PrismaFlow) {
        let contents = FlowDiagramContents(flow)
        let hasOther = flow.hasOtherMethods
        let lefts = Self.lefts(hasPrevious: flow.hasPrevious)
        let last: Column = hasOther ? .otherSide : .side
        width = (lefts[last] ?? 0) + Self.boxWidth + Self.margin

        var y = Self.margin
        for row in Row.allCases {
            let cells = contents.cells.filter { $0.row == row }
            guard !cells.isEmpty else { continue }
            let measured = cells.map { cell in
                let span = cell.isWide ? 2 * Self.boxWidth + Self.columnGap : Self.width(of: cell.column)
                let lines = Self.wrapped(cell.lines, width: span)
                return (cell, span, lines, Double(lines.count) * Self.lineHeight + 2 * Self.padding)
            }
            let rowHeight = measured.map(\.3).max() ?? 0
            for (cell, span, lines, height) in measured {
                let frame = Frame(
                    x: lefts[cell.column] ?? 0, y: y + (rowHeight - height) / 2, width: span, height: height)
                placed[row, default: [:]][cell.column] = frame
                boxes.append(Box(frame: frame, lines: lines, style: cell.style))
            }
            y += rowHeight + Self.rowGap
        }
        height = y - Self.rowGap + Self.margin
        addSideLabels(flow)
        addArrows()
    }

    private static func width(of column: Column) -> Double { column == .previous ? previousWidth : boxWidth }

    private static func lefts(hasPrevious: Bool) -> [Column: Double] {
        let start = margin + sideWidth + 12
        let main = hasPrevious ? start + previousWidth + streamGap : start
        let side = main + boxWidth + columnGap
        let other = side + boxWidth + streamGap
        return [
            .previous: start, .main: main, .side: side, .other: other, .otherSide: other + boxWidth + columnGap,
        ]
    }

    private static func wrapped(_ lines: [Line], width: Double) -> [Line] {
        lines.flatMap { line in
            let room = width - 2 * padding - line.indent
            let wrapped = TextWrapping.lines(line.text, width: room, size: fontSize, bold: line.bold)
            return wrapped.enumerated().map { index, text in
                Line(text: text, indent: line.indent + (index > 0 ? 6 : 0), bold: line.bold)
            }
        }
    }

    // MARK: Labels at the side

    private mutating func addSideLabels(_ flow: PrismaFlow) {
        let groups: [(FlowKey, [Row])] = [
            (.identification, [.identified]), (.screening, [.screened, .sought, .awaiting, .assessed]),
            (.included, [.included, .total]),
        ]
        for (key, rows) in groups {
            let frames = rows.flatMap { placed[$0]?.values.map { $0 } ?? [] }
            guard let top = frames.map(\.y).min(), let bottom = frames.map(\.maxY).max() else { continue }
            let caption = flow.caption(key)
            // A short row still has to hold its word, which runs upwards.
            let needed = min(TextWrapping.width(caption, size: Self.fontSize, bold: true), 200) + 8
            let extra = max(0, needed - (bottom - top)) / 2
            let frame = Frame(
                x: Self.margin, y: max(2, top - extra), width: Self.sideWidth, height: bottom - top + 2 * extra)
            height = max(height, frame.maxY + Self.margin)
            boxes.append(Box(frame: frame, lines: [Line(text: caption, bold: true)], style: .side))
        }
    }

    // MARK: Arrows

    private mutating func addArrows() {
        let mainRows: [Row] = [.identified, .screened, .sought, .assessed, .included, .total]
        connectDown(mainRows, .main)
        connectDown([.identified, .sought, .assessed], .other)
        for row in [Row.identified, .screened, .sought, .assessed] {
            connectAcross(row, .main, .side)
            connectAcross(row, .other, .otherSide)
        }
        branch(.awaiting, .main, .side)
        branch(.awaiting, .other, .otherSide)
        if let from = placed[.assessed]?[.other], let to = placed[.included]?[.main] {
            arrows.append([(from.midX, from.maxY), (from.midX, to.midY), (to.maxX, to.midY)])
        }
        if let from = placed[.identified]?[.previous], let to = placed[.total]?[.main] {
            arrows.append([(from.midX, from.maxY), (from.midX, to.midY), (to.x, to.midY)])
        }
    }

    private mutating func connectDown(_ rows: [Row], _ column: Column) {
        let frames = rows.compactMap { placed[$0]?[column] }
        for (upper, lower) in zip(frames, frames.dropFirst()) {
            arrows.append([(upper.midX, upper.maxY), (lower.midX, lower.y)])
        }
    }

    private mutating func connectAcross(_ row: Row, _ from: Column, _ to: Column) {
        guard let left = placed[row]?[from], let right = placed[row]?[to] else { return }
        arrows.append([(left.maxX, left.midY), (right.x, right.midY)])
    }

    /// From the line between two boxes of a column to a box beside it.
    private mutating func branch(_ row: Row, _ from: Column, _ to: Column) {
        guard let stream = placed[.sought]?[from], let box = placed[row]?[to] else { return }
        arrows.append([(stream.midX, box.midY), (box.x, box.midY)])
    }
}

/// What stands in the boxes of the flow diagram, before anything has a place.
struct FlowDiagramContents {
    struct Cell {
        var row: FlowDiagram.Row
        var column: FlowDiagram.Column
        var style: FlowDiagram.Style
        /// Titles stretch over a stream's two columns.
        var isWide = false
        var lines: [FlowDiagram.Line]
    }

    private(set) var cells: [Cell] = []
    private let flow: PrismaFlow

    init(_ flow: PrismaFlow) {
        self.flow = flow
        addPrevious()
        addMain()
        if flow.hasOtherMethods { addOther() }
        addIncluded()
    }

    private mutating func addPrevious() {
        guard flow.hasPrevious else { return }
        cells.append(Cell(row: .titles, column: .previous, style: .greyTitle, lines: [title(.prevstud)]))
        cells.append(
            Cell(
                row: .identified, column: .previous, style: .grey,
                lines: counted(.previousStudies, flow.previousStudies) + counted(.previousReports, flow.previousReports)
            ))
    }

    private mutating func addMain() {
        cells.append(Cell(row: .titles, column: .main, style: .title, isWide: true, lines: [title(.newstud)]))
        var identified = [line("Records identified from:")]
        identified += counted(.databaseResults, flow.databases.total, indent: 8) + shares(flow.databases, indent: 18)
        identified += counted(.registerResults, flow.registers.total, indent: 8) + shares(flow.registers, indent: 18)
        add(.identified, .main, .plain, identified)
        var removed = [line("Records removed before screening:")]
        removed += counted(.duplicates, flow.duplicates, indent: 8)
        removed += counted(.excludedAutomatic, flow.excludedAutomatic, indent: 8)
        removed += counted(.excludedOther, flow.excludedOther.total, indent: 8) + shares(flow.excludedOther, indent: 18)
        add(.identified, .side, .plain, removed)

        add(.screened, .main, .plain, counted(.recordsScreened, flow.screened))
        add(.screened, .side, .plain, excludedLines)
        add(.sought, .main, .plain, counted(.soughtReports, flow.sought))
        add(.sought, .side, .plain, counted(.notRetrievedReports, flow.notRetrieved))
        if flow.awaiting.isSomething { add(.awaiting, .side, .awaiting, waiting(flow.awaiting)) }
        add(.assessed, .main, .plain, counted(.assessed, flow.assessed))
        add(.assessed, .side, .plain, reasons(.excluded, flow.reportsExcluded))
    }

    private mutating func addOther() {
        cells.append(Cell(row: .titles, column: .other, style: .greyTitle, isWide: true, lines: [title(.othstud)]))
        var identified = [line("Records identified from:")]
        identified += counted(.websiteResults, flow.websites, indent: 8)
        identified += counted(.organisationResults, flow.organisations, indent: 8)
        identified += counted(.citationsResults, flow.citations, indent: 8)
        add(.identified, .other, .grey, identified)
        if flow.otherRemoved.total.isSomething {
            let heading = number("Records removed before reports were sought", flow.otherRemoved.total)
            add(.identified, .otherSide, .grey, [heading] + shares(flow.otherRemoved, indent: 8))
        }
        add(.sought, .other, .grey, counted(.otherSoughtReports, flow.otherSought))
        add(.sought, .otherSide, .grey, counted(.otherNotRetrievedReports, flow.otherNotRetrieved))
        if flow.otherAwaiting.isSomething { add(.awaiting, .otherSide, .awaiting, waiting(flow.otherAwaiting)) }
        add(.assessed, .other, .grey, counted(.otherAssessed, flow.otherAssessed))
        add(.assessed, .otherSide, .grey, reasons(.otherExcluded, flow.otherExcluded))
    }

    private mutating func addIncluded() {
        add(
            .included, .main, .plain,
            counted(.newStudies, flow.newStudies) + counted(.newReports, flow.newReports))
        guard flow.hasPrevious else { return }
        add(
            .total, .main, .grey,
            counted(.totalStudies, flow.totalStudies) + counted(.totalReports, flow.totalReports))
    }

    private var excludedLines: [FlowDiagram.Line] {
        var lines = counted(.recordsExcluded, flow.excluded.total) + shares(flow.excluded, indent: 8)
        if flow.excludedByPeople.isSomething {
            lines.append(number("of these by automation tools", flow.excludedByAutomation, indent: 8))
            lines.append(number("of these by people", flow.excludedByPeople, indent: 8))
        }
        return lines
    }

    private func reasons(_ key: FlowKey, _ group: FlowGroup) -> [FlowDiagram.Line] {
        guard !group.parts.isEmpty else { return counted(key, group.total) }
        let heading = group.total.isGiven ? number(flow.caption(key), group.total) : line(flow.caption(key) + ":")
        return [heading] + shares(group, indent: 8)
    }

    private func waiting(_ box: FlowBox) -> [FlowDiagram.Line] {
        [number("Reports awaiting a decision by a person", box)]
    }

    private func shares(_ group: FlowGroup, indent: Double) -> [FlowDiagram.Line] {
        group.parts.map { number($0.label, $0.box, indent: indent) }
    }

    /// A line with its number; no line where the flow does not have the box.
    private func counted(_ key: FlowKey, _ box: FlowBox, indent: Double = 0) -> [FlowDiagram.Line] {
        box.isGiven ? [number(flow.caption(key), box, indent: indent)] : []
    }

    private func number(_ label: String, _ box: FlowBox, indent: Double = 0) -> FlowDiagram.Line {
        // No-break spaces keep the number in one piece.
        let value = box.isGiven ? " (n\u{A0}=\u{A0}\(box.printed))" : ""
        return FlowDiagram.Line(text: label + value, indent: indent)
    }

    private func line(_ text: String) -> FlowDiagram.Line { FlowDiagram.Line(text: text) }
    private func title(_ key: FlowKey) -> FlowDiagram.Line { FlowDiagram.Line(text: flow.caption(key), bold: true) }

    /// A box without any line is left out.
    private mutating func add(
        _ row: FlowDiagram.Row, _ column: FlowDiagram.Column, _ style: FlowDiagram.Style, _ lines: [FlowDiagram.Line]
    ) {
        if !lines.isEmpty { cells.append(Cell(row: row, column: column, style: style, lines: lines)) }
    }
}

/// `flow.svg`: the PRISMA 2020 flow diagram. One column or two, as other methods were used or not; the column of
/// previous studies only for an updated review; a box of its own for reports that wait for a person.
package enum FlowSVG {
    package static func render(_ flow: PrismaFlow) -> [UInt8] {
        var canvas = SVGCanvas(fontSize: FlowDiagram.fontSize)
        let diagram = FlowDiagram(flow)
        for arrow in diagram.arrows { canvas.path(arrow, arrow: true) }
        for box in diagram.boxes { draw(box, on: &canvas) }
        return canvas.document(
            name: "prisma", width: diagram.width, height: diagram.height, title: "PRISMA 2020 flow diagram",
            description: summary(flow))
    }

    private static func draw(_ box: FlowDiagram.Box, on canvas: inout SVGCanvas) {
        let frame = box.frame
        let isHeading = box.style == .title || box.style == .greyTitle || box.style == .side
        canvas.rectangle(
            x: frame.x, y: frame.y, width: frame.width, height: frame.height, fill: box.style.fill,
            stroke: isHeading ? "none" : "#333333", radius: isHeading ? 6 : 0, dashed: box.style == .awaiting)
        if box.style == .side {
            for (index, line) in box.lines.enumerated() {
                let shift = (Double(index) - Double(box.lines.count - 1) / 2) * FlowDiagram.lineHeight
                canvas.text(
                    line.text, x: frame.x + frame.width / 2 + 4 + shift, y: frame.midY, anchor: .middle, bold: true,
                    rotated: true)
            }
            return
        }
        let textHeight = Double(box.lines.count) * FlowDiagram.lineHeight
        var y = frame.midY - textHeight / 2 + FlowDiagram.fontSize
        for line in box.lines {
            if isHeading {
                canvas.text(line.text, x: frame.midX, y: y, anchor: .middle, bold: true)
            } else {
                canvas.text(line.text, x: frame.x + FlowDiagram.padding + line.indent, y: y, bold: line.bold)
            }
            y += FlowDiagram.lineHeight
        }
    }

    /// What a screen reader says instead of the figure.
    private static func summary(_ flow: PrismaFlow) -> String {
        let identified = FlowBox.union([flow.databases.total, flow.registers.total])
        let rows: [(String, FlowBox)] = [
            ("records identified from databases and registers", identified),
            ("duplicate records removed", flow.duplicates), ("records screened", flow.screened),
            ("records excluded", flow.excluded.total), ("reports sought for retrieval", flow.sought),
            ("reports not retrieved", flow.notRetrieved), ("reports awaiting a decision", flow.awaiting),
            ("reports assessed for eligibility", flow.assessed), ("reports excluded", flow.reportsExcluded.total),
            ("new studies included", flow.newStudies), ("reports of new included studies", flow.newReports),
        ]
        let told = rows.filter(\.1.isGiven).map { "\($0.0): \($0.1.printed)" }
        return told.joined(separator: "; ") + "."
    }
}

extension FlowDiagram.Style {
    fileprivate var fill: String {
        switch self {
        case .plain, .awaiting: "#ffffff"
        case .grey: "#f0f0f0"
        case .title: "#f5c843"
        case .greyTitle: "#d9d9d9"
        case .side: "#a9cbe8"
        }
    }
}

extension ForestPlot {
    /// The figure as SVG: a line a study with square and interval, weight and numbers; the diamond of the summary
    /// and the bar of the prediction interval below.
    package func svg() -> [UInt8] {
        ForestDrawing(self).bytes()
    }
}

private struct ForestDrawing {
    private static let fontSize = 12.0
    private static let rowHeight = 22.0
    private static let margin = 16.0
    private static let plotWidth = 330.0
    private static let labelLimit = 260.0

    private let plot: ForestPlot
    private let axis: ForestAxis
    private let labelWidth: Double
    private let left: Double
    private let width: Double

    init(_ plot: ForestPlot) {
        self.plot = plot
        axis = ForestAxis(plot)
        let labels = plot.rows.map(\.label) + [plot.summary?.label ?? "", "Prediction interval", "Study"]
        let widest = labels.map { TextWrapping.width($0, size: Self.fontSize, bold: true) }.max() ?? 0
        labelWidth = min(widest, Self.labelLimit)
        left = Self.margin + labelWidth + 20
        var numbers = plot.rows.map { Self.numbers(plot, $0.estimate, $0.lower, $0.upper) } + [Self.heading(plot)]
        if let summary = plot.summary {
            numbers.append(Self.numbers(plot, summary.estimate, summary.lower, summary.upper))
        }
        let widestNumbers = numbers.map { TextWrapping.width($0, size: Self.fontSize, bold: true) }.max() ?? 0
        width = left + Self.plotWidth + 20 + 58 + 18 + min(widestNumbers, 400) + Self.margin
    }

    private var weightEnd: Double { left + Self.plotWidth + 20 + 52 }
    private var numbersEnd: Double { width - Self.margin }

    /// Position of a number of the analysis scale, kept inside the plot.
    private func x(_ value: Double) -> Double {
        let share = (value - axis.lower) / (axis.upper - axis.lower)
        return left + min(max(share, 0), 1) * Self.plotWidth
    }

    func bytes() -> [UInt8] {
        var canvas = SVGCanvas(fontSize: Self.fontSize)
        var y = Self.margin + 14
        canvas.text(plot.title, x: Self.margin, y: y, bold: true, size: 14)
        y += 28
        header(y, on: &canvas)
        let top = y + 10
        y += 26
        for row in plot.rows {
            draw(row, y, on: &canvas)
            y += Self.rowHeight
        }
        if let summary = plot.summary { y = draw(summary, y + 8, on: &canvas) }
        let bottom = y - 6
        if let reference = plot.reference {
            canvas.path([(x(reference), top), (x(reference), bottom)])
        }
        if let summary = plot.summary, summary.estimate.isFinite {
            canvas.path([(x(summary.estimate), top), (x(summary.estimate), bottom)], dashed: true)
        }
        y = drawAxis(bottom, on: &canvas)
        if let note = plot.note {
            for line in TextWrapping.lines(note, width: width - 2 * Self.margin, size: 11) {
                canvas.text(line, x: Self.margin, y: y, size: 11)
                y += 15
            }
        }
        return canvas.document(
            name: "forest", width: width, height: y + 4, title: plot.title, description: description)
    }

    private func header(_ y: Double, on canvas: inout SVGCanvas) {
        canvas.text("Study", x: Self.margin, y: y, bold: true)
        canvas.text("Weight", x: weightEnd, y: y, anchor: .end, bold: true)
        canvas.text(Self.heading(plot), x: numbersEnd, y: y, anchor: .end, bold: true)
    }

    private func draw(_ row: ForestPlot.Row, _ y: Double, on canvas: inout SVGCanvas) {
        label(row.label, y, on: &canvas)
        guard row.estimate.isFinite else {
            canvas.text("not estimable", x: numbersEnd, y: y, anchor: .end)
            return
        }
        let middle = y - 4
        let start = row.lower.isFinite ? row.lower : axis.lower
        let end = row.upper.isFinite ? row.upper : axis.upper
        canvas.path([(x(row.estimate), middle), (x(start), middle)], arrow: start < axis.lower)
        canvas.path([(x(row.estimate), middle), (x(end), middle)], arrow: end > axis.upper)
        let heaviest = plot.rows.compactMap(\.weight).filter(\.isFinite).max() ?? 0
        let share = heaviest > 0 ? max((row.weight ?? heaviest) / heaviest, 0) : 1
        let side = 4 + 8 * share.squareRoot()
        canvas.rectangle(
            x: x(row.estimate) - side / 2, y: middle - side / 2, width: side, height: side, fill: "#2b5c8a",
            stroke: "none")
        if let weight = row.weight {
            canvas.text("\(Elementary.fixed(weight, decimals: 1))%", x: weightEnd, y: y, anchor: .end)
        }
        canvas.text(Self.numbers(plot, row.estimate, row.lower, row.upper), x: numbersEnd, y: y, anchor: .end)
    }

    private func draw(_ summary: ForestPlot.Summary, _ y: Double, on canvas: inout SVGCanvas) -> Double {
        canvas.path([(Self.margin, y - 18), (numbersEnd, y - 18)])
        label(summary.label, y, bold: true, on: &canvas)
        guard summary.estimate.isFinite else {
            canvas.text("not estimable", x: numbersEnd, y: y, anchor: .end, bold: true)
            return y + Self.rowHeight
        }
        let middle = y - 4
        canvas.polygon(
            [
                (x(summary.lower), middle), (x(summary.estimate), middle - 7), (x(summary.upper), middle),
                (x(summary.estimate), middle + 7),
            ], fill: "#b3372f")
        canvas.text(
            Self.numbers(plot, summary.estimate, summary.lower, summary.upper), x: numbersEnd, y: y, anchor: .end,
            bold: true)
        guard let prediction = summary.prediction else { return y + Self.rowHeight }
        let below = y + Self.rowHeight
        label("Prediction interval", below, on: &canvas)
        canvas.rectangle(
            x: x(prediction.lowerBound), y: below - 7, width: x(prediction.upperBound) - x(prediction.lowerBound),
            height: 5, fill: "#b3372f", stroke: "none")
        canvas.text(
            Self.interval(plot, prediction.lowerBound, prediction.upperBound), x: numbersEnd, y: below, anchor: .end)
        return below + Self.rowHeight
    }

    private func drawAxis(_ y: Double, on canvas: inout SVGCanvas) -> Double {
        canvas.path([(left, y), (left + Self.plotWidth, y)])
        for tick in axis.ticks {
            canvas.path([(x(tick.value), y), (x(tick.value), y + 5)])
            canvas.text(tick.label, x: x(tick.value), y: y + 18, anchor: .middle, size: 11)
        }
        canvas.text(plot.measure, x: left + Self.plotWidth / 2, y: y + 36, anchor: .middle)
        return y + 60
    }

    /// One line; a name that is too long ends in an ellipsis.
    private func label(_ text: String, _ y: Double, bold: Bool = false, on canvas: inout SVGCanvas) {
        var shown = text
        if TextWrapping.width(text, size: Self.fontSize, bold: bold) > labelWidth {
            while !shown.isEmpty,
                TextWrapping.width(shown + "\u{2026}", size: Self.fontSize, bold: bold) > labelWidth
            { shown.removeLast() }
            shown += "\u{2026}"
        }
        canvas.text(shown, x: Self.margin, y: y, bold: bold)
    }

    private static func heading(_ plot: ForestPlot) -> String {
        let isWhole = plot.level == plot.level.rounded() && abs(plot.level) < 1000
        let level = isWhole ? String(Int(plot.level)) : plot.level.description
        return "\(plot.measure) [\(level)% CI]"
    }

    private static func numbers(_ plot: ForestPlot, _ estimate: Double, _ lower: Double, _ upper: Double) -> String {
        "\(Elementary.fixed(plot.shown(estimate), decimals: plot.decimals)) \(interval(plot, lower, upper))"
    }

    private static func interval(_ plot: ForestPlot, _ lower: Double, _ upper: Double) -> String {
        "[\(Elementary.fixed(plot.shown(lower), decimals: plot.decimals)), \(Elementary.fixed(plot.shown(upper), decimals: plot.decimals))]"
    }

    private var description: String {
        var parts = ["Forest plot of \(plot.rows.count) studies, \(plot.measure)"]
        if let summary = plot.summary, summary.estimate.isFinite {
            parts.append("\(summary.label): \(Self.numbers(plot, summary.estimate, summary.lower, summary.upper))")
        }
        if let note = plot.note { parts.append(note) }
        return parts.joined(separator: ". ")
    }
}

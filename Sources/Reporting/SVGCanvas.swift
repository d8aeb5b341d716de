/// Writes the few SVG elements our figures need. Coordinates are rounded to tenths, text is escaped, and nothing
/// depends on anything but the arguments.
struct SVGCanvas {
    private var body = ""
    private let font: Double

    init(fontSize: Double) { font = fontSize }

    enum Anchor: String { case start, middle, end }

    mutating func raw(_ element: String) { body += element + "\n" }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String = "#333333",
        radius: Double = 0, dashed: Bool = false
    ) {
        var attributes = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        attributes += " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
        if radius > 0 { attributes += " rx=\"\(Self.number(radius))\"" }
        attributes += " fill=\"\(fill)\" stroke=\"\(stroke)\""
        if dashed { attributes += " stroke-dasharray=\"5 3\"" }
        body += "<rect \(attributes)/>\n"
    }

    mutating func text(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, bold: Bool = false, size: Double? = nil,
        rotated: Bool = false, fill: String? = nil
    ) {
        var attributes = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
        if bold { attributes += " font-weight=\"bold\"" }
        if let size { attributes += " font-size=\"\(Self.number(size))\"" }
        if let fill { attributes += " fill=\"\(fill)\"" }
        if rotated { attributes += " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" }
        body += "<text \(attributes)>\(Self.escaped(text))</text>\n"
    }

    mutating func path(_ points: [(x: Double, y: Double)], arrow: Bool = false, dashed: Bool = false) {
        guard let first = points.first else { return }
        var data = "M\(Self.number(first.x)) \(Self.number(first.y))"
        for point in points.dropFirst() { data += " L\(Self.number(point.x)) \(Self.number(point.y))" }
        var attributes = "d=\"\(data)\" fill=\"none\" stroke=\"#333333\""
        if dashed { attributes += " stroke-dasharray=\"5 3\"" }
        body += "<path \(attributes)/>\n"
        if arrow, points.count > 1 { head(from: points[points.count - 2], to: points[points.count - 1]) }
    }

    mutating func polygon(_ points: [(x: Double, y: Double)], fill: String) {
        let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        body += "<polygon points=\"\(list)\" fill=\"\(fill)\"/>\n"
    }

    /// A drawn arrow head: markers are not drawn by every program that people paste a figure into.
    private mutating func head(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
        let dx = to.x == from.x ? 0.0 : (to.x > from.x ? 1.0 : -1.0)
        let dy = to.y == from.y ? 0.0 : (to.y > from.y ? 1.0 : -1.0)
        let base = (x: to.x - 8 * dx, y: to.y - 8 * dy)
        polygon(
            [to, (x: base.x + 4 * dy, y: base.y + 4 * dx), (x: base.x - 4 * dy, y: base.y - 4 * dx)], fill: "#333333")
    }

    /// The document. `name` makes the ids of title and description unique where several figures share a page.
    func document(name: String, width: Double, height: Double, title: String, description: String) -> [UInt8] {
        let size = "\(Self.number(width)) \(Self.number(height))"
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.number(width))\""
        text += " height=\"\(Self.number(height))\" viewBox=\"0 0 \(size)\" role=\"img\""
        text += " aria-labelledby=\"\(name)-title \(name)-description\" font-family=\"sans-serif\""
        text += " font-size=\"\(Self.number(font))\" fill=\"#111111\">\n"
        text += "<title id=\"\(name)-title\">\(Self.escaped(title))</title>\n"
        text += "<desc id=\"\(name)-description\">\(Self.escaped(description))</desc>\n"
        text += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        text += body
        text += "</svg>\n"
        return Array(text.utf8)
    }

    /// Escapes what XML reserves and leaves out what XML 1.0 cannot carry at all.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result += " "
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// To a tenth, without a trailing `.0`, no exponent.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let whole = abs(tenths) / 10
        let rest = abs(tenths) % 10
        return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
    }
}

import Foundation
import Interchange
import Reporting
import Testing

@Suite("Figures and tables")
struct FiguresTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Set to a folder, it receives the figures, to be looked at.
    private func keep(_ bytes: [UInt8], _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SLUICE_KEEP_FIGURES"] else { return }
        try Data(bytes).write(to: URL(filePath: folder).appending(path: name))
    }

    private var forest: ForestPlot {
        let rows = (1...6).map { index in
            let centre = -1.2 + 0.3 * Double(index)
            return ForestPlot.Row(
                label: index == 3 ? "A study group with a name far too long for any margin <2011>" : "Study \(index)",
                estimate: centre, lower: centre - 0.2 * Double(index), upper: centre + 0.2 * Double(index),
                weight: Double(index) * 100 / 21)
        }
        return ForestPlot(
            title: "Response after 24 hours", measure: "Odds ratio", scale: .logarithmic, rows: rows,
            summary: .init(
                label: "Random effects (REML)", estimate: -0.2, lower: -0.6, upper: 0.2, prediction: -1.4...1.0),
            note: "Q = 12.30, df = 5, p = 0.03; I\u{B2} = 59.3%; tau\u{B2} = 0.120")
    }

    @Test("The figure is well-formed XML whatever stands in names", arguments: [0, 1])
    func wellFormed(which: Int) throws {
        var flow = which == 0 ? ExampleFlows.oneSource : ExampleFlows.everything
        flow.databases.parts[0].label = "A & B <script>alert(\"1\")</script> \u{0}\u{8} 'x' ]]>"
        let drawing = FlowSVG.render(flow)
        let parser = XMLDocumentCheck(drawing)
        #expect(parser.isWellFormed)
        #expect(text(drawing).contains("<title id=\"prisma-title\">PRISMA 2020 flow diagram</title>"))
        #expect(text(drawing).contains("<desc id=\"prisma-description\">"))
        #expect(!text(drawing).contains("<script"))
        try keep(FlowSVG.render(which == 0 ? ExampleFlows.oneSource : ExampleFlows.everything), "flow\(which).svg")
    }

    @Test("Columns for previous studies and other methods are drawn only when there are any")
    func columns() {
        let small = text(FlowSVG.render(ExampleFlows.oneSource))
        #expect(!small.contains("Previous studies"))
        #expect(!small.contains("via other methods"))
        let large = text(FlowSVG.render(ExampleFlows.everything))
        #expect(large.contains("Previous studies"))
        #expect(large.contains("via other methods"))
    }

    @Test("The box of waiting reports is drawn only when reports wait")
    func waitingBox() {
        var flow = ExampleFlows.oneSource
        #expect(text(FlowSVG.render(flow)).contains("awaiting a decision by a"))
        flow.assessed = .union([flow.assessed, flow.awaiting])
        flow.awaiting = .empty
        #expect(!text(FlowSVG.render(flow)).contains("awaiting a decision by a "))
    }

    @Test("A forest plot prints ratios for logarithms and is well-formed")
    func forestPlot() throws {
        let drawing = forest.svg()
        #expect(XMLDocumentCheck(drawing).isWellFormed)
        #expect(text(drawing).contains("0.82 [0.55, 1.22]"))
        #expect(text(drawing).contains("[0.25, 2.72]"))
        try keep(drawing, "forest.svg")
    }

    @Test("A forest plot without studies, or with one that is not estimable, is drawn all the same")
    func thinForestPlot() throws {
        var plot = forest
        plot.rows = []
        plot.summary = nil
        #expect(XMLDocumentCheck(plot.svg()).isWellFormed)
        plot.rows = [
            .init(label: "Alone", estimate: .nan, lower: .nan, upper: .nan, weight: nil),
            .init(label: "Wide", estimate: 0, lower: -.infinity, upper: 40, weight: 100),
        ]
        #expect(text(plot.svg()).contains("not estimable"))
        for scale in [ForestPlot.Scale.linear, .logit] {
            plot.scale = scale
            plot.summary = forest.summary
            #expect(XMLDocumentCheck(plot.svg()).isWellFormed)
            try keep(plot.svg(), "forest-\(scale).svg")
        }
    }

    @Test("HTML tables escape their text and link only web addresses")
    func html() {
        let table = Table(
            columns: ["Study", "n"], rows: [[.text("A <b> & \"c\""), .integer(3)], [.text("B"), .empty]])
        let html = table.html(
            caption: "Two",
            links: { row, column in
                column == 0 ? (row == 0 ? "https://pubmed.ncbi.nlm.nih.gov/1/" : "javascript:alert(1)") : nil
            })
        #expect(html.contains("<a href=\"https://pubmed.ncbi.nlm.nih.gov/1/\">A &lt;b&gt; &amp; &quot;c&quot;</a>"))
        #expect(!html.contains("javascript"))
        #expect(html.contains("<td class=\"number\">3</td>"))
    }

    @Test("Markdown tables keep their shape whatever the cells hold")
    func markdown() {
        let table = Table(columns: ["Study", "n"], rows: [[.text("a|b\nc <i>"), .integer(12)], [.text("B")]])
        #expect(
            table.markdown() == """
                | Study            |   n |
                | ---------------- | --: |
                | a\\|b c &lt;i&gt; |  12 |
                | B                |     |

                """)
    }
}

/// A check of well-formedness that needs no XML library: tags nest, attributes are quoted, no stray `&` or `<`.
struct XMLDocumentCheck {
    let isWellFormed: Bool

    init(_ bytes: [UInt8]) {
        var open: [Substring] = []
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        var good = !rest.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
        while let start = rest.firstIndex(of: "<") {
            good = good && Self.isText(rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else { good = false; break }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") { continue }
            if tag.hasPrefix("/") {
                good = good && open.popLast() == tag.dropFirst()
            } else if !tag.hasSuffix("/") {
                open.append(tag.prefix { $0 != " " })
            }
            good = good && tag.filter { $0 == "\"" }.count.isMultiple(of: 2) && Self.isText(tag)
        }
        isWellFormed = good && open.isEmpty
    }

    private static func isText(_ text: Substring) -> Bool {
        text.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { tail in
            ["amp;", "lt;", "gt;", "quot;", "#39;"].contains { tail.hasPrefix($0) }
        } && !text.contains("<")
    }
}

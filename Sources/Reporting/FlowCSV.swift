package import Interchange

/// `flow.csv`: the PRISMA2020 R package's format, so that its `PRISMA_data()` and `PRISMA_flowdiagram()` take the
/// file as it is.
package enum FlowCSV {
    package static let columns = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]

    package static func render(_ flow: PrismaFlow) -> [UInt8] { DelimitedWriter.text(table(flow)) }

    package static func table(_ flow: PrismaFlow) -> Table {
        Table(columns: columns, rows: FlowKey.allCases.map { row($0, flow) })
    }

    private static func row(_ key: FlowKey, _ flow: PrismaFlow) -> [TableCell] {
        [
            .text(key.isTitle ? "NA" : key.rawValue),
            .text(key.node.map { "node\($0)" } ?? "NA"),
            .text(key.box),
            .text(key.description),
            .text(boxText(key, flow)),
            .text(key.tooltip ?? "NA"),
            .text(key.url ?? "NA"),
            number(key, flow),
        ]
    }

    /// The package prints this text above the number; where the number also counts reports that wait, it says so.
    private static func boxText(_ key: FlowKey, _ flow: PrismaFlow) -> String {
        let waiting: FlowBox? =
            switch key {
            case .notRetrievedReports: flow.awaiting
            case .otherNotRetrievedReports: flow.otherAwaiting
            default: nil
            }
        guard let waiting, waiting.isSomething else { return flow.caption(key) }
        return "\(flow.caption(key)), or awaiting a decision by a person (n = \(waiting.shown))"
    }

    private static func number(_ key: FlowKey, _ flow: PrismaFlow) -> TableCell {
        guard let box = flow.box(key) else { return .integer(0) }
        switch key {
        case .databaseSpecificResults, .registerSpecificResults, .excluded, .otherExcluded:
            let parts = flow.parts(key)
            if parts.isEmpty { return list([FlowPart(id: "", label: "Not itemised", box: box)].filter(\.isShown)) }
            return list(parts)
        default:
            switch box.content {
            case .ids(let ids): return .integer(ids.count)
            case .count(let count): return .integer(count)
            case .text(let text): return .text(text)
            case .notGiven: return .text("NA")
            }
        }
    }

    private static func list(_ parts: [FlowPart]) -> TableCell {
        if parts.isEmpty { return .text("NA") }
        return .text(parts.map { "\(separable($0.label)), \($0.box.shown)" }.joined(separator: "; "))
    }

    /// The package cuts the list at `;` and a name at its first comma, so that neither can stand in a name.
    private static func separable(_ label: String) -> String {
        var text = ""
        for character in label {
            switch character {
            case ",": text += " /"
            case ";": text += " /"
            case "\n", "\r", "\t": text += " "
            default: text.append(character)
            }
        }
        return text
    }
}

extension FlowPart {
    fileprivate var isShown: Bool { box.isSomething }
}

/// The flow as plain text for a terminal: 80 columns, numbers right-aligned, no colour.
package enum FlowText {
    package static let width = 80

    package static func render(_ flow: PrismaFlow) -> String {
        var page = Page()
        page.title("PRISMA 2020 flow")
        if flow.hasPrevious {
            page.title(flow.caption(.prevstud))
            page.line(flow.caption(.previousStudies), flow.previousStudies)
            page.line(flow.caption(.previousReports), flow.previousReports)
        }
        page.title("Identification")
        page.group("Records identified from databases", flow.databases)
        if flow.registers.total.isSomething { page.group("Records identified from registers", flow.registers) }
        page.line("Removed before screening: duplicate records", flow.duplicates)
        page.line("Removed before screening: ineligible by automation tools", flow.excludedAutomatic)
        page.group("Removed before screening: other reasons", flow.excludedOther)

        page.title("Screening")
        page.line(flow.caption(.recordsScreened), flow.screened)
        page.group(flow.caption(.recordsExcluded), flow.excluded)
        if flow.excludedByPeople.isSomething {
            page.line("of these by automation tools", flow.excludedByAutomation, indent: 1)
            page.line("of these by people", flow.excludedByPeople, indent: 1)
        }
        page.line(flow.caption(.soughtReports), flow.sought)
        page.line(flow.caption(.notRetrievedReports), flow.notRetrieved)
        page.line("Reports awaiting a decision by a person", flow.awaiting)
        page.line(flow.caption(.assessed), flow.assessed)
        page.group(flow.caption(.excluded), flow.reportsExcluded)

        if flow.hasOtherMethods { otherMethods(flow, &page) }

        page.title("Included")
        page.line(flow.caption(.newStudies), flow.newStudies)
        page.line(flow.caption(.newReports), flow.newReports)
        if flow.hasPrevious {
            page.line(flow.caption(.totalStudies), flow.totalStudies)
            page.line(flow.caption(.totalReports), flow.totalReports)
        }
        return page.text
    }

    private static func otherMethods(_ flow: PrismaFlow, _ page: inout Page) {
        page.title("Other methods")
        page.line("Records identified from websites", flow.websites)
        page.line("Records identified from organisations", flow.organisations)
        page.line("Records identified from citation searching", flow.citations)
        if flow.otherRemoved.total.isSomething {
            page.group("Removed before reports were sought", flow.otherRemoved)
        }
        page.line(flow.caption(.otherSoughtReports), flow.otherSought)
        page.line(flow.caption(.otherNotRetrievedReports), flow.otherNotRetrieved)
        if flow.otherAwaiting.isSomething {
            page.line("Reports awaiting a decision by a person", flow.otherAwaiting)
        }
        page.line(flow.caption(.otherAssessed), flow.otherAssessed)
        page.group(flow.caption(.otherExcluded), flow.otherExcluded)
    }

    private struct Page {
        private(set) var text = ""

        mutating func title(_ title: String) {
            if !text.isEmpty { text += "\n" }
            text += title + "\n"
        }

        mutating func group(_ label: String, _ group: FlowGroup) {
            if group.total.isGiven { line(label, group.total) } else if !group.parts.isEmpty { text += "  \(label)\n" }
            for part in group.parts { line(part.label, part.box, indent: 1) }
        }

        mutating func line(_ label: String, _ box: FlowBox, indent: Int = 0) {
            guard box.isGiven else { return }
            let margin = String(repeating: " ", count: 2 + 4 * indent)
            let number = box.printed
            // A dot leader of at least three between label and number; a long label takes more lines.
            let room = max(20, width - margin.count - max(number.count, 6) - 5)
            let lines = TextWrapping.columns(label, width: room)
            for (index, line) in lines.enumerated() {
                let isLast = index == lines.count - 1
                let start = margin + (index == 0 ? "" : "  ") + line
                guard isLast else {
                    text += start + "\n"
                    continue
                }
                let dots = max(3, width - TextWrapping.columnWidth(start) - number.count - 2)
                text += "\(start) \(String(repeating: ".", count: dots)) \(number)\n"
            }
        }
    }
}

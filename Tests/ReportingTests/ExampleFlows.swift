import Bibliography
import Reporting

/// Invented flows that balance.
enum ExampleFlows {
    static func box(_ name: String, _ numbers: ClosedRange<Int>) -> FlowBox {
        FlowBox(ids: numbers.map { RecordID("\(name):\($0)") })
    }

    static func part(_ label: String, _ box: FlowBox) -> FlowPart {
        FlowPart(id: label.lowercased(), label: label, box: box)
    }

    /// One database, 40 records.
    static var oneSource: PrismaFlow {
        var flow = PrismaFlow()
        flow.databases = FlowGroup([part("PubMed", box("a", 1...40))])
        flow.duplicates = box("a", 1...4)
        flow.excludedOther = FlowGroup([part("Retracted", box("a", 5...5))])
        flow.screened = box("a", 6...40)
        flow.excluded = FlowGroup([
            part("Route is not intravenous", box("a", 6...20)), part("Animals", box("a", 21...25)),
        ])
        flow.excludedByAutomation = box("a", 6...24)
        flow.excludedByPeople = box("a", 25...25)
        flow.sought = box("a", 26...40)
        flow.notRetrieved = box("a", 26...26)
        flow.awaiting = box("a", 27...30)
        flow.assessed = box("a", 31...40)
        flow.reportsExcluded = FlowGroup([part("Wrong dose", box("a", 31...33))])
        flow.newStudies = box("a", 34...38)
        flow.newReports = box("a", 34...40)
        return flow
    }

    /// Many sources, long reasons, other methods, a previous version.
    static var everything: PrismaFlow {
        var flow = oneSource
        flow.databases.parts += (1...9).map { index in
            part("Database of remarkably long name, volume \(index) & <more>", box("b\(index)", 1...3))
        }
        flow.databases = FlowGroup(flow.databases.parts)
        flow.registers = FlowGroup([part("ClinicalTrials.gov", box("c", 1...7))])
        let added = FlowBox.union((1...9).map { box("b\($0)", 1...3) })
        flow.duplicates = .union([flow.duplicates, added, box("c", 1...7)])
        flow.websites = box("w", 1...6)
        flow.organisations = box("o", 1...2)
        flow.citations = box("z", 1...12)
        flow.otherRemoved = FlowGroup([
            part("Already found in a database", box("z", 1...9)), part("Not about the question", box("w", 1...4)),
        ])
        flow.otherSought = .union([box("z", 10...12), box("w", 5...6), box("o", 1...2)])
        flow.otherNotRetrieved = box("o", 1...1)
        flow.otherAwaiting = box("o", 2...2)
        flow.otherAssessed = .union([box("z", 10...12), box("w", 5...6)])
        flow.otherExcluded = FlowGroup([
            part("Not peer reviewed; a press release that reports no numbers, only opinions", box("w", 5...6))
        ])
        flow.reportsExcluded = FlowGroup([
            part("Dose given to induce anaesthesia for electroconvulsive therapy, not to treat", box("a", 31...32)),
            part(
                "Pneumonoultramicroscopicsilicovolcanoconiosis-https://example.org/aaaaaaaaaaaaaaaaaaaaaaaa",
                box("a", 33...33)),
        ])
        flow.newReports = .union([box("a", 34...40), box("z", 10...12)])
        flow.newStudies = .union([box("a", 34...38), box("z", 10...10)])
        flow.previousStudies = box("p", 1...11)
        flow.previousReports = box("p", 1...14)
        flow.totalStudies = .union([flow.previousStudies, flow.newStudies])
        flow.totalReports = .union([flow.previousReports, flow.newReports])
        return flow
    }
}

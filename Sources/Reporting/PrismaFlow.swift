/// The PRISMA 2020 flow as values: every box of the diagram with the ids behind its number. Boxes up to `screened`
/// count records, the boxes after it reports (each named by the record that stands for it), the last ones studies
/// too. Renderers turn it into `flow.csv`, `flow.json`, `flow.svg` and text; `imbalances()` is the gate before them.
package struct PrismaFlow: Hashable, Sendable {
    /// What an updated review began with; not given for a first review.
    package var previousStudies = FlowBox.notGiven
    package var previousReports = FlowBox.notGiven

    // Identification of studies via databases and registers.
    package var databases = FlowGroup.empty
    package var registers = FlowGroup.empty

    // Identification of studies via other methods.
    package var websites = FlowBox.empty
    package var organisations = FlowBox.empty
    package var citations = FlowBox.empty

    // Removed before screening.
    package var duplicates = FlowBox.empty
    package var excludedAutomatic = FlowBox.empty
    package var excludedOther = FlowGroup.empty

    package var screened = FlowBox.empty
    /// By the criterion that came first in the review's order of precedence.
    package var excluded = FlowGroup.empty
    /// The same excluded records by who decided; not given where that is not known.
    package var excludedByAutomation = FlowBox.notGiven
    package var excludedByPeople = FlowBox.notGiven

    package var sought = FlowBox.empty
    package var notRetrieved = FlowBox.empty
    /// Reports whose eligibility waits for a person. PRISMA 2020 has no such box, a living review needs one.
    package var awaiting = FlowBox.empty
    package var assessed = FlowBox.empty
    package var reportsExcluded = FlowGroup.empty

    /// Records of other methods that went no further than identification: duplicates of records that a database
    /// gave, or excluded on title and abstract. PRISMA 2020 has no such box; it is drawn only when it is not empty.
    package var otherRemoved = FlowGroup.empty
    package var otherSought = FlowBox.empty
    package var otherNotRetrieved = FlowBox.empty
    package var otherAwaiting = FlowBox.empty
    package var otherAssessed = FlowBox.empty
    package var otherExcluded = FlowGroup.empty

    package var newStudies = FlowBox.empty
    package var newReports = FlowBox.empty
    /// Not given in a first review, where they would repeat the new ones.
    package var totalStudies = FlowBox.notGiven
    package var totalReports = FlowBox.notGiven

    /// Box texts that differ from ours, by row key of the CSV format (or its box name, for title rows): a flow read
    /// from a file keeps the wording of that file.
    package var captions: [String: String] = [:]

    /// A flow with nothing in it.
    package init() {}

    package var hasPrevious: Bool { previousStudies.isSomething || previousReports.isSomething }

    /// Whether anything at all came in by websites, organisations or citation searching.
    package var hasOtherMethods: Bool {
        let boxes = [
            websites, organisations, citations, otherRemoved.total, otherSought, otherNotRetrieved, otherAwaiting,
            otherAssessed, otherExcluded.total,
        ]
        return boxes.contains(where: \.isSomething) || otherExcluded.parts.contains(where: \.box.isSomething)
    }

    /// The text of a box in the figure.
    func caption(_ key: FlowKey) -> String { captions[key.rawValue] ?? key.text }
}

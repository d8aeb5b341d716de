/// A document (PRISMA 2020): what duplicate records collapse into.
package struct Report: Hashable, Sendable, Codable {
    /// The record that stands for the report, which also names it. People's decisions are kept by this name and
    /// found again through any record of the report, so a report that grows loses none of them.
    package var id: RecordID
    /// Every record of the report, itself included, sorted.
    package var records: [RecordID]

    package init(id: RecordID, records: [RecordID]) {
        self.id = id
        self.records = records
    }
}

/// An investigation (PRISMA 2020), with the reports that tell of it.
package struct Study: Hashable, Sendable, Codable {
    /// The id of the study's first report.
    package var id: RecordID
    /// `Zarate 2006`: first author and year of the first report.
    package var label: String
    /// Sorted by year, then id.
    package var reports: [RecordID]
    /// Why each further report belongs to the study, in the order of `reports`, the first left out.
    package var reasons: [String]

    package init(id: RecordID, label: String, reports: [RecordID], reasons: [String]) {
        self.id = id
        self.label = label
        self.reports = reports
        self.reasons = reasons
    }
}

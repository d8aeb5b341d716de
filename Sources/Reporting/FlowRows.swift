extension PrismaFlow {
    /// The box behind one row of the file, nil for a row that only carries a title. Reports that wait for a person
    /// have no row of their own in the format: they count as not (yet) retrieved there, so that the package's own
    /// figure balances.
    func box(_ key: FlowKey) -> FlowBox? {
        switch key {
        case .prevstud, .newstud, .othstud, .identification, .screening, .included: nil
        case .previousStudies: previousStudies
        case .previousReports: previousReports
        case .databaseResults, .databaseSpecificResults: databases.total
        case .registerResults, .registerSpecificResults: registers.total
        case .websiteResults: websites
        case .organisationResults: organisations
        case .citationsResults: citations
        case .duplicates: duplicates
        case .excludedAutomatic: excludedAutomatic
        case .excludedOther: excludedOther.total
        case .recordsScreened: screened
        case .recordsExcluded: excluded.total
        case .soughtReports: sought
        case .notRetrievedReports: Self.together(notRetrieved, awaiting)
        case .otherSoughtReports: otherSought
        case .otherNotRetrievedReports: Self.together(otherNotRetrieved, otherAwaiting)
        case .assessed: assessed
        case .excluded: reportsExcluded.total
        case .otherAssessed: otherAssessed
        case .otherExcluded: otherExcluded.total
        case .newStudies: newStudies
        case .newReports: newReports
        case .totalStudies: totalStudies.isGiven || hasPrevious ? totalStudies : newStudies
        case .totalReports: totalReports.isGiven || hasPrevious ? totalReports : newReports
        }
    }

    /// The shares of a row's box, empty where it has none.
    func parts(_ key: FlowKey) -> [FlowPart] {
        switch key {
        case .databaseResults, .databaseSpecificResults: databases.parts
        case .registerResults, .registerSpecificResults: registers.parts
        case .excludedOther: excludedOther.parts
        case .recordsExcluded: excluded.parts
        case .excluded: reportsExcluded.parts
        case .otherExcluded: otherExcluded.parts
        case .notRetrievedReports: Self.shares(notRetrieved, awaiting)
        case .otherNotRetrievedReports: Self.shares(otherNotRetrieved, otherAwaiting)
        default: []
        }
    }

    private static func together(_ notRetrieved: FlowBox, _ awaiting: FlowBox) -> FlowBox {
        awaiting.isSomething ? .union([notRetrieved, awaiting]) : notRetrieved
    }

    private static func shares(_ notRetrieved: FlowBox, _ awaiting: FlowBox) -> [FlowPart] {
        guard awaiting.isSomething else { return [] }
        return [
            FlowPart(id: "notRetrieved", label: "Reports not retrieved", box: notRetrieved),
            FlowPart(id: "awaiting", label: "Reports awaiting a decision by a person", box: awaiting),
        ]
    }
}

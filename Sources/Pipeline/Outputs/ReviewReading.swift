import Bibliography
import Interchange
package import Reporting
import Screening
package import Store

/// Reads a review as it stands now: the flow, the tables, the state of each stage. What it has read once it does not
/// read again: a review that changes is read by another.
package struct ReviewReading {
    let store: ReviewStore
    package let plan: Plan
    /// Whose tables of reports that wait, and of decisions, are asked for; nil: everyone's.
    package var reviewer: String? { didSet { made = Made() } }
    private(set) var made = Made()

    /// What was made already: a page, a workbook and the dictionary ask for the same tables.
    final class Made {
        var tables: [ReviewTable: Table] = [:]
        var records: [Record]?
        var screened: [ScreenedReport]?
        var values: [(report: RecordID, values: ValueReview)]?
    }

    package init(store: ReviewStore, plan: Plan) {
        self.store = store
        self.plan = plan
    }

    /// The flow, counted from the ledger.
    ///
    /// - Throws: `FlowImbalance` where a box does not balance.
    package func flow() throws -> PrismaFlow {
        let flow = try store.read { try FlowBuilder($0, plan: plan).flow() }
        let imbalances = flow.imbalances()
        guard imbalances.isEmpty else { throw FlowImbalance(imbalances: imbalances) }
        return flow
    }

    package func flowText() throws -> String { FlowText.render(try flow()) }

    /// What each stage made of what it was given, in order; nil for a stage that has not been run.
    package func stages() throws -> [(stage: StageName, summary: StageSummary?)] {
        try store.read { transaction in
            try StageName.allCases.map { stage in
                guard try transaction.lastStageRun(stage.rawValue) != nil else { return (stage, nil) }
                let entries = try transaction.ledger(stage: stage.rawValue)
                return (stage, StageSummary(given: entries.count, entries: entries))
            }
        }
    }

    /// Whether people decided something that no run has counted in yet.
    package func hasUncountedDecisions() throws -> Bool {
        try store.read { transaction in
            guard let last = try transaction.lastStageRun(StageName.screen.rawValue) else { return false }
            // Behind a blank stands the content of a folder, which people's decisions do not change.
            if try last.input.prefix(while: { $0 != " " }) != ScreenStage.input(transaction) { return true }
            guard let extracted = try transaction.lastStageRun(StageName.extract.rawValue) else { return false }
            return try extracted.input != ExtractStage.input(transaction)
        }
    }

    /// What of the values waits for a person; nil where nothing does.
    package func openValues() throws -> String? {
        ValuesOpen(try reviewedValues().map(\.values)).text
    }

    /// Every included report's values as they stand, sorted by report.
    func reviewedValues() throws -> [(report: RecordID, values: ValueReview)] {
        if let values = made.values { return values }
        let values = try store.read { try $0.reviewedValues() }
        made.values = values
        return values
    }

    /// Finds the review's reports for entries of other files.
    package func matching() throws -> RecordMatching {
        RecordMatching(try records(), reports: try store.read { try $0.reports() })
    }

    /// How many reports wait for a person.
    package func waiting() throws -> Int {
        try store.read { try $0.ledger(stage: StageName.screen.rawValue) }.count { $0.state == .pending }
    }
}

/// The diagram itself does not add up, whatever each stage said.
package struct FlowImbalance: Error, CustomStringConvertible {
    package var imbalances: [Imbalance]

    package var description: String {
        (["The flow does not balance; it was not written."] + imbalances.map(\.description)
            + ["This is a fault in sluice: please report it with these ids."]).joined(separator: "\n")
    }
}

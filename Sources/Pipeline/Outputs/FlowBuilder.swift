import Bibliography
import Reporting
import Store

/// The PRISMA 2020 flow as a query over the ledger: every box is a set of ids, and nothing is counted any other way.
struct FlowBuilder {
    private let sources: [SourceRow]
    /// Everything that databases and registers listed: the left column of the diagram.
    private let main: Set<RecordID>
    private let removedEarly: [LedgerEntry]
    private let deduplicated: [LedgerEntry]
    private let screened: [LedgerEntry]
    private let reports: [Report]
    private let studies: [Study]
    /// Criteria in order of precedence: id and label.
    private let criteria: [(id: String, label: String)]
    /// People's exclusions are made on the report's full text.
    private let assessesFullText: Bool

    init(_ transaction: StoreTransaction, plan: Plan) throws {
        sources = try transaction.sources()
        main = Set(sources.filter { ["database", "register"].contains($0.section) }.flatMap(\.listed))
        removedEarly = try [StageName.fetch, .parse].flatMap { try transaction.ledger(stage: $0.rawValue) }
            .filter { $0.state == .removed }
        deduplicated = try transaction.ledger(stage: StageName.deduplicate.rawValue)
        screened = try transaction.ledger(stage: StageName.screen.rawValue)
        reports = try transaction.reports()
        studies = try transaction.studies()
        criteria = plan.criterionLabels
        assessesFullText = plan.assessesFullText
    }

    func flow() -> PrismaFlow {
        var flow = PrismaFlow()
        identification(&flow)
        let columns = Columns(reports: reports, main: main)
        beforeScreening(&flow, columns)
        screening(&flow, columns)
        return flow
    }

    private func identification(_ flow: inout PrismaFlow) {
        func parts(_ section: String) -> [FlowPart] {
            sources.filter { $0.section == section && $0.searched }
                .map { FlowPart(id: $0.id, label: $0.name, box: FlowBox(ids: $0.listed)) }
        }
        flow.databases = FlowGroup(parts("database"))
        flow.registers = FlowGroup(parts("register"))
        flow.websites = .union(parts("website").map(\.box))
        flow.organisations = .union(parts("organisation").map(\.box))
        flow.citations = .union(parts("citation").map(\.box))
    }

    private func beforeScreening(_ flow: inout PrismaFlow, _ columns: Columns) {
        let duplicates = deduplicated.map(\.id).filter { !columns.names.contains($0) }
        flow.duplicates = FlowBox(ids: duplicates.filter(main.contains))
        flow.excludedOther = grouped(removedEarly.filter { main.contains($0.id) })
        let otherEarly = removedEarly.filter { !main.contains($0.id) }
        let otherDuplicates = duplicates.filter { !main.contains($0) }
        let otherExcluded = screened.filter {
            $0.state == .removed && !columns.isMain($0.id) && !atFullText($0) && !isNotRetrieved($0)
        }
        flow.otherRemoved = grouped(
            otherEarly + otherDuplicates.map { .removed($0, LedgerReason.duplicate) } + otherExcluded)
    }

    private func screening(_ flow: inout PrismaFlow, _ columns: Columns) {
        let inMain = screened.filter { columns.isMain($0.id) }.map { entry in
            var entry = entry
            entry.id = columns.name(of: entry.id)
            return entry
        }
        let excluded = inMain.filter { $0.state == .removed && !atFullText($0) && !isNotRetrieved($0) }
        flow.screened = FlowBox(ids: inMain.map(\.id))
        flow.excluded = grouped(excluded)
        flow.excludedByAutomation = FlowBox(ids: excluded.filter { $0.actor != .people }.map(\.id))
        flow.excludedByPeople = FlowBox(ids: excluded.filter { $0.actor == .people }.map(\.id))

        let column = Assessment(inMain, atFullText, isNotRetrieved)
        flow.sought = column.sought
        flow.notRetrieved = column.notRetrieved
        flow.awaiting = column.awaiting
        flow.assessed = column.assessed
        flow.reportsExcluded = grouped(column.excluded)

        let inOther = screened.filter { !columns.isMain($0.id) }
        let other = Assessment(inOther, atFullText, isNotRetrieved)
        flow.otherSought = other.sought
        flow.otherNotRetrieved = other.notRetrieved
        flow.otherAwaiting = other.awaiting
        flow.otherAssessed = other.assessed
        flow.otherExcluded = grouped(other.excluded)

        flow.newReports = FlowBox(ids: (inMain + inOther).filter { $0.state == .advanced }.map(\.id))
        flow.newStudies = FlowBox(ids: studies.map { columns.name(of: $0.id) })
    }

    /// A person says that the full text cannot be had.
    private func isNotRetrieved(_ entry: LedgerEntry) -> Bool {
        entry.state == .removed && entry.actor == .people && entry.reason == LedgerReason.notRetrieved
    }

    private func atFullText(_ entry: LedgerEntry) -> Bool { assessesFullText && entry.actor == .people }

    /// By reason: criteria in their order of precedence, then the other reasons in theirs.
    private func grouped(_ entries: [LedgerEntry]) -> FlowGroup {
        let byReason = Dictionary(grouping: entries, by: { $0.reason ?? "" })
        let order = criteria.map(\.id) + byReason.keys.sorted().filter { key in !criteria.contains { $0.id == key } }
        return FlowGroup(
            order.compactMap { reason in
                byReason[reason].map { entries in
                    FlowPart(id: reason, label: label(of: reason), box: FlowBox(ids: entries.map(\.id)))
                }
            })
    }

    private func label(of reason: String) -> String {
        if let criterion = criteria.first(where: { $0.id == reason }) { return criterion.label }
        return switch reason {
        case LedgerReason.duplicate: "Duplicate of a record identified elsewhere"
        case LedgerReason.notInSource: "No longer in the source"
        case LedgerReason.deletedBySource: "Deleted by the source"
        default: reason
        }
    }
}

/// Which side of the diagram a report stands on, and the name it bears there.
private struct Columns {
    private let mainName: [RecordID: RecordID]
    /// The name of every report in the diagram.
    let names: Set<RecordID>

    /// A report that any database or register knows stands on their side, under the name of a record of theirs.
    init(reports: [Report], main: Set<RecordID>) {
        var mainName: [RecordID: RecordID] = [:]
        var names = Set<RecordID>()
        for report in reports {
            let name = main.contains(report.id) ? report.id : report.records.filter(main.contains).min()
            if let name { mainName[report.id] = name }
            names.insert(name ?? report.id)
        }
        self.mainName = mainName
        self.names = names
    }

    func isMain(_ report: RecordID) -> Bool { mainName[report] != nil }
    func name(of report: RecordID) -> RecordID { mainName[report] ?? report }
}

/// The lower half of one side of the diagram.
private struct Assessment {
    let sought: FlowBox
    let notRetrieved: FlowBox
    let awaiting: FlowBox
    let assessed: FlowBox
    let excluded: [LedgerEntry]

    init(
        _ screened: [LedgerEntry], _ isAtFullText: (LedgerEntry) -> Bool, _ isNotRetrieved: (LedgerEntry) -> Bool
    ) {
        let pending = screened.filter { $0.state == .pending }
        let gone = screened.filter(isNotRetrieved)
        excluded = screened.filter { $0.state == .removed && isAtFullText($0) && !isNotRetrieved($0) }
        notRetrieved = FlowBox(ids: gone.map(\.id))
        let included = screened.filter { $0.state == .advanced }
        awaiting = FlowBox(ids: pending.map(\.id))
        assessed = FlowBox(ids: (included + excluded).map(\.id))
        sought = FlowBox(ids: (pending + gone + included + excluded).map(\.id))
    }
}

package import Bibliography
package import Store

/// What became of drafts.
package struct DecisionReceipt: Sendable {
    /// What was, or would be, added to the log, in its order.
    package var added: [DecisionRow] = []
    /// Drafts that say what the log says already.
    package var known = 0
    /// Reports that the added decisions leave in conflict, now that every word on them is in.
    package var conflicts: Set<RecordID> = []
    /// What a person may want to look at.
    package var notices: [String] = []
}

/// Checks people's decisions against the review and appends them, all or none.
///
/// Two kinds of rows come in. A decision made now has no time: it is compared with what its reviewer says already. A row
/// of an exported log has its time: it is known, or a colleague's row that came by git, or the last word of its reviewer
/// edited in a spreadsheet, which is a new decision.
package enum DecisionImport {
    /// - Parameters:
    ///   - isTrial: nothing is written; the receipt says what would be.
    ///   - now: the time of new decisions, ISO 8601 in UTC.
    /// - Throws: `DecisionRefusal` naming every row that cannot be taken; then none is.
    package static func append(
        _ drafts: [DecisionDraft], to store: ReviewStore, plan: Plan, defaults: DecisionDefaults, now: String,
        isTrial: Bool = false
    ) throws -> DecisionReceipt {
        if isTrial { return try store.read { try receipt(drafts, $0, plan, defaults, now) } }
        return try store.write { transaction in
            let receipt = try receipt(drafts, transaction, plan, defaults, now)
            for row in receipt.added { try transaction.append(row) }
            return receipt
        }
    }

    private static func receipt(
        _ drafts: [DecisionDraft], _ transaction: StoreTransaction, _ plan: Plan, _ defaults: DecisionDefaults,
        _ now: String
    ) throws -> DecisionReceipt {
        var ledger = DecisionLedger(
            known: try transaction.recordIDs(), reports: try transaction.reports(),
            log: try transaction.decisions(), plan: plan, now: now)
        let check = DecisionCheck(plan: plan, defaults: defaults, now: now)
        var problems: [(line: Int, text: String)] = []
        var checked: [(draft: DecisionDraft, row: DecisionRow)] = []
        for draft in drafts {
            do { checked.append((draft, try check.row(draft, ledger))) } catch {
                problems += error.problems.map { (draft.line ?? 0, place(draft) + $0) }
            }
        }
        // What reviewers say comes before what settles it, wherever the rows stand.
        for (draft, row) in checked.filter({ !$0.row.role.settles }) + checked.filter({ $0.row.role.settles }) {
            do { try ledger.take(row, check) } catch {
                problems += error.problems.map { (draft.line ?? 0, place(draft) + $0) }
            }
        }
        guard problems.isEmpty else {
            throw DecisionRefusal(problems: problems.sorted { $0.line < $1.line }.map(\.text))
        }
        ledger.countConflicts()
        return ledger.receipt
    }

    private static func place(_ draft: DecisionDraft) -> String { draft.line.map { "line \($0): " } ?? "" }
}

/// The log as it grows by the rows of one import.
struct DecisionLedger {
    /// Whose word a row is: what a newer row of the same voice replaces.
    struct Voice: Hashable {
        var record: RecordID
        var stage: DecisionStage
        var role: DecisionRole
        var person: PersonKey

        init(_ row: DecisionRow) {
            record = row.record
            stage = row.stage
            role = row.role
            person = PersonKey(row.reviewer)
        }
    }

    let names: RecordNames
    private let plan: Plan
    private let now: String
    private let reportOf: [RecordID: Report]
    private var byRecord: [RecordID: [DecisionRow]]
    private var lastNumber: Int
    private var rows: [Voice: [DecisionRow]]
    /// The log's own spelling of each name.
    private var spellings: [PersonKey: String] = [:]
    /// Voices that spoke in this import without a time.
    private var fresh: [Voice: DecisionRow] = [:]
    private(set) var receipt = DecisionReceipt()

    init(known: Set<RecordID>, reports: [Report], log: [DecisionRow], plan: Plan, now: String) {
        // A record that its source dropped keeps its decisions.
        names = RecordNames(known.union(log.map(\.record)))
        self.plan = plan
        self.now = now
        var reportOf: [RecordID: Report] = [:]
        for report in reports { for record in report.records { reportOf[record] = report } }
        self.reportOf = reportOf
        byRecord = Dictionary(grouping: log, by: \.record)
        lastNumber = log.last?.number ?? 0
        rows = Dictionary(grouping: log, by: Voice.init)
        let people = plan.screening.people
        for name in log.map(\.reviewer) + people.reviewers + people.adjudicators { spellings[PersonKey(name)] = name }
    }

    func report(of record: RecordID) -> RecordID { reportOf[record]?.id ?? record }

    func spelling(_ name: String) -> String { spellings[PersonKey(name)] ?? name }

    func standing(of record: RecordID, at stage: DecisionStage) -> StageStanding {
        let report = reportOf[record] ?? Report(id: record, records: [record])
        return PeoplesDecisions(report.records.flatMap { byRecord[$0] ?? [] }, plan).standing(of: report, at: stage)
    }

    /// Takes a row in, or finds that it is known. A row without a time (`decidedAt` empty) is a decision made now.
    mutating func take(_ row: DecisionRow, _ check: DecisionCheck) throws(DecisionRefusal) {
        let voice = Voice(row)
        let spoken = (rows[voice] ?? []).sorted { $0.isOlder(than: $1) }
        func isSame(_ other: DecisionRow) -> Bool {
            other.decision == row.decision && other.reason == row.reason && other.note == row.note
        }
        if row.decidedAt.isEmpty {
            if let earlier = fresh[voice], !(earlier.decision == row.decision && earlier.reason == row.reason) {
                throw DecisionRefusal("\(row.record) is decided twice in this file, differently")
            }
            fresh[voice] = row
            if let last = spoken.last, isSame(last) {
                receipt.known += 1
                return
            }
            try check.mayDecide(row, self)
            return add(row, at: max(now, spoken.last?.decidedAt ?? now))
        }
        let sameTime = spoken.filter { $0.decidedAt == row.decidedAt }
        if sameTime.contains(where: isSame) {
            receipt.known += 1
            return
        }
        if sameTime.isEmpty {
            receipt.notices += try check.oddities(row)
            return add(row, at: row.decidedAt)
        }
        guard sameTime.last == spoken.last else {
            throw DecisionRefusal(
                "this row of \(row.reviewer) on \(row.record) is history, which stays as it is; edit their last row, "
                    + "or add a row without decidedAt")
        }
        try check.mayDecide(row, self)
        add(row, at: max(now, row.decidedAt))
    }

    mutating func countConflicts() {
        receipt.conflicts = Set(
            receipt.added.map { standing(of: $0.record, at: $0.stage) }.filter { $0.outcome == .conflict }
                .map(\.report))
    }

    private mutating func add(_ row: DecisionRow, at time: String) {
        var row = row
        row.decidedAt = time
        lastNumber += 1
        row.number = lastNumber
        byRecord[row.record, default: []].append(row)
        rows[Voice(row), default: []].append(row)
        spellings[PersonKey(row.reviewer)] = spellings[PersonKey(row.reviewer)] ?? row.reviewer
        receipt.added.append(row)
    }
}

import Bibliography
import Extraction
import Foundation
package import Store

/// Takes people's word on values in, all of a file or none of it.
package enum ValueImport {
    /// What of a file was new.
    package struct Outcome: Hashable, Sendable {
        package var appended: Int
        package var alreadyKnown: Int

        package init(appended: Int, alreadyKnown: Int) {
            self.appended = appended
            self.alreadyKnown = alreadyKnown
        }
    }

    /// Appends what the rows decide. Rows without a decision say nothing, but must be as they were exported.
    ///
    /// - Parameters:
    ///   - reviewer: who decides where a row does not say.
    ///   - isConsensus: the rows are what several reviewers agreed on, and settle where they differ.
    ///   - isTrial: nothing is appended; only what would be is counted.
    /// - Throws: `ValueRefusal` naming every row that cannot be taken; then none is.
    package static func append(
        _ rows: [ValueRow], to store: ReviewStore, plan: Plan, reviewer: String?, isConsensus: Bool, now: String,
        isTrial: Bool = false
    ) throws -> Outcome {
        func outcome(_ transaction: StoreTransaction) throws -> (Outcome, [ValueDecisionRow]) {
            let known = try Known(transaction)
            let check = ValueCheck(form: try plan.extractionForm())
            var problems: [String] = []
            var decisions: [ValueDecisionRow] = []
            var lines: [String: Int] = [:]
            for row in rows {
                do {
                    let reading = RowReading(
                        row: row, known: known, check: check, reviewer: reviewer, isConsensus: isConsensus, now: now)
                    let (name, decision) = try reading.read()
                    if let earlier = lines.updateValue(row.line, forKey: name) {
                        throw ValueRefusal(problems: ["the same value stands on line \(earlier) too"])
                    }
                    if let decision { decisions.append(decision) }
                } catch let refusal as ValueRefusal {
                    problems += refusal.problems.map { "line \(row.line): \($0)" }
                }
            }
            guard problems.isEmpty else { throw ValueRefusal(problems: problems) }
            let new = decisions.filter { !known.holds($0) }
            return (Outcome(appended: new.count, alreadyKnown: decisions.count - new.count), new)
        }
        if isTrial { return try store.read { try outcome($0).0 } }
        return try store.write { transaction in
            let (outcome, new) = try outcome(transaction)
            for decision in new { try transaction.append(decision) }
            return outcome
        }
    }

    /// What the review knows, as rows are held against it.
    struct Known {
        let extracted: [RecordID: [ExtractedValue]]
        /// The report that a record belongs to.
        let reportOf: [RecordID: RecordID]
        let names: RecordNames
        /// By report.
        let decisions: [RecordID: [ValueDecisionRow]]

        init(_ transaction: StoreTransaction) throws {
            extracted = Dictionary(
                try transaction.extractions().map { ($0.report, try $0.values) }, uniquingKeysWith: { a, _ in a })
            reportOf = Dictionary(
                try transaction.reports().flatMap { report in report.records.map { ($0, report.id) } },
                uniquingKeysWith: { a, _ in a })
            names = RecordNames(Set(reportOf.keys))
            let reportOf = reportOf
            decisions = Dictionary(grouping: try transaction.valueDecisions()) { reportOf[$0.record] ?? $0.record }
        }

        /// Whether the newest row of the same voice says the same already.
        func holds(_ row: ValueDecisionRow) -> Bool {
            guard
                let last = decisions[row.record]?.last(where: { $0.key == row.key && $0.voice == row.voice })
            else { return row.verdict == ValueVerdict.withdraw.rawValue }
            return last.verdict == row.verdict && last.value == row.value && last.note == row.note
        }
    }
}

/// Reads one row.
private struct RowReading {
    let row: ValueRow
    let known: ValueImport.Known
    let check: ValueCheck
    let reviewer: String?
    let isConsensus: Bool
    let now: String

    /// A name that no other row of the file may have, and what the row decides, if anything.
    func read() throws -> (name: String, decision: ValueDecisionRow?) {
        let report = try self.report()
        if row.key.isEmpty { return try added(report) }
        // Two people may speak of one value, each once.
        let name = "\(report) \(row.key) \(row.decision.isEmpty ? "" : try isAgreed() ? "consensus" : try who())"
        let now = known.extracted[report]?.first { $0.key == row.key }
        let own = try ValueStatement.standing((known.decisions[report] ?? []).filter { $0.key == row.key })
        guard now != nil || !own.isEmpty else {
            throw refuse(
                "\(report) has no value with the key \(row.key): what is read there has changed since this table was "
                    + "exported, or the key was edited. Export the values again, or delete the line")
        }
        let before = now ?? own.compactMap(\.extracted).first
        let shown = ([before] + own.map(\.value)).compactMap(\.self).first(where: row.shows)
        guard !row.decision.isEmpty else {
            guard shown != nil else {
                throw refuse(
                    "\(row.field) was edited, and the column decision is empty; write `correct` there, or put back "
                        + (before.map(\.valueText) ?? "what stood there"))
            }
            return (name, nil)
        }
        switch try verdict(.accept, .correct, .reject, .withdraw) {
        case .reject:
            return (name, try decision(report, .reject, row.key, before ?? own.compactMap(\.value).first, nil))
        case .withdraw: return (name, try decision(report, .withdraw, row.key, before, nil))
        case .accept:
            guard let shown else {
                throw refuse("`accept` takes the value as it stands, and it was edited; write `correct`")
            }
            return (name, try decision(report, .accept, row.key, before, shown))
        default:
            let value = try check.value(row, correcting: before ?? shown, by: try who())
            if let before, value.saysTheSame(as: before) {
                throw refuse("`correct` changes nothing; write `accept`, or the right value")
            }
            return (name, try decision(report, .correct, row.key, before, value))
        }
    }

    private func added(_ report: RecordID) throws -> (String, ValueDecisionRow?) {
        guard !row.decision.isEmpty else {
            throw refuse("a line without a key is a new value: write `add` in the column decision")
        }
        _ = try verdict(.add)
        let value = try check.value(row, correcting: nil, by: try who())
        if known.extracted[report]?.contains(where: value.saysTheSame) == true {
            throw refuse("\(value.label) = \(value.valueText) was read already; accept it on its own line")
        }
        let voice = try isAgreed() ? "consensus" : try who()
        return ("\(report) \(value.key) \(voice)", try decision(report, .add, value.key, nil, value))
    }

    private func report() throws -> RecordID {
        let meant = Set(known.names.meant(by: row.report).compactMap { known.reportOf[$0] }).sorted()
        guard let report = meant.first else {
            throw refuse(row.report.isEmpty ? "which report?" : "the review holds no report '\(row.report)'")
        }
        guard meant.count == 1 else {
            throw refuse(
                "'\(row.report)' may be \(meant.map(\.rawValue).joined(separator: " or ")); write which of them")
        }
        guard known.extracted[report] != nil else {
            throw refuse("\(report) is not among the included reports, so it has no values")
        }
        return report
    }

    private func verdict(_ accepted: ValueVerdict...) throws -> ValueVerdict {
        if let verdict = ValueVerdict(rawValue: row.decision), accepted.contains(verdict) { return verdict }
        let words = accepted.map(\.rawValue).joined(separator: ", ")
        throw refuse(
            "'\(row.decision)' cannot be decided of a line \(row.key.isEmpty ? "without" : "with") a key; "
                + "accepted: \(words)")
    }

    private func who() throws -> String {
        guard let who = row.reviewer ?? reviewer, !who.isEmpty else {
            throw refuse("who decides? Fill in the column reviewer, or use --reviewer")
        }
        return who
    }

    private func decision(
        _ report: RecordID, _ verdict: ValueVerdict, _ key: String, _ before: ExtractedValue?, _ value: ExtractedValue?
    ) throws -> ValueDecisionRow {
        let places = Set([before?.place, value?.place].compactMap(\.self))
        let seen = (known.extracted[report] ?? []).filter { places.contains($0.place) }.map(\.key)
        return ValueDecisionRow(
            record: report, key: key, verdict: verdict.rawValue, extracted: try before?.json, value: try value?.json,
            seen: seen.joined(separator: " "), reviewer: try who(), isConsensus: try isAgreed(),
            decidedAt: try when(), note: row.note)
    }

    private func isAgreed() throws -> Bool {
        switch row.consensus {
        case nil, "no": return isConsensus
        case "yes": return true
        case let other?: throw refuse("consensus is yes or empty; found '\(other)'")
        }
    }

    private func when() throws -> String {
        guard let written = row.decidedAt else { return now }
        guard (try? Date(written, strategy: .iso8601)) != nil else {
            throw refuse("decidedAt is a date and time as in \(now); found '\(written)'")
        }
        return written
    }

    private func refuse(_ text: String) -> ValueRefusal { ValueRefusal(problems: [text]) }
}

import Bibliography
import Interchange
import Store

extension RiskOfBias {
    /// Checks the file row by row.
    struct Reading {
        let table: DelimitedText
        let studies: [Study]
        let outcomes: [String]
        private let names: RecordNames

        init(table: DelimitedText, studies: [Study], outcomes: [String]) {
            self.table = table
            self.studies = studies
            self.outcomes = outcomes
            names = RecordNames(Set(studies.flatMap { [$0.id] + $0.reports }))
        }

        /// The places of the columns that are a person's own.
        private var noteColumns: [Int] {
            let own = Set(RiskOfBias.columns.compactMap { table.column($0) })
            return table.header.indices.filter { !own.contains($0) && !table.header[$0].trimmed.isEmpty }
        }

        func read() -> (found: RiskOfBias, problems: [String]) {
            let nothing = RiskOfBias(rows: [], open: [], noteColumns: [])
            guard table.column("study") != nil, table.column("tool") != nil else {
                return (
                    nothing, ["it needs the columns study and tool; it has: " + table.header.joined(separator: ", ")]
                )
            }
            if let name = table.repeatedColumn {
                return (nothing, ["the column '\(name)' stands twice; keep one of them"])
            }
            var rows: [Row] = []
            var open: [OpenLine] = []
            var problems: [String] = []
            var lines: [String: Int] = [:]
            for row in table.rows {
                guard !isUnjudged(row) else {
                    if let line = openLine(row) { open.append(line) }
                    continue
                }
                do throws(Problem) {
                    let read = try self.row(row)
                    let name = "\(read.study) \(read.tool.rawValue) \(read.outcome ?? "")"
                    if let earlier = lines.updateValue(row.line, forKey: name) {
                        throw Problem("the same study, tool and outcome stand on line \(earlier)")
                    }
                    rows.append(read)
                } catch {
                    problems.append("line \(row.line): \(error.text)")
                }
            }
            rows.sort { ($0.study, $0.outcome ?? "") < ($1.study, $1.outcome ?? "") }
            let names = noteColumns.map { table.header[$0].trimmed }
            return (RiskOfBias(rows: rows, open: open, noteColumns: names), problems)
        }

        private func notes(_ row: DelimitedText.Row) -> [String] { noteColumns.map { row.cell($0) ?? "" } }

        private func openLine(_ row: DelimitedText.Row) -> OpenLine? {
            study(row.cell(table.column("study"))?.trimmed ?? "").map { study in
                let own = RiskOfBias.columns.map { row.cell(table.column($0)) ?? "" }
                return OpenLine(study: study, cells: own + notes(row))
            }
        }

        /// A line that is empty, or names a study that nobody has judged yet, as `sluice export risk-of-bias` writes it. What
        /// somebody wrote on one is no blank: the next export would lose it.
        private func isUnjudged(_ row: DelimitedText.Row) -> Bool {
            let judged = RiskOfBias.domainColumns + ["Overall", "why"]
            return judged.allSatisfy { row.cell(table.column($0))?.trimmed.isEmpty ?? true }
        }

        private struct Problem: Error {
            let text: String

            init(_ text: String) { self.text = text }
        }

        private func row(_ row: DelimitedText.Row) throws(Problem) -> Row {
            func cell(_ name: String) -> String? {
                row.cell(table.column(name)).map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
            }
            let named = cell("study") ?? ""
            guard let study = study(named) else {
                throw Problem(
                    "no included study is called '\(named)'; use its id or label from `sluice export studies`")
            }
            guard let tool = Tool(name: cell("tool") ?? "") else {
                throw Problem(
                    "unknown tool '\(cell("tool") ?? "")'; accepted: "
                        + Tool.allCases.map(\.rawValue).joined(separator: ", "))
            }
            let outcome = cell("outcome")
            if let outcome, !outcomes.contains(outcome) {
                throw Problem("the plan has no outcome '\(outcome)'; accepted: " + outcomes.joined(separator: ", "))
            }
            var judgements: [String] = []
            for name in (1...tool.domains.count).map({ "D\($0)" }) + ["Overall"] {
                judgements.append(try word(cell(name), name, tool))
            }
            var weight = 1.0
            if let written = cell("weight") {
                guard let number = WrittenNumber.read(written), number >= 0 else {
                    throw Problem("weight is a number from 0; found '\(written)'")
                }
                weight = number
            }
            if let when = cell("when"), !CalendarDate.isDateOrTime(when) {
                throw Problem("when: '\(when)' is no date such as 2026-11-23")
            }
            return Row(
                study: study, tool: tool, outcome: outcome, judgements: judgements, weight: weight, who: cell("who"),
                when: cell("when"), why: cell("why"), notes: notes(row))
        }

        private func word(_ found: String?, _ column: String, _ tool: Tool) throws(Problem) -> String {
            let folded = (found ?? "").lowercased()
            guard let word = tool.words.first(where: { $0.lowercased() == folded }) else {
                throw Problem(
                    "\(column): \(found.map { "'\($0)'" } ?? "nothing") is no judgement of \(tool.rawValue); accepted: "
                        + tool.words.joined(separator: ", "))
            }
            return word
        }

        private func study(_ name: String) -> RecordID? {
            let meant = Set(
                names.meant(by: name).flatMap { id in
                    studies.filter { $0.id == id || $0.reports.contains(id) }.map(\.id)
                })
            if let found = meant.first { return meant.count == 1 ? found : nil }
            let labelled = studies.filter { $0.label == name }
            return labelled.count == 1 ? labelled.first?.id : nil
        }
    }
}

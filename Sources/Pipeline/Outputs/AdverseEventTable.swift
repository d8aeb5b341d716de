import Annotation
import Bibliography
import Extraction
import Interchange
import Store

extension ReviewReading {
    /// Adverse events and drop-outs, one row a study, event, time and comparison, in metafor's columns. All arms of the
    /// treatment are one, as in the table of outcomes; what they are compared with are arms of their own, so that a study
    /// with two comparisons has two rows with the same people under treatment. A study without a comparison has one row,
    /// its `ci di` empty.
    func adverseEventsTable() throws -> Table {
        var table = Table(columns: [
            "slab", "study", "report", "kind", "event", "printed", "time", "arm1", "arm2", "ai", "bi", "ci", "di",
            "n1i",
            "n2i",
        ])
        let studies = try store.read { try $0.studies() }
        let values = Dictionary(
            try reviewedValues().map { ($0.report, $0.values.applied) }, uniquingKeysWith: { a, _ in a })
        var lines: [(order: [String], add: (inout Table) -> Void)] = []
        for study in studies {
            var told = Set<HarmRows.Place>()
            for report in study.reports {
                let own = values[report] ?? []
                // Companion reports repeat the same people: an event is taken from the first that tells it.
                for group in HarmRows(own).groups where told.insert(group.place).inserted {
                    for row in group.comparisons(treatment: plan.synthesis.treatment) {
                        let place = group.place
                        lines.append(
                            (
                                [place.isDropout ? "1" : "0", place.event],
                                { self.add(row, group, study, report, own, to: &$0) }
                            ))
                    }
                }
            }
        }
        // The studies of an event stand together, in their own order.
        let order = lines.indices.sorted { a, b in
            let (left, right) = (lines[a].order, lines[b].order)
            return left == right ? a < b : left.lexicographicallyPrecedes(right)
        }
        for index in order { lines[index].add(&table) }
        return table
    }

    private func add(
        _ row: HarmRows.Comparison, _ group: HarmRows.Group, _ study: Study, _ report: RecordID,
        _ values: [ExtractedValue], to table: inout Table
    ) {
        func numbers(_ arms: [OutcomeTable.Row]) -> (events: Int, rest: Int, n: Int)? {
            guard !arms.isEmpty else { return nil }
            let (x, n) = (arms.reduce(0) { $0 + $1.events }, arms.reduce(0) { $0 + $1.n })
            return (x, n - x, n)
        }
        func names(_ arms: [OutcomeTable.Row]) -> String {
            arms.map { [$0.arm, $0.dose].compactMap(\.self).joined(separator: " ") }.joined(separator: " + ")
        }
        let (first, second) = (numbers(row.first), numbers(row.second))
        let printed = (row.first + row.second).compactMap(\.outcome).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let line = table.rows.count
        for (arms, column) in [(row.first, "ai"), (row.second, "ci")] {
            guard let place = table.columns.firstIndex(of: column) else { continue }
            let quotes = arms.compactMap { $0.place.quote(in: values) }
            if !quotes.isEmpty { table.notes[.init(row: line, column: place)] = quotes.joined(separator: "\n") }
        }
        table.rows.append([
            .text(study.label), .text(study.id.rawValue), .text(report.rawValue),
            .text(group.place.isDropout ? "dropout" : "adverseEvent"), .text(group.place.event),
            .text(printed.joined(separator: "; ")), .optional(group.place.time), .text(names(row.first)),
            .text(names(row.second)), .optional(first?.events), .optional(first?.rest), .optional(second?.events),
            .optional(second?.rest), .optional(first?.n), .optional(second?.n),
        ])
    }
}

/// A report's counts of harms, event by event.
struct HarmRows {
    struct Place: Hashable {
        var isDropout: Bool
        /// The term that wordings share, or why people left.
        var event: String
        var time: Double?
    }

    struct Group {
        var place: Place
        var arms: [OutcomeTable.Row]
    }

    struct Comparison {
        var first: [OutcomeTable.Row]
        var second: [OutcomeTable.Row]
    }

    private(set) var groups: [Group] = []

    init(_ values: [ExtractedValue]) {
        for row in OutcomeTable.rows(from: values) {
            guard let kind = Outcome.Kind(rawValue: row.field), kind.isHarm else { continue }
            let event = kind == .dropout ? row.outcome ?? "any reason" : AdverseEvents.term(row.outcome ?? "")
            let place = Place(isDropout: kind == .dropout, event: event, time: row.time)
            if let index = groups.firstIndex(where: { $0.place == place }) {
                // Two wordings of one event and arm are told once, by the first.
                let isKnown = groups[index].arms.contains { $0.arm == row.arm && $0.dose == row.dose }
                if !isKnown { groups[index].arms.append(row) }
            } else {
                groups.append(Group(place: place, arms: [row]))
            }
        }
    }
}

extension HarmRows.Group {
    /// The treatment against each other arm; where the plan names none of the arms, each arm by itself.
    func comparisons(treatment: [String]) -> [HarmRows.Comparison] {
        let named = arms.filter { $0.arm != nil }
        let arms = named.isEmpty ? self.arms : named
        let own = arms.filter { treatment.contains($0.arm ?? "") }
        // What is told of the drug without a dose is not added to what is told of its doses.
        let dosed = own.filter { $0.dose != nil }
        let first = dosed.isEmpty ? own : dosed
        let others = arms.filter { !treatment.contains($0.arm ?? "") }
        if first.isEmpty { return others.map { .init(first: [$0], second: []) } }
        if others.isEmpty { return [.init(first: first, second: [])] }
        return others.map { .init(first: first, second: [$0]) }
    }
}

extension OutcomeTable.Row {
    var place: ValuePlace { ValuePlace(field: field, arm: arm, dose: dose, outcome: outcome, time: time) }
}

extension ScoreTable.Row {
    var place: ValuePlace { ValuePlace(field: field, arm: arm, dose: dose, outcome: scale, time: time) }
}

extension ValuePlace {
    /// The words that the value at this place rests on, and where they stand.
    func quote(in values: [ExtractedValue]) -> String? {
        guard let evidence = values.first(where: { $0.place == self })?.evidence, !evidence.quote.isEmpty else {
            return nil
        }
        return "\"\(evidence.quote)\"" + (evidence.place.map { " (\($0.text))" } ?? "")
    }
}

import Annotation

/// Events and numbers per arm, outcome and point in time, for a 2x2 table.
package enum OutcomeTable {
    package struct Row: Sendable, Hashable {
        /// `response`, `remission`, `relapse`, `dropout` or `adverseEventCount`.
        package var field: String
        package var arm: String?
        /// What tells the arm from another of the same drug; nil where nothing has to. Such rows may be added up.
        package var dose: String?
        /// Hours from the start of the infusion; nil where no point in time is named.
        package var time: Double?
        /// The scale, where one is named; the name of an adverse event; the reason of a drop-out.
        package var outcome: String?
        package var events: Int
        package var n: Int

        package init(
            field: String, arm: String?, dose: String? = nil, time: Double?, outcome: String?, events: Int, n: Int
        ) {
            self.field = field
            self.arm = arm
            self.dose = dose
            self.time = time
            self.outcome = outcome
            self.events = events
            self.n = n
        }
    }

    private static let fields = ["response", "remission", "relapse", "dropout", "adverseEventCount"]

    /// Rows where both the events and the number are read. A percentage becomes events only where its arm has one
    /// size and exactly one whole number of people rounds to it. In the order of the values; none twice.
    package static func rows(from values: [ExtractedValue]) -> [Row] {
        var rows: [Row] = []
        for value in values where fields.contains(value.field) {
            guard let number = value.number, !isUnclear(value, in: values), let n = size(for: value, in: values) else {
                continue
            }
            let events: Int
            switch value.unit {
            case "events":
                guard number >= 0, number <= Double(n), !isContradicted(value, of: n, in: values) else { continue }
                events = Int(number)
            case "%":
                guard let count = Percentages.events(number, of: n) else { continue }
                events = count
            default: continue
            }
            let row = Row(
                field: value.field, arm: value.arm, dose: value.dose, time: value.time, outcome: value.outcome,
                events: events, n: n)
            if !rows.contains(where: { $0.isSamePlace(as: row) }) { rows.append(row) }
        }
        return rows
    }

    /// The percentage that is printed in the same words is that of another whole.
    private static func isContradicted(_ value: ExtractedValue, of n: Int, in values: [ExtractedValue]) -> Bool {
        // What a person has said is not held against print.
        guard !value.evidence.rule.hasPrefix("person.") else { return false }
        return values.contains { other in
            guard other.unit == "%", other.field == value.field, other.arm == value.arm, other.dose == value.dose,
                other.time == value.time, other.outcome == value.outcome, other.evidence == value.evidence,
                let percentage = other.number, let events = value.number
            else { return false }
            return !OutcomeReader.agrees(percentage, Int(events), n)
        }
    }

    /// Two numbers of one outcome and no arm belong to groups that nobody named; a person has to say which.
    private static func isUnclear(_ value: ExtractedValue, in values: [ExtractedValue]) -> Bool {
        guard value.arm == nil else { return false }
        return values.contains {
            $0.field == value.field && $0.arm == nil && $0.dose == value.dose && $0.time == value.time
                && $0.outcome == value.outcome && $0.unit == value.unit && $0.value != value.value
        }
    }

    /// The denominator printed with the value, or else the one size of its arm.
    private static func size(for value: ExtractedValue, in values: [ExtractedValue]) -> Int? {
        let sizes = values.filter { $0.field == "armSize" && $0.arm == value.arm && $0.dose == value.dose }
        let printed = sizes.filter {
            $0.outcome == value.sizeOutcome && $0.time == value.time && $0.evidence.start == value.evidence.start
                && $0.evidence.section == value.evidence.section && $0.evidence.field == value.evidence.field
        }
        if let size = single(printed) { return size }
        // The same number is told once for all values of the same outcome and time.
        let told = sizes.filter { $0.outcome == value.sizeOutcome && $0.time == value.time }
        if let size = single(told) { return size }
        guard value.arm != nil else { return wholeStudy(value, in: values) }
        return single(sizes.filter { $0.outcome == nil })
    }

    /// Of a study without arms the number of people, where the count and the percentage that are printed together are
    /// those of it.
    private static func wholeStudy(_ value: ExtractedValue, in values: [ExtractedValue]) -> Int? {
        let isOfArms = values.contains { $0.field == "armSize" && $0.arm != nil }
        guard !isOfArms, value.unit == "events", let events = value.number,
            let size = single(values.filter { $0.field == "sampleSize" && $0.arm == nil }),
            let percentage = values.first(where: {
                $0.unit == "%" && $0.evidence == value.evidence && $0.field == value.field
            })?
            .number, OutcomeReader.agrees(percentage, Int(events), size)
        else { return nil }
        return size
    }

    private static func single(_ sizes: [ExtractedValue]) -> Int? {
        let counts = Set(sizes.compactMap(\.number))
        guard counts.count == 1, let count = counts.first, count >= 1, count < 1e9 else { return nil }
        return Int(count)
    }
}

extension OutcomeTable.Row {
    fileprivate func isSamePlace(as other: OutcomeTable.Row) -> Bool {
        field == other.field && arm == other.arm && dose == other.dose && time == other.time && outcome == other.outcome
    }
}

/// Extracted values held against what a person read in the same records.
///
///     var evaluation = Evaluation(labels)
///     evaluation.add(extractor.extract(document, annotations), of: "K0071")
///     let counts = evaluation.counts  // per field: right, wrong, missed
///
/// A value is right when it has the field, value and unit of a label and everything else that the label fixes; several
/// values that meet the same label count once. A value that meets none is wrong, a required label that no value meets is
/// missed. What is right and optional counts neither way.
package struct Evaluation: Sendable {
    package struct Count: Sendable, Hashable {
        package var field: String
        package var right = 0
        package var wrong = 0
        package var missed = 0

        package init(field: String) { self.field = field }

        /// Of the values that were given, the share that is right; nil where none was given.
        package var precision: Double? { Self.share(right, right + wrong) }
        /// Of the values that should be there, the share that is; nil where none should be.
        package var recall: Double? { Self.share(right, right + missed) }
        /// The harmonic mean of both.
        package var f1: Double? { Self.share(2 * right, 2 * right + wrong + missed) }

        private static func share(_ part: Int, _ whole: Int) -> Double? {
            whole == 0 ? nil : Double(part) / Double(whole)
        }
    }

    /// A value that no label accepts, or a label that no value meets.
    package enum Disagreement: Sendable, Hashable {
        case wrong(record: String, ExtractedValue)
        case missed(LabelTable.Label)
    }

    private let labels: [String: [LabelTable.Label]]
    private let fields: [String]
    private let records: Set<String>
    private var counted: [String: Count] = [:]
    private var seen = Set<String>()
    /// In the order in which records were added, fields as in the form.
    package private(set) var disagreements: [Disagreement] = []

    package init(_ table: LabelTable) {
        labels = Dictionary(grouping: table.labels, by: \.record)
        records = Set(table.records)
        fields = table.fields
        for field in fields { counted[field] = Count(field: field) }
    }

    /// Per field, in the order of the form.
    package var counts: [Count] { fields.compactMap { counted[$0] } }

    /// Records of the table that have been added.
    package var recordCount: Int { seen.count }

    package func isLabelled(_ record: String) -> Bool { records.contains(record) }

    /// Takes the values of a record; those of a record that nobody read, or that was added before, are left out.
    package mutating func add(_ values: [ExtractedValue], of record: String) {
        guard records.contains(record), seen.insert(record).inserted else { return }
        for field in fields {
            compare(
                values.filter { $0.field == field }, (labels[record] ?? []).filter { $0.field == field }, record, field)
        }
    }

    /// Labelled records that were not added.
    package var missing: [String] { records.subtracting(seen).sorted() }

    private mutating func compare(
        _ values: [ExtractedValue], _ labels: [LabelTable.Label], _ record: String, _ field: String
    ) {
        var count = counted[field] ?? Count(field: field)
        var met = Set<Int>()
        var wrong = Set<Wrong>()
        for value in values {
            let fitting = labels.indices.filter { labels[$0].accepts(value) }
            met.formUnion(fitting)
            guard fitting.isEmpty, wrong.insert(Wrong(value)).inserted else { continue }
            count.wrong += 1
            disagreements.append(.wrong(record: record, value))
        }
        for (index, label) in labels.enumerated() where !label.isOptional {
            if met.contains(index) {
                count.right += 1
            } else {
                count.missed += 1
                disagreements.append(.missed(label))
            }
        }
        counted[field] = count
    }

    /// What makes one wrong value another than the next.
    private struct Wrong: Hashable {
        let value: ExtractedValue.Value
        let unit: String?
        let time: Double?
        let arm: String?

        init(_ value: ExtractedValue) {
            self.value = value.value
            unit = value.unit
            time = value.time
            arm = value.arm
        }
    }
}

extension LabelTable.Label {
    func accepts(_ value: ExtractedValue) -> Bool {
        guard unit == nil || unit == value.unit, values.contains(where: { Self.isSame($0, value.value) }) else {
            return false
        }
        return Self.fits(arm, value.arm) { $0 == $1 } && Self.fits(outcome, value.outcome) { $0 == $1 }
            && Self.fits(time, value.time) { abs($0 - $1) <= 1e-6 * max(1, abs($0)) }
    }

    private static func fits<Value>(_ key: Key<Value>, _ value: Value?, _ isSame: (Value, Value) -> Bool) -> Bool {
        switch key {
        case .any: true
        case .none: value == nil
        case .exactly(let wanted): value.map { isSame(wanted, $0) } ?? false
        }
    }

    private static func isSame(_ wanted: ExtractedValue.Value, _ found: ExtractedValue.Value) -> Bool {
        switch (wanted, found) {
        case (.number(let a), .number(let b)): abs(a - b) <= 1e-9 * max(1, abs(a))
        case (.text(let a), .text(let b)): a.lowercased() == b.lowercased()
        default: false
        }
    }
}

package import Annotation

/// Reads the fields of a form from a report's annotations.
///
///     let values = try Extractor(form: .standard).extract(document, annotations)
///
/// A field is left out where the words do not settle it. Numbers of people come as counts where counts are printed:
/// `18 of 25 responded (72%)` gives `response` 18 `events`, `armSize` 25 and `response` 72 `%`, all of the same arm,
/// outcome and time; a percentage without counts stays one. Percentages that contradict their counts are kept, the
/// counts are not.
package struct Extractor: Sendable {
    package let form: ExtractionForm
    private let readers: [any FieldReader.Type]
    /// Where each field stands in the form.
    private let places: [String: Int]

    /// Refuses an empty form, a field twice, and a field that no reader knows.
    package init(form: ExtractionForm) throws(ExtractionFormError) {
        guard !form.fields.isEmpty else { throw .empty }
        let known = ExtractionForm.standardFields.map(\.id)
        for (index, field) in form.fields.enumerated() {
            guard known.contains(field.id) else { throw .unknownField(field.id, accepted: known) }
            if form.fields[..<index].contains(where: { $0.id == field.id }) { throw .repeatedField(field.id) }
        }
        self.form = form
        let wanted = Set(form.fields.map(\.id))
        readers = Self.allReaders.filter { !wanted.isDisjoint(with: $0.fields) }
        places = Dictionary(
            form.fields.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let allReaders: [any FieldReader.Type] = [
        DesignReader.self, TreatmentReader.self, PopulationReader.self, OutcomeReader.self, SettingReader.self,
    ]

    /// Values in the order of the form, then of the document; none twice.
    package func extract(_ document: Document, _ annotations: Annotations) -> [ExtractedValue] {
        let report = ReportView(document, annotations)
        var values: [ExtractedValue] = []
        for reader in readers { reader.read(report, into: &values) }
        var ordered: [ExtractedValue] = []
        ordered.reserveCapacity(values.count)
        // By field once: a value is much to copy, and there are many of both.
        var byField = Array(repeating: [Int](), count: form.fields.count)
        for index in values.indices {
            if let place = places[values[index].field] { byField[place].append(index) }
        }
        for (field, indices) in zip(form.fields, byField) where !indices.isEmpty {
            var seen = Set<Key>()
            for index in indices {
                var value = values[index]
                guard field.keep(&value) else { continue }
                let key = Key(
                    arm: value.arm, outcome: value.outcome, time: value.time, value: value.value, unit: value.unit,
                    dose: value.dose, comparator: value.comparator)
                if seen.insert(key).inserted { ordered.append(value) }
            }
        }
        return ordered
    }

    private struct Key: Hashable {
        let arm: String?
        let outcome: String?
        let time: Double?
        let value: ExtractedValue.Value
        let unit: String?
        let dose: String?
        let comparator: String?
    }
}

extension ExtractionForm.Field {
    /// Brings a value to what the form declares: its unit, its division. False where the form's vocabulary leaves the
    /// value out.
    fileprivate func keep(_ value: inout ExtractedValue) -> Bool {
        guard let standard = ExtractionForm.standard(id) else { return true }
        if standard.per != per {
            value.outcome = nil
            value.time = nil
            if per == .report {
                value.arm = nil
                value.dose = nil
                value.comparator = nil
            }
        }
        if vocabulary != standard.vocabulary, case .text(let word) = value.value, !vocabulary.contains(word) {
            return false
        }
        if let unit, let own = standard.unit, unit != own, value.unit == own, case .number(let number) = value.value {
            guard let converted = Units.convert(number, from: own, to: unit) else { return true }
            value.value = .number(converted)
            value.unit = unit
        }
        return true
    }
}

/// Reads a family of fields.
protocol FieldReader: SendableMetatype {
    static var fields: Set<String> { get }
    static func read(_ report: ReportView, into values: inout [ExtractedValue])
}

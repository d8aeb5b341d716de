import Annotation
import Extraction
import Screening

/// Holds what a person wrote against the form: field, type, unit, vocabulary, time.
struct ValueCheck {
    let form: ExtractionForm

    /// The value that a row states, normalised as the rules normalise theirs.
    ///
    /// - Parameters:
    ///   - before: the value that is corrected; its words stay what it rests on. nil for one that is added.
    ///   - reviewer: who stands for an added value.
    /// - Throws: `ValueRefusal` with every problem of the row.
    func value(
        _ row: ValueRow, correcting before: ExtractedValue?, by reviewer: String
    ) throws(ValueRefusal)
        -> ExtractedValue
    {
        guard let field = form.fields.first(where: { $0.id == row.field }) else {
            throw refuse(
                row.field.isEmpty
                    ? "which field? Accepted: \(form.fields.map(\.id).joined(separator: ", "))"
                    : "the form has no field '\(row.field)'; accepted: "
                        + NearestWord.hint(row.field, among: form.fields.map(\.id)))
        }
        guard let written = row.value else {
            throw refuse("\(field.id) has no value; to say that there is none, write `reject`")
        }
        if field.id == "adverseEventCount", row.outcome == nil {
            throw refuse("adverseEventCount: which event? Write its name in the column outcome, as in nausea")
        }
        let (value, unit) = try self.value(written, row.unit, field)
        let time = try hours(row.time)
        let text = row.text ?? [written, row.unit].compactMap(\.self).joined(separator: " ")
        return ExtractedValue(
            field: field.id, arm: row.arm, outcome: row.outcome, time: time, value: value, unit: unit, dose: row.dose,
            comparator: row.hasComparator ? row.comparator : before?.comparator,
            text: before?.text ?? text,
            evidence: before?.evidence
                // A person's word: it points to no bytes of the document.
                ?? Evidence(
                    field: .body, section: nil, start: 0, end: 0, quote: row.quote ?? "", rule: "person.\(reviewer)"))
    }

    private func value(
        _ written: String, _ unit: String?, _ field: ExtractionForm.Field
    ) throws(ValueRefusal) -> (ExtractedValue.Value, String?) {
        switch field.kind {
        case .text: return (.text(written), unit)
        case .vocabulary: return (.text(try word(written, field)), unit)
        case .number, .integer: return try number(written, unit, field)
        }
    }

    private func word(_ written: String, _ field: ExtractionForm.Field) throws(ValueRefusal) -> String {
        guard !field.vocabulary.isEmpty else { return written }
        guard let word = field.vocabulary.first(where: { $0.lowercased() == written.lowercased() }) else {
            throw refuse(
                "'\(written)' is no word of \(field.id); accepted: "
                    + NearestWord.hint(written, among: field.vocabulary))
        }
        return word
    }

    private func number(
        _ written: String, _ unit: String?, _ field: ExtractionForm.Field
    ) throws(ValueRefusal) -> (ExtractedValue.Value, String?) {
        guard let parsed = WrittenNumber.readWithUnit(written) else {
            throw refuse("\(field.id) takes a number; found '\(written)'")
        }
        if let inside = parsed.unit, let unit, inside.lowercased() != unit.lowercased() {
            throw refuse("\(field.id): the value says '\(inside)', the column unit says '\(unit)'")
        }
        let units = Self.units(of: field)
        // A dose may be fixed, a rate or told by the day; without a unit it is in the field's own.
        let others = ["dose", "comparatorDose"].contains(field.id) ? UnitConversion.otherDoses : []
        var number = parsed.number
        var canonical = units.first
        if let given = parsed.unit ?? unit {
            guard
                let match = (units + others).first(where: { UnitConversion.convert(number, from: given, to: $0) != nil }
                ),
                let converted = UnitConversion.convert(number, from: given, to: match)
            else {
                throw refuse(
                    "\(field.id) cannot be in '\(given)'; accepted: "
                        + (units + others).flatMap(UnitConversion.accepted).joined(separator: ", "))
            }
            (number, canonical) = (converted, match)
        } else if units.count > 1 {
            throw refuse("\(field.id) needs a unit: \(units.joined(separator: " or "))")
        }
        try check(number, canonical, field)
        return (.number(number), canonical)
    }

    /// `events or %` are two.
    static func units(of field: ExtractionForm.Field) -> [String] {
        (field.unit ?? "").split(separator: " or ").map { $0.split(separator: " ").joined(separator: " ") }
    }

    private func check(_ number: Double, _ unit: String?, _ field: ExtractionForm.Field) throws(ValueRefusal) {
        let shown = ExtractedValue.Value.number(number).plainText
        let isCount = field.kind == .integer || unit == "events"
        if isCount, number != number.rounded() || number < 0 || number > 1e9 {
            throw refuse("\(field.id) is a whole number from 0; found \(shown)")
        }
        if unit == "%", !(0...100).contains(number) {
            throw refuse("\(field.id) in % lies between 0 and 100; found \(shown)")
        }
        if let unit, ["mg/kg", "min", "years"].contains(unit), number < 0 {
            throw refuse("\(field.id) cannot be negative; found \(shown)")
        }
    }

    private func hours(_ written: String?) throws(ValueRefusal) -> Double? {
        guard let written else { return nil }
        guard let parsed = WrittenNumber.readWithUnit(written),
            let hours = UnitConversion.convert(parsed.number, from: parsed.unit ?? "h", to: "h"), hours >= 0
        else {
            throw refuse(
                "time is in hours from the start of the infusion (or a number with min, d or weeks); found '\(written)'"
            )
        }
        return hours
    }

    private func refuse(_ text: String) -> ValueRefusal { ValueRefusal(problems: [text]) }
}

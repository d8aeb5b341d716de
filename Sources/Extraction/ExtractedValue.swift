package import Annotation
package import Bibliography
package import Interchange

/// One value of a form, read from a report, with the words it rests on.
package struct ExtractedValue: Sendable, Hashable, Codable {
    package enum Value: Sendable, Hashable, Codable {
        case number(Double)
        /// A word of the field's vocabulary, or the printed words where the field has none.
        case text(String)
    }

    /// The field's id in the form, `dose`.
    package var field: String
    /// The drug of the arm; nil for the whole study.
    package var arm: String?
    /// The scale that an outcome is measured by, the name of an adverse event, the reason of a drop-out, or the outcome that
    /// an arm size is the denominator of.
    package var outcome: String?
    /// Hours from the start of the infusion.
    package var time: Double?
    /// Normalised: mg/kg, minutes, per cent.
    package var value: Value
    package var unit: String?
    /// What tells the arm from another arm of the same drug, `0.1 mg/kg` or `twice weekly`; nil where nothing has to.
    package var dose: String?
    /// Of an effect: what the arm is held against; nil where the words do not say.
    package var comparator: String?
    /// As printed, with its unit.
    package var text: String
    package var evidence: Evidence

    package init(
        field: String, arm: String? = nil, outcome: String? = nil, time: Double? = nil, value: Value,
        unit: String? = nil, dose: String? = nil, comparator: String? = nil, text: String, evidence: Evidence
    ) {
        self.field = field
        self.arm = arm
        self.outcome = outcome
        self.time = time
        self.value = value
        self.unit = unit
        self.dose = dose
        self.comparator = comparator
        self.text = text
        self.evidence = evidence
    }

    /// What an `armSize` names in its `outcome`, to be the number for this value: the field, and of an adverse event its
    /// name, for not everybody is asked for every event.
    package var sizeOutcome: String { Self.sizeOutcome(field, outcome) }

    package static func sizeOutcome(_ field: String, _ outcome: String?) -> String {
        field == Outcome.Kind.adverseEvent.rawValue ? outcome ?? field : field
    }

    package var number: Double? { if case .number(let number) = value { number } else { nil } }

    /// One object with the keys of `sluice extract`, in their order; value and unit as printed.
    package func write(to json: inout JSONWriter, id: RecordID) {
        json.object { json in
            json.member("id", id.rawValue)
            json.member("field", field)
            json.member("arm", arm)
            json.member("outcome", outcome)
            json.member("time", time)
            let printed = self.printed
            switch printed.value {
            case .number(let number): json.member("value", number)
            case .text(let text): json.member("value", text)
            }
            json.member("unit", printed.unit)
            json.member("text", text)
            json.member("evidence") { evidence.writeJSON(to: &$0) }
            json.member("dose", dose)
            if let comparator { json.member("comparator", comparator) }
        }
    }
}

import Annotation
import Extraction
import Interchange
import Synthesis

/// How well extracted values agree with a person's reading, as a text table or as JSON.
struct EvaluationReport {
    private struct Rate {
        var value: Double?
        var interval: (lower: Double, upper: Double)?
    }

    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    /// All fields, then their sum.
    private var counts: [Evaluation.Count] {
        var all = Evaluation.Count(field: "all")
        for count in evaluation.counts {
            all.right += count.right
            all.wrong += count.wrong
            all.missed += count.missed
        }
        return evaluation.counts + [all]
    }

    private static func precision(_ count: Evaluation.Count) -> Rate {
        Rate(value: count.precision, interval: Self.interval(count.right, of: count.right + count.wrong))
    }

    private static func recall(_ count: Evaluation.Count) -> Rate {
        Rate(value: count.recall, interval: Self.interval(count.right, of: count.right + count.missed))
    }

    private static func interval(_ events: Int, of total: Int) -> (lower: Double, upper: Double)? {
        ExactInterval(events: events, of: total).map { ($0.lower, $0.upper) }
    }

    /// F1 is 2p / (1 + p) where p is the share of right ones among right, wrong and missed: a proportion, whose exact
    /// limits give those of F1.
    private static func f1(_ count: Evaluation.Count) -> Rate {
        let share = Self.interval(count.right, of: count.right + count.wrong + count.missed)
        return Rate(
            value: count.f1, interval: share.map { (2 * $0.lower / (1 + $0.lower), 2 * $0.upper / (1 + $0.upper)) })
    }

    // MARK: text

    func text(withList: Bool) -> String {
        let counts = counts
        let width = max(5, counts.map(\.field.count).max() ?? 0)
        var text =
            "Values against a person's reading of \(evaluation.recordCount) "
            + "record\(evaluation.recordCount == 1 ? "" : "s"), with exact 95 % intervals\n\n"
        text +=
            pad("Field", width) + "  Right  Wrong  Missed  " + pad("Precision", 19) + "  " + pad("Recall", 19)
            + "  F1\n"
        for (index, count) in counts.enumerated() {
            if index == counts.count - 1 { text += "\n" }
            text +=
                pad(count.field, width) + "  " + left(count.right, 5) + "  " + left(count.wrong, 5) + "  "
                + left(count.missed, 6) + "  " + pad(shown(Self.precision(count)), 19) + "  "
                + pad(shown(Self.recall(count)), 19) + "  " + shown(Self.f1(count)) + "\n"
        }
        if withList { text += "\n" + evaluation.disagreements.map(line).joined(separator: "\n") + "\n" }
        return String(text.dropLast())
    }

    private func shown(_ rate: Rate) -> String {
        guard let value = rate.value else { return "-" }
        guard let (lower, upper) = rate.interval else { return digits(value) }
        return "\(digits(value)) (\(digits(lower))-\(digits(upper)))"
    }

    /// Three digits behind the point.
    private func digits(_ share: Double) -> String {
        let thousandths = Int((share * 1000).rounded())
        let behind = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - behind.count) + behind
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func left(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func line(_ disagreement: Evaluation.Disagreement) -> String {
        switch disagreement {
        case .wrong(let record, let value):
            let place = "\(value.evidence.field.rawValue) \(value.evidence.start)-\(value.evidence.end)"
            let shown = [
                plain(value.value), value.unit, value.arm.map { "arm \($0)" }, value.outcome.map { "outcome \($0)" },
                value.time.map { "time \(TableCell.number($0).plainText)" },
            ]
            return "wrong   \(record)  \(value.field)  \(shown.compactMap { $0 }.joined(separator: " ")): "
                + "\"\(value.evidence.quote)\" (\(place))"
        case .missed(let label):
            let values = label.values.map(plain).joined(separator: "|")
            let shown = [
                values, label.unit, keyed("arm", label.arm), keyed("outcome", label.outcome), timed(label.time),
            ]
            return "missed  \(label.record)  \(label.field)  "
                + "\(shown.compactMap { $0 }.joined(separator: " ")) (line \(label.line))"
        }
    }

    private func plain(_ value: ExtractedValue.Value) -> String {
        switch value {
        case .number(let number): TableCell.number(number).plainText
        case .text(let text): text
        }
    }

    private func keyed(_ name: String, _ key: LabelTable.Label.Key<String>) -> String? {
        switch key {
        case .any: nil
        case .none: "no \(name)"
        case .exactly(let word): "\(name) \(word)"
        }
    }

    private func timed(_ key: LabelTable.Label.Key<Double>) -> String? {
        switch key {
        case .any: nil
        case .none: "no time"
        case .exactly(let hours): "time \(TableCell.number(hours).plainText)"
        }
    }

    // MARK: JSON

    func json() -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("records", evaluation.recordCount)
            json.member("level", 0.95)
            json.member("fields") { json in json.array { for count in counts { write(count, &$0) } } }
            json.member("disagreements") { json in
                json.array { for disagreement in evaluation.disagreements { write(disagreement, &$0) } }
            }
        }
        return json.text
    }

    private func write(_ count: Evaluation.Count, _ json: inout JSONWriter) {
        json.object { json in
            json.member("field", count.field)
            json.member("right", count.right)
            json.member("wrong", count.wrong)
            json.member("missed", count.missed)
            for (name, rate) in [
                ("precision", Self.precision(count)), ("recall", Self.recall(count)), ("f1", Self.f1(count)),
            ] {
                json.member(name, rate.value)
                json.member(name + "Lower", rate.interval?.lower)
                json.member(name + "Upper", rate.interval?.upper)
            }
        }
    }

    private func write(_ disagreement: Evaluation.Disagreement, _ json: inout JSONWriter) {
        switch disagreement {
        case .wrong(let record, let value):
            json.object { json in
                json.member("kind", "wrong")
                json.member("record", record)
                json.member("field", value.field)
                json.member("value", plain(value.value))
                json.member("unit", value.unit)
                json.member("arm", value.arm)
                json.member("time", value.time)
                json.member("line", Int?.none)
                json.member("evidence") { value.evidence.writeJSON(to: &$0) }
            }
        case .missed(let label):
            json.object { json in
                json.member("kind", "missed")
                json.member("record", label.record)
                json.member("field", label.field)
                json.member("value", label.values.map(plain).joined(separator: "|"))
                json.member("unit", label.unit)
                json.member("arm", exact(label.arm))
                json.member("time", exact(label.time))
                json.member("line", label.line)
                json.member("evidence") { $0.null() }
            }
        }
    }

    private func exact<Value>(_ key: LabelTable.Label.Key<Value>) -> Value? {
        if case .exactly(let value) = key { value } else { nil }
    }
}

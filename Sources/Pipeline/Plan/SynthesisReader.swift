import Screening

extension SynthesisPlan {
    private static let keys = [
        "id", "title", "outcome", "event", "measure", "scale", "time", "window", "comparison", "method", "test",
        "level",
    ]

    static func read(_ fields: PlanFields, _ problems: PlanProblems) -> SynthesisPlan {
        guard let node = fields.node("synthesis"), !node.isEmpty,
            let synthesis = PlanFields(node, path: "synthesis", keys: ["treatment", "outcomes"], problems: problems)
        else { return SynthesisPlan(treatment: [], outcomes: []) }
        let treatment = synthesis.texts("treatment").map(\.text)
        var outcomes: [OutcomePlan] = []
        for (index, item) in synthesis.list("outcomes").enumerated() {
            let path = "synthesis.outcomes[\(index)]"
            guard let entry = PlanFields(item, path: path, keys: keys, problems: problems),
                let outcome = outcome(entry, problems)
            else { continue }
            if outcomes.contains(where: { $0.id == outcome.id }) {
                problems.add(item.line, path + ".id", "two outcomes have this id", found: outcome.id)
            }
            outcomes.append(outcome)
        }
        if treatment.isEmpty, !outcomes.isEmpty {
            problems.add(
                synthesis.line, "synthesis.treatment", "this key is missing",
                accepted: "the drugs whose arms are the treatment, as extraction names them: [ketamine]")
        }
        return SynthesisPlan(treatment: treatment, outcomes: outcomes)
    }

    private static func outcome(_ fields: PlanFields, _ problems: PlanProblems) -> OutcomePlan? {
        let id = fields.id()
        let outcome = required("outcome", as: OutcomePlan.Outcome.self, fields, problems)
        let measure = required("measure", as: OutcomePlan.Measure.self, fields, problems)
        let time = fields.number("time", in: 0...100_000)
        let window = window(fields, problems)
        if let time, let window, !window.contains(time) {
            problems.add(
                fields.line("window"), fields.join("window"), "the time does not lie in its window",
                found: "\(window.lowerBound) to \(window.upperBound)", accepted: "a window around \(time)")
        }
        let comparison = fields.choice("comparison", as: OutcomePlan.Comparison.self)
        if let comparison, let measure, (comparison == .none) != measure.isSingleArm {
            problems.add(
                fields.line("comparison"), fields.join("comparison"),
                "\(measure.rawValue) \(measure.isSingleArm ? "is of one group" : "compares two groups")",
                found: comparison.rawValue, accepted: measure.isSingleArm ? "none" : "placebo, active, any")
        }
        let scale = scale(fields, outcome, measure, problems)
        let event = event(fields, outcome, problems)
        let method = fields.choice("method", as: OutcomePlan.Method.self) ?? .REML
        let test = fields.choice("test", as: OutcomePlan.Test.self) ?? .z
        let level = fields.number("level", in: 50...99.99) ?? 95
        let title = fields.text("title")?.text
        guard let id, let outcome, let measure else { return nil }
        return OutcomePlan(
            id: id.text, title: title ?? id.text, outcome: outcome, event: event, measure: measure, scale: scale,
            time: time,
            window: window,
            comparison: comparison ?? (measure.isSingleArm ? .none : .any), method: method, test: test, level: level)
    }

    /// An adverse event has a name; of drop-outs the reason may be named; nothing else has one.
    private static func event(
        _ fields: PlanFields, _ outcome: OutcomePlan.Outcome?, _ problems: PlanProblems
    ) -> String? {
        let event = fields.text("event")
        guard let outcome else { return event?.text }
        if outcome == .adverseEventCount, event == nil {
            problems.add(
                fields.line, fields.join("event"), "this key is missing: which adverse event is pooled",
                accepted: "event: nausea; or event: any adverse event")
        } else if outcome != .adverseEventCount, outcome != .dropout, let event {
            problems.add(
                event.line, fields.join("event"), "only adverse events and drop-outs have one", found: event.text,
                accepted: "outcome: adverseEventCount or dropout")
        }
        return event?.text
    }

    /// Means go with MD and SMD, events with the others; points of different scales have no mean difference.
    private static func scale(
        _ fields: PlanFields, _ outcome: OutcomePlan.Outcome?, _ measure: OutcomePlan.Measure?,
        _ problems: PlanProblems
    ) -> String? {
        let scale = fields.text("scale")
        guard let outcome, let measure else { return scale?.text }
        if outcome.isContinuous != measure.isContinuous {
            problems.add(
                fields.line("measure"), fields.join("measure"),
                outcome.isContinuous ? "\(outcome.rawValue) is a mean" : "\(outcome.rawValue) is counted in events",
                found: measure.rawValue,
                accepted: OutcomePlan.Measure.allCases.filter { $0.isContinuous == outcome.isContinuous }
                    .map(\.rawValue).joined(separator: ", "))
        } else if measure == .MD, scale == nil {
            problems.add(
                fields.line, fields.join("scale"),
                "this key is missing: points of different scales have no mean difference",
                accepted: "scale: MADRS; or measure: SMD")
        } else if !outcome.isContinuous, let scale {
            problems.add(
                scale.line, fields.join("scale"), "only means are of a scale", found: scale.text,
                accepted: "outcome: endpoint or change")
        }
        return scale?.text
    }

    private static func required<Choice: RawRepresentable & CaseIterable>(
        _ key: String, as: Choice.Type, _ fields: PlanFields, _ problems: PlanProblems
    ) -> Choice? where Choice.RawValue == String {
        if fields.entry(key) == nil {
            problems.add(
                fields.line, fields.join(key), "this key is missing",
                accepted: Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return fields.choice(key, as: Choice.self)
    }

    private static func window(_ fields: PlanFields, _ problems: PlanProblems) -> ClosedRange<Double>? {
        let ends = fields.texts("window")
        guard !ends.isEmpty else { return nil }
        let numbers = ends.compactMap { Double($0.text) }.filter { $0.isFinite && $0 >= 0 }
        guard ends.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else {
            problems.add(
                fields.line("window"), fields.join("window"), "not a window of hours",
                found: ends.map(\.text).joined(separator: ", "), accepted: "[first hour, last hour]")
            return nil
        }
        return numbers[0]...numbers[1]
    }
}

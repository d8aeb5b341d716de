import Annotation

/// Scales, scores, and how many responded, remitted, relapsed or left.
enum OutcomeReader: FieldReader {
    static let fields: Set<String> = [
        "scale", "scaleVersion", "baseline", "baselineSD", "endpoint", "endpointSD", "change", "changeSD", "response",
        "remission", "relapse", "relapseTime", "dropout", "adverseEventCount", "armSize", "effect", "effectLower",
        "effectUpper", "pValue",
    ]

    /// Forms that say how resistance was counted, not how ill someone is.
    private static let staging: Set<String> = ["ATHF", "MGH-ATRQ", "MSM", "Thase-Rush"]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        var versions = Set<String>()
        for finding in report.own {
            if case .scale(let scale) = finding.annotation.value { versions.insert(scale.name) }
        }
        for finding in report.own {
            let annotation = finding.annotation
            switch annotation.value {
            case .scale(let scale) where !staging.contains(scale.name):
                // `HAM-D` beside `HAM-D-17` is the same scale, said shortly.
                if versions.contains(where: { $0.hasPrefix(scale.name + "-") }) { continue }
                values.append(report.value("scale", .text(scale.name), annotation))
                if let (family, version) = version(of: scale.name) {
                    values.append(report.value("scaleVersion", .text(version), annotation, outcome: family))
                }
            case .effect(let effect) where !report.isReview:
                values.append(self.effect(effect, annotation, report))
            case .relapseTime(let days) where !report.isReview:
                values.append(report.value("relapseTime", .number(days), annotation, unit: "days"))
            case .score(let score):
                values.append(
                    report.value(
                        score.kind.rawValue, .number(score.mean), annotation, unit: "points", arm: score.arm,
                        outcome: score.scale, time: score.hours, dose: score.dose))
                if let sd = score.sd, let field = ScoreTable.deviations[score.kind.rawValue] {
                    values.append(
                        report.value(
                            field, .number(sd), annotation, unit: "points", arm: score.arm, outcome: score.scale,
                            time: score.hours, dose: score.dose))
                }
            case .outcome(let outcome) where !report.isReview:
                self.outcome(outcome, annotation, report, &values)
            default: break
            }
        }
    }

    private static let versioned = ["HDRS-", "QIDS-", "IDS-", "BDI-"]

    /// `HDRS-17` is the family HDRS in the version 17.
    private static func version(of scale: String) -> (family: String, version: String)? {
        guard let start = versioned.first(where: scale.hasPrefix) else { return nil }
        return (String(start.dropLast()), String(scale.dropFirst(start.count)))
    }

    private static func effect(_ effect: Effect, _ annotation: Annotation, _ report: ReportView) -> ExtractedValue {
        let field =
            switch effect.part {
            case .estimate: "effect"
            case .lower: "effectLower"
            case .upper: "effectUpper"
            case .p: "pValue"
            }
        var value = report.value(
            field, .number(effect.value), annotation, unit: effect.part == .p ? nil : effect.measure.rawValue,
            arm: effect.arm, outcome: effect.outcome, time: effect.hours, dose: effect.dose)
        value.comparator = effect.comparator
        return value
    }

    private static func outcome(
        _ outcome: Outcome, _ annotation: Annotation, _ report: ReportView, _ values: inout [ExtractedValue]
    ) {
        let field = outcome.kind.rawValue
        let place = outcome.name ?? outcome.scale
        var events = outcome.events
        if let count = outcome.events, let total = outcome.total, let percentage = outcome.percentage,
            !agrees(percentage, count, total)
        {
            events = nil
        }
        if let events {
            values.append(
                report.value(
                    field, .number(Double(events)), annotation, unit: "events", arm: outcome.arm,
                    outcome: place, time: outcome.hours, dose: outcome.dose))
            if let total = outcome.total {
                values.append(
                    report.value(
                        "armSize", .number(Double(total)), annotation, unit: "participants", arm: outcome.arm,
                        outcome: ExtractedValue.sizeOutcome(field, place), time: outcome.hours, dose: outcome.dose))
            }
        }
        if let percentage = outcome.percentage {
            values.append(
                report.value(
                    field, .number(percentage), annotation, unit: "%", arm: outcome.arm, outcome: place,
                    time: outcome.hours, dose: outcome.dose))
        }
    }

    /// Whether a percentage is that of its counts, as closely as it is printed.
    static func agrees(_ percentage: Double, _ events: Int, _ total: Int) -> Bool {
        guard total > 0 else { return false }
        let share = 100 * Double(events) / Double(total)
        return abs(share - percentage) <= Percentages.halfStep(of: percentage) + 1e-9
    }
}

/// How exactly percentages are printed.
enum Percentages {
    /// Half of the last printed digit: 0.5 for 64 %, 0.05 for 64.3 %.
    static func halfStep(of percentage: Double) -> Double {
        var step = 0.5
        var scaled = percentage
        for _ in 0..<4 {
            if abs(scaled - scaled.rounded()) < 1e-6 { return step }
            scaled *= 10
            step /= 10
        }
        return step
    }

    /// The number of people that a percentage of a whole is, where exactly one number rounds to it.
    static func events(_ percentage: Double, of total: Int) -> Int? {
        guard total > 0, total < 1_000_000, percentage >= 0, percentage <= 100 else { return nil }
        let count = (percentage * Double(total) / 100).rounded()
        guard abs(100 * count / Double(total) - percentage) <= halfStep(of: percentage) + 1e-9 else { return nil }
        // Among many people a rounded percentage fits several counts.
        let next = 100 * (count + 1) / Double(total)
        let previous = 100 * (count - 1) / Double(total)
        let isAmbiguous =
            abs(next - percentage) <= halfStep(of: percentage) || abs(previous - percentage) <= halfStep(of: percentage)
        return isAmbiguous ? nil : Int(count)
    }
}

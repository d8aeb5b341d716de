import Annotation

/// Doses, routes, durations and the course of treatment.
enum TreatmentReader: FieldReader {
    static let fields: Set<String> = [
        "dose", "comparatorDose", "enantiomer", "route", "infusionDuration", "infusions", "schedule",
        "doseBasis",
    ]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        // `responded to a single dose before`: one infusion is the course only where no longer one is told of.
        let hasCourse = report.own.contains {
            if case .infusions(let count) = $0.annotation.value { count > 1 && $0.zone != .results } else { false }
        }
        // `effects resulted from a single dose`: conclusions count only where nothing before them does.
        let isCounted = report.own.contains {
            if case .infusions = $0.annotation.value { $0.zone != .results && $0.zone != .conclusions } else { false }
        }
        // Read only where a dose of another drug asks for it.
        var comparators: Set<String>?
        for finding in report.own {
            let annotation = finding.annotation
            switch annotation.value {
            case .dose(let dose):
                self.dose(
                    dose, finding, report,
                    {
                        if let comparators { return comparators }
                        let found = ComparatorReader.names(report)
                        comparators = found
                        return found
                    }, &values)
            case .route(let route):
                guard !annotation.context.contains(.otherDrug), report.field(annotation) != .keywords else { continue }
                guard !isOfOthers(annotation, report) else { continue }
                values.append(
                    report.value("route", .text(route.rawValue), annotation, arm: annotation.drug))
            case .duration(let duration):
                guard !annotation.context.contains(.otherDrug) else { continue }
                for minutes in ends(duration.low, duration.high) {
                    values.append(
                        report.value(
                            "infusionDuration", .number(minutes), annotation, unit: "min", arm: annotation.drug))
                }
            case .infusions(let count):
                // The courses that a review tells of are those of its studies.
                guard !report.isReview, finding.zone != .results,
                    finding.zone != .conclusions || !isCounted && count == 1
                else { continue }
                if count == 1, hasCourse, finding.zone != .title { continue }
                values.append(report.value("infusions", .number(Double(count)), annotation, unit: "infusions"))
            case .schedule(let schedule):
                guard finding.zone != .results, finding.zone != .conclusions else { continue }
                values.append(report.value("schedule", .text(schedule), annotation))
            case .drug(let name): enantiomer(name, annotation, report, &values)
            default: break
            }
        }
    }

    /// `consistent with IV ketamine trials`, `without need for intravenous access`: the route of others, or of nobody.
    private static func isOfOthers(_ annotation: Annotation, _ report: ReportView) -> Bool {
        let before = report.text(before: annotation, bytes: 26).lowercased()
        let after = report.text(after: annotation, bytes: 18)
        let isHeldAgainst = ["consistent with ", "comparable to ", "similar to "].contains(where: before.hasSuffix)
        if isHeldAgainst, after.contains(" trials") || after.contains(" studies") { return true }
        return before.contains("without need for") || before.contains("without the need for")
    }

    private static func dose(
        _ dose: Dose, _ finding: ReportView.Finding, _ report: ReportView, _ comparators: () -> Set<String>,
        _ values: inout [ExtractedValue]
    ) {
        let annotation = finding.annotation
        switch dose.unit {
        case .nanogramsPerMillilitre, .milligramsPerMillilitre, .millimolesPerLitre: return
        default: break
        }
        guard let drug = dose.drug else { return }
        let daily = dose.isTotal ? daily(dose, annotation, report) : nil
        guard !dose.isTotal || daily != nil else { return }
        // `consumption of 87.4 ± 9.5 µg`: what was used up, not what was given.
        if finding.zone == .results, report.text(annotation).contains("\u{B1}"), dose.unit == .milligrams { return }
        if report.text(before: annotation, bytes: 60).contains("consumption") { return }
        // `raised in steps of 0.1 mg/kg`: how much more, not how much.
        let next = report.text(after: annotation, bytes: 12)
        if [" step", " increment", "-step"].contains(where: next.hasPrefix) { return }
        // `(maximum 50 mg)` caps a dose.
        let before = report.text(before: annotation, bytes: 9)
        if ["maximum ", "max ", "max. ", "max: ", "minimum "].contains(where: before.hasSuffix) { return }
        // A dose of a drug that is neither studied nor compared is background medication.
        let isOther = annotation.context.contains(.otherDrug)
        let isComparator = annotation.context.contains(.comparator) || isOther && comparators().contains(drug)
        guard isComparator || !isOther else { return }
        for amount in ends(dose.low, dose.high) {
            values.append(
                report.value(
                    isComparator ? "comparatorDose" : "dose", .number(amount), annotation,
                    unit: daily ?? dose.unit.rawValue, arm: drug))
        }
    }

    /// `160 mg/day` is told by the day, and so kept; a total of a course is no dose.
    private static func daily(_ dose: Dose, _ annotation: Annotation, _ report: ReportView) -> String? {
        let text = report.text(annotation).lowercased()
        guard text.hasSuffix("day") || text.hasSuffix("daily") || text.hasSuffix("/d") else { return nil }
        return dose.unit.rawValue + "/day"
    }

    /// The ends of a range; one number where they are the same.
    private static func ends(_ low: Double, _ high: Double) -> [Double] { low == high ? [low] : [low, high] }

    /// Doses of `ketamine hydrochloride` are told as the salt; the base is 0.87 of it.
    private static func basis(
        _ name: String, _ words: String, _ annotation: Annotation, _ report: ReportView,
        _ values: inout [ExtractedValue]
    ) {
        if words.contains("hydrochloride") || words.contains("hcl") {
            values.append(report.value("doseBasis", .text("hydrochloride"), annotation, arm: name))
        } else if words.hasSuffix("base") {
            values.append(report.value("doseBasis", .text("base"), annotation, arm: name))
        }
    }

    private static func enantiomer(
        _ name: String, _ annotation: Annotation, _ report: ReportView, _ values: inout [ExtractedValue]
    ) {
        guard DrugNames.isKetamine(name) else { return }
        let text = report.text(annotation).lowercased()
        let isOther = annotation.context.contains(.otherDrug)
        if !isOther { basis(name, text, annotation, report, &values) }
        switch name {
        case "esketamine", "arketamine":
            guard !isOther else { return }
            values.append(report.value("enantiomer", .text(name), annotation, arm: name))
        case "ketamine":
            guard text.hasPrefix("racemic") || text.hasPrefix("(r,s)") || text.hasPrefix("(r/s)") else { return }
            values.append(report.value("enantiomer", .text("racemic"), annotation, arm: name))
        default: break
        }
    }
}

/// Ketamine and its mirror images.
enum DrugNames {
    static func isKetamine(_ name: String) -> Bool {
        name == "ketamine" || name == "esketamine" || name == "arketamine"
    }
}

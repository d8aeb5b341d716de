import Annotation

/// Design, blinding and what the drug is compared with.
enum DesignReader: FieldReader {
    static let fields: Set<String> = ["design", "blinding", "comparator"]

    private static let designs: Set<String> = Set(
        ExtractionForm.standardFields.first { $0.id == "design" }?.vocabulary ?? [])
    private static let blindings: Set<String> = ["doubleBlind", "singleBlind", "openLabel"]
    private static let summaries: Set<String> = ["review", "metaAnalysis", "editorial", "letter", "erratum"]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        for finding in report.own {
            let annotation = finding.annotation
            guard case .design(let design) = annotation.value, finding.zone != .conclusions else { continue }
            // A review speaks of the designs of others.
            if report.isReview, !summaries.contains(design.name) { continue }
            let isNamed = finding.zone == .title || report.field(annotation) == .publicationTypes
            if summaries.contains(design.name), !isNamed, !report.isReview { continue }
            if designs.contains(design.name), isPlausible(design.name, finding, report) {
                values.append(report.value("design", .text(design.name), annotation))
            } else if blindings.contains(design.name) {
                values.append(report.value("blinding", .text(design.name), annotation))
            }
        }
        // `an open-label phase followed`: the trial was blind before it.
        if values.contains(where: { $0.value == .text("doubleBlind") || $0.value == .text("singleBlind") }) {
            values.removeAll { $0.field == "blinding" && $0.value == .text("openLabel") }
        }
        comparators(report, &values)
    }

    /// A passing mention is no design: these count where a study says what it is.
    private static func isPlausible(_ name: String, _ finding: ReportView.Finding, _ report: ReportView) -> Bool {
        switch name {
        case "animalStudy": return finding.annotation.context.contains(.animal)
        case "healthyVolunteers", "protocol", "secondaryAnalysis", "pilot", "caseReport", "caseSeries", "observational":
            return finding.zone != .conclusions && finding.zone != .results
        default: return true
        }
    }

    private static func comparators(_ report: ReportView, _ values: inout [ExtractedValue]) {
        guard !report.isReview else { return }
        var hasPlacebo = false
        var saline: Annotation?
        for finding in report.own where finding.zone != .conclusions || finding.zone == .title {
            let annotation = finding.annotation
            switch annotation.value {
            case .design(let design) where design.name == "placeboControlled":
                hasPlacebo = true
                values.append(report.value("comparator", .text("placebo"), annotation))
            case .drug(let name) where annotation.context.contains(.comparator):
                switch name {
                case "placebo":
                    hasPlacebo = true
                    values.append(report.value("comparator", .text(name), annotation))
                case "saline" where report.text(annotation).lowercased().contains("placebo"):
                    hasPlacebo = true
                    values.append(report.value("comparator", .text("placebo"), annotation))
                case "saline": saline = saline ?? annotation
                case "ect":
                    if isOpposed(report, annotation) {
                        values.append(report.value("comparator", .text(name), annotation))
                    }
                default: values.append(report.value("comparator", .text(name), annotation))
                }
            case .drug(let name) where annotation.context.contains(.otherDrug):
                // Another drug is a comparator where the title or the words beside it set it against the first.
                if isOpposed(report, annotation) { values.append(report.value("comparator", .text(name), annotation)) }
            default: break
            }
        }
        // Saline is what placebo is made of; where placebo is named, it is the same arm.
        if let saline, !hasPlacebo { values.append(report.value("comparator", .text("saline"), saline)) }
    }

    /// `versus`, `compared with`, `or` directly before a drug.
    private static func isOpposed(_ report: ReportView, _ annotation: Annotation) -> Bool {
        let before = report.text(before: annotation, bytes: 24)
        return ["versus ", " vs ", " vs. ", "compared with ", "compared to ", "compared to an ", " against "].contains {
            before.hasSuffix($0)
        }
    }
}

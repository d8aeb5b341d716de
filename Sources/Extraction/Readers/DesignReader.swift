import Annotation

/// Design, blinding and what the drug is compared with.
enum DesignReader: FieldReader {
    static let fields: Set<String> = ["design", "blinding", "comparator"]

    private static let designs: Set<String> = Set(
        ExtractionForm.standardFields.first { $0.id == "design" }?.vocabulary ?? [])
    private static let blindings: Set<String> = ["doubleBlind", "singleBlind", "openLabel"]
    private static let summaries: Set<String> = ["review", "metaAnalysis", "editorial", "letter", "erratum"]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        var openLabel: Annotation?
        for finding in report.own {
            let annotation = finding.annotation
            guard case .design(let design) = annotation.value,
                finding.zone != .conclusions || isOwnedUp(design.name, annotation, report)
            else { continue }
            // A review speaks of the designs of others.
            if report.isReview, !summaries.contains(design.name) { continue }
            let isNamed = finding.zone == .title || report.field(annotation) == .publicationTypes
            if summaries.contains(design.name), !isNamed, !report.isReview { continue }
            if designs.contains(design.name), isPlausible(design.name, finding, report) {
                values.append(report.value("design", .text(design.name), annotation))
            } else if blindings.contains(design.name), !isOfOthers(annotation, report) {
                values.append(report.value("blinding", .text(design.name), annotation))
                if design.name == "openLabel", isOfThisStudy(annotation, report) { openLabel = openLabel ?? annotation }
            }
        }
        // `an open-label phase followed`: the trial was blind before it.
        if values.contains(where: { $0.value == .text("doubleBlind") || $0.value == .text("singleBlind") }) {
            values.removeAll { $0.field == "blinding" && $0.value == .text("openLabel") }
            openLabel = nil
        }
        ComparatorReader.read(report, into: &values)
        if let openLabel, isOfOneArm(report, values) {
            values.append(report.value("design", .text("singleArm"), openLabel))
        }
    }

    /// All got the same and knew it: open-label treatment that is neither allotted by chance nor compared, and no look
    /// back at practice. (A comparison may still be one of patients.)
    private static func isOfOneArm(_ report: ReportView, _ values: [ExtractedValue]) -> Bool {
        let others: Set<ExtractedValue.Value> = [
            .text("randomised"), .text("crossover"), .text("singleArm"), .text("retrospective"), .text("observational"),
            .text("caseReport"), .text("protocol"), .text("animalStudy"), .text("secondaryAnalysis"),
        ]
        return !report.isReview
            && !values.contains { $0.field == "comparator" || $0.field == "design" && others.contains($0.value) }
    }

    /// No extension of a trial, and no `open-label trials` of others.
    private static func isOfThisStudy(_ annotation: Annotation, _ report: ReportView) -> Bool {
        let after = report.text(after: annotation, bytes: 9)
        return !report.text(annotation).lowercased().contains("extension")
            && ![" trials", " studies", " extensi"].contains(where: after.hasPrefix)
    }

    /// `rates in open-label studies being as high as`: several studies, and none of one's own.
    private static func isOfOthers(_ annotation: Annotation, _ report: ReportView) -> Bool {
        let after = report.text(after: annotation, bytes: 9)
        return report.text(before: annotation, bytes: 4) == " in " && after.hasPrefix(" studies")
    }

    /// `An exploratory analysis revealed that`: one finding among others.
    private static func isOfFindings(_ annotation: Annotation, _ report: ReportView) -> Bool {
        let after = report.text(after: annotation, bytes: 14)
        return [" revealed", " showed", " found ", " indicated", " suggested", " demonstrated"].contains(
            where: after.hasPrefix)
    }

    /// Authors own up to a weak design where they name limits: `limited by the open-label design of this analysis`.
    private static func isOwnedUp(_ name: String, _ annotation: Annotation, _ report: ReportView) -> Bool {
        guard ["retrospective", "observational", "openLabel", "singleArm"].contains(name) else { return false }
        if report.text(annotation).lowercased().contains("control group") { return true }
        let before = report.text(before: annotation, bytes: 60)
        if ["lack", "absence", "need", "future", "previous", "compared"].contains(where: before.contains) {
            return false
        }
        let isOwn = [
            "this is a", "this was a", "limited by", "limitation", " our ", "design of this", "this study was",
            "derived from a",
        ].contains { before.contains($0) }
        if isOwn { return true }
        let after = report.text(after: annotation, bytes: 30)
        // `This small, open-label naturalistic study shows`
        let isNamed = ["study", "trial", "analysis", "series"].contains { after.contains($0) }
        return after.hasPrefix(" design of this") || isNamed && (before.contains(" this ") || before.hasPrefix("this "))
    }

    /// A passing mention is no design: these count where a study says what it is.
    private static func isPlausible(_ name: String, _ finding: ReportView.Finding, _ report: ReportView) -> Bool {
        let isSetApart = finding.zone == .title || report.field(finding.annotation) != .abstract
        switch name {
        case "animalStudy":
            // One sentence about animal models in a study of people is background.
            return finding.annotation.context.contains(.animal) && (isSetApart || !report.countsPeople)
        case "pilot", "clinicalTrial":
            // `findings from a pilot study`, `within a clinical trial`: another study than the one at hand.
            if isSetApart { return true }
            let before = report.text(before: finding.annotation, bytes: 60)
            let after = report.text(after: finding.annotation, bytes: 7)
            if before.hasSuffix("from a ") || [" award", " grant", " data"].contains(where: after.hasPrefix) {
                return false
            }
            let isOther = ["from a ", "within a ", "part of a", "previous", "earlier", "in a larger"].contains {
                before.contains($0)
            }
            return finding.zone != .results && (!isOther || before.contains("this "))
        case "protocol":
            // `the requirements of this study protocol` are those of a trial.
            let before = report.text(before: finding.annotation, bytes: 24)
            return isSetApart
                || finding.zone != .results
                    && !["of this ", "of the ", "with the ", "per ", "by the "]
                        .contains(where: before.hasSuffix)
        case "secondaryAnalysis" where isOfFindings(finding.annotation, report): return false
        case "healthyVolunteers", "secondaryAnalysis", "caseReport", "caseSeries":
            return finding.zone != .conclusions && finding.zone != .results
        case "observational": return finding.zone != .results
        default: return true
        }
    }
}

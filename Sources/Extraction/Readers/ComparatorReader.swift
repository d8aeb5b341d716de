import Annotation

/// What the drug is compared with.
enum ComparatorReader {
    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        guard !report.isReview else { return }
        var hasPlacebo = false
        var hasActivePlacebo = false
        var saline: Annotation?
        var controlled: Annotation?
        for finding in report.own where finding.zone != .conclusions || finding.zone == .title {
            let annotation = finding.annotation
            switch annotation.value {
            case .design(let design) where design.name == "placeboControlled":
                controlled = controlled ?? annotation
            case .design(let design) where design.name == "usualCare":
                // `an adjunct to usual care` is given to all.
                let before = report.text(before: annotation, bytes: 14)
                let isOther = [" or ", "versus ", "vs ", "vs. ", "compared with ", "compared to "]
                    .contains { before.hasSuffix($0) }
                if isOther {
                    values.append(report.value("comparator", .text("treatmentAsUsual"), annotation))
                }
            case .drug(let name) where annotation.context.contains(.comparator):
                switch name {
                case "placebo" where report.text(before: annotation, bytes: 7).hasSuffix("active "): break
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
                default:
                    hasActivePlacebo = true
                    values.append(report.value("comparator", .text(name), annotation))
                }
            case .drug(let name) where annotation.context.contains(.otherDrug):
                // Another drug is a comparator where the title or the words beside it set it against the first.
                if isOpposed(report, annotation) { values.append(report.value("comparator", .text(name), annotation)) }
            default: break
            }
        }
        // What `placebo-controlled` says of a trial with an active placebo is told by that.
        if let controlled, !hasPlacebo, !hasActivePlacebo {
            hasPlacebo = true
            values.append(report.value("comparator", .text("placebo"), controlled))
        }
        // Saline is what placebo is made of; where placebo is named, it is the same arm.
        if let saline, !hasPlacebo { values.append(report.value("comparator", .text("saline"), saline)) }
    }

    /// `versus`, `compared with` on one side of a drug; or beside ketamine in a comparison: `compared the effects of
    /// ketamine and ECT`, `either ECT or IV ketamine`.
    private static func isOpposed(_ report: ReportView, _ annotation: Annotation) -> Bool {
        // Its metabolite goes with ketamine.
        if annotation.drug == "norketamine" { return false }
        let before = report.text(before: annotation, bytes: 110)
        let isOpposed = [
            "versus ", " vs ", " vs. ", "compared with ", "compared to ", "compared to an ", " against ",
        ].contains { before.hasSuffix($0) }
        if isOpposed { return true }
        let after = report.text(after: annotation, bytes: 40)
        if [" versus ", " vs ", " vs. "].contains(where: after.hasPrefix), after.contains("ketamine") { return true }
        guard before.contains("compar") || before.contains("either ") || before.contains("assigned to ") else {
            return false
        }
        return isJoined(before, after)
    }

    /// `ketamine and` directly before, `or intravenous ketamine` directly behind.
    private static func isJoined(_ before: String, _ after: String) -> Bool {
        if ["ketamine and ", "ketamine or ", "ketamine with ", "ketamine to "].contains(where: before.hasSuffix) {
            return true
        }
        guard let link = [" and ", " or "].first(where: after.hasPrefix) else { return false }
        let rest = after.dropFirst(link.count)
        return ["ketamine", "iv ketamine", "intravenous ketamine", "i.v. ketamine", "esketamine", "racemic ketamine"]
            .contains { rest.hasPrefix($0) }
    }
}

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
                case "saline":
                    if !isSolvent(report, annotation) { saline = saline ?? annotation }
                case "ect":
                    if isOpposed(report, annotation) {
                        values.append(report.value("comparator", .text(name), annotation))
                    }
                default:
                    guard !isAdjunct(report, annotation) else { break }
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

    /// The names of what the drug is compared with, for those who read a comparator's dose.
    static func names(_ report: ReportView) -> Set<String> {
        var values: [ExtractedValue] = []
        read(report, into: &values)
        return Set(values.compactMap { if case .text(let name) = $0.value { name } else { nil } })
    }

    /// `premedication with fentanyl and midazolam`, `remifentanil consumption`, `esketamine plus midazolam`: given beside
    /// the drug, or counted as an outcome, and no arm.
    private static func isAdjunct(_ report: ReportView, _ annotation: Annotation) -> Bool {
        let after = report.text(after: annotation, bytes: 50)
        let isCounted = [
            " consumption", " dosage", " requirement", " use", " usage", " dose ", " doses", " infusion rate", " (t",
        ].contains(where: after.hasPrefix)
        if isCounted { return true }
        if after.contains("premedication") || after.contains("to all ") || after.contains("before induction") {
            return true
        }
        let before = report.text(before: annotation, bytes: 50)
        let isBeside = [
            "premedic", "boluses of", "bolus doses of", "concurrent", "most often ", "added to", "combination with",
            "combined with", "sedation with", "together with", "use of ", "need for", "requirement", "consumption of",
            "plus ", " + ", "along with", "groups were ", "both groups", "all groups", "propofol and", "fentanyl and",
        ].contains(where: before.contains)
        // `compared with midazolam` within reach takes the first sense.
        return isBeside
            && !["versus ", " vs ", " vs. ", "compared ", "control", " or "].contains(where: before.contains)
    }

    /// `in 20 mL of saline`, `diluted with normal saline`: what the drug is dissolved in.
    private static func isSolvent(_ report: ReportView, _ annotation: Annotation) -> Bool {
        let before = report.text(before: annotation, bytes: 40)
        if ["dilut", "dissolv", "reconstitut"].contains(where: before.contains) { return true }
        let after = report.text(after: annotation, bytes: 24)
        if after.hasPrefix(" to ") && after.contains("ml") || after.contains(" diluted") { return true }
        // `esketamine in 20 mL of saline`, `in 100 ml normal saline`
        let words = before.split(separator: " ")
        guard let volume = words.lastIndex(of: "in"), words.count - volume <= 5 else { return false }
        return words[volume...].contains { $0 == "ml" || $0.hasSuffix("ml") }
    }

    /// `versus`, `compared with` on one side of a drug; or beside ketamine in a comparison: `compared the effects of
    /// ketamine and ECT`, `either ECT or IV ketamine`.
    private static func isOpposed(_ report: ReportView, _ annotation: Annotation) -> Bool {
        // Its metabolite goes with ketamine.
        if annotation.drug == "norketamine" { return false }
        let before = report.text(before: annotation, bytes: 110)
        let isOpposed = [
            "versus ", " vs ", " vs. ", "compared with ", "compared to ", "compared to an ", " against ",
            "control group:", "control group received ", "control group: ", "controls received ", "active control ",
            "active control (", "active comparator ", "active comparator, ", "active placebo ", "active placebo (",
        ].contains { before.hasSuffix($0) }
        if isOpposed { return true }
        let after = withoutDose(report.text(after: annotation, bytes: 70))
        if [" versus ", " vs ", " vs. "].contains(where: after.hasPrefix), after.contains("ketamine") { return true }
        guard before.contains("compar") || before.contains("either ") || before.contains("assigned to ") else {
            return false
        }
        return isJoined(before, after) || isListed(before, after)
    }

    /// `either dexmedetomidine (2 μg/kg), esketamine (1 mg/kg), or both`: what stands in brackets behind a drug, or its
    /// dose, parts it from nothing.
    private static func withoutDose(_ text: String) -> Substring {
        var rest = text[...]
        if rest.hasPrefix(" ("), let close = rest.firstIndex(of: ")") { rest = rest[rest.index(after: close)...] }
        return rest
    }

    /// Directly behind `assigned to`, `either` or `receive`, with ketamine next in the same list.
    private static func isListed(_ before: String, _ after: Substring) -> Bool {
        guard ["either ", "to receive ", "assigned to "].contains(where: before.hasSuffix), after.hasPrefix(", ") else {
            return false
        }
        return ["ketamine", "esketamine", "iv ketamine", "intravenous ketamine"].contains {
            after.dropFirst(2).hasPrefix($0)
        }
    }

    /// `ketamine and` directly before, `or intravenous ketamine` directly behind.
    private static func isJoined(_ before: String, _ after: Substring) -> Bool {
        if ["ketamine and ", "ketamine or ", "ketamine with ", "ketamine to "].contains(where: before.hasSuffix) {
            return true
        }
        guard let link = [" and ", " or "].first(where: after.hasPrefix) else { return false }
        let rest = after.dropFirst(link.count)
        return ["ketamine", "iv ketamine", "intravenous ketamine", "i.v. ketamine", "esketamine", "racemic ketamine"]
            .contains { rest.hasPrefix($0) }
    }
}

import Annotation

/// Who was studied: numbers, diagnosis, resistance, ages, women.
enum PopulationReader: FieldReader {
    static let fields: Set<String> = [
        "sampleSize", "armSize", "resistanceDefinition", "failedTreatments", "diagnosis", "ageMean", "ageSD",
        "ageRange", "femaleShare", "numberRandomised", "numberTreated", "numberAnalysed",
    ]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        sampleSize(report, &values)
        diagnoses(report, &values)
        for finding in report.own {
            let annotation = finding.annotation
            switch annotation.value {
            case .sampleSize(let size):
                if let field = field(of: size.role), isOfStudy(finding, report) {
                    values.append(
                        report.value(
                            field, .number(Double(size.count)), annotation, unit: "participants", arm: size.arm,
                            dose: size.dose))
                }
                guard let arm = size.arm, finding.zone != .conclusions else { continue }
                values.append(
                    report.value(
                        "armSize", .number(Double(size.count)), annotation, unit: "participants", arm: arm,
                        dose: size.dose))
            case .failedTreatments(let failed):
                values.append(
                    report.value("failedTreatments", .number(Double(failed.minimum)), annotation, unit: "treatments"))
                values.append(report.value("resistanceDefinition", .text(report.text(annotation)), annotation))
            case .age(let age): ages(age, annotation, report, &values)
            case .women(let share):
                guard share.value >= 0 else { continue }
                values.append(report.value("femaleShare", .number(share.value), annotation, unit: "%"))
            default: break
            }
        }
    }

    /// Neither the studies of a review, nor those who were only screened, nor a part told apart by sex.
    private static func isOfStudy(_ finding: ReportView.Finding, _ report: ReportView) -> Bool {
        guard finding.zone != .conclusions, !report.isReview,
            !report.text(after: finding.annotation, bytes: 10).hasPrefix(" screened")
        else { return false }
        // `One subject receiving ketamine developed manic symptoms`: somebody whom something befell.
        if case .sampleSize(let size) = finding.annotation.value, size.count == 1, finding.zone == .results {
            return false
        }
        return !report.text(finding.annotation).lowercased().hasSuffix("men")
    }

    private static func field(of role: SampleSize.Role) -> String? {
        switch role {
        case .randomised: "numberRandomised"
        case .treated: "numberTreated"
        case .analysed: "numberAnalysed"
        case .enrolled, .completed, .unspecified: nil
        }
    }

    private struct Candidate {
        var rank: Int
        var count: Int
        var annotation: Annotation
    }

    /// The number randomised, or in trials without arms enrolled; never a sum, never derived from a ratio.
    private static func sampleSize(_ report: ReportView, _ values: inout [ExtractedValue]) {
        var candidates: [Candidate] = []
        for finding in report.own where finding.zone != .conclusions {
            guard case .sampleSize(let size) = finding.annotation.value, size.count > 1 else { continue }
            var rank = rank(size, finding.zone)
            let before = report.text(before: finding.annotation, bytes: 40)
            let after = report.text(after: finding.annotation, bytes: 14)
            // `a total of 36 patients`, `All 20 participants completed`: nobody is left out.
            let isSelected = after.hasPrefix(" who ") || after.hasPrefix(" that ")
            // `A total of 21 were enrolled, and 16 were randomized`: those who were allotted are the trial's.
            let isSifted =
                size.role == .enrolled && report.text(after: finding.annotation, bytes: 60).contains("were randomi")
            let isAll = before.hasSuffix("total of ") && !isSifted
            if isAll || before.hasSuffix("all ") && !isSelected { rank = 5 }
            // `329 individuals were screened for eligibility`
            if after.hasPrefix(" were screened") || after.hasPrefix(" screened") { continue }
            // `4 patients experienced serious events`: some of them.
            if finding.zone == .results, size.role == .unspecified, Self.happenings.contains(where: after.hasPrefix) {
                continue
            }
            // `110 unipolar and 25 bipolar patients`: half of a sum; `65 started, and 45 patients completed` is none.
            // `21 were enrolled, and 16 were randomized`: those who are left, no second half.
            let isLeft = size.role == .randomised && before.contains("enrolled")
            let isHalf = size.role != .completed && !isLeft
            if before.hasSuffix(" and "), before.contains(where: \.isNumber), isHalf { rank = -5 }
            if Self.isOfOneSex(finding.annotation, report) { rank = -5 }
            // `compared with 35 patients`: another group.
            let isCompared = ["compared with ", "compared to ", "versus ", " vs ", " vs. "].contains(
                where: before.hasSuffix)
            // `628 were screened, of whom 79 were randomly assigned`: the sample, of those who were looked at.
            let isOfScreened =
                size.role == .randomised && (before.contains("screened") || before.contains("eligibility"))
            let isOfWhom = !isOfScreened && ["of whom", "of which", "of these"].contains(where: before.contains)
            if size.arm != nil || isCompared || isOfWhom { rank = -5 }
            candidates.append(Candidate(rank: rank, count: size.count, annotation: finding.annotation))
        }
        guard let best = candidates.max(by: { ($0.rank, $0.count) < ($1.rank, $1.count) }), best.rank > -5,
            !isOfOneGroup(best, report),
            !candidates.contains(where: { isBeside(best, $0, report) })
        else { return }
        values.append(
            report.value("sampleSize", .number(Double(best.count)), best.annotation, unit: "participants"))
    }

    /// `(48 females)`: a part of those who were just counted.
    private static func isOfOneSex(_ annotation: Annotation, _ report: ReportView) -> Bool {
        let text = report.text(annotation).lowercased()
        return report.text(before: annotation, bytes: 1) == "("
            && ["females", "males", "women", "men", "female", "male", "girls", "boys"].contains(where: text.hasSuffix)
    }

    /// What befell a part of the people.
    private static let happenings: [String] = [
        " experienced", " had ", " reported", " developed", " discontinued", " withdrew", " dropped", " relapsed",
        " responded", " remitted", " died", " were excl", " showed", " achieved", " met ", " required", " needed",
        " refused", " declined", " left ",
    ]

    private static func rank(_ size: SampleSize, _ zone: ReportView.Zone) -> Int {
        // What methods and title say of the sample is the sample; results count parts of it.
        let isPart = zone == .results
        switch size.role {
        case .randomised: return 5
        case .enrolled: return 4
        case .treated: return isPart ? 1 : 2
        case .unspecified: return isPart ? 0 : 2
        case .completed, .analysed: return isPart ? -1 : 1
        }
    }

    /// `17 patients with ... and 23 patients with ...`, `oral (N = 30) or i.v. (N = 31)`: groups, and no total.
    private static func isBeside(_ best: Candidate, _ other: Candidate, _ report: ReportView) -> Bool {
        guard other.annotation.span != best.annotation.span,
            other.rank == best.rank || other.rank == -5 || isLettered(other, report),
            best.rank < 5 || isLettered(best, report),
            other.annotation.span.section == best.annotation.span.section
        else { return false }
        let first = min(best.annotation.span.end, other.annotation.span.end)
        let second = max(best.annotation.span.start, other.annotation.span.start)
        guard first <= second, second - first < 160 else { return false }
        let between = report.text(section: best.annotation.span.section, first, second)
        // What another sentence counts stands beside nothing.
        if between.contains(". "), !isLettered(best, report) || !isLettered(other, report) { return false }
        // `adults (N = 80), of whom 54% (N = 43) took antidepressants`: a part of the same people.
        if ["of whom", "of these", "of them", "of which", "including"].contains(where: between.contains) {
            return false
        }
        let isJoined = [" and ", " or ", " vs", " versus ", " while ", " whereas ", " compared "].contains {
            between.contains($0)
        }
        return isJoined && (isLettered(best, report) && isLettered(other, report) || !between.contains("("))
    }

    /// `169 participants received TMS alone, while 66 received both`: the size of one of two groups.
    private static func isOfOneGroup(_ candidate: Candidate, _ report: ReportView) -> Bool {
        let after = report.text(after: candidate.annotation, bytes: 160)
        if isGivenOne(after) { return true }
        return [", while ", ", whereas "].contains { link in
            let parts = after.split(separator: link, maxSplits: 1)
            return parts.count == 2 && !parts[0].contains(". ") && parts[1].first?.isNumber == true
        }
    }

    /// `21 patients were treated with ketamine and 17 with methohexital`, `79 were assigned to 25 mg, 75 to 10 mg`: what one
    /// group got, and behind it a number that got something else.
    private static func isGivenOne(_ after: String) -> Bool {
        let links = [
            (" were treated with ", "with"), (" received ", "received"), (" were given ", "were"),
            (" were assigned to ", "to"), (" were allocated to ", "to"),
        ]
        guard let (verb, link) = links.first(where: { after.hasPrefix($0.0) }) else { return false }
        let rest = after.dropFirst(verb.count)
        let words = rest.split(separator: ". ", maxSplits: 1).first?.split(separator: " ") ?? []
        return words.indices.dropLast().contains { at in
            words[at].allSatisfy(\.isNumber) && at > 0 && (words[at - 1] == "and" || words[at - 1].hasSuffix(","))
                && words[at + 1] == link
        }
    }

    private static func isLettered(_ candidate: Candidate, _ report: ReportView) -> Bool {
        report.text(candidate.annotation).contains("=")
    }

    private static func isDiagnosis(_ finding: ReportView.Finding) -> Bool {
        if case .diagnosis = finding.annotation.value { true } else { false }
    }

    private static let generic: Set<String> = ["depression", "treatmentResistance", "bipolarDisorder"]

    private static func diagnoses(_ report: ReportView, _ values: inout [ExtractedValue]) {
        var found: [(name: String, annotation: Annotation)] = []
        // What the study aims at is told of others, too; title and methods speak of the sample.
        let sample = report.own.filter { isDiagnosis($0) && [.title, .methods, .other].contains($0.zone) }
        let findings = sample.isEmpty ? report.own.filter { isDiagnosis($0) && $0.zone == .objective } : sample
        for finding in findings {
            guard case .diagnosis(let diagnosis) = finding.annotation.value else { continue }
            let field = report.field(finding.annotation)
            guard field == .title || field == .abstract || field == .body else { continue }
            if isExcluded(finding.annotation, report) { continue }
            if diagnosis.isTreatmentResistant { found.append(("treatmentResistantDepression", finding.annotation)) }
            if diagnosis.name != "treatmentResistance" { found.append((diagnosis.name, finding.annotation)) }
        }
        let names = Set(found.map(\.name))
        let hasSpecific = !names.subtracting(generic).isEmpty
        for (name, annotation) in found {
            if generic.contains(name), hasSpecific, name != "bipolarDisorder" || names.contains("bipolarDepression") {
                continue
            }
            if name == "treatmentResistantDepression", case .diagnosis(let diagnosis) = annotation.value,
                ["epilepsy", "pain", "migraine", "ocd", "ptsd", "schizophrenia", "asthma"].contains(diagnosis.name)
            {
                continue
            }
            values.append(report.value("diagnosis", .text(name), annotation))
        }
    }

    /// `having no previous history of psychotic disorder or substance abuse`: what nobody in the sample has.
    private static func isExcluded(_ annotation: Annotation, _ report: ReportView) -> Bool {
        let before = report.text(before: annotation, bytes: 140).lowercased()
        guard
            let denial = [
                "no previous history of", "no history of", "no prior history of", "without a history of",
                "without history of",
            ].first(where: before.contains)
        else { return false }
        let parts = before.split(separator: denial, omittingEmptySubsequences: false)
        return !(parts.last ?? "").contains { $0 == "." || $0 == ";" }
    }

    private static func ages(
        _ age: Age, _ annotation: Annotation, _ report: ReportView, _ values: inout [ExtractedValue]
    ) {
        if let mean = age.mean { values.append(report.value("ageMean", .number(mean), annotation, unit: "years")) }
        if let sd = age.sd { values.append(report.value("ageSD", .number(sd), annotation, unit: "years")) }
        guard age.mean == nil else { return }
        // `peak incidence between 45 and 65 years`: the illness, not the sample.
        let before = report.text(before: annotation, bytes: 60)
        if ["incidence", "prevalence", "mortality", "life expectancy"].contains(where: before.contains) { return }
        // One person's age is no range.
        if let low = age.minimum, let high = age.maximum, low == high { return }
        for end in [age.minimum, age.maximum] {
            guard let end else { continue }
            values.append(report.value("ageRange", .number(end), annotation, unit: "years"))
        }
    }
}

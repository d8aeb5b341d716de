import Annotation

/// Who was studied: numbers, diagnosis, resistance, ages, women.
enum PopulationReader: FieldReader {
    static let fields: Set<String> = [
        "sampleSize", "armSize", "resistanceDefinition", "failedTreatments", "diagnosis", "ageMean", "ageSD",
        "ageRange",
        "femaleShare",
    ]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        sampleSize(report, &values)
        diagnoses(report, &values)
        for finding in report.own {
            let annotation = finding.annotation
            switch annotation.value {
            case .sampleSize(let size):
                guard let arm = size.arm, finding.zone != .conclusions else { continue }
                values.append(
                    report.value("armSize", .number(Double(size.count)), annotation, unit: "participants", arm: arm))
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

    /// The number randomised, or in trials without arms enrolled; never a sum, never derived from a ratio.
    private static func sampleSize(_ report: ReportView, _ values: inout [ExtractedValue]) {
        var best: (rank: Int, count: Int, annotation: Annotation)?
        var candidates: [(rank: Int, count: Int, annotation: Annotation)] = []
        for finding in report.own where finding.zone != .conclusions {
            guard case .sampleSize(let size) = finding.annotation.value, size.arm == nil, size.count > 1 else {
                continue
            }
            var rank: Int
            switch size.role {
            case .randomised: rank = 5
            case .enrolled: rank = 4
            case .treated: rank = 3
            case .unspecified: rank = 2
            case .completed, .analysed: rank = 1
            }
            // What methods and title say of the sample is the sample; results count parts of it.
            if finding.zone == .results, rank < 4 { rank = 0 }
            // `All 20 participants completed`: nobody is left out.
            if isAll(report, finding.annotation) { rank = 5 }
            candidates.append((rank, size.count, finding.annotation))
            let isBetter = best.map { (rank, size.count) > ($0.rank, $0.count) } ?? true
            if isBetter { best = (rank, size.count, finding.annotation) }
        }
        guard let best else { return }
        // `17 patients with ... and 23 patients with ...`: two groups side by side, and no total.
        let isGroup = candidates.contains { other in
            other.rank == best.rank && other.count != best.count && best.rank <= 3
                && other.annotation.span.section == best.annotation.span.section
                && abs(other.annotation.span.start - best.annotation.span.start) < 160
        }
        guard !isGroup else { return }
        values.append(
            report.value("sampleSize", .number(Double(best.count)), best.annotation, unit: "participants"))
    }

    private static func isAll(_ report: ReportView, _ annotation: Annotation) -> Bool {
        let text = report.document.sections[annotation.span.section].text.utf8
        let end = text.index(text.startIndex, offsetBy: annotation.span.start)
        guard let start = text.index(end, offsetBy: -4, limitedBy: text.startIndex) else { return false }
        return String(decoding: text[start..<end], as: UTF8.self).lowercased() == "all "
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

    private static func ages(
        _ age: Age, _ annotation: Annotation, _ report: ReportView, _ values: inout [ExtractedValue]
    ) {
        if let mean = age.mean { values.append(report.value("ageMean", .number(mean), annotation, unit: "years")) }
        if let sd = age.sd { values.append(report.value("ageSD", .number(sd), annotation, unit: "years")) }
        guard age.mean == nil else { return }
        // One person's age is no range.
        if let low = age.minimum, let high = age.maximum, low == high { return }
        for end in [age.minimum, age.maximum] {
            guard let end else { continue }
            values.append(report.value("ageRange", .number(end), annotation, unit: "years"))
        }
    }
}

import Annotation

/// A report's findings as the field readers want them: only what is said of this study, with its place in the
/// abstract and its words.
struct ReportView {
    enum Zone { case title, background, objective, methods, results, conclusions, other }

    struct Finding {
        var annotation: Annotation
        var zone: Zone
    }

    let document: Document
    /// Said of the study at hand: neither background, earlier studies, plans nor denials.
    let own: [Finding]
    /// Everything, for what is a fact whatever the words around it (registrations, funding).
    let all: [Finding]
    /// The report itself sums up other studies.
    let isReview: Bool
    /// Somewhere people are counted who are no animals.
    let countsPeople: Bool

    init(_ document: Document, _ annotations: Annotations) {
        self.document = document
        var all: [Finding] = []
        all.reserveCapacity(annotations.items.count)
        var section = -1
        var zone = Zone.other
        for item in annotations.items {
            guard document.sections.indices.contains(item.span.section) else { continue }
            if item.span.section != section {
                section = item.span.section
                zone = Self.zone(of: document.sections[section])
            }
            if case .heading(let name) = item.value { zone = Self.zones[name] ?? zone }
            all.append(Finding(annotation: item, zone: zone))
        }
        self.all = all
        own = all.filter {
            $0.annotation.context.isDisjoint(with: [.background, .priorStudy, .hypothetical, .negated])
        }
        countsPeople = own.contains { finding in
            guard case .sampleSize = finding.annotation.value else { return false }
            return !finding.annotation.context.contains(.animal)
        }
        isReview = all.contains { finding in
            guard case .design(let design) = finding.annotation.value else { return false }
            let field = document.sections[finding.annotation.span.section].field
            return (design.name == "review" || design.name == "metaAnalysis")
                && (field == .title || field == .publicationTypes)
        }
    }

    private static func zone(of section: Document.Section) -> Zone {
        guard section.field != .title else { return .title }
        for label in [section.category, section.label] {
            guard let label else { continue }
            let upper = label.uppercased()
            for (name, zone) in [
                ("BACKGROUND", Zone.background), ("INTRODUCTION", .background), ("OBJECTIVE", .objective),
                ("AIM", .objective),
                ("METHOD", .methods), ("RESULT", .results), ("FINDING", .results), ("CONCLUSION", .conclusions),
                ("DISCUSSION", .conclusions),
            ] where upper.hasPrefix(name) {
                return zone
            }
        }
        return .other
    }

    private static let zones: [String: Zone] = [
        "BACKGROUND": .background, "OBJECTIVE": .objective, "METHODS": .methods, "RESULTS": .results,
        "CONCLUSIONS": .conclusions, "REGISTRATION": .other, "FUNDING": .other,
    ]

    /// The printed words of a finding.
    func text(_ annotation: Annotation) -> String {
        text(section: annotation.span.section, annotation.span.start, annotation.span.end)
    }

    /// The words directly before a finding, in lower case.
    func text(before annotation: Annotation, bytes count: Int) -> String {
        text(section: annotation.span.section, max(0, annotation.span.start - count), annotation.span.start)
            .lowercased()
    }

    /// The words directly behind a finding, in lower case.
    func text(after annotation: Annotation, bytes count: Int) -> String {
        text(section: annotation.span.section, annotation.span.end, annotation.span.end + count).lowercased()
    }

    func text(section: Int, _ start: Int, _ end: Int) -> String {
        guard document.sections.indices.contains(section), start < end else { return "" }
        let bytes = document.sections[section].text.utf8
        return String(decoding: bytes.dropFirst(start).prefix(end - start), as: UTF8.self)
    }

    func evidence(_ annotation: Annotation, rule: String) -> Evidence {
        Evidence(annotation.span, in: document, rule: rule)
    }

    /// A value that rests on one finding.
    func value(
        _ field: String, _ value: ExtractedValue.Value, _ annotation: Annotation, unit: String? = nil,
        arm: String? = nil,
        outcome: String? = nil, time: Double? = nil, dose: String? = nil
    ) -> ExtractedValue {
        let evidence = evidence(annotation, rule: "extract." + field)
        return ExtractedValue(
            field: field, arm: arm, outcome: outcome, time: time, value: value, unit: unit, dose: dose,
            text: evidence.quote,
            evidence: evidence)
    }

    func field(_ annotation: Annotation) -> Document.Field { document.sections[annotation.span.section].field }
}

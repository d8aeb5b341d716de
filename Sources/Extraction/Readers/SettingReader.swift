import Annotation

/// Harms, place, registration and funding.
enum SettingReader: FieldReader {
    static let fields: Set<String> = [
        "adverseEvent", "country", "registration", "funding", "setting", "conflicts",
    ]

    static func read(_ report: ReportView, into values: inout [ExtractedValue]) {
        for finding in report.all {
            let annotation = finding.annotation
            switch annotation.value {
            case .registration(_, let number):
                // A number in the background is another study's.
                guard finding.zone != .background else { continue }
                values.append(report.value("registration", .text(number), annotation))
            case .funding(let text): values.append(report.value("funding", .text(text), annotation))
            case .conflicts(let text): values.append(report.value("conflicts", .text(text), annotation))
            case .setting(let name):
                guard !report.isReview, annotation.context.isEmpty,
                    finding.zone != .background, finding.zone != .conclusions
                else { continue }
                values.append(report.value("setting", .text(name), annotation))
            case .country(let name):
                guard annotation.context.isEmpty, finding.zone != .background, finding.zone != .conclusions else {
                    continue
                }
                values.append(report.value("country", .text(name), annotation))
            case .adverseEvent(let name):
                guard annotation.context.isEmpty, !report.isReview else { continue }
                values.append(report.value("adverseEvent", .text(name), annotation))
            default: break
            }
        }
    }
}

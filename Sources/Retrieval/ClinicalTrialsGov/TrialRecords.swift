package import Bibliography
import Foundation
import Transfer

/// Turns an archived page of ClinicalTrials.gov into records of a register, one a study, in the page's order.
package enum TrialRecords {
    /// - Parameter source: the source's id in the pipeline file.
    /// - Throws: `RetrievalError.wrongAnswer` for bytes that are no page of studies.
    package static func records(in bytes: [UInt8], source: String) throws -> [Record] {
        let screening = AnswerScreening(redaction: Redaction(key: nil), now: 0)
        let meaning = TrialsAnswer.read(HTTPAnswer(status: 200, headers: [], body: bytes), screening)
        guard case .result(let page) = meaning else {
            throw RetrievalError.wrongAnswer(request: "an archived answer of \(source)", why: "it holds no studies")
        }
        return page.studies.compactMap { record(of: $0, source: source) }
    }

    private static func record(of study: TrialStudy, source: String) -> Record? {
        guard let number = study.number, let plan = study.protocolSection else { return nil }
        var record = Record(id: RecordID("clinicaltrials:\(number)"), kind: .other, source: source)
        // Not the register's word but what every record of it is; the readers of its exports say the same.
        record.publicationTypes = [PublicationType(name: "Trial Registration")]
        let names = plan.identificationModule
        record.title = plain(names?.officialTitle) ?? plain(names?.briefTitle)
        record.abstract = sections(of: plan)
        if let sponsor = plain(plan.sponsorCollaboratorsModule?.leadSponsor?.name) {
            record.authors = [Author(collective: sponsor)]
        }
        record.keywords = ((plan.conditionsModule?.conditions ?? []) + (plan.conditionsModule?.keywords ?? []))
            .compactMap(plain)
        record.registrations = [Registration(registry: "ClinicalTrials.gov", number: number)]
        for other in names?.secondaryIdInfos ?? [] {
            guard let id = plain(other.id) else { continue }
            record.registrations.append(
                Registration(registry: plain(other.domain) ?? plain(other.type) ?? "other", number: id))
        }
        record.relations = (plan.referencesModule?.references ?? []).map { reference in
            Relation(
                type: "Reference\(plain(reference.type)?.capitalized ?? "")",
                pmid: reference.pmid.flatMap { PMID($0) }, citation: plain(reference.citation))
        }
        let status = plan.statusModule
        record.status = plain(status?.overallStatus)
        record.published = date(status?.studyFirstPostDateStruct?.date)
        record.dates.created = plain(status?.studyFirstPostDateStruct?.date)
        record.dates.completed = plain(status?.completionDateStruct?.date)
        record.dates.revised = plain(status?.lastUpdatePostDateStruct?.date)
        return record
    }

    /// The parts of a protocol that screening and extraction read, each under a heading of its own.
    private static func sections(of plan: TrialStudy.Plan) -> [AbstractSection] {
        let design = plan.designModule
        let enrolment = design?.enrollmentInfo
        let designWords = [
            design?.studyType, design?.phases?.joined(separator: ", "), design?.designInfo?.allocation,
            design?.designInfo?.interventionModel, design?.designInfo?.maskingInfo?.masking,
        ].compactMap(plain).map { $0.lowercased().replacing("_", with: " ") }
        let count = enrolment?.count.map { "\($0) participants (\(enrolment?.type?.lowercased() ?? "planned"))" }
        let arms: [String] = (plan.armsInterventionsModule?.armGroups ?? []).map { list([$0.label, $0.description]) }
        let drugs: [String] = (plan.armsInterventionsModule?.interventions ?? []).map {
            list([$0.name, $0.description])
        }
        let measures = plan.outcomesModule
        let outcomes: [String] = ((measures?.primaryOutcomes ?? []) + (measures?.secondaryOutcomes ?? []))
            .map { list([$0.measure, $0.timeFrame]) }
        let eligibility: [String?] = [
            plan.eligibilityModule?.eligibilityCriteria,
            plan.eligibilityModule?.minimumAge.map { "Minimum age: \($0)." },
            plan.eligibilityModule?.maximumAge.map { "Maximum age: \($0)." },
        ]
        let dates: [String?] = [
            plan.statusModule?.startDateStruct?.date.map { "Start: \($0)." },
            plan.statusModule?.completionDateStruct?.date.map { "Completion: \($0)." },
        ]
        let parts: [(String, String?)] = [
            ("BRIEF SUMMARY", plan.descriptionModule?.briefSummary),
            ("DETAILED DESCRIPTION", plan.descriptionModule?.detailedDescription),
            ("DESIGN", designWords.joined(separator: "; ")),
            ("ENROLMENT", count),
            ("ARMS", arms.joined(separator: ". ")),
            ("INTERVENTIONS", drugs.joined(separator: ". ")),
            ("OUTCOMES", outcomes.joined(separator: ". ")),
            ("ELIGIBILITY", eligibility.compactMap { $0 }.joined(separator: " ")),
            ("DATES", dates.compactMap { $0 }.joined(separator: " ")),
        ]
        return parts.compactMap { label, text in plain(text).map { AbstractSection(label: label, text: $0) } }
    }

    private static func list(_ parts: [String?]) -> String { parts.compactMap(plain).joined(separator: ": ") }

    /// White space collapsed, composed; nil for nothing.
    private static func plain(_ text: String?) -> String? {
        guard let text else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : words.precomposedStringWithCanonicalMapping
    }

    /// `2019`, `2019-10` or `2019-10-07`.
    private static func date(_ text: String?) -> PublicationDate {
        guard let text = plain(text) else { return PublicationDate() }
        let parts = text.split(separator: "-").map { Int($0) }
        let month = parts.count > 1 ? parts[1].flatMap { (1...12).contains($0) ? $0 : nil } : nil
        let day = parts.count > 2 && month != nil ? parts[2].flatMap { (1...31).contains($0) ? $0 : nil } : nil
        return PublicationDate(year: parts.first ?? nil, month: month, day: day, raw: text)
    }
}

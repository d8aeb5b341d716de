import Foundation
import Transfer

/// One page of studies, once it is sure that it is one.
struct TrialsAnswer: Hashable {
    /// How many studies the search has; the first page says so.
    var total: Int?
    var nextPageToken: String?
    var studies: [TrialStudy]

    static func read(_ answer: HTTPAnswer, _ screening: AnswerScreening) -> Meaning<TrialsAnswer> {
        guard answer.status == 200, answer.body.first(where: { $0 > 0x20 }) == 0x7B else {
            return screening.failure(in: answer, TrialsAnswer.self)
                ?? .transient("HTTP \(answer.status) with something else than JSON")
        }
        let page: Page
        do {
            page = try JSONDecoder().decode(Page.self, from: Data(answer.body))
        } catch {
            // Cut off, or not what the service documents.
            return .transient("HTTP \(answer.status) with JSON that is cut off or holds no studies")
        }
        guard let studies = page.studies else { return .transient("HTTP \(answer.status) with JSON without studies") }
        for study in studies where study.number == nil { return .transient("a study of the answer has no NCT number") }
        return .result(TrialsAnswer(total: page.totalCount, nextPageToken: page.nextPageToken, studies: studies))
    }

    private struct Page: Decodable {
        var totalCount: Int?
        var nextPageToken: String?
        var studies: [TrialStudy]?
    }
}

/// What is read of a study; everything may be absent.
struct TrialStudy: Hashable, Decodable, Sendable {
    var protocolSection: Plan?

    /// `NCT` and eight digits.
    var number: String? {
        guard let text = protocolSection?.identificationModule?.nctId, text.utf8.count == 11, text.hasPrefix("NCT"),
            text.dropFirst(3).utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        return text
    }

    struct Plan: Hashable, Decodable, Sendable {
        var identificationModule: Identification?
        var statusModule: Status?
        var sponsorCollaboratorsModule: Sponsors?
        var descriptionModule: Description?
        var conditionsModule: Conditions?
        var designModule: Design?
        var armsInterventionsModule: Arms?
        var outcomesModule: Outcomes?
        var eligibilityModule: Eligibility?
        var referencesModule: References?
    }
    struct Identification: Hashable, Decodable, Sendable {
        var nctId: String?
        var briefTitle: String?
        var officialTitle: String?
        var secondaryIdInfos: [SecondaryID]?
    }
    struct SecondaryID: Hashable, Decodable, Sendable {
        var id: String?
        var type: String?
        var domain: String?
    }
    struct Status: Hashable, Decodable, Sendable {
        var overallStatus: String?
        var startDateStruct: DateStruct?
        var completionDateStruct: DateStruct?
        var studyFirstPostDateStruct: DateStruct?
        var lastUpdatePostDateStruct: DateStruct?
    }
    struct DateStruct: Hashable, Decodable, Sendable {
        var date: String?
    }
    struct Sponsors: Hashable, Decodable, Sendable {
        var leadSponsor: Sponsor?
    }
    struct Sponsor: Hashable, Decodable, Sendable {
        var name: String?
    }
    struct Description: Hashable, Decodable, Sendable {
        var briefSummary: String?
        var detailedDescription: String?
    }
    struct Conditions: Hashable, Decodable, Sendable {
        var conditions: [String]?
        var keywords: [String]?
    }
    struct Design: Hashable, Decodable, Sendable {
        var studyType: String?
        var phases: [String]?
        var designInfo: DesignInfo?
        var enrollmentInfo: Enrolment?
    }
    struct DesignInfo: Hashable, Decodable, Sendable {
        var allocation: String?
        var interventionModel: String?
        var maskingInfo: Masking?
    }
    struct Masking: Hashable, Decodable, Sendable {
        var masking: String?
    }
    struct Enrolment: Hashable, Decodable, Sendable {
        var count: Int?
        var type: String?
    }
    struct Arms: Hashable, Decodable, Sendable {
        var armGroups: [ArmGroup]?
        var interventions: [Intervention]?
    }
    struct ArmGroup: Hashable, Decodable, Sendable {
        var label: String?
        var type: String?
        var description: String?
    }
    struct Intervention: Hashable, Decodable, Sendable {
        var type: String?
        var name: String?
        var description: String?
    }
    struct Outcomes: Hashable, Decodable, Sendable {
        var primaryOutcomes: [Outcome]?
        var secondaryOutcomes: [Outcome]?
    }
    struct Outcome: Hashable, Decodable, Sendable {
        var measure: String?
        var timeFrame: String?
    }
    struct Eligibility: Hashable, Decodable, Sendable {
        var eligibilityCriteria: String?
        var minimumAge: String?
        var maximumAge: String?
    }
    struct References: Hashable, Decodable, Sendable {
        var references: [Reference]?
    }
    struct Reference: Hashable, Decodable, Sendable {
        var pmid: String?
        var type: String?
        var citation: String?
    }
}

package import Bibliography
import Parallelism

/// What is known of a report that can tie it to a study. Values that a caller knows better (from annotations, from
/// full text) may be set after making it.
package struct ReportDigest: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable {
        /// Tells results of a study, or its plan.
        case primary
        /// Tells of many studies: reviews, meta-analyses, guidelines.
        case review
        /// Editorials, comments, notices: they may name a number without telling of the study. A letter may tell results.
        case comment
    }

    package var id: RecordID
    package var records: [RecordID]
    package var pmids: [PMID]
    package var year: Int?
    package var role: Role
    /// `Zarate`; a group's name where there is no person.
    package var firstAuthor: String?
    /// Folded family name and first initial: `zarate c`.
    package var authors: [String]
    package var groups: [String]
    /// In one spelling: `NCT01234567`, `ISRCTN12345678`, `EUDRACT2009-012345-12`.
    package var registrations: [String]
    /// Numbers of people, sorted.
    package var samples: [Int]
    package var doses: [String]
    /// What the treatment was compared with: `midazolam`, `placebo`. Set by a caller that has read it.
    package var comparators: [String] = []
    package var enrolment: [String]
    /// Institutions named in affiliations, folded.
    package var sites: [String]
    /// The words with which the report says that its data are those of another, nil where it does not.
    package var secondaryWording: String?
    package var relations: [Relation]

    /// - Parameter records: those of the report, in any order; others are passed over.
    package init(report: Report, records: [Record]) {
        let wanted = Set(report.records)
        let own = records.filter { wanted.contains($0.id) }.sorted { $0.id < $1.id }
        let standing = own.first { $0.id == report.id } ?? own.first ?? Record(id: report.id, kind: .other, source: "")
        let fullest = own.max { Self.length($0) < Self.length($1) } ?? standing
        let text = EvidenceText(Self.text(of: fullest))

        id = report.id
        self.records = report.records
        pmids = Array(Set(own.compactMap(\.pmid))).sorted()
        year = standing.published.year ?? own.compactMap(\.published.year).min()
        role = Self.role(of: own)
        let people = own.max { $0.authors.count < $1.authors.count }?.authors ?? []
        firstAuthor = (standing.authors.first ?? people.first).flatMap { $0.family ?? $0.collective }
        authors = Self.names(people)
        groups = Self.unique(own.flatMap(\.authors).compactMap(\.collective).map(Self.folded))
        let banks = own.flatMap(\.registrations).flatMap {
            RegistrationNumbers.find(in: EvidenceText($0.registry + " " + $0.number))
        }
        registrations = Self.unique(
            banks + own.flatMap { RegistrationNumbers.find(in: EvidenceText(Self.text(of: $0))) })
        samples = StudyText.samples(in: text)
        doses = StudyText.doses(in: text)
        enrolment = StudyText.enrolment(in: text)
        sites = Self.sites(own)
        secondaryWording = StudyText.secondaryWording(in: text)
        relations = own.flatMap(\.relations)
    }

    /// The digests of many reports, read on every core, in the order of `reports`.
    package static func all(_ reports: [Report], records: [Record]) -> [ReportDigest] {
        var places: [RecordID: [Int]] = [:]
        for (place, record) in records.enumerated() { places[record.id, default: []].append(place) }
        let placesOf = places
        return Parallel.map(reports) { report in
            let own = report.records.flatMap { placesOf[$0] ?? [] }.map { records[$0] }
            return ReportDigest(report: report, records: own)
        }
    }

    private static func text(of record: Record) -> String {
        ([record.title ?? ""] + record.abstract.map { [$0.label, $0.text].compactMap { $0 }.joined(separator: ": ") })
            .joined(separator: ". ")
    }

    private static func length(_ record: Record) -> Int { record.abstract.reduce(0) { $0 + $1.text.utf8.count } }

    private static func folded(_ text: String) -> String { String(decoding: TextFolder.folded(text), as: UTF8.self) }

    private static func unique(_ texts: [String]) -> [String] {
        var seen = Set<String>()
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private static func names(_ authors: [Author]) -> [String] {
        unique(
            authors.prefix(100).compactMap { author in
                guard let family = author.family else { return nil }
                let initial = folded(author.given ?? author.initials ?? "").first.map { " \($0)" } ?? ""
                return folded(family) + initial
            })
    }

    private static let siteWords = [
        "universi", "hospital", "institut", "clinic", "college", "school", "center", "centre", "klinik", "academy",
    ]

    private static func sites(_ records: [Record]) -> [String] {
        let affiliations = records.flatMap(\.authors).prefix(200).flatMap { $0.affiliations.prefix(4) }
        let parts = affiliations.flatMap { $0.prefix(600).split(whereSeparator: { $0 == "," || $0 == ";" }) }
        let institutions = parts.map { folded(String($0)) }.filter { part in
            part.utf8.count > 8 && !part.hasPrefix("department") && !part.hasPrefix("division")
                && siteWords.contains { part.contains($0) }
        }
        return Array(unique(institutions).prefix(60))
    }

    private static let reviewTypes: Set<String> = [
        "Review", "Systematic Review", "Meta-Analysis", "Network Meta-Analysis", "Guideline", "Practice Guideline",
        "Consensus Development Conference", "Scoping Review",
    ]
    private static let commentTypes: Set<String> = [
        "Comment", "Editorial", "News", "Published Erratum", "Retraction of Publication", "Retraction Notice",
    ]

    private static func role(of records: [Record]) -> Role {
        let types = Set(records.flatMap(\.publicationTypes).map(\.name))
        if !types.isDisjoint(with: reviewTypes) { return .review }
        return types.isDisjoint(with: commentTypes) ? .primary : .comment
    }
}

import Bibliography

/// Joins reports into studies (PRISMA 2020): strong evidence is applied, the rest waits for a person, and what a
/// person said is final.
package struct StudyLinker: Sendable {
    package init() {}

    /// - Parameters:
    ///   - reports: each once; their order does not change the result.
    ///   - relations: of the deduplicator (preprint and article, erratum and article ...), by any of their records.
    ///   - corrections: people's word on pairs of reports: `same` joins, `different` splits.
    package func link(
        _ reports: [ReportDigest], relations: [ReportRelation] = [], corrections: Corrections = .none
    ) -> StudyLinks {
        let reports = reports.sorted { $0.id < $1.id }
        var proposals = candidates(reports, relations: relations)
        var clustering = Clustering(count: reports.count)
        let places = Dictionary(
            reports.enumerated().flatMap { place, report in (report.records + [report.id]).map { ($0, place) } },
            uniquingKeysWith: { a, _ in a })
        var said: [Pair: Correction] = [:]
        for correction in corrections.standing {
            guard let a = places[correction.a], let b = places[correction.b], a != b else { continue }
            said[Pair(a, b)] = correction
            if correction.says == .same { clustering.join(a, b) } else { clustering.keepApart(a, b) }
        }
        apply(&proposals, said: said, reports: reports, to: &clustering)
        for (pair, correction) in said where correction.says == .same && !proposals.contains(where: { $0.pair == pair })
        {
            let proposal = StudyProposal(
                a: reports[pair.a].id, b: reports[pair.b].id, strength: .person, reasons: [Self.reason(correction)])
            proposals.append(Candidate(pair: pair, proposal: proposal))
        }
        for index in proposals.indices {
            let pair = proposals[index].pair
            proposals[index].proposal.applied = clustering.root(of: pair.a) == clustering.root(of: pair.b)
        }
        let sorted = proposals.map(\.proposal).sorted { ($0.a, $0.b) < ($1.a, $1.b) }
        return StudyLinks(studies: studies(reports, clustering, proposals), proposals: sorted)
    }

    private struct Pair: Hashable {
        var a: Int
        var b: Int

        init(_ a: Int, _ b: Int) {
            self.a = min(a, b)
            self.b = max(a, b)
        }
    }

    private struct Candidate {
        var pair: Pair
        var proposal: StudyProposal
    }

    private static func reason(_ correction: Correction) -> String {
        correction.why.isEmpty ? "person \(correction.who)" : "person \(correction.who): \(correction.why)"
    }

    // MARK: Candidates

    /// A name that more reports share than this says nothing of a team.
    private static let nameLimit = 200

    private func candidates(_ reports: [ReportDigest], relations: [ReportRelation]) -> [Candidate] {
        let stated = statedRelations(reports, relations)
        var pairs = Set(stated.keys)
        var byNumber: [String: [Int]] = [:]
        var byAuthor: [String: [Int]] = [:]
        for (place, report) in reports.enumerated() {
            for number in report.registrations { byNumber[number, default: []].append(place) }
            for name in report.authors + report.groups { byAuthor[name, default: []].append(place) }
        }
        for group in byNumber.values where group.count <= Self.nameLimit {
            Self.each(group) { pairs.insert(Pair($0, $1)) }
        }
        var shared: [Pair: Int] = [:]
        for group in byAuthor.values where group.count <= Self.nameLimit {
            Self.each(group) { shared[Pair($0, $1), default: 0] += 1 }
        }
        for (pair, count) in shared where count >= 2 || !reports[pair.a].groups.isEmpty { pairs.insert(pair) }
        return pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) }.compactMap { pair in
            StudyRules.propose(reports[pair.a], reports[pair.b], stated: stated[pair] ?? [])
                .map { Candidate(pair: pair, proposal: $0) }
        }
    }

    private static func each(_ group: [Int], _ body: (Int, Int) -> Void) {
        for (place, first) in group.enumerated() {
            for second in group[(place + 1)...] where first != second { body(first, second) }
        }
    }

    private static let statedTypes: Set<String> = [
        "UpdateOf", "UpdateIn", "ErratumFor", "ErratumIn", "RetractionOf", "RetractionIn", "CommentOn", "CommentIn",
        "CorrectedandRepublishedFrom", "CorrectedandRepublishedIn", "OriginalReportIn", "RepublishedFrom",
        "RepublishedIn", "SummaryForPatientsIn", "ExpressionOfConcernFor", "ExpressionOfConcernIn",
        "AssociatedPublication",
    ]

    private func statedRelations(_ reports: [ReportDigest], _ relations: [ReportRelation]) -> [Pair: [String]] {
        var byPMID: [PMID: Int] = [:]
        var byRecord: [RecordID: Int] = [:]
        for (place, report) in reports.enumerated() {
            for pmid in report.pmids where byPMID[pmid] == nil { byPMID[pmid] = place }
            for record in report.records where byRecord[record] == nil { byRecord[record] = place }
        }
        var stated: [Pair: [String]] = [:]
        func add(_ a: Int, _ b: Int, _ reason: String) {
            guard a != b else { return }
            if stated[Pair(a, b)]?.contains(reason) != true { stated[Pair(a, b), default: []].append(reason) }
        }
        for (place, report) in reports.enumerated() {
            for relation in report.relations where Self.statedTypes.contains(relation.type) {
                if let pmid = relation.pmid, let other = byPMID[pmid] { add(place, other, relation.type) }
            }
        }
        for relation in relations {
            if let from = byRecord[relation.from], let to = byRecord[relation.to] {
                add(from, to, StudyRules.reason(relation))
            }
        }
        return stated
    }

    // MARK: Applying

    private func apply(
        _ proposals: inout [Candidate], said: [Pair: Correction], reports: [ReportDigest],
        to clustering: inout Clustering
    ) {
        for index in proposals.indices {
            let pair = proposals[index].pair
            if let correction = said[pair] {
                proposals[index].proposal.strength = .person
                if correction.says == .same {
                    proposals[index].proposal.reasons.append(Self.reason(correction))
                } else {
                    proposals[index].proposal.against.append(Self.reason(correction))
                }
            }
        }
        // A third report must not bring two registrations together.
        func areOther(_ a: Int, _ b: Int) -> Bool {
            let proposal = StudyRules.propose(reports[a], reports[b], stated: [])
            if proposal?.against.contains("other registration") == true { return true }
            let (one, other) = (reports[a].registrations, reports[b].registrations)
            return one.count == 1 && other.count == 1 && one != other
                && one[0].prefix(while: \.isLetter) == other[0].prefix(while: \.isLetter)
        }
        for candidate in proposals where candidate.proposal.strength == .strong {
            let edge = Clustering.Edge(a: candidate.pair.a, b: candidate.pair.b, score: 1, reason: .none)
            _ = clustering.joinUnlessForbidden(edge, areOther)
        }
    }

    // MARK: Studies

    private func studies(_ reports: [ReportDigest], _ clustering: Clustering, _ proposals: [Candidate]) -> [Study] {
        var groups: [Int: [Int]] = [:]
        for place in reports.indices { groups[clustering.root(of: place), default: []].append(place) }
        var reasons: [Pair: [String]] = [:]
        for candidate in proposals where candidate.proposal.applied {
            reasons[candidate.pair] = candidate.proposal.reasons
        }

        let ordered = groups.values.map { members in
            members.sorted { a, b in
                let (x, y) = (reports[a].year ?? Int.max, reports[b].year ?? Int.max)
                return x != y ? x < y : reports[a].id < reports[b].id
            }
        }.sorted { reports[$0[0]].id < reports[$1[0]].id }
        let labels = Self.labels(ordered.map { reports[$0[0]] })
        return zip(ordered, labels).map { members, label in
            Study(
                id: reports[members[0]].id, label: label, reports: members.map { reports[$0].id },
                reasons: members.dropFirst().map { place in Self.why(place, members, reasons, reports) })
        }.sorted { ($0.label, $0.id) < ($1.label, $1.id) }
    }

    /// The link to the earliest report it has one to.
    private static func why(
        _ place: Int, _ members: [Int], _ reasons: [Pair: [String]], _ reports: [ReportDigest]
    ) -> String {
        for other in members where other != place {
            if let found = reasons[Pair(place, other)] {
                return "\(reports[other].id): \(found.joined(separator: ", "))"
            }
        }
        return "person"
    }

    /// `Zarate 2006`; where two studies would have one label, `Zarate 2006a` and `Zarate 2006b`.
    private static func labels(_ first: [ReportDigest]) -> [String] {
        let plain = first.map { "\($0.firstAuthor ?? "Anonymous") \($0.year.map(String.init) ?? "n.d.")" }
        var count: [String: Int] = [:]
        for label in plain { count[label, default: 0] += 1 }
        var used: [String: Int] = [:]
        return plain.map { label in
            guard count[label, default: 0] > 1 else { return label }
            used[label, default: 0] += 1
            return label + letters(used[label, default: 1])
        }
    }

    /// 1 is `a`, 27 is `aa`.
    private static func letters(_ number: Int) -> String {
        var rest = number
        var text = ""
        while rest > 0 {
            rest -= 1
            text = String(UnicodeScalar(UInt8(0x61 + rest % 26))) + text
            rest /= 26
        }
        return text
    }
}

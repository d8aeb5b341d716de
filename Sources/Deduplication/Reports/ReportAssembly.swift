import Bibliography

/// Makes reports of what was found: people's word first, then links from strong to weak, never two records together
/// that must stay apart.
struct ReportAssembly {
    let records: [Record]
    let corpus: Corpus
    let corrections: Corrections
    let found: DeduplicationRun.Findings

    func result(order: [Int]) -> DeduplicationResult {
        var clustering = Clustering(count: records.count)
        var links = applyCorrections(to: &clustering)
        var review: [DuplicateLink] = []
        var joined: [Clustering.Edge] = []
        let edges = found.edges.sorted { ($1.score, $0.a, $0.b) < ($0.score, $1.a, $1.b) }
        corpus.withView { view in
            let judge = PairJudge(view: view)
            func join(_ edge: Clustering.Edge) {
                if clustering.joinUnlessForbidden(edge, { judge.verdict($0, $1).forbids }) {
                    joined.append(edge)
                } else {
                    review.append(link(edge, reason: .conflict, review: true))
                }
            }
            let firstWeak = edges.firstIndex { $0.score <= Clustering.weakScore } ?? edges.count
            for edge in edges[..<firstWeak] { join(edge) }
            let ambiguous = Self.ambiguous(edges[firstWeak...], clustering)
            for edge in edges[firstWeak...] {
                if ambiguous.contains(edge.a) || ambiguous.contains(edge.b) {
                    review.append(link(edge, reason: edge.reason, review: true))
                } else {
                    join(edge)
                }
            }
        }
        links += joined.map { link($0, reason: $0.reason, review: false) }
        for edge in found.reviews where clustering.root(of: edge.a) != clustering.root(of: edge.b) {
            review.append(link(edge, reason: edge.reason, review: true))
        }
        review = review.filter { !corrections.tellsApart($0.a, $0.b) }

        let (reports, reportOfSorted) = self.reports(clustering)
        var reportOfRecord = [Int](repeating: 0, count: records.count)
        for (place, index) in order.enumerated() { reportOfRecord[index] = reportOfSorted[place] }
        return DeduplicationResult(
            reports: reports, links: unique(links), review: unique(review), relations: uniqueRelations(found.relations),
            reportOfRecord: reportOfRecord, compared: found.compared, comparedRecords: found.comparedRecords,
            comparisons: found.comparisons)
    }

    // MARK: Joining

    /// Records whose weak links lead to more than one report.
    private static func ambiguous(_ edges: ArraySlice<Clustering.Edge>, _ clustering: Clustering) -> Set<Int> {
        var goals: [Int: Set<Int>] = [:]
        for edge in edges {
            goals[clustering.root(of: edge.a), default: []].insert(clustering.root(of: edge.b))
            goals[clustering.root(of: edge.b), default: []].insert(clustering.root(of: edge.a))
        }
        let torn = Set(goals.filter { $0.value.count > 1 }.keys)
        return Set(edges.flatMap { [$0.a, $0.b] }.filter { torn.contains(clustering.root(of: $0)) })
    }

    private func applyCorrections(to clustering: inout Clustering) -> [DuplicateLink] {
        guard !corrections.isEmpty else { return [] }
        let named = corrections.namedIDs
        var places: [RecordID: [Int]] = [:]
        for (index, record) in records.enumerated() where named.contains(record.id) {
            places[record.id, default: []].append(index)
        }
        var links: [DuplicateLink] = []
        for correction in corrections.standing {
            guard let a = places[correction.a], let b = places[correction.b] else { continue }
            for i in a {
                for j in b {
                    if correction.says == .same { clustering.join(i, j) } else { clustering.keepApart(i, j) }
                }
            }
            if correction.says == .same {
                links.append(
                    DuplicateLink(
                        a: correction.a, b: correction.b, reason: StaticReason.corrected.text, score: 1, review: false))
            }
        }
        return links
    }

    private func link(_ edge: Clustering.Edge, reason: StaticReason, review: Bool) -> DuplicateLink {
        DuplicateLink(
            a: records[edge.a].id, b: records[edge.b].id, reason: reason.text, score: edge.score, review: review)
    }

    // MARK: Reports

    private func reports(_ clustering: Clustering) -> ([Report], [Int]) {
        var positionOfRoot: [Int: Int] = [:]
        var clusters: [[Int]] = []
        var reportOf = [Int](repeating: 0, count: records.count)
        for index in records.indices {
            let root = clustering.root(of: index)
            if let position = positionOfRoot[root] {
                clusters[position].append(index)
                reportOf[index] = position
            } else {
                positionOfRoot[root] = clusters.count
                reportOf[index] = clusters.count
                clusters.append([index])
            }
        }
        let reports = clusters.map { cluster in
            let standing = cluster.min { Self.standsBefore(records[$0], records[$1]) } ?? cluster[0]
            return Report(id: records[standing].id, records: cluster.map { records[$0].id })
        }
        return (reports, reportOf)
    }

    /// PubMed's record stands for a report, else the one that says most, else the one with the smallest id.
    private static func standsBefore(_ a: Record, _ b: Record) -> Bool {
        let (x, y) = (a.pmid != nil && a.source == "pubmed", b.pmid != nil && b.source == "pubmed")
        if x != y { return x }
        if (a.pmid != nil) != (b.pmid != nil) { return a.pmid != nil }
        let (p, q) = (completeness(a), completeness(b))
        if p != q { return p > q }
        if a.version != b.version { return a.version > b.version }
        return a.id < b.id
    }

    private static func completeness(_ record: Record) -> Int {
        (record.abstract.isEmpty ? 0 : 4) + (record.doi == nil ? 0 : 2) + (record.authors.isEmpty ? 0 : 2)
            + (record.journal.title == nil && record.journal.abbreviation == nil ? 0 : 1)
            + (record.journal.volume == nil ? 0 : 1) + (record.journal.issue == nil ? 0 : 1)
            + (record.journal.pages == nil ? 0 : 1) + (record.published.year == nil ? 0 : 1)
            + (record.mesh.isEmpty ? 0 : 1) + (record.keywords.isEmpty ? 0 : 1) + (record.registrations.isEmpty ? 0 : 1)
    }

    // MARK: Lists

    private func unique(_ links: [DuplicateLink]) -> [DuplicateLink] {
        var seen = Set<DuplicateLink>()
        return links.filter { seen.insert($0).inserted }.sorted(by: DuplicateLink.isOrdered)
    }

    private func uniqueRelations(_ relations: [ReportRelation]) -> [ReportRelation] {
        // What the source states goes before what the texts suggest.
        var best: [[RecordID]: ReportRelation] = [:]
        for relation in relations {
            let key = [relation.from, relation.to].sorted()
            if let known = best[key],
                (known.isFromTheTexts ? 1 : 0, known.kind.rawValue, known.reason)
                    <= (relation.isFromTheTexts ? 1 : 0, relation.kind.rawValue, relation.reason)
            {
                continue
            }
            best[key] = relation
        }
        return best.values.sorted(by: ReportRelation.isOrdered)
    }
}

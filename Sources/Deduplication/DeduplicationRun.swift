import Bibliography

/// One run over records in canonical order.
struct DeduplicationRun {
    let records: [Record]
    let corpus: Corpus
    let corrections: Corrections
    let earlier: DeduplicationResult?

    private struct Found: Sendable {
        var edges: [Clustering.Edge] = []
        var reviews: [Clustering.Edge] = []
        var relations: [ReportRelation] = []
    }

    func result(order: [Int]) -> DeduplicationResult {
        let (groups, places) = identicalGroups()
        var found = Found()
        corpus.withView { view in
            let judge = PairJudge(view: view)
            addIdentical(groups, judge, to: &found)
            var pairs = Blocking.pairs(among: groups.map { Int32($0[0]) }, in: view)
            if let earlier { pairs = withoutKnown(pairs, earlier: earlier) }
            compare(pairs, judge, into: &found)
        }
        addEarlier(places, to: &found)
        addSourceRelations(to: &found)
        return assemble(found, order: order)
    }

    // MARK: Pairs

    /// Records that are compared by exactly the same values, the first in order standing for all. Records that a
    /// person spoke of stand for themselves.
    private func identicalGroups() -> (groups: [[Int]], places: [RecordID: [Int]]) {
        var groups: [[Int]] = []
        var byContent: [UInt64: Int] = [:]
        var places: [RecordID: [Int]] = [:]
        let named = corrections.namedIDs
        for (index, record) in records.enumerated() {
            if !named.isEmpty || earlier != nil { places[record.id, default: []].append(index) }
            let content = corpus.signatures[index].content
            if !named.contains(record.id), let group = byContent[content] {
                groups[group].append(index)
            } else {
                if !named.contains(record.id) { byContent[content] = groups.count }
                groups.append([index])
            }
        }
        return (groups, places)
    }

    private func addIdentical(_ groups: [[Int]], _ judge: PairJudge, to found: inout Found) {
        for group in groups where group.count > 1 {
            let verdict = judge.verdict(group[0], group[1])
            for other in group.dropFirst() { add(verdict, group[0], other, to: &found) }
        }
    }

    private func add(_ verdict: PairVerdict, _ a: Int, _ b: Int, to found: inout Found) {
        let edge = Clustering.Edge(a: a, b: b, score: verdict.score, reason: verdict.reason)
        switch verdict.outcome {
        case .merge: found.edges.append(edge)
        case .review: found.reviews.append(edge)
        case .apart: break
        }
    }

    private func compare(_ pairs: [UInt64], _ judge: PairJudge, into found: inout Found) {
        let size = 4096
        let parts = Parallel.map((pairs.count + size - 1) / size) { part in
            var some = Found()
            for pair in pairs[(part * size)..<min(pairs.count, (part + 1) * size)] {
                let (i, j) = (Blocking.first(pair), Blocking.second(pair))
                let judgement = judge.judge(i, j)
                add(judgement.verdict, i, j, to: &some)
                if let kind = judgement.relation {
                    let (from, to) = judgement.firstIsFrom ? (i, j) : (j, i)
                    some.relations.append(
                        ReportRelation(kind: kind, from: records[from].id, to: records[to].id, reason: "title-author"))
                }
            }
            return some
        }
        for part in parts {
            found.edges += part.edges
            found.reviews += part.reviews
            found.relations += part.relations
        }
    }

    // MARK: What an earlier run found

    private func isKnown(_ index: Int, _ earlier: DeduplicationResult) -> Bool {
        earlier.fingerprints[records[index].id] == corpus.signatures[index].content
    }

    private func withoutKnown(_ pairs: [UInt64], earlier: DeduplicationResult) -> [UInt64] {
        let known = records.indices.map { isKnown($0, earlier) }
        return pairs.filter { !(known[Blocking.first($0)] && known[Blocking.second($0)]) }
    }

    private func addEarlier(_ places: [RecordID: [Int]], to found: inout Found) {
        guard let earlier else { return }
        let reasons = Dictionary(StaticReason.allCases.map { ($0.text, $0) }, uniquingKeysWith: { a, _ in a })
        for link in earlier.matches {
            guard let a = places[link.a]?.first, let b = places[link.b]?.last, a != b, isKnown(a, earlier),
                isKnown(b, earlier), let reason = reasons[link.reason]
            else { continue }
            let edge = Clustering.Edge(a: a, b: b, score: link.score, reason: reason)
            if link.review { found.reviews.append(edge) } else { found.edges.append(edge) }
        }
        found.relations += earlier.relations.filter { relation in
            places[relation.from].map { isKnown($0[0], earlier) } == true
                && places[relation.to].map { isKnown($0[0], earlier) } == true
        }
    }

    // MARK: Relations that the source states

    private static let relationKinds: [String: (kind: ReportRelation.Kind, isFrom: Bool)] = [
        "ErratumFor": (.erratumArticle, true), "ErratumIn": (.erratumArticle, false),
        "RetractionOf": (.retractionArticle, true), "RetractionIn": (.retractionArticle, false),
        "ExpressionOfConcernFor": (.concernArticle, true), "ExpressionOfConcernIn": (.concernArticle, false),
        "CommentOn": (.commentArticle, true), "CommentIn": (.commentArticle, false),
        "UpdateOf": (.update, true), "UpdateIn": (.update, false),
    ]

    private func addSourceRelations(to found: inout Found) {
        guard records.contains(where: { !$0.relations.isEmpty }) else { return }
        var byPMID: [UInt32: Int] = [:]
        for (index, record) in records.enumerated() {
            if let pmid = record.pmid, byPMID[pmid.number] == nil { byPMID[pmid.number] = index }
        }
        for (index, record) in records.enumerated() {
            for relation in record.relations {
                guard let (stated, isFrom) = Self.relationKinds[relation.type], let pmid = relation.pmid,
                    let other = byPMID[pmid.number], other != index
                else { continue }
                let (from, to) = isFrom ? (index, other) : (other, index)
                let isPreprint =
                    stated == .update
                    && corpus.signatures[from].isPreprint != corpus.signatures[to].isPreprint
                // `UpdateOf` on an article names its preprint; the preprint is what the pair is told from.
                let (first, second) = isPreprint ? (to, from) : (from, to)
                found.relations.append(
                    ReportRelation(
                        kind: isPreprint ? .preprintArticle : stated, from: records[first].id, to: records[second].id,
                        reason: relation.type))
            }
        }
    }

    // MARK: Reports

    private func assemble(_ found: Found, order: [Int]) -> DeduplicationResult {
        var clustering = Clustering(count: records.count)
        var links = applyCorrections(to: &clustering)
        var review: [DuplicateLink] = []
        let edges = found.edges.sorted { ($1.score, $0.a, $0.b) < ($0.score, $1.a, $1.b) }
        var joined: [Clustering.Edge] = []
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
        let matches =
            found.edges.map { link($0, reason: $0.reason, review: false) }
            + found.reviews.map { link($0, reason: $0.reason, review: true) }
        return DeduplicationResult(
            reports: reports, links: unique(links), review: unique(review), relations: uniqueRelations(found.relations),
            reportOfRecord: reportOfRecord, matches: unique(matches),
            fingerprints: Dictionary(
                zip(records.map(\.id), corpus.signatures.map(\.content)), uniquingKeysWith: { a, _ in a }))
    }

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
        var places: [RecordID: [Int]] = [:]
        for (index, record) in records.enumerated() { places[record.id, default: []].append(index) }
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
                (known.reason != "title-author", known.kind.rawValue, known.reason)
                    >= (relation.reason != "title-author", relation.kind.rawValue, relation.reason)
            {
                continue
            }
            best[key] = relation
        }
        return best.values.sorted(by: ReportRelation.isOrdered)
    }
}

private func >= (a: (Bool, String, String), b: (Bool, String, String)) -> Bool {
    a.0 != b.0 ? a.0 : (a.1, a.2) <= (b.1, b.2)
}

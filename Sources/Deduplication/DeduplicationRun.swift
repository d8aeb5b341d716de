import Bibliography
import Parallelism

/// One run over records in canonical order: finds pairs, compares them, and hands what was found to the assembly.
struct DeduplicationRun {
    let records: [Record]
    let corpus: Corpus
    let corrections: Corrections
    /// nil where nothing is to be remembered.
    let earlier: Comparisons?

    /// What comparing came to, by positions of records.
    struct Findings {
        var edges: [Clustering.Edge] = []
        var reviews: [Clustering.Edge] = []
        var relations: [ReportRelation] = []
        /// How many pairs were compared in this run, and of how many records.
        var compared = 0
        var comparedRecords = 0
        var comparisons = Comparisons.none
    }

    func result(order: [Int]) -> DeduplicationResult {
        let groups = identicalGroups()
        var found = Findings()
        corpus.withView { view in
            let judge = PairJudge(view: view)
            addIdentical(groups, judge, to: &found)
            let pairs = Blocking.pairs(among: groups.map { Int32($0[0]) }, in: view)
            add(pairs, compare(pairs, judge), groups, to: &found)
        }
        found.relations += SourceRelations(records: records, corpus: corpus).all()
        return ReportAssembly(records: records, corpus: corpus, corrections: corrections, found: found)
            .result(order: order)
    }

    // MARK: Records that say the same

    /// Records that are compared by exactly the same values. The first in order is compared for all.
    private func identicalGroups() -> [[Int]] {
        var groups: [[Int]] = []
        var byContent: [UInt64: Int] = [:]
        byContent.reserveCapacity(records.count)
        for index in records.indices {
            let content = corpus.signatures[index].content
            if let group = byContent[content] {
                groups[group].append(index)
            } else {
                byContent[content] = groups.count
                groups.append([index])
            }
        }
        return groups
    }

    private func addIdentical(_ groups: [[Int]], _ judge: PairJudge, to found: inout Findings) {
        for group in groups where group.count > 1 {
            for other in group.dropFirst() { add(judge.judge(group[0], other), group[0], other, to: &found) }
            for first in group.dropFirst().filter(isSpokenOf) {
                for second in group.dropFirst() where second > first || (second < first && !isSpokenOf(second)) {
                    add(judge.judge(first, second), min(first, second), max(first, second), to: &found)
                }
            }
        }
    }

    /// A record that a person told from its twin must find its place without it, so it is joined for itself.
    private func isSpokenOf(_ index: Int) -> Bool {
        !corrections.isEmpty && corrections.namedIDs.contains(records[index].id)
    }

    // MARK: Comparing

    private struct Compared: Sendable {
        var judgement: PairJudge.Judgement
        var isRemembered = false
    }

    private func compare(_ pairs: [UInt64], _ judge: PairJudge) -> [Compared] {
        let signatures = corpus.signatures
        let earlier = earlier ?? .none
        return Parallel.map(pairs.count, by: 4096) { range in
            pairs[range].map { pair in
                let (i, j) = (Blocking.first(pair), Blocking.second(pair))
                // Versions of one record are told by their id, which its content does not hold.
                if signatures[i].id != signatures[j].id,
                    let known = earlier.judgement(signatures[i].content, signatures[j].content)
                {
                    return Compared(judgement: known, isRemembered: true)
                }
                return Compared(judgement: judge.judge(i, j))
            }
        }.flatMap(\.self)
    }

    private func add(_ pairs: [UInt64], _ all: [Compared], _ groups: [[Int]], to found: inout Findings) {
        var spokenOf: [Int: [Int]] = [:]
        for group in groups where group.count > 1 { spokenOf[group[0]] = group.dropFirst().filter(isSpokenOf) }
        if earlier != nil { found.comparisons.reserve(pairs.count) }
        var touched = [Bool](repeating: false, count: records.count)
        for (pair, one) in zip(pairs, all) {
            let (i, j) = (Blocking.first(pair), Blocking.second(pair))
            if !one.isRemembered {
                found.compared += 1
                touched[i] = true
                touched[j] = true
            }
            if earlier != nil, corpus.signatures[i].id != corpus.signatures[j].id {
                found.comparisons.keep(
                    one.judgement, of: corpus.signatures[i].content, corpus.signatures[j].content)
            }
            guard one.judgement.verdict.outcome != .apart || one.judgement.relation != nil else { continue }
            for a in [i] + spokenOf[i, default: []] {
                for b in [j] + spokenOf[j, default: []] { add(one.judgement, a, b, to: &found) }
            }
        }
        found.comparedRecords = touched.count { $0 }
    }

    private func add(_ judgement: PairJudge.Judgement, _ a: Int, _ b: Int, to found: inout Findings) {
        let verdict = judgement.verdict
        let edge = Clustering.Edge(a: a, b: b, score: verdict.score, reason: verdict.reason)
        switch verdict.outcome {
        case .merge: found.edges.append(edge)
        case .review: found.reviews.append(edge)
        case .apart: break
        }
        guard let kind = judgement.relation else { return }
        let (from, to) = judgement.firstIsFrom ? (a, b) : (b, a)
        found.relations.append(
            ReportRelation(
                kind: kind, from: records[from].id, to: records[to].id, reason: ReportRelation.fromTheTexts))
    }
}

import Bibliography

/// Relations that the source itself states between two records of the review.
struct SourceRelations {
    let records: [Record]
    let corpus: Corpus

    private static let kinds: [String: (kind: ReportRelation.Kind, isFrom: Bool)] = [
        "ErratumFor": (.erratumArticle, true), "ErratumIn": (.erratumArticle, false),
        "RetractionOf": (.retractionArticle, true), "RetractionIn": (.retractionArticle, false),
        "ExpressionOfConcernFor": (.concernArticle, true), "ExpressionOfConcernIn": (.concernArticle, false),
        "CommentOn": (.commentArticle, true), "CommentIn": (.commentArticle, false),
        "UpdateOf": (.update, true), "UpdateIn": (.update, false),
    ]

    func all() -> [ReportRelation] {
        guard records.contains(where: { !$0.relations.isEmpty }) else { return [] }
        var byPMID: [UInt32: Int] = [:]
        for (index, record) in records.enumerated() {
            if let pmid = record.pmid, byPMID[pmid.number] == nil { byPMID[pmid.number] = index }
        }
        return records.indices.flatMap { index in
            records[index].relations.compactMap { relation in
                guard let pmid = relation.pmid, let other = byPMID[pmid.number], other != index else { return nil }
                return stated(relation.type, index, other)
            }
        }
    }

    private func stated(_ type: String, _ index: Int, _ other: Int) -> ReportRelation? {
        guard let (kind, isFrom) = Self.kinds[type] else { return nil }
        let (from, to) = isFrom ? (index, other) : (other, index)
        let isPreprint =
            kind == .update && corpus.signatures[from].isPreprint != corpus.signatures[to].isPreprint
        // `UpdateOf` on an article names its preprint; the preprint is what the pair is told from.
        let (first, second) = isPreprint ? (to, from) : (from, to)
        return ReportRelation(
            kind: isPreprint ? .preprintArticle : kind, from: records[first].id, to: records[second].id, reason: type)
    }
}

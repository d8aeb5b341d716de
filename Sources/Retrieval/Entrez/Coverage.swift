import Bibliography
import Transfer

/// What archived efetch and esummary answers already say of the wanted ids. Answers are found by the ids that they were
/// asked for, not by equal requests: a killed run may have had smaller batches, and an offline run may want other ids.
struct Coverage {
    /// Named in the request of some answer.
    var asked: Set<PMID> = []
    /// The newest answer that brought it.
    var delivered: [PMID: String] = [:]
    var findings: [PMID: SummaryAnswer.Finding] = [:]

    init(of wanted: Set<PMID>, in bookcase: Bookcase, screening: AnswerScreening) throws {
        for shelf in bookcase.shelves {
            // Ids of full texts are numbers, too, and other ones.
            for answer in shelf.archive.answers(endpoint: EntrezRequest.Endpoint.efetch.rawValue, run: shelf.run)
            where answer.key["db"] != EntrezRequest.fullTextDatabase {
                let ids = Self.ids(of: answer)
                guard ids.contains(where: { wanted.contains($0) && delivered[$0] == nil }) else { continue }
                let message = HTTPAnswer(
                    status: answer.status, headers: [], body: try bookcase.take(answer, from: shelf))
                guard case .result(let fetched) = FetchAnswer.read(message, requested: Set(ids), screening) else {
                    throw RetrievalError.archive(
                        path: "\(shelf.archive.folder)/\(answer.hash).gz", why: "it holds no records")
                }
                add(fetched, hash: answer.hash, asked: ids.filter(wanted.contains))
            }
        }
        let missing = asked.filter { delivered[$0] == nil }
        guard !missing.isEmpty else { return }
        for shelf in bookcase.shelves {
            for answer in shelf.archive.answers(endpoint: EntrezRequest.Endpoint.esummary.rawValue, run: shelf.run) {
                let ids = Self.ids(of: answer)
                guard ids.contains(where: { missing.contains($0) && findings[$0] == nil }) else { continue }
                let message = HTTPAnswer(
                    status: answer.status, headers: [], body: try bookcase.take(answer, from: shelf))
                guard case .result(let summary) = SummaryAnswer.read(message, requested: ids, screening) else {
                    continue
                }
                for (pmid, finding) in summary.findings where findings[pmid] == nil { findings[pmid] = finding }
            }
        }
    }

    mutating func add(_ answer: FetchAnswer, hash: String, asked ids: [PMID]) {
        asked.formUnion(ids)
        let wanted = Set(ids)
        for pmid in answer.delivered where wanted.contains(pmid) && delivered[pmid] == nil { delivered[pmid] = hash }
    }

    private static func ids(of answer: ArchivedAnswer) -> [PMID] {
        (answer.key["id"] ?? "").split(separator: ",").compactMap { PMID($0) }
    }
}

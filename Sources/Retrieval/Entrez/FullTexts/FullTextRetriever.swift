import Transfer

/// What PubMed Central brought of the full texts that were asked for: each is delivered, or named with a reason.
package struct FullTextOutcome: Hashable, Sendable {
    /// The archived answers, each with the articles that stand in it, by PMC id.
    package var answers: [FetchedFullTexts]
    package var missing: [MissingFullText]
    /// HTTP requests of this call, retries included.
    package var requests: Int
}

package struct FetchedFullTexts: Hashable, Sendable {
    /// Name of the answer in the archive.
    package var hash: String
    /// `PMC123`, sorted.
    package var delivered: [String]
}

/// A full text that was asked for and is not there.
package struct MissingFullText: Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// The service has no such article; its words.
        case denied(String)
        /// Asked for twice, and not delivered.
        case lost
        /// Offline, and nobody has asked for it before.
        case notAsked
    }

    package var pmcid: String
    package var reason: Reason

    package var description: String {
        switch reason {
        case .denied(let why): "\(pmcid): PubMed Central has no full text of it (\(why))"
        case .lost: "\(pmcid): PubMed Central was asked twice and did not deliver it"
        case .notAsked: "\(pmcid): not asked for, because nothing is asked offline"
        }
    }
}

/// Fetches full texts from PubMed Central by id (efetch, `db=pmc`), under the same rules as records: every answer is
/// archived before it is used, the archive is asked before the network, and nothing is asked for twice.
package struct FullTextRetriever: Sendable {
    private let archive: Archive
    private let settings: RetrievalSettings
    private let bookcase: Bookcase
    /// Full texts are a hundred times as long as records.
    private static let batchSize = 20

    package init(archive: Archive, settings: RetrievalSettings) {
        self.archive = archive
        self.settings = settings
        bookcase = Bookcase(own: archive, settings: settings)
    }

    /// - Parameters:
    ///   - wanted: PMC ids, `PMC123`.
    ///   - again: those of them that are asked for although an earlier run has asked.
    /// - Throws: `RetrievalError`, or `CancellationError`.
    package func retrieve(
        _ wanted: [String], again: Set<String> = [],
        progress: @escaping @Sendable (RetrievalProgress) -> Void = { _ in }
    ) async throws -> FullTextOutcome {
        let numbers = Set(wanted.map { $0.uppercased().hasPrefix("PMC") ? String($0.dropFirst(3)) : $0 })
        let refreshed = Set(again.map { $0.uppercased().hasPrefix("PMC") ? String($0.dropFirst(3)) : $0 })
        var shelf = try Found(of: numbers, again: refreshed, archive, settings, bookcase)
        var requests = 0
        if !settings.offline {
            let open = Self.sorted(numbers.subtracting(shelf.asked))
            let owed = shelf.owed(among: numbers)
            if !open.isEmpty || !owed.isEmpty {
                let service = try SourceService.entrez(settings, archive)
                try await ask(open, largest: Self.batchSize, service, &shelf, progress, total: numbers.count)
                // What was left out is asked for once more, alone.
                let left = Self.sorted(shelf.owed(among: numbers))
                try await ask(left, largest: 1, service, &shelf, progress, total: numbers.count)
                requests = await service.requests
            }
        }
        var byHash: [String: [String]] = [:]
        for number in Self.sorted(numbers) {
            if let hash = shelf.delivered[number] { byHash[hash, default: []].append("PMC" + number) }
        }
        let missing = Self.sorted(numbers).filter { shelf.delivered[$0] == nil }.map { number in
            let reason: MissingFullText.Reason =
                shelf.denied[number].map { .denied($0) } ?? (shelf.asked.contains(number) ? .lost : .notAsked)
            return MissingFullText(pmcid: "PMC" + number, reason: reason)
        }
        return FullTextOutcome(
            answers: byHash.map { FetchedFullTexts(hash: $0.key, delivered: $0.value) }
                .sorted { ($0.delivered.first ?? "") < ($1.delivered.first ?? "") },
            missing: missing, requests: requests)
    }

    private func ask(
        _ ids: [String], largest: Int, _ service: SourceService, _ shelf: inout Found,
        _ progress: @Sendable (RetrievalProgress) -> Void, total: Int
    ) async throws {
        var plan = BatchPlan(largest: min(largest, settings.batchSize))
        var rest = ids[...]
        var failures = 0
        while !rest.isEmpty {
            progress(
                RetrievalProgress(
                    source: "PubMed Central", phase: .fetching, done: shelf.delivered.count, total: total,
                    requests: await service.requests))
            let batch = Array(rest.prefix(plan.next(remaining: rest.count)))
            let request = EntrezRequest.fullTexts(batch)
            let meaning = try await service.attempt(request) { PMCAnswer.read($0, requested: Set(batch), $1) }
            switch meaning {
            case .result(let (fetched, answer)):
                failures = 0
                plan.succeeded()
                shelf.add(fetched, hash: answer.hash, asked: batch)
                rest = rest.dropFirst(batch.count)
                continue
            case .badID(let why) where batch.count == 1, .permanent(let why) where batch.count == 1 && Self.isOfID(why):
                shelf.add(PMCAnswer(delivered: [], denied: [batch[0]: why]), hash: "", asked: batch)
                rest = rest.dropFirst()
                continue
            case .badID:
                plan.hadBadID(asked: batch.count)
                continue
            case .permanent(let why) where Self.isOfID(why):
                plan.hadBadID(asked: batch.count)
                continue
            case .tooMuch: plan.hadBadID(asked: batch.count)
            default: break
            }
            failures += 1
            try await service.pause(after: meaning, failures: failures, request)
        }
    }

    /// A refusal that an id is to blame for.
    private static func isOfID(_ why: String) -> Bool {
        let lower = why.lowercased()
        return lower.contains("id list is empty") || lower.contains("invalid uid") || lower.contains("not available")
    }

    /// By number, so that batches and answers do not depend on a set's order.
    private static func sorted(_ ids: Set<String>) -> [String] {
        ids.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}

/// What archived answers already say of the wanted ids.
private struct Found {
    var asked: Set<String> = []
    /// Asked for in a request of their own.
    var askedAlone: Set<String> = []
    var delivered: [String: String] = [:]
    var denied: [String: String] = [:]

    init(
        of wanted: Set<String>, again: Set<String>, _ own: Archive, _ settings: RetrievalSettings, _ bookcase: Bookcase
    ) throws {
        let screening = AnswerScreening(redaction: Redaction(key: settings.apiKey), now: 0)
        for archive in [own] + settings.replayArchives {
            for answer in archive.answers(endpoint: EntrezRequest.Endpoint.efetch.rawValue)
            where answer.key["db"] == EntrezRequest.fullTextDatabase {
                let ids = (answer.key["id"] ?? "").split(separator: ",").map(String.init)
                let isOld = answer.run != settings.run
                let useful = ids.filter {
                    wanted.contains($0) && delivered[$0] == nil && !(isOld && again.contains($0) && !settings.offline)
                }
                guard !useful.isEmpty else { continue }
                let bytes = try bookcase.take(answer, from: Shelf(archive: archive, run: answer.run))
                let message = HTTPAnswer(status: answer.status, headers: [], body: bytes)
                guard case .result(let fetched) = PMCAnswer.read(message, requested: Set(ids), screening) else {
                    throw RetrievalError.archive(
                        path: "\(archive.folder)/\(answer.hash).gz", why: "it holds no full texts")
                }
                add(fetched, hash: answer.hash, asked: useful)
                if ids.count == 1 { askedAlone.formUnion(ids) }
            }
        }
    }

    mutating func add(_ answer: PMCAnswer, hash: String, asked ids: [String]) {
        asked.formUnion(ids)
        if ids.count == 1 { askedAlone.formUnion(ids) }
        let wanted = Set(ids)
        for id in answer.delivered where wanted.contains(id) && delivered[id] == nil { delivered[id] = hash }
        for (id, why) in answer.denied where wanted.contains(id) && denied[id] == nil { denied[id] = why }
    }

    /// Asked for among others, neither delivered nor denied.
    func owed(among wanted: Set<String>) -> Set<String> {
        wanted.filter {
            asked.contains($0) && delivered[$0] == nil && denied[$0] == nil && !askedAlone.contains($0)
        }
    }
}

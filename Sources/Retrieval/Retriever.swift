package import Bibliography
import Transfer

/// What a source brought. The same for a run that was killed and continued, and for a replay, save `requests`.
package struct RetrievalOutcome: Hashable, Sendable {
    package var search: SearchRecord
    /// Every hit, sorted.
    package var listed: [PMID]
    /// The archived answers that hold the records asked for; each PMID stands in one of them.
    package var batches: [FetchedBatch]
    /// Listed, not delivered, and explained; anything else is thrown.
    package var missing: [MissingRecord]
    /// HTTP requests of this call, retries included.
    package var requests: Int
}

package struct FetchedBatch: Hashable, Sendable {
    /// Name of the answer in the archive.
    package var hash: String
    /// Sorted.
    package var delivered: [PMID]
}

/// What a retrieval would do.
package struct RetrievalPlan: Hashable, Sendable {
    package var source: String
    package var hits: Int
    package var translation: String
    package var warnings: [SearchWarning]
    /// Those that no `allow` names: they would stop the fetch.
    package var unacceptedWarnings: [SearchWarning]
    /// HTTP requests that a fetch of everything would take, without retries.
    package var requests: Int
    /// A guess: listing at the allowed rate, two seconds for an efetch answer of 500 records.
    package var expectedSeconds: Int
}

/// Fetches a source so that hits reported, ids listed and records archived are the same number, or says what is missing.
///
///     let retriever = try Retriever(archive: Archive(folder: "w/archive"), settings: settings)
///     let outcome = try await retriever.retrieve(request)
///
/// Every answer is archived before it is used, and the archive is asked before the network. So a call that was killed
/// goes on where it stopped when it is repeated with the same run number.
package struct Retriever: Sendable {
    private let service: SourceService
    private let bookcase: Bookcase

    /// - Throws: `RetrievalError.usage` for an endpoint that may not be asked or a missing email; nothing is sent.
    package init(archive: Archive, settings: RetrievalSettings) throws {
        service = try SourceService.entrez(settings, archive)
        bookcase = Bookcase(own: archive, settings: settings)
    }

    /// Asks how many hits there are and how PubMed reads the query. Nothing is archived; offline the archive answers.
    package func plan(_ request: SourceRequest) async throws -> RetrievalPlan {
        let query = try SearchQuery(request)
        let search = try await count(query)
        let settings = service.settings
        let slices = search.count <= EntrezRequest.listLimit ? 1 : 2 + (search.count / 9000) * 3 / 2
        let batches = (search.count + settings.batchSize - 1) / settings.batchSize
        let rate = settings.hasKey ? 10 : 3
        return RetrievalPlan(
            source: request.id, hits: search.count, translation: search.translation, warnings: search.warnings,
            unacceptedWarnings: search.warnings.filter { !$0.isAllowed(by: request.allow) },
            requests: slices + batches,
            expectedSeconds: (slices + rate - 1) / rate + (search.count * 2 + 499) / 500)
    }

    /// Lists the search and brings every record that is not known.
    ///
    /// - Parameters:
    ///   - known: records that the workspace holds and that need not be asked for.
    ///   - progress: called often, on no particular thread.
    /// - Throws: `RetrievalError`, or `CancellationError`.
    package func retrieve(
        _ request: SourceRequest, known: Set<PMID> = [],
        progress: @escaping @Sendable (RetrievalProgress) -> Void = { _ in }
    ) async throws -> RetrievalOutcome {
        let query = try SearchQuery(request)
        let before = await service.requests
        let lister = Lister(
            service: service, bookcase: bookcase, source: request, query: query, progress: progress)
        let listing = try await lister.list()
        let fetcher = Fetcher(service: service, bookcase: bookcase, source: request.id, progress: progress)
        let fetched = try await fetcher.fetch(listing.ids.filter { !known.contains($0) }, listed: Set(listing.ids))
        return RetrievalOutcome(
            search: record(request, query, listing), listed: listing.ids, batches: fetched.batches,
            missing: fetched.missing, requests: await service.requests - before)
    }

    private func count(_ query: SearchQuery) async throws -> SearchAnswer {
        let listing = EntrezRequest.search(query, start: 0, count: EntrezRequest.listLimit)
        for shelf in bookcase.shelves {
            guard let answer = shelf.answer(for: listing.key) else { continue }
            let bytes = try bookcase.take(answer, from: shelf)
            let screening = AnswerScreening(redaction: service.redaction, now: 0)
            if case .result(let search) = SearchAnswer.read(
                .init(status: answer.status, headers: [], body: bytes), screening)
            {
                return search
            }
        }
        return try await service.look(EntrezRequest.search(query, start: 0, count: 0)) { SearchAnswer.read($0, $1) }
    }

    private func record(_ request: SourceRequest, _ query: SearchQuery, _ listing: Listing) -> SearchRecord {
        SearchRecord(
            source: request.id, database: "PubMed", platform: "NCBI E-utilities", query: request.query,
            from: query.window?.from, to: query.window?.to, dates: query.window?.index.rawValue,
            translation: listing.search.translation,
            translations: listing.search.translations,
            acceptedWarnings: listing.search.warnings.map(\.description), time: listing.answer.time,
            count: listing.search.count, listDigest: SearchRecord.digest(listing.ids),
            software: service.settings.software, answer: listing.answer.hash)
    }
}

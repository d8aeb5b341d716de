import Bibliography
import Hashing
import Transfer

/// What a search of ClinicalTrials.gov brought: as `RetrievalOutcome`, with NCT numbers for PMIDs.
package struct TrialsOutcome: Hashable, Sendable {
    package var search: SearchRecord
    /// Every study found, sorted by NCT number.
    package var listed: [String]
    /// The archived pages that hold them; each study stands in one of them.
    package var batches: [Batch]
    /// HTTP requests of this call, retries included.
    package var requests: Int

    package struct Batch: Hashable, Sendable {
        package var hash: String
        package var delivered: [String]
    }
}

/// Fetches the studies of a search in ClinicalTrials.gov, page by page. A page holds the studies themselves, so listing
/// and fetching are one; as many distinct studies as the service counts must come.
package struct TrialsRetriever: Sendable {
    private let service: SourceService
    private let bookcase: Bookcase
    private static let listings = 3
    private static let maxPages = 2000

    /// - Throws: `RetrievalError.usage` for an endpoint that may not be asked.
    package init(archive: Archive, settings: RetrievalSettings) throws {
        // The site's robots file asks for a second between requests; clients report a limit of about 50 a minute.
        service = try SourceService(
            settings, archive, endpoint: settings.trialsEndpoint,
            rateLockPath: settings.rateLockPath.map { $0 + "-trials" },
            budget: RateBudget(limit: 1, window: 1_250_000_000), personal: [])
        bookcase = Bookcase(own: archive, settings: settings)
    }

    /// - Parameter request: `from` and `to` are dates of first posting; `allow` has no meaning here.
    /// - Throws: `RetrievalError`, or `CancellationError`.
    package func retrieve(
        _ request: SourceRequest, progress: @escaping @Sendable (RetrievalProgress) -> Void = { _ in }
    ) async throws -> TrialsOutcome {
        // Checks the query and the dates.
        let window = try SearchQuery(request).window
        let before = await service.requests
        let walk = Walk(service: service, bookcase: bookcase, source: request, progress: progress)
        let listing = try await self.listing(walk)
        let ids = listing.pages.flatMap(\.delivered).sorted()
        let search = SearchRecord(
            source: request.id, database: "ClinicalTrials.gov", platform: "ClinicalTrials.gov API v2",
            query: request.query, from: window == nil ? nil : request.from, to: window == nil ? nil : request.to,
            dates: window == nil ? nil : "StudyFirstPostDate", translation: "", translations: [], acceptedWarnings: [],
            time: listing.first.time, count: ids.count,
            listDigest: SHA256Digest(of: ids.map { "\($0)\n" }.joined()).hex, software: service.settings.software,
            answer: listing.first.hash)
        return TrialsOutcome(
            search: search, listed: ids, batches: listing.pages, requests: await service.requests - before)
    }

    /// Asks how many studies there are. Nothing is archived; offline the archive answers.
    package func plan(_ request: SourceRequest) async throws -> RetrievalPlan {
        _ = try SearchQuery(request)
        let whole = TrialsRequest(query: request.query, from: request.from, to: request.to)
        let hits = try await count(whole)
        let pages = max(1, (hits + TrialsRequest.pageSize - 1) / TrialsRequest.pageSize)
        return RetrievalPlan(
            source: request.id, hits: hits, translation: "", warnings: [], unacceptedWarnings: [], requests: pages,
            expectedSeconds: (pages * 5 + 3) / 4)
    }

    private func count(_ request: TrialsRequest) async throws -> Int {
        for shelf in bookcase.shelves {
            guard let answer = shelf.answer(for: request.key) else { continue }
            let message = HTTPAnswer(
                status: answer.status, headers: [], body: try bookcase.take(answer, from: shelf))
            let screening = AnswerScreening(redaction: service.redaction, now: 0)
            if case .result(let page) = TrialsAnswer.read(message, screening), let total = page.total { return total }
        }
        var small = request
        small.count = 1
        let page = try await service.look(small) { TrialsAnswer.read($0, $1) }
        guard let total = page.total else {
            throw RetrievalError.wrongAnswer(request: "studies", why: "the answer does not say how many there are")
        }
        return total
    }

    private func listing(_ walk: Walk) async throws -> Walk.Listing {
        for shelf in bookcase.shelves where shelf.answer(for: walk.request(nil).key) != nil {
            do {
                return try await walk.list(.shelf(shelf))
            } catch RetrievalError.notArchived {
                continue
            } catch is Inconsistent {
                continue
            }
        }
        var found = Inconsistent(reported: 0, listed: 0)
        for number in 0..<Self.listings {
            do {
                return try await walk.list(number == 0 ? .service : .again)
            } catch let inconsistent as Inconsistent {
                found = inconsistent
                if number + 1 < Self.listings { try await service.settings.clock.sleep(2_000_000_000) }
            }
        }
        throw RetrievalError.listing(source: walk.source.id, reported: found.reported, listed: found.listed)
    }

    private struct Inconsistent: Error {
        var reported: Int
        var listed: Int
    }

    private struct Walk {
        let service: SourceService
        let bookcase: Bookcase
        let source: SourceRequest
        let progress: @Sendable (RetrievalProgress) -> Void

        struct Listing {
            var first: ArchivedAnswer
            var pages: [TrialsOutcome.Batch]
        }

        func request(_ pageToken: String?) -> TrialsRequest {
            TrialsRequest(query: source.query, from: source.from, to: source.to, pageToken: pageToken)
        }

        func list(_ way: Lister.Way) async throws -> Listing {
            let (first, answer) = try await page(nil, way)
            guard let total = first.total else {
                throw RetrievalError.wrongAnswer(
                    request: "studies", why: "the first page does not say how many there are")
            }
            if let limit = source.maxRecords, total > limit {
                throw RetrievalError.tooManyRecords(source: source.id, hits: total, limit: limit)
            }
            var listing = Listing(first: answer, pages: [])
            var seen: Set<String> = []
            var tokens: Set<String> = []
            var current = (page: first, hash: answer.hash)
            while true {
                let new = current.page.studies.compactMap(\.number).filter { seen.insert($0).inserted }
                if !new.isEmpty { listing.pages.append(.init(hash: current.hash, delivered: new.sorted())) }
                progress(
                    RetrievalProgress(
                        source: source.id, phase: .fetching, done: seen.count, total: total,
                        requests: await service.requests))
                guard let token = current.page.nextPageToken, !token.isEmpty else { break }
                guard tokens.insert(token).inserted, tokens.count <= TrialsRetriever.maxPages else {
                    throw Inconsistent(reported: total, listed: seen.count)
                }
                do {
                    let (next, answer) = try await page(token, way)
                    current = (next, answer.hash)
                } catch RetrievalError.wrongAnswer where way.isResuming {
                    // A token from before a kill may have run out: list again from the beginning.
                    throw Inconsistent(reported: total, listed: seen.count)
                }
            }
            guard seen.count == total else { throw Inconsistent(reported: total, listed: seen.count) }
            return listing
        }

        private func page(_ token: String?, _ way: Lister.Way) async throws -> (TrialsAnswer, ArchivedAnswer) {
            let request = request(token)
            if let shelf = way.shelf(in: bookcase), let archived = shelf.answer(for: request.key) {
                let bytes = try bookcase.take(archived, from: shelf)
                let screening = AnswerScreening(redaction: service.redaction, now: 0)
                let message = HTTPAnswer(status: archived.status, headers: [], body: bytes)
                guard case .result(let value) = TrialsAnswer.read(message, screening) else {
                    throw RetrievalError.archive(
                        path: "\(shelf.archive.folder)/\(archived.hash).gz", why: "it holds no studies")
                }
                return (value, archived)
            }
            if case .shelf = way { throw RetrievalError.notArchived(request: request.description) }
            return try await service.ask(request) { TrialsAnswer.read($0, $1) }
        }
    }
}

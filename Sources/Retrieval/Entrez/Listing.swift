import Bibliography
import Transfer

/// The ids of a search, fixed once: as many distinct PMIDs as PubMed reports hits.
struct Listing {
    /// Sorted.
    var ids: [PMID]
    /// The first answer: what PubMed says of the whole query.
    var search: SearchAnswer
    var answer: ArchivedAnswer
}

/// Lists a search completely, or fails.
///
/// PubMed lists only the first 9,999 hits of a query. Above that the search is cut by PMID: counts of two halves add up,
/// so the right half is asked only once it is small enough, and halving ends at a single PMID in the worst case.
struct Lister {
    let service: SourceService
    let bookcase: Bookcase
    let source: SourceRequest
    let query: SearchQuery
    let progress: @Sendable (RetrievalProgress) -> Void

    /// Where answers come from.
    enum Way {
        /// From one shelf, and nothing else.
        case shelf(Shelf)
        /// From this run's archive, else from the service.
        case service
        /// From the service, although the archive has an answer: the last listing was not consistent.
        case again

        func shelf(in bookcase: Bookcase) -> Shelf? {
            switch self {
            case .shelf(let shelf): shelf
            case .service: bookcase.shelves.first
            case .again: nil
            }
        }

        /// Whether answers may be from before a kill.
        var isResuming: Bool { if case .service = self { true } else { false } }
    }

    /// PubMed's index may move between two answers; then all of them are asked again, this often.
    private static let listings = 3
    /// The PMID is a number of at most nine digits.
    private static let highestPMID = 999_999_999
    /// Hits that a slice is meant to have, with room for an uneven spread below the limit of 9,999.
    private static let sliceSize = 9000
    /// A service that hands out a few ids at a time is not followed for ever.
    private static let maxPages = 1000

    /// - Throws: `RetrievalError.searchWarnings`, `.tooManyRecords`, `.listing` and what asking throws.
    func list() async throws -> Listing {
        var wasRefused = false
        for shelf in bookcase.shelves where shelf.answer(for: rootRequest.key) != nil {
            do {
                return try await list(.shelf(shelf))
            } catch RetrievalError.notArchived {
                continue
            } catch is Inconsistent {
                continue
            } catch let refused as RetrievalError {
                // An answer that was refused is no listing to go on from: the service may answer better now.
                guard case .searchWarnings = refused, !service.settings.offline else { throw refused }
                wasRefused = true
            }
        }
        var found: Inconsistent?
        for number in 0..<Self.listings {
            do {
                return try await list(number == 0 && !wasRefused ? .service : .again)
            } catch let inconsistent as Inconsistent {
                found = inconsistent
                if number + 1 < Self.listings { try await service.settings.clock.sleep(2_000_000_000) }
            }
        }
        throw RetrievalError.listing(source: source.id, reported: found?.reported ?? 0, listed: found?.listed ?? 0)
    }

    /// Counts and lists of one listing that do not fit together.
    private struct Inconsistent: Error {
        var reported: Int
        var listed: Int
    }

    private var rootRequest: EntrezRequest { .search(query, start: 0, count: EntrezRequest.listLimit) }

    private func list(_ way: Way) async throws -> Listing {
        let (root, answer) = try await search(query, start: 0, way)
        if let limit = source.maxRecords, root.count > limit {
            throw RetrievalError.tooManyRecords(source: source.id, hits: root.count, limit: limit)
        }
        var ids: Set<PMID> = []
        if root.count <= EntrezRequest.listLimit {
            ids = try await pages(query, first: root, way)
        } else {
            ids = try await slices(root, way)
        }
        guard ids.count == root.count else { throw Inconsistent(reported: root.count, listed: ids.count) }
        return Listing(ids: ids.sorted(), search: root, answer: answer)
    }

    /// All hits of a query that PubMed lists whole, from its first answer on.
    private func pages(_ query: SearchQuery, first: SearchAnswer, _ way: Way) async throws -> Set<PMID> {
        var ids = Set(first.ids)
        var start = first.ids.count
        var pages = 1
        while start < first.count {
            let (next, _) = try await search(query, start: start, way)
            pages += 1
            guard next.count == first.count, next.start == start, !next.ids.isEmpty, pages <= Self.maxPages else {
                throw Inconsistent(reported: first.count, listed: ids.count)
            }
            ids.formUnion(next.ids)
            start += next.ids.count
        }
        guard ids.count == first.count else { throw Inconsistent(reported: first.count, listed: ids.count) }
        return ids
    }

    private func slices(_ root: SearchAnswer, _ way: Way) async throws -> Set<PMID> {
        // What is above the newest id seen is rarely more than one slice; below it, halve.
        let middle = root.ids.max().map { Int($0.number) } ?? 50_000_000
        var ids: Set<PMID> = []
        var open = [(low: 1, high: Self.highestPMID, count: root.count)]
        var isFirst = true
        while let range = open.popLast() {
            guard range.count > 0 else { continue }
            report(done: ids.count, total: root.count, await service.requests)
            if range.count <= EntrezRequest.listLimit {
                let query = query.within(range.low, range.high)
                let (first, _) = try await search(query, start: 0, way)
                guard first.count == range.count else { throw Inconsistent(reported: root.count, listed: ids.count) }
                ids.formUnion(try await pages(query, first: first, way))
                continue
            }
            guard range.low < range.high else { throw Inconsistent(reported: root.count, listed: ids.count) }
            let split = isFirst ? min(middle, Self.highestPMID - 1) : Self.split(range)
            // The part above the newest id is asked first; later always the lower part.
            let asked = isFirst ? (split + 1, range.high) : (range.low, split)
            let other = isFirst ? (range.low, split) : (split + 1, range.high)
            isFirst = false
            let part = query.within(asked.0, asked.1)
            let (first, _) = try await search(part, start: 0, way)
            guard first.count <= range.count else { throw Inconsistent(reported: root.count, listed: ids.count) }
            open.append((other.0, other.1, range.count - first.count))
            if first.count > EntrezRequest.listLimit {
                open.append((asked.0, asked.1, first.count))
            } else {
                ids.formUnion(try await pages(part, first: first, way))
            }
        }
        return ids
    }

    /// Where to cut a range, so that both parts should hold a whole number of slices.
    private static func split(_ range: (low: Int, high: Int, count: Int)) -> Int {
        let parts = max(2, (range.count + sliceSize - 1) / sliceSize)
        return range.low + (range.high - range.low) / parts * (parts / 2)
    }

    private func search(_ query: SearchQuery, start: Int, _ way: Way) async throws -> (SearchAnswer, ArchivedAnswer) {
        let request = EntrezRequest.search(query, start: start, count: EntrezRequest.listLimit)
        let result = try await answer(to: request, way)
        let unaccepted = result.0.warnings.filter { !$0.isAllowed(by: source.allow) }
        guard unaccepted.isEmpty else {
            throw RetrievalError.searchWarnings(
                source: source.id, warnings: unaccepted, translation: result.0.translation)
        }
        return result
    }

    private func answer(to request: EntrezRequest, _ way: Way) async throws -> (SearchAnswer, ArchivedAnswer) {
        if let shelf = way.shelf(in: bookcase), let archived = shelf.answer(for: request.key) {
            let bytes = try bookcase.take(archived, from: shelf)
            let screening = AnswerScreening(redaction: service.redaction, now: 0)
            let meaning = SearchAnswer.read(HTTPAnswer(status: archived.status, headers: [], body: bytes), screening)
            guard case .result(let value) = meaning else {
                throw RetrievalError.archive(
                    path: "\(shelf.archive.folder)/\(archived.hash).gz",
                    why: "it holds no answer to \(request.description)")
            }
            return (value, archived)
        }
        if case .shelf = way { throw RetrievalError.notArchived(request: request.description) }
        return try await service.ask(request) { SearchAnswer.read($0, $1) }
    }

    private func report(done: Int, total: Int, _ requests: Int) {
        progress(RetrievalProgress(source: source.id, phase: .listing, done: done, total: total, requests: requests))
    }
}

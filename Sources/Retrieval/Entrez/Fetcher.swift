import Bibliography

/// Brings the records of listed ids into the archive, and accounts for each of them.
struct Fetcher {
    let service: SourceService
    let bookcase: Bookcase
    let source: String
    let progress: @Sendable (RetrievalProgress) -> Void

    struct Result {
        var batches: [FetchedBatch]
        var missing: [MissingRecord]
    }

    /// An id that exists but was left out is asked for again this often before the source counts as incomplete.
    private static let repetitions = 2
    private static let summarySize = 200

    /// - Parameters:
    ///   - wanted: sorted.
    ///   - listed: every hit; a record that was merged into one of them is whole there.
    /// - Throws: `RetrievalError.incomplete` when a record that exists did not come, and what asking throws.
    func fetch(_ wanted: [PMID], listed: Set<PMID>) async throws -> Result {
        let screening = AnswerScreening(redaction: service.redaction, now: 0)
        var coverage = try Coverage(of: Set(wanted), in: bookcase, screening: screening)
        try await ask(wanted.filter { !coverage.asked.contains($0) }, &coverage, total: wanted.count)
        let missing = try await settle(wanted.filter { coverage.delivered[$0] == nil }, &coverage, total: wanted.count)

        let held = listed.subtracting(missing.map(\.pmid))
        let lost = missing.filter { !$0.isExplained(holding: held) }
        guard lost.isEmpty else { throw RetrievalError.incomplete(source: source, missing: lost) }
        var byHash: [String: [PMID]] = [:]
        for pmid in wanted { if let hash = coverage.delivered[pmid] { byHash[hash, default: []].append(pmid) } }
        let batches = byHash.map { FetchedBatch(hash: $0.key, delivered: $0.value) }
            .sorted { ($0.delivered.first?.number ?? 0) < ($1.delivered.first?.number ?? 0) }
        return Result(batches: batches, missing: missing)
    }

    /// One efetch after the other until every id has been asked for.
    private func ask(_ ids: [PMID], _ coverage: inout Coverage, total: Int) async throws {
        var plan = BatchPlan(largest: service.settings.batchSize)
        var rest = ids[...]
        var failures = 0
        while !rest.isEmpty {
            await report(.fetching, coverage.delivered.count, total)
            let batch = Array(rest.prefix(plan.next(remaining: rest.count)))
            let request = EntrezRequest.fetch(batch.map(\.description))
            let requested = Set(batch)
            let meaning = try await service.attempt(request) { FetchAnswer.read($0, requested: requested, $1) }
            switch meaning {
            case .result(let (fetched, answer)):
                failures = 0
                plan.succeeded()
                coverage.add(fetched, hash: answer.hash, asked: batch)
                rest = rest.dropFirst(batch.count)
                continue
            case .badID where batch.count == 1:
                // esummary decides what it is.
                coverage.asked.formUnion(batch)
                rest = rest.dropFirst()
                continue
            case .badID:
                plan.hadBadID(asked: batch.count)
                continue
            case .tooMuch: plan.wasTooMuch(asked: batch.count)
            default: break
            }
            failures += 1
            try await service.pause(after: meaning, failures: failures, request)
        }
        await report(.fetching, coverage.delivered.count, total)
    }

    /// Finds out about ids that were asked for and did not come.
    private func settle(_ missing: [PMID], _ coverage: inout Coverage, total: Int) async throws -> [MissingRecord] {
        guard !missing.isEmpty else { return [] }
        await report(.checking, coverage.delivered.count, total)
        var rest = missing.filter { coverage.findings[$0] == nil }[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Self.summarySize))
            let (summary, _) = try await service.ask(EntrezRequest.summary(batch.map(\.description))) {
                SummaryAnswer.read($0, requested: batch, $1)
            }
            for pmid in batch { coverage.findings[pmid] = summary.findings[pmid] ?? .exists(isBook: false) }
            rest = rest.dropFirst(batch.count)
        }
        var owed: [PMID] = []
        for number in 0...Self.repetitions {
            owed = missing.filter { coverage.delivered[$0] == nil && coverage.findings[$0]?.isOwed != false }
            if owed.isEmpty || number == Self.repetitions || service.settings.offline { break }
            try await service.settings.clock.sleep(1_000_000_000 << UInt64(number))
            try await ask(owed, &coverage, total: total)
        }
        return missing.filter { coverage.delivered[$0] == nil }.map { pmid in
            switch coverage.findings[pmid] {
            case .unknown: MissingRecord(pmid: pmid, reason: .gone)
            case .merged(let target): MissingRecord(pmid: pmid, reason: .merged(into: target))
            case .exists(isBook: true): MissingRecord(pmid: pmid, reason: .book)
            case .exists(isBook: false), nil: MissingRecord(pmid: pmid, reason: .lost)
            }
        }
    }

    private func report(_ phase: RetrievalProgress.Phase, _ done: Int, _ total: Int) async {
        progress(
            RetrievalProgress(
                source: source, phase: phase, done: done, total: total, requests: await service.requests))
    }
}

extension SummaryAnswer.Finding {
    /// Whether the service owes us the record.
    var isOwed: Bool { if case .exists = self { true } else { false } }
}

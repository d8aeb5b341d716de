import Bibliography
import Foundation
import Logging
import Transfer

/// One question to a source, without who asks.
protocol Question: Sendable {
    /// The last part of the address's path.
    var file: String { get }
    var pairs: [(String, String)] { get }
    var isPost: Bool { get }
    /// For messages: what was asked, in a few words.
    var description: String { get }
}

extension Question {
    var key: RequestKey { RequestKey(method: isPost ? "POST" : "GET", endpoint: file, parameters: pairs) }
}

/// Asks one source: one request at a time, at the allowed rate, every good answer archived before it is used.
actor SourceService {
    let settings: RetrievalSettings
    let archive: Archive
    let redaction: Redaction
    private let executor = BlockingExecutor()
    private let client = HTTPClient()
    private let base: String
    private let host: String
    private let rate: RateLock
    /// Who asks: goes with every request, into no archive.
    private let personal: [(String, String)]
    /// How long the last answers took to begin, nanoseconds.
    private var latencies: [UInt64] = []
    /// HTTP requests so far, retries included.
    private(set) var requests = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The E-utilities, as `settings` say.
    ///
    /// - Throws: `RetrievalError.usage` for an endpoint that may not be asked, or when there is no email.
    static func entrez(_ settings: RetrievalSettings, _ archive: Archive) throws -> SourceService {
        try settings.checkEntrez()
        var personal = [("tool", "sluice"), ("email", settings.email ?? "")]
        if let key = settings.apiKey, settings.hasKey { personal.append(("api_key", key)) }
        return try SourceService(
            settings, archive, endpoint: settings.endpoint, rateLockPath: settings.rateLockPath,
            budget: RateBudget(hasKey: settings.hasKey), personal: personal)
    }

    /// - Throws: `RetrievalError.usage` for an endpoint that may not be asked.
    init(
        _ settings: RetrievalSettings, _ archive: Archive, endpoint: String, rateLockPath: String?, budget: RateBudget,
        personal: [(String, String)]
    ) throws {
        self.settings = settings
        self.archive = archive
        self.personal = personal
        redaction = Redaction(key: settings.apiKey)
        base = Self.base(endpoint)
        host = settings.offline ? "the source" : try Self.host(of: endpoint, redaction)
        let path =
            rateLockPath ?? RateLock.defaultPath(endpoint: base, environment: ProcessInfo.processInfo.environment)
        rate = RateLock(path: path, budget: budget, clock: settings.clock)
    }

    private static func base(_ endpoint: String) -> String { endpoint.hasSuffix("/") ? endpoint : endpoint + "/" }

    fileprivate static func host(of endpoint: String, _ redaction: Redaction) throws(RetrievalError) -> String {
        let base = base(endpoint)
        let host: String
        do {
            host = try WebAddress(checking: base).host
        } catch {
            throw RetrievalError.usage("endpoint '\(redaction(endpoint))': \(error)")
        }
        guard !base.contains("?"), !base.contains("#") else {
            throw RetrievalError.usage("endpoint '\(redaction(endpoint))': it must end in a folder's path")
        }
        return host
    }

    /// Asks until there is a result or no hope. The result is in the archive when this returns.
    ///
    /// - Throws: `RetrievalError`, or `CancellationError`.
    func ask<Value: Sendable>(
        _ request: some Question, read: @Sendable (HTTPAnswer, AnswerScreening) -> Meaning<Value>
    ) async throws -> (value: Value, answer: ArchivedAnswer) {
        var failures = 0
        while true {
            let meaning = try await attempt(request, read: read)
            if case .result(let result) = meaning { return result }
            failures += 1
            try await pause(after: meaning, failures: failures, request)
        }
    }

    /// As `ask`, for an answer that is only looked at: it is not archived.
    func look<Value: Sendable>(
        _ request: some Question, read: @Sendable (HTTPAnswer, AnswerScreening) -> Meaning<Value>
    ) async throws -> Value {
        var failures = 0
        while true {
            let meaning = try await exchange(request, read: read)
            if case .result(let result) = meaning { return result.value }
            failures += 1
            try await pause(after: meaning, failures: failures, request)
        }
    }

    /// One request, whatever comes of it. A result is in the archive when this returns; nothing else ever is.
    func attempt<Value: Sendable>(
        _ request: some Question, read: @Sendable (HTTPAnswer, AnswerScreening) -> Meaning<Value>
    ) async throws -> Meaning<(value: Value, answer: ArchivedAnswer)> {
        let meaning = try await exchange(request, read: read)
        if case .result(let result) = meaning {
            return .result(
                (result.value, try keep(result.message, request, time: iso8601(settings.clock.wallSeconds()))))
        }
        return meaning.failure() ?? .transient("the answer has no meaning")
    }

    private func exchange<Value: Sendable>(
        _ request: some Question, read: @Sendable (HTTPAnswer, AnswerScreening) -> Meaning<Value>
    ) async throws -> Meaning<(value: Value, message: HTTPAnswer)> {
        guard !settings.offline else { throw RetrievalError.notArchived(request: request.description) }
        let booked = try await rate.reserve(
            patience: UInt64(settings.retry.patience + 1) * 1_000_000_000, host: host)
        requests += 1
        // Answers carry this machine's clock; an injected one may show another time.
        let (start, machine) = (settings.clock.now(), monotonicNanoseconds())
        let received: HTTPAnswer
        do {
            received = try await client.answer(to: message(for: request))
        } catch let error as TransferError {
            return try meaning(of: error)
        }
        func since(_ time: UInt64) -> UInt64 { start + (time > machine ? time - machine : 0) }
        try await rate.settle(
            booked, sentAt: since(received.sentAt), answeredAt: since(received.answeredAt),
            quickest: RateBudget.quickest(of: latencies))
        if received.answeredAt > received.sentAt {
            latencies = latencies.suffix(RateBudget.remembered - 1) + [received.answeredAt - received.sentAt]
        }
        // From here on no text can hold the key, whatever the service repeats.
        let answer = redaction(received)
        let meaning = read(answer, AnswerScreening(redaction: redaction, now: settings.clock.wallSeconds()))
        switch meaning {
        case .result(let value): return .result((value, answer))
        case .limited(let retryAfter?, _):
            // Other processes are told too.
            try await rate.keepQuiet(nanoseconds: UInt64(retryAfter) * 1_000_000_000 + 50_000_000)
        default: break
        }
        return meaning.failure() ?? .transient("the answer has no meaning")
    }

    /// Waits as long as the policy says.
    ///
    /// - Throws: the final error when there is nothing to hope for.
    func pause<Value>(after meaning: Meaning<Value>, failures: Int, _ request: some Question) async throws {
        let reason: RetryPolicy.Reason
        let why: String
        switch meaning {
        case .result: return
        case .permanent(let text): throw RetrievalError.wrongAnswer(request: request.description, why: redaction(text))
        case .transient(let text), .tooMuch(let text), .badID(let text): (reason, why) = (.transient, text)
        case .unreachable(let text): (reason, why) = (.unreachable, text)
        case .limited(let retryAfter, let text): (reason, why) = (.limited(retryAfter: retryAfter), text)
        }
        let words = redaction(why)
        switch settings.retry.decision(after: reason, failures: failures) {
        case .again(let nanoseconds):
            let seconds = Double(nanoseconds / 100_000_000) / 10
            settings.logger?.notice("\(request.description): \(words); asking again in \(seconds) s")
            try await settings.clock.sleep(nanoseconds)
        case .tooLong(let seconds): throw RetrievalError.askedToWait(host: host, seconds: seconds)
        case .giveUp:
            switch reason {
            case .unreachable: throw RetrievalError.unreachable(host: host, why: words)
            case .limited(let seconds): throw RetrievalError.askedToWait(host: host, seconds: seconds ?? 60)
            case .transient:
                throw RetrievalError.wrongAnswer(
                    request: request.description, why: "\(words) (asked \(failures) times)")
            }
        }
    }

    private func meaning<Value>(of error: TransferError) throws -> Meaning<Value> {
        let words = redaction(error.description)
        switch error {
        case .refused: throw RetrievalError.usage(words)
        case .untrusted:
            // Waiting mends no certificate.
            let remedy = "behind a proxy that opens connections, name the file of its certificates in CURL_CA_BUNDLE"
            throw RetrievalError.unreachable(host: host, why: "\(words) (\(remedy))")
        case .unreachable(_, let why): return .unreachable(redaction(why))
        case .dropped: return .unreachable(words)
        case .timedOut(_, let received): return received == 0 ? .unreachable(words) : .tooMuch(words)
        case .cutShort, .tooLarge: return .tooMuch(words)
        }
    }

    private func message(for request: some Question) -> HTTPRequest {
        let form = FormEncoding.encode(request.pairs + personal)
        let address = base + request.file
        let agent = HTTPField("User-Agent", "sluice")
        guard request.isPost else { return HTTPRequest(url: "\(address)?\(form)", headers: [agent]) }
        let type = HTTPField("Content-Type", "application/x-www-form-urlencoded")
        return HTTPRequest(method: .post, url: address, headers: [agent, type], body: Array(form.utf8))
    }

    private func keep(_ answer: HTTPAnswer, _ request: some Question, time: String) throws -> ArchivedAnswer {
        let kept: Set<String> = ["content-type", "date", "last-modified", "server", "ncbi-phid", "ncbi-sid"]
        var headers: [String: String] = [:]
        for field in answer.headers where kept.contains(field.name) && headers[field.name] == nil {
            headers[field.name] = field.value
        }
        return try archive.keep(
            answer.body, key: request.key, run: settings.run, time: time, status: answer.status,
            contentType: headers["content-type"],
            headers: headers.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) },
            isRedacted: answer.headers.contains(Redaction.note))
    }
}

extension RetrievalSettings {
    var hasKey: Bool { apiKey.map { !$0.isEmpty } ?? false }
}

extension RetrievalSettings {
    /// Looks before anything is made or sent whether E-utilities may be asked at all.
    ///
    /// - Throws: `RetrievalError.usage` for an endpoint that may not be asked, or when there is no email.
    package func checkEntrez() throws(RetrievalError) {
        guard !offline else { return }
        guard email?.contains("@") == true else {
            throw RetrievalError.usage(
                "NCBI asks for an email address with every request: set NCBI_EMAIL. Nothing was sent")
        }
        _ = try SourceService.host(of: endpoint, Redaction(key: apiKey))
    }
}

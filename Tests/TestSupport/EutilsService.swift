import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// The E-utilities on this machine: esearch (20 ids by default, `retstart` and `retmax` clamped, never past the first
/// 9,999 hits, publication-date window, `low:high[UID]`), efetch (the records as they stand in the corpus, unknown ids
/// left out), esummary. With a plan of what goes wrong, and a log of what was asked.
///
///     let service = try await EutilsService.start(.invented(count: 300))
///     defer { service.stop() }
///     // ask service.endpoint
package final class EutilsService: Sendable {
    package struct LoggedRequest: Sendable {
        /// Nanoseconds of the monotonic clock, when the request had been read.
        package var time: UInt64
        package var method: String
        /// `esearch`.
        package var endpoint: String
        package var parameters: [String: String]
        package var fault: String?

        /// The PMIDs of an efetch or esummary.
        package var ids: [UInt32] { (parameters["id"] ?? "").split(separator: ",").compactMap { UInt32($0) } }
    }

    /// How the service differs from one that holds just the corpus and finds all of it.
    package struct Behaviour: Sendable {
        /// Which records a query finds; nil for all.
        package var finds: (@Sendable (_ term: String, EutilsCorpus.Entry) -> Bool)?
        package var translation: @Sendable (_ term: String) -> String = { "\"\($0)\"[All Fields]" }
        /// Listed, but neither efetch nor esummary knows them.
        package var gone: Set<UInt32> = []
        /// Listed and known to esummary, but never delivered.
        package var lost: Set<UInt32> = []
        /// PMIDs whose summary names another.
        package var merged: [UInt32: UInt32] = [:]
        /// In every search answer: kind and text.
        package var warnings: [(kind: String, text: String)] = []
        /// Most ids in one esearch answer.
        package var listLimit = 9999
        /// efetch cannot read a request with this id.
        package var unreadable: UInt32?
        /// efetch answers with 502 when more ids are asked for.
        package var fetchLimit: Int?
        /// What `db=pmc` holds: whole `article` elements by PMC id without `PMC`. Others it says it does not have.
        package var articles: [String: String] = [:]
        /// Ids of `db=pmc` that are left out without a word.
        package var lostArticles: Set<String> = []

        package init() {}
    }

    private let corpus: EutilsCorpus
    private let server: HTTPServer
    private let state: Mutex<State>
    private let running: Mutex<(task: Task<Void, any Error>, port: UInt16)?> = Mutex(nil)

    private struct State: Sendable {
        var behaviour: Behaviour
        var faults: EutilsFaultPlan
        var log: [LoggedRequest] = []
    }

    /// What to give as endpoint.
    package var endpoint: String { "http://127.0.0.1:\(running.withLock { $0?.port ?? 0 })/entrez/eutils/" }
    package var log: [LoggedRequest] { state.withLock { $0.log } }

    package func log(of endpoint: String) -> [LoggedRequest] { log.filter { $0.endpoint == endpoint } }

    package func set(_ faults: EutilsFaultPlan) { state.withLock { $0.faults = faults } }
    package func change(_ change: @Sendable (inout Behaviour) -> Void) { state.withLock { change(&$0.behaviour) } }
    package func forgetLog() { state.withLock { $0.log = [] } }

    /// Starts a service on a port that the system chooses.
    package static func start(
        _ corpus: EutilsCorpus, behaviour: Behaviour = Behaviour(), faults: EutilsFaultPlan = .none
    ) async throws -> EutilsService {
        let service = EutilsService(corpus, behaviour, faults)
        await service.server.appendRoute("*") { [weak service] request in
            guard let service else { return HTTPResponse(statusCode: .serviceUnavailable) }
            return try await service.answer(request)
        }
        let running = try await Loopback.start(service.server)
        service.running.withLock { $0 = running }
        return service
    }

    package func stop() { running.withLock { $0?.task.cancel() } }

    deinit { stop() }

    private init(_ corpus: EutilsCorpus, _ behaviour: Behaviour, _ faults: EutilsFaultPlan) {
        self.corpus = corpus
        state = Mutex(State(behaviour: behaviour, faults: faults))
        server = HTTPServer(address: Loopback.address(0), timeout: 60, logger: .disabled)
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let form = String(decoding: try await request.bodyData, as: UTF8.self)
        var parameters: [String: String] = [:]
        for item in request.query { parameters[item.name] = item.value }
        for part in form.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? String($0)
            }
            if let name = pair.first { parameters[name] = pair.count > 1 ? pair[1] : "" }
        }
        let file = request.path.split(separator: "/").last.map(String.init) ?? ""
        let endpoint = file.hasSuffix(".fcgi") ? String(file.dropLast(5)) : file
        let entry = LoggedRequest(
            time: DispatchTime.now().uptimeNanoseconds, method: request.method.rawValue, endpoint: endpoint,
            parameters: parameters)
        let (fault, behaviour) = state.withLock { state in
            let fault = state.faults.next(for: endpoint)
            var logged = entry
            logged.fault = fault.map { String(describing: $0).prefix(40).description }
            state.log.append(logged)
            return (fault, state.behaviour)
        }
        var answer = EutilsAnswer(corpus: corpus, behaviour: behaviour, parameters: parameters)
        answer.answer(endpoint, fault)
        if case .stall(let seconds) = fault { try await Task.sleep(for: .seconds(seconds)) }
        return response(answer, fault)
    }

    private func response(_ answer: EutilsAnswer, _ fault: EutilsFault?) -> HTTPResponse {
        var headers = HTTPHeaders()
        headers[.contentType] = answer.type
        headers[HTTPHeader("X-RateLimit-Limit")] = "3"
        for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(answer.status, phrase: "Status")
        let whole = answer.body
        let half = Array(whole.dropLast(whole.count / 2))
        switch fault {
        case .cut:
            let body = HTTPBodySequence(from: CutBytes(bytes: half), count: whole.count, suggestedBufferSize: 1 << 16)
            return HTTPResponse(statusCode: status, headers: headers, body: body)
        case .truncated:
            return HTTPResponse(statusCode: status, headers: headers, body: Data(half))
        default:
            let body = HTTPBodySequence(data: Data(whole), suggestedBufferSize: 1 << 16)
            return HTTPResponse(statusCode: status, headers: headers, body: body)
        }
    }
}

/// Bytes that end in an error, upon which the server closes the connection.
private struct CutBytes: AsyncBufferedSequence {
    typealias Element = UInt8
    let bytes: [UInt8]

    struct Cut: Error {}

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes[...]) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        typealias Element = UInt8
        var bytes: ArraySlice<UInt8>

        mutating func next() async throws -> UInt8? {
            guard let byte = bytes.popFirst() else { throw Cut() }
            return byte
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            guard !bytes.isEmpty else { throw Cut() }
            defer { bytes = bytes.dropFirst(count) }
            return bytes.prefix(count)
        }
    }
}

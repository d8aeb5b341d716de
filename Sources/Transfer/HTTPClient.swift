/// Asks over HTTP/1.1 with connections kept alive, TLS verified, proxies from the environment, gzip accepted, no
/// redirect followed and no request ever repeated by itself.
///
///     let client = HTTPClient()
///     let answer = try await client.answer(to: HTTPRequest(url: "https://example.org/"))
///
/// Owns one thread, which starts with the first request and ends with the client.
package final class HTTPClient: Sendable {
    private let loop = TransferLoop()

    package init() {}

    deinit { loop.close() }

    /// One request and its whole answer, whatever its status.
    /// - Throws: `TransferError`, or `CancellationError` when the task is cancelled.
    package func answer(to request: HTTPRequest, limits: TransferLimits = TransferLimits()) async throws -> HTTPAnswer {
        let address = try WebAddress(checking: request.url)
        try Task.checkCancellation()
        let id = loop.nextID()
        defer { loop.forget(id) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.post(
                    TransferLoop.Job(
                        id: id, request: request, address: address, limits: limits, continuation: continuation))
            }
        } onCancel: {
            loop.cancel(id)
        }
    }
}

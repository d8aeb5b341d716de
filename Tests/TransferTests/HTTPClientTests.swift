import Foundation
import TestSupport
import Testing
import Transfer

@Suite("One HTTP transfer")
struct HTTPClientTests {
    private func http(_ text: String) -> WireServer.Step { .say(Array(text.replacing("\n", with: "\r\n").utf8)) }

    private func error(_ work: () async throws -> HTTPAnswer) async -> TransferError? {
        do {
            _ = try await work()
            return nil
        } catch {
            return error as? TransferError
        }
    }

    @Test("status, headers and body come as they were sent")
    func plain() async throws {
        let server = WireServer([[http("HTTP/1.1 404 No\nX-A: b: c\nx-a: second\nContent-Length: 3\n\nabc")]])
        defer { server.stop() }
        let answer = try await HTTPClient().answer(
            to: HTTPRequest(url: server.address + "a?b=c%26", headers: [HTTPField("User-Agent", "sluice")]))
        #expect(answer.status == 404)
        #expect(answer.header("x-a") == "b: c")
        #expect(answer.body == Array("abc".utf8))
        #expect(answer.answeredAt >= answer.sentAt && answer.sentAt > 0)
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("GET /a?b=c%26 HTTP/1.1\r\n"))
        #expect(request.contains("\r\nUser-Agent: sluice\r\n") && request.contains("\r\nAccept-Encoding: gzip\r\n"))
    }

    @Test("a body goes by POST, without waiting for a 100 Continue")
    func post() async throws {
        let server = WireServer([[http("HTTP/1.1 200 OK\nContent-Length: 0\n\n")]])
        defer { server.stop() }
        let body = Array(repeating: UInt8(0x61), count: 200_000)
        let answer = try await HTTPClient().answer(to: HTTPRequest(method: .post, url: server.address, body: body))
        #expect(answer.body.isEmpty)
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST / HTTP/1.1\r\n") && !request.contains("Expect"))
        #expect(request.hasSuffix("\r\n\r\n" + String(repeating: "a", count: 200_000)))
    }

    @Test("one connection is kept alive")
    func keepAlive() async throws {
        let ok = http("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
        let server = WireServer([[ok, .listen, ok, .listen, ok]])
        defer { server.stop() }
        let client = HTTPClient()
        for _ in 0..<3 { #expect(try await client.answer(to: HTTPRequest(url: server.address)).status == 200) }
        #expect(server.connections == 1)
    }

    @Test("a request is never repeated by itself when the kept connection dies under it")
    func noRepetition() async throws {
        let ok = http("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
        let server = WireServer([[ok, .listen, .reset], [ok]])
        defer { server.stop() }
        let client = HTTPClient()
        _ = try await client.answer(to: HTTPRequest(url: server.address))
        let second = await error { try await client.answer(to: HTTPRequest(url: server.address)) }
        #expect(second == .dropped(host: "127.0.0.1", why: "it was kept alive and no longer stands"))
        #expect(server.requests.count == 2)
        #expect(try await client.answer(to: HTTPRequest(url: server.address)).status == 200)
    }

    @Test("gzip is taken off")
    func gzip() async throws {
        let bytes: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 179, 73, 180, 203, 78, 45, 73, 204, 205, 204, 75, 85, 192, 96, 216, 232,
            39, 218, 1, 0, 191, 117, 56, 93, 33, 0, 0, 0,
        ]
        let server = WireServer([
            [http("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: \(bytes.count)\n\n"), .say(bytes)]
        ])
        defer { server.stop() }
        let answer = try await HTTPClient().answer(to: HTTPRequest(url: server.address))
        #expect(String(decoding: answer.body, as: UTF8.self) == "<a>ketamine ketamine ketamine</a>")
    }

    @Test("an answer that ends early is an error, never a short answer")
    func cutShort() async throws {
        let scripts: [[WireServer.Step]] = [
            [http("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc")],
            [http("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc"), .reset],
            [http("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nabcde\n5\nab")],
            [http("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nabcde\n")],
            [http("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 5\n\nabcde")],
        ]
        for script in scripts {
            let server = WireServer([script])
            let error = await error { try await HTTPClient().answer(to: HTTPRequest(url: server.address)) }
            guard case .cutShort(host: "127.0.0.1", _, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            server.stop()
        }
    }

    @Test("a connection that ends before an answer, or that is not there, is told apart")
    func noAnswer() async throws {
        for script in [[], [.reset]] as [[WireServer.Step]] {
            let server = WireServer([script])
            let error = await error { try await HTTPClient().answer(to: HTTPRequest(url: server.address)) }
            guard case .dropped = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            server.stop()
        }
        let gone = WireServer([[]])
        gone.stop()
        try await Task.sleep(for: .milliseconds(50))
        let error = await error { try await HTTPClient().answer(to: HTTPRequest(url: gone.address)) }
        guard case .unreachable(host: "127.0.0.1", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.hasPrefix("127.0.0.1 could not be reached: ") == true)
    }

    @Test("silence ends in a timeout, a trickle does not")
    func stall() async throws {
        let server = WireServer([[http("HTTP/1.1 200 OK\nContent-Length: 4\n\nab"), .wait(milliseconds: 3000)]])
        defer { server.stop() }
        let limits = TransferLimits(stall: .milliseconds(800))
        let error = await error { try await HTTPClient().answer(to: HTTPRequest(url: server.address), limits: limits) }
        #expect(error == .timedOut(host: "127.0.0.1", received: 2))
        let trickle = WireServer([
            [http("HTTP/1.1 200 OK\nContent-Length: 4\n\n")]
                + (0..<4).flatMap { _ in [.wait(milliseconds: 150), .say([0x61])] as [WireServer.Step] }
        ])
        defer { trickle.stop() }
        let answer = try await HTTPClient().answer(to: HTTPRequest(url: trickle.address), limits: limits)
        #expect(answer.body.count == 4)
    }

    @Test("a connection that nobody takes up ends in the connect timeout")
    func connectTimeout() async throws {
        let port = try DeafPort()
        let start = ContinuousClock.now
        let error = await error {
            try await HTTPClient().answer(
                to: HTTPRequest(url: "http://127.0.0.1:\(port.number)/"),
                limits: TransferLimits(connect: .milliseconds(300)))
        }
        guard case .unreachable(host: "127.0.0.1", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(ContinuousClock.now - start >= .milliseconds(300))
        withExtendedLifetime(port) {}
    }

    @Test("this machine is asked over IPv6 too", .enabled(if: WireServer.hasIPv6, "this machine has no IPv6 loopback"))
    func version6() async throws {
        let server = WireServer([[http("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")]], isVersion6: true)
        defer { server.stop() }
        #expect(server.address.hasPrefix("http://[::1]:"))
        #expect(try await HTTPClient().answer(to: HTTPRequest(url: server.address)).status == 200)
    }

    @Test("bodies and heads are bounded")
    func bounded() async throws {
        let server = WireServer([[http("HTTP/1.1 200 OK\n\n"), .say(Array(repeating: 0x61, count: 5000))]])
        defer { server.stop() }
        let error = await error {
            try await HTTPClient().answer(to: HTTPRequest(url: server.address), limits: TransferLimits(bodyBytes: 4999))
        }
        #expect(error == .tooLarge(host: "127.0.0.1", limit: 4999))
        let talkative = WireServer([[http("HTTP/1.1 200 OK\nX: \(String(repeating: "x", count: 9000))\n\n")]])
        defer { talkative.stop() }
        let head = await self.error {
            try await HTTPClient().answer(
                to: HTTPRequest(url: talkative.address), limits: TransferLimits(headerBytes: 1000))
        }
        #expect(head == .tooLarge(host: "127.0.0.1", limit: 1000))
    }

    @Test("a redirect is an answer, not an order")
    func redirect() async throws {
        let server = WireServer([[http("HTTP/1.1 302 Found\nLocation: /other\nContent-Length: 0\n\n")]])
        defer { server.stop() }
        #expect(try await HTTPClient().answer(to: HTTPRequest(url: server.address)).status == 302)
        #expect(server.requests.count == 1)
    }

    @Test("a cancelled task ends its transfer without waiting for the answer")
    func cancellation() async throws {
        let server = WireServer([[.wait(milliseconds: 3000)]])
        defer { server.stop() }
        let client = HTTPClient()
        let task = Task { try await client.answer(to: HTTPRequest(url: server.address)) }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let before = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.answer(to: HTTPRequest(url: server.address))
        }
        await #expect(throws: CancellationError.self) { try await before.value }
    }

    @Test("many transfers at once are all answered, each once")
    func many() async throws {
        let server = WireServer([
            [
                .wait(milliseconds: 300), http("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
            ]
        ])
        defer { server.stop() }
        let client = HTTPClient()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await client.answer(to: HTTPRequest(url: server.address)).status } }
            for try await status in group { #expect(status == 200) }
        }
        #expect(server.requests.count == 20)
    }

    @Test("a header with a line break is refused")
    func headerInjection() async throws {
        let request = HTTPRequest(url: "http://127.0.0.1:1/", headers: [HTTPField("A", "b\r\nC: d")])
        #expect(
            await error { try await HTTPClient().answer(to: request) }
                == .refused(host: "127.0.0.1", why: "a header holds a control character"))
    }

    @Test(
        "plain http is for this machine, and only by names that cannot be another",
        arguments: [
            ("http://127.0.0.1/", true), ("http://127.255.0.9:80/x", true), ("http://[::1]:8080/", true),
            ("http://localhost/", true), ("http://LOCALHOST:1/", true), ("http://[0:0:0:0:0:0:0:1]/", true),
            ("https://example.org/", true), ("http://example.org/", false), ("http://0.0.0.0/", false),
            ("http://127.0.0.1.example.org/", false), ("http://localhost.example.org/", false),
            ("http://[::]/", false), ("http://[::ffff:127.0.0.1]/", false), ("http://128.0.0.1/", false),
            ("http://127.0.0.1@example.org/", false), ("https://user:word@example.org/", false),
            ("ftp://127.0.0.1/", false), ("file:///etc/passwd", false), ("", false), ("eutils", false),
            ("http://127.0.0.256/", false), ("https://", false), ("http://127.0.0.1\u{0}/", false),
        ])
    func addresses(url: String, isAllowed: Bool) {
        let address = try? WebAddress(checking: url)
        #expect((address != nil) == isAllowed)
        if url.hasPrefix("http:"), isAllowed { #expect(address?.isLoopback == true) }
    }

    @Test("no message holds more of the address than the host")
    func messages() async throws {
        let error = await error {
            try await HTTPClient().answer(to: HTTPRequest(url: "http://127.0.0.1:1/path?api_key=SECRET"))
        }
        #expect(error?.description.contains("SECRET") == false)
        let texts = [
            TransferError.untrusted(host: "h", why: "w"): "the certificate of h is not trusted: w",
            .timedOut(host: "h", received: 3): "h fell silent after 3 bytes",
            .dropped(host: "h", why: "w"): "h closed the connection without an answer: w",
            .cutShort(host: "h", why: "w", received: 3): "the answer of h was cut short after 3 bytes: w",
            .tooLarge(host: "h", limit: 3): "the answer of h is larger than 3 bytes",
            .refused(host: "h", why: "w"): "h is not asked: w",
        ]
        for (error, text) in texts { #expect(error.description == text) }
    }
}

import Foundation
import TestSupport
import Testing

/// What lies between the command and a service: proxies, certificates, other processes, a terminal.
@Suite("Between the command and the service")
struct NetworkTests {
    @Test("a proxy of the environment is asked for https, never for this machine, and never sees the key")
    func proxy() async throws {
        let review = try LiveReview()
        let proxy = WireServer([[.say(Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".utf8))]])
        defer { proxy.stop() }
        var environment = review.environment(nil, key: LiveReview.key)
        for name in ["https_proxy", "http_proxy", "ALL_PROXY"] { environment[name] = proxy.address }
        environment["SLUICE_EUTILS_URL"] = "https://eutils.example.invalid/entrez/eutils/"
        let through = try await BuiltTool.run(review.arguments(["fetch"]), environment: environment)
        #expect(through.status == 75, "\(through.errors)")
        #expect(through.errors.contains("eutils.example.invalid could not be reached"))
        let asked = proxy.requests
        #expect(!asked.isEmpty)
        for request in asked {
            #expect(request.hasPrefix("CONNECT eutils.example.invalid:443 HTTP/1.1\r\n"))
            #expect(!request.contains("api_key") && !request.contains("0123456789"))
        }

        let service = try await EutilsService.start(.invented(count: 3))
        defer { service.stop() }
        environment["SLUICE_EUTILS_URL"] = service.endpoint
        let direct = try await BuiltTool.run(review.arguments(["fetch"]), environment: environment)
        #expect(direct.status == 0, "\(direct.errors)")
        #expect(proxy.requests.count == asked.count)
    }

    @Test(
        "a certificate that nobody vouches for, or of another host, ends the fetch before anything is sent; a known one does not",
        .enabled(if: TLSServer.isAvailable, "openssl is not installed"))
    func certificates() async throws {
        let review = try LiveReview()
        let folder = try TemporaryFolder()
        let body = "<eSearchResult><Count>3</Count><IdList/><QueryTranslation>by TLS</QueryTranslation></eSearchResult>"
        let server = try await TLSServer.start(in: folder)
        defer { server.stop() }
        func ask(_ host: String, trusting: Bool) async throws -> BuiltTool.Result {
            var environment = review.environment(nil, key: LiveReview.key)
            environment["SLUICE_EUTILS_URL"] = "https://\(host):\(server.port)/"
            if trusting { environment["SSL_CERT_FILE"] = folder.path("certificate.pem") }
            return try await BuiltTool.run(review.arguments(["fetch", "--dry-run"]), environment: environment)
        }
        let unknown = try await ask("localhost", trusting: false)
        #expect(unknown.status == 75 && unknown.errors.contains("the certificate of localhost is not trusted"))
        #expect(unknown.errors.contains("name the file of its certificates in CURL_CA_BUNDLE"))
        let other = try await ask("127.0.0.1", trusting: true)
        #expect(other.status == 75 && other.errors.contains("the certificate of 127.0.0.1 is not trusted"))
        try server.say("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let known = try await ask("localhost", trusting: true)
        #expect(
            known.status == 0 && known.output.contains("3 hits") && known.output.contains("by TLS"), "\(known.errors)")
    }

    @Test("three processes, one of them killed and started anew, share three requests a second")
    func rate() async throws {
        let service = try await EutilsService.start(.invented(count: 2))
        defer { service.stop() }
        let reviews = try (0..<3).map { _ in try LiveReview() }
        var environment = reviews[0].environment(service)
        environment["SLUICE_RATE_FOLDER"] = reviews[0].folder.path
        func process(_ number: Int) throws -> Process {
            let process = try BuiltTool.process(reviews[number].arguments(["fetch"]), environment: environment)
            process.standardError = FileHandle.nullDevice
            return process
        }
        let first = try process(0)
        let start = DispatchTime.now().uptimeNanoseconds
        try first.run()
        while first.isRunning, service.log.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<3 {
                let process = try process(number)
                group.addTask { try await BuiltTool.finish(process) }
            }
            try await group.waitForAll()
        }
        let times = service.log.map(\.time).sorted()
        #expect(times.count >= 7)
        // Whatever holds a request up makes it later, never earlier: the fourth may come a second after the start, the seventh
        // two. Processes that do not know of each other are done within a third of a second.
        for index in times.indices.dropFirst(3) { #expect(times[index] - start > UInt64(index / 3) * 900_000_000) }
    }

    @Test(
        "on a terminal a line says how far a fetch is; elsewhere nothing is drawn",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "the program `script` is not installed"
        ))
    func progress() async throws {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 30))
        defer { service.stop() }
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/script")
        let command = ([try BuiltTool.url().path] + review.arguments(["fetch"])).map { "'\($0)'" }.joined(
            separator: " ")
        process.arguments = ["-qec", command, folder.path("typescript")]
        process.environment = review.environment(service).merging(
            ["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"], uniquingKeysWith: { _, new in new })
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try await BuiltTool.finish(process)
        #expect(process.terminationStatus == 0)
        let drawn = try String(contentsOfFile: folder.path("typescript"), encoding: .utf8)
        #expect(drawn.contains("\r\u{1B}[Kfetch"))
        #expect(drawn.contains(" of 30 pubmed: fetching"), "\(drawn)")
        let plain = try await review.sluice("fetch", service: service)
        #expect(!plain.errors.contains("\u{1B}") && plain.output.isEmpty)
    }
}

/// A server that makes a certificate for `localhost` by itself and says one thing to everybody who connects.
private final class TLSServer: Sendable {
    let port: Int
    private let process: Process
    private let input: Pipe

    private static let program = "/usr/bin/openssl"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) }

    private init(_ process: Process, _ input: Pipe, port: Int) {
        self.process = process
        self.input = input
        self.port = port
    }

    /// Not by a polite signal, which it outlives when it is started from a test.
    func stop() { kill(process.processIdentifier, SIGKILL) }

    /// To whoever connects next.
    func say(_ answer: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(answer.utf8)) }

    static func start(in folder: TemporaryFolder) async throws -> TLSServer {
        let maker = Process()
        maker.executableURL = URL(filePath: program)
        maker.arguments =
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
            + ["-addext", "subjectAltName=DNS:localhost", "-keyout", folder.path("key.pem")]
            + ["-out", folder.path("certificate.pem")]
        maker.standardError = FileHandle.nullDevice
        try await BuiltTool.finish(maker)

        // Its own ways to answer do not speak HTTP as needed; what is typed into it goes to whoever is connected.
        try folder.write("", to: "log")
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-cert", folder.path("certificate.pem"), "-key",
            folder.path("key.pem"),
        ]
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder.path("log")))
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning {
            let log = (try? String(contentsOfFile: folder.path("log"), encoding: .utf8)) ?? ""
            if let line = log.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT") }),
                let port = line.split(separator: ":").last.flatMap({ Int($0) })
            {
                return TLSServer(process, input, port: port)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw CocoaError(.executableLoad)
    }
}

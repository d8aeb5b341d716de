import Foundation
import Retrieval
import TestSupport
import Testing

@Suite("The API key")
struct SecretTests {
    /// Every spelling of the key that a file could hold.
    private var spellings: [String] {
        let key = LiveReview.key
        let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return [
            key, escaped, escaped.lowercased(), key.replacing("&", with: "&amp;").replacing("\"", with: "&quot;"),
            key.replacing("\"", with: "\\\""),
        ]
    }

    private func leaks(_ bytes: some Sequence<UInt8>) -> Bool {
        let data = Data(bytes)
        return spellings.contains { data.range(of: Data($0.utf8)) != nil }
    }

    /// Every file below a folder, the answers of an archive inflated as well.
    private func holders(below folder: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        #expect(names.count > 5)
        var found = names.filter { name in
            leaks(name.utf8) || leaks(FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        }
        let archive = try Archive(folder: folder + "/w/archive", readOnly: true)
        #expect(!archive.exchanges.isEmpty)
        for exchange in archive.exchanges where leaks(try archive.bytes(of: exchange.hash)) {
            found.append(exchange.hash)
        }
        return found
    }

    @Test("an answer that repeats it, in any spelling, leaves it in no file, no output and no message")
    func echoed() async throws {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 30))
        defer { service.stop() }
        let echoes = spellings.joined(separator: " ")
        service.change {
            $0.translation = { _ in echoes }
            $0.headers = ["NCBI-SID": LiveReview.key.filter { $0 != "\"" }, "Server": LiveReview.key]
        }
        let result = try await review.sluice("run", service: service, key: LiveReview.key)
        #expect(result.status == 0, "\(result.errors)")
        #expect(service.log.allSatisfy { $0.parameters["api_key"] == LiveReview.key }, "it was sent")
        #expect(!leaks(result.output.utf8) && !leaks(result.errors.utf8))
        #expect(try holders(below: review.folder.path) == [])
        for verb in [["status"], ["export", "searches"], ["export", "runs"], ["doctor"], ["fetch", "--dry-run"]] {
            let said = try await BuiltTool.run(
                verb.first == "doctor" ? verb + ["--workspace", review.workspace] : review.arguments(verb),
                environment: review.environment(service, key: LiveReview.key))
            #expect(said.status == 0 && !leaks(said.output.utf8) && !leaks(said.errors.utf8), "\(verb): \(said.errors)")
        }
        #expect(try await review.table("searches").first?["translation"]?.contains("[key]") == true)
        let verified = try await review.sluice("verify", key: LiveReview.key)
        #expect(verified.status == 0 && verified.output.contains("secrets"), "\(verified.output)")

        // And were it there, verify would find it.
        try review.folder.write("see \(LiveReview.key)", to: "w/output/notes.txt")
        let found = try await review.sluice("verify", key: LiveReview.key)
        #expect(found.status == 65 && found.output.contains("output/notes.txt: the API key stands in it"))
        #expect(!leaks(found.output.utf8) && !leaks(found.errors.utf8))
    }

    @Test("failures that repeat it are told without it: a refused key, an error text, a header, a web page")
    func failing() async throws {
        let key = LiveReview.key
        let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let faults: [EutilsFault] = [
            .badKey, .error("ID list is empty! request was api_key=\(escaped)", status: 400),
            .error("cannot be larger than 9998: \(key)"),
            .answer(status: 403, type: "text/html", body: "<html><title>\(key)</title></html>"),
            .answer(status: 404, type: "text/plain", body: "/efetch.fcgi?api_key=\(escaped.lowercased())&db=pubmed"),
            .redirect(to: "http://127.0.0.1:1/?api_key=\(escaped)"),
        ]
        for fault in faults {
            let review = try LiveReview()
            let service = try await EutilsService.start(.invented(count: 3), faults: .none.always(fault, at: "efetch"))
            defer { service.stop() }
            let result = try await review.sluice("fetch", service: service, key: key)
            #expect(result.status == 2, "\(fault): \(result.errors)")
            #expect(!leaks(result.output.utf8) && !leaks(result.errors.utf8), "\(result.errors)")
            #expect(try holders(below: review.folder.path) == [])
        }
    }

    @Test("the process bears it in its environment alone, not in its arguments")
    func arguments() async throws {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 3), faults: .none.always(.stall(seconds: 5)))
        defer { service.stop() }
        let process = try BuiltTool.process(
            review.arguments(["fetch"]), environment: review.environment(service, key: LiveReview.key))
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, service.log.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let line = try #require(FileManager.default.contents(atPath: "/proc/\(process.processIdentifier)/cmdline"))
        #expect(String(decoding: line, as: UTF8.self).contains("fetch") && !leaks(line))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

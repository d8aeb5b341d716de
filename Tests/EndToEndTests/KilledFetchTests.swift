import Foundation
import TestSupport
import Testing

@Suite("A fetch that is killed")
struct KilledFetchTests {
    @Test("kill -9 at random moments: it goes on, asks for nothing twice but the newest, and ends in the same bytes")
    func killed() async throws {
        let review = try LiveReview()
        let service = try await EutilsService.start(.invented(count: 3600))
        defer { service.stop() }
        let key = "0123456789abcdef"
        let whole = try await review.sluice("fetch", service: service, key: key, workspace: review.folder.path("whole"))
        #expect(whole.status == 0, "\(whole.errors)")

        var random = SystemRandomNumberGenerator()
        var lives: [[EutilsService.LoggedRequest]] = []
        service.forgetLog()
        for life in 0..<6 {
            let before = service.log.count
            let process = try BuiltTool.process(
                review.arguments(["fetch"]), environment: review.environment(service, key: key))
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            // The first life dies before it asks anything now and then, the others after one request or two.
            let wanted = before + (life == 0 ? 0 : Int.random(in: 1...2, using: &random))
            while process.isRunning, service.log.count < wanted { try await Task.sleep(for: .milliseconds(2)) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...40, using: &random)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // A request that was on its way is still logged.
            try await Task.sleep(for: .milliseconds(20))
            lives.append(Array(service.log.dropFirst(before)))
        }
        let before = service.log.count
        let last = try await review.sluice("run", service: service, key: key)
        #expect(last.status == 0, "\(last.errors)")
        lives.append(Array(service.log.dropFirst(before)))

        var asked: Set<UInt32> = []
        var newest: Set<UInt32> = []
        for life in lives {
            let ids = life.filter { $0.endpoint == "efetch" }.map(\.ids)
            for request in ids { #expect(asked.isDisjoint(with: Set(request).subtracting(newest))) }
            for request in ids { asked.formUnion(request) }
            if let request = ids.last { newest = Set(request) }
        }
        #expect(asked.count == 3600)
        #expect(service.log(of: "esearch").count <= 1 + lives.count { $0.last?.endpoint == "esearch" })

        // The uninterrupted workspace, brought to the same stage.
        let other = review.folder.path("whole")
        #expect(try await review.sluice("run", "--offline", workspace: other).status == 0)
        for (table, more) in [("ledger", []), ("records", ["--to", "ndjson"])] as [(String, [String])] {
            let killed = try await BuiltTool.run(review.arguments(["export", table] + more))
            let uninterrupted = try await BuiltTool.run(review.arguments(["export", table] + more, workspace: other))
            #expect(killed.status == 0 && killed.output == uninterrupted.output, "\(table)")
        }
        let flow = try Data(contentsOf: URL(filePath: review.workspace + "/output/flow.csv"))
        #expect(try Data(contentsOf: URL(filePath: other + "/output/flow.csv")) == flow)
        #expect(try await review.table("runs").map { $0["number"] } == ["1"])
        let verified = try await review.sluice("verify")
        #expect(verified.status == 0, "\(verified.output)")
    }
}

import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("The rate of requests")
struct RateTests {
    @Test(
        "however requests are held up on their way, no second holds more than the limit", arguments: [3, 10],
        [UInt64](1...200))
    func neverMore(limit: Int, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let budget = RateBudget(limit: limit)
        var counted: [UInt64] = []
        var arrivals: [UInt64] = []
        var latencies: [UInt64] = []
        var now: UInt64 = 5_000_000_000
        while arrivals.count < 100 {
            switch budget.decision(counted: counted, notBefore: 0, now: now) {
            case .wait(let time):
                #expect(time > 0)
                now += time
            case .go:
                // One in five is held up; answering takes a little.
                let delay: UInt64 =
                    Int.random(in: 0...4, using: &random) == 0
                    ? .random(in: 0...290_000_000, using: &random) : 1_000_000
                let answer = UInt64.random(in: 2_000_000...15_000_000, using: &random)
                arrivals.append(now + delay)
                counted.append(
                    RateBudget.countedFrom(
                        sentAt: now, answeredAt: now + delay + answer, quickest: RateBudget.quickest(of: latencies)))
                latencies.append(delay + answer)
                counted = counted.suffix(32)
                now += delay + answer
            }
        }
        arrivals.sort()
        for index in arrivals.indices.dropFirst(limit) {
            #expect(arrivals[index] - arrivals[index - limit] > RateBudget.window)
        }
    }

    @Test(
        "with work waiting, at least nine tenths of the allowed rate are reached, quick answers or slow",
        arguments: [3, 10], [2, 60, 90, 400])
    func nineTenths(limit: Int, milliseconds: UInt64) {
        let budget = RateBudget(limit: limit)
        // More askers than one connection can feed.
        let latency = milliseconds * 1_000_000
        var counted: [UInt64] = []
        var now: UInt64 = 5_000_000_000
        let start = now
        var sent = 0
        while sent < 1000 {
            if case .wait(let time) = budget.decision(counted: counted, notBefore: 0, now: now) {
                now += time
                continue
            }
            sent += 1
            counted.append(
                RateBudget.countedFrom(sentAt: now, answeredAt: now + latency, quickest: sent > 8 ? latency : 0))
            counted = counted.suffix(32)
        }
        let rate = Double(sent - limit) / (Double(now - start) / 1e9)
        #expect(rate >= 0.9 * Double(limit))
        #expect(rate <= Double(limit))
    }

    @Test("nothing goes before Retry-After is over; times from before a restart do not count")
    func notBefore() {
        let budget = RateBudget(limit: 3)
        #expect(budget.decision(counted: [], notBefore: 900, now: 500) == .wait(400))
        #expect(budget.decision(counted: [], notBefore: 900, now: 900) == .go)
        let future: UInt64 = 50_000_000_000
        #expect(budget.decision(counted: [future, future, future], notBefore: 0, now: 1_000_000_000) == .go)
    }

    @Test("processes share the budget through the file")
    func shared() async throws {
        let folder = TemporaryFolder()
        let time = FakeTime()
        let locks = (0..<4).map { _ in
            RateLock(path: folder.path + "/rate", budget: RateBudget(limit: 3), clock: time.clock)
        }
        let start = time.now
        for number in 0..<12 {
            let booked = try await locks[number % 4].reserve(patience: .max, host: "h")
            try await locks[number % 4].settle(booked, sentAt: time.now, answeredAt: time.now + 1_000_000, quickest: 0)
        }
        // Twelve requests at three a second are four windows.
        #expect(time.now - start >= 3 * RateBudget.window)
        #expect(time.now - start <= 3 * (RateBudget.window + RateBudget.margin + 2_000_000))
    }

    @Test(
        "a request on its way holds its place, however long a busy machine holds it up; a dead process's for two seconds"
    )
    func held() async throws {
        let folder = TemporaryFolder()
        let time = FakeTime()
        let lock = RateLock(path: folder.path + "/rate", budget: RateBudget(limit: 1), clock: time.clock)
        let start = time.now
        _ = try await lock.reserve(patience: .max, host: "h")
        // Another process, after the first was killed.
        let other = RateLock(path: folder.path + "/rate", budget: RateBudget(limit: 1), clock: time.clock)
        let booked = try await other.reserve(patience: .max, host: "h")
        #expect(time.now - start >= RateBudget.longestWay + RateBudget.window)
        #expect(time.now - start < RateBudget.longestWay + RateBudget.window + 100_000_000)
        // It was sent late, and its answer came later: it counts from there.
        let sent = time.now + 900_000_000
        try await other.settle(booked, sentAt: sent, answeredAt: sent + 5_000_000, quickest: 0)
        _ = try await lock.reserve(patience: .max, host: "h")
        #expect(time.now >= sent + RateBudget.window)
    }

    @Test("a damaged file counts as a full second, a foreign one is refused")
    func damaged() async throws {
        let folder = TemporaryFolder()
        let time = FakeTime()
        let path = folder.path + "/rate"
        try Data("sluice rate 2\nsent x\n".utf8).write(to: URL(filePath: path))
        let lock = RateLock(path: path, budget: RateBudget(limit: 3), clock: time.clock)
        _ = try await lock.reserve(patience: .max, host: "h")
        #expect(time.slept.first.map { $0 >= RateBudget.window } == true)
        try FileManager.default.createSymbolicLink(atPath: path + "2", withDestinationPath: path)
        let link = RateLock(path: path + "2", budget: RateBudget(limit: 3), clock: time.clock)
        let error = await failure { try await link.reserve(patience: .max, host: "h") }
        #expect(error?.description.hasPrefix("rate file \(path)2: it cannot be opened") == true)
        let folderAsFile = RateLock(path: folder.path, budget: RateBudget(limit: 3), clock: time.clock)
        #expect(await failure { try await folderAsFile.reserve(patience: .max, host: "h") } != nil)
    }

    @Test("a longer Retry-After than our patience is status 75, for every process")
    func patience() async throws {
        let folder = TemporaryFolder()
        let time = FakeTime()
        let lock = RateLock(path: folder.path + "/rate", budget: RateBudget(limit: 3), clock: time.clock)
        try await lock.keepQuiet(nanoseconds: 600_000_000_000)
        let error = await failure { try await lock.reserve(patience: 90_000_000_000, host: "h") }
        #expect(error == .askedToWait(host: "h", seconds: 601))
        #expect(error?.exitStatus == 75)
    }

    @Test("the file is one for each user and service")
    func place() {
        let path = RateLock.defaultPath(endpoint: "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/", environment: [:])
        #expect(path == "/tmp/sluice-rate-\(getuid())-eutils.ncbi.nlm.nih.gov")
        #expect(
            RateLock.defaultPath(endpoint: "https://x/", environment: ["SLUICE_RATE_FOLDER": "/run/r"])
                == "/run/r/sluice-rate-\(getuid())-x")
        #expect(
            RateLock.defaultPath(endpoint: "http://127.0.0.1:8080/../x", environment: [:])
                == "/tmp/sluice-rate-\(getuid())-127.0.0.1-8080")
    }

    @Test("pauses double, Retry-After is taken at its word, and in the end we give up")
    func retries() {
        let policy = RetryPolicy()
        #expect(policy.decision(after: .transient, failures: 1) == .again(after: 500_000_000))
        #expect(policy.decision(after: .transient, failures: 4) == .again(after: 4_000_000_000))
        #expect(policy.decision(after: .transient, failures: 5) == .giveUp)
        #expect(policy.decision(after: .unreachable, failures: 4) == .giveUp)
        #expect(policy.decision(after: .limited(retryAfter: 2), failures: 1) == .again(after: 2_050_000_000))
        #expect(policy.decision(after: .limited(retryAfter: nil), failures: 2) == .again(after: 2_000_000_000))
        #expect(policy.decision(after: .limited(retryAfter: 91), failures: 1) == .tooLong(91))
    }

    @Test("Retry-After is seconds or a date (RFC 9110, 10.2.3)")
    func retryAfter() {
        #expect(RetryPolicy.seconds(retryAfter: "2", now: 0) == 2)
        #expect(RetryPolicy.seconds(retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_770) == 7)
        #expect(RetryPolicy.seconds(retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_778) == 0)
        #expect(RetryPolicy.seconds(retryAfter: "99999999999999999999", now: 0) == 86_400)
        for text in [nil, "", "soon", "-1", "Sun, 06 Nov 1994 08:49 GMT", "a, b c d e f"] {
            #expect(RetryPolicy.seconds(retryAfter: text, now: 0) == nil)
        }
    }

    @Test("batches are even, shrink by half to a hundred, and grow back after two good answers")
    func batches() {
        var plan = BatchPlan(largest: 500)
        #expect(plan.next(remaining: 501) == 251)
        #expect(plan.next(remaining: 500) == 500)
        #expect(plan.next(remaining: 0) == 0)
        plan.wasTooMuch(asked: 500)
        #expect(plan.size == 250)
        plan.wasTooMuch(asked: 250)
        plan.wasTooMuch(asked: 125)
        plan.wasTooMuch(asked: 100)
        #expect(plan.size == 100)
        plan.succeeded()
        #expect(plan.size == 100)
        plan.succeeded()
        #expect(plan.size == 200)
        plan.hadBadID(asked: 200)
        plan.hadBadID(asked: 1)
        #expect(plan.size == 1)
    }
}

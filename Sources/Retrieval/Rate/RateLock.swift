import Foundation

/// Lets requests out at the allowed rate, counted over all processes of one user on one machine through a small file
/// under `flock`. The lock is held for the time of a read and a write, never while waiting.
package struct RateLock: Sendable {
    package let path: String
    package let budget: RateBudget
    let clock: RetrievalClock

    package init(path: String, budget: RateBudget, clock: RetrievalClock = .system) {
        self.path = path
        self.budget = budget
        self.clock = clock
    }

    /// The usual place of the file: one for each user and each service asked. Always in the same folder, so that a
    /// scheduled job and a person at a terminal, whose environments differ, share one budget.
    package static func defaultPath(endpoint: String, environment: [String: String]) -> String {
        let host = endpoint.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
        let name = (host ?? endpoint).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }
        let folder = environment["SLUICE_RATE_FOLDER"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        return "\(folder)/sluice-rate-\(getuid())-\(String(name.prefix(100)))"
    }

    /// Waits until one more request may go out, and books it.
    ///
    /// - Parameters:
    ///   - patience: the longest wait that a service may ask for (nanoseconds); a longer one is thrown as
    ///     `RetrievalError.askedToWait`.
    /// - Returns: what the request was booked as, for `settle`.
    package func reserve(patience: UInt64, host: String) async throws -> UInt64 {
        while true {
            try Task.checkCancellation()
            var booked: UInt64 = 0
            var isAnyHeld = false
            let decision = try await update { ledger, now in
                isAnyHeld = !ledger.held.isEmpty
                let decision = budget.decision(counted: ledger.all(now: now), notBefore: ledger.notBefore, now: now)
                if decision == .go {
                    // A booking is known by its time: two of one moment would be one.
                    booked = max(now, (ledger.held.max() ?? 0) + 1)
                    ledger.held.append(booked)
                } else if ledger.notBefore > now, ledger.notBefore - now > patience {
                    let seconds = Int((ledger.notBefore - now) / 1_000_000_000) + 1
                    throw RetrievalError.askedToWait(host: host, seconds: seconds)
                }
                return decision
            }
            guard case .wait(let nanoseconds) = decision else { return booked }
            // An answer that comes may let the next request go earlier than it looks now.
            try await clock.sleep(isAnyHeld ? min(nanoseconds, Self.glance) : nanoseconds)
        }
    }

    private static let glance: UInt64 = 50_000_000

    /// Says when a booked request really went out, when its answer began, and how long the quickest of late took.
    /// Without this, when there is no answer, the booking counts for as long as the longest way.
    package func settle(_ booked: UInt64, sentAt: UInt64, answeredAt: UInt64, quickest: UInt64) async throws {
        try await update { ledger, _ in
            ledger.held.removeAll { $0 == booked }
            ledger.counted.append(
                RateBudget.countedFrom(sentAt: sentAt, answeredAt: answeredAt, quickest: quickest))
        }
    }

    /// Nothing is sent for that long, by any process.
    package func keepQuiet(nanoseconds: UInt64) async throws {
        try await update { ledger, now in
            ledger.notBefore = max(ledger.notBefore, now + min(nanoseconds, 86_400 * RateBudget.window))
        }
    }

    /// Reads, changes and writes the ledger while no other process can.
    private func update<Value>(_ change: (inout RateLedger, UInt64) throws -> Value) async throws -> Value {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("opened") }
        defer { close(file) }
        var information = stat()
        guard fstat(file, &information) == 0, information.st_uid == geteuid(),
            information.st_mode & S_IFMT == S_IFREG
        else {
            throw RetrievalError.rateFile(path: path, why: "it is not a file of this user; remove it")
        }
        // Held for microseconds by others; a longer hold is waited for without blocking a thread.
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw failure("locked") }
            try await clock.sleep(1_000_000)
        }
        let now = clock.now()
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = pread(file, &buffer, buffer.count, 0)
        guard count >= 0 else { throw failure("read") }
        let found = RateLedger(Array(buffer[..<count]))
        var ledger = found?.trimmed(now: now) ?? RateLedger()
        // A damaged file may hide requests: it counts as a full window, once.
        if found == nil { ledger.counted = Array(repeating: now, count: budget.limit) }
        let value = try change(&ledger, now)
        if ledger != found {
            let bytes = ledger.bytes
            // In this order a kill in between leaves a damaged ledger (a full window), never an empty one.
            guard pwrite(file, bytes, bytes.count, 0) == bytes.count, ftruncate(file, off_t(bytes.count)) == 0 else {
                throw failure("written")
            }
        }
        return value
    }

    private func failure(_ what: String) -> RetrievalError {
        .rateFile(path: path, why: "it cannot be \(what): \(String(cString: strerror(errno)))")
    }
}

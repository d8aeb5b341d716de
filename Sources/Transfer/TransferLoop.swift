internal import CLibCurl
import Foundation
import Synchronization

/// The thread that owns libcurl's multi handle and runs every transfer of one client.
///
/// Life of the handle: made on the thread before the first transfer, driven, woken and freed there. Other threads only
/// post into the mailbox and wake the poll (`curl_multi_wakeup` is the one call that libcurl allows from elsewhere),
/// and they do so under the lock under which the thread takes the handle out of the mailbox before freeing it.
/// Connections are kept alive in the multi handle's cache until then. Nothing here blocks the cooperative pool.
final class TransferLoop: Sendable {
    struct Job: Sendable {
        var id: UInt64
        var request: HTTPRequest
        var address: WebAddress
        var limits: TransferLimits
        var continuation: CheckedContinuation<HTTPAnswer, any Error>
    }

    /// A pointer that only `curl_multi_wakeup` is called with outside the thread.
    private struct MultiHandle: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private struct Mailbox: Sendable {
        var jobs: [Job] = []
        var cancelled: Set<UInt64> = []
        var lastID: UInt64 = 0
        var multi: MultiHandle?
        var isRunning = false
        var isClosing = false
    }

    private let mailbox = Mutex(Mailbox())

    func nextID() -> UInt64 {
        mailbox.withLock {
            $0.lastID += 1
            return $0.lastID
        }
    }

    func post(_ job: Job) {
        let isRefused = mailbox.withLock { box in
            if box.isClosing || box.cancelled.contains(job.id) { return true }
            box.jobs.append(job)
            if !box.isRunning {
                box.isRunning = true
                let thread = Thread { self.run() }
                thread.name = "sluice transfer"
                thread.start()
            }
            wake(box)
            return false
        }
        if isRefused { job.continuation.resume(throwing: CancellationError()) }
    }

    func cancel(_ id: UInt64) {
        mailbox.withLock { box in
            box.cancelled.insert(id)
            wake(box)
        }
    }

    func forget(_ id: UInt64) { mailbox.withLock { _ = $0.cancelled.remove(id) } }

    /// Ends the thread; transfers under way are cancelled.
    func close() {
        mailbox.withLock { box in
            box.isClosing = true
            wake(box)
        }
    }

    private func wake(_ box: Mailbox) {
        if let multi = box.multi { curl_multi_wakeup(multi.pointer) }
    }

    private func run() {
        // OpenSSL writes without MSG_NOSIGNAL; a peer that hangs up must not end the process.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        Self.initialise
        guard let multi = curl_multi_init() else { return abandon() }
        _ = sluice_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        _ = sluice_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 4)
        mailbox.withLock { $0.multi = MultiHandle(pointer: multi) }
        var active: [UInt64: (transfer: EasyTransfer, job: Job)] = [:]

        while true {
            let (jobs, cancelled, isClosing) = mailbox.withLock { box in
                defer { box.jobs = [] }
                return (box.jobs, box.cancelled, box.isClosing)
            }
            for job in jobs { start(job, on: multi, &active) }
            for (id, entry) in active where isClosing || cancelled.contains(id) {
                curl_multi_remove_handle(multi, entry.transfer.handle)
                active[id] = nil
                entry.job.continuation.resume(throwing: CancellationError())
            }
            if isClosing { break }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            finish(on: multi, &active)
            dropStalled(on: multi, &active)
            curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : 200, nil)
        }
        mailbox.withLock { $0.multi = nil }
        curl_multi_cleanup(multi)
    }

    private func start(
        _ job: Job, on multi: UnsafeMutableRawPointer, _ active: inout [UInt64: (transfer: EasyTransfer, job: Job)]
    ) {
        do {
            let transfer = try EasyTransfer(job.request, to: job.address, limits: job.limits)
            guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
                throw TransferError.unreachable(host: job.address.host, why: "libcurl takes no more transfers")
            }
            active[job.id] = (transfer, job)
        } catch {
            job.continuation.resume(throwing: error)
        }
    }

    private func finish(
        on multi: UnsafeMutableRawPointer, _ active: inout [UInt64: (transfer: EasyTransfer, job: Job)]
    ) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let (id, entry) = active.first(where: { $0.value.transfer.handle == handle })
            else { continue }
            let code = message.pointee.data.result
            curl_multi_remove_handle(multi, handle)
            active[id] = nil
            entry.job.continuation.resume(with: entry.transfer.outcome(code))
        }
    }

    private func dropStalled(
        on multi: UnsafeMutableRawPointer, _ active: inout [UInt64: (transfer: EasyTransfer, job: Job)]
    ) {
        let now = monotonicNanoseconds()
        for (id, entry) in active where entry.transfer.hasStalled(at: now) {
            curl_multi_remove_handle(multi, entry.transfer.handle)
            active[id] = nil
            entry.job.continuation.resume(throwing: entry.transfer.stalled)
        }
    }

    private func abandon() {
        let jobs = mailbox.withLock { box in
            defer { box.jobs = [] }
            box.isClosing = true
            return box.jobs
        }
        for job in jobs {
            job.continuation.resume(
                throwing: TransferError.unreachable(
                    host: job.address.host, why: "libcurl does not start (out of memory)"))
        }
    }

    private static let initialise: Void = { _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()
}

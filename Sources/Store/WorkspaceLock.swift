#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Keeps a second writer out of a workspace for as long as this value lives. The lock belongs to the open file, so a
/// process that is killed leaves none behind; the file holds the number of the process, for the message only.
package final class WorkspaceLock {
    private let descriptor: Int32

    /// - Throws: `StoreError.locked` when another process holds the lock, `.readOnly` when the file cannot be made.
    package init(workspace: String) throws(StoreError) {
        let path = workspace + "/.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .readOnly(workspace: workspace, cause: String(cString: strerror(errno)))
        }
        var isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        // Another reviewer's decision is written in a moment, and a process that is just being started holds a copy of
        // every open file until it begins.
        for _ in 0..<50 where !isLocked {
            usleep(10_000)
            isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        }
        guard isLocked else {
            var buffer = [UInt8](repeating: 0, count: 16)
            let count = read(descriptor, &buffer, buffer.count)
            close(descriptor)
            let digits = buffer.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }
            throw .locked(workspace: workspace, holder: digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self))
        }
        let number = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = write(descriptor, number, number.count) }
    }

    deinit { close(descriptor) }
}

import Foundation

/// Nanoseconds since this machine started: the same for every process on it, and never set back.
package func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

extension Duration {
    /// Whole milliseconds, at least 0.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(0, Int(clamping: seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}

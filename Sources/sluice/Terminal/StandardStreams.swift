import Foundation
import Synchronization

/// stdout: data only. Buffered, and an error in writing (a full disk, a closed pipe) is an error of the command.
struct StandardOutput {
    private var buffer: [UInt8] = []

    /// Much at once goes straight through.
    mutating func write(_ bytes: [UInt8]) throws {
        guard bytes.count >= 1 << 15 else {
            buffer += bytes
            if buffer.count >= 1 << 16 { try flush() }
            return
        }
        try flush()
        try Self.writeAll(bytes, to: STDOUT_FILENO)
    }

    mutating func write(_ text: String) throws { try write(Array(text.utf8)) }

    mutating func flush() throws {
        try Self.writeAll(buffer, to: STDOUT_FILENO)
        buffer.removeAll(keepingCapacity: true)
    }

    static func print(_ text: String) throws {
        var output = StandardOutput()
        try output.write(text + "\n")
        try output.flush()
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32, named name: String = "the output") throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Foundation.write(descriptor, raw.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw CommandError(
                    status: ExitStatus.internalFailure,
                    message: "\(name) cannot be written (\(String(cString: strerror(errno))))")
            }
            written += count
        }
    }
}

/// stderr: talk. On a terminal its last line may say how far long work is; it is rewritten while the work goes on, and gives
/// way to whatever else is said.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1
    private static let eraseLine = "\r\u{1B}[K"
    /// When the line of progress was drawn, in seconds; nil where there is none.
    private static let drawn = Mutex<Double?>(nil)

    static func write(_ text: String) {
        let hasProgress = drawn.withLock { last in
            defer { last = nil }
            return last != nil
        }
        put((hasProgress ? eraseLine : "") + text)
    }

    /// - Parameters:
    ///   - text: asked for, and drawn, at most ten times a second; nowhere but on a terminal.
    ///   - isBeginning: tells of the beginning of some work, which is always drawn, as is what follows it.
    static func showProgress(_ text: @autoclosure () -> String, isBeginning: Bool = false) {
        guard isTerminal else { return }
        let now = ProcessInfo.processInfo.systemUptime
        let isDue = drawn.withLock { last in
            if !isBeginning, let last, now - last < 0.1 { return false }
            last = isBeginning ? -.infinity : now
            return true
        }
        if isDue { put(eraseLine + text()) }
    }

    static func endProgress() { write("") }

    private static func put(_ text: String) {
        // Nothing can be told about a failure to tell.
        try? StandardOutput.writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}

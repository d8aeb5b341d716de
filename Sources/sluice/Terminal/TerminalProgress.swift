import Foundation
import Pipeline
import Synchronization

/// Tells on stderr what a run does: one line a stage, and, on a terminal only, a line that is rewritten while it works.
final class TerminalProgress: RunProgress {
    private let quiet: Bool
    /// When the progress line was last drawn, in seconds; drawn at most ten times a second.
    private let lastDrawn = Mutex<Double>(0)

    init(quiet: Bool = false) { self.quiet = quiet }

    func stageStarts(_ stage: StageName, because reason: RerunReason) {
        say("\(padded(stage)) \(reason.explanation)", isTransient: true)
    }

    func stageIsUpToDate(_ stage: StageName) {}

    func stageAdvances(_ stage: StageName, done: Int, of total: Int, what: String) {
        guard StandardError.isTerminal, !quiet else { return }
        let now = ProcessInfo.processInfo.systemUptime
        let isDue = lastDrawn.withLock { last in
            guard now - last >= 0.1 else { return false }
            last = now
            return true
        }
        if isDue { say("\(padded(stage)) \(done)\(total > 0 ? " of \(total)" : "") \(what)", isTransient: true) }
    }

    func stageEnds(_ stage: StageName, _ summary: StageSummary) {
        var parts = ["\(summary.given) in", "\(summary.advanced) on"]
        let removed = summary.removed.reduce(0) { $0 + $1.count }
        let pending = summary.pending.reduce(0) { $0 + $1.count }
        if removed > 0 { parts.append("\(removed) removed") }
        if pending > 0 { parts.append("\(pending) waiting") }
        if summary.reused > 0 { parts.append("\(summary.reused) unchanged") }
        say("\(padded(stage)) \(parts.joined(separator: ", "))", isTransient: false)
    }

    func notice(_ text: String) { say("note: \(text)", isTransient: false) }

    private func padded(_ stage: StageName) -> String {
        stage.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
    }

    private func say(_ text: String, isTransient: Bool) {
        guard !quiet else { return }
        if StandardError.isTerminal {
            StandardError.write("\r\u{1B}[K" + text + (isTransient ? "" : "\n"))
        } else if !isTransient {
            StandardError.write(text + "\n")
        }
    }
}

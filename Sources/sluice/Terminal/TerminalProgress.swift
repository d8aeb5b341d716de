import Foundation
import Pipeline

/// Tells on stderr what a run does: one line a stage, and, on a terminal only, a line that is rewritten while it works.
final class TerminalProgress: RunProgress {
    private let quiet: Bool

    init(quiet: Bool = false) { self.quiet = quiet }

    func stageStarts(_ stage: StageName, because reason: RerunReason) {
        show("\(padded(stage)) \(reason.explanation)", isBeginning: true)
    }

    func stageIsUpToDate(_ stage: StageName) {}

    func stageAdvances(_ stage: StageName, done: Int, of total: Int, what: String) {
        show("\(padded(stage)) \(done)\(total > 0 ? " of \(total)" : "") \(what)")
    }

    func stageEnds(_ stage: StageName, _ summary: StageSummary) {
        var parts = ["\(summary.given) in", "\(summary.advanced) on"]
        let removed = summary.removed.reduce(0) { $0 + $1.count }
        let pending = summary.pending.reduce(0) { $0 + $1.count }
        if removed > 0 { parts.append("\(removed) removed") }
        if pending > 0 { parts.append("\(pending) waiting") }
        if summary.reused > 0 { parts.append("\(summary.reused) unchanged") }
        say("\(padded(stage)) \(parts.joined(separator: ", "))")
    }

    func notice(_ text: String) { say("note: \(text)") }

    private func padded(_ stage: StageName) -> String {
        stage.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
    }

    private func show(_ text: @autoclosure () -> String, isBeginning: Bool = false) {
        if !quiet { StandardError.showProgress(text(), isBeginning: isBeginning) }
    }

    private func say(_ text: String) {
        if !quiet { StandardError.write(text + "\n") }
    }
}

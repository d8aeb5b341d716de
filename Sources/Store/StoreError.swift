/// Why a workspace could not be used. Each case says what, on which folder, why, and what to do next.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    /// Another sluice works in the folder.
    case locked(workspace: String, holder: String?)
    case readOnly(workspace: String, cause: String)
    /// Written by a newer sluice than this one.
    case newerVersion(workspace: String)
    /// Written by an older sluice; writing brings it up to date, reading does not.
    case olderVersion(workspace: String)
    /// No review has been started there.
    case missing(workspace: String)
    /// The database is there, but damaged or not ours.
    case unreadable(workspace: String, cause: String)
    /// The workspace belongs to another review.
    case otherReview(workspace: String, found: String, wanted: String)
    /// A stage handed the ledger ids that break its rules.
    case ledger(stage: String, problem: String)

    package var description: String {
        switch self {
        case .locked(let workspace, let holder):
            "The workspace \(workspace) is in use by another \(holder.map { "sluice (process \($0))" } ?? "program"). "
                + "Wait until it has finished, then run the command again."
        case .readOnly(let workspace, let cause):
            "The workspace \(workspace) cannot be written (\(cause)). "
                + "Make room or give yourself write permission there, or choose another folder with --workspace."
        case .newerVersion(let workspace):
            "The workspace \(workspace) was written by a newer version of sluice. Nothing was changed. "
                + "Use that version, or start a new workspace with --workspace."
        case .olderVersion(let workspace):
            "The workspace \(workspace) was written by an older version of sluice. Nothing was changed. "
                + "Bring it up to date first: sluice run --offline --workspace \(workspace)"
        case .missing(let workspace):
            "There is no review in the workspace \(workspace). "
                + "Start one with: sluice run PIPELINE --workspace \(workspace)"
        case .unreadable(let workspace, let cause):
            "The review in \(workspace) cannot be read (\(cause)). Nothing was changed. "
                + "Restore review.sqlite from a backup, or move it away: a run rebuilds everything except people's "
                + "decisions from the archive."
        case .otherReview(let workspace, let found, let wanted):
            "The workspace \(workspace) holds the review '\(found)', not '\(wanted)'. "
                + "Choose another folder with --workspace."
        case .ledger(let stage, let problem):
            "The ledger refused what the stage \(stage) wrote: \(problem). Nothing of the stage was kept. "
                + "This is a fault in sluice; please report it."
        }
    }
}

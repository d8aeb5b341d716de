/// Records whose newest state is asked for: retractions, corrections and new headings show only so.
package enum Refetch: String, CaseIterable, Sendable {
    /// Included reports and those that wait for a person.
    case included
    /// Every record that the workspace holds.
    case known
}

/// How a run is to behave; nothing of it changes what the plan means.
package struct RunOptions: Sendable {
    /// The folder of the review on disk.
    package var workspace: String
    /// Base address of E-utilities; nil for the service's own.
    package var endpoint: String?
    /// Base address of the ClinicalTrials.gov API; nil for the service's own.
    package var trialsEndpoint: String?
    /// Sent with every request; required before the first.
    package var email: String?
    /// Never written anywhere.
    package var apiKey: String?
    /// No connection is made: everything comes from archives.
    package var offline: Bool
    /// A folder with `archive/` and `imports/` that answers instead of the services (implies `offline`).
    package var replay: String?
    /// Records that are asked for again although the workspace holds them; nil for none.
    package var refetch: Refetch?
    /// More hits of a source than this stop a fetch; stands above the plan's own. nil for the plan's.
    package var maxRecords: Int?
    /// Stages to run even when their results hold.
    package var forced: Set<StageName>
    /// The last stage to run.
    package var until: StageName
    package var softwareVersion: String
    /// ISO 8601, UTC; the clock is the caller's.
    package var now: @Sendable () -> String

    package init(
        workspace: String, endpoint: String? = nil, trialsEndpoint: String? = nil, email: String? = nil,
        apiKey: String? = nil,
        offline: Bool = false, replay: String? = nil, refetch: Refetch? = nil, maxRecords: Int? = nil,
        forced: Set<StageName> = [], until: StageName = .report,
        softwareVersion: String, now: @escaping @Sendable () -> String
    ) {
        self.workspace = workspace
        self.endpoint = endpoint
        self.trialsEndpoint = trialsEndpoint
        self.email = email
        self.apiKey = apiKey
        self.offline = offline || replay != nil
        self.replay = replay
        self.refetch = refetch
        self.maxRecords = maxRecords
        self.forced = forced
        self.until = until
        self.softwareVersion = softwareVersion
        self.now = now
    }
}

/// What a run tells while it works. The terminal shows it; tests count it.
package protocol RunProgress: Sendable {
    func stageStarts(_ stage: StageName, because reason: RerunReason)
    func stageIsUpToDate(_ stage: StageName)
    /// Long work: how far it is. `total` is 0 while unknown.
    func stageAdvances(_ stage: StageName, done: Int, of total: Int, what: String)
    func stageEnds(_ stage: StageName, _ summary: StageSummary)
    /// Something that a person should know and that stops nothing.
    func notice(_ text: String)
}

/// Tells nothing: for work that only looks.
struct NoProgress: RunProgress {
    func stageStarts(_ stage: StageName, because reason: RerunReason) {}
    func stageIsUpToDate(_ stage: StageName) {}
    func stageAdvances(_ stage: StageName, done: Int, of total: Int, what: String) {}
    func stageEnds(_ stage: StageName, _ summary: StageSummary) {}
    func notice(_ text: String) {}
}

/// A stage's page of the ledger in numbers.
package struct StageSummary: Hashable, Sendable {
    package var given: Int
    package var advanced: Int
    /// By reason, sorted by reason.
    package var removed: [Count]
    package var pending: [Count]
    package var worked: Int
    package var reused: Int

    package struct Count: Hashable, Sendable {
        package var reason: String
        package var count: Int
    }
}

/// The seven stages. These words are the same everywhere: command, type, file, table, key, log field.
package enum StageName: String, CaseIterable, Sendable, Comparable {
    case fetch, parse, deduplicate, screen, extract, synthesise, report

    package static func < (a: StageName, b: StageName) -> Bool { a.position < b.position }

    private var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The stage whose advanced ids this stage is given. `fetch` is given what its sources list. `report` is given all
    /// that was ever identified: it must find a place in the flow for each.
    var giver: StageName? {
        switch self {
        case .fetch, .report: nil
        case .parse: .fetch
        case .deduplicate: .parse
        case .screen: .deduplicate
        case .extract: .screen
        case .synthesise: .extract
        }
    }
}

/// Why a stage is run. The runner alone decides.
package enum RerunReason: String, Sendable, CaseIterable {
    /// What the stage reads is no longer what it read last.
    case inputChanged
    /// The part of the pipeline file that governs it was edited.
    case settingsChanged
    /// This sluice would answer the same input differently.
    case codeChanged
    /// It has not been run here, or what it wrote is gone.
    case outputMissing
    /// The caller asked for it (`--force`), or the services are to be asked for what is new.
    case forced

    /// For a person: "the pipeline file changed".
    package var explanation: String {
        switch self {
        case .inputChanged: "its input changed"
        case .settingsChanged: "its part of the pipeline file changed"
        case .codeChanged: "sluice changed"
        case .outputMissing: "its output is missing"
        case .forced: "asked to"
        }
    }
}

/// What decides whether a stage's last result still holds.
package struct Fingerprint: Hashable, Sendable {
    /// Digest of what the stage reads.
    package var input: String
    /// Digest of the settings that govern it.
    package var settings: String
    /// The stage's own version.
    package var code: Int

    package init(input: String, settings: String, code: Int) {
        self.input = input
        self.settings = settings
        self.code = code
    }

    /// Why a stage with this fingerprint must run, nil when its last result holds.
    package func reasonToRun(since last: Fingerprint?, outputMissing: Bool, forced: Bool) -> RerunReason? {
        guard let last else { return .outputMissing }
        if forced { return .forced }
        if code != last.code { return .codeChanged }
        if settings != last.settings { return .settingsChanged }
        if input != last.input { return .inputChanged }
        return outputMissing ? .outputMissing : nil
    }
}

import Bibliography
import Retrieval
import Store

/// What a source lists once its earlier searches are remembered: a living review keeps what an earlier search of the same
/// words found, also when the service no longer lists it.
struct SearchMemory {
    /// The search, compared with the one before.
    var search: SearchRecord
    /// Everything that the review holds of the source.
    var listed: Set<RecordID>
    /// Those of them that this search did not list.
    var unlisted: Set<RecordID>

    /// - Parameters:
    ///   - before: what the source gave in the last fetch; nil for none.
    ///   - found: what it lists now.
    init(of before: SourceRow?, found: Set<RecordID>, _ search: SearchRecord) {
        self.search = search
        listed = found
        unlisted = []
        guard let before, let earlier = SearchRecord(json: before.search) else { return }
        if earlier.asksTheSame(as: search) {
            unlisted = Set(before.listed).subtracting(found)
            listed.formUnion(unlisted)
        }
        let foundBefore = Set(before.listed).subtracting(
            (earlier.comparison?.unlisted ?? []).map { RecordID($0) })
        func sorted(_ ids: Set<RecordID>) -> [String] { ids.sorted().map(\.rawValue) }
        self.search.comparison = SearchComparison(
            earlierRun: before.run, changes: search.changes(since: earlier),
            appeared: sorted(found.subtracting(foundBefore)), vanished: sorted(foundBefore.subtracting(found)),
            unlisted: sorted(unlisted))
    }

    func tell(_ progress: any RunProgress, source: String) {
        for line in search.comparison?.lines() ?? [] { progress.notice("\(source): \(line)") }
        guard !unlisted.isEmpty else { return }
        let rest = unlisted.count > 20 ? " and \(unlisted.count - 20) more" : ""
        progress.notice(
            "\(source): \(unlisted.count) records found earlier are no longer listed; they stay in the review: "
                + unlisted.sorted().prefix(20).map(\.rawValue).joined(separator: " ") + rest)
    }
}

/// What reading every answer of an archive showed.
package struct ArchiveVerification: Hashable, Sendable {
    /// Answers that the archive should hold.
    package var count: Int
    /// Names of those that are gone, cannot be inflated, or do not have the hash in their name; sorted.
    package var damaged: [String]
}

extension Archive {
    /// Reads every answer and holds it against its name.
    package func verify() -> ArchiveVerification {
        let hashes = Set(exchanges.map(\.hash)).sorted()
        return ArchiveVerification(count: hashes.count, damaged: hashes.filter { (try? bytes(of: $0)) == nil })
    }
}

import Foundation

/// What reading every file of an archive showed.
package struct ArchiveVerification: Hashable, Sendable {
    /// Answers that the archive should hold, and the requests that they answered.
    package var answers: Int
    package var exchanges: Int
    /// Names of answers that are gone, cannot be inflated, or do not have the hash in their name; sorted.
    package var damaged: [String]
    /// File and what is wrong with it, the damaged included; sorted.
    package var problems: [String]
    /// Answers without a list of requests, as a kill between the two leaves them: they are asked for again. Sorted.
    package var unlisted: [String]
}

extension Archive {
    /// Reads every answer and holds it against its name and against what its sidecar says of it.
    ///
    /// - Parameters:
    ///   - redaction: knows a secret that no file may hold.
    ///   - progress: told how many answers were read, of how many.
    package func verify(
        redaction: Redaction = Redaction(key: nil), progress: (Int, Int) -> Void = { _, _ in }
    ) -> ArchiveVerification {
        let byHash = Dictionary(grouping: exchanges, by: \.hash)
        var found = ArchiveVerification(
            answers: byHash.count, exchanges: exchanges.count, damaged: [], problems: [], unlisted: [])
        for (index, hash) in byHash.keys.sorted().enumerated() {
            progress(index, byHash.count)
            do {
                let bytes = try bytes(of: hash)
                if byHash[hash]?.contains(where: { $0.byteCount != bytes.count }) == true {
                    found.problems.append("\(hash).json: it gives another number of bytes than \(hash).gz holds")
                }
                if redaction.finds(in: bytes) { found.problems.append("\(hash).gz: the API key stands in it") }
            } catch RetrievalError.archive(_, let why) {
                found.damaged.append(hash)
                found.problems.append("\(hash).gz: \(why)")
            } catch {
                found.damaged.append(hash)
                found.problems.append("\(hash).gz: \(error)")
            }
        }
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
            // What begins with a full stop was never an answer: the next run clears it away.
            guard !name.hasPrefix(".") else { continue }
            if name.hasSuffix(".json") {
                let sidecar = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
                if redaction.finds(in: [UInt8](sidecar)) { found.problems.append("\(name): the API key stands in it") }
            } else if name.hasSuffix(".gz") {
                if byHash[String(name.dropLast(3))] == nil { found.unlisted.append(name) }
            } else {
                found.problems.append("\(name): not a file of an archive")
            }
        }
        found.problems.sort()
        return found
    }
}

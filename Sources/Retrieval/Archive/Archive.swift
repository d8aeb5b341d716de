import Compression
import Foundation
import Hashing
import Synchronization

/// Every answer that a source ever gave, as it came: `<sha256>.gz` holds the bytes, `<sha256>.json` beside it the
/// requests that they answered. An answer is never rewritten; its list of requests grows.
///
/// Resuming, working offline and replaying all ask this archive before the network, by `RequestKey`.
package final class Archive: Sendable {
    package let folder: String
    package let isReadOnly: Bool
    private let index: Mutex<Index>
    /// Of one answer, uncompressed.
    private static let limit = 512 << 20

    private struct Index: Sendable {
        var byKey: [RequestKey: [ArchivedAnswer]] = [:]
        var byHash: [String: [ArchivedAnswer]] = [:]
        var lastSequence = 0

        mutating func add(_ answer: ArchivedAnswer) {
            byKey[answer.key, default: []].append(answer)
            byHash[answer.hash, default: []].append(answer)
            lastSequence = max(lastSequence, answer.sequence)
        }
    }

    /// Opens an archive, and makes its folder where there is none.
    ///
    /// - Parameter readOnly: for an archive that is replayed: nothing is made or written.
    /// - Throws: `RetrievalError.archive` naming the file that cannot be read.
    package init(folder: String, readOnly: Bool = false) throws {
        self.folder = folder
        isReadOnly = readOnly
        if !readOnly {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw RetrievalError.notKept(
                    path: folder, why: "the folder cannot be made: \(error.localizedDescription)")
            }
        }
        var found = Index()
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw RetrievalError.archive(path: folder, why: "the folder cannot be read")
        }
        for name in names where name.hasSuffix(".json") && !name.hasPrefix(".") {
            let hash = String(name.dropLast(5))
            for answer in try Self.readSidecar("\(folder)/\(name)", of: hash) { found.add(answer) }
        }
        if !readOnly {
            // What a killed process left; the workspace is locked by its one user.
            for name in names where name.hasPrefix(".") && name.hasSuffix(".tmp") { unlink("\(folder)/\(name)") }
        }
        index = Mutex(found)
    }

    /// The newest answer to a request: of one run, or of any.
    package func answer(for key: RequestKey, run: Int? = nil) -> ArchivedAnswer? {
        index.withLock { index in
            index.byKey[key]?.filter { run == nil || $0.run == run }.max {
                ($0.run, $0.sequence) < ($1.run, $1.sequence)
            }
        }
    }

    /// Every answer of an endpoint, newest first: of one run, or of any.
    package func answers(endpoint: String, run: Int? = nil) -> [ArchivedAnswer] {
        index.withLock { index in
            index.byKey.filter { $0.key.endpoint == endpoint }
                .flatMap { $0.value.filter { run == nil || $0.run == run } }
        }.sorted { ($0.run, $0.sequence) > ($1.run, $1.sequence) }
    }

    /// The runs that asked a request, newest first.
    package func runs(asking key: RequestKey) -> [Int] {
        Set(index.withLock { $0.byKey[key] ?? [] }.map(\.run)).sorted(by: >)
    }

    /// Every exchange, by run and order.
    package var exchanges: [ArchivedAnswer] {
        index.withLock { Array($0.byHash.values.joined()) }.sorted { ($0.run, $0.sequence) < ($1.run, $1.sequence) }
    }

    /// Whether an answer lies here, by its name alone.
    package func holds(_ hash: String) -> Bool {
        index.withLock { $0.byHash[hash] != nil } && access("\(folder)/\(hash).gz", F_OK) == 0
    }

    /// The uncompressed bytes of an answer, checked against its name.
    package func bytes(of hash: String) throws -> [UInt8] {
        let path = "\(folder)/\(hash).gz"
        let bytes: [UInt8]
        do {
            bytes = try Gzip.decompress(DurableFile.read(path, limit: Self.limit), limit: Self.limit)
        } catch let failure as DurableFile.Failure {
            throw RetrievalError.archive(path: path, why: failure.why)
        } catch {
            throw RetrievalError.archive(path: path, why: "damaged: \(error)")
        }
        guard SHA256Digest(of: bytes).hex == hash else {
            throw RetrievalError.archive(path: path, why: "damaged: its content does not have the hash in its name")
        }
        return bytes
    }

    /// Keeps an answer: first the bytes, then the list of requests, each whole or not at all.
    package func keep(
        _ bytes: [UInt8], key: RequestKey, run: Int, time: String, status: Int, contentType: String? = nil,
        headers: [ArchivedAnswer.Header] = [], isRedacted: Bool = false
    ) throws -> ArchivedAnswer {
        let hash = SHA256Digest(of: bytes).hex
        guard !isReadOnly else { throw RetrievalError.notKept(path: folder, why: "it is open for reading only") }
        return try index.withLock { index in
            let answer = ArchivedAnswer(
                key: key, hash: hash, byteCount: bytes.count, run: run, sequence: index.lastSequence + 1, time: time,
                status: status, contentType: contentType, headers: headers.sorted { $0.name < $1.name },
                isRedacted: isRedacted)
            do {
                // A file that was damaged since is mended by the same answer.
                if access("\(folder)/\(hash).gz", F_OK) != 0 || (try? self.bytes(of: hash)) == nil {
                    try DurableFile.write(Gzip.compress(bytes), to: "\(hash).gz", in: folder)
                }
                let exchanges = (index.byHash[hash] ?? []) + [answer]
                try DurableFile.write(Sidecar.encode(exchanges), to: "\(hash).json", in: folder)
            } catch let failure as DurableFile.Failure {
                throw RetrievalError.notKept(path: folder, why: failure.why)
            } catch {
                throw RetrievalError.notKept(path: folder, why: "\(error)")
            }
            index.add(answer)
            return answer
        }
    }

    private static func readSidecar(_ path: String, of hash: String) throws -> [ArchivedAnswer] {
        do {
            let answers = try Sidecar.decode(DurableFile.read(path, limit: 64 << 20))
            guard answers.allSatisfy({ $0.hash == hash }) else {
                throw RetrievalError.archive(path: path, why: "it speaks of another answer than its name says")
            }
            return answers
        } catch let error as RetrievalError {
            throw error
        } catch let failure as DurableFile.Failure {
            throw RetrievalError.archive(path: path, why: failure.why)
        } catch {
            throw RetrievalError.archive(path: path, why: "it is not the list of requests that this program writes")
        }
    }
}

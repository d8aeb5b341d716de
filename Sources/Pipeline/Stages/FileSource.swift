import Bibliography
import Compression
import Foundation
import Hashing
import Interchange
import RecordFormats
import Retrieval
import Store

/// A file that a person put beside the pipeline: archived like any answer, and read whole or refused.
struct FileSource {
    private let source: SourcePlan
    private let context: StageContext
    /// Of one export, uncompressed or not.
    private static let largest = 512 << 20

    init(_ source: SourcePlan, _ context: StageContext) {
        self.source = source
        self.context = context
    }

    /// Where the file lies: with a replay, in its folder first.
    private var path: String {
        let name = source.path ?? ""
        if let replay = context.options.replay, FileManager.default.fileExists(atPath: replay + "/" + name) {
            return replay + "/" + name
        }
        return name.hasPrefix("/") ? name : context.plan.folder + "/" + name
    }

    /// The file, nil where the plan lets the run go on without it.
    ///
    /// - Throws: `RunError.missingFile`.
    func bytes() throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else {
            if source.whenMissing == .notSearched { return nil }
            throw RunError.missingFile(source: source.id, path: path, pipeline: context.plan.path)
        }
        let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= Self.largest else {
            throw RunError.unreadableFile(
                source: source.id, path: path, problems: ["it is larger than \(Self.largest >> 20) MiB; split it"])
        }
        if (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil {
            throw RunError.unreadableFile(source: source.id, path: path, problems: ["it is a folder, not a file"])
        }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw RunError.unreadableFile(source: source.id, path: path, problems: [error.localizedDescription])
        }
    }

    /// What an earlier fetch archived of this source: a file that is gone since is not lost.
    private func earlier() throws -> SourceRow? {
        try context.store.read { try $0.sources() }.first { $0.id == source.id && $0.searched && !$0.answers.isEmpty }
    }

    /// A digest of what the source holds now: the file, else its archived copy.
    func content() throws -> String {
        if !isThere, let earlier = try earlier() { return earlier.answers.map(\.hash).joined(separator: " ") }
        return try bytes().map { SHA256Digest(of: $0).hex } ?? "not there"
    }

    private var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    func fetch() throws -> FetchedSource {
        if !isThere, let earlier = try earlier() {
            context.progress.notice(
                "\(source.id): \(path) is not there; the copy archived in run \(earlier.run) is used")
            return FetchedSource(row: earlier, missing: [], new: 0)
        }
        guard let bytes = try bytes() else {
            context.progress.notice(
                "\(source.id): \(path) is not there; \(source.database) is not searched in this run")
            return FetchedSource(
                row: SourceRow(
                    id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                    searched: false, search: #"{"searched":false}"#, answers: [], listed: []),
                missing: [], new: 0)
        }
        let file = URL(filePath: path).lastPathComponent
        let kept = try context.archive.keep(
            bytes, key: RequestKey(method: "FILE", endpoint: source.id, parameters: [("file", file)]),
            run: context.run, time: context.options.now(), status: 200)
        let answers = [SourceRow.Answer(hash: kept.hash, name: file)]
        let reading = try SourceReader.read(
            source: source.id, kind: .file, answers: answers, archive: context.archive,
            naming: context.plan.naming(of: source.id))
        guard reading.errors.isEmpty else {
            throw RunError.unreadableFile(
                source: source.id, path: path, problems: reading.errors.prefix(20).map(\.text))
        }
        let before = try context.store.read { try $0.sources() }.first { $0.id == source.id }
        let listed = reading.entries.map(\.record.id)
        if listed.isEmpty { context.progress.notice("\(source.id): \(path) holds no record") }
        return FetchedSource(
            row: SourceRow(
                id: source.id, run: context.run, name: source.database, section: source.section.rawValue,
                searched: true, search: searchJSON(file: file, hash: kept.hash, count: listed.count),
                answers: answers, listed: listed),
            missing: [], new: Set(listed).subtracting(before?.listed ?? []).count)
    }

    /// What PRISMA-S asks of a search that a person made by hand.
    private func searchJSON(file: String, hash: String, count: Int) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("source", source.id)
            json.member("database", source.database)
            json.member("query", source.query)
            json.member("file", file)
            json.member("retrieved", source.retrieved?.text)
            json.member("count", count)
            json.member("answer", hash)
        }
        return json.text
    }
}

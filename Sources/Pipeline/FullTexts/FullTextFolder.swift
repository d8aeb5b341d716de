import Bibliography
import Compression
import Foundation
import Hashing
import RecordFormats
import Retrieval
import Store

/// One article of a file or answer.
struct FullTextArticle {
    var record: Record
    var text: FullText
    /// Which article of the answer it is; 0-based.
    var position: Int
    /// Digest that names the archived bytes.
    var answer: String

    /// - Throws: `RunError.fullTexts` where the bytes cannot be read whole.
    static func all(in bytes: [UInt8], answer: String, name: String) throws -> [FullTextArticle] {
        var articles: [FullTextArticle] = []
        var problems: [String] = []
        try RecordReader(input: MemoryInput(bytes), name: name, format: .jats).readDocuments { event in
            switch event {
            case .record(let record, let text, _):
                articles.append(
                    FullTextArticle(
                        record: record, text: text ?? FullText(body: .absent, parts: []), position: articles.count,
                        answer: answer))
            case .issue(let issue):
                // An id without an article is told by the retrieval, or by its file being short of it.
                guard issue.severity == .error, issue.code != "noArticle" else { return }
                problems.append("\(issue.file)\(issue.line.map { ":\($0)" } ?? ""): \(issue.message)")
            }
        }
        guard problems.isEmpty else { throw RunError.fullTexts(path: name, problems: problems, isMissing: false) }
        return articles
    }
}

/// The folder of full texts that a person put beside the pipeline. Every file is archived like any answer, so that a run
/// replays without the folder being what it was.
struct FullTextFolder {
    struct File {
        var name: String
        var articles: [FullTextArticle]
        /// Why it is no full text that can be read here; nil where it is one.
        var refusal: String?
    }

    private let context: StageContext
    private let path: String
    /// Of one file, and of the files of a folder.
    private static let largest = 64 << 20
    private static let most = 20_000

    init(_ plan: FullTextsPlan, _ context: StageContext) {
        self.context = context
        let name = plan.folder ?? ""
        if let replay = context.options.replay, FileManager.default.fileExists(atPath: replay + "/" + name) {
            path = replay + "/" + name
        } else {
            path = name.hasPrefix("/") ? name : context.plan.folder + "/" + name
        }
    }

    /// Names and contents, as one digest.
    func content() throws -> String {
        digest(of: try names().map { "\($0) \(SHA256Digest(of: try bytes($0)).hex)" })
    }

    /// Every file, sorted by name.
    ///
    /// - Throws: `RunError.fullTexts` naming the folder, or the files with what is wrong in them: then nothing is taken.
    func files() throws -> [File] {
        var files: [File] = []
        var problems: [String] = []
        for name in try names() {
            let bytes = try bytes(name)
            guard case .format(.jats) = FormatDetection.format(of: Self.head(bytes)) else {
                files.append(File(name: name, articles: [], refusal: "the file is no article in JATS XML"))
                continue
            }
            let key = RequestKey(method: "FILE", endpoint: "fullTexts", parameters: [("file", name)])
            let hash = SHA256Digest(of: bytes).hex
            // A check only looks.
            if !context.archive.isReadOnly, context.archive.answer(for: key)?.hash != hash {
                _ = try context.archive.keep(
                    bytes, key: key, run: context.run, time: context.options.now(), status: 200)
            }
            do {
                files.append(
                    File(
                        name: name, articles: try FullTextArticle.all(in: bytes, answer: hash, name: name),
                        refusal: nil))
            } catch RunError.fullTexts(_, let found, _) {
                problems += found
            }
        }
        guard problems.isEmpty else { throw RunError.fullTexts(path: path, problems: problems, isMissing: false) }
        return files
    }

    private func names() throws -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw RunError.fullTexts(path: path, problems: [], isMissing: true)
        }
        let files = names.filter { name in
            var isFolder: ObjCBool = false
            return !name.hasPrefix(".")
                && FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        guard files.count <= Self.most else {
            throw RunError.fullTexts(
                path: path, problems: ["\(files.count) files; at most \(Self.most) are read"], isMissing: false)
        }
        // By bytes, so that no locale has a say.
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        let file = "\(path)/\(name)"
        let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
        guard size <= Self.largest else {
            throw RunError.fullTexts(
                path: path, problems: ["\(name): it is larger than \(Self.largest >> 20) MiB"], isMissing: false)
        }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw RunError.fullTexts(
                path: path, problems: ["\(name): \(error.localizedDescription)"], isMissing: false)
        }
    }

    /// The first bytes, inflated; what cannot be inflated is no article.
    private static func head(_ bytes: [UInt8]) -> [UInt8] {
        let input = InflatingInput(MemoryInput(bytes))
        var head: [UInt8] = []
        while head.count < 1 << 16, let piece = try? input.next() { head += piece }
        return head
    }
}

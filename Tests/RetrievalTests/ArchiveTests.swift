import Foundation
import Hashing
import TestSupport
import Testing

@testable import Retrieval

@Suite("The archive of raw answers")
struct ArchiveTests {
    let folder = TemporaryFolder()
    let key = RequestKey(
        method: "POST", endpoint: "efetch.fcgi",
        parameters: [("id", "1,2"), ("db", "pubmed"), ("api_key", "s"), ("tool", "t"), ("email", "e"), ("WebEnv", "M")])

    @Test("an answer lies under the hash of its bytes, its requests beside it, without who asked")
    func layout() throws {
        let archive = try Archive(folder: folder.path)
        let bytes = Array("<PubmedArticleSet/>".utf8)
        let answer = try archive.keep(
            bytes, key: key, run: 3, time: iso8601(1_790_000_000), status: 200, contentType: "text/xml",
            headers: [.init(name: "date", value: "today")])
        #expect(answer.hash == SHA256Digest(of: bytes).hex)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["\(answer.hash).gz", "\(answer.hash).json"])
        let text = try String(contentsOfFile: "\(folder.path)/\(answer.hash).json", encoding: .utf8)
        #expect(
            text == """
                [{"run":3,"sequence":1,"time":"2026-09-21T14:13:20Z","request":{"method":"POST","endpoint":"efetch.fcgi",\
                "parameters":{"db":"pubmed","id":"1,2"}},"status":200,"contentType":"text/xml","headers":{"date":"today"},\
                "sha256":"\(answer.hash)","bytes":19,"redacted":false}]

                """)
        let reopened = try Archive(folder: folder.path, readOnly: true)
        #expect(reopened.answer(for: key) == answer)
        #expect(reopened.answer(for: key, run: 3) == answer)
        #expect(reopened.answer(for: key, run: 2) == nil)
        #expect(try reopened.bytes(of: answer.hash) == bytes)
    }

    @Test("the newest answer to a request is the answer; the older one stays")
    func newest() throws {
        let archive = try Archive(folder: folder.path)
        let old = try archive.keep([1], key: key, run: 1, time: "", status: 200)
        let new = try archive.keep([2], key: key, run: 1, time: "", status: 200)
        #expect(archive.answer(for: key, run: 1) == new)
        #expect(archive.answers(endpoint: "efetch.fcgi") == [new, old])
        #expect(try Archive(folder: folder.path).answer(for: key) == new)
        #expect(archive.runs(asking: key) == [1])
    }

    @Test("damage is named, never read over")
    func damage() throws {
        let archive = try Archive(folder: folder.path)
        let answer = try archive.keep(Array(repeating: 7, count: 5000), key: key, run: 1, time: "", status: 200)
        let path = "\(folder.path)/\(answer.hash)"
        var bytes = try Data(contentsOf: URL(filePath: path + ".gz"))
        bytes.removeLast(9)
        try bytes.write(to: URL(filePath: path + ".gz"))
        #expect(throws: RetrievalError.self) { try archive.bytes(of: answer.hash) }
        try FileManager.default.removeItem(atPath: path + ".gz")
        #expect(
            throws: RetrievalError.archive(path: path + ".gz", why: "cannot read: No such file or directory")
        ) { try archive.bytes(of: answer.hash) }
        try Data("[{}]".utf8).write(to: URL(filePath: path + ".json"))
        #expect(
            throws: RetrievalError.archive(
                path: path + ".json", why: "it is not the list of requests that this program writes")
        ) { try Archive(folder: folder.path) }
    }

    @Test("content that does not have the hash of its name is refused")
    func wrongContent() throws {
        let archive = try Archive(folder: folder.path)
        let a = try archive.keep([1], key: key, run: 1, time: "", status: 200)
        let b = try archive.keep([2], key: key, run: 1, time: "", status: 200)
        let manager = FileManager.default
        try manager.removeItem(atPath: "\(folder.path)/\(a.hash).gz")
        try manager.copyItem(atPath: "\(folder.path)/\(b.hash).gz", toPath: "\(folder.path)/\(a.hash).gz")
        #expect(
            throws: RetrievalError.archive(
                path: "\(folder.path)/\(a.hash).gz", why: "damaged: its content does not have the hash in its name")
        ) { try archive.bytes(of: a.hash) }
        try manager.copyItem(
            atPath: "\(folder.path)/\(b.hash).json", toPath: "\(folder.path)/\(String(repeating: "0", count: 64)).json")
        #expect(throws: RetrievalError.self) { try Archive(folder: folder.path) }
    }

    @Test("the same answer, come again, mends a file that was damaged since")
    func mended() throws {
        let archive = try Archive(folder: folder.path)
        let answer = try archive.keep(Array(repeating: 7, count: 500), key: key, run: 1, time: "", status: 200)
        try Data("spoilt".utf8).write(to: URL(filePath: "\(folder.path)/\(answer.hash).gz"))
        #expect(archive.holds(answer.hash))
        #expect(throws: RetrievalError.self) { try archive.bytes(of: answer.hash) }
        _ = try archive.keep(Array(repeating: 7, count: 500), key: key, run: 2, time: "", status: 200)
        #expect(try archive.bytes(of: answer.hash).count == 500)
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(answer.hash).gz")
        #expect(!archive.holds(answer.hash) && !archive.holds("another"))
    }

    @Test("verification names every damaged, misnamed, foreign and unlisted file, and the secret in any of them")
    func verification() throws {
        let archive = try Archive(folder: folder.path)
        var hashes: [String] = []
        for number in 0..<4 {
            hashes.append(
                try archive.keep(
                    Array("answer \(number) 0123456789key".utf8), key: key, run: 1, time: "", status: 200
                ).hash)
        }
        func verify(_ secret: String? = nil) throws -> ArchiveVerification {
            try Archive(folder: folder.path, readOnly: true).verify(redaction: Redaction(key: secret))
        }
        #expect(
            try verify() == ArchiveVerification(answers: 4, exchanges: 4, damaged: [], problems: [], unlisted: []))
        #expect(
            try verify("0123456789key").problems
                == hashes.map { "\($0).gz: the API key stands in it" }.sorted())

        let manager = FileManager.default
        try Data("spoilt".utf8).write(to: URL(filePath: "\(folder.path)/\(hashes[0]).gz"))
        try manager.removeItem(atPath: "\(folder.path)/\(hashes[1]).gz")
        try manager.removeItem(atPath: "\(folder.path)/\(hashes[2]).json")
        try Data().write(to: URL(filePath: "\(folder.path)/notes.txt"))
        try Data().write(to: URL(filePath: "\(folder.path)/.left.tmp"))
        let sidecar = "\(folder.path)/\(hashes[3]).json"
        let text = try String(contentsOfFile: sidecar, encoding: .utf8).replacing("\"bytes\":22", with: "\"bytes\":23")
        try Data(text.utf8).write(to: URL(filePath: sidecar))
        let found = try verify()
        #expect(found.answers == 3 && found.damaged == hashes[0...1].sorted())
        #expect(found.unlisted == ["\(hashes[2]).gz"])
        #expect(found.problems.count == 4)
        #expect(found.problems.contains("notes.txt: not a file of an archive"))
        #expect(found.problems.contains("\(hashes[1]).gz: cannot read: No such file or directory"))
        #expect(
            found.problems.contains(
                "\(hashes[3]).json: it gives another number of bytes than \(hashes[3]).gz holds"))
    }

    @Test("a read-only archive is not written, a folder that is none is named")
    func readOnly() throws {
        _ = try Archive(folder: folder.path)
        let archive = try Archive(folder: folder.path, readOnly: true)
        #expect(throws: RetrievalError.notKept(path: folder.path, why: "it is open for reading only")) {
            try archive.keep([1], key: key, run: 1, time: "", status: 200)
        }
        #expect(throws: RetrievalError.archive(path: "/nowhere/at/all", why: "the folder cannot be read")) {
            try Archive(folder: "/nowhere/at/all", readOnly: true)
        }
    }

    @Test("a folder that cannot be made is named, with what to do")
    func notWritable() throws {
        let file = folder.path + "/file"
        try Data().write(to: URL(filePath: file))
        do {
            _ = try Archive(folder: file + "/archive")
            Issue.record("made")
        } catch let error as RetrievalError {
            #expect(error.exitStatus == 1)
            #expect(error.description.hasPrefix("archive \(file)/archive: an answer cannot be kept: the folder cannot"))
            #expect(error.description.hasSuffix("Make room or give write permission, then run again"))
        }
    }

    @Test("times are UTC of the Gregorian calendar whatever the machine says")
    func times() {
        #expect(iso8601(0) == "1970-01-01T00:00:00Z")
        #expect(iso8601(951_782_400) == "2000-02-29T00:00:00Z")
        #expect(iso8601(4_107_542_399) == "2100-02-28T23:59:59Z")
        #expect(iso8601(-1) == "1969-12-31T23:59:59Z")
        for day in stride(from: -200_000, to: 200_000, by: 997) {
            #expect(CivilDate(daysSince1970: day).daysSince1970 == day)
        }
    }
}

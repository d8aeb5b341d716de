import Compression
import Foundation
import TestSupport
import Testing

@Suite("Files in pieces")
struct FileInputTests {
    private func withFile<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let url = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    @Test("A file comes as it is, a compressed one inflated, whatever its name")
    func bothKinds() throws {
        let bytes = GzipTests.sample(200_000)
        for packed in [bytes, try Gzip.compress(bytes)] {
            try withFile(packed) { path in
                let read = GzipTests.readAll(try FileInput(path: path))
                #expect(read.bytes == bytes)
                #expect(read.error == nil)
            }
        }
    }

    @Test("A missing file and a folder are told apart")
    func missing() throws {
        #expect { try FileInput(path: "/nonexistent/file.xml") } throws: {
            ($0 as? FileInputError)?.isMissing == true && "\($0)" == "/nonexistent/file.xml: no such file"
        }
        let folder = try FileInput(path: NSTemporaryDirectory())
        #expect { try folder.next() } throws: {
            ($0 as? FileInputError)?.isMissing == false && "\($0)".contains("this is a folder")
        }
    }

    @Test("Real compressed files inflate to their end", .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() throws {
        let files = SharedData.files(under: "pubmed-xml").filter { $0.pathExtension == "gz" }
        #expect(!files.isEmpty)
        for file in files {
            let read = GzipTests.readAll(try FileInput(path: file.path))
            #expect(read.error == nil, "\(file.lastPathComponent)")
            #expect(String(decoding: read.bytes.suffix(60), as: UTF8.self).contains("</"))
        }
    }
}

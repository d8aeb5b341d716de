import Bibliography
import Compression
import Foundation
import TestSupport
import Testing

@testable import RecordFormats

@Suite("Files read side by side")
struct FileLanesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Records and issues, each in the order in which they come.
    private static func read(_ paths: [String], cores: Int) throws -> (records: String, issues: [ReadingIssue]) {
        var records: [UInt8] = []
        var issues: [ReadingIssue] = []
        try FileLanes(paths: paths, cores: cores).readBatches { batch in
            RecordWriter(format: .ndjson).bytes(of: batch.records)
        } emit: { bytes, _ in
            records += bytes
        } issue: {
            issues.append($0)
        }
        return (String(decoding: records, as: UTF8.self), issues)
    }

    /// - Parameter sizes: how many records each of the files has.
    private func files(_ sizes: [Int]) throws -> [String] {
        try sizes.enumerated().map { number, size in
            let entries = (0..<size).map { "TY  - JOUR\nTI  - Title \(number) \($0)\nXX\nER  - \n" }
            return try folder.write(entries.joined(), to: "\(number).ris")
        }
    }

    @Test(
        "the records and issues of all real files come as from one file after the other",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() throws {
        let paths = ["pubmed-xml", "biblio"].flatMap { SharedData.files(under: $0) }.map(\.path)
        let (records, issues) = try Self.read(paths, cores: 1)
        #expect(records.utf8.count > 1_000_000 && issues.count > 10)
        let found = try Self.read(paths, cores: 3)
        #expect(found.records == records)
        #expect(found.issues == issues)
    }

    @Test("files of any size come in their order, however many cores there are", arguments: [1, 2, 5, 64])
    func order(cores: Int) throws {
        let sizes = [0, 1, 2_000, 3, 0, 700, 2, 1, 300]
        let (records, issues) = try Self.read(files(sizes), cores: cores)
        let titles = records.matches(of: #/Title (\d+) (\d+)/#).map { "\($0.1) \($0.2)" }
        #expect(titles == sizes.enumerated().flatMap { number, size in (0..<size).map { "\(number) \($0)" } })
        // Empty files are told of in their places.
        #expect(issues.filter { $0.code == "empty" }.map(\.file) == [folder.path("0.ris"), folder.path("4.ris")])
    }

    @Test("a file that is not there stops the reading in its place, and what stands before it has come")
    func missing() throws {
        var paths = try files([3, 2, 5])
        paths[1] = folder.path("none.ris")
        for cores in [1, 4] {
            var records = 0
            let error = try #require(throws: FileInputError.self) {
                try FileLanes(paths: paths, cores: cores).readBatches {
                    $0.records.count
                } emit: { count, file in
                    #expect(file == 0)
                    records += count
                } issue: { _ in
                }
            }
            #expect(error.isMissing && error.path == paths[1])
            #expect(records == 3)
        }
    }

    @Test("whoever takes the records can stop; files whose turn has not come do not fill the memory meanwhile")
    func stopping() throws {
        struct Enough: Error {}
        final class Count: @unchecked Sendable {
            // Unchecked: counted under the lock.
            private let lock = NSLock()
            private var value = 0
            func add(_ number: Int) { lock.withLock { value += number } }
            var current: Int { lock.withLock { value } }
        }
        let read = Count()
        let paths = try files([1, 15_000])
        #expect(throws: Enough.self) {
            try FileLanes(paths: paths, cores: 2).readBatches { batch in
                read.add(batch.records.count)
                return batch.records.count
            } emit: { _, _ in
                // Long enough for the other file to be read as far as it may be.
                var before = -1
                while read.current != before {
                    before = read.current
                    Thread.sleep(forTimeInterval: 0.3)
                }
                throw Enough()
            } issue: { _ in
            }
        }
        #expect(read.current < 15_000)
    }
}

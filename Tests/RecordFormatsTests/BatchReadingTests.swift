import Bibliography
import Compression
import Foundation
import Mutation
import TestSupport
import Testing

@testable import RecordFormats

@Suite("Reading on every core")
struct BatchReadingTests {
    private static func batches(
        _ bytes: [UInt8], name: String = "test", pieceSize: Int, workers: Int = 2
    ) throws -> (records: [Record], issues: [ReadingIssue]) {
        var records: [Record] = []
        var issues: [ReadingIssue] = []
        var reader = RecordReader(input: MemoryInput(bytes, pieceSize: pieceSize), name: name)
        reader.blockSize = pieceSize
        try reader.readBatches(workers: workers, work: { $0.records }) {
            records += $0
        } issue: {
            issues.append($0)
        }
        return (records, issues)
    }

    /// Everything by libxml2 alone, in one pass from the first byte to the last.
    private static func onePass(_ bytes: [UInt8]) throws -> Reading {
        guard case .format(.pubmedXML) = FormatDetection.format(of: Array(bytes.prefix(FormatDetection.lengthOfHead)))
        else { return try Reading.any(bytes) }
        return try Reading.pubMed(bytes, name: "test")
    }

    private static func onePass(_ text: String) throws -> Reading { try onePass(Array(text.utf8)) }

    /// Where a comment or the like is never closed, the line at which the parser notices depends on the pieces it got.
    private static func comparable(_ issues: [ReadingIssue]) -> [String] {
        issues.map { $0.code == "truncated" ? "truncated \($0.id?.rawValue ?? "")" : "\($0)" }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        let input = try FileInput(path: path)
        var bytes: [UInt8] = []
        while let piece = try? input.next() { bytes += piece }
        return bytes
    }

    @Test(
        "every real file gives the same records and issues as one pass",
        .enabled(if: SharedData.isPresent, SharedData.notice),
        arguments: ["pubmed-xml", "biblio"])
    func realFiles(folder: String) throws {
        for url in SharedData.files(under: folder) {
            let bytes = try Self.bytes(url.path)
            let whole = try Self.onePass(bytes)
            let (records, issues) = try Self.batches(bytes, pieceSize: 30_000)
            #expect(records == whole.records, "\(url.lastPathComponent)")
            #expect(issues == whole.issues, "\(url.lastPathComponent)")
            let onOne = try Reading.any(bytes, pieceSize: 10_000)
            #expect(onOne.records == whole.records, "\(url.lastPathComponent)")
            #expect(onOne.locations == whole.locations, "\(url.lastPathComponent)")
            #expect(onOne.issues == whole.issues, "\(url.lastPathComponent)")
        }
    }

    @Test("damage in any record gives the same as one pass, and every other record is there", arguments: 0..<6)
    func damaged(part: Int) throws {
        for number in 0..<60 {
            var mutation = Mutation(seed: UInt64(part * 1000 + number))
            var bytes = Array("<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n".utf8)
            var ranges: [Range<Int>] = []
            for pmid in 1...12 {
                let record =
                    "<PubmedArticle>\n<MedlineCitation><PMID>\(pmid)</PMID><Article><ArticleTitle>Title <i>\(pmid)</i>"
                    + "</ArticleTitle></Article></MedlineCitation>\n</PubmedArticle>\n"
                ranges.append(bytes.count..<bytes.count + record.utf8.count)
                bytes += Array(record.utf8)
            }
            bytes += Array("</PubmedArticleSet>\n".utf8)
            let hit = mutation.number(below: 12)
            mutation.damage(&bytes, in: ranges[hit])
            let whole = try Self.onePass(bytes)
            let pieceSize = 100 + mutation.number(below: 900)
            let (records, issues) = try Self.batches(bytes, pieceSize: pieceSize)
            let onOne = try Reading.any(bytes, pieceSize: pieceSize)
            #expect(onOne.records == records, "seed \(part * 1000 + number)")
            #expect(Self.comparable(onOne.issues) == Self.comparable(issues), "seed \(part * 1000 + number)")
            // So does how much of the text before the cut was taken.
            let cut = Set(whole.issues.filter { $0.code == "truncated" }.compactMap(\.id))
            #expect(
                records.filter { !cut.contains($0.id) } == whole.records.filter { !cut.contains($0.id) },
                "seed \(part * 1000 + number)")
            #expect(records.count == whole.records.count, "seed \(part * 1000 + number)")
            // A record that is cut off, or stands after damage, ends where the parser noticed.
            #expect(onOne.locations.map(\.line) == whole.locations.map(\.line), "seed \(part * 1000 + number)")
            #expect(onOne.locations.map(\.start) == whole.locations.map(\.start), "seed \(part * 1000 + number)")
            #expect(Self.comparable(issues) == Self.comparable(whole.issues), "seed \(part * 1000 + number)")
            let pmids = Set(records.compactMap { $0.pmid?.number })
            let missing = (0..<12).filter { $0 != hit && !pmids.contains(UInt32($0 + 1)) }
            #expect(missing.isEmpty, "seed \(part * 1000 + number)")
        }
    }

    @Test("comments, CDATA sections and end tags inside them do not deceive the cutter")
    func deceived() throws {
        let record = "<PubmedArticle><MedlineCitation><PMID>7</PMID></MedlineCitation></PubmedArticle>\n"
        let filler = String(repeating: record, count: 900)
        for odd in [
            "<!-- \(record) -->", "<!-- \(filler) -->", "<?x \(record) ?>", "<PubmedArticle>\(record)</PubmedArticle>",
        ] {
            let text = "<PubmedArticleSet>\n\(filler)\(odd)\(filler)</PubmedArticleSet>"
            let whole = try Self.onePass(text)
            let (records, issues) = try Self.batches(Array(text.utf8), pieceSize: 5000)
            #expect(records.count == whole.records.count)
            #expect(issues == whole.issues)
        }
    }

    @Test("records without a PMID are numbered through the file, and their lines are right")
    func numbered() throws {
        let with = "<PubmedArticle>\n<MedlineCitation><PMID>7</PMID></MedlineCitation>\n</PubmedArticle>\n"
        let without = "<PubmedArticle>\n<MedlineCitation><Article/></MedlineCitation>\n</PubmedArticle>\n"
        let text =
            "<PubmedArticleSet>\n" + (0..<3000).map { $0 % 700 == 699 ? without : with }.joined()
            + "</PubmedArticleSet>"
        let (records, issues) = try Self.batches(Array(text.utf8), pieceSize: 8000)
        #expect(records.count == 3000)
        #expect(issues.map(\.line) == [2 + 3 * 699, 2 + 3 * 1399, 2 + 3 * 2099, 2 + 3 * 2799])
        #expect(records[1399].id.rawValue == "test#1400")
    }

    @Test("a file cut off in a record, at a tag or in its gzip form gives what stands before the cut")
    func cutOff() throws {
        let record = "<PubmedArticle><MedlineCitation><PMID>7</PMID></MedlineCitation></PubmedArticle>\n"
        let text = Array(("<PubmedArticleSet>\n" + String(repeating: record, count: 2000)).utf8)
        for end in [text.count, text.count - 20, text.count - 3] {
            let bytes = Array(text[..<end])
            let whole = try Self.onePass(bytes)
            let (records, issues) = try Self.batches(bytes, pieceSize: 10_000)
            #expect(records == whole.records)
            #expect(issues == whole.issues)
            #expect(records.count >= 1999)
        }
        let packed = try Gzip.compress(text)
        let (records, issues) = try Self.batches(Array(packed.dropLast(30)), pieceSize: 500)
        #expect(records.count > 0)
        #expect(issues.map(\.code).contains("damagedGzip"))
    }

    @Test("work is given out in order however long each piece of it takes", arguments: [0, 1, 3])
    func order(workers: Int) {
        let work = OrderedWork<Int>(workers: workers)
        for number in 0..<500 { work.add { (0..<((number * 7919) % 500)).reduce(number) { sum, _ in sum } } }
        var results: [Int] = []
        while let result = work.next() { results.append(result) }
        #expect(results == Array(0..<500))
    }
}

@Suite("Memory of hostile text files")
struct TextLimitTests {
    @Test("an entry of millions of short lines is cut with an issue that names the line")
    func manyLines() throws {
        let lines = Array(
            ("TY  - JOUR\nTI  - A title\n" + String(repeating: "x\n", count: 1_100_000) + "ER  - \n").utf8)
        let reading = try Reading.any(lines)
        #expect(reading.records.count == 1)
        #expect(reading.records.first?.title?.hasPrefix("A title x") == true)
        #expect(reading.errors.map(\.code) == ["entryTooLarge"])
        #expect((reading.errors.first?.line ?? 0) > 900_000)
    }

    @Test("a quote that is never closed costs its row alone, however short the lines after it are")
    func neverClosed() throws {
        var text = "pmid,title\n1,\"never closed\n"
        for number in 2...200_000 { text += "\(number),t\n" }
        let reading = try Reading.any(text)
        #expect(reading.records.count == 200_000)
        #expect(reading.errors.map(\.code) == ["unclosedQuote"])
        #expect(reading.errors.first?.line == 2)
    }
}

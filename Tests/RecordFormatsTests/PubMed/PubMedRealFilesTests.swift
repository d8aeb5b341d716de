import Bibliography
import Compression
import Foundation
import RecordFormats
import TestSupport
import Testing

@Suite("PubMed XML: real files", .enabled(if: SharedData.isPresent, SharedData.notice))
struct PubMedRealFilesTests {
    static func bytes(_ url: URL) throws -> [UInt8] {
        let input = try FileInput(path: url.path)
        var bytes: [UInt8] = []
        while let piece = try input.next() { bytes += piece }
        return bytes
    }

    /// Files of PubMed records; the others under the folder are HTML, PMC articles and journal lists.
    static let files: [(name: String, bytes: [UInt8])] = SharedData.files(under: "pubmed-xml").compactMap { url in
        guard let bytes = try? bytes(url) else { return nil }
        let head = String(decoding: bytes.prefix(3000), as: UTF8.self)
        guard head.contains("<Pubmed") || head.contains("<MedlineCitation") else { return nil }
        return (url.lastPathComponent, bytes)
    }

    /// End tags counted in the bytes, without any parser.
    static func count(_ bytes: [UInt8]) -> Int {
        let text = String(decoding: bytes, as: UTF8.self)
        func occurrences(_ tag: String, in text: String) -> Int { text.components(separatedBy: tag).count - 1 }
        let articles = occurrences("</PubmedArticle>", in: text)
        let books = occurrences("</PubmedBookArticle>", in: text)
        let citations = articles == 0 ? occurrences("</MedlineCitation>", in: text) : 0
        let deletions = text.components(separatedBy: "<DeleteCitation>").dropFirst().map { tail in
            occurrences("</PMID>", in: tail.components(separatedBy: "</DeleteCitation>")[0])
        }
        return articles + books + citations + deletions.reduce(0, +)
    }

    @Test("Every file is read with exactly its number of records, and each is where its location says")
    func counts() throws {
        #expect(Self.files.count > 100)
        for (name, bytes) in Self.files {
            let reading = try Reading.pubMed(bytes, name: name)
            #expect(reading.records.count == Self.count(bytes), "\(name)")
            #expect(reading.errors.isEmpty, "\(name): \(reading.errors)")
            var line = 1
            var position = 0
            for location in reading.locations {
                #expect(bytes[location.start] == 0x3C && bytes[location.end - 1] == 0x3E, "\(name): \(location)")
                while position < location.start {
                    if bytes[position] == 0x0A { line += 1 }
                    position += 1
                }
                #expect(line == location.line, "\(name): \(location)")
            }
        }
    }

    @Test("The streaming reader agrees with XPath over the whole tree, field by field")
    func oracle() throws {
        for (name, bytes) in Self.files {
            let oracle = try #require(PubMedOracle(bytes, file: name))
            let expected = oracle.records()
            let found = try Reading.pubMed(bytes, name: name).records
            #expect(found.count == expected.count, "\(name)")
            for (record, other) in zip(found, expected) {
                #expect(differences(record, other) == [], "\(name), \(record.id)")
            }
        }
    }

    @Test("The size of the pieces in which a file comes changes nothing")
    func pieces() throws {
        for (_, bytes) in Self.files where bytes.count < 10_000 {
            let whole = try Reading.pubMed(bytes, pieceSize: 1 << 22)
            for size in [1, 100, 5000] {
                let pieced = try Reading.pubMed(bytes, pieceSize: size)
                #expect(pieced.records == whole.records)
                #expect(pieced.locations == whole.locations)
            }
        }
    }

    @Test("Files that hold no PubMed records are refused with their root")
    func others() throws {
        let known = Set(Self.files.map(\.name))
        let others = SharedData.files(under: "pubmed-xml").filter {
            !known.contains($0.lastPathComponent) && $0.lastPathComponent != "efetch_pmc.xml"
        }
        #expect(!others.isEmpty)
        for file in others {
            let reading = try Reading.file(file.path)
            #expect(reading.records.isEmpty)
            #expect(reading.codes == ["unknownFormat"], "\(file.lastPathComponent)")
        }
    }
}

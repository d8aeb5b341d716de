import Bibliography
import Compression
import Foundation
import RecordFormats
import TestSupport
import Testing

@Suite("PubMed XML: damaged and hostile files")
struct PubMedDamageTests {
    @Test("A file cut anywhere gives the records that stand whole, then says that it is cut")
    func truncation() throws {
        let bytes = Array(PubMedSample.set(PubMedSample.articles(12)).utf8)
        let whole = try Reading.pubMed(bytes)
        #expect(whole.issues.isEmpty && whole.records.count == 12)
        for cut in stride(from: 1, to: bytes.count - 1, by: 13) {
            let reading = try Reading.pubMed(Array(bytes[..<cut]), pieceSize: 700)
            let standing = whole.locations.prefix { $0.end <= cut }.count
            #expect(Array(reading.records.prefix(standing)) == Array(whole.records.prefix(standing)), "cut at \(cut)")
            #expect(reading.records.count <= standing + 1, "cut at \(cut)")
            #expect(!reading.errors.isEmpty, "cut at \(cut)")
        }
    }

    @Test("The record in which a file is cut comes out with what was read, and the issue names it")
    func cutRecord() throws {
        let text = PubMedSample.set(PubMedSample.articles(3))
        let cut = try #require(text.range(of: "One 3 ")).upperBound
        let reading = try Reading.pubMed(String(text[..<cut]))
        #expect(reading.ids == ["pubmed:90000001", "pubmed:90000002", "pubmed:90000003"])
        #expect(reading.records.last?.title == "Trial 3 of ketamine 0.5 mg/kg")
        #expect(reading.records.last?.abstract.first?.text == "One 3")
        #expect(reading.codes == ["truncated"])
        #expect(reading.errors.first?.id?.rawValue == "pubmed:90000003")
        #expect(reading.errors.first?.message.contains("ends before the XML does") == true)
        #expect(reading.errors.first?.line == 11)
        #expect(reading.locations.last?.end == text[..<cut].utf8.count)
    }

    @Test(
        "Damage inside one record costs that record alone",
        arguments: ["</Abstract></Oops>", "<", "&#0;", "&undefined", "<!-- never closed", "<a b=c>", "\u{1}"])
    func oneRecord(damage: String) throws {
        let text = PubMedSample.set(PubMedSample.articles(9)).replacing("One 4 ", with: "One \(damage)")
        for size in [1 << 16, 64] {
            let reading = try Reading.pubMed(text, pieceSize: size)
            #expect(reading.ids == (1...9).map { "pubmed:\(90_000_000 + $0)" }, "\(damage), pieces of \(size)")
            #expect(reading.records.filter { $0.abstract.count == 1 }.count >= 8)
            #expect(reading.errors.count == 1)
            #expect(reading.errors.first?.id?.rawValue == "pubmed:90000004")
            for (number, location) in reading.locations.enumerated() where number != 3 {
                let bytes = Array(text.utf8)[location.start..<location.end]
                #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("<PubmedArticle><MedlineCitation"))
                #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("</PubmedArticle>"))
                #expect(location.line == 4 + number * 3)
            }
        }
    }

    @Test("Bytes that are no UTF-8 cost the record in which they stand")
    func badEncoding() throws {
        var bytes = Array(PubMedSample.set(PubMedSample.articles(5)).utf8)
        let place = try #require(String(decoding: bytes, as: UTF8.self).range(of: "One 2"))
        let offset = String(decoding: bytes, as: UTF8.self).utf8.distance(
            from: String(decoding: bytes, as: UTF8.self).startIndex, to: place.lowerBound)
        bytes[offset] = 0xFF
        let reading = try Reading.pubMed(bytes)
        #expect(reading.ids.count == 5)
        #expect(reading.errors.count == 1)
        #expect(reading.errors.first?.line == 8)
    }

    @Test("Text after the end is damage; white space and comments are not")
    func trailing() throws {
        let text = PubMedSample.set(PubMedSample.articles(2))
        #expect(try Reading.pubMed(text + "\n<!-- bye -->\n").issues.isEmpty)
        let reading = try Reading.pubMed(text + "junk")
        #expect(reading.records.count == 2)
        #expect(reading.codes == ["notWellFormed"])
    }

    @Test("Files without a document are refused", arguments: [("", "empty"), ("  \n", "empty"), ("words", "empty")])
    func nothing(text: String, code: String) throws {
        let reading = try Reading.pubMed(text)
        #expect(reading.records.isEmpty)
        #expect(reading.codes == [code])
    }

    @Test("A cut or spoilt gzip gives what can be inflated, and says so")
    func gzip() throws {
        let bytes = Array(PubMedSample.set(PubMedSample.articles(400)).utf8)
        let packed = try Gzip.compress(bytes)
        #expect(try Reading.any(packed).records.count == 400)
        #expect(try Reading.any(packed + packed).records.count == 800)
        let cut = try Reading.any(Array(packed[..<(packed.count / 2)]))
        #expect(cut.records.count > 100 && cut.records.count < 400)
        #expect(cut.codes.contains("damagedGzip"))
        var direct = Reading()
        let input = InflatingInput(MemoryInput(Array(packed[..<(packed.count / 2)])))
        try PubMedXMLReader.read(input, name: "x") { event in
            if case .issue(let issue) = event { direct.issues.append(issue) }
        }
        #expect(direct.codes == ["damagedGzip"])
        var spoilt = packed
        spoilt[packed.count - 5] ^= 1
        let sum = try Reading.any(spoilt)
        #expect(sum.records.count == 400 && sum.codes == ["damagedGzip"])
    }

    @Test("Entities that a document declares itself are never expanded: a billion laughs")
    func billionLaughs() throws {
        var dtd = "<!ENTITY a0 \"ha\">"
        for level in 1...12 {
            dtd += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">"
        }
        let text =
            "<!DOCTYPE PubmedArticleSet [\(dtd)]><PubmedArticleSet>" + PubMedSample.article(1)
            + PubMedSample.article(2, title: "x &a12; y") + PubMedSample.article(3) + "</PubmedArticleSet>"
        let reading = try Reading.pubMed(text)
        #expect(reading.ids == ["pubmed:1", "pubmed:2", "pubmed:3"])
        #expect(reading.codes == ["entity"])
        #expect(reading.errors.first?.message.contains("'a12'") == true)
        #expect(reading.records[1].title == "x")
        let inAttribute = text.replacing("x &a12; y", with: "z")
            .replacing("<Article PubModel=\"Print\">", with: "<Article PubModel=\"&a12;\">")
        #expect(try Reading.pubMed(inAttribute).errors.isEmpty == false)
    }

    @Test(
        "External entities and parameter entities open no file",
        arguments: ["file:///etc/passwd", "http://127.0.0.1:9/x"])
    func externalEntities(address: String) throws {
        for dtd in [
            "<!ENTITY x SYSTEM \"\(address)\">", "<!ENTITY % p SYSTEM \"\(address)\"> %p;",
            "<!ENTITY x PUBLIC \"-//A//B//EN\" \"\(address)\">",
        ] {
            let text =
                "<!DOCTYPE PubmedArticleSet [\(dtd)]><PubmedArticleSet>"
                + PubMedSample.article(1, title: "a &x; b") + "</PubmedArticleSet>"
            let reading = try Reading.pubMed(text)
            #expect(reading.ids == ["pubmed:1"])
            #expect(reading.records.first?.title?.contains("root:") == false)
        }
    }

    @Test("A million elements inside each other end in a clear issue")
    func depth() throws {
        let text = PubMedSample.set(
            PubMedSample.article(1) + PubMedSample.article(2, title: String(repeating: "<b>", count: 1_000_000))
                + PubMedSample.article(3))
        let reading = try Reading.pubMed(text)
        #expect(reading.ids == ["pubmed:1", "pubmed:2", "pubmed:3"])
        #expect(reading.codes == ["limit"])
        #expect(reading.errors.first?.message.contains("nested") == true)
    }

    /// Endless text inside one record: what a gzip bomb inflates to.
    private final class Bomb: ByteInput {
        private var pieces: [[UInt8]]
        private let filler: [UInt8]
        private var count: Int

        init(_ start: String, filler: String, count: Int, _ end: String) {
            pieces = [Array(end.utf8), Array(start.utf8)]
            self.filler = Array(filler.utf8)
            self.count = count
        }

        func next() -> [UInt8]? {
            if pieces.count == 2 { return pieces.removeLast() }
            if count > 0 {
                count -= 1
                return filler
            }
            return pieces.popLast()
        }
    }

    @Test("A record of endless text is given up, and the next one is read")
    func endlessText() throws {
        let ends = PubMedSample.article(1, title: "<!>").split(separator: "<!>").map(String.init)
        let bomb = Bomb(
            "<PubmedArticleSet>\(ends[0])", filler: String(repeating: "x", count: 1 << 20), count: 40,
            ends[1] + PubMedSample.article(2) + "</PubmedArticleSet>")
        var reading = Reading()
        try PubMedXMLReader.read(bomb, name: "bomb") { event in
            switch event {
            case .record(let record, _): reading.records.append(record)
            case .issue(let issue): reading.issues.append(issue)
            }
        }
        #expect(reading.ids == ["pubmed:1", "pubmed:2"])
        #expect(reading.codes == ["limit"])
        #expect(reading.errors.first?.message.contains("more than 32 MiB of text") == true)
    }

    @Test("A file of nothing but broken records ends")
    func manyFaults() throws {
        let broken = String(repeating: "<PubmedArticle><MedlineCitation><PMID>7</PMID></Oops>", count: 12_000)
        let reading = try Reading.pubMed("<PubmedArticleSet>" + broken)
        #expect(reading.codes.last == "tooManyFaults")
        #expect(reading.records.count > 9_000)
        #expect(reading.errors.last?.message.contains("too many places") == true)
    }

    private static let troublesome = Array("<>&!-/\"[]\0;".utf8) + [0xFF]

    @Test("A few thousand seeded mutations: none crashes, and every record that stands whole is read")
    func fuzz() throws {
        let bytes = Array(PubMedSample.set(PubMedSample.articles(6)).utf8)
        let whole = try Reading.pubMed(bytes)
        var random = SeededRandom(seed: 20_260_4)
        for round in 0..<3000 {
            var mutant = bytes
            let place = Int.random(in: 0..<mutant.count, using: &random)
            let length = Int.random(in: 0...8, using: &random)
            let end = min(mutant.count, place + length)
            let insert = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Self.troublesome[Int.random(in: 0..<Self.troublesome.count, using: &random)]
            }
            mutant.replaceSubrange(place..<end, with: insert)
            let reading = try Reading.pubMed(mutant, pieceSize: Int.random(in: 50...2000, using: &random))
            let before = whole.locations.filter { $0.end <= place }.count
            let standing = Array(reading.records.prefix(before)) == Array(whole.records.prefix(before))
            #expect(standing, "round \(round), place \(place)")
            // What stands after the damage is read too, unless the damage swallows its start tag or is the root's.
            let after = max(0, whole.locations.filter { $0.start >= end }.count - 1)
            let goesOn = reading.records.suffix(after) == whole.records.suffix(after)
            #expect(goesOn || reading.codes == ["wrongRoot"], "round \(round), place \(place)")
            #expect(reading.records.count <= 8)
            let inside = reading.locations.allSatisfy { $0.start < $0.end && $0.end <= mutant.count }
            #expect(inside, "round \(round)")
        }
    }
}

import Bibliography
import Testing

@testable import RecordFormats

@Suite("Damaged text files")
struct TextFuzzTests {
    @Test(
        "no mutation of a file crashes a reader, and its records stay in order and within the file",
        arguments: RoundTripTests.Format.allCases)
    func mutations(format: RoundTripTests.Format) throws {
        var generator = GeneratedRecords(seed: 4)
        let original = format.writer.file((0..<2).map { generator.record($0) })
        let splices: [[UInt8]] = [
            [0], [0x0A], [0x0D], [0x22], [0x7B], [0x7D], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE],
            Array("\nER  - \n".utf8),
            Array("\nTY  - JOUR\n".utf8), Array("@a{".utf8), Array("\\".utf8), Array("PMID- ".utf8), Array("\"\"".utf8),
        ]
        for _ in 0..<400 {
            var bytes = original
            for _ in 0...generator.number(4) {
                let at = generator.number(bytes.count)
                switch generator.number(4) {
                case 0: bytes[at] = UInt8(generator.number(256))
                case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + generator.number(200)))
                case 2: bytes.insert(contentsOf: generator.pick(splices), at: at)
                default: bytes.replaceSubrange(at..<at, with: bytes[at..<min(bytes.count, at + generator.number(300))])
                }
                if bytes.isEmpty { bytes = [0x0A] }
            }
            try check(format.reader, bytes, pieceSize: 100 + generator.number(5000))
        }
    }

    @Test("no reader crashes on another format's file")
    func crossed() throws {
        var generator = GeneratedRecords(seed: 5)
        let readers: [any RecordFormatReader.Type] = [
            RISReader.self, NBIBReader.self, DelimitedRecordReader.self, CSLJSONReader.self, BibTeXReader.self,
            WebOfScienceReader.self, CochraneReader.self, EndNoteTextReader.self,
        ]
        for format in RoundTripTests.Format.allCases {
            let bytes = format.writer.file((0..<10).map { generator.record($0) })
            for reader in readers { try check(reader, bytes, pieceSize: 100) }
        }
        for reader in readers {
            for _ in 0..<50 {
                let noise = (0..<generator.number(400)).map { _ in UInt8(generator.number(256)) }
                try check(reader, noise, pieceSize: 16)
            }
        }
    }

    static let dialects: [(reader: any RecordFormatReader.Type, text: String)] = [
        (NBIBReader.self, DatabaseDialectTests.ovid), (EndNoteTextReader.self, EndNoteTextTests.two),
        (
            DelimitedRecordReader.self,
            "\"SEARCH QUERY\",\"x\"\n-----\nTitle,ISSN,Citation,Source,Authors\nA &amp; <i>b</i>,=\"1234-5678\",\"J. 2022 Mar;5(2):3-4.\","
                + "\"J (2024) 15:1 Article Number: 4\",A B|C D\n,,,,\na heading\n"
        ),
        (
            RISReader.self,
            "TY  - JOUR\nPMID  - 1\nA1  - Doe, J.\nC1  - Place\nM1  - (Doe J.; Roe) There\nAI  - Doe, J.; ORCID: 0000-0002-1825-0097\n"
                + "L2  - http://x.ovid.com/a?D=med1&AN=12\nY1  - 4-8 Aug. 2020\nKW - a\nER -\n"
        ),
        (
            WebOfScienceReader.self,
            "FN X\nVR 1.0\nPT J\nAU Doe, J; Roe, R\nC1 Here,\n   there.\nPS 1-2\nPD 07 2006\nUT MEDLINE:5\nER\nEF\n"
        ),
    ]

    @Test("no mutation of a database's own dialect crashes a reader")
    func dialects() throws {
        var generator = GeneratedRecords(seed: 6)
        let splices = ["\n", " - ", "&#", ";", "<", "(", ")", "=\"", "|", ". ", "/", "20", "\u{FFFD}", ""].map {
            Array($0.utf8)
        }
        for (reader, text) in Self.dialects {
            let original = Array(text.utf8)
            for _ in 0..<600 {
                var bytes = original
                for _ in 0...generator.number(5) where !bytes.isEmpty {
                    let at = generator.number(bytes.count)
                    switch generator.number(3) {
                    case 0: bytes[at] = UInt8(generator.number(256))
                    case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + generator.number(40)))
                    default: bytes.insert(contentsOf: generator.pick(splices), at: at)
                    }
                }
                try check(reader, bytes, pieceSize: 1000)
            }
        }
    }

    private func check(_ reader: any RecordFormatReader.Type, _ bytes: [UInt8], pieceSize: Int) throws {
        let reading = try TextReading(reader, bytes: bytes, pieceSize: pieceSize)
        var isInPlace = true
        var previous = 0
        for location in reading.locations {
            if location.start < previous || location.end < location.start || location.end > bytes.count {
                isInPlace = false
            }
            previous = location.start
        }
        #expect(isInPlace)
    }
}

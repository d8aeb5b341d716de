import Bibliography
import Compression
import Testing

@testable import RecordFormats

@Suite("Reading RIS")
struct RISReaderTests {
    private func read(_ text: String) throws -> TextReading { try TextReading(RISReader.self, text, name: "dir/a.ris") }

    @Test("an entry has its fields, whatever dialect names them")
    func dialects() throws {
        let newer = try read(
            "TY  - JOUR\nTI  - A title\nAU  - Doe, Jane Q\nT2  - Journal\nJ2  - J\nPY  - 2019\nDA  - 2019/10/05/\nVL  - 1\nIS  - 2\n"
                + "SP  - 3\nEP  - 9\nSN  - 12345678 (ISSN)\nDO  - https://doi.org/10.1000/x\nAN  - 123\nC2  - PMC77\nAB  - Text.\n"
                + "KW  - one\nKW  - two\nLA  - eng\nM3  - Review\nER  - \n"
        ).first
        let older = try read(
            "TY  - JOUR\nT1  - A title\nA1  - Doe,Jane Q\nJF  - Journal\nJA  - J\nY1  - 2019/10/05/\nVL  - 1\nIS  - 2\nSP  - 3\n"
                + "EP  - 9\nSN  - 1234-5678\nDO  - 10.1000/x\nN1  - PMID: 123\nC2  - PMC77\nN2  - Text.\nKW  - one\ntwo\nLA  - eng\n"
                + "M3  - Review\nER  -\n"
        ).first
        #expect(newer.title == "A title")
        #expect(newer.authors == [Author(family: "Doe", given: "Jane Q", initials: "JQ")])
        #expect(
            newer.journal
                == Journal(
                    title: "Journal", abbreviation: "J", issn: "1234-5678", volume: "1", issue: "2", pages: "3-9"))
        #expect(newer.published.year == 2019 && newer.published.month == 10 && newer.published.day == 5)
        #expect(newer.doi == DOI("10.1000/x"))
        #expect(newer.id == RecordID("pubmed:123"))
        #expect(newer.pmcid == "PMC77")
        #expect(newer.keywords == ["one", "two"])
        #expect(newer.publicationTypes == [PublicationType(name: "Review")])
        #expect(newer.source == "ris" && newer.kind == .article)
        var same = older
        same.published.raw = newer.published.raw
        #expect(same == newer)
    }

    @Test("an ID names the record, else the PMID does, else file and place with a warning")
    func ids() throws {
        let reading = try read(
            "TY  - JOUR\nID  - K7\nAN  - 5\nER  - \nTY  - JOUR\nAN  - 6\nER  - \nTY  - JOUR\nER  - \n")
        #expect(reading.records.map(\.id.rawValue) == ["K7", "pubmed:6", "a.ris#3"])
        #expect(reading.first.pmid == PMID(5 as UInt32))
        #expect(reading.codes == ["noID"])
        #expect(reading.issues.first?.line == 8)
        #expect(reading.issues.first?.message.contains("neither a key nor a PMID") == true)
    }

    @Test("entries with one id are all kept, with a warning")
    func duplicates() throws {
        let reading = try read("TY  - JOUR\nID  - 1\nER  - \nTY  - JOUR\nID  - 1\nER  - \n")
        #expect(reading.records.count == 2)
        #expect(reading.codes == ["duplicateID"])
    }

    @Test("an accession number of another database is no PMID")
    func foreignAccession() throws {
        #expect(try read("TY  - JOUR\nDB  - PsycINFO\nAN  - 20123456\nER  - \n").first.pmid == nil)
        #expect(
            try read("TY  - JOUR\nDB  - Ovid MEDLINE(R)\nAN  - 20123456\nER  - \n").first.pmid
                == PMID(20_123_456 as UInt32))
        #expect(try read("TY  - JOUR\nU1  - 55[pmid]\nER  - \n").first.pmid == PMID(55 as UInt32))
        #expect(
            try read("TY  - JOUR\nUR  - https://pubmed.ncbi.nlm.nih.gov/56/\nER  - \n").first.pmid == PMID(56 as UInt32)
        )
        #expect(try read("TY  - JOUR\nAN  - rayyan-264552525\nER  - \n").first.pmid == nil)
    }

    @Test("a missing ER ends with the next TY, an extra one is passed over; both are told")
    func endings() throws {
        let reading = try read(
            "\n\n1.\nTY  - JOUR\nTI  - A\n2.\nTY  - JOUR\nTI  - B\nER  - \nER  - \nTY  - JOUR\nTI  - C")
        #expect(reading.records.map(\.title) == ["A 2.", "B", "C"])
        #expect(reading.codes.filter { $0 != "noID" } == ["missingER", "extraER", "missingER"])
        #expect(reading.errors.isEmpty)
    }

    @Test("ER with words after it is text, and so is a line that only looks like a tag")
    func erInText() throws {
        let reading = try read("TY  - JOUR\nAB  - The\nER  - positive group and\nER stress;\nDNA - binding\nER  - \n")
        #expect(reading.first.abstract.map(\.text) == ["The ER - positive group and ER stress; DNA - binding"])
        #expect(reading.records.count == 1)
    }

    @Test("wrapped lines go on with their field; of keywords and addresses each line is one")
    func wrapped() throws {
        let record = try read(
            "TY  - JOUR\nTI  - A long\n   title\n\nKW  - a\n      b\nAU  - Doe, J\nAD  - Here\nThere\nER  - \n"
        ).first
        #expect(record.title == "A long title")
        #expect(record.keywords == ["a", "b"])
        #expect(record.authors.first?.affiliations == ["Here", "There"])
    }

    @Test("empty tags, unknown tags and tags after a tab do no harm")
    func oddTags() throws {
        let record = try read("TY  - JOUR\nTI  -\nT1  - Title\nJP  - x\nXX  - y\nSP  -\nEP  - 9\nA1\t- Doe, J\nER  -")
            .first
        #expect(record.title == "Title")
        #expect(record.journal.pages == "9")
        #expect(record.authors.count == 1)
    }

    @Test("an entry without TY is read, with a warning")
    func missingTY() throws {
        let reading = try read("TI  - A\nAU  - Doe, J\nER  - \n")
        #expect(reading.first.title == "A")
        #expect(reading.codes.contains("missingTY"))
    }

    @Test("a word and a hyphen between entries begin none")
    func strayWords() throws {
        let reading = try read("AB - words of a heading\nTY  - JOUR\nTI  - A\nER  - \n")
        #expect(reading.records.count == 1)
    }

    @Test("tags with one blank are read where the entry begins so")
    func oneSpace() throws {
        let record = try read("TY - JOUR\nTI - A title\nAU - Doe, J\nER - \n").first
        #expect(record.title == "A title")
        #expect(record.authors.count == 1)
    }

    @Test("every line ending and every encoding gives the same record")
    func encodings() throws {
        let text = "TY  - JOUR\nTI  - Naïve “Ångström” – café\nAU  - Müller, Jörg\nER  - \n"
        let plain = try read(text).first
        let crlf = text.replacing("\n", with: "\r\n")
        #expect(try read(crlf).first == plain)
        #expect(try read(text.replacing("\n", with: "\r")).first == plain)
        #expect(
            try TextReading(RISReader.self, bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8), name: "a.ris").first == plain)
        for isBig in [false, true] {
            var bytes: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
            for unit in crlf.utf16 {
                let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                bytes += isBig ? pair : pair.reversed()
            }
            #expect(try TextReading(RISReader.self, bytes: bytes, name: "a.ris", pieceSize: 3).first == plain)
            let bare = Array(bytes.dropFirst(2))
            #expect(try TextReading(RISReader.self, bytes: bare, name: "a.ris").first == plain)
        }
        let cp1252: [Character: UInt8] = [
            "ï": 0xEF, "Å": 0xC5, "ö": 0xF6, "“": 0x93, "”": 0x94, "–": 0x96, "é": 0xE9, "ü": 0xFC,
        ]
        let bytes = text.flatMap { character in cp1252[character].map { [$0] } ?? Array(String(character).utf8) }
        let reading = try TextReading(RISReader.self, bytes: bytes, name: "a.ris")
        #expect(reading.first == plain)
        #expect(reading.codes.first == "notUTF8")
        #expect(reading.issues.first?.line == 2)
    }

    @Test("one spoilt byte in a UTF-8 file spoils one character only")
    func spoiltByte() throws {
        let bytes = Array("TY  - JOUR\nTI  - Käse ".utf8) + [0xE4] + Array(" Öl\nER  - \n".utf8)
        #expect(try TextReading(RISReader.self, bytes: bytes).first.title == "Käse ä Öl")
    }

    @Test("an empty file and a file of another kind are errors")
    func nothing() throws {
        #expect(try read("").errors.map(\.code) == ["noEntries"])
        let refer = try read("%0 Journal Article\n%T A title\n%A Doe, J\n")
        #expect(refer.errors.map(\.code) == ["noEntries"])
        #expect(refer.errors.first?.message.contains("no line begins with 'TY  - '") == true)
        #expect(refer.codes.contains("textOutsideEntry"))
    }

    @Test("et al. is no author")
    func etAl() throws {
        let record = try read("TY  - JOUR\nAU  - Doe, J\nAU  - et al.\nER  - \n").first
        #expect(record.authors.count == 1)
        #expect(record.authorsComplete == false)
    }

    @Test("a line of more than 16 MiB and an entry of more than 32 MiB are cut, with errors")
    func limits() throws {
        let lines = LineInput(MemoryInput(Array("TI  - A title\nER  - \n".utf8), pieceSize: 4), limit: 9)
        let identity = EntryIdentity(file: "x")
        var oddities = LineOddities()
        let cut = try #require(try lines.next())
        #expect(String(decoding: cut.bytes, as: UTF8.self) == "TI  - A t")
        #expect(oddities.issues(cut, lines, identity).map(\.code) == ["lineTooLong"])
        let next = try #require(try lines.next())
        #expect(oddities.issues(next, lines, identity).isEmpty && next.number == 2 && next.start == 14)

        let long = Array(repeating: UInt8(0x61), count: 12 << 20)
        var entry = TaggedEntry(LineInput.Line(number: 1, start: 0, end: 1, bytes: [], isCut: false))
        let line = LineInput.Line(number: 9, start: 0, end: 1, bytes: [], isCut: false)
        for _ in 0..<4 { entry.add("AB", long[...], line) }
        #expect(entry.overflowLine == 9)
        let issues = identity.overflow(entry, id: RecordID("a"))
        #expect(issues.map(\.code) == ["entryTooLarge"])
    }

    @Test("places are lines and byte ranges of the file")
    func locations() throws {
        let text = "\r\nTY  - JOUR\r\nTI  - ä\r\nER  - \r\n\r\nTY  - JOUR\r\nER  - "
        let reading = try read(text)
        let slices = reading.locations.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) }
        #expect(slices == ["TY  - JOUR\r\nTI  - ä\r\nER  - \r\n", "TY  - JOUR\r\nER  - "])
        #expect(reading.locations.map(\.line) == [2, 6])
    }
}

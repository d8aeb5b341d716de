import Bibliography
import Foundation
import RecordFormats
import TestSupport
import Testing

@Suite("JATS XML: real files", .enabled(if: SharedData.isPresent, SharedData.notice))
struct JATSRealFilesTests {
    static let files: [(name: String, bytes: [UInt8])] =
        (SharedData.files(under: "jats") + [SharedData.url("pubmed-xml/biopython-entrez/efetch_pmc.xml")])
        .compactMap { url in
            guard let bytes = try? PubMedRealFilesTests.bytes(url) else { return nil }
            return (url.lastPathComponent, bytes)
        }

    @Test("Every file is one article with a body, whole, at its place in the file")
    func counts() throws {
        #expect(Self.files.count >= 9)
        for (name, bytes) in Self.files {
            let reading = try JATSReading(bytes, name: name)
            #expect(reading.articles.count == 1, "\(name)")
            #expect(reading.errors.isEmpty, "\(name): \(reading.errors)")
            for (record, text, location) in reading.articles {
                #expect(text.body == .given, "\(name)")
                #expect(record.pmcid != nil && record.doi != nil && record.title != nil, "\(name)")
                let text = String(decoding: bytes[location.start..<location.end], as: UTF8.self)
                #expect(text.hasPrefix("<article") && text.hasSuffix("</article>"), "\(name)")
            }
        }
    }

    @Test("No character of body, floats and back matter is lost or doubled, as XPath counts them")
    func characters() throws {
        for (name, bytes) in Self.files {
            let oracle = try #require(JATSOracle(bytes))
            for (article, node) in zip(try JATSReading(bytes, name: name).articles, oracle.articles) {
                var found: [Character: Int] = [:]
                func count(_ text: String?) {
                    for character in JATSOracle.bare(text ?? "") { found[character, default: 0] += 1 }
                }
                for part in article.text.parts {
                    switch part.content {
                    case .paragraph(let text): count(text)
                    case .figure(let label, let caption):
                        count(label)
                        count(caption)
                    case .table(let table):
                        count(table.label)
                        count(table.caption)
                        for cell in table.cells { count(cell.text) }
                        for note in table.footnotes { count(note) }
                    }
                }
                var expected = oracle.characters(of: node)
                for (key, value) in found { expected[key, default: 0] -= value }
                let wrong = expected.filter { $0.value != 0 }.sorted { $0.key < $1.key }
                #expect(wrong.isEmpty, "\(name): \(wrong)")
            }
        }
    }

    @Test("Paragraphs and the headings above them are those that XPath finds, in order")
    func paragraphs() throws {
        for (name, bytes) in Self.files {
            let oracle = try #require(JATSOracle(bytes))
            for (article, node) in zip(try JATSReading(bytes, name: name).articles, oracle.articles) {
                let expected = oracle.paragraphs(of: node)
                #expect(!expected.isEmpty, "\(name)")
                var rest = article.text.parts[...]
                for (text, headings) in expected {
                    rest = rest.drop { $0.paragraph.map(JATSOracle.bare) != text }
                    let part = try #require(rest.first, "\(name): \(text.prefix(80))")
                    rest = rest.dropFirst()
                    #expect(part.headings.map(JATSOracle.bare) == headings, "\(name): \(text.prefix(80))")
                }
            }
        }
    }

    @Test("Tables have the grid, the headers and the notes that a place-by-place layout gives")
    func tables() throws {
        var seen = 0
        for (name, bytes) in Self.files {
            let oracle = try #require(JATSOracle(bytes))
            for (article, node) in zip(try JATSReading(bytes, name: name).articles, oracle.articles) {
                var found: [JATSOracle.Table] = []
                for case .table(let table) in article.text.parts.map(\.content) {
                    found.append(
                        JATSOracle.Table(
                            label: JATSOracle.bare(table.label ?? ""), caption: JATSOracle.bare(table.caption ?? ""),
                            cells: table.cells.map { cell in
                                JATSOracle.Cell(
                                    text: JATSOracle.bare(cell.text),
                                    place: [cell.row, cell.column, cell.rowSpan, cell.columnSpan],
                                    over: table.columnHeaders(of: cell).map(JATSOracle.bare),
                                    beside: table.rowHeaders(of: cell).map(JATSOracle.bare))
                            }, footnotes: table.footnotes.map(JATSOracle.bare)))
                }
                let expected = oracle.tables(of: node).sorted { $0.label < $1.label }
                found.sort { $0.label < $1.label }
                #expect(found.map(\.label) == expected.map(\.label), "\(name)")
                for (table, other) in zip(found, expected) {
                    seen += 1
                    #expect(table.caption == other.caption && table.footnotes == other.footnotes, "\(name)")
                    #expect(table.cells.count == other.cells.count, "\(name) \(table.label)")
                    for (cell, place) in zip(table.cells, other.cells) {
                        #expect(cell == place, "\(name) \(table.label)")
                    }
                }
            }
        }
        #expect(seen >= 20)
    }

    @Test("The bibliographic record has what XPath finds at the paths of JATS")
    func records() throws {
        for (name, bytes) in Self.files {
            let tree = try #require(XPathTree(bytes))
            let meta = try #require(tree.nodes("//front/article-meta").first)
            let articles = try JATSReading(bytes, name: name).articles
            let record = try #require(articles.first).record
            func text(_ path: String) -> String? { tree.text(path, in: meta) }
            #expect(record.pmid?.description == text("article-id[@pub-id-type='pmid']"), "\(name)")
            #expect(
                record.pmcid.map { String($0.dropFirst(3)) }
                    == text("article-id[@pub-id-type='pmc' or @pub-id-type='pmcid']")?.replacing("PMC", with: ""),
                "\(name)")
            #expect(record.doi?.text == text("article-id[@pub-id-type='doi']"), "\(name)")
            #expect(record.title == text("title-group/article-title"), "\(name)")
            #expect(record.journal.title == text("../journal-meta//journal-title"), "\(name)")
            #expect(record.journal.volume == text("volume"), "\(name)")
            #expect(
                record.authors.compactMap(\.family)
                    == tree.texts("contrib-group/contrib[@contrib-type='author']/name/surname", in: meta), "\(name)")
            #expect(record.authors.allSatisfy { !$0.affiliations.isEmpty || $0.collective != nil }, "\(name)")
            let abstract = tree.nodes("abstract[not(@abstract-type)]", in: meta).first
            let sections = abstract.map { tree.nodes("p | sec/p", in: $0).compactMap { XPathTree.text($0) } } ?? []
            #expect(
                JATSOracle.bare(record.abstract.map(\.text).joined()) == JATSOracle.bare(sections.joined()), "\(name)")
            let labels = abstract.map { tree.texts("sec/title", in: $0) } ?? []
            #expect(
                record.abstract.compactMap(\.label) == labels.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 })
            #expect(record.keywords == tree.texts("kwd-group/kwd", in: meta), "\(name)")
            #expect(record.kind == .article)
            let years = tree.texts("pub-date/year", in: meta)
            #expect(record.published.year.map(String.init).map(years.contains) == true, "\(name)")
        }
    }

    @Test("The size of the pieces in which a file comes changes nothing")
    func pieces() throws {
        for (name, bytes) in Self.files {
            let whole = try JATSReading(bytes, name: name)
            for size in [97, 5000] {
                let pieced = try JATSReading(bytes, name: name, pieceSize: size)
                #expect(pieced.articles.map(\.text) == whole.articles.map(\.text), "\(name)")
                #expect(pieced.articles.map(\.record) == whole.articles.map(\.record), "\(name)")
            }
        }
    }

    @Test("An article cut anywhere comes out with what was read, and an error says so")
    func cut() throws {
        for (name, bytes) in Self.files {
            for share in [3, 5, 8] {
                let reading = try JATSReading(Array(bytes.prefix(bytes.count * share / 10)), name: name)
                #expect(reading.articles.count == 1, "\(name)")
                #expect(reading.errors.map(\.code) == ["truncated"], "\(name)")
            }
        }
    }
}

import Bibliography
import Foundation
import RecordFormats
import TestSupport
import Testing

@Suite("JATS XML: an invented trial")
struct JATSReaderTests {
    static func fixture(_ name: String) throws -> JATSReading {
        try JATSReading([UInt8](Data(contentsOf: Checkout.url("Fixtures/jats/\(name)"))), name: name)
    }

    private func article() throws -> (record: Record, text: FullText) {
        let reading = try Self.fixture("90000003.xml")
        #expect(reading.codes.isEmpty)
        let first = try #require(reading.articles.first)
        return (first.record, first.text)
    }

    private func table(_ label: String) throws -> (table: TextTable, part: FullText.Part) {
        for part in try article().text.parts {
            if case .table(let table) = part.content, table.label == label { return (table, part) }
        }
        throw TestFailure(message: "there is no \(label)")
    }

    private struct TestFailure: Error { let message: String }

    @Test("The front matter becomes a record")
    func record() throws {
        let record = try article().record
        #expect(record.id == "pubmed:90000003" && record.pmcid == "PMC99000003")
        #expect(record.doi?.text == "10.99999/jrmd.2011.0003")
        #expect(record.title == "Ketamine for depression resistant to antidepressants: a double-blind pilot study")
        #expect(
            record.authors.map { $0.family ?? $0.collective } == [
                "Ystgaarden", "Bramhallow", "Kirkhaven Mood Study Group",
            ])
        #expect(record.authors.first?.orcid == "0009-9058-0044-2928")
        #expect(
            record.authors.first?.affiliations == ["Department of Psychiatry, University of Kirkhaven, Kirkhaven, UK"])
        #expect(
            record.journal
                == Journal(
                    title: "Journal of Resistant Mood Disorders", abbreviation: "J Resist Mood Disord",
                    issn: "9990-1013",
                    volume: "7", issue: "4", pages: "301-308"))
        #expect(record.published == PublicationDate(year: 2011, month: 11, raw: "2011 11"))
        #expect(record.abstract.map(\.label) == ["Background", "Methods", "Results"])
        #expect(record.keywords == ["ketamine", "treatment-resistant depression"])
        #expect(record.grants == [Grant(id: "KT-77", agency: "Kirkhaven Trust")])
        #expect(record.languages == ["en"] && record.publicationTypes.map(\.name) == ["Journal Article"])
    }

    @Test("Paragraphs stand under their headings; the list of references is left out")
    func paragraphs() throws {
        let parts = try article().text.parts
        let headings = parts.compactMap { part in part.paragraph.map { _ in part.headings } }
        #expect(
            headings == [
                ["Introduction"], ["Methods", "Participants"], ["Methods", "Participants"],
                ["Methods", "2.2 Treatment"],
                ["Results"], ["Discussion"], ["Acknowledgements"], [], [],
            ])
        #expect(parts.compactMap(\.paragraph)[2] == "no psychosis no substance use")
        #expect(!parts.contains { $0.paragraph?.contains("2.0 mg/kg") == true })
        #expect(parts.suffix(3).map(\.kind) == ["ack", "funding-group", "author-notes"])
    }

    @Test("A reference mark does not run into the word before it")
    func marks() throws {
        let paragraphs = try article().text.parts.compactMap(\.paragraph)
        #expect(paragraphs[0].contains("24 hours. 1 A crossover") && paragraphs[0].contains("60 minutes [2]."))
        #expect(paragraphs[1].contains("antidepressant trials 3 were randomised (n = 26)"))
    }

    @Test("Each cell knows the headers that span it and the group of rows it stands in")
    func spans() throws {
        let (table, part) = try table("Table 2")
        #expect(part.headings == ["Results"])
        #expect(
            table.caption
                == "HDRS-21 scores and response by treatment and time. Values are mean (SD) unless stated otherwise.")
        #expect(table.footnotes == ["1 HDRS-21 of 7 or less.", "a p < 0.001."])
        #expect((table.rowCount, table.columnCount) == (6, 5))
        let cell = try #require(table.cells.first { $0.text == "6 (46)" })
        #expect((cell.row, cell.column) == (4, 2))
        #expect(table.columnHeaders(of: cell) == ["Ketamine 0.5 mg/kg (n = 13)", "24 h"])
        #expect(table.rowHeaders(of: cell) == ["Patients, n (%)", "Response"])
        let score = try #require(table.cells.first { $0.text == "22.9 (5.1)" })
        #expect(table.columnHeaders(of: score) == ["Saline (n = 13)", "24 h"])
        #expect(table.rowHeaders(of: score) == ["HDRS-21"])
        #expect(table.cells.filter { $0.role == .groupHeader }.map(\.text) == ["Patients, n (%)"])
    }

    @Test("A mark on a number is known as one: 15.3a is 15.3, and 3 (23)1 is not 231")
    func marksInCells() throws {
        let (table, _) = try table("Table 2")
        let raised = try #require(table.cells.first { $0.text.hasPrefix("15.3") })
        #expect(raised.text == "15.3a (6.8)" && raised.marks == [4..<5])
        let referred = try #require(table.cells.first { $0.text.hasPrefix("3 (23)") })
        #expect(referred.text == "3 (23) 1" && referred.marks == [7..<8])
    }

    @Test("A table of the float group belongs to the section that first refers to it")
    func floats() throws {
        let (table, part) = try table("Table 1")
        #expect(part.headings == ["Methods", "2.2 Treatment"])
        let dose = try #require(table.cells.first { $0.text == "0.5 mg/kg" })
        #expect(table.columnHeaders(of: dose) == ["Ketamine"] && table.rowHeaders(of: dose) == ["Dose"])
    }

    @Test("In a set, a withheld text and an id without an article are said, not read as empty texts")
    func set() throws {
        let reading = try Self.fixture("set.xml")
        #expect(reading.articles.map(\.record.id) == ["pubmed:90000010", "pubmed:90000004"])
        #expect(reading.articles[0].text.body == .given)
        #expect(
            reading.articles[1].text.body
                == .withheld(
                    "The publisher of this article does not allow downloading of the full text in XML form."))
        #expect(
            reading.articles[1].record.title
                == "Ketamine infusion for treatment-resistant depression: the RAPID-TARROW study")
        #expect(reading.codes == ["fullTextWithheld", "noArticle"])
        #expect(reading.issues[0].message.contains("does not allow downloading"))
        #expect(reading.errors.map(\.message).first?.contains("99000099") == true)
    }

    @Test("The one door gives the records of a JATS file")
    func door() throws {
        let bytes = [UInt8](try Data(contentsOf: Checkout.url("Fixtures/jats/90000003.xml")))
        #expect(FormatDetection.format(of: bytes) == .format(.jats))
        #expect(try Reading.any(bytes).ids == ["pubmed:90000003"])
        #expect(FormatDetection.format(of: Array("<article><para>a DocBook</para></article>".utf8)) != .format(.jats))
    }
}

@Suite("JATS XML: hostile and odd documents")
struct JATSHostileTests {
    @Test("A span of a million columns is cut, and the table says that its headers are not known")
    func wideSpan() throws {
        let table = try #require(
            try JATSReading.table(
                "<thead><tr><th>A</th><th colspan='1000000'>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"
            ))
        #expect(!table.isResolved)
        #expect(table.cells.map(\.text) == ["A", "B", "1", "2"])
        #expect(table.cells.allSatisfy { $0.columnHeaders.isEmpty && $0.columnSpan <= 1000 })
    }

    @Test("Spans that are no numbers count as one; a row span ends with its part of the table")
    func oddSpans() throws {
        let table = try #require(
            try JATSReading.table(
                "<thead><tr><th colspan='-3'>A</th><th rowspan='x'>B</th></tr></thead>"
                    + "<tbody><tr><td rowspan='0'>1</td><td>2</td></tr><tr><td>3</td></tr></tbody><tbody><tr><td>4</td></tr></tbody>"
            ))
        #expect(
            table.cells.map { [$0.row, $0.column, $0.rowSpan] } == [
                [0, 0, 1], [0, 1, 1], [1, 0, 2], [1, 1, 1], [2, 1, 1], [3, 0, 1],
            ])
        #expect(table.isResolved)
    }

    @Test("Group lines without end, header cells without end and marks without end cost no more than they are long")
    func endless() throws {
        let lines = try #require(
            try JATSReading.table(String(repeating: "<tr><td>Group</td><td/></tr>", count: 3000)))
        #expect(lines.cells.allSatisfy { $0.rowHeaders.count <= 8 })
        let heads = "<tr>" + String(repeating: "<th>a</th>", count: 300) + "<td>1</td></tr>"
        let wide = try #require(
            try JATSReading.table("<thead><tr><td>x</td></tr></thead>" + String(repeating: heads, count: 30)))
        #expect(wide.cells.allSatisfy { $0.rowHeaders.count <= 9 })
        let marks = String(repeating: "1<sup>a</sup> ", count: 20_000)
        let marked = try #require(try JATSReading.table("<tr><td>\(marks)</td></tr>"))
        #expect(marked.cells.map(\.marks) == [[]])
    }

    @Test("A huge table is read in time that grows with its size, and every cell is there")
    func hugeTable() throws {
        let row = "<tr>" + String(repeating: "<td rowspan='3'>1</td>", count: 200) + "</tr>"
        let table = try #require(try JATSReading.table(String(repeating: row, count: 200)))
        #expect(table.cells.count == 40_000)
    }

    @Test("Elements nested too deep, entities, and a text without end are refused as damage")
    func bounds() throws {
        let start = "<article><front><article-meta/></front><body>"
        let deep = try JATSReading(start + String(repeating: "<sec>", count: 400))
        #expect(deep.errors.map(\.code) == ["limit"])
        let bomb = try JATSReading(
            "<!DOCTYPE article [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + start
                + "<p>&b;</p></body></article>")
        #expect(bomb.errors.map(\.code) == ["entity"])
        let outside = try JATSReading(
            "<!DOCTYPE article SYSTEM \"file:///etc/passwd\">" + start + "<p>&unknown; text</p></body></article>")
        #expect(outside.articles.first?.text.parts.first?.paragraph == "&unknown; text")
    }

    @Test("A document that is no article is refused with its root")
    func wrongRoot() throws {
        let reading = try Reading.any(Array("<html></html>".utf8), format: .jats)
        #expect(reading.errors.map(\.code) == ["wrongRoot"] && reading.issues[0].message.contains("<html>"))
    }

    @Test("An article without a body says so")
    func noBody() throws {
        let reading = try JATSReading("<article><front><article-meta/></front><body/></article>")
        #expect(reading.articles.first?.text.body == .absent)
        #expect(reading.codes == ["noID", "noBody"])
    }

    @Test("Letters and reviews inside an article are not its text")
    func subArticles() throws {
        let reading = try JATSReading(
            "<article><front><article-meta/></front><body><p>Own.</p></body><sub-article><body><p>Other.</p></body></sub-article></article>"
        )
        #expect(reading.articles.first?.text.parts.compactMap(\.paragraph) == ["Own."])
        #expect(reading.codes == ["noID", "subArticle"])
    }

    @Test("Lines in a cell are parted, inline markup is not")
    func lines() throws {
        let table = try #require(
            try JATSReading.table(
                "<tr><td>Ketamine<break/>0.5 mg/kg</td><td><p>a</p><p>b</p></td></tr><tr><td>H<sub>2</sub>O</td><td>m<sup>2</sup></td></tr>"
            ))
        #expect(table.cells.map(\.text) == ["Ketamine 0.5 mg/kg", "a b", "H2O", "m2"])
    }

    @Test("Of two forms of a formula one is read; LaTeX alone loses its preamble only")
    func formulas() throws {
        let parts = try JATSReading.parts(
            body: """
                <p>A <inline-formula><alternatives><tex-math>\\documentclass{x}\\begin{document}$$a$$\\end{document}</tex-math>\
                <math>a</math></alternatives></inline-formula> and \
                <tex-math>\\documentclass{x}\\begin{document}$$b$$\\end{document}</tex-math>.</p>
                """)
        #expect(parts.compactMap(\.paragraph) == ["A a and $$b$$."])
    }

    @Test("Words beside paragraphs, unknown elements and tables that are pictures are not lost")
    func nothingLost() throws {
        let parts = try JATSReading.parts(
            body: """
                Loose <odd>words</odd>.<p>One.</p><new-block><p>Two.</p></new-block>\
                <table-wrap><label>Table 9</label><caption><p>A picture.</p></caption><graphic/></table-wrap>
                """)
        #expect(parts.compactMap(\.paragraph) == ["Loose words.", "One.", "Two."])
        let tables = parts.compactMap { part in if case .table(let table) = part.content { table } else { nil } }
        #expect(tables.map(\.label) == ["Table 9"] && tables.map(\.caption) == ["A picture."])
    }
}

@Suite("Tables: which header belongs to which cell")
struct TextTableTests {
    private func beside(_ rows: String, _ text: String) throws -> [String] {
        let table = try #require(try JATSReading.table(rows))
        let cell = try #require(table.cells.first { $0.text == text })
        return table.rowHeaders(of: cell)
    }

    @Test("A label that reaches down names the rows it reaches, with the column of words beside it")
    func reachingLabels() throws {
        let rows = """
            <thead><tr><th>Scale</th><th>Group</th><th>Score</th></tr></thead><tbody>\
            <tr><td rowspan="2">MADRS</td><td>Ketamine</td><td>10</td></tr><tr><td>Saline</td><td>20</td></tr>\
            <tr><td rowspan="2">BDI</td><td>Ketamine</td><td>11</td></tr><tr><td>Saline</td><td>21</td></tr></tbody>
            """
        #expect(try beside(rows, "20") == ["MADRS", "Saline"])
        #expect(try beside(rows, "11") == ["BDI", "Ketamine"])
    }

    @Test("Rows that are no longer set in have left their group")
    func leavingGroups() throws {
        let rows = """
            <thead><tr><th/><th>n</th></tr></thead><tbody><tr><td colspan="2">Sex</td></tr>\
            <tr><td>&#160;Women</td><td>7</td></tr><tr><td>Age</td><td>44</td></tr></tbody>
            """
        #expect(try beside(rows, "7") == ["Sex", "Women"])
        #expect(try beside(rows, "44") == ["Age"])
    }

    @Test("Header cells across the table begin a new part, as in a table of two panels")
    func panels() throws {
        let table = try #require(
            try JATSReading.table(
                """
                <thead><tr><th/><th>Lung</th></tr></thead><tbody><tr><td>Men</td><td>1</td></tr>\
                <tr><th>Sex</th><th>Breast</th></tr><tr><td>Women</td><td>2</td></tr></tbody>
                """))
        #expect(table.cells.filter { $0.role == .body }.map(table.columnHeaders) == [["Lung"], ["Breast"]])
    }

    @Test("Without thead, header cells or a first row of words are the header")
    func withoutHead() throws {
        let th = try #require(
            try JATSReading.table("<tr><th>Arm</th><th>n</th></tr><tr><td>Ketamine</td><td>5</td></tr>"))
        #expect(th.cells.last.map(th.columnHeaders) == ["n"])
        let words = try #require(
            try JATSReading.table("<tr><td>Arm</td><td>n</td></tr><tr><td>Ketamine</td><td>5</td></tr>"))
        #expect(words.cells.last.map(words.columnHeaders) == ["n"])
        let numbers = try #require(try JATSReading.table("<tr><td>A</td><td>1</td></tr><tr><td>B</td><td>5</td></tr>"))
        #expect(numbers.cells.allSatisfy { $0.columnHeaders.isEmpty })
    }
}

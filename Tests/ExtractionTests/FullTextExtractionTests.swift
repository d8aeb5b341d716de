import Annotation
import Bibliography
import Compression
import Extraction
import Foundation
import Interchange
import RecordFormats
import TestSupport
import Testing

@Suite("Extraction from a full text")
struct FullTextExtractionTests {
    static func document(_ bytes: [UInt8]) throws -> Document {
        var documents: [Document] = []
        try RecordReader(input: MemoryInput(bytes), name: "test.xml").readDocuments { event in
            if case .record(let record, let text, _) = event { documents.append(Document(record, fullText: text)) }
        }
        return try #require(documents.first)
    }

    static func document(body: String, title: String = "Ketamine in depression") throws -> Document {
        try document(
            Array(
                """
                <article><front><article-meta><title-group><article-title>\(title)</article-title></title-group>\
                </article-meta></front><body>\(body)</body></article>
                """.utf8))
    }

    static func values(_ document: Document) throws -> [ExtractedValue] {
        try Extractor(form: .standard).extract(document, Annotator(interest: ["ketamine"]).annotate(document))
    }

    private func trial() throws -> (document: Document, values: [ExtractedValue]) {
        let bytes = [UInt8](try Data(contentsOf: Checkout.url("Fixtures/jats/90000003.xml")))
        let document = try Self.document(bytes)
        return (document, try Self.values(document))
    }

    /// `field arm outcome time value`, for values that rest on the body.
    private func facts(_ values: [ExtractedValue], _ field: String) -> [String] {
        values.filter { $0.field == field && $0.evidence.field == .body }.map { value in
            let number = value.number.map { "\($0)" } ?? ""
            return [
                value.arm ?? "-", value.outcome ?? "-", value.time.map { "\($0)h" } ?? "-", number, value.unit ?? "-",
            ]
            .joined(separator: " ")
        }
    }

    @Test("The quote of every value is the slice of its section that its offsets say")
    func quotes() throws {
        let (document, values) = try trial()
        #expect(values.contains { $0.evidence.field == .body })
        for value in values where value.evidence.field == .body {
            let section = try #require(
                document.sections.first {
                    $0.field == .body && $0.index == value.evidence.section
                })
            let bytes = Array(section.text.utf8)[value.evidence.start..<value.evidence.end]
            #expect(String(decoding: bytes, as: UTF8.self) == value.evidence.quote)
            #expect(value.evidence.place == section.place && value.evidence.place != nil)
        }
    }

    @Test("Scores of a table have arm, scale and time from their headers, and quote their cell")
    func scores() throws {
        let values = try trial().values
        #expect(facts(values, "baseline") == ["ketamine HDRS-21 0.0h 26.1 points", "saline HDRS-21 0.0h 25.7 points"])
        #expect(
            facts(values, "endpoint") == ["ketamine HDRS-21 24.0h 15.3 points", "saline HDRS-21 24.0h 22.9 points"])
        let score = try #require(values.first { $0.field == "endpoint" && $0.arm == "ketamine" })
        #expect(score.text == "15.3a (6.8)")
        let place = try #require(score.evidence.place)
        #expect(place.part == .cell && place.label == "Table 2" && place.headings == ["Results"])
        #expect(place.rowHeaders == ["HDRS-21"])
        #expect(place.columnHeaders == ["Ketamine 0.5 mg/kg (n = 13)", "24 h"])
    }

    @Test("Events of a table come with their whole from the header of the arm, and the footnote mark is no digit")
    func events() throws {
        let values = try trial().values
        #expect(
            facts(values, "remission") == [
                "ketamine HDRS-21 24.0h 3.0 events", "ketamine HDRS-21 24.0h 23.0 %", "saline HDRS-21 24.0h 0.0 events",
                "saline HDRS-21 24.0h 0.0 %",
            ])
        let rows = OutcomeTable.rows(from: values).filter { $0.field == "remission" }
        #expect(rows.map { [$0.events, $0.n] } == [[3, 13], [0, 13]])
    }

    @Test("A dose that stands in a cell is that arm's")
    func dose() throws {
        let values = try trial().values
        let cell = try #require(
            values.first { $0.field == "dose" && $0.evidence.place?.part == .cell }
                ?? values.first { $0.field == "dose" })
        #expect(cell.number == 0.5 && cell.arm == "ketamine")
    }

    @Test("What Introduction and Discussion tell of other studies is not this one's; the references are not read")
    func otherStudies() throws {
        let values = try trial().values
        let numbers = Set(values.compactMap(\.number))
        // 17 of 24 and 0.8 mg/kg (earlier trial), 30 of 50 and 1.0 mg/kg (discussion), 99 and 2.0 (references).
        for other in [17, 24, 0.8, 30, 50, 1.0, 99, 2.0, 9] { #expect(!numbers.contains(other), "\(other)") }
        #expect(values.contains { $0.field == "infusionDuration" && $0.number == 40 })
        #expect(!values.contains { $0.field == "infusionDuration" && $0.number == 60 })
    }

    @Test("Methods give what the abstract leaves out: randomised, failed treatments, registration, funding")
    func methods() throws {
        let values = try trial().values
        #expect(values.first { $0.field == "sampleSize" }?.number == 26)
        #expect(values.contains { $0.field == "failedTreatments" && $0.number == 3 })
        #expect(values.contains { $0.field == "registration" && $0.value == .text("NCT99000303") })
        #expect(values.filter { $0.field == "ageRange" }.compactMap(\.number) == [18, 65])
    }

    @Test("A value of the body says in JSON where a person finds it; one of the abstract has no such key")
    func json() throws {
        let values = try trial().values
        func text(_ value: ExtractedValue) -> String {
            var json = JSONWriter()
            value.write(to: &json, id: "pubmed:90000003")
            return json.text
        }
        let body = try #require(values.first { $0.field == "endpoint" })
        #expect(
            text(body).contains(
                #""place":{"part":"cell","headings":["Results"],"label":"Table 2","rowHeaders":["HDRS-21"],"columnHeaders":["Ketamine 0.5 mg/kg (n = 13)","24 h"]}"#
            ))
        let abstract = try #require(values.first { $0.evidence.field == .abstract })
        #expect(!text(abstract).contains("place"))
        // Evidence goes through the store and back.
        let data = try JSONEncoder().encode(body)
        #expect(try JSONDecoder().decode(ExtractedValue.self, from: data) == body)
    }

    // MARK: two doses of one drug

    private func doses() throws -> [ExtractedValue] {
        let bytes = [UInt8](try Data(contentsOf: Checkout.url("Fixtures/jats/90000077.xml")))
        return try Self.values(try Self.document(bytes))
    }

    private func cells(_ values: [ExtractedValue], _ fields: String...) -> [String] {
        values.filter { fields.contains($0.field) && $0.evidence.place?.part == .cell }.map { value in
            let number = value.number.map { TableCell.number($0).plainText } ?? ""
            return [value.field, value.arm, value.dose, number, value.unit, value.evidence.place?.label].compactMap(
                \.self
            )
            .joined(separator: " ")
        }
    }

    @Test(
        "Arms of one drug have scores, sizes and events of their own, told apart by their doses under a spanning header"
    )
    func dosesOfOneDrug() throws {
        let values = try doses()
        #expect(
            cells(values, "numberRandomised") == [
                "numberRandomised ketamine 0.5 mg/kg 30 participants Table 1",
                "numberRandomised ketamine 0.2 mg/kg 31 participants Table 1",
                "numberRandomised midazolam 29 participants Table 1",
            ])
        #expect(
            cells(values, "endpoint", "endpointSD") == [
                "endpoint ketamine 0.5 mg/kg 17.2 points Table 2", "endpoint ketamine 0.2 mg/kg 22.4 points Table 2",
                "endpoint midazolam 26 points Table 2", "endpointSD ketamine 0.5 mg/kg 9.1 points Table 2",
                "endpointSD ketamine 0.2 mg/kg 9.6 points Table 2", "endpointSD midazolam 8.4 points Table 2",
            ])
        let rows = ScoreTable.rows(from: values).filter { $0.field == "endpoint" }
        #expect(rows.map(\.n) == [30, 31, 29] && rows.map(\.dose) == ["0.5 mg/kg", "0.2 mg/kg", nil])
        let events = OutcomeTable.rows(from: values).filter { $0.field == "response" }
        #expect(events.map { [$0.events, $0.n] } == [[17, 30], [10, 31], [5, 29]])
    }

    @Test("A fall in a table is a negative change, printed with a minus or under the word for it")
    func falls() throws {
        let values = try Self.values(
            Self.document(
                body: """
                    <sec sec-type="results"><title>Results</title><table-wrap><label>Table 2</label><caption><p>Mean (SD) scores \
                    at 24 hours</p></caption><table><thead><tr><th>Scale</th><th>Ketamine (n = 20)</th><th>Midazolam (n = 19)</th>\
                    </tr></thead><tbody><tr><td>Reduction in MADRS</td><td>15.2 (9.8)</td><td>8.1 (7.9)</td></tr>\
                    <tr><td>Change in HDRS</td><td>-9.1 (6.0)</td><td>1.2 (5.0)</td></tr>\
                    <tr><td>Improvement of GAF</td><td>11.0 (8.0)</td><td>6.0 (7.0)</td></tr></tbody></table></table-wrap></sec>
                    """))
        #expect(
            facts(values, "change") == [
                "ketamine MADRS 24.0h -15.2 points", "midazolam MADRS 24.0h -8.1 points",
                "ketamine HDRS 24.0h -9.1 points", "midazolam HDRS 24.0h 1.2 points",
                "ketamine GAF 24.0h 11.0 points", "midazolam GAF 24.0h 6.0 points",
            ])
    }

    @Test("An effect in a cell has its limits, its p and the arm that is held against the other")
    func effectsInCells() throws {
        let values = try doses()
        #expect(
            cells(values, "effect", "effectLower", "effectUpper", "pValue") == [
                "effect ketamine 0.5 mg/kg -8.8 MD Table 3", "effect ketamine 0.2 mg/kg -3.6 MD Table 3",
                "effectLower ketamine 0.5 mg/kg -13.4 MD Table 3", "effectLower ketamine 0.2 mg/kg -8.3 MD Table 3",
                "effectUpper ketamine 0.5 mg/kg -4.2 MD Table 3", "effectUpper ketamine 0.2 mg/kg 1.1 MD Table 3",
                "pValue ketamine 0.5 mg/kg 0.001 Table 3", "pValue ketamine 0.2 mg/kg 0.13 Table 3",
            ])
        #expect(values.filter { $0.field == "effect" }.allSatisfy { $0.outcome == "MADRS" && $0.time == 24 })
    }

    @Test("A table of the OASIS exchange model is read as any other; the head of its first column says what cells are")
    func oasis() throws {
        #expect(
            cells(try doses(), "dropout").filter { $0.contains("events") } == [
                "dropout ketamine 0.5 mg/kg 2 events Table 4", "dropout ketamine 0.2 mg/kg 3 events Table 4",
                "dropout midazolam 1 events Table 4",
            ])
    }

    @Test("A maker's country, a detergent, several SDs and samples run randomly are nothing of the study's")
    func laboratory() throws {
        let values = try doses()
        #expect(values.filter { $0.field == "country" }.map(\.value) == [.text("Germany")])
        #expect(values.filter { $0.field == "scale" }.map(\.value) == [.text("MADRS")])
        let laboratory = try Self.values(
            try Self.document(
                body: "<sec sec-type='methods'><title>Methods</title><p>Samples were run randomly on gels.</p></sec>"))
        #expect(!laboratory.contains { $0.field == "design" })
    }

    @Test("A record without a full text is read as before")
    func withoutFullText() throws {
        var record = Record(id: "a", kind: .article, source: "test")
        record.title = "Ketamine"
        record.abstract = [AbstractSection(text: "Ketamine 0.5 mg/kg was given.")]
        #expect(Document(record, fullText: nil) == Document(record))
    }

    @Test(
        "Tables of real articles are read without a crash; spans lie on character boundaries",
        .enabled(if: SharedData.isPresent, SharedData.notice))
    func realFiles() throws {
        for file in SharedData.files(under: "jats") {
            let document = try Self.document([UInt8](Data(contentsOf: file)))
            #expect(document.sections.count { $0.field == .body } > 20)
            for item in Annotator().annotate(document).items {
                let text = document.sections[item.span.section].text.utf8
                #expect(item.span.start >= 0 && item.span.start < item.span.end && item.span.end <= text.count)
                for offset in [item.span.start, item.span.end] where offset < text.count {
                    #expect(text[text.index(text.startIndex, offsetBy: offset)] & 0xC0 != 0x80)
                }
            }
        }
    }
}

@Suite("Tables: what is not said stays unsaid")
struct TableReadingTests {
    private func outcomes(_ table: String, caption: String = "Outcomes") throws -> [ExtractedValue] {
        let document = try FullTextExtractionTests.document(
            body:
                "<sec sec-type='results'><title>Results</title><table-wrap><label>Table 1</label><caption><p>\(caption)</p></caption><table>\(table)</table></table-wrap></sec>"
        )
        return try FullTextExtractionTests.values(document).filter {
            ["response", "remission", "baseline", "endpoint", "change", "sampleSize", "armSize", "dose", "dropout"]
                .contains($0.field)
        }
    }

    private func texts(_ values: [ExtractedValue], _ field: String) -> [String] {
        values.filter { $0.field == field }.map {
            "\($0.arm ?? "-") \($0.dose.map { $0 + " " } ?? "")\($0.time.map { "\($0)h " } ?? "")\($0.number ?? -1) \($0.unit ?? "-")"
        }
    }

    @Test("A column of neither arm, and a comparison, are nobody's outcome")
    func comparisons() throws {
        let values = try outcomes(
            """
            <thead><tr><th/><th>Ketamine</th><th>Midazolam</th><th>Difference</th><th>p</th></tr></thead><tbody>\
            <tr><td>Response at 24 h, n/N (%)</td><td>10/20 (50)</td><td>4/20 (20)</td><td>6/20 (30)</td><td>1/20</td></tr></tbody>
            """)
        #expect(
            texts(values, "response") == [
                "ketamine 24.0h 10.0 events", "ketamine 24.0h 50.0 %", "midazolam 24.0h 4.0 events",
                "midazolam 24.0h 20.0 %",
            ])
    }

    @Test("A mean with a standard error, an interval or a range is no mean with its deviation")
    func otherSpreads() throws {
        for header in ["mean (SE)", "median (range)", "mean (95% CI)", ""] {
            let values = try outcomes(
                """
                <thead><tr><th>MADRS, \(header)</th><th>Ketamine</th></tr></thead><tbody>\
                <tr><td>Baseline</td><td>33.1 (5.2)</td></tr></tbody>
                """, caption: "MADRS, \(header)")
            #expect(texts(values, "baseline") == [], "\(header)")
        }
    }

    @Test("Mean and SD in columns of their own belong together")
    func columns() throws {
        let values = try outcomes(
            """
            <thead><tr><th rowspan="2">Scale</th><th colspan="2">Ketamine</th></tr><tr><th>Mean</th><th>SD</th></tr></thead>\
            <tbody><tr><td>MADRS at baseline</td><td>33.1</td><td>5.2</td></tr></tbody>
            """)
        #expect(texts(values, "baseline") == ["ketamine 0.0h 33.1 points"])
    }

    @Test("Arms of one drug are told apart by their dose")
    func doses() throws {
        let values = try outcomes(
            """
            <thead><tr><th/><th>Ketamine 0.1 mg/kg (n = 18)</th><th>Ketamine 0.5 mg/kg (n = 22)</th></tr></thead><tbody>\
            <tr><td>Responders at day 1, n (%)</td><td>4 (22)</td><td>12 (55)</td></tr></tbody>
            """)
        #expect(
            texts(values, "response") == [
                "ketamine 0.1 mg/kg 24.0h 4.0 events", "ketamine 0.1 mg/kg 24.0h 22.0 %",
                "ketamine 0.5 mg/kg 24.0h 12.0 events", "ketamine 0.5 mg/kg 24.0h 55.0 %",
            ])
    }

    @Test("Responders as a column are a part of the arm, not the arm")
    func parts() throws {
        let values = try outcomes(
            """
            <thead><tr><th/><th>Ketamine responders (n = 6)</th><th>Ketamine non-responders (n = 7)</th></tr></thead><tbody>\
            <tr><td>MADRS at baseline, mean (SD)</td><td>30.0 (4.0)</td><td>31.0 (5.0)</td></tr></tbody>
            """)
        #expect(values.isEmpty)
    }

    @Test("Columns of groups that are no arms, and ages and women of something else, are not the sample's")
    func otherGroups() throws {
        let document = try FullTextExtractionTests.document(
            body: """
                <sec sec-type='results'><title>Results</title><table-wrap><label>Table 1</label><caption><p>Women by \
                outcome, mean (SD)</p></caption><table><thead><tr><th/><th>Cases (n = 18)</th><th>Non-cases (n = 33)</th>\
                </tr></thead><tbody><tr><td>Age, years</td><td>57.4 (8.0)</td><td>50.5 (9.7)</td></tr>\
                <tr><td>Smokers (%)</td><td>31.7</td><td>34.2</td></tr></tbody></table></table-wrap>\
                <table-wrap><table><thead><tr><th/><th>All patients</th></tr></thead><tbody>\
                <tr><td>Age at menarche, mean (SD)</td><td>13.2 (1.6)</td></tr>\
                <tr><td>Age, years, mean (SD)</td><td>44.1 (9.0)</td></tr><tr><td>Women, %</td><td>61</td></tr></tbody>\
                </table></table-wrap></sec>
                """)
        let values = try FullTextExtractionTests.values(document)
        #expect(values.filter { $0.field == "ageMean" }.compactMap(\.number) == [44.1])
        #expect(values.filter { $0.field == "femaleShare" }.compactMap(\.number) == [61])
    }

    @Test("What stands before the first heading is the introduction; thanks tell no country of the study")
    func introduction() throws {
        let document = try FullTextExtractionTests.document(
            body: """
                <p>Ketamine 0.8 mg/kg was given to 40 patients elsewhere.</p><sec><title>Methods</title>\
                <p>Ketamine 0.5 mg/kg was infused.</p></sec><sec><title>Acknowledgements</title>\
                <p>We thank colleagues in Denmark.</p></sec>
                """)
        let values = try FullTextExtractionTests.values(document)
        #expect(values.filter { $0.field == "dose" }.compactMap(\.number) == [0.5])
        #expect(!values.contains { ["country", "sampleSize"].contains($0.field) })
    }

    @Test("A whole that contradicts the percentage is not taken")
    func contradiction() throws {
        let values = try outcomes(
            """
            <thead><tr><th/><th>Ketamine (n = 20)</th></tr></thead><tbody>\
            <tr><td>Remission at 24 h, n (%)</td><td>5 (50)</td></tr></tbody>
            """)
        #expect(texts(values, "remission").contains("ketamine 24.0h 5.0 events"))
        #expect(!values.contains { $0.field == "armSize" && $0.outcome == "remission" })
    }

    @Test("Numbers of a cell in all their spellings")
    func numbers() throws {
        func read(_ text: String) throws -> CellNumbers { try #require(CellNumbers(text), "\(text)") }
        #expect(try read("26.1 (4.2)").second == 4.2)
        #expect(try read("26\u{B7}1 \u{B1} 4\u{B7}2").form == .plusMinus)
        #expect(try read("\u{2212}10.4 (3.3)").first == -10.4)
        #expect(try read("1,234").first == 1234)
        #expect(try read("98 942").first == 98942)
        #expect(try read("12,5").first == 12.5)
        #expect(try read("6/13 (46%)").total == 13)
        #expect(try read("46% (6/13)").first == 6)
        #expect(try read("0.04*").first == 0.04)
        for text in ["", "n/a", "12 to 15", "5 6", "(3)", "3 (", "1.2.3", "6/13 (46", "12345678901"] {
            #expect(CellNumbers(text) == nil, "\(text)")
        }
    }
}

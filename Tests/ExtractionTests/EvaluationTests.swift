import Annotation
import Extraction
import Interchange
import Testing

@Suite("Measuring extraction against a person's reading")
struct EvaluationTests {
    private func labels(_ text: String, part: String? = nil) throws -> LabelTable {
        try LabelTable(DelimitedText(parsing: text.utf8), part: part)
    }

    private func value(
        _ field: String, _ value: ExtractedValue.Value, unit: String? = nil, arm: String? = nil, time: Double? = nil
    ) -> ExtractedValue {
        ExtractedValue(
            field: field, arm: arm, time: time, value: value, unit: unit, text: "x",
            evidence: Evidence(field: .title, section: nil, start: 0, end: 1, quote: "x", rule: "r"))
    }

    @Test("right, wrong and missed are counted per field, and rates follow from them")
    func counts() throws {
        var evaluation = Evaluation(
            try labels("record,field,value,unit\nA,dose,0.5,mg/kg\nA,dose,1,mg/kg\nA,route,oral,\nB,,,\n"))
        evaluation.add(
            [value("dose", .number(0.5), unit: "mg/kg"), value("dose", .number(0.2), unit: "mg/kg")], of: "A")
        evaluation.add([value("route", .text("rectal"))], of: "B")
        let counts = evaluation.counts
        #expect(counts.map(\.field) == ["dose", "route"])
        #expect(counts.map { [$0.right, $0.wrong, $0.missed] } == [[1, 1, 1], [0, 1, 1]])
        #expect(counts.map(\.precision) == [0.5, 0])
        #expect(counts.map(\.recall) == [0.5, 0])
        #expect(counts[0].f1 == 0.5)
        #expect(evaluation.disagreements.count == 4)
    }

    @Test("without values there is no precision, without labels no recall")
    func empty() throws {
        var evaluation = Evaluation(try labels("record,field,value\nA,route,oral\nB,scale,MADRS\n"))
        evaluation.add([], of: "A")
        #expect(evaluation.counts.map(\.precision) == [nil, nil])
        #expect(evaluation.counts.map(\.recall) == [0, nil])
        #expect(evaluation.missing == ["B"])
    }

    @Test("a label fixes what its cells say and no more")
    func keys() throws {
        var evaluation = Evaluation(
            try labels(
                "record,field,arm,time,value,unit\nA,response,ketamine,24,71,%\nA,response,,none,12,events\n"))
        evaluation.add(
            [
                value("response", .number(71), unit: "%", arm: "ketamine", time: 24),
                value("response", .number(12), unit: "events", arm: "ketamine", time: 24),
            ], of: "A")
        #expect(evaluation.counts.map { [$0.right, $0.wrong, $0.missed] } == [[1, 1, 1]])
    }

    @Test("either of several values will do, and what is optional counts neither way")
    func alternatives() throws {
        let table = "record,field,value,demand\nA,comparator,saline|placebo,\nA,comparator,ect,optional\n"
        for found in ["saline", "placebo"] {
            var evaluation = Evaluation(try labels(table))
            evaluation.add([value("comparator", .text(found)), value("comparator", .text("ect"))], of: "A")
            #expect(evaluation.counts.map { [$0.right, $0.wrong, $0.missed] } == [[1, 0, 0]])
        }
    }

    @Test("several values that meet one label are one, and a record counts once")
    func once() throws {
        var evaluation = Evaluation(try labels("record,field,value\nA,route,oral\n"))
        let values = [value("route", .text("oral")), value("route", .text("oral"), arm: "ketamine")]
        evaluation.add(values, of: "A")
        evaluation.add(values, of: "A")
        evaluation.add(values, of: "Z")
        #expect(evaluation.counts.map { [$0.right, $0.wrong, $0.missed] } == [[1, 0, 0]])
        #expect(evaluation.recordCount == 1)
    }

    @Test("a part of the table can be measured alone")
    func part() throws {
        let table = "record,field,value,part\nA,route,oral,first\nB,scale,MADRS,second\n"
        #expect(try labels(table, part: "second").records == ["B"])
        #expect(try labels(table).records == ["A", "B"])
    }

    @Test(
        "a table that cannot be understood is refused with its lines",
        arguments: [
            ("record,field\nA,dose\n", 1, "the column 'value' is missing; there are: record, field"),
            ("record,field,value\nA,doze,1\n", 2, "unknown field 'doze'; accepted are: design"),
            ("record,field,value\nA,dose,half\n", 2, "'half' is no number, and 'dose' is one"),
            ("record,field,value\nA,dose,inf\n", 2, "'inf' is no number"),
            ("record,field,value\nA,route,by post\n", 2, "'by post' is no word of 'route'; accepted are: intravenous"),
            ("record,field,value\nA,route,oral|\n", 2, "an empty word in the value of 'route'"),
            ("record,field,value\nA,dose,\n", 2, "the value of 'dose' is missing"),
            ("record,field,value\nA,,1\n", 2, "the field of this value is missing"),
            ("record,field,value\n,dose,1\n", 2, "the record's id is missing"),
            ("record,field,value\nA,dose,1\n\nA,dose,1\n", 4, "the same value stands on line 2"),
            (
                "record,field,value,demand\nA,dose,1,maybe\n", 2,
                "unknown demand 'maybe'; accepted are: required optional"
            ),
            ("record,field,value,time\nA,response,1,soon\n", 2, "'soon' is no time; write hours"),
            ("record,field,value\n", 1, "there are no values"),
        ])
    func refused(_ table: String, _ line: Int, _ message: String) throws {
        let error = #expect(throws: LabelTableError.self) { try labels(table) }
        let problem = try #require(error?.problems.first)
        #expect(problem.line == line)
        #expect(problem.message.hasPrefix(message), "\(problem.message)")
    }

    @Test("a part that no row belongs to, or that has no column, is refused")
    func noPart() {
        let empty = #expect(throws: LabelTableError.self) {
            try labels("record,field,value,part\nA,dose,1,x\n", part: "y")
        }
        #expect(empty?.problems.first?.message == "no row has 'y' in the column 'part'")
        let missing = #expect(throws: LabelTableError.self) { try labels("record,field,value\nA,dose,1\n", part: "y") }
        #expect(missing?.problems.first?.message.hasPrefix("the column 'part' is missing") == true)
    }
}

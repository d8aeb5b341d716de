import Annotation
import Bibliography
import Extraction
import Foundation
import Interchange
import Pipeline
import Store
import TestSupport
import Testing

@Suite("Tables for other programs")
struct ExchangeTableTests {
    private let review: ValueWorkspace
    private let pipeline: TemporaryFolder

    init() throws {
        review = try ValueWorkspace()
        pipeline = try TemporaryFolder()
        try review.store.write { transaction in
            try transaction.replace(
                studies: [
                    Study(id: "a", label: "Moor 2011", reports: ["a"], reasons: []),
                    Study(id: "b", label: "Fell 2012", reports: ["b"], reasons: []),
                ], links: [])
        }
    }

    private var reading: ReviewReading {
        get throws {
            var plan = try Plan.read(
                text: """
                    review: {id: r, title: T}
                    sources: [{id: s, kind: file, path: a.csv, database: S, section: database}]
                    extraction: {fields: [design, dose, sampleSize, response, armSize]}
                    synthesis:
                      treatment: [ketamine]
                      outcomes: [{id: r24, outcome: response, measure: OR, time: 24, comparison: placebo}]
                    """, file: "pipeline.yaml")
            plan.folder = pipeline.path
            return ReviewReading(store: review.store, plan: plan)
        }
    }

    private func csv(_ table: ReviewTable) throws -> [String] {
        String(decoding: try reading.bytes(of: table, as: .csv), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func readTwoArms() throws {
        func arm(
            _ name: String, _ events: Double, _ size: Double, at start: Int, dose: String? = nil
        ) -> [ExtractedValue] {
            var values = [
                ValueWorkspace.value(
                    "response", .number(events), unit: "events", arm: name, outcome: "MADRS", time: 24, at: start),
                ValueWorkspace.value(
                    "armSize", .number(size), unit: "participants", arm: name, outcome: "response", time: 24, at: start),
            ]
            for index in values.indices { values[index].dose = dose }
            return values
        }
        try review.extract([
            "a": arm("midazolam", 3, 11, at: 50) + arm("ketamine", 9, 12, at: 30),
            "b": arm("ketamine", 5, 10, at: 0, dose: "0.5 mg/kg") + arm("ketamine", 2, 10, at: 20, dose: "0.1 mg/kg")
                + arm("saline", 1, 9, at: 40),
        ])
    }

    @Test("metapsy: a row a pair of arms, semicolons, decimal commas, NA (docs.metapsy.org, Data Format)")
    func metapsy() throws {
        try readTwoArms()
        let lines = try csv(.metapsy)
        #expect(lines[0].hasPrefix("study;condition_arm1;condition_arm2;multi_arm1;multi_arm2;outcome_type;instrument"))
        // 24 hours are a seventh of a week.
        #expect(lines[1].hasPrefix("Moor, 2011;ketamine;midazolam;NA;NA;response;MADRS;post;0,14285714285714285;clin"))
        #expect(lines[1].hasSuffix(";9;3;12;11;2011;a"))
        #expect(lines.count == 1 + 1 + 3, "two arms are one comparison, three arms are three")
        #expect(lines[2].contains(";ketamine;ketamine;ketamine 0.5 mg/kg;ketamine 0.1 mg/kg;response"))
    }

    @Test("metapsy: what the plan pools is post, what comes later is follow-up; without a plan the first time is post")
    func metapsyTimes() throws {
        func arm(_ name: String, _ field: String, at hours: Double) -> [ExtractedValue] {
            [
                ValueWorkspace.value(
                    field, .number(5), unit: "events", arm: name, outcome: "MADRS", time: hours, at: Int(hours)),
                ValueWorkspace.value(
                    "armSize", .number(10), unit: "participants", arm: name, outcome: field, time: hours,
                    at: Int(hours)),
            ]
        }
        var values: [ExtractedValue] = []
        for hours in [4.0, 24, 168] {
            for name in ["ketamine", "midazolam"] {
                values += arm(name, "response", at: hours) + arm(name, "remission", at: hours)
            }
        }
        try review.extract(["a": values])
        let cells = try csv(.metapsy).dropFirst().map { $0.split(separator: ";").map(String.init) }
        #expect(cells.filter { $0[5] == "response" }.map { $0[7] } == ["post", "post", "FU"])
        #expect(cells.filter { $0[5] == "remission" }.map { $0[7] } == ["post", "FU", "FU"])
    }

    /// The headings are those of the study data that RevMan exports with a Cochrane review (`CD...-study-arms.csv`,
    /// `-study-results.csv`, `-study-information.csv`).
    @Test("RevMan: an arm a row with cases and sample size, and each arm's intervention")
    func revMan() throws {
        try readTwoArms()
        let results = try csv(.revManResults)
        #expect(
            results[0].hasPrefix("Study,Outcome,Data type,Effect measure,Arm,Reference arm,Sample size,Cases,Mean,SD,"))
        #expect(results.contains { $0.hasPrefix("Moor 2011,response MADRS at 24 h,Dichotomous,,ketamine,,12,9,,,") })
        #expect(try csv(.revManArms)[0] == "Study,Arm,Description,Intervention")
        #expect(try csv(.revManArms).contains("Fell 2012,ketamine 0.1 mg/kg,,ketamine"))
        #expect(try csv(.revManStudies)[0].hasPrefix("Study,Year,Char: Methods"))
    }

    private func readHarms() throws {
        func arm(
            _ name: String, _ events: Double, _ size: Double, at start: Int, called event: String
        ) -> [ExtractedValue] {
            [
                ValueWorkspace.value(
                    "adverseEventCount", .number(events), unit: "events", arm: name, outcome: event, at: start),
                ValueWorkspace.value(
                    "armSize", .number(size), unit: "participants", arm: name, outcome: event, at: start),
            ]
        }
        try review.extract([
            "a": arm("midazolam", 1, 20, at: 50, called: "headaches")
                + arm("ketamine", 4, 22, at: 30, called: "headaches"),
            "b": arm("ketamine", 3, 10, at: 0, called: "headache") + arm("saline", 1, 9, at: 40, called: "headache")
                + arm("midazolam", 2, 11, at: 60, called: "headache")
                + arm("ketamine", 5, 10, at: 80, called: "dizziness"),
        ])
    }

    @Test("a person's count holds against the percentage that is printed beside it; two who differ are both quoted")
    func personsCount() throws {
        func value(_ number: Double, _ unit: String) -> ExtractedValue {
            ValueWorkspace.value("response", .number(number), unit: unit, arm: "ketamine", time: 24, at: 30)
        }
        let size = ValueWorkspace.value(
            "armSize", .number(22), unit: "participants", arm: "ketamine", outcome: "response", time: 24, at: 30)
        try review.extract(["a": [value(4, "events"), value(18, "%"), size]])
        let six = try review.edited("response", ["value": "6", "decision": "correct"])
        try review.decide(try review.edited("response", ["value": "5", "decision": "correct"]), by: "AB")
        #expect(
            try csv(.revManResults).contains { $0.hasPrefix("Moor 2011,response at 24 h,Dichotomous,,ketamine,,22,5,") }
        )
        try review.decide(six, by: "CD")
        #expect(try csv(.valueConflicts).contains { $0.contains("AB: 5 events; CD: 6 events") })
    }

    @Test("adverse events: a row a study, event and comparison in metafor's cells, wordings of one event together")
    func adverseEvents() throws {
        try readHarms()
        let lines = try csv(.adverseEvents)
        #expect(lines[0] == "slab,study,report,kind,event,printed,time,arm1,arm2,ai,bi,ci,di,n1i,n2i")
        #expect(
            Array(lines.dropFirst()) == [
                "Fell 2012,b,b,adverseEvent,dizziness,dizziness,,ketamine,,5,5,,,10,",
                "Moor 2011,a,a,adverseEvent,headache,headaches,,ketamine,midazolam,4,18,1,19,22,20",
                "Fell 2012,b,b,adverseEvent,headache,headache,,ketamine,saline,3,7,1,8,10,9",
                "Fell 2012,b,b,adverseEvent,headache,headache,,ketamine,midazolam,3,7,2,9,10,11",
            ])
        let notes = try reading.table(.adverseEvents).notes
        #expect(!notes.isEmpty, "the words that the numbers rest on stand with them")
    }

    @Test(
        "a planned adverse event is pooled under any of its names; one without a name, or a name for a response, is refused"
    )
    func pooledHarm() throws {
        try readHarms()
        func plan(_ outcome: String) throws -> Plan {
            var plan = try Plan.read(
                text: """
                    review: {id: r, title: T}
                    sources: [{id: s, kind: file, path: a.csv, database: S, section: database}]
                    synthesis: {treatment: [ketamine], outcomes: [{id: h, \(outcome)}]}
                    """, file: "pipeline.yaml")
            plan.folder = pipeline.path
            return plan
        }
        let harm = try plan("outcome: adverseEventCount, event: Headache, measure: RR, comparison: any")
        let lines = String(
            decoding: try ReviewReading(store: review.store, plan: harm).bytes(of: .outcomes, as: .csv), as: UTF8.self)
        #expect(lines.contains("h,Moor 2011,a,a,,4,18,1,19,22,20"))
        #expect(lines.contains("h,Fell 2012,b,b,,3,7,3,17,10,20"))
        #expect(throws: (any Error).self) { try plan("outcome: adverseEventCount, measure: RR, comparison: any") }
        #expect(throws: (any Error).self) {
            try plan("outcome: response, event: nausea, measure: RR, comparison: any")
        }
    }

    @Test("RevMan: an effect that names its two arms is a row at contrast level, a ratio in the columns of ratios")
    func revManContrast() throws {
        func value(_ field: String, _ number: Double, _ unit: String?) -> ExtractedValue {
            var value = ValueWorkspace.value(
                field, .number(number), unit: unit, arm: "ketamine", outcome: "response", time: 24)
            value.comparator = "midazolam"
            return value
        }
        try review.extract([
            "a": [
                value("effect", 3.2, "OR"), value("effectLower", 1.1, "OR"), value("effectUpper", 9.4, "OR"),
                value("pValue", 0.03, nil),
            ]
        ])
        #expect(
            try csv(.revManResults).contains(
                "Moor 2011,response at 24 h,Dichotomous,OR,ketamine,midazolam,,,,,95,,,3.2,1.1,9.4,0.03,"))
        #expect(try csv(.revManArms).contains("Moor 2011,midazolam,,midazolam"))
    }

    @Test(
        "risk of bias: a line waits for every study that nobody judged; blank lines are no judgements, filled ones are")
    func riskOfBiasSheet() throws {
        try readTwoArms()
        let sheet = try csv(.riskOfBias)
        #expect(sheet[0] == "study,label,tool,outcome,D1,D2,D3,D4,D5,D6,D7,Overall,weight,who,when,why")
        #expect(sheet.dropFirst().map { $0.prefix(12) } == ["a,Moor 2011,", "b,Fell 2012,"])
        let filled = [sheet[0], "a,Moor 2011,RoB2,,Low,Low,High,Low,Low,,,High,,AB,,"] + sheet.dropFirst(2)
        _ = try pipeline.write(filled.joined(separator: "\n"), to: "risk-of-bias.csv")
        #expect(try csv(.rob2).dropFirst() == ["Moor 2011,Low,Low,High,Low,Low,High,1"])
        #expect(try csv(.riskOfBias)[1] == "a,Moor 2011,RoB2,,Low,Low,High,Low,Low,,,High,1,AB,,")
    }

    @Test("risk of bias: columns of a person's own, and what stands on a line that still waits, are in the next sheet")
    func riskOfBiasNotes() throws {
        try readTwoArms()
        try pipeline.write(
            "study,tool,D1,D2,D3,D4,D5,Overall,assigned to,outcome\n"
                + "a,RoB2,Low,Low,Low,Low,Low,Low,Ann,\nFell 2012,ROBINS-I,,,,,,,\"Bo, then Cy\",response\n",
            to: "risk-of-bias.csv")
        let sheet = try csv(.riskOfBias)
        #expect(sheet[0].hasSuffix(",why,assigned to"))
        #expect(sheet[1] == "a,Moor 2011,RoB2,,Low,Low,Low,Low,Low,,,Low,1,,,,Ann")
        #expect(sheet[2] == "b,Fell 2012,ROBINS-I,response,,,,,,,,,,,,,\"Bo, then Cy\"")
        _ = try pipeline.write(sheet.joined(separator: "\n"), to: "risk-of-bias.csv")
        #expect(try csv(.riskOfBias) == sheet)
    }

    @Test("an HTML table is a page that says its encoding, and runs nothing of a title")
    func htmlPage() throws {
        try readTwoArms()
        let page = String(decoding: try reading.bytes(of: .outcomes, as: .html), as: UTF8.self)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<meta charset=\"utf-8\">"))
        #expect(page.contains("<caption>") && page.contains("Moor 2011"))
    }

    @Test("metafor: the four cells and both sizes, and only the columns of the outcome")
    func metafor() throws {
        try readTwoArms()
        let lines = try csv(.outcomes)
        #expect(lines[0] == "outcome,slab,study,report,time,ai,bi,ci,di,n1i,n2i")
        #expect(lines.contains("r24,Moor 2011,a,a,24,9,3,3,8,12,11"))
    }

    private func means() throws {
        func arm(_ name: String, _ mean: Double, _ sd: Double, _ n: Double, dose: String? = nil) -> [ExtractedValue] {
            var values = [
                ValueWorkspace.value("endpoint", .number(mean), unit: "points", arm: name, outcome: "MADRS", time: 24),
                ValueWorkspace.value("endpointSD", .number(sd), unit: "points", arm: name, outcome: "MADRS", time: 24),
                ValueWorkspace.value("armSize", .number(n), unit: "participants", arm: name),
            ]
            for index in values.indices { values[index].dose = dose }
            return values
        }
        try review.extract([
            "a": arm("ketamine", 16.2, 8.1, 20) + arm("midazolam", 23.9, 7.4, 19),
            "b": arm("ketamine", 15, 6, 10, dose: "0.5 mg/kg") + arm("ketamine", 19, 6, 10, dose: "0.1 mg/kg")
                + arm("saline", 25, 7, 10),
        ])
    }

    private func continuous(_ measure: String) throws -> ReviewReading {
        ReviewReading(
            store: review.store,
            plan: try Plan.read(
                text: """
                    review: {id: r, title: T}
                    sources: [{id: s, kind: file, path: a.csv, database: S, section: database}]
                    synthesis:
                      treatment: [ketamine]
                      outcomes: [{id: m, outcome: endpoint, \(measure), time: 24, comparison: placebo}]
                    """, file: "pipeline.yaml"))
    }

    @Test("means: metafor's columns, doses taken together as in the Cochrane Handbook (table 6.5.a)")
    func meansAndDeviations() throws {
        try means()
        let bytes = try continuous("measure: MD, scale: MADRS").bytes(of: .outcomes, as: .csv)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines[0] == "outcome,slab,study,report,time,m1i,sd1i,n1i,m2i,sd2i,n2i")
        #expect(lines.contains("m,Moor 2011,a,a,24,16.2,8.1,20,23.9,7.4,19"))
        // By hand: N 20, mean 17, variance (9*36 + 9*36 + 5*16) / 19 = 38.315789.
        #expect(lines.contains { $0.hasPrefix("m,Fell 2012,b,b,24,17,6.18997") && $0.hasSuffix(",20,25,7,10") })
    }

    @Test("a difference of means is pooled; another scale takes no part in it")
    func pooledMeans() throws {
        try means()
        let estimates = try continuous("measure: MD, scale: MADRS, method: EE").table(.estimates)
        let column = try #require(estimates.columns.firstIndex(of: "estimate"))
        // metafor 3.8: rma(m1i=c(16.2,17), sd1i=c(8.1,sqrt(728/19)), n1i=c(20,20), m2i=c(23.9,25), sd2i=c(7.4,7),
        // n2i=c(19,10), measure="MD", method="EE"): means weighted by the inverse of 6.1626 and 6.8158.
        let (v1, v2) = (8.1 * 8.1 / 20 + 7.4 * 7.4 / 19, 728.0 / 19 / 20 + 49.0 / 10)
        let expected = (-7.7 / v1 - 8 / v2) / (1 / v1 + 1 / v2)
        guard case .number(let estimate) = estimates.rows[0][column] else {
            Issue.record("no estimate")
            return
        }
        #expect(abs(estimate - expected) < 1e-12)
        #expect(try continuous("measure: MD, scale: HDRS").table(.outcomes).rows.isEmpty)
        #expect(try continuous("measure: SMD").table(.outcomes).rows.count == 2)
    }

    @Test(
        "a measure that does not go with its outcome is refused",
        arguments: [
            ("measure: OR", "endpoint is a mean"), ("measure: MD", "points of different scales"),
        ])
    func wrongMeasure(measure: String, message: String) {
        let error = #expect(throws: PlanError.self) { try continuous(measure) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(message))
    }

    @Test("a number that a person corrected is the number that is pooled")
    func correctedIsPooled() throws {
        try readTwoArms()
        let text = try DelimitedText(parsing: try reading.bytes(of: .values, as: .csv))
        var row = try #require(
            text.rows.first { $0.cells.contains("midazolam") && $0.cells[text.column("field") ?? 0] == "response" })
        row.cells[try #require(text.column("value"))] = "4"
        row.cells[try #require(text.column("decision"))] = "correct"
        let edited = Table(columns: text.header, rows: [row.cells.map { .text($0) }])
        try review.decide(String(decoding: DelimitedWriter.text(edited), as: UTF8.self))
        #expect(try csv(.outcomes).contains("r24,Moor 2011,a,a,24,9,3,4,7,12,11"))
        #expect(try csv(.metapsy)[1].hasSuffix(";9;4;12;11;2011;a"))
    }

    @Test("robvis: the judgements of people in the tool's own words, with a weight")
    func robvis() throws {
        try pipeline.write(
            """
            study,tool,outcome,D1,D2,D3,D4,D5,Overall,weight,who,when,why
            Moor 2011,RoB2,r24,low,Low,Some concerns,Low,Low,some concerns,2.5,AB,2026-01-02,blinding
            b,rob2,,High,Low,Low,Low,Low,High,,AB,,
            """, to: "risk-of-bias.csv")
        #expect(
            try csv(.rob2) == [
                "Study,D1,D2,D3,D4,D5,Overall,Weight", "Moor 2011,Low,Low,Some concerns,Low,Low,Some concerns,2.5",
                "Fell 2012,High,Low,Low,Low,Low,High,1",
            ])
        #expect(try csv(.robinsI) == ["Study,D1,D2,D3,D4,D5,D6,D7,Overall,Weight"])
    }

    @Test("no file of judgements, no judgements: the rules guess none")
    func noJudgements() throws { #expect(try csv(.rob2).count == 1) }

    @Test(
        "a judgement that is not one of the tool's is refused with its line",
        arguments: [
            ("Moor 2011,RoB2,,Low,Low,Low,Low,Unclear,Low", "line 2: D5: 'Unclear' is no judgement of RoB2"),
            ("Moor 2011,RoB2,,Low,Low,Low,Low,,Low", "line 2: D5: nothing is no judgement"),
            ("a,QUADAS-2,,Low,Low,Low,Low,Low,Low", "line 2: unknown tool 'QUADAS-2'; accepted: RoB2, ROBINS-I"),
            ("Nobody 1999,RoB2,,Low,Low,Low,Low,Low,Low", "line 2: no included study is called 'Nobody 1999'"),
            ("a,RoB2,mood,Low,Low,Low,Low,Low,Low", "line 2: the plan has no outcome 'mood'"),
            ("a,RoB2,,Low,Low,Low,Low,Low,Low\na,RoB2,,Low,Low,Low,Low,Low,Low", "line 3: the same study"),
            ("a,RoB2,,Low,Low,Low,Low,Low,Low,heavy", "line 2: weight is a number"),
        ])
    func refusals(row: String, message: String) throws {
        try pipeline.write("study,tool,outcome,D1,D2,D3,D4,D5,Overall,weight\n\(row)\n", to: "risk-of-bias.csv")
        let error = #expect(throws: RunError.self) { try csv(.rob2) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(message), "\(String(describing: error))")
    }

    @Test("a file of judgements without its columns, or with an open quotation mark, is refused")
    func damagedJudgements() throws {
        try pipeline.write("trial,D1\na,Low\n", to: "risk-of-bias.csv")
        #expect("\(#expect(throws: RunError.self) { try csv(.rob2) } as Any)".contains("needs the columns study"))
        try pipeline.write("study,tool\n\"a,b\n", to: "risk-of-bias.csv")
        #expect("\(#expect(throws: RunError.self) { try csv(.rob2) } as Any)".contains("line 2: a quotation mark"))
        try pipeline.write("study,tool,D1,D1\na,RoB2,Low,High\n", to: "risk-of-bias.csv")
        #expect("\(#expect(throws: RunError.self) { try csv(.rob2) } as Any)".contains("'D1' stands twice"))
        // Words without a judgement would be lost by the next export of the sheet.
        try pipeline.write("study,tool,D1,why\na,RoB2,,half read\n", to: "risk-of-bias.csv")
        #expect("\(#expect(throws: RunError.self) { try csv(.riskOfBias) } as Any)".contains("line 2"))
    }
}

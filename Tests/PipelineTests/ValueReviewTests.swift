import Annotation
import Bibliography
import Extraction
import Foundation
import Interchange
import Pipeline
import Store
import TestSupport
import Testing

/// A review with two included reports and the values that the rules read in them.
struct ValueWorkspace {
    let folder: TemporaryFolder
    let store: ReviewStore
    let plan: Plan
    var reading: ReviewReading { ReviewReading(store: store, plan: plan) }

    static func value(
        _ field: String, _ value: ExtractedValue.Value, unit: String? = nil, arm: String? = nil,
        outcome: String? = nil, time: Double? = nil, at start: Int = 0
    ) -> ExtractedValue {
        ExtractedValue(
            field: field, arm: arm, outcome: outcome, time: time, value: value, unit: unit, text: "as printed",
            evidence: Evidence(
                field: .abstract, section: 0, start: start, end: start + 9, quote: "the words", rule: "extract.\(field)"
            ))
    }

    static let values: [ExtractedValue] = [
        value("design", .text("randomised")),
        value("dose", .number(0.5), unit: "mg/kg", arm: "ketamine", at: 10),
        value("sampleSize", .number(24), unit: "participants", at: 20),
        value("response", .number(9), unit: "events", arm: "ketamine", time: 24, at: 30),
        value("armSize", .number(12), unit: "participants", arm: "ketamine", outcome: "response", time: 24, at: 30),
    ]

    init() throws {
        folder = try TemporaryFolder()
        store = try ReviewStore(writingTo: folder.path)
        plan = try Plan.read(
            text: """
                review: {id: r, title: T}
                sources: [{id: s, kind: file, path: a.csv, database: S, section: database}]
                extraction: {fields: [design, dose, sampleSize, response, armSize, infusionDuration]}
                """, file: "pipeline.yaml")
        let ids = ["a", "b", "out"]
        try store.write { transaction in
            try transaction.begin(run: 1, at: "2026-01-01T00:00:00Z", softwareVersion: "0", plan: "p")
            try transaction.replace(
                records: try ids.map { id in
                    var record = Record(id: RecordID(id), kind: .article, source: "s")
                    record.title = "Title \(id)"
                    record.authors = [Author(family: id == "a" ? "Moor" : "Fell")]
                    record.published.year = 2011
                    return RecordRow(
                        id: record.id, source: "s", digest: "d", answer: "a", line: 1, start: 0, end: 1,
                        json: String(decoding: try JSONEncoder().encode(record), as: UTF8.self))
                }, issues: [])
            try transaction.replace(reports: ids.map { Report(id: RecordID($0), records: [RecordID($0)]) }, links: [])
            try transaction.write(
                [.advanced("a"), .advanced("b"), .removed("out", "route", by: .rules)], stage: "screen", run: 1)
            try transaction.save(
                StageRunRow(
                    run: 1, stage: "screen", reason: "outputMissing", input: "", settings: "", code: 1, output: "o"))
        }
        try extract(["a": Self.values, "b": []])
    }

    /// What the rules read by now.
    func extract(_ values: [String: [ExtractedValue]]) throws {
        let encoder = JSONEncoder()
        try store.write { transaction in
            try transaction.replace(
                extractions: try values.map { report, values in
                    ExtractionRow(
                        report: RecordID(report), input: "i",
                        json: String(decoding: try encoder.encode(values), as: UTF8.self))
                })
        }
    }

    func export() throws -> String { String(decoding: try reading.bytes(of: .values, as: .csv), as: UTF8.self) }

    @discardableResult
    func decide(_ csv: String, by reviewer: String? = "AB", consensus: Bool = false) throws -> ValueImport.Outcome {
        try ValueImport.append(
            try ValueRow.read(try DelimitedText(parsing: Array(csv.utf8))), to: store, plan: plan, reviewer: reviewer,
            isConsensus: consensus, now: "2026-02-03T04:05:06Z")
    }

    /// The exported table with some cells of the row of a field changed, as a person would.
    func edited(_ field: String, _ cells: [String: String]) throws -> String {
        var text = try DelimitedText(parsing: Array(try export().utf8))
        for (name, cell) in cells {
            let column = try #require(text.column(name))
            let index = try #require(text.rows.firstIndex { $0.cells[text.column("field") ?? 0] == field })
            text.rows[index].cells[column] = cell
        }
        return String(
            decoding: DelimitedWriter.text(
                Table(columns: text.header, rows: text.rows.map { $0.cells.map { .text($0) } })), as: UTF8.self)
    }

    /// A line for a new value, under the columns that it needs.
    static func line(_ cells: [String: String]) -> String {
        let names = [
            "report", "key", "field", "arm", "outcome", "time", "value", "unit", "decision", "quote", "consensus",
            "decidedAt",
        ]
        return names.joined(separator: ",") + "\n" + names.map { cells[$0] ?? "" }.joined(separator: ",") + "\n"
    }

    func standing(_ field: String) throws -> [String] {
        try store.read { try $0.reviewedValues() }.flatMap { $0.values.values }.filter { $0.value.field == field }
            .map { "\($0.state.rawValue) \($0.value.number.map { "\($0)" } ?? "text")" }
    }

    func refusal(_ csv: String, by reviewer: String? = "AB") -> String {
        do {
            try decide(csv, by: reviewer)
            return "accepted"
        } catch {
            return "\(error)"
        }
    }
}

@Suite("What people say of values")
struct ValueReviewTests {
    private let review: ValueWorkspace

    init() throws { review = try ValueWorkspace() }

    @Test("an export that nobody edited changes nothing when it is read back")
    func unedited() throws {
        let before = try review.export()
        #expect(try review.decide(before) == .init(appended: 0, alreadyKnown: 0))
        #expect(try review.store.read { try $0.valueDecisions() }.isEmpty)
        #expect(try review.export() == before)
    }

    @Test("a correction holds, keeps what the rules read beside it, and says who, when and why")
    func correction() throws {
        try review.decide(
            try review.edited(
                "sampleSize", ["value": "26", "decision": "correct", "note": "Table 1", "reviewer": "CD"]))
        #expect(try review.standing("sampleSize") == ["corrected 26.0"])
        let row = try #require(try review.store.read { try $0.valueDecisions() }.first)
        #expect(row.reviewer == "CD" && row.decidedAt == "2026-02-03T04:05:06Z" && row.note == "Table 1")
        #expect(try review.export().contains("24 participants"), "what the rules read is not lost")
        let included = try review.reading.table(.included)
        let column = try #require(included.columns.firstIndex(of: "sampleSize"))
        #expect(included.rows[0][column] == .integer(26))
    }

    @Test("accept, reject and add are kept; a rejected value leaves the tables, an added one enters them")
    func otherVerdicts() throws {
        try review.decide(try review.edited("design", ["decision": "accept"]))
        try review.decide(try review.edited("dose", ["decision": "reject"]))
        try review.decide(
            ValueWorkspace.line([
                "report": "b", "field": "sampleSize", "value": "30", "decision": "add", "quote": "thirty people",
            ]))
        #expect(try review.standing("design") == ["accepted text"])
        #expect(try review.standing("dose") == ["rejected 0.5"])
        #expect(try review.standing("sampleSize") == ["extracted 24.0", "added 30.0"])
        let included = try review.reading.table(.included)
        let dose = try #require(included.columns.firstIndex(of: "dose"))
        let size = try #require(included.columns.firstIndex(of: "sampleSize"))
        #expect(included.rows[0][dose] == .empty && included.rows[1][size] == .integer(30))
    }

    @Test("the same file twice adds nothing the second time; withdraw takes a word back")
    func idempotent() throws {
        let csv = try review.edited("sampleSize", ["value": "26", "decision": "correct"])
        #expect(try review.decide(csv).appended == 1)
        #expect(try review.decide(csv) == .init(appended: 0, alreadyKnown: 1))
        try review.decide(try review.edited("sampleSize", ["decision": "withdraw"]))
        #expect(try review.standing("sampleSize") == ["extracted 24.0"])
        #expect(try review.store.read { try $0.valueDecisions() }.count == 2, "what was said stays readable")
    }

    @Test("a later reading that differs is listed and not applied; one that agrees says nothing")
    func laterReading() throws {
        try review.decide(try review.edited("sampleSize", ["value": "26", "decision": "correct"]))
        var values = ValueWorkspace.values
        values[2] = ValueWorkspace.value("sampleSize", .number(25), unit: "participants", at: 20)
        try review.extract(["a": values, "b": []])
        #expect(try review.standing("sampleSize") == ["later 25.0", "corrected 26.0"])
        let conflicts = String(decoding: try review.reading.bytes(of: .valueConflicts, as: .csv), as: UTF8.self)
        #expect(conflicts.contains("read later,26 participants,AB,,25 participants"))
        #expect(try review.reading.openValues()?.contains("1 read after a person had spoken") == true)

        values[2] = ValueWorkspace.value("sampleSize", .number(26), unit: "participants", at: 20)
        try review.extract(["a": values, "b": []])
        #expect(try review.standing("sampleSize") == ["corrected 26.0"])
    }

    @Test("a later reading can be taken by a person")
    func laterTaken() throws {
        try review.decide(try review.edited("sampleSize", ["value": "26", "decision": "correct"]))
        var values = ValueWorkspace.values
        values[2] = ValueWorkspace.value("sampleSize", .number(25), unit: "participants", at: 20)
        try review.extract(["a": values, "b": []])
        try review.decide(try review.edited("sampleSize", ["decision": "accept"]))
        #expect(try review.standing("sampleSize").contains("accepted 25.0"))
    }

    @Test("where two people differ the value is used nowhere until a consensus settles it")
    func disputed() throws {
        let first = try review.edited("sampleSize", ["value": "26", "decision": "correct"])
        let second = try review.edited("sampleSize", ["decision": "accept"])
        try review.decide(first, by: "AB")
        try review.decide(second, by: "CD")
        #expect(try review.standing("sampleSize") == ["disputed 24.0"])
        let included = try review.reading.table(.included)
        let column = try #require(included.columns.firstIndex(of: "sampleSize"))
        #expect(included.rows[0][column] == .empty)
        try review.decide(first, by: "AB", consensus: true)
        #expect(try review.standing("sampleSize") == ["corrected 26.0"])
    }

    @Test("two people who add different values at one place are at odds; the same value, and they agree")
    func addedTwice() throws {
        func line(_ value: String) -> String {
            ValueWorkspace.line(["report": "b", "field": "sampleSize", "value": value, "decision": "add"])
        }
        try review.decide(line("30"), by: "AB")
        try review.decide(line("31"), by: "CD")
        #expect(try review.standing("sampleSize") == ["extracted 24.0", "disputed 30.0", "disputed 31.0"])
        let other = try ValueWorkspace()
        try other.decide(line("30"), by: "AB")
        try other.decide(line("30"), by: "CD")
        #expect(try other.standing("sampleSize") == ["extracted 24.0", "added 30.0"])
    }

    @Test("units are brought to that of the field, times to hours, decimal commas are understood")
    func units() throws {
        try review.decide(
            try review.edited("dose", ["value": "400", "unit": "\u{B5}g/kg", "time": "1 d", "decision": "correct"]))
        let value = try #require(
            try review.store.read { try $0.reviewedValues() }[0].values.values.first { $0.value.field == "dose" }
        ).value
        #expect(value.number == 0.4 && value.unit == "mg/kg" && value.time == 24)
        try review.decide(
            ValueWorkspace.line([
                "report": "a", "field": "infusionDuration", "value": "\"0,75\"", "unit": "h", "decision": "add",
            ]))
        #expect(try review.standing("infusionDuration") == ["added 45.0"])
    }

    @Test("what people say goes into another workspace as it is, with who, when and why")
    func moved() throws {
        try review.decide(try review.edited("sampleSize", ["value": "26", "decision": "correct", "note": "Table 1"]))
        try review.decide(try review.edited("design", ["decision": "accept"]), by: "CD")
        try review.decide(try review.edited("dose", ["decision": "reject"]), by: "AB", consensus: true)
        try review.decide(
            ValueWorkspace.line(["report": "b", "field": "sampleSize", "value": "30", "decision": "add"]), by: "CD")
        let table = String(decoding: try review.reading.bytes(of: .valueDecisions, as: .csv), as: UTF8.self)
        let other = try ValueWorkspace()
        try other.decide(table, by: nil)
        #expect(try other.export() == review.export())
        #expect(String(decoding: try other.reading.bytes(of: .valueDecisions, as: .csv), as: UTF8.self) == table)
        #expect(try other.decide(table, by: nil) == .init(appended: 0, alreadyKnown: 4))
    }

    @Test("formulas in a note are inert in the export, and come back as they were")
    func formulas() throws {
        try review.decide(
            ValueWorkspace.line([
                "report": "b", "field": "sampleSize", "value": "30", "decision": "add", "quote": "=HYPERLINK(1)",
            ]))
        let csv = try review.export()
        #expect(csv.contains("'=HYPERLINK(1)"))
        #expect(try review.decide(csv) == .init(appended: 0, alreadyKnown: 0))
    }
}

@Suite("A table of values that cannot be taken")
struct ValueRefusalTests {
    private let review: ValueWorkspace

    init() throws { review = try ValueWorkspace() }

    @Test("a dose may be fixed, a rate or told by the day; the unit is brought to the one it is kept in")
    func doseUnits() {
        #expect(UnitConversion.convert(0.084, from: "g", to: "mg") == 84)
        #expect(UnitConversion.convert(10, from: "mcg/kg/min", to: "mg/kg/h") == 0.6)
        #expect(UnitConversion.convert(160, from: "mg per day", to: "mg/day") == 160)
        #expect(UnitConversion.otherDoses.allSatisfy { UnitConversion.convert(1, from: $0, to: "mg/kg") == nil })
    }

    @Test(
        "one bad row refuses the file with its line and reason, and nothing of it is kept",
        arguments: [
            (
                ["report": "nobody", "field": "sampleSize", "value": "3", "decision": "add"],
                "the review holds no report"
            ),
            (["report": "out", "field": "sampleSize", "value": "3", "decision": "add"], "not among the included"),
            (["report": "", "field": "sampleSize", "value": "3", "decision": "add"], "which report?"),
            (["report": "a", "field": "sampelSize", "value": "3", "decision": "add"], "did you mean 'sampleSize'?"),
            (["report": "a", "field": "", "value": "3", "decision": "add"], "which field?"),
            (
                ["report": "a", "field": "sampleSize", "value": "many", "decision": "add"],
                "takes a number; found 'many'"
            ),
            (["report": "a", "field": "sampleSize", "value": "\"1,200\"", "decision": "add"], "takes a number"),
            (["report": "a", "field": "sampleSize", "value": "2.5", "decision": "add"], "a whole number"),
            (["report": "a", "field": "sampleSize", "value": "", "decision": "add"], "has no value"),
            (
                ["report": "a", "field": "dose", "value": "3", "unit": "min", "decision": "add"],
                "dose cannot be in 'min'; accepted: mg/kg"
            ),
            (
                ["report": "a", "field": "dose", "value": "3 min", "unit": "mg/kg", "decision": "add"],
                "the value says 'min', the column unit says 'mg/kg'"
            ),
            (["report": "a", "field": "dose", "value": "-1", "decision": "add"], "cannot be negative"),
            (["report": "a", "field": "response", "value": "3", "decision": "add"], "needs a unit: events or %"),
            (
                ["report": "a", "field": "response", "value": "130", "unit": "%", "decision": "add"],
                "between 0 and 100"
            ),
            (
                ["report": "a", "field": "design", "value": "randomized", "decision": "add"],
                "did you mean 'randomised'?"
            ),
            (["report": "a", "field": "dose", "value": "1", "time": "soon", "decision": "add"], "time is in hours"),
            (["report": "a", "field": "dose", "value": "1", "decision": ""], "write `add`"),
            (["report": "a", "field": "dose", "value": "1", "decision": "add", "consensus": "maybe"], "yes or empty"),
            (
                ["report": "a", "field": "dose", "value": "1", "decision": "add", "decidedAt": "today"],
                "decidedAt is a"
            ),
            (["report": "a", "field": "dose", "value": "1", "decision": "maybe"], "'maybe' cannot be decided"),
            (["report": "a", "key": "0123456789ab", "field": "dose", "value": "1"], "has no value with the key"),
            (["report": "a", "field": "design", "value": "randomised", "decision": "add"], "was read already"),
        ])
    func refusals(cells: [String: String], message: String) throws {
        let good = ValueWorkspace.line(["report": "b", "field": "sampleSize", "value": "30", "decision": "add"])
        let bad = ValueWorkspace.line(cells).split(separator: "\n")[1]
        let text = review.refusal(good + bad + "\n")
        #expect(text.contains("line 3: ") && text.contains(message), "\(text)")
        #expect(try review.store.read { try $0.valueDecisions() }.isEmpty)
    }

    @Test("a value that was edited without a word is not taken for a slip or a correction")
    func silentEdit() throws {
        #expect(
            review.refusal(try review.edited("sampleSize", ["value": "25"])).contains(
                "sampleSize was edited, and the column decision is empty; write `correct` there, or put back 24"))
        #expect(
            review.refusal(try review.edited("sampleSize", ["value": "25", "decision": "accept"])).contains(
                "it was edited; write `correct`"))
        #expect(
            review.refusal(try review.edited("sampleSize", ["decision": "correct"])).contains("changes nothing"))
    }

    @Test("a row whose value is read differently by now is refused as stale")
    func stale() throws {
        let csv = try review.edited("sampleSize", ["value": "26", "decision": "correct"])
        var values = ValueWorkspace.values
        values[2] = ValueWorkspace.value("sampleSize", .number(25), unit: "participants", at: 20)
        try review.extract(["a": values, "b": []])
        #expect(review.refusal(csv).contains("has changed since this table was exported"))
    }

    @Test("the same value twice in a file is refused, with both lines")
    func duplicates() throws {
        let csv = try review.edited("design", ["decision": "accept"])
        let line = try #require(csv.split(separator: "\n").first { $0.contains("design") })
        #expect(review.refusal(csv + line + "\n").contains("the same value stands on line 2 too"))
    }

    @Test("nobody decides anonymously, and the columns must be there")
    func anonymous() throws {
        let csv = try review.edited("design", ["decision": "accept"])
        #expect(review.refusal(csv, by: nil).contains("who decides?"))
        #expect(review.refusal("report,field\na,dose\n").contains("the file lacks the columns key, value, decision"))
    }
}

@Suite("Agreement of two extractors")
struct ValueAgreementTests {
    private let review: ValueWorkspace

    init() throws { review = try ValueWorkspace() }

    private func agreement() throws -> DelimitedText {
        try DelimitedText(parsing: try review.reading.bytes(of: .valueAgreement, as: .csv))
    }

    @Test("one extractor agrees with nobody")
    func alone() throws {
        try review.decide(try review.edited("design", ["decision": "accept"]), by: "AB")
        #expect(try agreement().rows.isEmpty)
    }

    @Test("numbers: exact agreement and differences; words: kappa beside raw agreement")
    func twoExtractors() throws {
        let design = try review.edited("design", ["decision": "accept"])
        let size = try review.edited("sampleSize", ["value": "26", "decision": "correct"])
        let sizeOfOther = try review.edited("sampleSize", ["value": "29", "decision": "correct"])
        for (csv, who) in [(design, "AB"), (design, "CD"), (size, "AB"), (sizeOfOther, "CD")] {
            try review.decide(csv, by: who)
        }
        let text = try agreement()
        func cell(_ field: String, _ column: String) throws -> String? {
            let row = try #require(text.rows.first { $0.cells[2] == field })
            return row.cell(text.column(column))
        }
        #expect(try cell("design", "agreed") == "1" && cell("design", "n") == "1")
        #expect(
            try cell("design", "kappa") == nil, "one word for everything: chance explains it, kappa is not estimable")
        #expect(try cell("sampleSize", "agreed") == nil || cell("sampleSize", "agreed") == "0")
        #expect(try cell("sampleSize", "meanDifference") == "-3" && cell("sampleSize", "largestDifference") == "3")
        #expect(try cell("sampleSize", "kappa") == nil)
    }

    @Test("a consensus settles the value and leaves the agreement as it was")
    func consensus() throws {
        let mine = try review.edited("design", ["decision": "accept"])
        let other = try review.edited("design", ["value": "crossover", "decision": "correct"])
        try review.decide(mine, by: "AB")
        try review.decide(other, by: "CD")
        let before = try agreement().rows.map(\.cells)
        #expect(before.first?[3...4] == ["1", "0"])
        try review.decide(other, by: "CD", consensus: true)
        #expect(try agreement().rows.map(\.cells) == before)
        #expect(try review.standing("design") == ["corrected text"])
    }

    @Test("kappa of several reports is Cohen's own (1960): 2 of 4 agree where chance gives a half")
    func kappa() throws {
        let values = ["a", "b"].map { _ in
            [
                ValueWorkspace.value("design", .text("randomised")),
                ValueWorkspace.value("design", .text("crossover"), at: 9),
            ]
        }
        try review.extract(["a": values[0], "b": values[1]])
        let text = try DelimitedText(parsing: Array(try review.export().utf8))
        let (value, decision) = (text.column("value") ?? 0, text.column("decision") ?? 0)
        func table(_ words: [String]) -> String {
            let rows = zip(text.rows, words).map { row, word in
                var cells = row.cells
                cells[decision] = cells[value] == word ? "accept" : "correct"
                cells[value] = word
                return cells.map { TableCell.text($0) }
            }
            return String(decoding: DelimitedWriter.text(Table(columns: text.header, rows: rows)), as: UTF8.self)
        }
        try review.decide(table(["randomised", "randomised", "crossover", "crossover"]), by: "AB")
        try review.decide(table(["randomised", "crossover", "randomised", "crossover"]), by: "CD")
        let row = try #require(try agreement().rows.first)
        #expect(row.cells[3...5] == ["4", "2", "0.5"])
        #expect(row.cell(try agreement().column("kappa")) == "0")
    }
}

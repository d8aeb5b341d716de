import Foundation
import TestSupport
import Testing

/// `sluice extract --against`: values compared with what a person read. Records and labels are invented.
@Suite("Extraction measured by the command")
struct ExtractionMeasureTests {
    private let folder: TemporaryFolder
    private let pipeline = Checkout.url("Pipelines/iv-ketamine-trd").path

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "id,title,abstract\n"
                + "A,Ketamine in depression,\"METHODS: 20 patients received intravenous ketamine (0.5 mg/kg over 40 min).\"\n"
                + "B,Ketamine in depression,\"METHODS: 30 patients received oral ketamine (1 mg/kg).\"\n", to: "r.csv")
        try folder.write(
            "record,field,value,unit,part\nA,dose,0.5,mg/kg,x\nA,route,intravenous,,x\nB,dose,2,mg/kg,y\n", to: "l.csv")
    }

    private func extract(_ arguments: String...) async throws -> BuiltTool.Result {
        try await BuiltTool.run(["extract", "r.csv", "--pipeline", pipeline] + arguments, in: folder.path)
    }

    @Test("prints counts, rates and exact intervals per field, and on request what disagrees with its words")
    func table() async throws {
        let result = try await extract("--against", "l.csv", "--list")
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "Values against a person's reading of 2 records, with exact 95 % intervals")
        // 1 of 2: Clopper-Pearson 0.013 to 0.987.
        #expect(lines.contains { $0.hasPrefix("dose ") && $0.contains("0.500 (0.013-0.987)") })
        #expect(lines.contains { $0.hasPrefix("route ") && $0.contains("1.000 (0.025-1.000)") })
        #expect(lines.contains { $0.hasPrefix("all ") })
        #expect(lines.contains("wrong   B  dose  1 mg/kg arm ketamine: \"1 mg/kg\" (abstract 45-52)"))
        #expect(lines.contains("missed  B  dose  2 mg/kg (line 4)"))
    }

    @Test("prints the same as JSON, and a part alone")
    func json() async throws {
        let result = try await extract("--against", "l.csv", "--json", "--part", "x")
        #expect(
            result.output.hasPrefix(
                "{\"records\":1,\"level\":0.95,\"fields\":[{\"field\":\"dose\",\"right\":1,\"wrong\":0,\"missed\":0,"
                    + "\"precision\":1,\"precisionLower\":0.025"))
        #expect(result.output.hasSuffix("\"disagreements\":[]}\n"))
    }

    @Test("a table that is wrong is refused whole, line by line: 65")
    func refused() async throws {
        try folder.write("record,field,value\nA,doze,1\nA,dose,much\n", to: "bad.csv")
        let result = try await extract("--against", "bad.csv")
        #expect(result.status == 65)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("bad.csv:2: unknown field 'doze'"))
        #expect(result.errors.contains("bad.csv:3: 'much' is no number, and 'dose' is one."))
    }

    @Test("labels of other records are refused with an id as it should be; some missing are told")
    func otherRecords() async throws {
        try folder.write("record,field,value\nZ,dose,1\n", to: "z.csv")
        let none = try await extract("--against", "z.csv")
        #expect(none.status == 65)
        #expect(none.errors.contains("none of the 1 records of z.csv is in the files"))
        try folder.write("record,field,value\nA,dose,0.5\nZ,dose,1\n", to: "some.csv")
        let some = try await extract("--against", "some.csv")
        #expect(some.status == 0)
        #expect(some.errors.contains("some.csv: 1 of its records not in the files, and not counted: Z"))
    }

    @Test("options that belong to the comparison are refused without it, and it without files: 64")
    func usage() async throws {
        for option in [["--part", "x"], ["--list"], ["--json"]] {
            let result = try await BuiltTool.run(
                ["extract", "r.csv", "--pipeline", pipeline] + option, in: folder.path)
            #expect(result.status == 64)
            #expect(result.errors.contains("\(option[0]) belongs to --against LABELS"))
        }
        let result = try await BuiltTool.run(["extract", "--against", "l.csv"], in: folder.path)
        #expect(result.status == 64)
        #expect(result.errors.contains("--against compares the values of files: name them."))
        let missing = try await extract("--against", "nothing.csv")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("nothing.csv"))
    }
}

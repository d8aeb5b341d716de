import Interchange
import Synthesis

/// Pools a table that a person named.
enum SynthesiseTable {
    static func run(
        table path: String, measure: String, method: String, test: String, level: Double,
        sensitivity: SensitivityReport.Wish, asJSON: Bool
    ) throws {
        let options = SynthesisOptions(
            measure: try word(
                measure.uppercased(), "--measure", Measure.init(rawValue:), Measure.allCases.map(\.rawValue)),
            method: try word(method, "--method", PoolingMethod.init(name:), PoolingMethod.allCases.map(\.rawValue)),
            test: try word(
                test.lowercased(), "--test", EstimateTest.init(rawValue:), EstimateTest.allCases.map(\.rawValue)),
            level: level)
        let name = InputFile.name(path)
        let result: SynthesisResult
        let report: SensitivityReport
        do {
            let table = try SynthesisTable(reading: try TableFile.read(path))
            result = try Synthesis.run(table, options)
            report = try SensitivityReport(sensitivity, table, result)
        } catch let error as SynthesisError {
            throw CommandError(status: status(of: error), message: "\(name): \(error).")
        }
        for warning in result.warnings + report.warnings { StandardError.write("\(name): \(warning)\n") }
        if asJSON {
            var json = JSONWriter()
            result.write(to: &json) { report.writeMembers(to: &$0) }
            try StandardOutput.print(json.text)
        } else {
            try StandardOutput.print(result.text() + report.text())
        }
    }

    private static func word<Value>(
        _ given: String, _ option: String, _ value: (String) -> Value?, _ accepted: [String]
    ) throws -> Value {
        guard let value = value(given) else {
            throw CommandError.usage(
                "\(option) does not know '\(given)'; accepted: \(accepted.joined(separator: ", "))")
        }
        return value
    }

    private static func status(of error: SynthesisError) -> Int32 {
        switch error {
        case .methodNotForMeasure, .testNotForMethod, .levelOutOfRange: ExitStatus.usage
        case .missingColumns, .repeatedColumn, .notANumber, .impossible: ExitStatus.badInput
        }
    }
}

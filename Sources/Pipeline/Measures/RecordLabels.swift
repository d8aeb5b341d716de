package import Bibliography
import Foundation
import Interchange
import Screening

/// What people say that rules should make of a record on title and abstract.
package enum RecordLabel: String, Sendable, Hashable, CaseIterable {
    /// Eligible: it must not be thrown out, and is best included.
    case include
    /// Cannot be told from title and abstract: it must not be thrown out.
    case unsure
    /// Not eligible.
    case exclude
}

/// Labelled records to measure rules on: `labels.csv` beside the pipeline, or a file named on the command line.
package struct RecordLabels: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        /// The record's id, PMID or DOI, as given.
        package var record: String
        /// All that it is called by.
        var names: [String]
        package var label: RecordLabel
        /// Who judged it and how; not read by anything but people.
        package var basis: String?
        /// 1-based line of the file.
        package var line: Int
    }

    package let rows: [Row]
    private let byName: [String: Int]

    package static let fileName = "labels.csv"

    /// The labels in a folder; nil where there is no `labels.csv`.
    static func read(folder: String) throws(PlanError) -> RecordLabels? {
        let path = folder + "/" + fileName
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw PlanError(problems: [
                PlanProblem(
                    file: path, line: nil, message: "the file cannot be read", found: "", accepted: "a table of labels")
            ])
        }
        return try read([UInt8](data), name: path)
    }

    /// Reads a table with a column `record` (or `id`, `pmid`, `doi`) and a column `label`; comma- or tab-separated. Rows
    /// without a label are passed over.
    ///
    /// - Throws: `PlanError` with every problem.
    package static func read(_ bytes: [UInt8], name path: String) throws(PlanError) -> RecordLabels {
        func fail(_ line: Int?, _ message: String, _ found: String = "", _ accepted: String = "") -> PlanError {
            PlanError(problems: [
                PlanProblem(file: path, line: line, message: message, found: found, accepted: accepted)
            ])
        }
        guard bytes.count <= largestFile else {
            throw fail(
                nil, "the file is too large", "\(bytes.count >> 20) MiB", "at most \(largestFile >> 20) MiB")
        }
        let table: DelimitedText
        do {
            table = try DelimitedText(savedFromSpreadsheet: bytes)
        } catch {
            throw fail(error.line, "a quotation mark that is never closed")
        }
        let names = ["record", "id", "pmid", "doi"].compactMap { table.column($0) }
        guard !names.isEmpty, let label = table.column("label") else {
            throw fail(
                1, "no column to find a record by, or none for its label", table.header.joined(separator: ","),
                "record (or id, pmid, doi), label; further: basis")
        }
        if let name = table.repeatedColumn {
            throw fail(1, "a column stands twice", name, "one column of each name")
        }
        var problems: [PlanProblem] = []
        var rows: [Row] = []
        for row in table.rows {
            let given = names.compactMap { row.cell($0)?.trimmed }.filter { !$0.isEmpty }
            guard let record = given.first, let text = row.cell(label)?.trimmed, !text.isEmpty
            else { continue }
            guard let value = RecordLabel(rawValue: text.lowercased()) else {
                problems.append(
                    PlanProblem(
                        file: path, line: row.line, path: "label", message: "no label of this name", found: text,
                        accepted: NearestWord.hint(text, among: RecordLabel.allCases.map(\.rawValue))))
                continue
            }
            rows.append(
                Row(
                    record: record, names: given.map(name), label: value, basis: row.cell(table.column("basis")),
                    line: row.line))
        }
        return try RecordLabels(rows, path: path, problems: problems)
    }

    private static let largestFile = 64 << 20

    private init(_ given: [Row], path: String, problems: [PlanProblem]) throws(PlanError) {
        var problems = problems
        var kept: [Row] = []
        var byName: [String: Int] = [:]
        for row in given {
            if let known = row.names.lazy.compactMap({ byName[$0] }).first {
                if kept[known].label != row.label {
                    problems.append(
                        PlanProblem(
                            file: path, line: row.line, path: "label",
                            message: "'\(row.record)' has another label on line \(kept[known].line)",
                            found: row.label.rawValue, accepted: "one label for a record"))
                }
                continue
            }
            for name in row.names { byName[name] = kept.count }
            kept.append(row)
        }
        guard problems.isEmpty else { throw PlanError(problems: problems) }
        rows = kept
        self.byName = byName
    }

    /// The row of a record, by its id, its PMID or its DOI.
    package func position(of record: Record) -> Int? {
        let names = [record.id.rawValue, record.pmid.map { $0.recordID.rawValue }, record.doi.map { $0.text }]
        return names.lazy.compactMap { $0 }.compactMap { byName[Self.name($0)] }.first
    }

    /// `12345678` and `pubmed:12345678` are one name, and so are DOIs in any case.
    private static func name(_ text: String) -> String {
        if let pmid = PMID(text) { return pmid.recordID.rawValue }
        if text.hasPrefix("10.") || text.contains("doi.org/"), let doi = DOI(text) { return "doi:" + doi.folded }
        return text
    }
}

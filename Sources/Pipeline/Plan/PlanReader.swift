import Annotation
import Foundation
import Interchange
import Screening

extension Plan {
    static let keys = [
        "review", "sources", "switches", "annotation", "screening", "fullTexts", "concepts", "mesh", "criteria",
        "extraction", "synthesis", "outputs",
    ]

    /// Reads and checks `pipeline.yaml` and, where it is there, `known-studies.csv` of a folder.
    ///
    /// - Parameters:
    ///   - folder: the folder of the pipeline file, or the file itself.
    ///   - switches: answers that replace the file's own, as given on the command line.
    /// - Throws: `PlanError` with every problem found.
    package static func read(folder given: String, switches: [String: String] = [:]) throws(PlanError) -> Plan {
        // The shell completes the name of a folder with a slash.
        var folder = given
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        let isFile = folder.hasSuffix(".yaml") || folder.hasSuffix(".yml")
        let url = isFile ? URL(filePath: folder) : URL(filePath: folder).appending(path: fileName)
        let base = isFile ? url.deletingLastPathComponent().relativePath : folder
        let text = try fileText(url, name: isFile ? folder : folder + "/" + fileName)
        var plan = try read(text: text, file: isFile ? folder : folder + "/" + fileName, switches: switches)
        plan.folder = base
        plan.knownStudies = try KnownStudy.read(folder: base)
        plan.labels = try RecordLabels.read(folder: base)
        return plan
    }

    private static func fileText(_ url: URL, name: String) throws(PlanError) -> String {
        let data: Data
        do {
            let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
            guard size <= PlanNode.largestFile else {
                throw PlanError(problems: [
                    PlanProblem(
                        file: name, line: nil, message: "the file is larger than \(PlanNode.largestFile / 1024) KB",
                        accepted: "a smaller pipeline file")
                ])
            }
            data = try Data(contentsOf: url)
        } catch let error as PlanError {
            throw error
        } catch {
            guard FileManager.default.fileExists(atPath: url.path) else { throw PlanError(missing: name) }
            throw PlanError(problems: [
                PlanProblem(
                    file: name, line: nil, message: "the file cannot be read",
                    accepted: "a file that you may read")
            ])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw PlanError(problems: [
                PlanProblem(file: name, line: nil, message: "the file is not text in UTF-8", accepted: "UTF-8")
            ])
        }
        return text
    }

    /// Reads and checks the text of a pipeline file.
    package static func read(
        text: String, file: String, switches: [String: String] = [:]
    ) throws(PlanError) -> Plan {
        let root = try PlanNode.read(text, file: file)
        let problems = PlanProblems(file: file)
        let plan = PlanFields(root, path: "", keys: keys, problems: problems)
            .flatMap { check($0, problems, switches, text: text) }
        guard problems.all.isEmpty, let plan else {
            throw PlanError(problems: problems.all.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return plan
    }

    private static func check(
        _ fields: PlanFields, _ problems: PlanProblems, _ overrides: [String: String], text: String
    ) -> Plan? {
        let review = reviewPlan(fields, problems)
        let sources = SourcePlan.all(fields, problems)
        let switches = SwitchPlan.all(fields, problems, overrides: overrides)
        let annotation = AnnotationPlan.read(fields, problems)
        let screening = ScreeningPlan.read(fields, problems, switches: switches, names: annotation.names)
        let fullTexts = FullTextsPlan.read(fields, problems)
        let synthesis = SynthesisPlan.read(fields, problems)
        let extraction = ExtractionPlan.read(fields, problems).filling(synthesis)
        let outputs = fields.choices("outputs", among: OutputName.all, summary: OutputName.summary)
        guard let review else { return nil }
        return Plan(
            review: review, sources: sources, switches: switches, annotation: annotation, screening: screening,
            fullTexts: fullTexts, extraction: extraction, synthesis: synthesis, outputs: outputs, knownStudies: [],
            labels: nil, folder: ".", text: text)
    }

    private static func reviewPlan(_ fields: PlanFields, _ problems: PlanProblems) -> ReviewPlan? {
        guard let node = fields.node("review") else {
            problems.add(fields.line, "review", "this key is missing", accepted: "review: {id: ..., title: ...}")
            return nil
        }
        guard
            let review = PlanFields(
                node, path: "review", keys: ["id", "title", "question", "protocol"], problems: problems)
        else { return nil }
        let id = review.id()
        let title = review.requiredText("title", "the title of the review")
        let question = review.text("question")
        let reference = review.text("protocol")
        guard let id, let title else { return nil }
        return ReviewPlan(
            id: id.text, title: title.text, question: question?.text, protocolReference: reference?.text)
    }
}

/// The files that a run can write into `output/`: the figures, the page, and any table that is the same whenever it is
/// written (`included.xlsx`, `values.csv`, `included.md`).
package enum OutputName {
    package static let all =
        figures + tables.flatMap { table in formats.map { "\(table.rawValue).\($0.rawValue)" } }

    /// The same in a few words.
    static let summary =
        figures.joined(separator: ", ") + ", or a table with the ending "
        + formats.map(\.rawValue).joined(separator: ", ") + ": " + tables.map(\.rawValue).joined(separator: ", ")

    private static let figures = [
        "flow.svg", "flow.csv", "flow.json", "flow.txt", "report.html", "forest.svg", "references.ris",
    ]
    /// The tables of runs and of amendments tell when they were.
    private static let tables = ReviewTable.allCases.filter { $0 != .runs && $0 != .amendments }
    private static let formats: [TableFormat] = [.csv, .tsv, .ndjson, .xlsx, .md, .html]

    /// The table and form that a file's name stands for.
    static func table(_ name: String) -> (table: ReviewTable, format: TableFormat)? {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let table = ReviewTable(rawValue: parts[0]),
            let format = TableFormat(rawValue: parts[1]), formats.contains(format)
        else { return nil }
        return (table, format)
    }
}

extension KnownStudy {
    /// The rows of `known-studies.csv` in a folder; none where the file is absent.
    static func read(folder: String) throws(PlanError) -> [KnownStudy] {
        let name = folder + "/known-studies.csv"
        guard FileManager.default.fileExists(atPath: name) else { return [] }
        guard let data = try? Data(contentsOf: URL(filePath: name)), data.count <= PlanNode.largestFile else {
            throw PlanError(problems: [
                PlanProblem(
                    file: name, line: nil, message: "the file cannot be read, or is too large",
                    accepted: "a table of at most \(PlanNode.largestFile / 1024) KB")
            ])
        }
        let table: DelimitedText
        do {
            table = try DelimitedText(parsing: data)
        } catch {
            throw PlanError(problems: [
                PlanProblem(file: name, line: error.line, message: "a quotation mark that is never closed")
            ])
        }
        let pmid = table.column("pmid")
        let doi = table.column("doi")
        guard pmid != nil || doi != nil else {
            throw PlanError(problems: [
                PlanProblem(
                    file: name, line: 1, message: "no column to find a report by",
                    found: table.header.joined(separator: ","), accepted: "pmid, doi; further: first_author, year")
            ])
        }
        let author = table.column("first_author")
        let year = table.column("year")
        return table.rows.filter { row in [pmid, doi].contains { row.cell($0) != nil } }.map { row in
            KnownStudy(
                pmid: row.cell(pmid), doi: row.cell(doi), author: row.cell(author),
                year: row.cell(year).flatMap { Int($0) }, line: row.line)
        }
    }
}

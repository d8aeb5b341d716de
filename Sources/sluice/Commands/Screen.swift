import Annotation
import ArgumentParser
import Bibliography
import Foundation
import Interchange
import Pipeline
import Screening

struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge records by a review's criteria, with the words that decide.",
        discussion: """
            With files, prints one record a line that is not excluded (--all: every record), with a verdict and its \
            quotes for each criterion, and changes nothing:

              sluice screen records.csv --pipeline Pipelines/iv-ketamine-trd --all > judged.ndjson

            Without files, runs the review of a workspace up to this stage.
            """)

    /// Records that are judged side by side; what is held in memory at a time.
    private static let batchSize = 1024

    @Argument(help: "Files to read; none: work on the review in the workspace.")
    var files: [String] = []

    @Flag(help: "Print excluded records too.")
    var all = false

    @Option(help: ArgumentHelp("Write the counts to this file as JSON.", valueName: "file"))
    var summary: String?

    @Option(
        help: ArgumentHelp(
            "What people said of these records (columns record, label): how the rules did goes to stderr and --summary.",
            discussion: "Default: labels.csv beside the pipeline.", valueName: "file"))
    var labels: String?

    @Flag(help: "Accepted for scripts: every record is always judged in full.")
    var noPrefilter = false

    @OptionGroup(title: "On a review") var review: StageOptions

    func run() async throws {
        guard !files.isEmpty else {
            try await review.run(until: .screen)
            return
        }
        guard let folder = review.pipeline.pipeline else {
            throw CommandError.usage("screening files needs the criteria: name their folder with --pipeline")
        }
        let plan = try Plan.read(folder: folder)
        guard let declaration = plan.screeningDeclaration else {
            throw RunError.missingPart(stage: .screen, part: "criteria", pipeline: plan.path)
        }
        var performance = (try labels.map(RecordLabels.read(path:)) ?? plan.labels).map { ScreeningPerformance($0) }
        var counts = ScreeningSummary(criteria: plan.criterionLabels.map(\.id))
        var output = StandardOutput()
        var reading = try FileReading()
        let screener = try Screener(declaration)
        let annotator = Annotator(interest: plan.annotation.drugs)
        let all = all
        var json = JSONWriter()
        var batch: [Record] = []
        func judgeBatch() throws {
            let judgements = Parallel.map(batch) { record in
                let document = Document(record)
                return all
                    ? screener.judge(document, by: annotator)
                    : screener.judgeUnlessExcluded(document, by: annotator)
            }
            for (record, judgement) in zip(batch, judgements) {
                counts.count(judgement)
                performance?.add(record, judgement.decision)
                guard all || judgement.decision != .exclude else { continue }
                json.removeAll()
                judgement.writeJSON(id: record.id.rawValue, to: &json)
                json.newline()
                try output.write(json.bytes)
            }
            batch.removeAll(keepingCapacity: true)
        }
        do {
            try reading.read(files, format: nil) { record, _ in
                counts.read += 1
                guard record.kind != .deleted else {
                    counts.deleted += 1
                    return
                }
                batch.append(record)
                if batch.count == Self.batchSize { try judgeBatch() }
            }
        } catch {
            // What was read before the trouble is judged all the same.
            try judgeBatch()
            try output.flush()
            throw error
        }
        try judgeBatch()
        try output.flush()
        counts.issues = reading.errors + reading.warnings
        if let performance { StandardError.write(performance.text + "\n") }
        if let summary { try OutputFile.write(counts.json(performance), to: summary) }
        try reading.finish()
    }
}

/// The counts of `--summary`: `read` = `include` + `unclear` + the sum of `exclude` + `deleted`.
struct ScreeningSummary {
    var read = 0
    var include = 0
    var unclear = 0
    var exclude: [String: Int] = [:]
    var deleted = 0
    var issues = 0
    /// In order of precedence.
    private let criteria: [String]

    init(criteria: [String]) { self.criteria = criteria }

    mutating func count(_ judgement: Judgement) {
        switch judgement.decision {
        case .include: include += 1
        case .unclear: unclear += 1
        case .exclude: exclude[judgement.reason ?? "", default: 0] += 1
        }
    }

    /// `measures` is there only where there are labels.
    func json(_ performance: ScreeningPerformance? = nil) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("read", read)
            json.member("include", include)
            json.member("unclear", unclear)
            json.member("exclude") { json in
                json.object { json in for id in criteria { json.member(id, exclude[id] ?? 0) } }
            }
            json.member("deleted", deleted)
            json.member("issues", issues)
            if let performance { json.member("measures") { json in performance.write(to: &json) } }
        }
        json.newline()
        return json.bytes
    }
}

import Annotation
import ArgumentParser
import Bibliography
import Foundation
import Interchange
import Parallelism
import Pipeline
import RecordFormats
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

    @Flag(
        help: ArgumentHelp(
            "Judge every record in full.",
            discussion: """
                Records of PubMed XML that name nothing of what the first criterion needs are otherwise counted as \
                excluded by it before they are parsed. The output is the same, byte for byte.
                """)
    )
    var noPrefilter = false

    @OptionGroup(title: "On a review") var review: StageOptions

    func run() async throws {
        guard !files.isEmpty else {
            try await review.run(until: .screen)
            return
        }
        let summaryFile = try summary.map { try OutputFile($0, inputs: files + [labels].compactMap(\.self)) }
        guard let folder = review.pipeline.pipeline else {
            throw CommandError.usage("screening files needs the criteria: name their folder with --pipeline")
        }
        let plan = try Plan.read(folder: folder)
        guard let declaration = plan.screeningDeclaration else {
            throw RunError.missingPart(stage: .screen, part: "criteria", pipeline: plan.path)
        }
        let judge = RecordJudge(
            screener: try Screener(declaration), annotator: plan.annotation.annotator, printsAll: all,
            countsReasons: summary != nil, criteria: plan.criterionLabels.map(\.id),
            performance: (try labels.map(LabelFile.read) ?? plan.labels).map { ScreeningPerformance($0) })
        var counts = ScreeningSummary(criteria: judge.criteria)
        var performance = judge.performance
        var output = StandardOutput()
        var reading = try FileReading()
        // A labelled record is looked for by its ids, which only a parsed record has.
        let sieve = all || noPrefilter || performance != nil ? nil : judge.sieve
        try reading.readBatches(files, format: nil, sieve: sieve, work: { judge.judge($0) }) { judged in
            counts.add(judged.counts)
            for (record, decision) in judged.labelled { performance?.add(record, decision) }
            try output.write(judged.lines)
        }
        try output.flush()
        counts.issues = reading.errors + reading.warnings
        if let performance { StandardError.write(performance.text + "\n") }
        try summaryFile?.write(counts.json(performance))
        try reading.finish()
    }
}

/// Judges records of files, some at a time.
private struct RecordJudge: Sendable {
    let screener: Screener
    let annotator: Annotator
    let printsAll: Bool
    /// Whether the reasons of records that are not printed are printed as counts.
    let countsReasons: Bool
    let criteria: [String]
    /// Knows which records have labels.
    let performance: ScreeningPerformance?

    struct Judged: Sendable {
        var lines: [UInt8]
        var counts: ScreeningSummary
        /// Those of the records that have labels.
        var labelled: [(Record, Decision)]
    }

    /// Lets those records be parsed that may be anything but excluded by the first criterion; nil where the criteria do
    /// not say what a record must name.
    var sieve: RecordSieve? {
        guard let search = screener.firstNeed else { return nil }
        return { search.mayStand(in: $0) }
    }

    func judge(_ batch: RecordBatch) -> Judged {
        var counts = ScreeningSummary(criteria: criteria)
        var labelled: [(Record, Decision)] = []
        var json = JSONWriter()
        // By index: to copy a record is to count all that it holds.
        for index in batch.records.indices {
            counts.read += 1
            guard batch.records[index].kind != .deleted else {
                counts.deleted += 1
                continue
            }
            let document = Document(batch.records[index])
            let judgement =
                printsAll
                ? screener.judge(document, by: annotator)
                : screener.judgeUnlessExcluded(document, by: annotator, namesReason: countsReasons)
            counts.count(judgement.decision, judgement.reason)
            if let performance, performance.isLabelled(batch.records[index]) {
                labelled.append((batch.records[index], judgement.decision))
            }
            guard printsAll || judgement.decision != .exclude else { continue }
            judgement.writeJSON(id: document.id.rawValue, to: &json)
            json.newline()
        }
        counts.read += batch.passedOver
        if let first = screener.firstCriterion { counts.exclude[first, default: 0] += batch.passedOver }
        return Judged(lines: json.bytes, counts: counts, labelled: labelled)
    }
}

/// The counts of `--summary`: `read` = `include` + `unclear` + the sum of `exclude` + `deleted`.
struct ScreeningSummary: Sendable {
    var read = 0
    var include = 0
    var unclear = 0
    var exclude: [String: Int] = [:]
    var deleted = 0
    var issues = 0
    /// In order of precedence.
    private let criteria: [String]

    init(criteria: [String]) { self.criteria = criteria }

    mutating func add(_ other: ScreeningSummary) {
        read += other.read
        include += other.include
        unclear += other.unclear
        exclude.merge(other.exclude) { $0 + $1 }
        deleted += other.deleted
        issues += other.issues
    }

    mutating func count(_ decision: Decision, _ reason: String?) {
        switch decision {
        case .include: include += 1
        case .unclear: unclear += 1
        case .exclude: exclude[reason ?? "", default: 0] += 1
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

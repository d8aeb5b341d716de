import ArgumentParser
import Foundation
import Interchange
import Pipeline
import Store

struct Decide: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Record what a person decides: one report, or a table filled in.",
        discussion: """
              sluice decide pubmed:90000001 exclude --reason route --reviewer AB
              sluice decide --from waiting.csv --reviewer AB

            The table is output/waiting.csv with the column decision filled in (include, exclude, unclear, withdrawn) \
            and, for an exclusion, the column reason. Decisions are only ever added; withdrawn takes one back. The \
            rules never overrule a person. Where two reviewers disagree the report waits until they agree.

            Extracted values are decided in a table too: `sluice export values -o values.csv`, fill in the column \
            decision (accept, correct, add, reject, withdraw; for a correction change the value or unit beside it, for \
            an addition write a new line without a key), then `sluice decide --values values.csv --reviewer AB`. With \
            --consensus the table is what several reviewers agreed on, and settles where they differ.

            Without anything to decide, says what waits.
            """)

    @Argument(help: "The record or report, or a bare PMID.")
    var record: String?

    @Argument(help: "include, exclude, unclear or withdrawn.")
    var decision: String?

    @Option(help: ArgumentHelp("For an exclusion: the criterion that is not met.", valueName: "criterion"))
    var reason: String?

    @Option(help: ArgumentHelp("Who decides. Default: $SLUICE_REVIEWER.", valueName: "name"))
    var reviewer: String?

    @Option(help: ArgumentHelp("Why, in the reviewer's words.", valueName: "text"))
    var note: String?

    @Option(help: ArgumentHelp("A table of decisions (CSV or TSV).", valueName: "file"))
    var from: String?

    @Option(help: ArgumentHelp("A table of extracted values, from `sluice export values`.", valueName: "file"))
    var values: String?

    @Flag(help: "The values are what several reviewers agreed on.")
    var consensus = false

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let plan = try Plan.read(folder: try pipeline.folder(workspace: folder))
        if let values {
            return try DecideValues.run(
                file: values, workspace: folder, plan: plan, reviewer: reviewer, isConsensus: consensus)
        }
        let drafts = try self.drafts()
        guard !drafts.isEmpty || from != nil else { return try tellWhatWaits(folder, plan) }

        // A workspace without a review is not to be made by deciding in it.
        _ = try ReviewStore(reading: folder)
        let who = reviewer ?? ProcessInfo.processInfo.environment["SLUICE_REVIEWER"]
        let appended = try DecisionImport.append(
            drafts, to: try ReviewStore(writingTo: folder), reasons: plan.exclusionReasons, reviewer: who,
            now: Timestamp.now())
        StandardError.write(
            "\(appended) \(appended == 1 ? "decision" : "decisions") recorded"
                + (appended < drafts.count ? ", \(drafts.count - appended) already known" : "") + ".\n"
                + "Next: sluice run --workspace \(NextStep.quoted(folder)) --offline    (counts them in)\n")
    }

    private func drafts() throws -> [DecisionDraft] {
        if let from {
            return try DecisionImport.drafts(try TableFile.read(from))
        }
        guard let record else { return [] }
        guard let decision else {
            throw CommandError.usage("say what is decided of \(record): include, exclude, unclear or withdrawn")
        }
        return [DecisionDraft(record: record, decision: decision, reason: reason, reviewer: reviewer, note: note)]
    }

    private func tellWhatWaits(_ folder: String, _ plan: Plan) throws {
        let reading = ReviewReading(store: try ReviewStore(reading: folder), plan: plan)
        let waiting = try reading.table(.waiting)
        guard !waiting.rows.isEmpty else { return try StandardOutput.print("Nothing waits for a person.") }
        var lines = ["\(waiting.rows.count) reports wait for a person:"]
        for row in waiting.rows.prefix(20) {
            lines.append("  \(row[0].plainText)  \(row[1].plainText.prefix(90))")
            lines.append("      open: \(row[6].plainText)")
        }
        if waiting.rows.count > 20 { lines.append("  ... and \(waiting.rows.count - 20) more") }
        lines.append("Fill in the columns decision, reason and reviewer of \(folder)/output/waiting.csv, then:")
        lines.append("  sluice decide --from \(folder)/output/waiting.csv --workspace \(folder)")
        try StandardOutput.print(lines.joined(separator: "\n"))
    }
}

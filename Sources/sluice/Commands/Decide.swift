import ArgumentParser
import Foundation
import Interchange
import Pipeline
import Store

struct Decide: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Record what people decide: one report, a table filled in, or one report after the other.",
        discussion: """
              sluice decide --reviewer AB                        one report after the other, on a terminal
              sluice decide 90000001 exclude --reason route --reviewer AB
              sluice decide --from waiting.csv --reviewer AB     a table filled in

            TABLES. output/waiting.csv, or sluice export waiting --reviewer AB: fill in the column decision (include, \
            exclude, unclear, withdrawn) and, for an exclusion, the column reason. sluice export decisions writes the \
            whole log, one row a decision, for a spreadsheet or git; taken in again, only what was changed or added is \
            recorded. Every row is taken, or none is and each problem is told with its line.

            NOTHING IS LOST. Decisions are only ever added: a change of mind is a new one, withdrawn takes one back. The \
            rules never overrule a person.

            TWO REVIEWERS. With screening: {reviewers: 2} in the pipeline file a report waits until two people have \
            decided it, neither of whom is shown the other's word before. Where they disagree it waits in the queue of \
            conflicts:
              sluice decide --conflicts
              sluice decide 90000001 include --adjudicate --reviewer EF
            sluice status --agreement tells how far reviewers agree.

            TWO STAGES. With screening: {assessedOn: fullText} what passes on title and abstract waits for a person who \
            has read the full text: say --stage abstract or --stage fullText.

            OTHER TOOLS. Exports of Rayyan, Covidence and ASReview (CSV, RIS) are read with their labels:
              sluice decide --from articles.csv --map 'wrong population=population'
              sluice decide --from included.csv --as include --consensus --reviewer team
              sluice decide --from asreview.csv --reviewer AB

            VALUES. sluice export values -o values.csv; fill in the column decision (accept, correct, add, reject, \
            withdraw; for a correction change the value or unit beside it, for an addition write a new line without a \
            key), then:
              sluice decide --values values.csv --reviewer AB
            With --consensus the table is what several reviewers agreed on, and settles where they differ.

            PAIRS. sluice export duplicate-decisions (study-decisions) lists what waits; fill in the column decision \
            (same, different, undo) and hand the table back. It is appended to duplicates.csv (studies.csv) beside the \
            pipeline, whole or not at all:
              sluice decide --duplicates pairs.csv --reviewer AB
              sluice decide --studies pairs.csv --reviewer AB
            """)

    @Argument(help: "The record or report, or a bare PMID.")
    var record: String?

    @Argument(help: "include, exclude, unclear or withdrawn.")
    var decision: String?

    @Option(
        help: ArgumentHelp(
            "For an exclusion: a criterion, or another reason of the review. With --from: where a row has none.",
            valueName: "reason"))
    var reason: String?

    @Option(help: ArgumentHelp("Who decides. Default: $SLUICE_REVIEWER.", valueName: "name"))
    var reviewer: String?

    @Option(help: ArgumentHelp("Why, in the reviewer's words.", valueName: "text"))
    var note: String?

    @Option(help: ArgumentHelp("abstract or fullText: what was read.", valueName: "stage"))
    var stage: DecisionStage?

    @Flag(help: "Settle a disagreement, as a third person.")
    var adjudicate = false

    @Flag(help: "Record what the reviewers decided together.")
    var consensus = false

    @Flag(help: "What reviewers disagree on. On a terminal, with --reviewer: settle one after the other.")
    var conflicts = false

    @Option(help: ArgumentHelp("A table of decisions, or another tool's export.", valueName: "file"))
    var from: String?

    @Option(help: ArgumentHelp("A table of extracted values, from `sluice export values`.", valueName: "file"))
    var values: String?

    @OptionGroup var foreign: ForeignOptions

    @Flag(help: "Say what would be recorded, and record nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Ask for one report after the other also where this is no terminal.")
    var interactive = false

    @Option(help: ArgumentHelp("Pairs of records that are, or are not, one document.", valueName: "file"))
    var duplicates: String?

    @Option(help: ArgumentHelp("Pairs of reports that tell, or do not tell, of one study.", valueName: "file"))
    var studies: String?

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var pipeline: PipelineOption

    func validate() throws {
        if adjudicate, consensus { throw ValidationError("Either --adjudicate or --consensus.") }
        if values != nil, record != nil || from != nil {
            throw ValidationError("--values takes a table of values, and nothing else is decided with it.")
        }
        if duplicates != nil || studies != nil, record != nil || from != nil || values != nil || dryRun {
            throw ValidationError("--duplicates and --studies take tables of pairs, and nothing else beside them.")
        }
        if record != nil, from != nil { throw ValidationError("Either one record or --from a file.") }
        if from == nil, foreign.isGiven {
            throw ValidationError("--as, --map and --skip-unknown go with --from.")
        }
    }

    private var who: String? {
        reviewer ?? ProcessInfo.processInfo.environment["SLUICE_REVIEWER"].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let nobody = CommandError.usage("who decides? Use --reviewer NAME, or set SLUICE_REVIEWER")

    private var role: DecisionRole { adjudicate ? .adjudicator : consensus ? .consensus : .reviewer }

    func run() throws {
        let folder = try workspace.folder(pipeline: pipeline.pipeline)
        let plan = try Plan.read(folder: try pipeline.folder(workspace: folder))
        if let values {
            return try DecideValues.run(
                file: values, workspace: folder, plan: plan, reviewer: who, isConsensus: consensus, isTrial: dryRun)
        }
        if duplicates != nil || studies != nil { return try appendPairs(folder, plan) }
        // A workspace without a review is not to be made by deciding in it.
        let reading = ReviewReading(store: try ReviewStore(reading: folder), plan: plan)
        guard record != nil || from != nil else { return try decideOrList(folder, reading) }

        let recorder = DecisionRecorder(workspace: folder, plan: plan)
        let defaults = DecisionDefaults(reviewer: who, stage: stage, role: role, reason: reason)
        if let from {
            let batch = try foreign.batch(from, reading, stage: stage, reason: reason)
            for line in batch.account { StandardError.write(line + "\n") }
            let receipt = try recorder.record(batch.drafts, defaults, isTrial: dryRun)
            StandardError.write(recorder.words(receipt, isTrial: dryRun))
        } else if let record {
            guard let decision else {
                throw CommandError.usage("say what is decided of \(record): include, exclude, unclear or withdrawn")
            }
            guard DecisionWord.all.contains(decision.lowercased()) else {
                throw CommandError.usage(
                    "'\(decision)' is no decision; accepted: \(DecisionWord.all.joined(separator: ", "))")
            }
            guard who != nil else { throw Self.nobody }
            let receipt = try recorder.record(
                [DecisionDraft(record: record, decision: decision, note: note)], defaults, isTrial: dryRun)
            StandardError.write(recorder.words(receipt, isTrial: dryRun))
        }
    }

    private func appendPairs(_ folder: String, _ plan: Plan) throws {
        let store = try ReviewStore(reading: folder)
        for (path, target) in [(duplicates, CorrectionImport.duplicates(plan)), (studies, .studies(plan))] {
            guard let path else { continue }
            let (count, file) = try target.append(
                try TableFile.bytes(of: path), name: InputFile.name(path), store: store, reviewer: who,
                today: String(Timestamp.now().prefix(10)), latest: Timestamp.latestDay())
            StandardError.write("\(count) \(count == 1 ? "pair" : "pairs") appended to \(file).\n")
        }
        StandardError.write("Next: \(NextStep.countIn(workspace: folder).text)\n")
    }

    /// Nothing is given to decide: ask on a terminal, tell what waits elsewhere.
    private func decideOrList(_ folder: String, _ reading: ReviewReading) throws {
        let isAtTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        guard interactive || (isAtTerminal && who != nil) else {
            return try StandardOutput.print(
                conflicts
                    ? WaitingText.conflicts(reading, folder)
                    : WaitingText.waiting(reading, folder, reviewer: who))
        }
        guard let who else { throw Self.nobody }
        var dialogue = DecisionDialogue(
            reading: reading, recorder: DecisionRecorder(workspace: folder, plan: reading.plan), reviewer: who,
            settles: conflicts || role != .reviewer, consensus: consensus, stage: stage,
            ask: { readLine(strippingNewline: true) },
            say: { try StandardOutput.print($0) })
        try dialogue.run()
    }
}

extension DecisionStage: ExpressibleByArgument {}

/// Records decisions in a workspace, and says so.
struct DecisionRecorder {
    let workspace: String
    let plan: Plan

    /// The workspace is locked only while a decision is written, so that reviewers do not keep each other out.
    func record(
        _ drafts: [DecisionDraft], _ defaults: DecisionDefaults, isTrial: Bool = false
    ) throws -> DecisionReceipt {
        let store = try isTrial ? ReviewStore(reading: workspace) : ReviewStore(writingTo: workspace)
        return try DecisionImport.append(
            drafts, to: store, plan: plan, defaults: defaults, now: Timestamp.now(), isTrial: isTrial)
    }

    func words(_ receipt: DecisionReceipt, isTrial: Bool) -> String {
        let added = receipt.added.count
        var lines = receipt.notices.map { "note: \($0)" }
        lines.append(
            "\(added) \(added == 1 ? "decision" : "decisions") \(isTrial ? "would be recorded" : "recorded")"
                + (receipt.known > 0 ? ", \(receipt.known) already known" : "") + ".")
        if isTrial {
            lines += receipt.added.prefix(20).map { "  \($0.record)  \($0.saying)" }
            if added > 20 { lines.append("  ... and \(added - 20) more") }
            return lines.joined(separator: "\n") + "\n"
        }
        let conflicts = receipt.conflicts.count
        if conflicts > 0 {
            lines.append(
                "\(conflicts) of these \(conflicts == 1 ? "is" : "are") in conflict: "
                    + NextStep.command("decide", workspace) + " --conflicts")
        }
        lines.append("Next: \(NextStep.countIn(workspace: workspace).text)")
        return lines.joined(separator: "\n") + "\n"
    }
}

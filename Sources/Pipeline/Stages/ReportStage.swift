import Bibliography
import Hashing
import Interchange
import RecordFormats
import Reporting
import Store

/// Draws the flow and writes the tables. It is given every id that was ever identified and must find a place in the
/// flow for each: this is the last gate of the balance.
struct ReportStage: Stage {
    let name = StageName.report
    let codeVersion = 3

    func settings(_ context: StageContext) -> String {
        // Tables and figures print words of every section.
        Plan.Section.allCases.map { context.plan.canonical(section: $0) }.joined()
            + context.plan.knownStudies.map { "\($0)" }.joined()
            + (context.plan.labels?.rows.map { "\($0.record) \($0.label.rawValue)\n" }.joined() ?? "")
    }

    /// Everything before it, since tables quote all of it, and the searches, which are made anew also when they find
    /// nothing new: the page says when the sources were last asked.
    func input(_ context: StageContext) throws -> String {
        let before = try StageName.allCases.filter { $0 < .report }.map { try context.output(of: $0) }
        let searches = try context.store.read { try $0.sources() }.map(\.search)
        let bias = try RiskOfBias.bytes(context.plan)
        // Agreement is about decisions that need not move any report.
        let decisions = PeoplesDecisions.digest(try context.store.read { try $0.decisions() })
        return digest(
            of: before + searches + [decisions] + (bias.isEmpty ? [] : [SHA256Digest(of: bias).hex]))
    }

    func outputIsMissing(_ context: StageContext) throws -> Bool {
        let written = try context.store.read { try $0.fact(Self.fact) } ?? ""
        return OutputFolder(path: context.outputPath).differs(from: written)
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let reading = ReviewReading(store: context.store, plan: context.plan)
        let flow = try reading.flow()
        // A judgement that cannot be taken stops the run, whether a table of it is asked for or not.
        _ = try RiskOfBias.read(context.plan, studies: try context.store.read { try $0.studies() })
        let identified = try context.store.read { try $0.ledger(stage: StageName.fetch.rawValue) }.map(\.id)
        let placed = flow.terminalIDs()

        var files: [(name: String, bytes: [UInt8])] = []
        for name in names(context.plan) {
            context.progress.stageAdvances(.report, done: files.count, of: names(context.plan).count, what: name)
            if name == Self.forestPlots {
                files += try reading.forestPlots()
            } else {
                files.append((name, try reading.file(name, flow)))
            }
        }
        let written = OutputFolder.record(of: files)
        let before = try context.store.read { try $0.fact(Self.fact) } ?? ""
        return StageResult(
            given: identified, entries: placed.map { .advanced($0) }, output: digest(of: [written]),
            worked: files.count, reused: 0
        ) { transaction in
            // Only now: the gate has let the stage pass.
            try OutputFolder(path: context.outputPath).write(files, instead: before)
            try transaction.setFact(Self.fact, written)
        }
    }

    private func names(_ plan: Plan) -> [String] { plan.outputs.isEmpty ? Self.defaultFiles : plan.outputs }

    /// Where the store keeps what was written, file by file.
    static let fact = "output"

    /// Stands for one figure an outcome that has studies: `forest-OUTCOME.svg`.
    private static let forestPlots = "forest.svg"

    static let defaultFiles = [
        "flow.svg", "flow.csv", "flow.json", "included.csv", "included.xlsx", "excluded.csv", "waiting.csv",
        "values.csv", "outcomes.csv", "adverse-events.csv", "estimates.csv", "dictionary.csv", forestPlots,
        "report.html",
    ]
}

extension StageContext {
    var outputPath: String { options.workspace + "/output" }
}

extension PrismaFlow {
    /// Every id in a box where a record's way ends, as often as it stands in one: a record that stands in two boxes,
    /// or in none, shows in the ledger of the stage report.
    func terminalIDs() -> [RecordID] {
        let groups = [excludedOther, excluded, reportsExcluded, otherRemoved, otherExcluded]
        let boxes = [
            duplicates, excludedAutomatic, notRetrieved, awaiting, otherNotRetrieved, otherAwaiting, newReports,
        ]
        return (groups.map(\.total) + boxes).flatMap { $0.ids ?? [] }
    }
}

extension ReviewReading {
    /// One file of the output folder.
    func file(_ name: String, _ flow: PrismaFlow) throws -> [UInt8] {
        switch name {
        case "flow.svg": return FlowSVG.render(flow)
        case "flow.csv": return FlowCSV.render(flow)
        case "flow.json": return FlowJSON.render(flow)
        case "flow.txt": return Array((FlowText.render(flow) + "\n").utf8)
        case "report.html": return try page(flow).html()
        case "references.ris":
            let writer = RecordWriter(format: .ris)
            return try writer.header() + writer.bytes(of: includedRecords()) + writer.footer()
        default:
            guard let (table, format) = OutputName.table(name) else {
                throw RunError.output(path: name, cause: "sluice does not write such a file")
            }
            return try bytes(of: table, as: format)
        }
    }
}

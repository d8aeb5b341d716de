import ArgumentParser
import Foundation
import Interchange
import Pipeline
import Synthesis

struct Synthesise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pool a table of studies, or the outcomes of a review.",
        discussion: """
            With a table, whose columns are named as metafor names them (ai bi ci di, ai n1i ci n2i, m1i sd1i n1i m2i \
            sd2i n2i, xi ni, yi vi; slab names the study):

              sluice synthesise dat.bcg.csv --measure RR
              sluice synthesise response.csv --measure OR --method DL --test knha --json
              sluice synthesise dat.bcg.csv --measure RR --subgroups alloc --leave-one-out --egger

            Without a table, runs the review of a workspace up to this stage.
            """)

    @Argument(help: "A table (CSV or TSV); none: work on the review in the workspace.")
    var table: String?

    @Option(
        help: ArgumentHelp(
            "OR, RR, RD, PETO, MD, SMD, PR, PLO, PFT or GEN (yi, vi as they are).", valueName: "measure"))
    var measure: String?

    @Option(help: ArgumentHelp("EE, DL, HE, HS, SJ, ML, REML, EB, PM or MH.", valueName: "method"))
    var method = "REML"

    @Option(help: ArgumentHelp("z, t or knha (Hartung-Knapp).", valueName: "test"))
    var test = "z"

    @Option(help: ArgumentHelp("Level of the intervals, in per cent.", valueName: "per cent"))
    var level = 95.0

    @Option(help: ArgumentHelp("Pool the groups that this column names, each by itself, too.", valueName: "column"))
    var subgroups: String?

    @Flag(help: "Pool again without each study in turn.")
    var leaveOneOut = false

    @Flag(help: "Test for small-study effects as Egger does.")
    var egger = false

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    @OptionGroup(title: "On a review") var review: StageOptions

    func run() async throws {
        guard let table else {
            try await review.run(until: .synthesise)
            return
        }
        guard let measure else {
            throw CommandError.usage("say what to pool with --measure (OR, RR, RD, PETO, MD, SMD, PR, PLO, PFT, GEN)")
        }
        try SynthesiseTable.run(
            table: table, measure: measure, method: method, test: test, level: level,
            sensitivity: SensitivityReport.Wish(
                subgroups: subgroups, leavesOneOut: leaveOneOut, testsSmallStudies: egger),
            asJSON: json)
    }
}

import Foundation
import Interchange
import Reporting

extension ReviewReading {
    /// The review as one page.
    func page(_ flow: PrismaFlow) throws -> ReviewPage {
        var sections = [
            ReviewPage.Section(
                "Flow of records (PRISMA 2020)",
                [
                    .figure(FlowSVG.render(flow), description: "PRISMA 2020 flow diagram"),
                    .folded(title: "Searches", try table(.searches)),
                ])
        ]
        var pooled: [ReviewPage.Block] = [.table(rounded(try table(.estimates)))]
        for plot in try forestPlots() { pooled.append(.figure(plot.bytes, description: "Forest plot \(plot.name)")) }
        pooled.append(.folded(title: "Leaving out one study at a time", rounded(try leaveOneOutTable())))
        if !plan.synthesis.outcomes.isEmpty { sections.append(.init("Results", pooled)) }
        sections.append(
            .init(
                "Included studies",
                [
                    .table(try table(.studies)), .folded(title: "Characteristics", try table(.included)),
                    .folded(title: "Events by arm", try table(.outcomes)),
                ]))
        let conflicts = try table(.valueConflicts)
        var open: [ReviewPage.Block] =
            conflicts.rows.isEmpty ? [] : [.folded(title: "Values on which a person and a reading differ", conflicts)]
        open.append(.folded(title: "Waiting for a person", try table(.waiting)))
        open.append(.folded(title: "Excluded on exactly one criterion", try table(.nearMisses)))
        open.append(.folded(title: "Excluded, with the words that decided it", try table(.excluded)))
        if !plan.knownStudies.isEmpty {
            open.append(.folded(title: "Reports that must be found", try table(.knownStudies)))
        }
        let overruled = try table(.overruled)
        if !overruled.rows.isEmpty { open.append(.folded(title: "Decided by people against the rules", overruled)) }
        sections.append(.init("Decisions", open))
        let amendments = try amendmentsTable(dated: false)
        if !amendments.rows.isEmpty {
            let what =
                "Changes of the rules after reports had been judged by them (PRISMA 2020, item 24c). The table "
                + "`amendments` also says when the run that applied each began."
            sections.append(
                .init(
                    "Amendments",
                    [.text(what), .table(amendments), .folded(title: "What they turned", try table(.flips))]))
        }
        if plan.labels != nil {
            let measures = try screeningMeasures()
            sections.append(
                .init(
                    "Performance of the rules",
                    [.text(Self.measuresNote(measures)), .table(rounded(measures.table))]))
        }
        return ReviewPage(title: plan.review.title, question: plan.review.question, sections: sections)
    }

    private static func measuresNote(_ measures: ScreeningPerformance) -> String {
        var text =
            "What the rules alone made of records that people labelled, with exact (Clopper-Pearson) intervals. Records "
            + "that the rules leave to a person count as kept."
        if measures.missing > 0 { text += " \(measures.missing) labelled records are not in this review." }
        return text
    }

    /// For reading: four significant digits.
    private func rounded(_ table: Table) -> Table {
        var table = table
        table.rows = table.rows.map { row in
            row.map { cell in
                if case .number(let value) = cell { .text(String(format: "%.4g", value)) } else { cell }
            }
        }
        return table
    }
}

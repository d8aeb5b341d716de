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
                    .folded(title: "Searches (PRISMA-S)", try labelled(currentSearchesTable(), as: .searches)),
                ])
        ]
        if !plan.synthesis.outcomes.isEmpty { sections.append(.init("Results", try resultBlocks())) }
        sections.append(
            .init(
                "Included studies",
                [
                    .table(try labelled(.studies)), .folded(title: "Characteristics", try labelled(.included)),
                    .folded(title: "Events by arm", try labelled(.outcomes)),
                ]))
        let conflicts = try labelled(.valueConflicts)
        var open: [ReviewPage.Block] =
            conflicts.table.rows.isEmpty
            ? [] : [.folded(title: "Values on which a person and a reading differ", conflicts)]
        open.append(.folded(title: "Waiting for a person", try labelled(.waiting)))
        open.append(.folded(title: "Excluded on exactly one criterion", try labelled(.nearMisses)))
        open.append(.folded(title: "Excluded, with the words that decided it", try labelled(.excluded)))
        if !plan.knownStudies.isEmpty {
            open.append(.folded(title: "Reports that must be found", try labelled(.knownStudies)))
        }
        let overruled = try labelled(.overruled)
        if !overruled.table.rows.isEmpty {
            open.append(.folded(title: "Decided by people against the rules", overruled))
        }
        open += try agreementBlocks()
        sections.append(.init("Decisions", open))
        let amendments = try labelled(amendmentsTable(dated: false), as: .amendments)
        if !amendments.table.rows.isEmpty {
            let what =
                "Changes of the rules after reports had been judged by them (PRISMA 2020, item 24c). The table "
                + "`amendments` also says when the run that applied each began."
            sections.append(
                .init(
                    "Amendments",
                    [.text(what), .table(amendments), .folded(title: "What they turned", try labelled(.flips))]))
        }
        if plan.labels != nil {
            let measures = try screeningMeasures()
            sections.append(
                .init(
                    "Performance of the rules",
                    [.text(Self.measuresNote(measures)), .table(try labelled(rounded(measures.table), as: .measures))]))
        }
        return ReviewPage(title: plan.review.title, question: plan.review.question, sections: sections)
    }

    private func resultBlocks() throws -> [ReviewPage.Block] {
        var blocks: [ReviewPage.Block] = [.table(try resultsForReading())]
        for plot in try forestPlots() { blocks.append(.figure(plot.bytes, description: "Forest plot \(plot.name)")) }
        blocks.append(.folded(title: "Leaving out one study at a time", try leaveOneOutForReading()))
        return blocks
    }

    private static func measuresNote(_ measures: ScreeningPerformance) -> String {
        var text =
            "What the rules alone made of records that people labelled, with exact (Clopper-Pearson) intervals. Records "
            + "that the rules leave to a person count as kept."
        if measures.missing > 0 { text += " \(measures.missing) labelled records are not in this review." }
        return text
    }

    private func agreementBlocks() throws -> [ReviewPage.Block] {
        let table = try table(.agreement)
        guard !table.rows.isEmpty else { return [] }
        return [
            .text(
                "Agreement of reviewers, by the decisions that each made before seeing another's (intervals: 95 %; raw "
                    + "agreement exact, kappa after Fleiss, Cohen and Everitt 1969, AC1 after Gwet 2008). Where nearly "
                    + "all reports are excluded kappa is low whatever the reviewers do; PABAK and AC1 are not."),
            .table(try labelled(rounded(table), as: .agreement)),
        ]
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

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
        open += try agreementBlocks()
        sections.append(.init("Decisions", open))
        return ReviewPage(title: plan.review.title, question: plan.review.question, sections: sections)
    }

    private func agreementBlocks() throws -> [ReviewPage.Block] {
        let table = try table(.agreement)
        guard !table.rows.isEmpty else { return [] }
        return [
            .text(
                "Agreement of reviewers, by the decisions that each made before seeing another's (intervals: 95 %; raw "
                    + "agreement exact, kappa after Fleiss, Cohen and Everitt 1969, AC1 after Gwet 2008). Where nearly "
                    + "all reports are excluded kappa is low whatever the reviewers do; PABAK and AC1 are not."),
            .table(rounded(table)),
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

import Screening

/// Where the full texts of reports come from.
package struct FullTextsPlan: Sendable, Hashable, Codable {
    /// A folder of JATS files, relative to the pipeline file.
    package var folder: String?
    /// PubMed Central is asked, by the PMC ids of the records.
    package var pmc: Bool

    package init(folder: String? = nil, pmc: Bool = false) {
        self.folder = folder
        self.pmc = pmc
    }
}

extension FullTextsPlan {
    private enum Answer: String, CaseIterable { case yes, no, `true`, `false` }

    static func read(_ fields: PlanFields, _ problems: PlanProblems) -> FullTextsPlan? {
        guard let node = fields.node("fullTexts"),
            let texts = PlanFields(node, path: "fullTexts", keys: ["folder", "pmc"], problems: problems)
        else { return nil }
        let folder = texts.text("folder")?.text
        let pmc = texts.choice("pmc", as: Answer.self)
        let plan = FullTextsPlan(folder: folder, pmc: pmc == .yes || pmc == .true)
        if texts.entry("folder") == nil, pmc == nil || !plan.pmc {
            problems.add(
                fields.line("fullTexts"), "fullTexts", "no place that full texts come from",
                accepted: "folder: a folder of JATS files, or pmc: yes")
            return nil
        }
        return plan
    }
}

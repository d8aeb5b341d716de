import Bibliography
import Extraction
import Interchange
import Store

/// The files of RevMan's study-centric data management: study information, study arms, study results, with the headings
/// of the study data that RevMan itself exports (`REVIEW-study-arms.csv` and the like). Interventions and outcomes must
/// be set up in the review under the same names before the files are imported.
extension ReviewReading {
    /// One row a study; the columns `Char: ...` are RevMan's characteristics of included studies.
    func revManStudiesTable() throws -> Table {
        var table = Table(columns: [
            "Study", "Year", "Char: Methods", "Char: Participants", "Char: Interventions", "Char: Outcomes",
            "Char: Notes",
        ])
        let included = try includedTable()
        let fields = try plan.extractionForm().fields
        func told(_ ids: [String], _ rows: [[TableCell]]) -> TableCell {
            let parts = fields.filter { ids.contains($0.id) }.compactMap { field -> String? in
                guard let column = included.columns.firstIndex(of: field.id) else { return nil }
                let texts = rows.map { $0[column].plainText }.filter { !$0.isEmpty }
                var seen = Set<String>()
                let own = texts.filter { seen.insert($0).inserted }
                guard !own.isEmpty else { return nil }
                let unit = field.unit.map { " (\($0))" } ?? ""
                return "\(field.label)\(unit): \(own.joined(separator: "; "))"
            }
            return .text(parts.joined(separator: "\n"))
        }
        let results = fields.filter { $0.per == .outcome }.map(\.id)
        let report = included.columns.firstIndex(of: "report") ?? 0
        let records = Dictionary(try includedRecords().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        for study in try store.read({ try $0.studies() }) {
            let ids = Set(study.reports.map(\.rawValue))
            let rows = included.rows.filter { ids.contains($0[report].plainText) }
            let known = Self.methods + Self.participants + Self.interventions + results
            table.rows.append([
                .text(study.label), .optional(records[study.id]?.published.year), told(Self.methods, rows),
                told(Self.participants, rows), told(Self.interventions, rows), told(results, rows),
                told(fields.map(\.id).filter { !known.contains($0) }, rows),
            ])
        }
        return table
    }

    private static let methods = ["design", "blinding", "setting", "country"]
    private static let participants = [
        "diagnosis", "resistanceDefinition", "failedTreatments", "sampleSize", "ageMean", "ageSD", "ageRange",
        "femaleShare",
    ]
    private static let interventions = [
        "dose", "doseBasis", "enantiomer", "route", "infusionDuration", "infusions", "schedule", "comparator",
        "comparatorDose", "armSize", "numberRandomised", "numberTreated", "numberAnalysed",
    ]

    /// One row an arm of a study, and the intervention that it maps to.
    func revManArmsTable() throws -> Table {
        var table = Table(columns: ["Study", "Arm", "Description", "Intervention"])
        for item in try armResults() {
            var seen = Set<String>()
            for arm in item.results.flatMap(\.arms) where seen.insert(arm.name).inserted {
                table.rows.append([.text(item.study.label), .text(arm.name), .empty, .text(arm.drug)])
            }
            for contrast in item.contrasts {
                for (name, drug) in [(contrast.arm, contrast.place.arm), (contrast.reference, contrast.reference)]
                where seen.insert(name).inserted {
                    table.rows.append([.text(item.study.label), .text(name), .empty, .text(drug ?? name)])
                }
            }
        }
        return table
    }

    /// One row an arm, outcome and study, with events or means at arm level; below them the effects that reports tell of
    /// two arms, at contrast level.
    func revManResultsTable() throws -> Table {
        var table = Table(columns: Self.resultColumns)
        for item in try armResults() {
            for result in item.results {
                for arm in result.arms {
                    var cells: [String: TableCell] = [
                        "Study": .text(item.study.label), "Outcome": .text(result.name), "Arm": .text(arm.name),
                    ]
                    switch arm.numbers {
                    case .events(let events, let n):
                        cells["Data type"] = .text("Dichotomous")
                        cells["Cases"] = .integer(events)
                        cells["Sample size"] = .integer(n)
                    case .mean(let mean, let sd, let n):
                        cells["Data type"] = .text("Continuous")
                        cells["Mean"] = .number(mean)
                        cells["SD"] = .number(sd)
                        cells["Sample size"] = .integer(n)
                    }
                    table.rows.append(Self.resultColumns.map { cells[$0] ?? .empty })
                }
            }
            for contrast in item.contrasts {
                let cells = Self.cells(contrast, of: item.study)
                table.rows.append(Self.resultColumns.map { cells[$0] ?? .empty })
            }
        }
        return table
    }

    /// Ratios stand as they are in the columns `Exp ...`, differences in those without.
    private static func cells(_ contrast: ArmResults.Contrast, of study: Study) -> [String: TableCell] {
        let isRatio = ["OR", "RR", "HR"].contains(contrast.measure)
        let exp = isRatio ? "Exp " : ""
        let hours = contrast.place.time.map { " at \(TableCell.number($0).plainText) h" } ?? ""
        return [
            "Study": .text(study.label), "Outcome": .text((contrast.place.outcome ?? "effect") + hours),
            "Data type": .text(["MD", "SMD"].contains(contrast.measure) ? "Continuous" : "Dichotomous"),
            "Effect measure": .text(contrast.measure), "Arm": .text(contrast.arm),
            "Reference arm": .text(contrast.reference), "CI level": .integer(95),
            isRatio ? "Exp mean" : "Mean": .number(contrast.estimate), exp + "CI start": .number(contrast.lower),
            exp + "CI end": .number(contrast.upper), "P value": .optional(contrast.p),
        ]
    }

    private static let resultColumns = [
        "Study", "Outcome", "Data type", "Effect measure", "Arm", "Reference arm", "Sample size", "Cases", "Mean", "SD",
        "CI level", "CI start", "CI end", "Exp mean", "Exp CI start", "Exp CI end", "P value", "Footnotes",
    ]
}

extension ArmResults.Contrast {
    fileprivate var reference: String { place.comparator ?? "" }
}

extension ArmResults.Result {
    /// `response MADRS at 24 h`, `adverse event: nausea`.
    var name: String {
        let hours = time.map { " at \(TableCell.number($0).plainText) h" } ?? ""
        if field == "adverseEventCount" { return "adverse event: \(scale ?? "any")" + hours }
        if field == "dropout" { return "dropout" + (scale.map { ": \($0)" } ?? "") + hours }
        return [field, scale].compactMap(\.self).joined(separator: " ") + hours
    }
}

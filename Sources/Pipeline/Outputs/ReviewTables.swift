package import Bibliography
import Extraction
package import Interchange
import Screening
import Store

/// The tables of a review that `sluice export` writes, by their names on the command line.
package enum ReviewTable: String, CaseIterable, Sendable {
    case records, reports, studies, decisions, included, excluded, waiting, conflicts, agreement
    case nearMisses = "near-misses"
    case values
    case valueDecisions = "value-decisions"
    case valueConflicts = "value-conflicts"
    case valueAgreement = "value-agreement"
    case outcomes, estimates
    case adverseEvents = "adverse-events"
    case metapsy
    case revManStudies = "revman-studies"
    case revManArms = "revman-arms"
    case revManResults = "revman-results"
    case riskOfBias = "risk-of-bias"
    case rob2
    case robinsI = "robins-i"
    case ledger, runs
    case searches, links
    case knownStudies = "known-studies"
    case dictionary
    case amendments, flips, overruled, measures
    case fullTexts = "full-texts"
    case duplicateDecisions = "duplicate-decisions"
    case studyDecisions = "study-decisions"

    package var help: String {
        switch self {
        case .records: "every record as it was read"
        case .reports: "every report with its records and decision"
        case .studies: "included studies with their reports"
        case .decisions: "what people decided, one row a decision; edit it and take it in with decide --from"
        case .conflicts: "reports on which reviewers disagree or are unsure, ready to be settled"
        case .agreement: "how far reviewers agree: kappa, PABAK, AC1"
        case .included: "included reports with their extracted values"
        case .excluded: "excluded reports with reason and quote"
        case .waiting: "reports that wait for a person, ready to fill in"
        case .nearMisses: "reports that failed exactly one criterion, closest first"
        case .values: "extracted values, one a line, with evidence; edit, then: sluice decide --values"
        case .valueDecisions: "what people say of values, to merge in git and take into another workspace"
        case .valueConflicts: "values on which a person and a later reading, or two people, differ"
        case .valueAgreement: "how far two extractors agree, field by field"
        case .outcomes: "events and numbers per arm, ready for metafor"
        case .adverseEvents: "adverse events and drop-outs per arm, ready for metafor"
        case .estimates: "what was pooled, one row an outcome"
        case .metapsy: "arms compared two by two, after the Metapsy data standard"
        case .revManStudies: "studies and their characteristics, for RevMan"
        case .revManArms: "arms and their interventions, for RevMan"
        case .revManResults: "events and means per arm, for RevMan"
        case .riskOfBias: "risk of bias, study by study, to fill in and save as risk-of-bias.csv beside pipeline.yaml"
        case .rob2: "RoB 2 judgements that people entered in risk-of-bias.csv, for robvis"
        case .robinsI: "the same by ROBINS-I"
        case .ledger: "every id at every stage"
        case .runs: "every run"
        case .searches: "every search, as PRISMA-S asks"
        case .links: "why records are one report, and reports one study; and what may be"
        case .knownStudies: "reports that the review must find, and where each is"
        case .dictionary: "what every column of every table holds"
        case .amendments: "what changed in the rules after screening began, and in which run (PRISMA 2020, item 24c)"
        case .flips: "reports that an amendment judged differently, with the words before and after"
        case .overruled: "reports that people decided against what the rules say"
        case .measures: "how the rules did on the records of labels.csv: sensitivity, specificity, intervals"
        case .fullTexts: "full texts that were found, with their reports, and what became of the others"
        case .duplicateDecisions: "pairs that are, or may be, one document: the shape of duplicates.csv, to fill in"
        case .studyDecisions: "pairs of reports of one study, said or possible: the shape of studies.csv, to fill in"
        }
    }

    /// On the tab of a workbook.
    var sheetName: String {
        let words = rawValue.split(separator: "-").joined(separator: " ")
        return self == .dictionary ? "Data dictionary" : words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension ReviewReading {
    /// A table as values, in an order that does not depend on when or where it is written.
    package func table(_ name: ReviewTable) throws -> Table {
        if let made = made.tables[name] { return made }
        let table = try make(name)
        made.tables[name] = table
        return table
    }

    private func make(_ name: ReviewTable) throws -> Table {
        switch name {
        case .records: try recordsTable()
        case .reports: try reportsTable()
        case .studies: try studiesTable()
        case .decisions: try decisionsTable(of: reviewer)
        case .conflicts: try conflictsTable()
        case .agreement: try agreementTable()
        case .included: try includedTable()
        case .excluded: try excludedTable()
        case .waiting: try waitingTable(for: reviewer)
        case .nearMisses: try nearMissesTable()
        case .values: try valuesTable()
        case .valueDecisions: try valueDecisionsTable()
        case .valueConflicts: try valueConflictsTable()
        case .valueAgreement: try valueAgreementTable()
        case .outcomes: try outcomesTable()
        case .adverseEvents: try adverseEventsTable()
        case .estimates: try estimatesTable()
        case .metapsy: try metapsyTable()
        case .revManStudies: try revManStudiesTable()
        case .revManArms: try revManArmsTable()
        case .revManResults: try revManResultsTable()
        case .riskOfBias: try riskOfBiasSheet()
        case .rob2: try riskOfBiasTable(.rob2)
        case .robinsI: try riskOfBiasTable(.robinsI)
        case .ledger: try ledgerTable()
        case .runs: try runsTable()
        case .searches: try searchesTable()
        case .links: try linksTable()
        case .knownStudies: try knownStudiesTable()
        case .dictionary: try dictionaryTable()
        case .amendments: try amendmentsTable()
        case .flips: try flipsTable()
        case .overruled: try overruledTable()
        case .measures: try measuresTable()
        case .fullTexts: try fullTextsTable()
        case .duplicateDecisions: try correctionsTable(.duplicates)
        case .studyDecisions: try correctionsTable(.studies)
        }
    }

    /// Every record that the review holds, sorted by id.
    package func records() throws -> [Record] {
        if let made = made.records { return made }
        let records = try store.read { try $0.records() }.map { try $0.record }
        made.records = records
        return records
    }

    private func recordsTable() throws -> Table {
        var table = Table(columns: [
            "id", "source", "kind", "pmid", "doi", "title", "authors", "year", "journal", "volume", "issue", "pages",
            "abstract",
        ])
        for record in try records() {
            table.rows.append([
                .text(record.id.rawValue), .text(record.source), .text(record.kind.rawValue),
                .optional(record.pmid?.description), .optional(record.doi?.text), .optional(record.title),
                .text(record.authors.map(\.displayName).joined(separator: "; ")), .optional(record.published.year),
                .optional(record.journal.title ?? record.journal.abbreviation), .optional(record.journal.volume),
                .optional(record.journal.issue), .optional(record.journal.pages), .text(record.abstractText),
            ])
        }
        return table
    }

    private func ledgerTable() throws -> Table {
        var table = Table(columns: ["stage", "id", "state", "reason", "by", "assessedOn"])
        for stage in StageName.allCases {
            for entry in try store.read({ try $0.ledger(stage: stage.rawValue) }) {
                table.rows.append([
                    .text(stage.rawValue), .text(entry.id.rawValue), .text(entry.state.rawValue),
                    .optional(entry.reason), .optional(entry.actor?.rawValue),
                    .optional(entry.assessedOn?.rawValue),
                ])
            }
        }
        return table
    }

    private func runsTable() throws -> Table {
        var table = Table(columns: ["number", "state", "startedAt", "finishedAt", "softwareVersion", "plan", "message"])
        for run in try store.read({ try $0.runs() }) {
            table.rows.append([
                .integer(run.number), .text(run.state.rawValue), .text(run.startedAt), .optional(run.finishedAt),
                .text(run.softwareVersion), .text(run.plan), .optional(run.message),
            ])
        }
        return table
    }

    private func linksTable() throws -> Table {
        var table = Table(columns: ["a", "b", "kind", "reason", "score"])
        for link in try store.read({ try $0.links() }) {
            table.rows.append([
                .text(link.a.rawValue), .text(link.b.rawValue), .text(link.kind), .text(link.reason),
                .number(link.score),
            ])
        }
        return table
    }
}

extension Author {
    /// `Doe JQ`, or the group's name.
    package var displayName: String {
        guard let family else { return collective ?? given ?? "" }
        let initials = initials ?? given.map { $0.split(separator: " ").compactMap(\.first).map(String.init).joined() }
        return [family, initials, suffix].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension Record {
    /// The abstract in one text, labels before their sections.
    package var abstractText: String {
        abstract.map { section in section.label.map { "\($0): \(section.text)" } ?? section.text }
            .joined(separator: " ")
    }
}

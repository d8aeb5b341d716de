import Bibliography
import Compression
import Foundation
import Hashing
import RecordFormats
import Retrieval
import Store

/// A report whose full text is looked for, with the ids that its records bear.
struct SoughtReport {
    var id: RecordID
    var pmids: Set<PMID>
    var pmcids: Set<String>
    var dois: Set<DOI>

    init(_ id: RecordID, records: [Record]) {
        self.id = id
        pmids = Set(records.compactMap(\.pmid))
        pmcids = Set(records.compactMap(\.pmcid).compactMap(Self.normalised))
        dois = Set(records.compactMap(\.doi))
    }

    /// `PMC123` of `PMC123`, `pmc123.1`, `123`; nil where there is no number.
    private static func normalised(_ id: String) -> String? {
        let rest = id.uppercased().hasPrefix("PMC") ? id.dropFirst(3) : id[...]
        let digits = rest.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
        return digits.isEmpty ? nil : "PMC" + String(decoding: digits, as: UTF8.self)
    }
}

/// A full text that was found, and what tells it from another of the same report.
struct FoundText {
    var text: FullText
    var digest: String

    static func digest(answer: String, position: Int) -> String { "\(answer) \(position)" }
}

/// What looking for full texts came to: every file and every answer is accounted for by a row.
struct FullTextsFound {
    var rows: [FullTextRow] = []
    var texts: [RecordID: FoundText] = [:]
}

/// Looks for the full texts of reports: first in the folder beside the pipeline, by the ids that stand in the files, then
/// in PubMed Central, by the PMC ids of the records.
struct FullTextSearch {
    let plan: FullTextsPlan
    let context: StageContext

    func find(_ sought: [SoughtReport]) async throws -> FullTextsFound {
        let index = Index(sought)
        var found = FullTextsFound()
        if plan.folder != nil {
            for file in try FullTextFolder(plan, context).files() {
                take(file.articles, of: file, index, &found)
            }
        }
        if plan.pmc {
            let open = sought.filter { found.texts[$0.id] == nil }
            try await ask(Set(open.flatMap(\.pmcids)), index, &found)
        }
        found.rows.sort { ($0.origin.rawValue, $0.name, $0.position) < ($1.origin.rawValue, $1.name, $1.position) }
        return found
    }

    /// Files each article under its report.
    private func take(
        _ articles: [FullTextArticle], of file: FullTextFolder.File, _ index: Index, _ found: inout FullTextsFound
    ) {
        guard let refusal = file.refusal else {
            for article in articles {
                found.add(article, origin: .folder, name: file.name, reports: index.reports(of: article.record))
            }
            return
        }
        found.rows.append(
            FullTextRow(
                origin: .folder, name: file.name, position: 0, answer: "", report: nil, state: .noArticle, why: refusal)
        )
    }

    private func ask(_ wanted: Set<String>, _ index: Index, _ found: inout FullTextsFound) async throws {
        let before = try context.store.read { try $0.fullTexts() }
        let isAskedAgain = context.options.forced.contains(.screen) || context.options.refetch != nil
        let again = isAskedAgain ? Set(before.filter { $0.origin == .pmc && $0.state != .used }.map(\.name)) : []
        let progress = context.progress
        let retriever = FullTextRetriever(
            archive: context.archive, settings: try context.options.retrieval(run: context.run))
        let outcome = try await retriever.retrieve(wanted.sorted(), again: again) { step in
            progress.stageAdvances(
                .screen, done: step.done, of: step.total, what: "\(step.source): \(step.phase.rawValue) full texts")
        }
        for answer in outcome.answers {
            let delivered = Set(answer.delivered)
            let articles = try FullTextArticle.all(
                in: context.archive.bytes(of: answer.hash), answer: answer.hash, name: "PMC")
            for article in articles {
                guard let id = article.record.pmcid, delivered.contains(id) else { continue }
                found.add(article, origin: .pmc, name: id, reports: index.reports(ofPMC: id))
            }
        }
        for missing in outcome.missing {
            let state: FullTextRow.State = missing.reason == .notAsked ? .notAsked : .notThere
            found.rows.append(
                FullTextRow(
                    origin: .pmc, name: missing.pmcid, position: 0, answer: "",
                    report: index.reports(ofPMC: missing.pmcid).min(), state: state, why: missing.description))
        }
    }

    /// The reports by the ids of their records.
    private struct Index {
        private var byPMID: [PMID: Set<RecordID>] = [:]
        private var byPMC: [String: Set<RecordID>] = [:]
        private var byDOI: [DOI: Set<RecordID>] = [:]

        init(_ reports: [SoughtReport]) {
            for report in reports {
                for id in report.pmids { byPMID[id, default: []].insert(report.id) }
                for id in report.pmcids { byPMC[id, default: []].insert(report.id) }
                for id in report.dois { byDOI[id, default: []].insert(report.id) }
            }
        }

        func reports(of record: Record) -> Set<RecordID> {
            var found = record.pmid.flatMap { byPMID[$0] } ?? []
            found.formUnion(record.pmcid.flatMap { byPMC[$0.uppercased()] } ?? [])
            found.formUnion(record.doi.flatMap { byDOI[$0] } ?? [])
            return found
        }

        func reports(ofPMC id: String) -> Set<RecordID> { byPMC[id.uppercased()] ?? [] }
    }
}

extension FullTextsFound {
    fileprivate mutating func add(
        _ article: FullTextArticle, origin: FullTextRow.Origin, name: String, reports: Set<RecordID>
    ) {
        var row = FullTextRow(
            origin: origin, name: name, position: article.position, answer: article.answer,
            report: reports.count == 1 ? reports.first : nil, state: .notSought)
        switch article.text.body {
        case _ where reports.isEmpty: row.why = "it is \(article.record.id)"
        case _ where reports.count > 1:
            row.state = .ambiguous
            row.why = reports.sorted().map(\.rawValue).joined(separator: " ")
        case .withheld(let words):
            row.state = .withheld
            row.why = words
        case .absent: row.state = .noBody
        case .given:
            guard let report = row.report else { break }
            if texts[report] != nil {
                row.state = .second
            } else {
                row.state = .used
                texts[report] = FoundText(
                    text: article.text,
                    digest: FoundText.digest(answer: article.answer, position: article.position))
            }
        }
        rows.append(row)
    }
}

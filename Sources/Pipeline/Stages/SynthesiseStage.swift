import Bibliography
import Deduplication
import Extraction
import Hashing
import Store

/// Groups the included reports into studies and pools each outcome that the plan names.
struct SynthesiseStage: Stage {
    let name = StageName.synthesise
    let codeVersion = 3

    func settings(_ context: StageContext) -> String { context.plan.canonical(section: .synthesis) }

    /// The values, and the reports they come from: a report without values still belongs to a study.
    func input(_ context: StageContext) throws -> String {
        let corrections = try CorrectionFile.studies.bytes(context.plan)
        return digest(
            of: [try context.output(of: .extract), try context.output(of: .screen), SHA256Digest(of: corrections).hex])
    }

    func run(_ context: StageContext) async throws -> StageResult {
        let given = try context.advanced(from: .extract)
        let reviewed = try context.store.read { try $0.reviewedValues() }
        let values = Dictionary(reviewed.map { ($0.report, $0.values.applied) }, uniquingKeysWith: { a, _ in a })
        let links = try studyLinks(given, values, context)
        let studies = links.studies
        if !links.waiting.isEmpty {
            context.progress.notice(
                "\(links.waiting.count) pairs of reports may tell of one study; `sluice export study-decisions` lists "
                    + "them, and studies.csv beside the pipeline file settles them")
        }
        if let open = ValuesOpen(reviewed.map(\.values)).text { context.progress.notice(open) }

        var results: [String] = []
        var pooled = Set<RecordID>()
        for outcome in context.plan.synthesis.outcomes {
            let table = PoolingTable(outcome: outcome, treatment: context.plan.synthesis.treatment, studies, values)
            pooled.formUnion(table.rows.map(\.report))
            results.append("\(outcome.id) \(try table.resultJSON())")
        }
        let entries = given.map { id in
            pooled.contains(id) ? LedgerEntry.advanced(id) : .removed(id, LedgerReason.noPoolableOutcome)
        }
        let lines = studies.map { "\($0.id) \($0.label): " + $0.reports.map(\.rawValue).joined(separator: " ") }
        return StageResult(
            entries: entries,
            output: digest(of: lines + links.proposals.map { "\($0)" } + results),
            worked: given.count, reused: 0
        ) { transaction in
            try transaction.replace(studies: studies, links: links.proposals.map(\.row))
        }
    }

    /// Which of the included reports tell of one study.
    private func studyLinks(
        _ included: [RecordID], _ values: [RecordID: [ExtractedValue]], _ context: StageContext
    ) throws -> StudyLinks {
        let (all, links) = try context.store.read { (try $0.reports(), try $0.links()) }
        let wanted = Set(included)
        let reports = all.filter { wanted.contains($0.id) }
        let records = try context.records(reports.flatMap(\.records))
        let relations = links.compactMap { link in
            ReportRelation.Kind(rawValue: link.reason).flatMap { kind in
                link.kind == LinkKind.related
                    ? ReportRelation(
                        kind: kind, from: link.a, to: link.b,
                        reason: link.score < 1 ? ReportRelation.fromTheTexts : link.reason) : nil
            }
        }
        let corrections = try CorrectionFile.studies.read(context.plan, known: try context.everIdentified())
        let digests = ReportDigest.all(reports, records: records).map { digest in
            var digest = digest
            digest.add(values[digest.id] ?? [])
            return digest
        }
        return StudyLinker().link(digests, relations: relations, corrections: corrections)
    }
}

extension ReportDigest {
    /// What extraction read of arms, dose and sample goes beside what the linker reads for itself.
    fileprivate mutating func add(_ values: [ExtractedValue]) {
        for value in values {
            switch (value.field, value.value) {
            case ("comparator", .text(let name)):
                // Saline is what the placebo of an infusion is made of.
                let name = name == "saline" ? "placebo" : name
                if !comparators.contains(name) { comparators.append(name) }
            case ("sampleSize", .number(let number)) where number >= 1 && number < 1e6 && value.arm == nil:
                samples = Set(samples + [Int(number)]).sorted()
            case ("dose", .number(let number)) where value.unit == "mg/kg" && !doses.contains("\(number) mg/kg"):
                doses.append("\(number) mg/kg")
            default: break
            }
        }
    }
}

extension StudyProposal {
    fileprivate var row: LinkRow {
        let why =
            reasons.joined(separator: ", ") + (against.isEmpty ? "" : "; against: " + against.joined(separator: ", "))
        let scores: [Strength: Double] = [.possible: 0.5, .strong: 0.9, .person: 1]
        let open = strength == .person ? LinkKind.otherStudy : LinkKind.possibleStudy
        return LinkRow(
            a: a, b: b, kind: applied ? LinkKind.sameStudy : open, reason: why, score: scores[strength] ?? 0)
    }
}

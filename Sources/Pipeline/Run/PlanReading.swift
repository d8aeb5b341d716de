import Bibliography
package import Extraction
package import Screening

/// What the stages ask of a plan.
extension Plan {
    /// The file's name for messages.
    package var path: String { folder + "/" + Self.fileName }

    /// nil where the plan has no criteria: then nothing is decided by rules.
    package var screeningDeclaration: ScreeningDeclaration? {
        screening.declaration.criteria.isEmpty ? nil : screening.declaration
    }

    /// Criteria in order of precedence, with what people call them.
    package var criterionLabels: [(id: String, label: String)] {
        screening.declaration.criteria.map { criterion in
            let texts = [criterion.label ?? "", criterion.question, criterion.id.text]
            return (criterion.id.text, texts.first { !$0.isEmpty } ?? "")
        }
    }

    func label(ofCriterion id: String) -> String { criterionLabels.first { $0.id == id }?.label ?? id }

    /// People's exclusions are made on full texts.
    var assessesFullText: Bool { screening.assessedOn == .fullText }

    /// The reasons that a person may exclude a report for: the criteria, and that its full text cannot be had.
    package var exclusionReasons: [String] {
        criterionLabels.map(\.id) + (assessesFullText || fullTexts != nil ? [LedgerReason.notRetrieved] : [])
    }

    /// Whether any source is asked over the network.
    var asksServices: Bool { sources.contains { $0.kind != .file } }

    /// The form that the stage extract fills in; without a list of its own, every field that is known.
    package func extractionForm() throws -> ExtractionForm {
        extraction.fields.isEmpty ? .standard : try ExtractionForm(ids: extraction.fields)
    }

    /// How the records of a source are named; see `RecordNaming`.
    func naming(of source: String) -> RecordNaming {
        guard let position = sources.firstIndex(where: { $0.id == source }) else {
            return RecordNaming(source: source, rule: .prefixed)
        }
        let earlier = sources[..<position]
        let hasPubMed = sources.contains { $0.kind == .pubmed }
        let hasEarlierFile = earlier.contains { $0.kind == .file }
        let kind = sources[position].kind
        switch kind {
        case .pubmed, .clinicaltrials:
            return RecordNaming(source: source, rule: earlier.contains { $0.kind == kind } ? .prefixed : .asRead)
        case .file:
            return RecordNaming(
                source: source,
                rule: .file(
                    prefixPubMed: hasPubMed || hasEarlierFile, prefixKeys: hasEarlierFile))
        }
    }
}

/// Reads a document once and finds what screening and extraction work with.
///
///     let annotations = Annotator().annotate(Document(record))
///
/// Every section is split into words, numbers and signs once; each finder then walks those. Vocabularies stand in
/// `Vocabulary/`, one file a subject; a finder adds the grammar around them.
package struct Annotator: Sendable {
    private let lexicon: Lexicon
    private let tokenizer: Tokenizer
    private let interest: Set<String>

    /// `interest`: the canonical names of the drugs that a review asks about. Findings of any other drug are marked
    /// `otherDrug`; without it, the drug that a document speaks of most is taken for the one of interest.
    ///
    /// `names`: what the review adds to the vocabulary.
    package init(interest: [String] = [], names: OwnNames = OwnNames()) {
        self.interest = Set(interest.map(DrugRelation.family))
        lexicon = Lexicon.with(names)
        tokenizer = Tokenizer(lexicon: lexicon)
    }

    /// The findings, in the order of the document. Every span lies within its section, on character boundaries.
    ///
    /// `kinds`: what is looked for at the least. The findings of a kind are the same whatever else is asked for.
    package func annotate(_ document: Document, for kinds: FindingKinds = .all) -> Annotations {
        Annotations(items: read(document).findings(kinds))
    }

    /// Reads a document, to be asked for its findings later, kind by kind.
    package func read(_ document: Document) -> ReadDocument {
        let scene = Scene(document, lexicon: lexicon, tokenizer: tokenizer, interest: interest)
        return ReadDocument(document: document, scene: scene)
    }
}

extension Annotation.Value {
    /// A fixed order among findings at the same place.
    var order: Int {
        switch self {
        case .heading: 0
        case .drug: 1
        case .dose: 2
        case .route: 3
        case .duration: 4
        case .age: 5
        case .sampleSize: 6
        case .failedTreatments: 7
        case .diagnosis: 8
        case .design: 9
        case .scale: 10
        case .time: 11
        case .registration: 12
        case .percentage: 13
        case .outcome: 14
        case .score: 15
        case .infusions: 16
        case .schedule: 17
        case .women: 18
        case .adverseEvent: 19
        case .country: 20
        case .funding: 21
        case .effect: 22
        case .relapseTime: 23
        case .setting: 24
        case .conflicts: 25
        }
    }
}

extension Annotation.Value {
    /// What has to be asked for, for a finding of this value to be looked for.
    package var kind: FindingKinds {
        switch self {
        case .heading: .heading
        case .drug: .drug
        case .dose: .dose
        case .route: .route
        case .duration: .duration
        case .age: .age
        case .sampleSize: .sampleSize
        case .failedTreatments: .failedTreatments
        case .diagnosis: .diagnosis
        case .design: .design
        case .scale: .scale
        case .time: .time
        case .registration: .registration
        case .percentage: .percentage
        case .outcome, .score, .infusions, .schedule, .women, .adverseEvent, .country, .funding, .effect, .relapseTime,
            .setting, .conflicts:
            .extracted
        }
    }
}

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
    package init(interest: [String] = []) {
        self.interest = Set(interest.map(DrugRelation.family))
        lexicon = Lexicon.shared
        tokenizer = Tokenizer(lexicon: lexicon)
    }

    /// All findings, in the order of the document. Every span lies within its section, on character boundaries.
    package func annotate(_ document: Document) -> Annotations {
        let scene = Scene(document, lexicon: lexicon, tokenizer: tokenizer, interest: interest)
        var items: [Annotation] = []
        items.reserveCapacity(64)
        for reading in scene.readings where !reading.tokens.isEmpty {
            let start = items.count
            HeadingFinder.find(in: reading, into: &items)
            DrugFinder.find(in: reading, scene, into: &items)
            RouteFinder.find(in: reading, scene, into: &items)
            DiagnosisFinder.find(in: reading, scene, into: &items)
            DesignFinder.find(in: reading, scene, into: &items)
            AgeFinder.find(in: reading, scene, into: &items)
            if reading.field == .title || reading.field == .abstract || reading.field == .body {
                DoseFinder.find(in: reading, scene, into: &items)
                DurationFinder.find(in: reading, scene, into: &items)
                TimeFinder.find(in: reading, scene, into: &items)
                SampleSizeFinder.find(in: reading, scene, into: &items)
                PercentageFinder.find(in: reading, scene, into: &items)
                RegistrationFinder.find(in: reading, into: &items)
                EudraCTFinder.find(in: reading, into: &items)
                OutcomeFinder.find(in: reading, scene, into: &items)
                ScoreFinder.find(in: reading, scene, into: &items)
                CourseFinder.find(in: reading, scene, into: &items)
                WomenFinder.find(in: reading, scene, into: &items)
                SettingFinder.find(in: reading, scene, into: &items)
                FailedTreatmentFinder.find(in: reading, scene, into: &items)
                ScaleFinder.find(in: reading, scene, into: &items)
            }
            // Insertion order breaks ties, so that the same text always gives the same list.
            items[start...].sort { a, b in
                (a.span.start, a.span.end, a.value.order) < (b.span.start, b.span.end, b.value.order)
            }
        }
        return Annotations(items: items)
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
        }
    }
}

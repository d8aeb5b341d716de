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

    /// The findings, in the order of the document. Every span lies within its section, on character boundaries.
    ///
    /// `kinds`: what is looked for at the least. The findings of a kind are the same whatever else is asked for.
    package func annotate(_ document: Document, for kinds: FindingKinds = .all) -> Annotations {
        let scene = Scene(document, lexicon: lexicon, tokenizer: tokenizer, interest: interest)
        let kinds = kinds.contains(.extracted) ? .all : kinds
        var items: [Annotation] = []
        items.reserveCapacity(64)
        let tables = TableFinder.find(in: document, scene)
        for reading in scene.readings where !reading.tokens.isEmpty {
            let start = items.count
            if document.sections[reading.section].cell == nil {
                find(kinds, in: reading, scene, into: &items)
            } else {
                items += (tables[reading.section] ?? []).filter { kinds.contains($0.value.kind) }
            }
            // Insertion order breaks ties, so that the same text always gives the same list.
            items[start...].sort { a, b in
                (a.span.start, a.span.end, a.value.order) < (b.span.start, b.span.end, b.value.order)
            }
        }
        return Annotations(items: items)
    }

    private func find(_ kinds: FindingKinds, in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        if kinds.contains(.heading) { HeadingFinder.find(in: reading, into: &items) }
        if kinds.contains(.drug) { DrugFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.route) { RouteFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.diagnosis) { DiagnosisFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.design) { DesignFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.age) { AgeFinder.find(in: reading, scene, into: &items) }
        guard reading.field == .title || reading.field == .abstract || reading.field == .body else { return }
        if kinds.contains(.dose) { DoseFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.duration) { DurationFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.time) { TimeFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.sampleSize) { SampleSizeFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.percentage) { PercentageFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.registration) {
            RegistrationFinder.find(in: reading, into: &items)
            EudraCTFinder.find(in: reading, into: &items)
        }
        if kinds.contains(.extracted) {
            OutcomeFinder.find(in: reading, scene, into: &items)
            HarmFinder.find(in: reading, scene, into: &items)
            ScoreFinder.find(in: reading, scene, into: &items)
            CourseFinder.find(in: reading, scene, into: &items)
            WomenFinder.find(in: reading, scene, into: &items)
            SettingFinder.find(in: reading, scene, into: &items)
            EffectFinder.find(in: reading, scene, into: &items)
            RelapseTimeFinder.find(in: reading, scene, into: &items)
            TreatmentSettingFinder.find(in: reading, scene, into: &items)
            ConflictFinder.find(in: reading, into: &items)
        }
        if kinds.contains(.failedTreatments) { FailedTreatmentFinder.find(in: reading, scene, into: &items) }
        if kinds.contains(.scale) { ScaleFinder.find(in: reading, scene, into: &items) }
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
    var kind: FindingKinds {
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

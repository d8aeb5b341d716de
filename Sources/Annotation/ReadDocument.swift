/// A document that was read once, and is asked for what it says. Whoever needs one kind of finding does not wait for the
/// others.
package final class ReadDocument {
    private let document: Document
    private let scene: Scene
    private let tables: [Int: [Annotation]]

    init(document: Document, scene: Scene) {
        self.document = document
        self.scene = scene
        tables = TableFinder.find(in: document, scene)
    }

    /// The findings of these kinds at the least, in the order of the document.
    package func findings(_ kinds: FindingKinds) -> [Annotation] {
        let kinds = kinds.contains(.extracted) ? .all : kinds
        var items: [Annotation] = []
        for reading in scene.readings where !reading.tokens.isEmpty {
            let start = items.count
            if document.sections[reading.section].cell == nil {
                find(kinds, in: reading, into: &items)
            } else {
                items += (tables[reading.section] ?? []).filter { kinds.contains($0.value.kind) }
            }
            // Insertion order breaks ties, so that the same text always gives the same list.
            items[start...].sort { a, b in
                (a.span.start, a.span.end, a.value.order) < (b.span.start, b.span.end, b.value.order)
            }
        }
        return items
    }

    private func find(_ kinds: FindingKinds, in reading: Reading, into items: inout [Annotation]) {
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

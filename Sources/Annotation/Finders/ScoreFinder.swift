/// Mean scores and changes of a rating scale with their deviation, arm by arm: `MADRS 33.2 (SD 5.1) at baseline`.
enum ScoreFinder {
    static func find(in reading: Reading, _ scene: Scene, into items: inout [Annotation]) {
        guard reading.field == .abstract || reading.field == .body else { return }
        let scales = reading.marks.filter { $0.kind == .scale && !staging.contains(reading.concept($0).name) }
        guard !scales.isEmpty else { return }
        for sentence in reading.sentences {
            guard sentence.zone != .background, sentence.zone != .objective, !sentence.isPrior else { continue }
            let own = scales.filter { sentence.first <= Int($0.first) && Int($0.last) < sentence.end }
            guard !own.isEmpty else { continue }
            let scores = scores(reading, sentence, own)
            guard !scores.isEmpty, !isOfCoefficients(reading, sentence) else { continue }
            let doses = OutcomeArm.doses(reading, items)
            let times = times(of: scores, moments(reading, items, sentence), sentence)
            for group in groups(scores) {
                tell(group, in: reading, scene, sentence, doses, times, into: &items)
            }
        }
    }

    /// Scales by which people are chosen, not measured.
    private static let staging: Set<String> = ["ATHF", "MGH-ATRQ", "MSM", "Thase-Rush"]

    /// `were inversely associated with BMI (-0.28 ± 0.12)`: no score.
    private static func isOfCoefficients(_ reading: Reading, _ sentence: Reading.Sentence) -> Bool {
        (sentence.first..<sentence.end).contains { at in
            reading.isWord(
                at,
                of: ["associated", "association", "correlated", "correlation", "regression", "coefficient", "slope"])
        }
    }

    // MARK: What stands in a sentence

    /// A number of a sentence with what it is of.
    private struct Told {
        var quantity: ScoreQuantity
        var scale: Mark
        var kind: Score.Kind
        var mean: Double
        /// It is the first number behind the name of its scale.
        var isNextToScale: Bool
    }

    private static func scores(_ reading: Reading, _ sentence: Reading.Sentence, _ scales: [Mark]) -> [Told] {
        let names = Set(scales.map { reading.concept($0).name })
        let hasUnits = names.isDisjoint(with: ScoreChange.known)
        let quantities = ScoreQuantity.all(reading, sentence, hasUnits: hasUnits)
        var scores: [Told] = []
        var cue: ScoreCue?
        for (index, quantity) in quantities.enumerated() {
            let start = index > 0 ? quantities[index - 1].last + 1 : sentence.first
            let next = index + 1 < quantities.count ? quantities[index + 1].first : sentence.end
            cue = ScoreCue(reading, quantity, from: start, to: next, sentence, inherited: cue)
            guard let cue, let kind = cue.kind, let scale = scale(reading, quantities, index, scales) else { continue }
            let change = kind == .change ? cue.change : nil
            let mean = change?.signed(quantity.mean, on: reading.concept(scale).name) ?? quantity.mean
            let isNext = Int(scale.last) < quantity.first && start <= Int(scale.first)
            scores.append(Told(quantity: quantity, scale: scale, kind: kind, mean: mean, isNextToScale: isNext))
        }
        return scores
    }

    /// The scale before a number, or close behind it (`a reduction of 14.2 ± 8.9 points on the MADRS`). nil where two scales
    /// stand together, so that it cannot be told.
    private static func scale(
        _ reading: Reading, _ quantities: [ScoreQuantity], _ index: Int, _ scales: [Mark]
    ) -> Mark? {
        let quantity = quantities[index]
        guard let last = scales.last(where: { Int($0.last) < quantity.first }) else {
            // The number that stands nearest to the name; those before it are of the same scale.
            return scales.first { scale in
                quantities.last { $0.last < Int(scale.first) }.map { isOf(reading, $0, scale) } ?? false
            }
        }
        let name = reading.concept(last).name
        let isTogether = scales.contains { other in
            Int(other.last) < Int(last.first) && reading.concept(other).name != name
                && !quantities.contains { $0.first > Int(other.last) && $0.last < Int(last.first) }
        }
        return isTogether ? nil : last
    }

    /// `14.2 ± 8.9 points on the MADRS`
    private static func isOf(_ reading: Reading, _ quantity: ScoreQuantity, _ scale: Mark) -> Bool {
        let between = quantity.last + 1..<Int(scale.first)
        guard between.count <= 6, between.contains(where: { reading.isWord($0, of: ["in", "on", "of"]) }) else {
            return false
        }
        return between.allSatisfy { at in
            reading.tokens[at].kind == .word && !reading.isAny(at, .and) || reading.isSign(at, Sign.hyphen)
        }
    }

    // MARK: Arms and times

    /// What belongs to one arm: a number, or `from 30.6 ± 6 to 20.3 ± 11` with both ends.
    private typealias Place = [Told]

    /// Places that stand side by side, of one scale and kind.
    private static func groups(_ scores: [Told]) -> [[Place]] {
        var places: [Place] = []
        for score in scores {
            if score.kind == .endpoint, let last = places.last, last.count == 1, last[0].kind == .baseline,
                last[0].scale.concept == score.scale.concept, score.quantity.first - last[0].quantity.last <= 6
            {
                places[places.count - 1].append(score)
            } else {
                places.append([score])
            }
        }
        var groups: [[Place]] = []
        for place in places {
            if let last = groups.last?.first, last[0].scale.concept == place[0].scale.concept,
                last.map(\.kind) == place.map(\.kind)
            {
                groups[groups.count - 1].append(place)
            } else {
                groups.append([place])
            }
        }
        return groups
    }

    private static func tell(
        _ group: [Place], in reading: Reading, _ scene: Scene, _ sentence: Reading.Sentence,
        _ doses: [OutcomeArm.PrintedDose], _ times: [Int: Double], into items: inout [Annotation]
    ) {
        var quantities = group.map {
            OutcomeQuantity(first: $0[0].quantity.first, last: $0[$0.count - 1].quantity.last)
        }
        // `in the ketamine group MADRS scores fell from`, `MADRS in the ketamine group was`: its words belong to a number.
        for (index, place) in group.enumerated() where place[0].isNextToScale {
            quantities[index].first = Int(place[0].scale.first)
        }
        guard
            let arms = OutcomeArm.sideBySide(reading, scene, quantities, sentence, doses)
                ?? inTurn(group, times, reading, sentence)
        else { return }
        for (place, arm) in zip(group, arms) {
            for told in place {
                let start = told.isNextToScale ? Int(told.scale.first) : told.quantity.first
                let score = Score(
                    kind: told.kind, mean: told.mean, sd: told.quantity.deviation,
                    scale: reading.concept(told.scale).name, arm: arm?.name, dose: arm?.dose,
                    hours: told.kind == .baseline ? 0 : times[told.quantity.first])
                items.append(
                    Annotation(
                        span: reading.span(start, told.quantity.last), value: .score(score),
                        context: scene.context(reading, start, told.quantity.last), drug: arm?.name))
            }
        }
    }

    /// `33.4 ± 5.2 at baseline, 15.1 ± 9.9 at 24 hours and 20.2 ± 10.0 at 7 days`: the whole study's, where no drug is named
    /// and each number has a time of its own.
    private static func inTurn(
        _ group: [Place], _ times: [Int: Double], _ reading: Reading, _ sentence: Reading.Sentence
    ) -> [OutcomeArm?]? {
        let isOfDrugs = reading.drugs.contains { index in
            sentence.first <= Int(reading.marks[index].first) && Int(reading.marks[index].last) < sentence.end
        }
        let hours = group.compactMap { times[$0[$0.count - 1].quantity.first] }
        guard !isOfDrugs, hours.count == group.count, Set(hours).count == group.count else { return nil }
        return group.map { _ in nil }
    }

    // MARK: Times

    private typealias Moment = (first: Int, hours: Double)

    /// Points in time after baseline that a sentence names, in their order.
    private static func moments(
        _ reading: Reading, _ items: [Annotation], _ sentence: Reading.Sentence
    ) -> [Moment] {
        let moments = items.compactMap { item -> Moment? in
            guard item.span.section == reading.section, case .time(let time) = item.value, time.hours > 0,
                let first = reading.token(startingAt: item.span.start), sentence.first <= first, first < sentence.end
            else { return nil }
            return (first, time.hours)
        }
        return moments.sorted { $0.first < $1.first }
    }

    /// The hours of each number, by its first token: the only time of the sentence; of several the one before the number,
    /// or behind it where all stand behind theirs.
    private static func times(
        of scores: [Told], _ moments: [Moment], _ sentence: Reading.Sentence
    ) -> [Int: Double] {
        var times: [Int: Double] = [:]
        let isOne = Set(moments.map(\.hours)).count <= 1
        for (index, told) in scores.enumerated() {
            let (first, last) = (told.quantity.first, told.quantity.last)
            let end = index + 1 < scores.count ? scores[index + 1].quantity.first : sentence.end
            let behind = moments.filter { $0.first > last && $0.first < end }
            if isOne {
                times[first] = moments.first?.hours
            } else if let before = moments.last(where: { $0.first < first }),
                moments[0].first < scores[0].quantity.first
            {
                if behind.isEmpty { times[first] = before.hours }
            } else if behind.count == 1 {
                times[first] = behind[0].hours
            }
        }
        return times
    }
}

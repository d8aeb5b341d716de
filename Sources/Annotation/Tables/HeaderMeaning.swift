/// What a header of a table says of the cells it stands over or beside.
struct HeaderMeaning {
    /// What kind of number a header announces.
    struct Statistic: OptionSet {
        let rawValue: Int
        static let mean = Statistic(rawValue: 1 << 0)
        static let deviation = Statistic(rawValue: 1 << 1)
        static let count = Statistic(rawValue: 1 << 2)
        static let percent = Statistic(rawValue: 1 << 3)
        /// The percentage is printed before the count.
        static let percentFirst = Statistic(rawValue: 1 << 4)
        /// Median, range, standard error, interval: read, and not taken for a mean with its deviation.
        static let other = Statistic(rawValue: 1 << 5)
    }

    /// What a row or column is about.
    enum Subject: Equatable {
        case scale(String)
        case event(Outcome.Kind)
        case people(SampleSize.Role)
        case age, women
        case dose(Dose.Unit?)
    }

    /// Drugs named, one each.
    var arms: [String] = []
    /// `0.5 mg/kg`, where exactly one dose is named.
    var dose: String?
    /// `(n = 13)`, and where it stands.
    var size: (count: Int, first: Int, last: Int)?
    var hours: Set<Double> = []
    var isBaseline = false
    /// The word of a change that it names.
    var change: ScoreChange?
    var isEnd = false
    var statistic: Statistic = []
    var subjects: [Subject] = []
    /// Counts those whom an outcome did not befall: `Non-responders`, `No remission`.
    var isDenied = false
    /// The measure of effect that the words name, and whether they announce its p.
    var measure: Effect.Measure?
    var isP = false
    /// All participants together.
    var isTotal = false
    /// A comparison between arms, or other people: nothing of an arm as such.
    var isApart = false
    /// Says that what it stands over or beside are adverse events.
    var isHarm = false
    /// `leading to`, `resulting in`.
    var isCause = false
    /// `Baseline characteristics`, `Demographics`.
    var isOfBaseline = false
    /// Counts occurrences, not people: `No. of events`.
    var isOccurrences = false
    /// Over a column: those of an arm who were sorted out by their outcome or sex.
    var isPart = false

    /// Whether the words say anything that is understood.
    var isUnderstood: Bool {
        !arms.isEmpty || size != nil || !hours.isEmpty || isBaseline || change != nil || isEnd || !statistic.isEmpty
            || !subjects.isEmpty || isTotal || dose != nil
    }

    init(_ reading: Reading, _ scene: Scene) {
        let lowered = String(decoding: reading.bytes, as: UTF8.self).lowercased()
        let words = lowered.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        readArms(reading, scene)
        readTimes(reading)
        for index in reading.tokens.indices {
            if reading.isAny(index, .baseline) { isBaseline = true }
            guard reading.isWord(index, "n"), reading.isSign(index + 1, Sign.equals), let count = reading.at(index + 2),
                count.kind == .number, !count.has(.decimal), count.value >= 1, count.value < 1e6
            else { continue }
            size = (Int(count.value), index, index + 2)
        }
        readStatistic(lowered, words)
        readMeasure(reading, lowered, words)
        readSubjects(reading, scene, words)
        isTotal =
            words.count <= 4 && words.contains { Self.totals.contains($0) } && !words.contains("score")
            && subjects.isEmpty && arms.isEmpty
        isApart = arms.count > 1 || words.contains { Self.apart.contains($0) }
        // `Responders, n (%)` counts an event; `Ketamine responders (n = 6)` names some people.
        isCause = lowered.contains("leading to") || lowered.contains("resulting in") || lowered.contains("that led to")
        isOfBaseline = words.contains { ["baseline", "characteristics", "demographic", "demographics"].contains($0) }
        isHarm = AdverseEvents.announces(lowered, words)
        isOccurrences =
            !Set(words).isDisjoint(with: ["events", "episodes", "occurrences"])
            && words.allSatisfy { Self.ofOccurrences.contains($0) }
        isPart =
            words.contains { Self.parts.contains($0) } && (!arms.isEmpty || size != nil || statistic.isEmpty)
        if words.contains("baseline") || words.contains("preinfusion") { isBaseline = true }
    }

    private static let ofOccurrences: Set<String> = [
        "no", "number", "of", "n", "events", "episodes", "occurrences", "total", "e",
    ]
    private static let totals: Set<String> = ["total", "all", "overall", "combined", "everyone"]
    private static let parts: Set<String> = [
        "responders", "nonresponders", "responder", "nonresponder", "non", "remitters", "nonremitters", "completers",
        "male", "males", "men", "women", "female", "females",
    ]
    private static let apart: Set<String> = [
        "controls", "healthy", "difference", "differences", "effect", "ratio", "hedges",
        "cohen", "versus", "vs", "comparison", "statistic", "chi", "df", "test", "p", "t", "f", "z", "or", "rr", "hr",
        "nnt", "correlation", "coefficient", "estimate", "study", "reference", "author",
    ]

    private mutating func readArms(_ reading: Reading, _ scene: Scene) {
        for index in reading.drugs {
            let name = reading.concept(reading.marks[index]).name
            // `saline placebo` is one arm.
            if DrugRelation.isInert(name), arms.contains(where: DrugRelation.isInert) { continue }
            if !arms.contains(name) { arms.append(name) }
        }
        var found: [Annotation] = []
        DoseFinder.find(in: reading, scene, into: &found)
        let doses = found.compactMap { item in
            if case .dose(let dose) = item.value, dose.low == dose.high { dose } else { nil }
        }
        if doses.count == 1, let only = doses.first { dose = "\(only.low) \(only.unit.rawValue)" }
    }

    /// `24 h`, `Day 7`, `Week 4`; not `over 40 min`.
    private mutating func readTimes(_ reading: Reading) {
        for index in reading.tokens.indices where reading.isNumber(index) {
            let number = reading.tokens[index]
            let minutes: Double?
            if let unit = TimeUnit.unit(reading, after: index) {
                if reading.isAny(index - 1, [.over, .per]) || reading.isWord(index - 1, "for")
                    || reading.isAny(unit.last + 1, .infusion)
                {
                    continue
                }
                minutes = unit.minutes
            } else if let before = reading.at(index - 1), before.end - before.start >= 3 {
                minutes = TimeUnit.minutes(of: before)
            } else {
                minutes = nil
            }
            guard let minutes, !number.has(.spelled), number.value <= 1000 else { continue }
            let total = number.value * minutes
            hours.insert(total >= 230 && total <= 240 ? 4 : (total / 60 * 1e6).rounded() / 1e6)
        }
    }

    private mutating func readStatistic(_ lowered: String, _ words: [String]) {
        let wordSet = Set(words)
        if lowered.contains("%") || wordSet.contains("percent") || wordSet.contains("percentage") {
            statistic.insert(.percent)
        }
        let isNumbered = size == nil && wordSet.contains("n") || wordSet.contains("no") || wordSet.contains("number")
        if isNumbered { statistic.insert(.count) }
        if lowered.contains("% (n") || lowered.contains("%(n") { statistic.insert(.percentFirst) }
        if wordSet.contains("mean") || wordSet.contains("means") { statistic.insert(.mean) }
        if wordSet.contains("sd") || lowered.contains("s.d.") || lowered.contains("standard deviation") {
            statistic.insert(.deviation)
        }
        if !wordSet.isDisjoint(with: ["se", "sem", "ci", "confidence", "median", "iqr", "range", "interquartile"])
            || lowered.contains("standard error")
        {
            statistic.insert(.other)
        }
        if !wordSet.isDisjoint(with: ["reduction", "decrease"]) {
            change = .fall
        } else if wordSet.contains("improvement") {
            change = .improvement
        } else if !wordSet.isDisjoint(with: ["change", "changes"]) {
            change = .any
        }
        isEnd =
            !wordSet.isDisjoint(with: ["endpoint", "post", "posttreatment"]) || lowered.contains("end of treatment")
    }

    /// `Mean difference (95% CI)`, `OR`, `Hedges' g`, `p value`.
    private mutating func readMeasure(_ reading: Reading, _ lowered: String, _ words: [String]) {
        let short: [(StaticString, Effect.Measure)] = [
            ("or", .OR), ("rr", .RR), ("hr", .HR), ("rd", .RD), ("md", .MD), ("smd", .SMD),
        ]
        let long: [(String, Effect.Measure)] = [
            ("odds ratio", .OR), ("risk ratio", .RR), ("relative risk", .RR), ("rate ratio", .RR),
            ("hazard ratio", .HR),
            ("risk difference", .RD), ("standardized mean difference", .SMD), ("standardised mean difference", .SMD),
            ("effect size", .SMD), ("hedges", .SMD), ("cohen", .SMD), ("mean difference", .MD),
            ("difference in means", .MD), ("difference between groups", .MD), ("between-group difference", .MD),
            ("difference vs", .MD), ("difference from", .MD), ("treatment difference", .MD),
        ]
        measure = long.first { lowered.contains($0.0) }?.1
        for index in reading.tokens.indices where measure == nil && reading.tokens[index].has(.upper) {
            measure = short.first { reading.isWord(index, $0.0) }?.1
        }
        isP = words == ["p"] || words == ["p", "value"] || words == ["pvalue"]
    }

    private static let denials: Set<String> = [
        "non", "nonresponders", "nonresponder", "nonresponse", "nonremitters", "nonremitter", "nonremission",
    ]
    private static let ofAge: Set<String> = [
        "age", "years", "year", "yr", "yrs", "y", "mean", "sd", "s", "d", "standard", "deviation", "at", "baseline",
        "enrolment", "enrollment", "recruitment", "entry", "inclusion", "randomization", "randomisation", "in", "of",
        "patients", "participants", "subjects", "median", "range", "n", "the",
    ]
    private static let ofWomen: Set<String> = [
        "women", "female", "females", "sex", "gender", "n", "no", "number", "percent", "percentage", "of", "patients",
        "participants", "subjects", "the",
    ]

    private mutating func readSubjects(_ reading: Reading, _ scene: Scene, _ words: [String]) {
        var found: [Annotation] = []
        ScaleFinder.find(in: reading, scene, into: &found)
        for item in found {
            guard case .scale(let scale) = item.value, !subjects.contains(.scale(scale.name)) else { continue }
            subjects.append(.scale(scale.name))
        }
        for mark in reading.marks where mark.kind == .outcome {
            guard let kind = Outcome.Kind(rawValue: reading.concept(mark).name), !subjects.contains(.event(kind)) else {
                continue
            }
            if OutcomeFinder.isDenied(reading, mark) {
                isDenied = true
                continue
            }
            subjects.append(.event(kind))
        }
        let wordSet = Set(words)
        if !wordSet.isDisjoint(with: Self.denials) { isDenied = true }
        // `Age at menarche` and `female relatives` are something else.
        if wordSet.contains("age"), wordSet.isSubset(of: Self.ofAge) { subjects.append(.age) }
        if !wordSet.isDisjoint(with: ["women", "female", "females"]), wordSet.isSubset(of: Self.ofWomen) {
            subjects.append(.women)
        }
        if wordSet.contains("dose") || wordSet.contains("dosage") {
            let text = String(decoding: reading.bytes, as: UTF8.self).lowercased()
            let isPerWeight = text.contains("mg/kg")
            subjects.append(.dose(isPerWeight ? .milligramsPerKilogram : text.contains("mg") ? .milligrams : nil))
        }
        let role: SampleSize.Role?
        if words.contains(where: { $0.hasPrefix("randomi") }) {
            role = .randomised
        } else if words.contains(where: { $0.hasPrefix("analy") }) {
            role = .analysed
        } else if words.contains(where: { $0.hasPrefix("complete") }) {
            role = .completed
        } else if wordSet.contains("treated") {
            role = .treated
        } else if words == ["n"] || words == ["participants"] || words == ["patients"] || words == ["sample", "size"]
            || words == ["number", "of", "patients"] || words == ["number", "of", "participants"]
        {
            role = .unspecified
        } else {
            role = nil
        }
        if let role, subjects.isEmpty { subjects.append(.people(role)) }
    }
}

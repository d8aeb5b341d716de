import Annotation

/// All queries of all rules as one table of small steps. What several rules ask alike stands in it once, and a document
/// answers it once.
struct QueryProgram: Sendable {
    enum Kind: UInt8, Sendable { case term, heading, measure, and, or, not, near }

    /// One step. Without references, so that reading it costs nothing but its bytes.
    struct Step: Sendable {
        var kind: Kind
        var ordered = false
        var scope: ScopeMask = ScopeMask(bits: 0)
        /// For terms the words, for the others the steps they are made of: a range of `operands`. For headings and
        /// measures `first` is an index into their list.
        var first: Int32 = 0
        var count: Int32 = 0
        var distance: Int32 = 0
    }

    private(set) var matcher = WordMatcher()
    private(set) var steps: [Step] = []
    private(set) var operands: [Int32] = []
    private(set) var headings: [HeadingSet] = []
    private(set) var measures: [MeasureCondition] = []
    private var known: [Query: Int32] = [:]
    /// What each step answers before a text is looked at (see `Reading`): a term whose words are nowhere, and a heading
    /// that the record does not have, do not hold.
    private(set) var blank: [UInt8] = []
    /// For each word, the terms that begin with it: a range of `terms`.
    private(set) var termsByWord: [Range<Int32>] = []
    private(set) var terms: [Int32] = []
    private var termsWhileGrowing: [Int32: [Int32]] = [:]
    /// Which heading steps a heading or publication type answers, by its folded name or identifier.
    private(set) var meshSteps: [String: [Int32]] = [:]
    private(set) var typeSteps: [String: [Int32]] = [:]

    /// The step that answers a query, new or known.
    mutating func intern(_ query: Query) -> Int32 {
        if let step = known[query] { return step }
        let step: Step
        switch query {
        case .term(let words, let scope):
            step = list(.term, words.map { matcher.intern($0) }, scope: ScopeMask(scope))
        case .heading(let set):
            headings.append(set)
            step = Step(kind: .heading, first: Int32(headings.count - 1))
        case .measure(let condition):
            measures.append(condition)
            step = Step(kind: .measure, first: Int32(measures.count - 1))
        case .and(let parts): step = list(.and, Self.wordsFirst(parts).map { intern($0) })
        case .or(let parts): step = list(.or, Self.wordsFirst(parts).map { intern($0) })
        case .not(let part): step = list(.not, [intern(part)])
        case .near(let a, let b, let distance, let ordered):
            var near = list(.near, [intern(a), intern(b)])
            near.distance = Int32(clamping: distance)
            near.ordered = ordered
            step = near
        }
        steps.append(step)
        let number = Int32(steps.count - 1)
        switch query {
        case .term(let words, _):
            // Nothing is a term of no words; it holds nowhere.
            blank.append(Reading.doesNotHold)
            if !words.isEmpty { termsWhileGrowing[operands[Int(step.first)], default: []].append(number) }
        case .heading: blank.append(Reading.doesNotHold)
        case .measure, .and, .or, .not, .near: blank.append(Reading.notAsked)
        }
        known[query] = number
        if case .heading(let set) = query { index(set, number) }
        return number
    }

    /// Makes ready for texts; nothing is interned after it.
    mutating func seal() {
        matcher.seal()
        termsByWord = matcher.words.indices.map { word in
            let start = Int32(terms.count)
            terms += termsWhileGrowing[Int32(word)] ?? []
            return start..<Int32(terms.count)
        }
        termsWhileGrowing = [:]
    }

    /// Words are looked up, findings looked for: often enough the words decide.
    private static func wordsFirst(_ parts: [Query]) -> [Query] {
        parts.filter { !$0.asksForFindings } + parts.filter(\.asksForFindings)
    }

    private mutating func list(_ kind: Kind, _ items: [Int32], scope: ScopeMask = ScopeMask(bits: 0)) -> Step {
        let first = Int32(operands.count)
        operands += items
        return Step(kind: kind, scope: scope, first: first, count: Int32(items.count))
    }

    private mutating func index(_ set: HeadingSet, _ step: Int32) {
        for key in set.names.union(set.identifiers).sorted() {
            if set.field == .mesh {
                meshSteps[key, default: []].append(step)
            } else {
                typeSteps[key, default: []].append(step)
            }
        }
    }

    /// Where the operands of a step stand.
    @inline(__always)
    func operandRange(_ step: Step) -> Range<Int> { Int(step.first)..<Int(step.first + step.count) }
}

/// A field scope in bits: a term asks it of every place.
struct ScopeMask: Sendable, Hashable {
    /// The fields' bits, then those of the parts of an abstract.
    var bits: UInt16

    init(bits: UInt16) { self.bits = bits }

    init(_ scope: FieldScope) {
        bits = 0
        for field in scope.fields { bits |= Self.bit(field) }
        for (index, part) in AbstractPart.allCases.enumerated() where scope.parts.contains(part) {
            bits |= 1 << (8 + UInt16(index))
        }
    }

    @inline(__always)
    static func bit(_ field: Document.Field) -> UInt16 {
        switch field {
        case .title: 1
        case .abstract: 2
        case .mesh: 4
        case .keywords: 8
        case .publicationTypes: 16
        case .body: 32
        }
    }

    static func bit(_ part: AbstractPart) -> UInt16 {
        switch part {
        case .background: 1 << 8
        case .objective: 1 << 9
        case .methods: 1 << 10
        case .results: 1 << 11
        case .conclusions: 1 << 12
        }
    }

    var namesParts: Bool { bits >> 8 != 0 }
}

import Annotation

/// All queries of all rules as one table of small steps. What several rules ask alike stands in it once, and a document
/// answers it once.
///
/// A class, so that the threads that read it count one reference and not those of all its tables.
final class QueryProgram: Sendable {
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
        /// Of a term: which of its words it is looked up by, counted from its first, and the number of that word.
        var anchor: Int32 = 0
        var anchorWord: Int32 = 0
    }

    /// A condition on findings, ready to be asked of every document.
    final class Measured: Sendable {
        let condition: MeasureCondition
        let kind: FindingKinds
        let scope: ScopeMask?

        init(_ condition: MeasureCondition) {
            self.condition = condition
            kind = condition.measure.finding
            scope = condition.scope.map { ScopeMask($0) }
        }
    }

    /// What a title is looked through for, and any other text. Words that stand beside others in a phrase alone are in
    /// neither: `of`, `the`, `was` would be found everywhere.
    let titleMatcher: WordMatcher
    let textMatcher: WordMatcher
    /// How many words are looked up.
    let anchorCount: Int
    let words: RuleWords
    let steps: [Step]
    let operands: [Int32]
    let headings: [HeadingSet]
    let measures: [Measured]
    /// What each step answers before a text is looked at (see `Slumber`).
    let blank: [UInt8]
    /// For each word that is looked up, the steps that it wakes: a range of `woken`.
    let wokenByWord: [Range<Int32>]
    let woken: [Int32]
    /// What a heading or publication type answers, by its folded name or identifier.
    let meshAnswers: [String: HeadingAnswer]
    let typeAnswers: [String: HeadingAnswer]

    struct HeadingAnswer: Sendable {
        /// The steps that hold where the heading stands, and those that it wakes.
        var holding: [Int32]
        var woken: [Int32]
    }

    init(_ builder: QueryProgramBuilder) {
        let anchors = Anchors(builder)
        titleMatcher = anchors.titleMatcher
        textMatcher = anchors.textMatcher
        anchorCount = anchors.terms.count
        words = RuleWords(builder.words)
        steps = anchors.steps
        operands = builder.operands
        headings = builder.headings
        measures = builder.measures.map { Measured($0) }
        let slumber = Slumber(anchors.steps, builder.operands)
        blank = slumber.blank
        var woken: [Int32] = []
        wokenByWord = anchors.terms.map { terms in
            let start = Int32(woken.count)
            woken += slumber.woken(by: terms, including: true)
            return start..<Int32(woken.count)
        }
        self.woken = woken
        let answer = { HeadingAnswer(holding: $0, woken: slumber.woken(by: $0, including: false)) }
        meshAnswers = builder.meshSteps.mapValues(answer)
        typeAnswers = builder.typeSteps.mapValues(answer)
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

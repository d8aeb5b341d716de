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

    let matcher: WordMatcher
    let steps: [Step]
    let operands: [Int32]
    let headings: [HeadingSet]
    let measures: [Measured]
    /// What each step answers before a text is looked at (see `Reading`): a term whose words are nowhere, and a heading
    /// that the record does not have, do not hold.
    let blank: [UInt8]
    /// For each word, the terms that begin with it: a range of `terms`.
    let termsByWord: [Range<Int32>]
    let terms: [Int32]
    /// Which heading steps a heading or publication type answers, by its folded name or identifier.
    let meshSteps: [String: [Int32]]
    let typeSteps: [String: [Int32]]

    init(_ builder: QueryProgramBuilder) {
        var matcher = builder.matcher
        matcher.seal()
        self.matcher = matcher
        steps = builder.steps
        operands = builder.operands
        headings = builder.headings
        measures = builder.measures.map { Measured($0) }
        blank = builder.blank
        var terms: [Int32] = []
        termsByWord = matcher.words.indices.map { word in
            let start = Int32(terms.count)
            terms += builder.termsByWord[Int32(word)] ?? []
            return start..<Int32(terms.count)
        }
        self.terms = terms
        meshSteps = builder.meshSteps
        typeSteps = builder.typeSteps
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

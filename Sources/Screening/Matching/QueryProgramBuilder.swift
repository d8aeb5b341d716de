import Annotation

/// Gathers the queries of a review into a program.
struct QueryProgramBuilder {
    typealias Step = QueryProgram.Step

    /// The words of all terms, each once; operands of a term are indices into them.
    private(set) var words: [String] = []
    private(set) var steps: [Step] = []
    private(set) var operands: [Int32] = []
    private(set) var headings: [HeadingSet] = []
    private(set) var measures: [MeasureCondition] = []
    private(set) var meshSteps: [String: [Int32]] = [:]
    private(set) var typeSteps: [String: [Int32]] = [:]
    private var known: [Query: Int32] = [:]
    private var wordNumbers: [String: Int32] = [:]

    /// The step that answers a query, new or known.
    mutating func intern(_ query: Query) -> Int32 {
        if let step = known[query] { return step }
        let step: Step
        switch query {
        case .term(let words, let scope):
            step = list(.term, words.map { wordNumber($0) }, scope: ScopeMask(scope))
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
        known[query] = number
        if case .heading(let set) = query { index(set, number) }
        return number
    }

    /// Words are looked up, findings looked for: often enough the words decide.
    private static func wordsFirst(_ parts: [Query]) -> [Query] {
        parts.filter { !$0.asksForFindings } + parts.filter(\.asksForFindings)
    }

    private mutating func list(
        _ kind: QueryProgram.Kind, _ items: [Int32], scope: ScopeMask = ScopeMask(bits: 0)
    ) -> Step {
        let first = Int32(operands.count)
        operands += items
        return Step(kind: kind, scope: scope, first: first, count: Int32(items.count))
    }

    private mutating func wordNumber(_ word: String) -> Int32 {
        if let known = wordNumbers[word] { return known }
        words.append(word)
        wordNumbers[word] = Int32(words.count - 1)
        return Int32(words.count - 1)
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
}

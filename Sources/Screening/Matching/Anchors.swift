import Annotation

/// By which word each term is looked up.
///
/// A phrase is found by its longest word, which is as a rule its rarest, and its other words are looked at where that one
/// stands. So a text has few places to note, though `of`, `the` and `was` stand in many phrases.
struct Anchors {
    private(set) var steps: [QueryProgram.Step]
    /// For each word that is looked up, by its number here, the terms that are looked up by it.
    private(set) var terms: [[Int32]] = []
    let titleMatcher: WordMatcher
    let textMatcher: WordMatcher

    init(_ builder: QueryProgramBuilder) {
        steps = builder.steps
        let lengths = builder.words.map { word in word.utf8.count { $0 != WordPattern.star && $0 != WordPattern.one } }
        /// The numbers here of words, by their numbers in the builder.
        var numbers: [Int32: Int32] = [:]
        var (titles, texts) = (WordTree(), WordTree())
        var inTitles: Set<Int32> = []
        var inTexts: Set<Int32> = []
        for (index, step) in builder.steps.enumerated() where step.kind == .term && step.count > 0 {
            let words = builder.operands[Int(step.first)..<Int(step.first + step.count)]
            var anchor = words.startIndex
            for at in words.indices where lengths[Int(words[at])] > lengths[Int(words[anchor])] { anchor = at }
            let number = numbers[words[anchor]] ?? Int32(terms.count)
            if number == Int32(terms.count) {
                numbers[words[anchor]] = number
                terms.append([])
            }
            terms[Int(number)].append(Int32(index))
            steps[index].anchor = Int32(anchor - words.startIndex)
            steps[index].anchorWord = number
            let word = builder.words[Int(words[anchor])]
            if step.scope.concernsTitles, inTitles.insert(number).inserted { titles.insert(word, number) }
            if step.scope.concernsTexts, inTexts.insert(number).inserted { texts.insert(word, number) }
        }
        titleMatcher = titles.matcher()
        textMatcher = texts.matcher()
    }
}

extension ScopeMask {
    fileprivate var concernsTitles: Bool { bits & Self.bit(.title) != 0 }
    fileprivate var concernsTexts: Bool { bits & (Self.bit(.abstract) | Self.bit(.keywords) | Self.bit(.body)) != 0 }
}

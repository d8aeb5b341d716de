import Annotation

/// Consecutive words of one section, both ends included.
struct WordRange: Hashable {
    var first: Int32
    var last: Int32
}

/// One document before the rules: answers whether a query holds, and with which words. Every step of the program is
/// answered at most once.
struct Reading {
    /// Where the findings of a document come from.
    enum Findings {
        case found(Annotations)
        /// Only when a rule asks for one: many documents are decided by their words.
        case on(demand: Annotator)
    }

    static let notAsked: UInt8 = 0
    static let doesNotHold: UInt8 = 1
    static let holdsTrue: UInt8 = 2

    let document: Document
    let program: QueryProgram
    private let source: Findings
    private let text: IndexedText
    /// For each step `notAsked`, `doesNotHold` or `holdsTrue`.
    private var answers: [UInt8]
    /// The field of each section, in bits.
    private let fields: [UInt16]
    private var opened: ReadDocument?
    /// The findings by their kind, of those kinds that a rule asked for.
    private var found: [(kind: FindingKinds, items: [Annotation])] = []
    private var parts: AbstractParts?

    init(_ document: Document, _ findings: Findings, program: QueryProgram) {
        self.document = document
        self.program = program
        source = findings
        text = IndexedText(document, program)
        answers = program.blank
        fields = document.sections.map { ScopeMask.bit($0.field) }
        for word in text.found {
            let range = program.wokenByWord[Int(word)]
            for index in range { answers[Int(program.woken[Int(index)])] = Self.notAsked }
        }
        readHeadings()
    }

    private mutating func findings(_ kind: FindingKinds) -> [Annotation] {
        for known in found where known.kind == kind { return known.items }
        let items: [Annotation]
        switch source {
        case .found(let annotations): items = annotations.items.filter { $0.value.kind == kind }
        case .on(let annotator):
            let document = opened ?? annotator.read(document)
            opened = document
            items = document.findings(kind)
        }
        found.append((kind, items))
        return items
    }

    /// Headings and publication types answer their steps at once: one look-up each, however many rules ask.
    private mutating func readHeadings() {
        for section in document.sections {
            let known: [String: QueryProgram.HeadingAnswer]
            switch section.field {
            case .mesh: known = program.meshAnswers
            case .publicationTypes: known = program.typeAnswers
            case .title, .abstract, .keywords, .body: continue
            }
            guard !known.isEmpty else { continue }
            for name in [section.text.lowercased(), section.ui].compactMap(\.self) {
                guard let answer = known[name] else { continue }
                for step in answer.woken { answers[Int(step)] = Self.notAsked }
                for step in answer.holding { answers[Int(step)] = Self.holdsTrue }
            }
        }
    }

    mutating func holds(_ number: Int32) -> Bool {
        let known = answers[Int(number)]
        guard known == Self.notAsked else { return known == Self.holdsTrue }
        let answer = ask(program.steps[Int(number)], number)
        answers[Int(number)] = answer ? Self.holdsTrue : Self.doesNotHold
        return answer
    }

    private mutating func ask(_ step: QueryProgram.Step, _ number: Int32) -> Bool {
        switch step.kind {
        case .term: return hasPlace(step)
        case .heading: return false
        case .measure: return !spans(ofMeasure: Int(step.first), atMost: 1).isEmpty
        case .and:
            for index in program.operandRange(step) where !holds(program.operands[index]) { return false }
            return true
        case .or:
            for index in program.operandRange(step) {
                // Most words of most groups are nowhere in the text.
                let part = program.operands[index]
                if answers[Int(part)] != Self.doesNotHold, holds(part) { return true }
            }
            return false
        case .not: return !holds(program.operands[Int(step.first)])
        case .near:
            // Most pairs fail because one side is nowhere.
            for index in program.operandRange(step) where !holds(program.operands[index]) { return false }
            return !ranges(number, atMost: 1).isEmpty
        }
    }

    /// The places that make a query hold, a few for each part of it; empty for what rests on absence.
    mutating func spans(_ number: Int32) -> [TextSpan] {
        let step = program.steps[Int(number)]
        switch step.kind {
        case .term, .near: return ranges(number, atMost: Self.quotesForATerm).map { Self.span($0, in: text) }
        case .heading:
            let set = program.headings[Int(step.first)]
            return document.sections.indices.filter { isMember(document.sections[$0], of: set) }
                .map { TextSpan(section: $0, start: 0, end: document.sections[$0].text.utf8.count) }
        case .measure: return spans(ofMeasure: Int(step.first), atMost: Self.quotesForATerm)
        case .and, .or:
            var all: [TextSpan] = []
            for index in program.operandRange(step) where holds(program.operands[index]) {
                all += spans(program.operands[index])
            }
            return all
        case .not: return []
        }
    }

    /// One place shows it; a second tells that it was no slip.
    private static let quotesForATerm = 2

    // MARK: Terms

    private mutating func hasPlace(_ step: QueryProgram.Step) -> Bool {
        for index in text.range(of: step.anchorWord) where isPlace(step, text.places[index] - step.anchor) {
            return true
        }
        return false
    }

    /// The places of a phrase.
    private mutating func places(_ step: QueryProgram.Step, atMost limit: Int) -> [WordRange] {
        var found: [WordRange] = []
        for index in text.range(of: step.anchorWord) {
            let first = text.places[index] - step.anchor
            guard isPlace(step, first) else { continue }
            found.append(WordRange(first: first, last: first + step.count - 1))
            if found.count >= limit { break }
        }
        return found
    }

    /// Whether a phrase that would begin here is whole, in one section, and inside its scope.
    private mutating func isPlace(_ step: QueryProgram.Step, _ place: Int32) -> Bool {
        let last = Int(place + step.count - 1)
        guard place >= 0, last < text.words.count else { return false }
        let section = text.words[Int(place)].section
        guard step.scope.bits & fields[Int(section)] != 0, text.words[last].section == section else { return false }
        return isPhrase(step, place) && isInside(step.scope, text.words[Int(place)])
    }

    /// The word that it was looked up by stands there; the others are looked at.
    private func isPhrase(_ step: QueryProgram.Step, _ place: Int32) -> Bool {
        for offset in 0..<step.count where offset != step.anchor {
            let word = program.operands[Int(step.first + offset)]
            guard text.stands(word, of: program.words, at: place + offset) else { return false }
        }
        return true
    }

    private mutating func isInside(_ scope: ScopeMask, _ word: IndexedText.Word) -> Bool {
        isInside(scope, section: Int(word.section), at: Int(word.start))
    }

    private mutating func isInside(_ scope: ScopeMask, section: Int, at offset: Int) -> Bool {
        guard scope.bits & fields[section] != 0 else { return false }
        let field = document.sections[section].field
        guard scope.namesParts, field == .abstract || field == .body else { return true }
        return abstractParts().part(ofSection: section, at: offset).map { scope.bits & ScopeMask.bit($0) != 0 } ?? false
    }

    private mutating func abstractParts() -> AbstractParts {
        if let parts { return parts }
        let made = AbstractParts(document, findings(.heading))
        parts = made
        return made
    }

    /// The places of terms, OR groups and proximities, in the order of the text.
    private mutating func ranges(_ number: Int32, atMost limit: Int = .max) -> [WordRange] {
        let step = program.steps[Int(number)]
        switch step.kind {
        case .term: return places(step, atMost: limit)
        case .or:
            var all: [WordRange] = []
            for index in program.operandRange(step) where holds(program.operands[index]) {
                all += ranges(program.operands[index])
            }
            return all.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        case .near:
            let a = ranges(program.operands[Int(step.first)])
            let b = ranges(program.operands[Int(step.first) + 1])
            return near(a, b, step, limit)
        case .heading, .measure, .and, .not: return []
        }
    }

    private func near(
        _ a: [WordRange], _ b: [WordRange], _ step: QueryProgram.Step, _ limit: Int
    ) -> [WordRange] {
        let distance = step.distance
        var found: [WordRange] = []
        for left in a {
            for right in b {
                if right.first > left.last + distance { break }
                let isAfter = right.first > left.last
                let isBefore = !step.ordered && left.first > right.last && left.first - right.last <= distance
                // Places that share words are as near as can be; a word is not near itself.
                let isShared = !step.ordered && left != right && left.first <= right.last && right.first <= left.last
                guard isAfter || isBefore || isShared else { continue }
                let joined = WordRange(first: min(left.first, right.first), last: max(left.last, right.last))
                guard text.words[Int(joined.first)].section == text.words[Int(joined.last)].section else { continue }
                found.append(joined)
                if found.count >= min(limit, Self.longestList) { return found }
            }
        }
        return found
    }

    /// A hostile text repeats a word without end; its first thousand neighbourhoods tell as much.
    private static let longestList = 1000

    private static func span(_ range: WordRange, in text: IndexedText) -> TextSpan {
        let first = text.words[Int(range.first)]
        return TextSpan(
            section: Int(first.section), start: Int(first.start), end: Int(text.words[Int(range.last)].end))
    }

    // MARK: Headings and measures

    private func isMember(_ section: Document.Section, of set: HeadingSet) -> Bool {
        guard section.field == set.field else { return false }
        if let ui = section.ui, set.identifiers.contains(ui) { return true }
        return set.names.contains(section.text.lowercased())
    }

    private mutating func spans(ofMeasure index: Int, atMost limit: Int) -> [TextSpan] {
        let measured = program.measures[index]
        if measured.condition.measure == .relation { return related(measured.condition) }
        var places = measured.condition.measure == .part ? labelledParts(measured.condition) : []
        if places.count >= limit { return Array(places.prefix(limit)) }
        for item in findings(measured.kind) {
            guard measured.condition.concerns(item), document.sections.indices.contains(item.span.section) else {
                continue
            }
            if let scope = measured.scope, !isInside(scope, section: item.span.section, at: item.span.start) {
                continue
            }
            if measured.condition.fits(item.value) {
                if places.count < limit { places.append(item.span) }
                if places.count >= limit, !measured.condition.every { break }
            } else if measured.condition.every {
                return []
            }
        }
        return places
    }

    /// A relation has no words of its own; what it is said of is the record, which its title stands for.
    private func related(_ condition: MeasureCondition) -> [TextSpan] {
        guard document.relations.contains(where: { condition.fits($0) }), let title = wholeRecord else { return [] }
        return [title]
    }

    /// The title, or the first text where there is none: what is quoted for something said of the record as a whole.
    var wholeRecord: TextSpan? {
        guard
            let title = document.sections.firstIndex(where: { $0.field == .title && !$0.text.isEmpty })
                ?? document.sections.firstIndex(where: { !$0.text.isEmpty })
        else { return nil }
        return TextSpan(section: title, start: 0, end: document.sections[title].text.utf8.count)
    }

    private mutating func labelledParts(_ condition: MeasureCondition) -> [TextSpan] {
        guard document.sections.contains(where: { $0.label != nil || $0.category != nil }) else { return [] }
        let whole = abstractParts().whole
        return document.sections.indices.filter { condition.fits(whole[$0]) }
            .map { TextSpan(section: $0, start: 0, end: document.sections[$0].text.utf8.count) }
    }
}

/// Which part of the abstract (methods, results ...) a place belongs to: by the section's label or NLM category, or by
/// the headings that stand inside a flattened text.
struct AbstractParts {
    /// For each section, where parts begin, ascending.
    private var starts: [Int: [(offset: Int, part: AbstractPart?)]] = [:]
    /// The part that a whole section is, by its label or category.
    private(set) var whole: [Int: AbstractPart] = [:]

    init(_ document: Document, _ findings: [Annotation]) {
        for (index, section) in document.sections.enumerated()
        where section.field == .abstract || section.field == .body {
            let headings = [section.category, section.label]
            if let part = headings.lazy.compactMap({ $0.flatMap(AbstractPart.init(heading:)) }).first {
                whole[index] = part
            }
        }
        for item in findings {
            guard case .heading(let heading) = item.value else { continue }
            starts[item.span.section, default: []].append((item.span.start, AbstractPart(heading: heading)))
        }
    }

    func part(ofSection section: Int, at offset: Int) -> AbstractPart? {
        if let marks = starts[section], let mark = marks.last(where: { $0.offset <= offset }) { return mark.part }
        return whole[section]
    }
}

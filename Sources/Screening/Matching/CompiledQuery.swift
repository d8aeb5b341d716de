import Annotation

/// A query with its words replaced by their numbers in the one matcher of all rules.
indirect enum CompiledQuery: Sendable {
    case term([Int32], FieldScope)
    case heading(HeadingSet)
    case measure(MeasureCondition)
    case and([CompiledQuery])
    case or([CompiledQuery])
    case not(CompiledQuery)
    case near(CompiledQuery, CompiledQuery, distance: Int32, ordered: Bool)

    init(_ query: Query, matcher: inout WordMatcher) {
        switch query {
        case .term(let words, let scope):
            var ids: [Int32] = []
            for word in words { ids.append(matcher.intern(word)) }
            self = .term(ids, scope)
        case .heading(let set): self = .heading(set)
        case .measure(let condition): self = .measure(condition)
        case .and(let parts): self = .and(Self.compiled(parts, &matcher))
        case .or(let parts): self = .or(Self.compiled(parts, &matcher))
        case .not(let part): self = .not(CompiledQuery(part, matcher: &matcher))
        case .near(let a, let b, let distance, let ordered):
            self = .near(
                CompiledQuery(a, matcher: &matcher), CompiledQuery(b, matcher: &matcher),
                distance: Int32(clamping: distance), ordered: ordered)
        }
    }

    private static func compiled(_ parts: [Query], _ matcher: inout WordMatcher) -> [CompiledQuery] {
        var compiled: [CompiledQuery] = []
        for part in parts { compiled.append(CompiledQuery(part, matcher: &matcher)) }
        return compiled
    }
}

/// Consecutive words of one section, both ends included.
struct WordRange: Hashable {
    var first: Int32
    var last: Int32
}

/// One document before the rules: answers whether a query holds, and with which words.
struct Reading {
    let document: Document
    let annotations: Annotations
    let text: IndexedText
    private let parts: AbstractParts

    init(_ document: Document, _ annotations: Annotations, matcher: WordMatcher) {
        self.document = document
        self.annotations = annotations
        text = IndexedText(document, matcher: matcher)
        parts = AbstractParts(document, annotations)
    }

    func holds(_ query: CompiledQuery) -> Bool {
        switch query {
        case .term(let words, let scope): return hasTerm(words, scope)
        case .heading(let set): return document.sections.contains { isMember($0, of: set) }
        case .measure(let condition): return !findings(condition, atMost: 1).isEmpty
        case .and(let parts): return parts.allSatisfy(holds)
        case .or(let parts): return parts.contains(where: holds)
        case .not(let part): return !holds(part)
        case .near: return !ranges(query, atMost: 1).isEmpty
        }
    }

    /// The places that make a query hold, a few for each part of it; empty for what rests on absence.
    func spans(_ query: CompiledQuery) -> [TextSpan] {
        switch query {
        case .term, .near: ranges(query, atMost: Self.quotesForATerm).map(span)
        case .heading(let set):
            document.sections.indices.filter { isMember(document.sections[$0], of: set) }
                .map { TextSpan(section: $0, start: 0, end: document.sections[$0].text.utf8.count) }
        case .measure(let condition): findings(condition, atMost: Self.quotesForATerm)
        case .and(let parts): parts.flatMap(spans)
        case .or(let parts): parts.filter(holds).flatMap(spans)
        case .not: []
        }
    }

    /// One place shows it; a second tells that it was no slip.
    private static let quotesForATerm = 2

    // MARK: Terms

    private func hasTerm(_ words: [Int32], _ scope: FieldScope) -> Bool {
        var found = false
        forEachPlace(words, scope) { _ in
            found = true
            return false
        }
        return found
    }

    /// Calls `body` with each place of a phrase until it answers false.
    private func forEachPlace(_ words: [Int32], _ scope: FieldScope, _ body: (WordRange) -> Bool) {
        guard let first = words.first else { return }
        let length = Int32(words.count)
        for place in text.places(of: first) {
            let last = place + length - 1
            guard Int(last) < text.words.count, text.words[Int(last)].section == text.words[Int(place)].section,
                words.indices.dropFirst().allSatisfy({ text.stands(words[$0], at: place + Int32($0)) }),
                isInside(scope, text.words[Int(place)])
            else { continue }
            if !body(WordRange(first: place, last: last)) { return }
        }
    }

    private func isInside(_ scope: FieldScope, _ word: IndexedText.Word) -> Bool {
        isInside(scope, section: Int(word.section), at: Int(word.start))
    }

    private func isInside(_ scope: FieldScope, section: Int, at offset: Int) -> Bool {
        let field = document.sections[section].field
        guard scope.fields.contains(field) else { return false }
        guard !scope.parts.isEmpty, field == .abstract || field == .body else { return true }
        return parts.part(ofSection: section, at: offset).map(scope.parts.contains) ?? false
    }

    /// The places of terms, OR groups and proximities, in the order of the text.
    private func ranges(_ query: CompiledQuery, atMost limit: Int = .max) -> [WordRange] {
        switch query {
        case .term(let words, let scope):
            var found: [WordRange] = []
            forEachPlace(words, scope) {
                found.append($0)
                return found.count < limit
            }
            return found
        case .or(let parts):
            return parts.flatMap { ranges($0) }.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        case .near(let a, let b, let distance, let ordered):
            return near(ranges(a), ranges(b), distance, ordered, limit)
        case .heading, .measure, .and, .not: return []
        }
    }

    private func near(
        _ a: [WordRange], _ b: [WordRange], _ distance: Int32, _ ordered: Bool, _ limit: Int
    ) -> [WordRange] {
        var found: [WordRange] = []
        for left in a {
            for right in b {
                if right.first > left.last + distance { break }
                let isAfter = right.first > left.last && right.first - left.last <= distance
                let isBefore = !ordered && left.first > right.last && left.first - right.last <= distance
                // Places that share words are as near as can be; a word is not near itself.
                let isShared = !ordered && left != right && left.first <= right.last && right.first <= left.last
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

    private func span(_ range: WordRange) -> TextSpan {
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

    private func findings(_ condition: MeasureCondition, atMost limit: Int) -> [TextSpan] {
        var found: [TextSpan] = []
        if condition.measure == .part {
            found = document.sections.indices.filter { condition.fits(parts.whole[$0]) }
                .map { TextSpan(section: $0, start: 0, end: document.sections[$0].text.utf8.count) }
            if found.count >= limit { return Array(found.prefix(limit)) }
        }
        for item in annotations.items where condition.concerns(item) {
            guard document.sections.indices.contains(item.span.section),
                condition.scope.map({ isInside($0, section: item.span.section, at: item.span.start) }) ?? true
            else { continue }
            if condition.fits(item.value) {
                if found.count < limit { found.append(item.span) }
                if found.count >= limit, !condition.every { break }
            } else if condition.every {
                return []
            }
        }
        return found
    }
}

/// Which part of the abstract (methods, results ...) a place belongs to: by the section's label or NLM category, or by
/// the headings that stand inside a flattened text.
struct AbstractParts {
    /// For each section, where parts begin, ascending.
    private var starts: [Int: [(offset: Int, part: AbstractPart?)]] = [:]
    /// The part that a whole section is, by its label or category.
    private(set) var whole: [Int: AbstractPart] = [:]

    init(_ document: Document, _ annotations: Annotations) {
        for (index, section) in document.sections.enumerated() where section.field == .abstract || section.field == .body {
            if let part = [section.category, section.label].lazy.compactMap({ $0.flatMap(AbstractPart.init(heading:)) })
                .first
            {
                whole[index] = part
            }
        }
        for item in annotations.items {
            guard case .heading(let heading) = item.value else { continue }
            starts[item.span.section, default: []].append((item.span.start, AbstractPart(heading: heading)))
        }
    }

    func part(ofSection section: Int, at offset: Int) -> AbstractPart? {
        if let marks = starts[section], let mark = marks.last(where: { $0.offset <= offset }) { return mark.part }
        return whole[section]
    }
}

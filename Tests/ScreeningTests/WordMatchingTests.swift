import Annotation
import TestSupport
import Testing

@testable import Screening

/// Texts are cut in blocks, words are looked up in trees, phrases by one of their words, and most queries sleep: each of
/// these must give what the plain way gives, which stands here.
@Suite("Finding words quickly and plainly")
struct WordMatchingTests {
    /// A word as the plain way cuts it: letter by letter.
    private struct PlainWord: Equatable {
        var letters: [UInt8]
        var span: TextSpan
    }

    private static let parts = [
        "ketamine", "Ketamin", "KETAMINES", "keta\u{AD}mine", "kétamine", "of", "the", "of the", "resistance", "resist",
        "randomised", "randomized", "α", "αketamine", "ketamineβ", "治療", "x", "ab", "12", "0.5", "–", "—", "\u{2010}",
        "e\u{301}tude", "µg", "ø", "🙂", "\u{301}", "a-b", "treatment-resistant", "\u{A0}", "Ångström", "rats", "rat",
        String(repeating: "long", count: 20),
    ]

    private static let patterns = [
        "ketamine", "ketamin*", "keta*", "of", "the", "resist*", "resistance", "randomi?ed", "*mine", "an*", "a", "ab",
        "12", "0", "5", "rat", "rats", "rat?", "etude", "ug", "o", "αketamine", "α", "治療", "ang*", "b", "x*y",
        "ket?mine*",
        "treatment", "resistant", String(repeating: "long", count: 20),
    ]

    private func text(_ random: inout SeededRandom, _ count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            text += Self.parts[random.below(Self.parts.count)]
            text += ["", " ", " ", " ", ". ", "\n", ", ", "/"][random.below(8)]
        }
        return text
    }

    private func document(_ random: inout SeededRandom) -> Document {
        Invented.document(
            title: random.below(4) == 0 ? nil : text(&random, random.below(9)),
            abstract: (0..<random.below(3)).map { _ in text(&random, random.below(60)) },
            mesh: random.below(2) == 0 ? ["Animals"] : [], keywords: (0..<random.below(3)).map { _ in text(&random, 2) }
        )
    }

    private func plainWords(_ document: Document) -> [PlainWord] {
        var words: [PlainWord] = []
        for (index, section) in document.sections.enumerated()
        where [.title, .abstract, .keywords].contains(section.field) {
            let bytes = Array(section.text.utf8)
            bytes.withUnsafeBufferPointer { bytes in
                var open: PlainWord?
                var at = 0
                while at < bytes.count {
                    var size = 1
                    var letters: [UInt8]? = []
                    switch WordFolding.step(bytes, at) {
                    case .letter(let letter, let length): (letters, size) = ([letter], length)
                    case .letters(let length): (letters, size) = (Array(bytes[at..<at + length]), length)
                    case .ignored(let length): size = length
                    case .separator(let length): (letters, size) = (nil, length)
                    }
                    at += size
                    if let letters {
                        guard !letters.isEmpty else { continue }
                        let start = open?.span.start ?? at - size
                        open = PlainWord(
                            letters: (open?.letters ?? []) + letters,
                            span: TextSpan(section: index, start: start, end: at))
                    } else if let word = open {
                        words.append(word)
                        open = nil
                    }
                }
                if let open { words.append(open) }
            }
        }
        return words
    }

    /// Of a word without end, patterns see the head.
    private static func fits(_ letters: [UInt8], _ pattern: String) -> Bool {
        let isWild = pattern.contains { $0 == "*" || $0 == "?" }
        return WordPattern.fits(isWild ? Array(letters.prefix(64)) : letters, Array(pattern.utf8))
    }

    @Test("a text is cut into the words that it has letter by letter", arguments: 1...20)
    func cutting(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var builder = QueryProgramBuilder()
        _ = builder.intern(.term(["ketamine"], .all))
        let program = QueryProgram(builder)
        for _ in 0..<40 {
            let document = document(&random)
            let spans = IndexedText(document, program).words.map {
                TextSpan(section: Int($0.section), start: Int($0.start), end: Int($0.end))
            }
            #expect(spans == plainWords(document).map(\.span))
        }
    }

    @Test("letters of a block are those of its bytes, and its capitals are folded")
    func blocks() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<500 {
            let bytes = (0..<random.below(64) + 1).map { _ in
                random.below(3) == 0 ? UInt8(random.below(256)) : UInt8(0x30 + random.below(80))
            }
            var folded = [UInt8](repeating: 0, count: bytes.count + LetterBlock.slack)
            let block = bytes.withUnsafeBufferPointer { bytes in
                folded.withUnsafeMutableBufferPointer { folded in
                    // Both have at least one byte.
                    bytes.baseAddress.flatMap { bytes in folded.baseAddress.map { (bytes, $0) } }
                        .map { LetterBlock($0.0, bytes.count, folded: $0.1) }
                }
            }
            for (index, byte) in bytes.enumerated() {
                let isLetter = (byte | 0x20) &- 0x61 < 26 && byte < 0x80
                #expect((block?.letters ?? 0) >> UInt64(index) & 1 == (isLetter || byte &- 0x30 < 10 ? 1 : 0))
                #expect((block?.beyond ?? 0) >> UInt64(index) & 1 == (byte >= 0x80 ? 1 : 0))
                #expect(folded[index] == (isLetter ? byte | 0x20 : byte))
            }
            if bytes.count < 64 {
                #expect(((block?.letters ?? 0) | (block?.beyond ?? 0)) >> UInt64(bytes.count) == 0)
            }
        }
    }

    // MARK: Queries

    private func query(_ random: inout SeededRandom, depth: Int) -> Query {
        func term() -> Query {
            let words = (0..<[1, 1, 1, 2, 2, 3][random.below(6)]).map { _ in
                Self.patterns[random.below(Self.patterns.count)]
            }
            let scopes: [Set<Document.Field>] = [
                [.title], [.abstract], [.keywords], [.title, .abstract, .keywords, .body],
                [.title, .abstract, .keywords, .body],
            ]
            return .term(words, FieldScope(fields: scopes[random.below(scopes.count)]))
        }
        guard depth > 0 else { return term() }
        switch random.below(8) {
        case 0, 1: return .or((0..<random.below(4) + 1).map { _ in query(&random, depth: depth - 1) })
        case 2, 3: return .and((0..<random.below(2) + 2).map { _ in query(&random, depth: depth - 1) })
        case 4: return .not(query(&random, depth: depth - 1))
        case 5:
            return .near(
                .or([term(), term()]), term(), distance: random.below(6) + 1, ordered: random.below(2) == 0)
        case 6: return .heading(HeadingSet(field: .mesh, names: ["animals"], identifiers: []))
        default: return term()
        }
    }

    /// Places of a query, by first and last word.
    private func places(_ query: Query, _ document: Document, _ words: [PlainWord]) -> [ClosedRange<Int>] {
        switch query {
        case .term(let patterns, let scope):
            return words.indices.filter { first in
                guard first + patterns.count <= words.count else { return false }
                let section = words[first].span.section
                return scope.fields.contains(document.sections[section].field)
                    && patterns.indices.allSatisfy {
                        words[first + $0].span.section == section
                            && Self.fits(words[first + $0].letters, patterns[$0])
                    }
            }.map { $0...$0 + patterns.count - 1 }
        case .or(let parts): return parts.flatMap { places($0, document, words) }
        case .near(let a, let b, let distance, let ordered):
            return places(a, document, words).flatMap { left in
                places(b, document, words).compactMap { right in
                    let isAfter = left.upperBound < right.lowerBound && right.lowerBound - left.upperBound <= distance
                    let isBefore = right.upperBound < left.lowerBound && left.lowerBound - right.upperBound <= distance
                    let isShared = left != right && left.overlaps(right)
                    guard isAfter || !ordered && (isBefore || isShared) else { return nil }
                    let joined =
                        min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound)
                    return words[joined.lowerBound].span.section == words[joined.upperBound].span.section ? joined : nil
                }
            }
        case .heading, .measure, .and, .not: return []
        }
    }

    private func holds(_ query: Query, _ document: Document, _ words: [PlainWord]) -> Bool {
        switch query {
        case .term, .near: !places(query, document, words).isEmpty
        case .or(let parts): parts.contains { holds($0, document, words) }
        case .and(let parts): parts.allSatisfy { holds($0, document, words) }
        case .not(let part): !holds(part, document, words)
        case .heading: document.sections.contains { $0.field == .mesh }
        case .measure: false
        }
    }

    @Test("a query holds where it holds when every word of a text is held against it", arguments: 1...40)
    func queries(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let queries = (0..<30).map { _ in query(&random, depth: random.below(4)) }
        var builder = QueryProgramBuilder()
        let steps = queries.map { builder.intern($0) }
        let program = QueryProgram(builder)
        for _ in 0..<12 {
            let document = document(&random)
            let words = plainWords(document)
            var reading = Reading(document, .found(Annotations(items: [])), program: program)
            for (query, step) in zip(queries, steps) {
                #expect(
                    reading.holds(step) == holds(query, document, words), "\(query) in \(document.sections.map(\.text))"
                )
            }
        }
    }

    @Test("headings alone make a program too")
    func headingsAlone() {
        var builder = QueryProgramBuilder()
        let steps = ["animals", "rats", "humans"].map { name in
            builder.intern(.heading(HeadingSet(field: .mesh, names: [name], identifiers: [])))
        }
        let document = Invented.document(title: "Rats", mesh: ["Rats"])
        var reading = Reading(document, .found(Annotations(items: [])), program: QueryProgram(builder))
        #expect(steps.map { reading.holds($0) } == [false, true, false])
    }

    @Test("a word beside the one that a phrase is looked up by is judged as the tree judges it")
    func companions() {
        let rules = RuleWords(Self.patterns)
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            let document = document(&random)
            for word in plainWords(document) {
                var bytes = Array(document.sections[word.span.section].text.utf8[offsets: word.span])
                for index in bytes.indices where bytes[index] &- 0x41 < 26 { bytes[index] |= 0x20 }
                for (number, pattern) in Self.patterns.enumerated() {
                    let fits = bytes.withUnsafeBufferPointer { rules.fits($0, Int32(number)) }
                    #expect(fits == Self.fits(word.letters, pattern), "\(pattern)")
                }
            }
        }
    }
}

extension String.UTF8View {
    fileprivate subscript(offsets span: TextSpan) -> Substring.UTF8View {
        self[index(startIndex, offsetBy: span.start)..<index(startIndex, offsetBy: span.end)]
    }
}
